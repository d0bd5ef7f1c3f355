#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Compares initlint series with patching the tree and indexing it again.

Each case is a patch to linux-source-6.12. The first way gives the patch to `initlint series
--format=json --all`, as a mailbox with one message. The second way applies the patch to a
hard-linked copy of the tree, and runs index and check. Both ways must find the same new and the
same resolved findings. Findings are compared by fingerprint and verdict.

usage: series_cases.py --initlint BIN --tree TREE --build BUILD --cases DIR [--db DB] [--only ID,...]

TREE is never written to. BUILD is a prepared build directory; its database (BUILD/initlint.db unless
--db) is copied and brought up to date before use. Exits with 1 if a case disagrees. Takes half a
minute or more a case, so it is no part of the tests that run by themselves.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROBLEMS = {"broken", "fragile"}
BROUGHT = {"new", "worse", "better", "moved"}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--initlint", required=True)
    parser.add_argument("--tree", required=True, type=pathlib.Path)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--cases", required=True, type=pathlib.Path)
    parser.add_argument("--db", type=pathlib.Path)
    parser.add_argument("--only", default="", help="numbers or names, comma separated")
    parser.add_argument("--work", help="scratch folder on the same file system as TREE")
    return parser.parse_args()


class Bench:
    def __init__(self, options, work):
        self.initlint = options.initlint
        self.tree = options.tree.resolve()
        self.build = options.build.resolve()
        self.work = pathlib.Path(work)
        self.copy = self.work / "tree"
        self.base_db = self.work / "base.db"
        shutil.copyfile(options.db or self.build / "initlint.db", self.base_db)
        subprocess.run(["cp", "-al", self.tree, self.copy], check=True)
        self.run("index", "-k", self.tree, "-o", self.build, "--db", self.base_db)
        self.base = self.check(self.base_db)

    def run(self, *argv):
        result = subprocess.run([self.initlint, *map(str, argv)], capture_output=True, text=True)
        if result.returncode not in (0, 1, 3) or "error: " in result.stderr:
            raise RuntimeError(f"{argv[0]}: exit {result.returncode}: {result.stderr[-400:]}")
        return result.stdout

    def check(self, db):
        """Fingerprint -> verdict of the problems in a database."""
        findings = json.loads(self.run("check", "--db", db, "--format=json"))["findings"]
        return {f["fingerprint"]: f["verdict"] for f in findings if f["verdict"] in PROBLEMS}

    def by_index(self, patch):
        """Returns the new and the resolved findings, from an index of the patched tree."""
        db = self.work / "case.db"
        shutil.copyfile(self.base_db, db)
        touched = {re.sub(r"^[ab]/", "", line.split()[1])
                   for line in patch.read_text().splitlines() if line.startswith(("+++ ", "--- "))
                   and len(line.split()) > 1}
        subprocess.run(["patch", "-p1", "-s", "-f", "--no-backup-if-mismatch", "-d", self.copy,
                        "-i", patch], check=True)
        try:
            self.run("index", "-k", self.copy, "-o", self.build, "--db", db)
            after = self.check(db)
        finally:
            self.restore(touched)
        brought = {(f, v) for f, v in after.items() if self.base.get(f) != v}
        return brought, set(self.base) - set(after)

    def restore(self, paths):
        for path in paths:
            (self.copy / path).unlink(missing_ok=True)
            if (self.tree / path).exists():
                os.link(self.tree / path, self.copy / path)

    def by_series(self, patch):
        """Returns the new and the resolved findings, from initlint series."""
        mbox = self.work / "case.mbox"
        mbox.write_text("From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n"
                        "From: A Tester <tester@example.org>\n"
                        f"Subject: [PATCH] {patch.stem}\n\n---\n\n{patch.read_text()}")
        report = json.loads(self.run("series", "-k", self.tree, "-o", self.build, "--db",
                                     self.base_db, "--format=json", "--all", mbox))
        findings = report["findings"]
        brought = {(f["fingerprint"], f["verdict"]) for f in findings if f["change"] in BROUGHT}
        # A moved finding has a new fingerprint. The report of series does not have the old one.
        resolved = {f["fingerprint"] for f in findings if f["change"] == "resolved"}
        moved = any(f["change"] == "moved" for f in findings)
        return brought, resolved, moved


def judge(bench, patch):
    """Prints one line. Returns True if both ways agree."""
    begin = time.time()
    brought, resolved, moved = bench.by_series(patch)
    middle = time.time()
    expected, gone = bench.by_index(patch)
    end = time.time()
    agree = brought == expected and (resolved <= gone if moved else resolved == gone)
    print(f"{patch.stem:28} series {middle - begin:6.1f} s, index and check {end - middle:6.1f} s  "
          f"{len(expected)} brought, {len(gone)} resolved: {'same' if agree else 'DIFFERENT'}",
          flush=True)
    if not agree:
        for sign, items in (("+", brought - expected), ("-", expected - brought),
                            ("+ resolved", resolved - gone), ("- resolved", gone - resolved)):
            for item in sorted(items):
                print(f"    {sign} {item}")
    return agree


def main():
    options = arguments()
    # If a signal ends this script, the scratch directory must still be removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))
    only = set(filter(None, options.only.split(",")))
    patches = [patch for patch in sorted(options.cases.glob("*.patch"))
               if not only or patch.stem in only or patch.stem.split("-")[0] in only]
    if not patches:
        sys.exit("series_cases.py: there are no such cases")
    parent = options.work or options.tree.resolve().parent
    with tempfile.TemporaryDirectory(prefix="initlint-cases-", dir=parent) as work:
        bench = Bench(options, work)
        different = sum(not judge(bench, patch) for patch in patches)
    print(f"{len(patches) - different} of {len(patches)} agree")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
