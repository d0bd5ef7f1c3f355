#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Plants a violation of each kind in a small source, and sees check_rooms.py tell it.

usage: check_rooms_test.py
"""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOMS = "# The lowest first.\ndb:\nanalyzer/base: db\nanalyzer/top: analyzer/base\n"
SOURCES = {
    "db/store.h": "",
    "db/store.c": '#include "db/store.h"\nint store(void) { return 0; }\n',
    "analyzer/base/base.h": "",
    "analyzer/base/base_internal.h": "",
    "analyzer/base/base.c": '#include "analyzer/base/base_internal.h"\n#include "db/store.h"\n'
    "int base(void) { return 0; }\n",
    "analyzer/top/top.c": '#include "analyzer/base/base.h"\nint base(void);\n'
    "int top(void) { return base(); }\n",
}

# What is planted: files that replace or add to SOURCES, and what must be printed.
CASES = {
    "nothing": ({}, ""),
    "a use that is not allowed": (
        {"analyzer/top/other.c": '#include "db/store.h"\n'},
        "analyzer/top/other.c: analyzer/top must not use db/store.h",
    ),
    "another room's internal header": (
        {"analyzer/top/other.c": '#include "analyzer/base/base_internal.h"\n'},
        "analyzer/base/base_internal.h is for its own room only",
    ),
    "a call without an include": (
        {"analyzer/top/other.c": "int store(void);\nint other(void) { return store(); }\n"},
        "analyzer/top must not use db, but calls store",
    ),
    "a header that is the room's own": (
        {"db/own.h": "", "db/other.c": '#include "db/own.h"\n'},
        "db/own.h: only its own room needs it; name it own_internal.h",
    ),
    "a use of a room above": (
        {"tests/rooms": ROOMS.replace("db:", "db: analyzer/top")},
        "tests/rooms: db uses analyzer/top, which is not above it",
    ),
    "a folder that is no room": (
        {"cli/main.c": ""},
        "cli: no room of tests/rooms",
    ),
    "a room without files": (
        {"tests/rooms": ROOMS + "rules: db\n"},
        "tests/rooms: rules has no C file",
    ),
    "a full folder": (
        {f"db/more_{i}.c": "" for i in range(25)},
        "db: 27 C files, more than 25",
    ),
    "no room at all": (
        {"tests/rooms": "# nothing\n"},
        "tests/rooms names no room, or there is no source",
    ),
}


def lay_out(root, planted):
    for name, text in {"tests/rooms": ROOMS, **SOURCES, **planted}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def build(root):
    """A library of each room, as CMake makes them."""
    out = root / "build"
    out.mkdir()
    for room in ["db", "analyzer/base", "analyzer/top"]:
        objects = []
        for source in sorted((root / room).glob("*.c")):
            objects.append(str(out / (room.replace("/", "_") + "_" + source.stem + ".o")))
            subprocess.run(["gcc", f"-I{root}", "-c", source, "-o", objects[-1]], check=True)
        library = out / f"libinitlint_{room.replace('/', '_')}.a"
        subprocess.run(["ar", "rc", library, *objects], check=True)
    return out


def run_case(name, planted, expected):
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory)
        lay_out(root, planted)
        command = [HERE / "check_rooms.py", root, build(root)]
        printed = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    good = expected in printed if expected else printed == ""
    print(f"{'ok' if good else 'FAILED'}   {name}")
    if not good:
        print(f"     expected: {expected}\n     printed: {printed}")
    return good


def empty_fails():
    """house.sh must not pass on a tree that has no source."""
    with tempfile.TemporaryDirectory() as directory:
        done = subprocess.run([HERE / "house.sh", directory], capture_output=True)
    print(f"{'ok' if done.returncode else 'FAILED'}   house.sh on an empty directory")
    return done.returncode != 0


def main():
    results = [run_case(name, *case) for name, case in CASES.items()] + [empty_fails()]
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return not all(results)


if __name__ == "__main__":
    sys.exit(main())
