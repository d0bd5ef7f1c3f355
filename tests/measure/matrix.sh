#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Runs check --matrix on a real kernel, with two small configurations and one that does not exist.
# Takes some minutes. Run it by hand. Usage: tests/measure/matrix.sh INITLINT [DIRECTORY]
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
initlint=$(realpath "${1:?usage: matrix.sh INITLINT [DIRECTORY]}")
REAL=$(realpath -m "${2:-real}")/matrix
# shellcheck source=tests/real/kernel.sh
. "$here/../real/kernel.sh"
tree=$(kernel_tree 6.12) || exit
mkdir -p "$REAL"
failed=0

# expect TITLE COMMAND...: the command must succeed.
expect() {
	local title=$1
	shift
	if "$@"; then
		echo "ok: $title"
	else
		echo "FAILED: $title"
		failed=1
	fi
}

cat >"$REAL/matrix.yaml" <<END
configurations:
  - {name: arm64-tiny, arch: arm64, defconfig: tinyconfig}
  - {name: x86-tiny, arch: x86, defconfig: tinyconfig, enable: [64BIT]}
  - {name: none, arch: arm64, defconfig: nosuch_defconfig}
END

# judge NAME: runs the matrix. Writes the report to NAME.json and the messages to NAME.err. Sets
# $status and $seconds.
judge() {
	local begin=$SECONDS
	"$initlint" check -k "$tree" -o "$REAL/build" --matrix "$REAL/matrix.yaml" --format=json \
		--fail-on=none >"$REAL/$1.json" 2>"$REAL/$1.err"
	status=$?
	seconds=$((SECONDS - begin))
	echo "$1: exit status $status, $seconds s"
}

judge first
cat "$REAL/first.err"
expect 'the row that there is not makes it incomplete' test "$status" = 3
expect 'and is named' grep -q 'configuration none cannot be prepared: .*nosuch_defconfig' \
	"$REAL/first.err"
for row in arm64-tiny x86-tiny; do
	expect "$row has an order" test \
		"$("$initlint" order --db "$REAL/build/$row/initlint.db" --format=tsv | wc -l)" -gt 20
	expect "$row is not complained of" test -z "$(grep -F "$row" "$REAL/first.err" |
		grep 'cannot be')"
done
expect 'every finding names its configurations' python3 - "$REAL/first.json" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
rows = {"arm64-tiny", "x86-tiny"}
found = [{name.split(" ")[0] for name in f["configurations"]} for f in report["findings"]]
print(len(found), "findings, in both:", sum(names == rows for names in found))
sys.exit(not all(names and names <= rows for names in found))
END
judge second
expect 'a second run says the same' cmp "$REAL/first.json" "$REAL/second.json"
exit $failed
