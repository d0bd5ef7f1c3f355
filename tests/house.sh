#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The house's own rules: direction between folders, who may use which library, headers
# that compile alone, SPDX lines, formatting, names. Usage: tests/house.sh [SOURCE_DIR]
set -u
shopt -s lastpipe # check() counts, so it must not run in a subshell
cd "${1:-$(dirname "$0")/..}" || exit 2
failed=0
passed=0

# check TITLE: passes if standard input is empty, else prints it.
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

# may_include FOLDER ALLOWED...: includes of other folders of ours.
may_include() {
	local folder=$1 allowed
	shift
	allowed=$(IFS='|'; echo "$*")
	grep -HnE '#include "(analyzer|rules|db|cli)/' "$folder"/*.[ch] |
		grep -vE "#include \"($allowed)/" | check "$folder/ includes only from: $*"
}

# only_in PATTERN FOLDER: the pattern stands in no other folder.
only_in() {
	grep -HnE "$1" {analyzer,rules,db,cli}/*.[ch] | grep -v "^$2/" |
		check "'$1' only in $2/"
}

may_include db db
may_include analyzer analyzer db
may_include rules rules db
may_include cli cli rules analyzer db
only_in '#include <(clang-c|llvm-c)/' analyzer
only_in '#include <(gmime|git2|archive)' analyzer
only_in '#include <sqlite3' db
only_in '#include <yaml' rules
only_in '#include <json-glib' cli
only_in '\b(printf|puts|putchar|vprintf) ?\(' cli
grep -HnE '#include "[^/"]*"' {analyzer,rules,db,cli}/*.[ch] |
	check 'includes name the folder'
grep -HnE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof) ?\(' \
	{analyzer,rules,db,cli}/*.[ch] | check 'no function that cannot be used safely'
grep -HnE 'sqlite3_(mprintf|vmprintf|snprintf) ?\(' db/*.[ch] | check 'no string-built SQL'

# Kernel names live in rule and model files.
grep -HnE '\b(ffa_|pkvm|load_uefi|finali[sz]e_|kernel_kobj|pci_bus_type)' \
	{analyzer,rules,db,cli}/*.[ch] | check 'no kernel name in C'
grep -HnE 'TODO|FIXME|XXX' {analyzer,rules,db,cli}/*.[ch] db/*.sql rules/{,models/}*.yaml tools/* tests/*.sh |
	grep -v '^tests/house.sh' | check 'nothing left for later'

find analyzer rules db cli tests tools docs .ci CMakeLists.txt \
	\( -name '*.[ch]' -o -name '*.sql' -o -name '*.yaml' -o -name '*.sh' -o -name '*.py' \
	-o -name 'CMakeLists.txt' -o -name '*.cmake' -o -path 'tools/*' -o -path '.ci/*' \) -type f \
	! -path 'tests/fixtures/*/*' -exec grep -L 'SPDX-License-Identifier: GPL-2.0-only' {} + |
	check 'SPDX line in every file'
wc -l {analyzer,rules,db,cli}/*.[ch] tests/unit/*.c |
	awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }' | check 'files of at most 500 lines'

flags=$(pkg-config --cflags glib-2.0 json-glib-1.0)
llvm=$(ls -d /usr/lib/llvm-*/include 2>/dev/null | sort -V | tail -1)
for header in {analyzer,rules,db,cli}/*.h; do
	# shellcheck disable=SC2086
	gcc -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -I. $flags \
		${llvm:+-isystem $llvm} -x c "$header" 2>&1
done | grep -v 'pragma once in main' | check 'headers compile alone'

if format=$(command -v clang-format-19); then
	"$format" --dry-run {analyzer,rules,db,cli}/*.[ch] tests/unit/*.[ch] 2>&1 |
		grep 'warning:' | head -20 | check '.clang-format'
else
	echo 'clang-format-19 is not installed' | check '.clang-format'
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
