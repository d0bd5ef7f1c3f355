# SPDX-License-Identifier: GPL-2.0-only
# Sourced by tools/boot-check, tests/measure and the real-kernel tests: the four states of the
# FF-A story, made from linux-source-6.12 by the patches in rules/reference-fixes/ffa-deferral.
#
#   state_patches STATE                   prints the patch files that make it; fails if unknown
#   state_set STATE ORIGINAL TREE SCRATCH  brings TREE, a copy of ORIGINAL, to the state

# Those of the story; patch-1, the first patch alone, is not one of them.
STATES='base as-7.1 patches-1-2 patches-1-3'
FFA_FIX=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/rules/reference-fixes/ffa-deferral

state_patches() {
	case $1 in
	base) ;;
	as-7.1) echo "$FFA_FIX"/as-7.1/0001-*.patch ;;
	patch-1) echo "$FFA_FIX"/0001-*.patch ;;
	patches-1-2) echo "$FFA_FIX"/000[12]-*.patch ;;
	patches-1-3) echo "$FFA_FIX"/000[123]-*.patch ;;
	*) return 1 ;;
	esac
}

# The patches are applied to copies of the original files, and only what differs from the
# tree is written to it, so that make rebuilds no more than it must. It is written to a new
# file each time: the tree's may be hard links to the original's.
state_set() {
	local state=$1 original=$2 tree=$3 scratch=$4 files file
	files=$(sed -n 's|^+++ b/||p' "$FFA_FIX"/*.patch "$FFA_FIX"/*/*.patch | sort -u)
	rm -rf "$scratch" && mkdir -p "$scratch" || return
	for file in $files; do
		mkdir -p "$scratch/${file%/*}" && cp "$original/$file" "$scratch/$file" || return
	done
	for file in $(state_patches "$state"); do
		patch -s -p1 --fuzz=0 -d "$scratch" <"$file" || return
	done
	for file in $files; do
		cmp -s "$scratch/$file" "$tree/$file" ||
			cp --remove-destination "$scratch/$file" "$tree/$file" || return
	done
}
