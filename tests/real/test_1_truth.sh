#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Prepares and indexes the configurations of Debian's kernels. Compares the computed order with the
# symbol tables and boot logs of the built kernels. Every difference is a failure.
# Usage: test_1_truth.sh INITLINT
set -u
initlint=$1
REAL=${REAL:-$PWD/real}
. "$(dirname "$0")/kernel.sh"
failed=0
passed=0
skipped=0

# agrees TITLE FILE DB EXPECTED...: fails if verify fails, or if its output lacks an EXPECTED text.
agrees() {
	local title=$1 file=$2 db=$3 output status=0
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
		echo "FAILED: $title"
	fi
}

# kernel SERIES VERSION ARCH NAME INITCALLS CONSOLE FILE...: checks each FILE in tests/real/truth
kernel() {
	local series=$1 version=$2 arch=$3 name=$4 initcalls=$5 console=$6 tree has
	local build=$REAL/$name
	shift 6
	echo "== $version $name"
	tree=$(kernel_tree "$series") || exit 2
	has=$(sed -n 's/^\(VERSION\|PATCHLEVEL\|SUBLEVEL\) = //p' "$tree/Makefile" | paste -sd.)
	if [ "$has" != "$version" ]; then
		echo "SKIPPED: linux-source-$series is $has, the truth is of $version"
		skipped=$((skipped + 1))
		return
	fi
	"$initlint" prepare -k "$tree" -o "$build" --arch "$arch" \
		--config "$(truth "debian-$version-$name.config")" || exit 1
	"$initlint" index -k "$tree" -o "$build" --full || exit 1
	for file in "$@"; do
		agrees "$name, $file" "$(truth "debian-$version-$name.$file")" \
			"$build/initlint.db" "$initcalls of $initcalls initcalls in order" \
			"$console of $console console initcalls"
	done
}

kernel 6.12 6.12.117 arm64 arm64 1,084 6 initcalls.tsv initcall_debug.log
kernel 6.12 6.12.117 x86_64 amd64 740 4 initcalls.tsv initcall_debug.log
kernel 6.1 6.1.192 x86_64 cloud-amd64 571 4 System.map
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
