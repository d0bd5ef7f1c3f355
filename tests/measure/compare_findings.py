#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Compares the outputs of two runs of "initlint check --format=json".

usage: compare_findings.py BEFORE AFTER

Prints a line for each finding that is new, worse, better or gone. Identifies findings by their
fingerprints. Then prints the numbers of findings by verdict.
"""
import collections
import json
import sys

ORDER = ["ordered", "guarded", "deferred", "moot", "skipped", "fragile", "broken"]


def read(path):
    """Returns a dictionary: fingerprint -> its worst finding."""
    with open(path, encoding="utf-8") as file:
        findings = json.load(file)["findings"]
    worst = {}
    for finding in findings:
        other = worst.setdefault(finding["fingerprint"], finding)
        if ORDER.index(finding["verdict"]) > ORDER.index(other["verdict"]):
            worst[finding["fingerprint"]] = finding
    return worst


def sums(findings):
    counts = collections.Counter(f["verdict"] for f in findings.values())
    return ", ".join(f"{counts[v]} {v}" for v in reversed(ORDER) if counts[v])


def show(what, verdict, finding):
    print(f"{what}: {verdict} [{finding['rule']}, {finding['confidence']}] {finding['message']}"
          f" ({finding['resource']})")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    before, after = read(sys.argv[1]), read(sys.argv[2])
    changes = collections.Counter()
    for fingerprint in sorted(before.keys() | after.keys()):
        old, new = before.get(fingerprint), after.get(fingerprint)
        if old and new and old["verdict"] == new["verdict"]:
            continue
        if not old:
            what, verdict = "new", new["verdict"]
        elif not new:
            what, verdict = "gone", old["verdict"]
        else:
            worse = ORDER.index(new["verdict"]) > ORDER.index(old["verdict"])
            what = "worse" if worse else "better"
            verdict = f"{old['verdict']} -> {new['verdict']}"
        changes[what] += 1
        show(what, verdict, new or old)
    print("before:", sums(before))
    print("after: ", sums(after))
    print("changes:", ", ".join(f"{n} {w}" for w, n in sorted(changes.items())) or "none")


main()
