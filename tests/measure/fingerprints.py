#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Checks that the fingerprints of findings do not change if unrelated code changes.

Chooses some files that have findings in a real kernel. For each file, makes three patches and
runs `initlint series --format=json --all` with each:

    lines   adds a hundred lines at the top of the file; no finding may change
    rename  renames a static function that no finding names; no finding may change
    move    renames the file, also in its Makefile; findings must be reported as moved, and no
            finding may be new or resolved

usage: fingerprints.py --initlint BIN --tree TREE --build BUILD [-n FILES] [--seed N]

BUILD is prepared and indexed. TREE is only read. Exits with 1 if a finding changes otherwise.
"""

import argparse
import collections
import difflib
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

PROBLEMS = {"broken", "fragile"}
STATIC = re.compile(r"^static (?:inline |int |void |bool |const |struct \w+ \*?)+(\w+)\(", re.M)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--initlint", required=True)
    parser.add_argument("--tree", required=True, type=pathlib.Path)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("-n", type=int, default=5, help="files to try (default: 5)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def changed(path, old, new):
    """Returns a patch that changes one file."""
    lines = difflib.unified_diff(old.splitlines(True), new.splitlines(True),
                                 f"a/{path}", f"b/{path}")
    return f"diff --git a/{path} b/{path}\n" + "".join(lines)


class Kernel:
    def __init__(self, options):
        self.options = options

    def run(self, *argv):
        result = subprocess.run([self.options.initlint, *map(str, argv)], capture_output=True,
                                text=True)
        if result.returncode not in (0, 1):
            sys.exit(f"{argv[0]}: exit status {result.returncode}: {result.stderr[-600:]}")
        return json.loads(result.stdout)["findings"]

    def text(self, path):
        return (self.options.tree / path).read_text()

    def check(self):
        findings = self.run("check", "-o", self.options.build, "--format=json")
        return [f for f in findings if f["verdict"] in PROBLEMS]

    def series(self, patch):
        """Runs initlint series. Returns a dictionary: kind of change -> messages."""
        with tempfile.NamedTemporaryFile("w", suffix=".patch") as file:
            file.write(patch)
            file.flush()
            findings = self.run("series", "-k", self.options.tree, "-o", self.options.build,
                                "--format=json", "--all", "--fail-on=none", file.name)
        changes = collections.defaultdict(list)
        for finding in findings:
            if finding["change"] != "none":
                changes[finding["change"]].append(finding["message"])
        return changes


def with_lines(kernel, path):
    old = kernel.text(path)
    return changed(path, old, "".join(f"/* line {i} */\n" for i in range(100)) + old)


def with_rename(kernel, path, told):
    old = kernel.text(path)
    for name in STATIC.findall(old):
        if name not in told:
            return changed(path, old, re.sub(rf"\b{name}\b", name + "_renamed", old))
    return None


def with_move(kernel, path):
    makefile = str(pathlib.PurePath(path).parent / "Makefile")
    stem = pathlib.PurePath(path).stem
    new = str(pathlib.PurePath(path).with_name(stem + "-moved.c"))
    if not (kernel.options.tree / makefile).exists():
        return None
    old = kernel.text(makefile)
    text = re.sub(rf"(?<![\w-]){re.escape(stem)}\.o\b", stem + "-moved.o", old)
    if text == old:
        return None
    return (f"diff --git a/{path} b/{new}\nsimilarity index 100%\nrename from {path}\n"
            f"rename to {new}\n" + changed(makefile, old, text))


def judge(kernel, path, kind, patch, allowed):
    """Prints one line. Returns True if there are only changes of the allowed kinds."""
    if not patch:
        print(f"{path}: {kind}: cannot be made of this file")
        return True
    changes = kernel.series(patch)
    what = ", ".join(f"{len(messages)} {change}" for change, messages in sorted(changes.items()))
    good = set(changes) <= allowed and (kind != "move" or "moved" in changes)
    print(f"{path}: {kind}: {what or 'no finding changes'}: {'ok' if good else 'WRONG'}", flush=True)
    if not good:
        for change, messages in changes.items():
            print("".join(f"    {change}: {message}\n" for message in messages), end="")
    return good


def main():
    options = arguments()
    kernel = Kernel(options)
    findings = kernel.check()
    told = json.dumps(findings)
    paths = {finding[side]["file"] for finding in findings for side in ("consumer", "provider")}
    paths = sorted(path for path in paths if path and (options.tree / path).is_file())
    random.Random(options.seed).shuffle(paths)
    wrong = 0
    for path in paths[:options.n]:
        wrong += not judge(kernel, path, "lines", with_lines(kernel, path), set())
        wrong += not judge(kernel, path, "rename", with_rename(kernel, path, told), set())
        wrong += not judge(kernel, path, "move", with_move(kernel, path), {"moved"})
    print(f"{len(findings)} findings, {min(options.n, len(paths))} files, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
