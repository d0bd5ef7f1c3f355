#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Compares the objects and the link order of "initlint objects" with those of GNU make. Gets the
# latter from the output of "make -n vmlinux", for the same tree and .config.
# Usage: tests/real/objects.sh TREE ARCH CONFIG [SCRATCH]
#   CONFIG: a .config file, or the name of a defconfig
#   $INITLINT: the program (default: build/initlint)
#   $LLVM: value of LLVM= for make (default: an installed version)
set -eu
tree=$(realpath "$1")
arch=$2
config=$3
scratch=$(realpath -m "${4:-$(mktemp -d)}")
here=$(cd "$(dirname "$0")" && pwd)
initlint=${INITLINT:-$here/../../build/initlint}
mkdir -p "$scratch"

# A clang without a version suffix may be too old, so prefer one with a suffix.
if [ -z "${LLVM:-}" ]; then
	LLVM=1
	for version in 17 18 19 20 21; do
		if command -v clang-$version > /dev/null && command -v ld.lld-$version > /dev/null; then
			LLVM=-$version
		fi
	done
fi

run_make() {
	nice make -C "$tree" ARCH="$arch" LLVM="$LLVM" O="$scratch" "$@"
}

# Without the files that "make prepare" makes, make -n stops: the sub-make has no rules for them.
if [ -f "$config" ]; then
	cp "$config" "$scratch/.config"
	config=olddefconfig
fi
run_make "$config" > "$scratch/configure.log" 2>&1
run_make -j2 prepare > "$scratch/prepare.log" 2>&1

start=$(date +%s.%N)
run_make -n -k vmlinux > "$scratch/make-n.txt" 2> "$scratch/make-n.err" || true
make_time=$(echo "$(date +%s.%N) - $start" | bc)

# Gets the objects of vmlinux.a and the libraries that are linked after it. $MAKEFILES makes each
# make read print-lists.mk first. Only the last make sets $(build) and prints the lists. The output
# of "make -n" is not enough: in 7.x, it does not contain the command that makes vmlinux.a.
recipe='@echo "objs: $(KBUILD_VMLINUX_OBJS)"; echo "libs: $(KBUILD_VMLINUX_LIBS)"'
printf '.PHONY: print-lists\nprint-lists:\n\t$(if $(build),%s)\n' "$recipe" \
	> "$scratch/print-lists.mk"
lists=$(MAKEFILES=$scratch/print-lists.mk run_make -s print-lists 2> /dev/null)
# shellcheck disable=SC2046
python3 "$here/make_objects.py" "$scratch/make-n.txt" "$tree/scripts/head-object-list.txt" \
	"$(sed -n 's/^objs: //p' <<< "$lists")" $(sed -n 's/^libs: //p' <<< "$lists") \
	> "$scratch/make.objects"

start=$(date +%s.%N)
status=0
"$initlint" objects -k "$tree" -o "$scratch" --arch "$arch" --format=tsv \
	> "$scratch/initlint.tsv" 2> "$scratch/initlint.err" || status=$?
our_time=$(echo "$(date +%s.%N) - $start" | bc)
grep -v '^#' "$scratch/initlint.tsv" | cut -f2 > "$scratch/initlint.objects"

differences=$(diff "$scratch/make.objects" "$scratch/initlint.objects" | grep -c '^[<>]' || true)
printf '%s %s %s: %d objects, %d differences; make -n %.1f s, initlint %.2f s: %.0f times; ' \
	"$(basename "$tree")" "$arch" "$3" "$(wc -l < "$scratch/make.objects")" "$differences" \
	"$make_time" "$our_time" "$(echo "$make_time / $our_time" | bc -l)"
printf '%d without a line, status %d\n' \
	"$(awk -F'\t' '$3 == "-"' "$scratch/initlint.tsv" | wc -l)" "$status"
cat "$scratch/initlint.err"
if [ "$differences" -ne 0 ]; then
	diff "$scratch/make.objects" "$scratch/initlint.objects" | head -40
	exit 1
fi
[ -s "$scratch/make.objects" ] || { echo 'make listed no object'; exit 1; }
[ "$status" -eq 0 ]
