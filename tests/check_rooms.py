#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Checks that rooms use only the rooms that tests/rooms allows, by includes and by symbols.

Prints one line for each violation, and nothing if there is none.

usage: check_rooms.py SOURCE_DIR [BUILD_DIR]
"""

import pathlib
import re
import subprocess
import sys

TOPS = ["analyzer", "db", "rules", "cli"]
MAX_FILES = 25


def read_rooms(root):
    """Returns a dictionary: room -> rooms that it may use. Keeps the order of the file."""
    rooms = {}
    for line in (root / "tests/rooms").read_text().splitlines():
        match = re.match(r"([a-z][a-z/]*):(.*)", line)
        if match:
            rooms[match[1]] = match[2].split()
    return rooms


def read_sources(root):
    """Returns a dictionary: room -> its C files."""
    sources = {}
    for top in TOPS:
        for path in sorted((root / top).rglob("*.[ch]")):
            sources.setdefault(str(path.parent.relative_to(root)), []).append(path)
    return sources


def check_file(rooms, sources):
    above = set()
    for room, uses in rooms.items():
        for used in uses:
            if used not in above:
                yield f"tests/rooms: {room} uses {used}, which is not above it"
        above.add(room)
        if room not in sources:
            yield f"tests/rooms: {room} has no C file"
    for room, files in sources.items():
        if room not in rooms:
            yield f"{room}: no room of tests/rooms"
        if len(files) > MAX_FILES:
            yield f"{room}: {len(files)} C files, more than {MAX_FILES}"


def check_includes(root, rooms, sources):
    for room, files in sources.items():
        for path in files:
            name = path.relative_to(root)
            for included in includes(path):
                used = str(pathlib.PurePath(included).parent)
                if used == room:
                    continue
                if used not in rooms.get(room, []):
                    yield f"{name}: {room} must not use {included}"
                elif included.endswith("_internal.h"):
                    yield f"{name}: {included} is for its own room only"


def includes(path):
    return re.findall(r'^#include "([^"]+)"', path.read_text(), re.M)


def check_headers(root, sources):
    """A header that no other room and no test needs must have a name with _internal.h."""
    files = [path for room in sources.values() for path in room]
    files += sorted((root / "tests").rglob("*.[ch]"))
    needed = set()
    for path in files:
        folder = str(path.parent.relative_to(root))
        needed.update(i for i in includes(path) if str(pathlib.PurePath(i).parent) != folder)
    # If a room needs a header, it also needs all headers which that header includes.
    queue = list(needed)
    while queue:
        path = root / queue.pop()
        found = set(includes(path)) - needed if path.exists() else set()
        needed |= found
        queue += found
    for path in files:
        name = str(path.relative_to(root))
        if (name.endswith(".h") and not name.startswith("tests/") and name not in needed
                and not name.endswith("_internal.h")):
            yield f"{name}: only its own room needs it; name it {path.stem}_internal.h"


def symbols(library, option):
    """Returns the symbols of a library. The option of nm selects defined or undefined symbols."""
    out = subprocess.run(["nm", "-P", "-g", option, library], capture_output=True, text=True)
    return {line.split()[0] for line in out.stdout.splitlines() if len(line.split()) > 1}


def check_symbols(build, rooms):
    """Checks the symbols that rooms use. A room can use a symbol without an include."""
    libraries = {r: build / f"libinitlint_{r.replace('/', '_')}.a" for r in rooms if r != "cli"}
    defined = {}
    for room, library in libraries.items():
        if not library.exists():
            yield f"{library}: missing; build first"
            return
        for symbol in symbols(library, "--defined-only"):
            defined[symbol] = room
    for room, library in libraries.items():
        for symbol in sorted(symbols(library, "--undefined-only")):
            used = defined.get(symbol, room)
            if used != room and used not in rooms[room]:
                yield f"{room} must not use {used}, but calls {symbol}"


def main():
    root = pathlib.Path(sys.argv[1])
    rooms = read_rooms(root)
    sources = read_sources(root)
    if not rooms or not sources:
        print("tests/rooms names no room, or there is no source")
        return
    found = [*check_file(rooms, sources), *check_includes(root, rooms, sources),
             *check_headers(root, sources)]
    if len(sys.argv) > 2:
        found += check_symbols(pathlib.Path(sys.argv[2]), rooms)
    for line in found:
        print(line)


if __name__ == "__main__":
    main()
