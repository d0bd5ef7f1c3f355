#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The four states of the FF-A story: the computed order against the logs of the boots that
# tools/boot-check made. Not one disagreement is allowed. Usage: test_5_boot.sh INITLINT
set -u
initlint=$1
here=$(cd "$(dirname "$0")" && pwd)
REAL=${REAL:-$PWD/real}
. "$here/kernel.sh"
. "$here/states.sh"
original=$(kernel_tree 6.12) || exit 2
work=$REAL/boot
tree=$work/tree
failed=0
passed=0

if [ "$(sed -n 's/^\(VERSION\|PATCHLEVEL\|SUBLEVEL\) = //p' "$original/Makefile" | paste -sd.)" != 6.12.117 ]; then
	echo 'SKIPPED: linux-source-6.12 is not 6.12.117, which the patches and logs are of'
	exit 0
fi
rm -rf "$work" && mkdir -p "$work" && cp -al "$original" "$tree" || exit 2
xzcat "$here/boot/arm64.full.config.xz" >"$work/config" || exit 2

for state in $STATES; do
	echo "== $state"
	state_set "$state" "$original" "$tree" "$work/files" || exit 2
	"$initlint" prepare -k "$tree" -o "$work/build" --arch arm64 --config "$work/config" ||
		exit 1
	"$initlint" index -k "$tree" -o "$work/build" --db "$work/$state.db" || exit 1
	xzcat "$here/boot/$state.log.xz" >"$work/$state.log" || exit 2
	status=0
	"$initlint" verify --db "$work/$state.db" "$work/$state.log" || status=$?
	if [ "$status" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $state"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
