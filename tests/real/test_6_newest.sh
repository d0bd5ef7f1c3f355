#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Tests the newest kernel in Debian, linux-source-7.3. Compares
# - its objects with GNU make, on two architectures
# - its order with the symbol table of Debian's arm64 kernel
# - the findings of the FF-A story with a boot log of this kernel (tools/boot-check 7.3)
# Usage: test_6_newest.sh INITLINT
set -u
export INITLINT=$1
initlint=$1
here=$(cd "$(dirname "$0")" && pwd)
REAL=${REAL:-$PWD/real}
. "$here/kernel.sh"
mkdir -p "$REAL"
tree=$(newest_tree 7.3) || exit 2
version=$(sed -n 's/^\(VERSION\|PATCHLEVEL\|SUBLEVEL\) = //p' "$tree/Makefile" | paste -sd.)
failed=0
passed=0

count() { # count STATUS TITLE
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $2"
	fi
}

objects() { # objects NAME ARCH CONFIG
	local scratch=$REAL/objects-7.3-$1 status=0
	rm -rf "$scratch" && mkdir -p "$scratch"
	"$here/objects.sh" "$tree" "$2" "$3" "$scratch" || status=1
	rm -rf "$scratch"
	return $status
}

# The expected verdicts. They agree with the boot log.
story="broken: load_uefi_certs (7) runs before ffa_init (6)'s probe in deferred_probe_initcall (7)
deferred: ffa_init (6)'s probe in deferred_probe_initcall (7) waits for finalize_pkvm (6s) by probe deferral
ordered: ffa_init (6)'s probe in deferred_probe_initcall (7) runs after kvm_arm_init (6)
ordered: optee_core_init (6)'s probe in deferred_probe_initcall (7) runs after finalize_pkvm (6s)
ordered: optee_core_init (6)'s probe in deferred_probe_initcall (7) runs after kvm_arm_init (6)"

# verdicts DB: prints verdicts and messages of the story's rules.
verdicts() {
	"$initlint" check --db "$1" --rules "$here/../../rules/ffa-after-kvm.yaml" \
		--rules "$here/../../rules/ffa-after-pkvm.yaml" \
		--rules "$here/../../rules/uefi-certs-after-ffa.yaml" --declared --all |
		sed -n 's/^[^ ]*:[0-9]*: \(.*\) \[.*after-.*\]$/\1/p' | grep -v '^note'
}

# Runs both at the same time, because GNU make uses one processor each.
objects arm64 arm64 "$(truth debian-7.3.4-arm64.config)" >"$REAL/objects-7.3-arm64.log" 2>&1 &
objects amd64 x86_64 defconfig
count $? 'objects of x86_64 defconfig'
wait $!
count $? 'objects of arm64'
cat "$REAL/objects-7.3-arm64.log"

if [ "$version" = 7.3.4 ]; then
	build=$REAL/newest-arm64
	"$initlint" prepare -k "$tree" -o "$build" --arch arm64 \
		--config "$(truth debian-7.3.4-arm64.config)" >"$build.log" 2>&1 &&
		"$initlint" index -k "$tree" -o "$build" --full
	count $? 'index of arm64: every file of C whole'
	"$initlint" verify -o "$build" "$(truth debian-7.3.4-arm64.initcalls.tsv)"
	count $? 'order of arm64'

	build=$REAL/newest-boot
	xzcat "$here/boot/7.3.config.xz" >"$REAL/newest-boot.config" &&
		xzcat "$here/boot/7.3.log.xz" >"$REAL/newest-boot.boot" || exit 2
	"$initlint" prepare -k "$tree" -o "$build" --arch arm64 \
		--config "$REAL/newest-boot.config" >"$build.log" 2>&1 &&
		"$initlint" index -k "$tree" -o "$build"
	count $? 'index of the kernel that was booted'
	"$initlint" verify -o "$build" "$REAL/newest-boot.boot"
	count $? 'order of the boot'
	diff <(echo "$story" | sort) <(verdicts "$build/initlint.db" | sort)
	count $? 'the FF-A story'
	# The upstream kernel has the first two patches, so the fix is only the third patch.
	said=$("$initlint" series -k "$tree" -o "$build" \
		"$here"/../../rules/reference-fixes/ffa-deferral-7.3/0001-*.patch)
	count $? 'the reference fix brings nothing'
	grep -q '^  resolved: broken: load_uefi_certs (7) .*; now ordered$' <<<"$said" &&
		grep -q ' 0 broken, .* 1 resolved$' <<<"$said"
	count $? "the reference fix resolves it, and nothing else: $said"
else
	echo "SKIPPED: linux-source-7.3 is $version, the truth is of 7.3.4"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
