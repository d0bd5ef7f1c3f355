#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Checks with GNU make that the expected results in tests/support/make_cases.c are right.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/dump.c" << 'END'
#include <stdio.h>
#include <stdlib.h>
#include "tests/support/make_cases.h"
int main(int argc, char **argv)
{
	unsigned int n = make_cases_count;
	unsigned int i = argc > 1 ? (unsigned int)strtoul(argv[1], NULL, 10) : n;

	if (i >= n)
		return printf("%u\n", n) < 0;
	/* The environment hands the value over as it is, newlines and all. */
	printf("%sexport out\nfinal := $(out)\n.PHONY: final\nunexport MAKEFLAGS\n", make_cases[i].text);
	printf("override all := \n.DEFAULT_GOAL := show\nshow:\n\t@printenv out\n");
	return argc > 2 && fputs(make_cases[i].out, stderr) < 0;
}
END
gcc -I"$top" -o "$work/dump" "$work/dump.c" "$top/tests/support/make_cases.c"
failed=0
count=$("$work/dump")
for ((i = 0; i < count; i++)); do
	"$work/dump" $i x > "$work/Makefile" 2> "$work/want"
	echo >> "$work/want"
	make -rR -s -C "$work" --no-print-directory show > "$work/got" 2>&1 || true
	if ! cmp -s "$work/want" "$work/got"; then
		failed=$((failed + 1))
		echo "case $i: expected '$(cat "$work/want")', make says '$(cat "$work/got")'"
	fi
done
echo "$count cases, $failed differ from $(make --version | head -1)"
[ $failed -eq 0 ]
