#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Checks the rules for the source of initlint: dependencies between rooms, use of libraries,
# headers, SPDX lines, formatting, file sizes.
# Usage: tests/house.sh [SOURCE_DIR [BUILD_DIR]]
# With BUILD_DIR, also checks the symbols of the built libraries.
set -u
shopt -s lastpipe # check() changes counters, so it must not run in a subshell
build=${2:+$(realpath "$2")}
cd "${1:-$(dirname "$0")/..}" || exit 2
failed=0
passed=0

# check TITLE: passes if standard input is empty. Otherwise, prints the input and fails.
check() {
	local found
	found=$(head -c 2000)
	if [ -z "$found" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED: %s\n%s\n' "$1" "$found"
	fi
}

# only_in PATTERN FOLDER: fails if a source outside of FOLDER matches PATTERN.
only_in() {
	grep -HnE "$1" "${sources[@]}" | grep -v "^$2/" | check "'$1' only in $2/"
}

# Without any files, the checks below would pass. So an empty list of files is a failure.
mapfile -t sources < <(find analyzer db rules cli -name '*.[ch]' | sort)
mapfile -t headers < <(find analyzer db rules cli -name '*.h' | sort)
mapfile -t tests < <(find tests/unit tests/support tests/formats tests/fault -name '*.[ch]' | sort)
for list in sources headers tests; do
	declare -n files=$list
	[ ${#files[@]} -gt 0 ] || echo "$list" | check 'there are files to check'
done

tests/check_rooms.py . ${build:+"$build"} 2>&1 | check 'rooms use only what tests/rooms allows'
only_in '#include <(clang-c|llvm-c)/' analyzer
only_in '#include <(gmime|git2)' analyzer/patch
only_in '#include <archive' 'analyzer/\(image\|boot\)'
only_in '#include <sqlite3' db
only_in '#include <yaml' rules/engine/files
only_in '#include <json-glib' cli
only_in '\b(printf|puts|putchar|vprintf) ?\(' cli
grep -HnE '#include "[^/"]*"' "${sources[@]}" "${tests[@]}" | check 'includes name the folder'
grep -HnE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof) ?\(' "${sources[@]}" |
	check 'no unsafe function'
grep -HnE 'sqlite3_(mprintf|vmprintf|snprintf) ?\(' "${sources[@]}" | check 'no string-built SQL'

# Kernel names belong in the files of rules and models.
grep -HnE '\b(ffa_|pkvm|load_uefi|finali[sz]e_|kernel_kobj|pci_bus_type)' "${sources[@]}" |
	check 'no kernel name in C'
grep -HnE 'TODO|FIXME|XXX' "${sources[@]}" db/*.sql rules/{,models/}*.yaml tools/* tests/*.sh 2>/dev/null |
	grep -v '^tests/house.sh' | check 'no TODO, FIXME or XXX'

find analyzer rules db cli tests tools docs .ci CMakeLists.txt \
	\( -name '*.[ch]' -o -name '*.sql' -o -name '*.yaml' -o -name '*.sh' -o -name '*.py' \
	-o -name 'CMakeLists.txt' -o -name '*.cmake' -o -path 'tools/*' -o -path '.ci/*' \) -type f \
	! -path 'tests/fixtures/*/*' -exec grep -L 'SPDX-License-Identifier: GPL-2.0-only' {} + |
	check 'SPDX line in every file'
wc -l "${sources[@]}" "${tests[@]}" |
	awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }' | check 'files of at most 500 lines'

flags=$(pkg-config --cflags glib-2.0 json-glib-1.0)
llvm=$(ls -d /usr/lib/llvm-*/include 2>/dev/null | sort -V | tail -1)
for header in "${headers[@]}"; do
	# shellcheck disable=SC2086
	gcc -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -I. $flags \
		${llvm:+-isystem $llvm} -x c "$header" 2>&1
done | grep -v 'pragma once in main' | check 'headers compile alone'

if format=$(command -v clang-format-19); then
	"$format" --dry-run "${sources[@]}" "${tests[@]}" 2>&1 |
		grep 'warning:' | head -20 | check '.clang-format'
else
	echo 'clang-format-19 is not installed' | check '.clang-format'
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
