# SPDX-License-Identifier: GPL-2.0-only
# Sourced by the real-kernel tests and the demo: kernel trees and prepared builds.
#
#   kernel_tree 6.12        prints the tree of Debian's linux-source-6.12, unpacked once into a cache
#   truth NAME              prints the path of a file of tests/real/truth, unpacked if it is .xz
#
# $INITLINT_CACHE (default ~/.cache/initlint) holds trees; they are never written to after
# unpacking. $REAL (default ./real) holds what is built from them.

INITLINT_CACHE=${INITLINT_CACHE:-$HOME/.cache/initlint}

kernel_tree() {
	local tarball=/usr/src/linux-source-$1.tar.xz tree=$INITLINT_CACHE/linux-source-$1 version
	[ -e "$tarball" ] || { echo "$tarball is missing: tools/install kernel test" >&2; return 2; }
	version=$(stat -c '%s %Y' "$tarball")
	if [ "$(cat "$tree.version" 2>/dev/null)" != "$version" ]; then
		echo "unpacking $tarball" >&2
		rm -rf "$tree" "$tree.unpack" && mkdir -p "$tree.unpack" &&
			tar -C "$tree.unpack" -xf "$tarball" &&
			mv "$tree.unpack/linux-source-$1" "$tree" && rmdir "$tree.unpack" &&
			echo "$version" >"$tree.version" || return 3
	fi
	echo "$tree"
}

truth() {
	local file
	file=$(dirname "${BASH_SOURCE[0]}")/truth/$1
	if [ -e "$file.xz" ]; then
		mkdir -p "$REAL/truth"
		[ "$REAL/truth/$1" -nt "$file.xz" ] || xzcat "$file.xz" >"$REAL/truth/$1"
		file=$REAL/truth/$1
	fi
	echo "$file"
}
