#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Boots Debian's kernel of the package linux-image with two initcalls in both orders, and follows the
# trace of a boot. Needs the database of test_1_truth.sh.
# Usage: test_7_prove.sh INITLINT
set -u
initlint=$1
REAL=${REAL:-$PWD/real}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/kernel.sh"
build=$REAL/amd64
package=linux-image-6.12.117+deb12-amd64-unsigned
failed=0
passed=0

tree=$(kernel_tree 6.12) || exit 2
[ -e "$build/initlint.db" ] || { echo "$build/initlint.db is missing: run test_1_truth.sh"; exit 2; }
cd "$REAL" || exit 2
if ! ls $package*.deb >/dev/null 2>&1 &&
	! apt-get -qq -o APT::Sandbox::User=root download $package; then
	echo "SKIPPED: Debian's archive does not have $package any more"
	exit 77
fi
rm -rf prove && mkdir prove && dpkg-deb -x $package*.deb prove/package || exit 2
image=$(ls prove/package/boot/vmlinuz-*)

# expect TITLE STATUS TEXT COMMAND...: fails if the status differs, or if stdout lacks TEXT.
expect() {
	local title=$1 expected=$2 text=$3 output status=0
	shift 3
	output=$("$initlint" "$@" -k "$tree" -o "$build") || status=$?
	if [ "$status" = "$expected" ] && grep -qF -- "$text" <<<"$output"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $title: status $status, expected $expected and '$text'"
		echo "$output" | head -20
	fi
}

expect 'a crash' 1 'the boot ends in initcall debugfs_init' \
	prove --image "$image" debugfs_init ksysfs_init
expect 'a lost path' 1 'missing path: /sys/kernel/iommu_groups/' \
	prove --image "$image" iommu_init ksysfs_init
expect 'check shows the proof' 0 'proven in a boot of Linux version 6.12.117+deb12-amd64: ' \
	check --fail-on none
expect 'an order that is tolerated' 0 '1 tolerated, 0 not exercised' \
	prove --image "$image" crc64_rocksoft_mod_init crc64_rocksoft_init
expect 'code that does not run' 0 'the boot stops after bert_init(), before cper_estatus_print()' \
	prove --image "$image" bert_init microcode_init
expect 'functions that can be traced' 0 'debugfs_init' \
	trace-filter --image "$image" debugfs_init ksysfs_init
expect 'another kernel' 2 '' prove --image /bin/true debugfs_init ksysfs_init
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
