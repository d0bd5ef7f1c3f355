# SPDX-License-Identifier: GPL-2.0-only
# Functions for the tests with real kernels, tests/measure and the demo. Source this file.
#
#   kernel_tree 6.12        unpacks Debian's linux-source-6.12 into a cache, once; prints its path
#   newest_tree 7.3         the same for a version that only newer suites of Debian have
#   truth NAME              prints the path of a file of tests/real/truth; unpacks .xz files
#
# The cache is $INITLINT_CACHE (default ~/.cache/initlint). Trees in the cache are never changed.
# The tests write their builds to $REAL (default ./real).

INITLINT_CACHE=${INITLINT_CACHE:-$HOME/.cache/initlint}

kernel_tree() {
	local tarball=/usr/src/linux-source-$1.tar.xz tree=$INITLINT_CACHE/linux-source-$1
	[ -e "$tarball" ] || { echo "$tarball is missing: tools/install kernel test" >&2; return 2; }
	mkdir -p "$INITLINT_CACHE" || return 3
	# Two tests may call this function at the same time.
	(flock 9 && kernel_unpack "$tarball" "$tree") 9>"$tree.lock" || return 3
	echo "$tree"
}

kernel_unpack() { # kernel_unpack TARBALL TREE: does nothing if TREE is up to date
	local version
	version=$(stat -c '%s %Y' "$1")
	[ "$(cat "$2.version" 2>/dev/null)" != "$version" ] || return 0
	echo "unpacking $1" >&2
	rm -rf "$2" "$2.unpack" && mkdir -p "$2.unpack" && tar -C "$2.unpack" -xf "$1" &&
		mv "$2.unpack/${2##*/}" "$2" && rmdir "$2.unpack" && echo "$version" >"$2.version"
}

# newest_list FOLDER: writes a sources.list with newer suites. Packages of these suites are
# downloaded, but never installed.
newest_list() {
	local mirror keys=/usr/share/keyrings/debian-archive-keyring.gpg
	# Use the same mirror as the machine.
	mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
		grep -m1 '/debian/$') || return
	for suite in trixie-backports sid bullseye; do
		echo "deb [signed-by=$keys] $mirror $suite main"
	done >"$1/sources.list"
	mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
}

# newest_package NAME: downloads a package, and prints its path
newest_package() {
	local apt=$INITLINT_CACHE/apt options
	mkdir -p "$apt" && newest_list "$apt" || return 3
	options=(-o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
		-o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache"
		-o APT::Sandbox::User=root -qq)
	(cd "$apt" && apt-get "${options[@]}" update && apt-get "${options[@]}" download "$1") >&2 ||
		return 2
	ls -t "$apt/$1"_*.deb | head -1
}

newest_tree() {
	local tree=$INITLINT_CACHE/linux-source-$1
	mkdir -p "$INITLINT_CACHE" || return 3
	(flock 9 && newest_unpack "$1" "$tree") 9>"$tree.lock" || return
	echo "$tree"
}

newest_unpack() { # newest_unpack SERIES TREE: does nothing if TREE exists
	local package
	[ ! -e "$2.version" ] || return 0
	package=$(newest_package "linux-source-$1") || {
		echo "linux-source-$1 is not available from Debian's archive" >&2
		return 2
	}
	rm -rf "$2.package" && dpkg-deb -x "$package" "$2.package" &&
		kernel_unpack "$2.package/usr/src/linux-source-$1.tar.xz" "$2" &&
		rm -rf "$2.package" "$package"
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
