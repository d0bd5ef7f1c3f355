#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Compares the computed order of the four states of the FF-A story with the boot logs from
# tools/boot-check. Every difference is a failure. Usage: test_5_boot.sh INITLINT
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
# verdicts DB: prints verdicts and messages of the story's rules, in the order of the output.
verdicts() {
	"$initlint" check --db "$1" --rules "$here/../../rules/ffa-after-kvm.yaml" \
		--rules "$here/../../rules/ffa-after-pkvm.yaml" \
		--rules "$here/../../rules/uefi-certs-after-ffa.yaml" --declared --all |
		sed -n 's/^[^ ]*:[0-9]*: \(.*\) \[.*after-.*\]$/\1/p' | grep -v '^note'
}

expected() {
	case $1 in
	base) cat <<-END ;;
		broken: ffa_init (rootfs) runs before kvm_arm_init (6)
		broken: ffa_init (rootfs) runs before finalize_pkvm (6s)
		broken: optee_core_init (6)'s probe runs before finalize_pkvm (6s)
		fragile: optee_core_init (6)'s probe runs after kvm_arm_init (6), by link order only
		ordered: load_uefi_certs (7) runs after ffa_init (rootfs)
		END
	as-7.1) cat <<-END ;;
		broken: ffa_init (6) runs before finalize_pkvm (6s)
		broken: optee_core_init (6)'s probe runs before finalize_pkvm (6s)
		fragile: ffa_init (6) runs after kvm_arm_init (6), by link order only
		fragile: optee_core_init (6)'s probe runs after kvm_arm_init (6), by link order only
		ordered: load_uefi_certs (7) runs after ffa_init (6)
		END
	patches-1-2) cat <<-END ;;
		broken: load_uefi_certs (7) runs before ffa_init (6)'s probe in deferred_probe_initcall (7)
		deferred: ffa_init (6)'s probe in deferred_probe_initcall (7) waits for finalize_pkvm (6s) by probe deferral
		ordered: ffa_init (6)'s probe in deferred_probe_initcall (7) runs after kvm_arm_init (6)
		ordered: optee_core_init (6)'s probe in deferred_probe_initcall (7) runs after kvm_arm_init (6)
		ordered: optee_core_init (6)'s probe in deferred_probe_initcall (7) runs after finalize_pkvm (6s)
		END
	patches-1-3) cat <<-END ;;
		deferred: ffa_init (6)'s probe in deferred_probe_initcall (7) waits for finalize_pkvm (6s) by probe deferral
		ordered: ffa_init (6)'s probe in deferred_probe_initcall (7) runs after kvm_arm_init (6)
		ordered: optee_core_init (6)'s probe in deferred_probe_initcall (7) runs after kvm_arm_init (6)
		ordered: optee_core_init (6)'s probe in deferred_probe_initcall (7) runs after finalize_pkvm (6s)
		ordered: load_uefi_certs (7s) runs after ffa_init (6)'s probe in deferred_probe_initcall (7)
		END
	esac
}

passed() {
	passed=$((passed + 1))
}

failed() {
	failed=$((failed + 1))
	echo "FAILED: $1"
}

# broken DB: prints fingerprint and message of each broken finding, sorted, one a line.
broken() {
	"$initlint" check --db "$1" --rules "$here/../../rules" --format=json |
		python3 -c 'import json, sys
for f in json.load(sys.stdin)["findings"]:
    if f["verdict"] == "broken": print(f["fingerprint"], f["message"])' | sort
}

rm -rf "$work" && mkdir -p "$work" && cp -al "$original" "$tree" || exit 2
xzcat "$here/boot/arm64.full.config.xz" >"$work/config" || exit 2
# One prepared build directory is enough: the patches do not affect generated headers.
"$initlint" prepare -k "$tree" -o "$work/build" --arch arm64 --config "$work/config" || exit 1

for state in $STATES; do
	echo "== $state"
	state_set "$state" "$original" "$tree" "$work/files" || exit 2
	"$initlint" index -k "$tree" -o "$work/build" || exit 1
	cp "$work/build/initlint.db" "$work/$state.db" || exit 2
	xzcat "$here/boot/$state.log.xz" >"$work/$state.log" || exit 2
	if "$initlint" verify --db "$work/$state.db" "$work/$state.log"; then
		passed
	else
		failed "$state: order of the boot"
	fi
	verdicts "$work/$state.db" >"$work/$state.verdicts"
	if diff <(expected "$state" | sort) <(sort "$work/$state.verdicts"); then
		passed
	else
		failed "$state: verdicts"
	fi
	broken "$work/$state.db" >"$work/$state.broken"
done

# The series must not make any other finding broken.
new=$(join -v2 "$work/base.broken" "$work/patches-1-3.broken")
if [ -z "$new" ]; then
	passed
else
	failed "newly broken: $new"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
