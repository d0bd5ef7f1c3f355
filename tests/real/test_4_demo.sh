#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Runs tools/demo on a real tree, and checks that it prints the finding that the README shows.
# Usage: test_4_demo.sh INITLINT
set -u
cd "$(dirname "$0")/../.." || exit 2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0
passed=0

expect() {
	if grep -qE "$1" "$log"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: no line like: $1"
	fi
}

tools/demo >"$log" 2>&1 || { tail -30 "$log"; exit 1; }
expect '^drivers/firmware/arm_ffa/driver\.c:[0-9]+: broken: ffa_init \(rootfs\) runs before finalize_pkvm \(6s\) \[ffa-after-pkvm\]$'
expect '^arch/arm64/kvm/pkvm\.c:[0-9]+: note: finalize_pkvm is device_initcall_sync, position [0-9]+$'
expect '^note: order: level rootfs runs before 6s$'
expect '^drivers/firmware/arm_ffa/smccc\.c:[0-9]+: note:   __arm_ffa_fn_smc uses '
expect '^[0-9]+ rules: [1-9][0-9]* broken, '
expect '^([0-9,]+) of \1 files parsed whole'
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
