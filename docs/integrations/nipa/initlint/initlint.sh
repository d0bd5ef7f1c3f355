#!/bin/bash -u
# SPDX-License-Identifier: GPL-2.0-only
# NIPA series test: does the series break or weaken the order of initcalls?
#
#     cp -r docs/integrations/nipa/initlint NIPA/tests/series/
#
# ---------------- the two lines to change ----------------
INITLINT=${INITLINT:-initlint}                           # the executable
INITLINT_BUILD=${INITLINT_BUILD:-/srv/nipa/initlint}     # prepared and indexed build directory
# ----------------------------------------------------------
#
# NIPA runs this script in its tree, with the series applied. NIPA sets DESC_FD, for a line that
# patchwork shows, and BRANCH_BASE, the commit that the series was applied to. Newer versions also set
# RESULTS_DIR, the directory for the files of a test. Exit status: 0 pass, 250 warning (only fragile
# findings, or the check is incomplete), 1 fail (broken findings).
#
# The database may be of another commit than BRANCH_BASE, but the test is slower the more the two
# commits differ. A cron job can update the database while the tree is idle and on its base branch:
#     initlint prepare -k TREE -o BUILD && initlint index -k TREE -o BUILD

PASS=0 FAIL=1 WARNING=250
DESC_FD=${DESC_FD:-2}
scratch=$(mktemp -d) || exit "$FAIL"
trap 'rm -rf "$scratch"' EXIT
report=$scratch/report errors=$scratch/errors

# finish STATUS SENTENCE
finish() {
	printf '%s\n' "$2" >&"$DESC_FD"
	exit "$1"
}

# series OPTION...: returns initlint's exit status, but 2 if initlint failed: 3 then means incomplete.
series() {
	local status
	"$INITLINT" series -k . -o "$INITLINT_BUILD" --git "$range" "$@" 2>"$errors"
	status=$?
	cat "$errors" >&2
	! grep -q '^initlint [a-z]*: error: ' "$errors" || status=2
	return "$status"
}

command -v "$INITLINT" >/dev/null || finish "$WARNING" "Not checked, no $INITLINT"
[ -e "$INITLINT_BUILD/initlint.db" ] ||
	finish "$WARNING" "Not checked, no database in $INITLINT_BUILD; run initlint index"
base=$(git merge-base "${BRANCH_BASE:-@{upstream\}}" HEAD) ||
	finish "$WARNING" "Not checked, what the series was applied to is unknown (BRANCH_BASE)"
range=$base..HEAD
[ "$(git rev-list --count "$range")" != 0 ] || finish "$WARNING" "Not checked, no series is applied"

series --fail-on=fragile --format=line >"$report"
status=$?
cat "$report"
case $status in
0) finish "$PASS" "No initcall order is broken or weakened" ;;
1) ;;
3) finish "$WARNING" "No finding, but the check is incomplete; see stderr" ;;
*) finish "$FAIL" "The series could not be checked; see stderr" ;;
esac

# NIPA's failure summary shows stderr, so the whole report goes there.
series --fail-on=broken --format=text >&2
status=$?
[ -z "${RESULTS_DIR:-}" ] || cp "$report" "$RESULTS_DIR/initlint" || :
# told VERDICT: prints the first finding with this verdict, and the number of the other ones.
told() {
	local n
	n=$(grep -c ": $1: " "$report")
	grep -m1 ": $1: " "$report" | tr -d '\n'
	[ "$n" -le 1 ] || printf ' (and %s more)' $((n - 1))
}
case $status in
0 | 3) finish "$WARNING" "Order weakened: $(told fragile)" ;;
1) finish "$FAIL" "Order broken: $(told broken)" ;;
*) finish "$FAIL" "The series could not be checked; see stderr" ;;
esac
