#!/bin/bash -u
# SPDX-License-Identifier: GPL-2.0-only
# docs/integrations tried on a git repository that is made of a mini kernel: the hook by pushing,
# the NIPA test and the b4 command as these call them, the CI files' scripts out of the files.
# Usage: tests/integrations.sh [INITLINT]
root=$(cd "$(dirname "$0")/.." && pwd)
files=$root/docs/integrations
INITLINT=$(realpath "${1:-$root/build/initlint}") || exit 2
export INITLINT

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
unset GIT_DIR GIT_WORK_TREE BRANCH_BASE RESULTS_DIR DESC_FD "${!INITLINT_@}"
export HOME=$scratch GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export INITLINT_BUILD=$scratch/build INITLINT_RULES=$scratch/rules
git config --global user.name Tester
git config --global user.email tester@example.org
git config --global init.defaultBranch main
git config --global advice.detachedHead false

# expect TITLE STATUS PATTERN: of the command that run() ran last; ^ and $ are those of a line.
expect() {
	local pattern=${3/#^/$'\n'}
	[[ $pattern != *\$ ]] || pattern=${pattern%\$}$'\n'
	if [ "$status" = "$2" ] && [[ $'\n'$(<"$here/output")$'\n' =~ $pattern ]]; then
		printf 'ok: %s\n' "$1"
		return
	fi
	printf 'FAILED: %s: exit status %s, expected %s and "%s"\n' "$1" "$status" "$2" "$3"
	sed 's/^/    /' "$here/output"
}

run() {
	"$@" >"$here/output" 2>&1
	status=$?
	[ -s "$here/output" ] || echo '(nothing)' >"$here/output"
}

# The tree: user_init needs maker_init, and is after it by link order only.
python3 - "$root/tests/fixtures/run" "$scratch" <<'EOF' || exit 2
import importlib.machinery, importlib.util, sys
sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("fixtures", sys.argv[1])
fixtures = importlib.util.module_from_spec(importlib.util.spec_from_loader("fixtures", loader))
loader.exec_module(fixtures)
fixtures.lay_out(fixtures.HERE / "check/fragile", sys.argv[2])
EOF
mkdir -p "$scratch/rules"
mv "$scratch/tree/rules"/*.yaml "$scratch/rules"
mkdir "$scratch/rules/models"
cp "$root/rules/models/boot.yaml" "$scratch/rules/models" # one has to be there
cd "$scratch/tree" || exit 2

commit() { git add -A && git commit -q -m "$1"; }
link_order() { # user.o or maker/ first
	local other=maker/
	[ "$1" = maker/ ] && other=user.o
	printf 'obj-y += %s\n' "$1" "$other" >drivers/Makefile
}
level() { sed -i "s/^[a-z_]*initcall(/$2(/" "$1"; }

git init -q
link_order maker/
commit 'base'
"$INITLINT" index -k . -o "$INITLINT_BUILD" >/dev/null || exit 2

git checkout -q -b clean
sed -i 's/return 0/return 1/' drivers/user.c && commit 'drivers: user: say one'
git checkout -q -b broken
link_order user.o && commit 'drivers: user first'
git checkout -q -b mended
link_order maker/ && commit 'drivers: maker first again'
# Ordered by level, and then by link order only.
git checkout -q -b ordered main
level drivers/maker/core.c subsys_initcall && commit 'drivers: maker earlier'
git checkout -q -b weakened
level drivers/maker/core.c device_initcall && commit 'drivers: maker as late as the user'
git checkout -q main

# ---- the files themselves
test_files() {
	local file script
	local scripts=("$files/git-pre-push" "$files/b4/initlint-b4-check"
		"$files/nipa/initlint/initlint.sh")

	run python3 -m json.tool "$files/nipa/initlint/info.json"
	expect 'info.json is JSON' 0 'initlint.sh'
	run git config -f "$files/b4/config" --get-all b4.prep-perpatch-check-cmd
	expect 'b4/config is a git config' 0 'initlint-b4-check'
	if command -v shellcheck >/dev/null; then
		run shellcheck "${scripts[@]}" "$root/tests/integrations.sh" "$scratch"/ci/*.sh
		expect 'shellcheck' 0 ''
	else
		for script in "${scripts[@]}" "$scratch"/ci/*.sh; do
			run bash -n "$script"
			expect "${script##*/} can be parsed" 0 ''
		done
	fi
	for file in "${scripts[@]}" "$files"/*.yml; do
		run sed -n '/^ *# -* the two lines to change/,/^ *# -*$/p' "$file"
		expect "${file##*/} says which two lines to change" 0 'INITLINT'
	done
}

