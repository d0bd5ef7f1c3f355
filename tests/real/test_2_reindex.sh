#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Changes a real tree, and checks which units an index reads again. Interrupts an index, and checks
# the files that it leaves. Uses the build that test_1_truth.sh has indexed, and a hard-linked copy
# of the tree. Usage: test_2_reindex.sh INITLINT
set -u
initlint=$1
REAL=${REAL:-$PWD/real}
. "$(dirname "$0")/kernel.sh"
original=$(kernel_tree 6.12) || exit 2
build=$REAL/arm64
tree=$REAL/tree
db=$REAL/reindex.db
failed=0
passed=0

check() { # check TITLE COMMAND...: the command must succeed
	local title=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $title"
	fi
}

index() {
	"$initlint" index -k "$tree" -o "$build" --db "$db" "$@" >"$REAL/index.log" 2>&1
	local status=$?
	tail -1 "$REAL/index.log"
	return $status
}

reads() { # reads N: true if the last index read N units
	if [ "$1" = 0 ] && grep -q "^up to date, nothing read" "$REAL/index.log"; then
		return 0
	fi
	tr -d , <"$REAL/index.log" | grep -q "^$1 read now"
}

# own FILE: replaces the hard link in the copy of the tree by a copy of the file
own() {
	cp --remove-destination -p "$original/$1" "$tree/$1"
}

# includers FILE: prints the number of units that include FILE. Leaves out the unit of the shared
# header, which has no target.
includers() {
	sqlite3 "$db" "SELECT count(*) FROM unit_file JOIN file ON file.id = unit_file.file
		       JOIN unit ON unit.id = unit_file.unit WHERE path = '$1' AND target <> ''"
}

position() {
	"$initlint" order --db "$db" --format=tsv "$1" 2>/dev/null | sed -n 2p | cut -f 1
}

level() {
	"$initlint" order --db "$db" --format=tsv "$1" 2>/dev/null | sed -n 2p | cut -f 2
}

[ -e "$build/initlint.db" ] || { echo "run test_1_truth.sh first"; exit 2; }
export LC_ALL=C.UTF-8
rm -rf "$tree" "$db"
cp -al "$original" "$tree" 2>/dev/null || { rm -rf "$tree"; cp -a "$original" "$tree"; }
cp "$build/initlint.db" "$db"

echo "== nothing changed"
check "an unchanged copy of the tree is indexed" index
check "nothing is read" reads 0

echo "== touched without a change"
own kernel/ksysfs.c && touch "$tree/kernel/ksysfs.c"
check "index" index
check "nothing is read" reads 0

echo "== one source changed"
sed -i 's/^core_initcall(ksysfs_init)/postcore_initcall(ksysfs_init)/' "$tree/kernel/ksysfs.c"
check "index" index
check "one unit is read" reads 1
check "the new level is seen" [ "$(level ksysfs_init)" = 2 ]

echo "== one header changed, which concerns nobody"
header=include/linux/cpufreq.h
own $header && echo '#define INITLINT_TEST 1' >>"$tree/$header"
n=$(includers $header)
check "the header is one that many include" [ "$n" -gt 20 ]
check "index" index
check "nothing is read" reads 0

echo "== one header changed, in a way that may concern all who include it"
sed -i '/^#define _LINUX_CPUFREQ_H/a struct initlint_test { int test; };' "$tree/$header"
check "index" index
check "just the $n units that include it are read" reads "$n"

echo "== one Makefile changed"
own drivers/Makefile
before=$(position deferred_probe_initcall)
grep -v 'base/' "$original/drivers/Makefile" | sed '1a obj-y += base/' >"$tree/drivers/Makefile"
check "index" index
check "nothing is read" reads 0
check "drivers/base moved" [ "$(position deferred_probe_initcall)" -lt "$before" ]

echo "== interrupted"
sum=$(sha256sum <"$db")

# interrupt SIGNAL...: starts a full index, and sends the signals when the workers have started.
# Resets the signals first: if this script was started with SIGINT ignored, initlint would inherit
# that.
interrupt() {
	local i pid signal
	env --default-signal=INT,TERM "$initlint" index -k "$tree" -o "$build" --db "$db" --full \
		>/dev/null 2>"$REAL/int.log" & pid=$!
	for ((i = 0; i < 1200; i++)); do
		[ -e "$db.new" ] && pgrep -P "$pid" >/dev/null && break
		sleep 0.05
	done
	sleep 1
	for signal; do
		kill "-$signal" "$pid"
	done
	wait "$pid" 2>/dev/null
	interrupted=$?
}

interrupt KILL
check "SIGKILL was in time" [ "$interrupted" = 137 ]
check "SIGKILL leaves the old database" [ "$sum" = "$(sha256sum <"$db")" ]
sleep 1
check "no worker is left" [ -z "$(pgrep -P 1 -f "$initlint index -k $tree")" ]
# Also sends each signal twice at once, as timeout(1) does.
for signals in INT TERM "INT INT" "TERM TERM"; do
	rm -f "$db.new"
	interrupt $signals
	check "SIG$signals: status 3" [ "$interrupted" = 3 ]
	check "SIG$signals is told" grep -q interrupted "$REAL/int.log"
	check "SIG$signals leaves the old database" [ "$sum" = "$(sha256sum <"$db")" ]
	check "SIG$signals leaves nothing else" [ ! -e "$db.new" ]
done
# A shell without job control ignores SIGINT in commands that it starts in the background.
trap '' INT
"$initlint" index -k "$tree" -o "$build" --db "$db" >"$REAL/index.log" 2>&1 & pid=$!
while kill -INT $pid 2>/dev/null; do sleep 0.05; done
wait $pid
check "an ignored SIGINT stays ignored" [ $? = 0 ]
trap - INT
check "and an index after it works" index
check "nothing is read" reads 0

rm -rf "$tree" "$db"*
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
