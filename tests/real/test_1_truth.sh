#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Debian's 6.12.117 kernels: prepares and indexes their configurations and compares the
# order with the built kernels' symbol tables and with their boot logs. Not one
# disagreement is allowed. Usage: test_1_truth.sh INITLINT
set -u
initlint=$1
REAL=${REAL:-$PWD/real}
. "$(dirname "$0")/kernel.sh"
tree=$(kernel_tree 6.12) || exit 2
failed=0
passed=0

# agrees WHAT FILE DB EXPECTED...: verify says so, and each expected figure stands in its words.
agrees() {
	local what=$1 file=$2 db=$3 output status=0
	shift 3
	output=$("$initlint" verify --db "$db" "$file") || status=$?
	for figure in "$@"; do
		grep -qF "$figure" <<<"$output" || { status=1; echo "expected '$figure'"; }
	done
	echo "$output" | head -5
	if [ "$status" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $what"
	fi
}

# kernel ARCH NAME INITCALLS CONSOLE
kernel() {
	local arch=$1 name=$2 build=$REAL/$2
	echo "== $name"
	"$initlint" prepare -k "$tree" -o "$build" --arch "$arch" \
		--config "$(truth "debian-6.12.117-$name.config")" || exit 1
	"$initlint" index -k "$tree" -o "$build" --full || exit 1
	agrees "$name, symbol table" "$(truth "debian-6.12.117-$name.initcalls.tsv")" \
		"$build/initlint.db" "$3 of $3 initcalls" "$4 of $4 console initcalls"
	agrees "$name, boot log" "$(truth "debian-6.12.117-$name.initcall_debug.log")" \
		"$build/initlint.db"
}

kernel arm64 arm64 1,084 6
kernel x86_64 amd64 740 4
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
