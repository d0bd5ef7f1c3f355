#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Compares the walk of the Makefiles with GNU make, for several architectures and two kernels.
# Usage: test_3_objects.sh INITLINT
set -u
export INITLINT=$1
REAL=${REAL:-$PWD/real}
here=$(dirname "$0")
. "$here/kernel.sh"
new=$(kernel_tree 6.12) && old=$(kernel_tree 6.1) || exit 2
failed=0
passed=0

# same NAME TREE ARCH CONFIG: fails if the objects differ
same() {
	local scratch=$REAL/objects-$1 status=0
	rm -rf "$scratch" && mkdir -p "$scratch"
	if ! "$here/objects.sh" "$2" "$3" "$4" "$scratch"; then
		status=1
		echo "FAILED: $2 $3 $4"
		tail -5 "$scratch"/*.log "$scratch/make-n.err"
	fi
	rm -rf "$scratch"
	return $status
}

count() { # count STATUS
	[ "$1" = 0 ] && passed=$((passed + 1)) || failed=$((failed + 1))
}

# both COMMAND -- COMMAND: runs both commands at the same time and counts their results. Each runs
# GNU make, which needs one processor for about a minute.
both() {
	local first=() log=$REAL/objects-second.log pid status=0
	while [ "$1" != -- ]; do
		first+=("$1")
		shift
	done
	shift
	"$@" >"$log" 2>&1 &
	pid=$!
	"${first[@]}" || status=1
	count $status
	status=0
	wait $pid || status=1
	cat "$log"
	count $status
}

mkdir -p "$REAL"
both same a "$new" arm64 "$(truth debian-6.12.117-arm64.config)" -- same b "$new" x86_64 defconfig
both same a "$new" arm defconfig -- same b "$new" riscv defconfig
both same a "$old" arm64 defconfig -- "$here/make_cases.sh"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
