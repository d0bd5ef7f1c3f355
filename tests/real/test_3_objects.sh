#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The walk of the Makefiles against GNU make, for several architectures and two kernels.
# Usage: test_3_objects.sh INITLINT
set -u
export INITLINT=$1
REAL=${REAL:-$PWD/real}
here=$(dirname "$0")
. "$here/kernel.sh"
new=$(kernel_tree 6.12) && old=$(kernel_tree 6.1) || exit 2
failed=0
passed=0

# same TREE ARCH CONFIG
same() {
	local scratch=$REAL/objects
	rm -rf "$scratch" && mkdir -p "$scratch"
	if "$here/objects.sh" "$1" "$2" "$3" "$scratch"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $1 $2 $3"
		tail -5 "$scratch"/*.log "$scratch/make-n.err"
	fi
	rm -rf "$scratch"
}

"$here/make_cases.sh" && passed=$((passed + 1)) || failed=$((failed + 1))
same "$new" arm64 "$(truth debian-6.12.117-arm64.config)"
same "$new" x86_64 defconfig
same "$new" arm defconfig
same "$new" riscv defconfig
same "$old" arm64 defconfig
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
