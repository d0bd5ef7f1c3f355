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
	local tarball=/usr/src/linux-source-$1.tar.xz tree=$INITLINT_CACHE/linux-source-$1
	[ -e "$tarball" ] || { echo "$tarball is missing: tools/install kernel test" >&2; return 2; }
	mkdir -p "$INITLINT_CACHE" || return 3
	# Two tests may want it at the same time.
	(flock 9 && kernel_unpack "$tarball" "$tree") 9>"$tree.lock" || return 3
	echo "$tree"
}

kernel_unpack() { # kernel_unpack TARBALL TREE: unless that has been done
	local version
	version=$(stat -c '%s %Y' "$1")
	[ "$(cat "$2.version" 2>/dev/null)" != "$version" ] || return 0
	echo "unpacking $1" >&2
	rm -rf "$2" "$2.unpack" && mkdir -p "$2.unpack" && tar -C "$2.unpack" -xf "$1" &&
		mv "$2.unpack/${2##*/}" "$2" && rmdir "$2.unpack" && echo "$version" >"$2.version"
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
