# SPDX-License-Identifier: GPL-2.0-only
# Functions for tools/boot-check, tests/measure and the tests with real kernels. Source this file. The states of
# the FF-A story are linux-source-6.12 with patches from rules/reference-fixes/ffa-deferral.
#
#   state_patches STATE                    prints the patches of the state; fails if it is unknown
#   state_set STATE ORIGINAL TREE SCRATCH  changes TREE, a copy of ORIGINAL, to the state

# The states of the story. The state patch-1 has only the first patch and is not in the list.
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

# Applies the patches to copies of the original files. Then copies only files that differ to the
# tree, so that make does not rebuild more than necessary. Creates new files, because the files of
# the tree may be hard links to the original files.
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