failing() { # failing STATUS MESSAGE: an initlint that does
	printf '#!/bin/sh\necho "%s" >&2\nexit %s\n' "$2" "$1" >"$here/failing"
	chmod +x "$here/failing"
}

test_push() {
	git init -q --bare "$here/there"
	git remote add there "$here/there"
	mkdir -p .git/hooks
	cp "$files/git-pre-push" .git/hooks/pre-push
	run env INITLINT_SKIP=1 git push there main
	expect 'push: skipped' 0 'main -> main'
	run git push there clean
	expect 'push: new branch, clean' 0 'clean -> clean'
	run git push there broken
	expect 'push: new branch, broken' 1 'broken: user_init'
	run git push there mended
	expect 'push: broken in between only' 0 'mended -> mended'
	run git push there broken:clean
	expect 'push: everything is there already' 0 'broken -> clean'

	git checkout -q -b other clean
	git commit -q --amend -m 'drivers: user: one'
	run env INITLINT_SKIP=1 git push there other
	git commit -q --amend -m 'drivers: user: only one'
	link_order user.o && commit 'drivers: user first, once more'
	run git push --force there other
	expect 'push: forced, broken' 1 'broken: user_init'
	run env INITLINT_MAX=0 git push --force there other
	expect 'push: too many commits' 0 'more than 0 new commits'
	run git push there :other
	expect 'push: deletion' 0 'deleted'
	run env INITLINT_MAX=1 git push "file://$here/there" other:refs/heads/url
	expect 'push: to a URL' 0 'more than 1 new commits'
	run env INITLINT_BUILD="$here/nowhere" git push there weakened
	expect 'push: no database' 1 'initlint index'
	run env INITLINT="$here/nowhere" git push there weakened
	expect 'push: no initlint' 1 'not found'
	failing 3 'initlint series: error: interrupted'
	run env INITLINT="$here/failing" git push there weakened
	expect 'push: interrupted' 1 'could not be checked'
	failing 3 'initlint series: warning: the analysis is partial'
	run env INITLINT="$here/failing" git push there weakened
	expect 'push: incomplete' 0 'pushed all the same'
}

# As core/test.py calls it.
nipa() { # nipa BRANCH BASE
	git checkout -q "$1"
	mkdir -p "$here/results"
	run env BRANCH_BASE="$2" RESULTS_DIR="$here/results" DESC_FD=7 \
		"$files/nipa/initlint/initlint.sh" 7>"$here/desc"
	cat "$here/desc" >"$here/output"
}

test_nipa() {
	nipa clean main
	expect 'NIPA: clean' 0 '^No initcall order'
	nipa broken main
	expect 'NIPA: broken' 1 '^Order broken: drivers/Makefile:[12]: broken: user_init'
	nipa weakened ordered
	expect 'NIPA: fragile' 250 '^Order weakened: .*: fragile: user_init'
	nipa main main
	expect 'NIPA: no series' 250 '^Not checked'
	nipa clean nothing
	expect 'NIPA: no base' 250 'BRANCH_BASE'
	failing 3 'initlint series: error: interrupted'
	INITLINT=$here/failing nipa clean main
	expect 'NIPA: interrupted' 1 'could not be checked'
	failing 3 'initlint series: warning: the analysis is partial'
	INITLINT=$here/failing nipa clean main
	expect 'NIPA: incomplete' 250 'incomplete'
	INITLINT_BUILD=$here/nowhere nipa clean main
	expect 'NIPA: no database' 250 'no database'
}

# The patch on stdin, in the top directory; what it prints matters.
b4_check() { # b4_check COMMIT BASE
	git show --format=email "$1" >"$here/patch"
	run env INITLINT_BASE="$2" "$files/b4/initlint-b4-check" <"$here/patch"
}

test_b4() {
	git checkout -q mended
	b4_check mended~2 main
	expect 'b4: clean' 0 '^\(nothing\)$'
	b4_check mended~1 main
	expect 'b4: broken, and mended later' 0 'WARNING: broken: user_init.* only until patch 3'
	b4_check mended main
	expect 'b4: mends' 0 '^\(nothing\)$'
	run ls .git/initlint-b4
	expect 'b4: one report is kept' 0 '^[0-9a-f]{16}$'
	git checkout -q broken
	b4_check broken main
	expect 'b4: broken' 0 '^drivers/Makefile:[12]: ERROR: broken: user_init'
	git checkout -q weakened
	b4_check weakened ordered
	expect 'b4: fragile' 0 'WARNING: fragile: user_init'
	git checkout -q main
	b4_check clean main
	expect 'b4: alone, clean' 0 '^\(nothing\)$'
	b4_check mended main
	expect 'b4: alone, does not apply' 0 '^WARNING: initlint: not checked alone'
	failing 3 'initlint series: error: interrupted'
	INITLINT=$here/failing b4_check clean main
	expect 'b4: interrupted' 1 '^ERROR: initlint: interrupted'
	INITLINT_BUILD=$here/nowhere b4_check clean main
	expect 'b4: no database' 1 '^ERROR: initlint: no '
}

