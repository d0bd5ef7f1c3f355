#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Replays the archive commands in the output of "make -n vmlinux".

usage: make_objects.py MAKE_OUTPUT HEAD_OBJECT_LIST OBJECTS [LIB.a...]

OBJECTS are the members of vmlinux.a (KBUILD_VMLINUX_OBJS), separated by spaces. LIB.a are the
libraries that are linked after vmlinux.a (KBUILD_VMLINUX_LIBS). Prints the objects that GNU make
would link into vmlinux, in link order, one a line.
"""
import os.path
import re
import sys

# printf "DIR/%s " a.o b/built-in.a | xargs llvm-ar cDPrST DIR/built-in.a
PIPED = re.compile(r'printf "(\S*)%s " ([^|]*)\| xargs \S*ar\S* \S*T\S* (\S+\.a)')
# llvm-ar cDPrsT lib/lib.a a.o b.o; for an empty archive, the command ends with the archive's name
PLAIN = re.compile(r'(?:^|[;&] ?|\s)\S*ar(?:-\d+)? c\w* (\S+\.a)\s*([^;|]*)')


def read_archives(path):
    archives = {}
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if ".a" not in line or "savedcmd_" in line.split(";")[0]:
                continue
            match = PIPED.search(line)
            if match:
                prefix, names, archive = match.groups()
                archives[os.path.normpath(archive)] = [prefix + name for name in names.split()]
                continue
            for archive, names in PLAIN.findall(line.split("printf '")[0]):
                archives.setdefault(os.path.normpath(archive), names.split())
    return archives


def members(archives, name, seen):
    """Returns all objects of an archive, also of archives in it. Skips repeated objects."""
    name = os.path.normpath(name)
    if not name.endswith(".a"):
        return [name]
    if name in seen:
        return []
    seen.add(name)
    if name not in archives:
        sys.exit(f"make did not say what is in {name}")
    found = []
    for member in archives[name]:
        found += members(archives, member, seen)
    return found


def main():
    archives = read_archives(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as lines:
        heads = [line.rstrip("\n") for line in lines if line.strip()]
    seen = set()
    archives["vmlinux.a"] = sys.argv[3].split()
    objects = members(archives, "vmlinux.a", seen)
    first = [o for o in objects if any(head in o for head in heads)]
    order = first + [o for o in objects if o not in set(first)]
    for lib in sys.argv[4:]:
        if os.path.normpath(lib) in archives:
            order += members(archives, lib, seen)
    print("\n".join(dict.fromkeys(order)))


if __name__ == "__main__":
    main()
