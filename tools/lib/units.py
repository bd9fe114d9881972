# SPDX-License-Identifier: GPL-2.0-only
"""
The conformance units: which there are, and a directory in which Linux's make builds them.

What
	read(directory)		the units that the Kbuild files of a directory list with obj-m, in order. One that
				does not build here yet is listed with obj-$(AWAITED), which is obj-m for Linux
	find(units, names)	those of these names
	by_boot(...)		what runs in one boot: boots.tsv gives units words that the kernel's command line must have
	prepare(...)		links to the sources, and a Kbuild for Linux

	Linux has modules built in that are named like units ("workqueue"), and refuses a second one of
	that name. So there each unit becomes a module unit_NAME; what reads its console takes that off.

Tests
	tests/tools/test_conformance.py
"""
import os
import subprocess

from observations import rows_of

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
SOURCES = os.path.join(TOP, "tests/conformance")
LINUX = os.path.join(SOURCES, "linux")
TEXTBOOK = "textbook"

# Kbuild files are make's to read.
LISTING = """\
include Kbuild
$(foreach m,$(filter %.o,$(obj-m)),$(info unit $(m:.o=) $(or $(strip $($(m:.o=)-y) $($(m:.o=)-objs)),$(m))))
$(foreach d,$(filter %/,$(obj-m)),$(info directory $(d:/=)))
all: ;
"""

KBUILD = """\
# Made by tools/conformance.
obj-m := unexported.o {modules}
{parts}
# Before Linux's own headers, for which ccflags-y comes too late.
NOSTDINC_FLAGS += -I$(src)/linux/shim
ccflags-y := -I$(src)
"""


class NoSuchUnit(Exception):
    pass


class Unit:
    """parts: its sources without the ending, from the directory of all units. words: for the kernel's command line."""

    def __init__(self, name, parts, words=""):
        self.name, self.parts, self.words = name, parts, words

    @property
    def is_textbook(self):
        return self.parts[0].startswith(TEXTBOOK + "/")

    @property
    def module(self):
        return f"unit_{self.name}"


def boots(directory):
    """The words that units need on the kernel's command line."""
    path = os.path.join(directory, "boots.tsv")
    return dict(fields for _, fields in rows_of(path, 2)) if os.path.exists(path) else {}


def read(directory=SOURCES, under="", for_linux=True):
    here = os.path.join(directory, under)
    done = subprocess.run(["make", "-rR", "-s", "-f", "-", f"AWAITED={'m' if for_linux else ''}"], cwd=here, input=LISTING, capture_output=True, text=True,
                          check=False, env={k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS")})
    if done.returncode:
        raise NoSuchUnit(f"{here}/Kbuild cannot be read: {done.stderr.strip()}")
    units, words = [], boots(directory)
    for line in done.stdout.splitlines():
        kind, name, *objects = line.split()
        if kind == "unit":
            units.append(Unit(name, [os.path.join(under, part[:-2]) for part in objects], words.get(name, "")))
        elif kind == "directory":
            units += read(directory, os.path.join(under, name), for_linux)
    return units


def by_boot(runs):
    """(words, runs) for each boot that runs of units need. What needs no words comes first."""
    groups = {}
    for run in sorted(runs, key=lambda run: run.unit.words):
        groups.setdefault(run.unit.words, []).append(run)
    return list(groups.items())


def find(units, names):
    known = {unit.name: unit for unit in units}
    for name in names:
        if name not in known:
            raise NoSuchUnit(f"there is no unit {name}; there are: {' '.join(sorted(known))}")
    return [known[name] for name in names]


def prepare(units, target, directory=SOURCES):
    """Make target the directory of an external module of Linux's: these units of that directory."""
    links = {"unexported.c": os.path.join(LINUX, "unexported.c")}
    for top, under in ((LINUX, "linux"), (directory, "")):
        for parent, _, names in os.walk(top):
            place = os.path.join(under, os.path.relpath(parent, top))
            links.update({os.path.normpath(os.path.join(place, name)): os.path.join(parent, name)
                          for name in names if name.endswith((".c", ".h"))})
    for name, path in links.items():
        link(path, os.path.join(target, name))
    modules = " ".join(f"{unit.module}.o" for unit in units)
    parts = "\n".join(f"{unit.module}-y := {' '.join(part + '.o' for part in unit.parts)}" for unit in units)
    write_if_new(os.path.join(target, "Kbuild"), KBUILD.format(modules=modules, parts=parts))
    for name in os.listdir(target):
        if name.endswith(".ko"):
            os.remove(os.path.join(target, name))


def link(path, place):
    os.makedirs(os.path.dirname(place), exist_ok=True)
    if os.path.islink(place) and os.readlink(place) == path:
        return
    if os.path.lexists(place):
        os.remove(place)
    os.symlink(path, place)


def write_if_new(path, text):
    try:
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
