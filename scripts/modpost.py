#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""
Look through the modules of an image: what each uses of the kernel and of the others, and write
their descriptors.

What
	modpost.py --out DIR --nm NM [--headers DIR]... NAME...

	DIR/NAME.o is the module NAME, all its files linked. A symbol that it does not define must be
	in a public header (any name in a file under --headers), or be exported by another module. Each
	that is not is an error, with all others. Without --headers the kernel's are not looked at.

	Written for each module, if the contents change: DIR/NAME.mod.c, its struct module, and
	DIR/NAME.keep, the symbols that stay global.

Limits
	That a name stands in a public header does not mean that it is meant for drivers there. What no
	header has is found; what no object defines is the linker's to find.

Tests
	tests/tools/test_modules.py
"""
import argparse
import os
import re
import subprocess
import sys

IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
# The compiler calls these by itself.
COMPILERS = {"memcpy", "memmove", "memset", "memcmp"}

# What EXPORT_SYMBOL() puts before a name.
EXPORT = "__export_"

DESCRIPTOR = """\
// SPDX-License-Identifier: GPL-2.0-only
/* Made by scripts/modpost.py. */
#include <linux/module.h>

extern char __unit_data[], __unit_data_end[], __unit_bss[], __unit_bss_end[];
extern char __unit_percpu[], __unit_percpu_end[];
extern const struct kernel_param __unit_params[], __unit_params_end[];
extern const char __unit_info[], __unit_info_end[];
extern int init_module(void) __weak;
extern void cleanup_module(void) __weak;

static const char *const uses[] = {{ {uses}NULL }};

struct module __this_module __section(".data..this_module") = {{
	.state = MODULE_STATE_UNFORMED,
	.name = "{name}",
	.init = init_module,
	.exit = cleanup_module,
	.data = {{ __unit_data, __unit_data_end }},
	.bss = {{ __unit_bss, __unit_bss_end }},
	.percpu = {{ __unit_percpu, __unit_percpu_end }},
	.params = __unit_params,
	.params_end = __unit_params_end,
	.info = __unit_info,
	.info_end = __unit_info_end,
	.uses = uses,
}};

static struct module *const entry __used __section("module_units") = &__this_module;
"""


class Unit:
    """A module: its global symbols, and what nm says of others (small letters are local)."""

    def __init__(self, name, symbols):
        self.name = name
        self.defined = {symbol for symbol, kind in symbols if kind.isupper() and kind != "U"}
        self.wanted = {symbol for symbol, kind in symbols if kind == "U"} - {"__this_module"}
        self.exports = {symbol.removeprefix(EXPORT) for symbol, _ in symbols if symbol.startswith(EXPORT)}
        self.uses = set()


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"modpost: {command[0]} failed")
    return done.stdout


def read_unit(nm, out, name):
    fields = (line.split() for line in run(nm, "-P", os.path.join(out, f"{name}.o")).splitlines())
    return Unit(name, [(field[0], field[1]) for field in fields if len(field) > 1])


def names_in(directories):
    """Each identifier in the headers under the directories."""
    names = set()
    for directory in directories:
        for where, _, files in os.walk(directory):
            for file in files:
                with open(os.path.join(where, file), encoding="utf-8") as text:
                    names.update(IDENTIFIER.findall(COMMENT.sub(" ", text.read())))
    return names


def look_through(units, public):
    """Fill in who uses whom. Returns what is wrong, a line each."""
    errors, owner = [], {}
    for unit in units:
        for symbol in sorted(unit.exports):
            if symbol not in unit.defined:
                errors.append(f"{unit.name}: exports {symbol}, which it does not define")
            if symbol in owner:
                errors.append(f"{unit.name}: exports {symbol}, as {owner[symbol]} does")
            owner[symbol] = unit.name
    for unit in units:
        for symbol in sorted(unit.wanted):
            if symbol in owner:
                unit.uses.add(owner[symbol])
            elif public is not None and symbol not in public and symbol not in COMPILERS:
                errors.append(f"{unit.name}: uses {symbol}, which no public header declares and no module exports")
    return errors + circles(units)


def circles(units):
    """Modules that need themselves: none of them could be loaded first."""
    uses = {unit.name: unit.uses for unit in units}
    errors = []
    for unit in units:
        reached, new = set(), set(unit.uses)
        while new:
            reached |= new
            new = set().union(*(uses[name] for name in new)) - reached
        if unit.name in reached:
            errors.append(f"{unit.name}: uses, by way of {', '.join(sorted(unit.uses))}, symbols of its own")
    return errors


def write(path, text):
    """Write the file, unless it holds that already."""
    try:
        with open(path, encoding="utf-8") as old:
            if old.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--headers", action="append", metavar="DIR")
    parser.add_argument("name", nargs="*")
    args = parser.parse_args()
    units = [read_unit(args.nm, args.out, name) for name in args.name]
    errors = look_through(units, names_in(args.headers) if args.headers else None)
    if errors:
        sys.exit("\n".join("modpost: " + error for error in errors))
    for unit in units:
        uses = "".join(f'"{name.replace("-", "_")}", ' for name in sorted(unit.uses))
        base = os.path.join(args.out, unit.name)
        write(base + ".mod.c", DESCRIPTOR.format(name=unit.name.replace("-", "_"), uses=uses))
        # A list without a line would keep everything.
        write(base + ".keep", "\n".join(["__this_unit_keeps", *sorted(unit.exports)]) + "\n")


if __name__ == "__main__":
    main()