# The CI files' scripts, with a "prepare" that takes the build directory that is there.
fake_ci() {
	mkdir "$here/bin" "$here/ci"
	cat >"$here/bin/initlint" <<-EOF
		#!/bin/bash -u
		[ "\$1" != prepare ] || exec cp -r '$scratch/build' "\$STATE"
		exec '$INITLINT' "\$@"
	EOF
	chmod +x "$here/bin/initlint"
	cd "$here/ci" || exit 2
	export PATH=$here/bin:$PATH STATE=$here/ci/state KERNEL_CONFIG='--arch arm64'
	mkdir "$STATE"
}

step() { run bash --noprofile --norc -euo pipefail "$scratch/ci/github-$1.sh"; }

test_github() {
	local branch head
	branch=$(git rev-parse main) head=$(git rev-parse broken)
	fake_ci
	export GITHUB_OUTPUT=$here/outputs GITHUB_STEP_SUMMARY=$here/summary
	export GITHUB_EVENT_NAME=pull_request
	git clone -q "file://$here/tree" linux
	cd linux || exit 2
	BRANCH=$branch HEAD=$head COMMITS=2 INITLINT='url commit' \
		step find-where-the-pull-request-starts
	expect 'GitHub: commits' 0 ''
	run cat "$GITHUB_OUTPUT"
	expect 'GitHub: base' 0 "^base=$branch"
	step prepare-and-index
	expect 'GitHub: index' 0 'initcalls'
	cd ..
	BASE=$branch HEAD=$head step judge
	expect 'GitHub: judge' 0 ''
	run tail -1 "$GITHUB_OUTPUT"
	expect 'GitHub: status' 0 '^status=1$'
	run cat "$GITHUB_STEP_SUMMARY"
	expect 'GitHub: summary' 0 '^      worse: was fragile; '
	run python3 -c 'import json; print(len(json.load(open("initlint.sarif"))["runs"][0]["results"]))'
	expect 'GitHub: SARIF' 0 '^1$'
	STATUS=1 step pass-or-fail
	expect 'GitHub: broken' 1 '::error::'
	STATUS=3 step pass-or-fail
	expect 'GitHub: incomplete' 0 '::warning::'
}

test_gitlab() {
	export CI_COMMIT_SHA CI_MERGE_REQUEST_DIFF_BASE_SHA CI_REPOSITORY_URL=file://$here/tree
	CI_COMMIT_SHA=$(git rev-parse broken)
	CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse main)
	fake_ci
	run bash -euo pipefail "$scratch/ci/gitlab-script.sh"
	expect 'GitLab: broken' 1 'worse: was fragile; '
	run grep -c '<failure' initlint-junit.xml
	expect 'GitLab: JUnit' 0 '^1$'
	run python3 -c 'import json; print(json.load(open("initlint-codequality.json"))[0]["severity"])'
	expect 'GitLab: code quality' 0 '^critical$'
	run python3 -c 'import json; print(json.load(open("initlint.sarif"))["version"])'
	expect 'GitLab: SARIF' 0 '2.1.0'
}

git config --global uploadpack.allowAnySHA1InWant true
if python3 -c 'import yaml'; then
	python3 "$root/tests/integrations-ci.py" "$files" "$scratch/ci" || exit 2
	tests=${TESTS:-'files push nipa b4 github gitlab'}
else
	echo 'python3-yaml is not installed: the CI files are not tested'
	tests='push nipa b4'
fi
for test in $tests; do
	here=$scratch/$test
	mkdir "$here" && cp -r "$scratch/tree" "$here/tree"
	(cd "$here/tree" && "test_$test") >"$here/log" 2>&1 &
done
wait
cat "$scratch"/*/log | grep -v '^ok: '
passed=$(cat "$scratch"/*/log | grep -c '^ok: ')
failed=$(cat "$scratch"/*/log | grep -c '^FAILED: ')
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 20 ]
