#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""
compile_commands.py DIR: the compile database of what was built in DIR, for editors and checkers.

It reads the commands that the build saved beside each object (see scripts/kbuild.mk), so it names
what was really run, for the image and for the host library alike.
"""
import json
import os
import re
import sys

SAVED = re.compile(r"savedcmd_(\S+) := (.*)")
SOURCE = re.compile(r" -c -o \S+ (\S+\.[cS])$")


def commands(top):
    for directory, _, names in sorted(os.walk(top)):
        for name in sorted(names):
            if not (name.startswith(".") and name.endswith(".o.cmd")):
                continue
            with open(os.path.join(directory, name), encoding="utf-8") as text:
                match = SAVED.match(text.readline())
            command = match[2].replace("$$", "$").replace("$(pound)", "#") if match else ""
            source = SOURCE.search(command)
            if source:
                yield {"directory": os.getcwd(), "command": command, "file": source[1], "output": match[1]}


if __name__ == "__main__":
    json.dump(list(commands(sys.argv[1])), sys.stdout, indent=1)
    print()
