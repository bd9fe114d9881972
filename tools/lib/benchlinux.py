# SPDX-License-Identifier: GPL-2.0-only
"""
The benchmarks on a real Linux: the same sources as a module, the same machine, the same counting.

What
	kernel(series, cache)	Debian's kernel of a series, with its headers (linux.py gets it)
	archive(...)	the sources of tests/bench/ built for it, and an initramfs that loads the module
	boot(...)	the console of one boot in the deterministic profile
	command(...)	QEMU's command for it

Tests
	tests/tools/test_bench.py; make bench-compare
"""
import os

import linux
import units
from machine import COUNTING

SOURCES = os.path.join(units.TOP, "tests/bench")
# Ours, which Linux has in another form.
NOT_THERE = {"here.c", "here.h", "storm.c", "stuck.c"}
TIMEOUT = 900.0

KBUILD = """\
# Made by tools/bench. unexported.o, of the conformance units, lends open_softirq() and raise_softirq().
obj-m := unexported.o bench_rows.o
bench_rows-y := {objects}
# Before Linux's own headers, for which ccflags-y comes too late.
NOSTDINC_FLAGS += -I$(src)/shim
ccflags-y := -DBENCH_ON_LINUX
"""


def prepare(target):
    """Make target the directory of an external module: links to the sources and to what lends unexported functions."""
    places = {}
    for name in os.listdir(SOURCES):
        if name.endswith((".c", ".h")) and name not in NOT_THERE:
            places[name] = os.path.join(SOURCES, name)
    for name in ("start.c", "there.h"):
        places[f"linux/{name}"] = os.path.join(SOURCES, "linux", name)
    shim = os.path.join(units.LINUX, "shim/linux")
    for name in os.listdir(shim):
        places[f"shim/linux/{name}"] = os.path.join(shim, name)
    objects = " ".join(sorted(f"{name[:-2]}.o" for name in places if name.endswith(".c")))
    places["unexported.c"] = os.path.join(units.LINUX, "unexported.c")
    for name, path in places.items():
        units.link(path, os.path.join(target, name))
    units.write_if_new(os.path.join(target, "Kbuild"), KBUILD.format(objects=objects))


def archive(kernel, directory, parameters="", say=print):
    target = os.path.abspath(os.path.join(directory, f"linux-{kernel.series}"))
    prepare(target)
    modules, warnings = linux.build(kernel, target)
    if warnings:
        say(warnings)
    path = os.path.join(target, "initramfs")
    linux.initramfs(path, linux.build_init(target), modules, [("unexported", "-", ""), ("bench_rows", "-", parameters)])
    return path


def command(kernel, initramfs, cpus=1, counting=True):
    return linux.qemu_command(kernel, initramfs, cpus, extra=COUNTING if counting else ())


def boot(kernel, initramfs, cpus=1, counting=True):
    return "\n".join(linux.boot(command(kernel, initramfs, cpus, counting), timeout=TIMEOUT, silence=TIMEOUT))
