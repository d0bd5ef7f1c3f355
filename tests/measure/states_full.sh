#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Shows how the patches of the FF-A story change all findings, not only those of the rules of the
# story. Uses arm64's defconfig with the options of tools/demo. Updates a copy of the last state's
# database for each state. CI does not run this test, because it takes about ten minutes on two
# processors. Exit status: 1 if the whole series makes a finding broken, else 0.
# Usage: tests/measure/states_full.sh [INITLINT]     (default build/release/initlint)
#   $CONFIDENCE  least confidence of the compared findings: low, medium (default) or high
#   $REAL        directory for tree, build, databases and findings (default ./real); needs 2 GB
set -u
initlint=${1:-build/release/initlint}
here=$(cd "$(dirname "$0")" && pwd)
REAL=${REAL:-$PWD/real}
confidence=${CONFIDENCE:-medium}
. "$here/../real/kernel.sh"
. "$here/../real/states.sh"
work=$REAL/states-full
tree=$work/tree
build=$work/build

die() {
	echo "tests/measure/states_full.sh: $1" >&2
	exit 2
}

[ -x "$initlint" ] || die "$initlint is missing: build it, or name another"
original=$(kernel_tree 6.12) || exit 2
# Hard links are safe: state_set never writes to an existing file.
rm -rf "$work" && mkdir -p "$work" && cp -al "$original" "$tree" || die "cannot copy $original"
"$initlint" prepare -k "$tree" -o "$build" --arch arm64 --defconfig defconfig \
	--enable ARM_FFA_TRANSPORT --enable KVM --enable EFI --enable SYSTEM_BLACKLIST_KEYRING \
	--enable INTEGRITY_SIGNATURE --enable INTEGRITY_ASYMMETRIC_KEYS \
	--enable INTEGRITY_PLATFORM_KEYRING || die "cannot prepare $tree"

last=
for state in base as-7.1 patch-1 patches-1-2 patches-1-3; do
	echo "== $state"
	db=$work/$state.db
	state_set "$state" "$original" "$tree" "$work/files" || die "cannot make $state"
	[ -z "$last" ] || cp "$work/$last.db" "$db" || exit 2
	last=$state
	"$initlint" index -k "$tree" -o "$build" --db "$db" || die "cannot index $state"
	"$initlint" check --db "$db" --rules "$here/../../rules" --all --format=json \
		--confidence="$confidence" --fail-on=none >"$work/$state.json" || die "cannot check $state"
	python3 "$here/compare_findings.py" "$work/base.json" "$work/$state.json" |
		tee "$work/$state.changes"
done
! grep -E '^(new|worse): (.* -> )?broken ' "$work/patches-1-3.changes"
