#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""
Front end over kconfiglib: what a .config says is either taken or complained of.

What
	sync	   read .config, refuse it if it is wrong, complete it, and write what the build
		   depends on: autoconf.h for C, auto.conf for make, and one file for each option,
		   whose date says when the option last changed.
	defconfig  make .config from one of configs/, refuse that file if it is wrong.
	olddefconfig  take what can be taken of .config, say what was taken for the rest.
	set	   set options given as NAME=value in .config; they must be right, too.

	Wrong is: a line that is no assignment, an unknown option, a value of another type or out
	of range, and two different values for one option. Each is reported as FILE:LINE, with the
	option and with what would be taken instead. An option that is right but cannot be had
	because of another one (WORKQUEUE is off, so nothing below it is on) is a warning only.

Limits
	kconfiglib itself ignores unknown options and puts a default in the place of a bad value,
	with a warning at best. The checks here are made on the text of the file, before and after.

Tests
	tests/tools/test_kconfig.py
"""
import argparse
import difflib
import os
import re
import sys

try:
    import kconfiglib
except ImportError:
    sys.exit("kconfig: Python's kconfiglib is missing (Debian: apt-get install python3-kconfiglib)")

ASSIGNMENT = re.compile(r"CONFIG_([^=]+)=(.*)$")
NOT_SET = re.compile(r"# CONFIG_([^ ]+) is not set$")
BOOLEAN = (kconfiglib.BOOL, kconfiglib.TRISTATE)


class Assignment:
    """One line of a configuration file: where it stands and what it says."""

    def __init__(self, path, line, name, value):
        self.where = f"{path}:{line}"
        self.name = name
        self.value = value


def read_assignments(path):
    """The assignments in the file, and a complaint for each line that is none."""
    found, complaints = [], []
    with open(path, encoding="utf-8", errors="replace") as lines:
        for number, text in enumerate(lines, 1):
            text = text.rstrip()
            match = ASSIGNMENT.match(text)
            if match:
                found.append(Assignment(path, number, match[1], match[2]))
                continue
            match = NOT_SET.match(text)
            if match:
                found.append(Assignment(path, number, match[1], "n"))
            elif text and not text.lstrip().startswith("#"):
                complaints.append(f"{path}:{number}: '{text}' is no assignment; it is ignored")
    return found, complaints


def allowed_range(symbol):
    """The range in force for an int or hex option, as (low, high), or None."""
    for low, high, condition in symbol.ranges:
        if kconfiglib.expr_value(condition):
            return low.str_value, high.str_value
    return None


def number_of(symbol, text):
    try:
        return int(text, 16 if symbol.orig_type is kconfiglib.HEX else 10)
    except ValueError:
        return None


def complaint_about_value(symbol, value):
    """Why this value can never be right for the option, or None."""
    if symbol.orig_type in BOOLEAN:
        if value not in ("y", "n"):
            return f"'{value}' is neither y nor n"
    elif symbol.orig_type is kconfiglib.STRING:
        if not re.fullmatch(r'"(?:[^"\\]|\\.)*"', value):
            return f"{value} is not a string in double quotes"
    else:
        number = number_of(symbol, value)
        if number is None:
            return f"'{value}' is not a number"
        limits = allowed_range(symbol)
        if limits and not number_of(symbol, limits[0]) <= number <= number_of(symbol, limits[1]):
            return f"{value} is out of the range {limits[0]} to {limits[1]}"
    return None


def taken_instead(symbol):
    return "y" if symbol.str_value == "y" else "n" if symbol.orig_type in BOOLEAN else symbol.str_value


def unmet(symbol):
    """What the option waits for, in Kconfig's words."""
    if symbol.choice and symbol.choice.selection and symbol.choice.selection is not symbol:
        return f"of its choice CONFIG_{symbol.choice.selection.name} is taken"
    if kconfiglib.expr_value(symbol.direct_dep):
        if symbol.rev_dep is not symbol.kconfig.n and kconfiglib.expr_value(symbol.rev_dep):
            return f"it is selected by {kconfiglib.expr_str(symbol.rev_dep)}"
        return "it cannot be chosen in this configuration"
    return f"it depends on {kconfiglib.expr_str(symbol.direct_dep)}"


def check(kconf, assignments):
    """Compare what was asked for with what came out. Returns (errors, warnings)."""
    errors, warnings = [], []
    last = {}
    for this in assignments:
        label = f"{this.where}: CONFIG_{this.name}"
        symbol = kconf.syms.get(this.name)
        if symbol is None or not symbol.nodes:
            near = difflib.get_close_matches(this.name, [s.name for s in kconf.unique_defined_syms], 1)
            hint = f" (is CONFIG_{near[0]} meant?)" if near else ""
            errors.append(f"{label}={this.value}: there is no such option{hint}; it is ignored")
            continue
        earlier = last.get(this.name)
        if earlier and earlier.value != this.value:
            errors.append(f"{label}={this.value}: {earlier.where} says {earlier.value}; "
                          f"{taken_instead(symbol)} is taken")
        last[this.name] = this
        if not any(node.prompt for node in symbol.nodes):
            continue  # computed from others; .config only repeats it
        reason = complaint_about_value(symbol, this.value)
        if reason and symbol.visibility:
            errors.append(f"{label}: {reason}; {taken_instead(symbol)} is taken instead")
        elif not earlier or earlier.value == this.value:
            if differs(symbol, this.value):
                warnings.append(f"{label}={this.value} is not taken, {taken_instead(symbol) or 'nothing'} is: "
                                f"{unmet(symbol)}")
    return errors, warnings


def differs(symbol, value):
    """Whether the option came out otherwise than the (valid) text asked for."""
    if symbol.orig_type in BOOLEAN:
        # A choice is made by the option that is y; what the others were before is no wish.
        return value != symbol.str_value and not (symbol.choice and value == "n")
    if symbol.orig_type is kconfiglib.STRING:
        return kconfiglib.unescape(value[1:-1]) != symbol.str_value and bool(symbol.visibility)
    return bool(symbol.visibility) and number_of(symbol, value) != number_of(symbol, symbol.str_value)


def load(kconf, path, strict):
    """Load the file, print what is wrong with it, and end if that may not be."""
    assignments, malformed = read_assignments(path)
    kconf.load_config(path)
    errors, warnings = check(kconf, assignments)
    errors = malformed + errors
    for text in warnings:
        print(f"warning: {text}", file=sys.stderr)
    for text in errors:
        print(f"{'error' if strict else 'warning'}: {text}", file=sys.stderr)
    if errors and strict:
        print(f"{path} is wrong as listed above; mend it, or let 'make olddefconfig' "
              "take what is named there instead", file=sys.stderr)
        sys.exit(2)


def parse_kconfig(arch):
    os.environ["ARCH"] = arch
    kconf = kconfiglib.Kconfig("Kconfig", warn_to_stderr=False, suppress_traceback=True)
    kconf.warn = True
    if kconf.warnings:  # of the Kconfig files themselves: a mistake of ours
        sys.exit("\n".join(kconf.warnings))
    kconf.warn = False
    return kconf


def write_config(kconf, path):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    kconf.write_config(path, save_old=False)


def sync(kconf, args):
    load(kconf, args.config, strict=True)
    write_config(kconf, args.config)
    generated = os.path.join(args.out, "include/generated")
    deps = os.path.join(args.out, "include/config")
    os.makedirs(generated, exist_ok=True)
    os.makedirs(deps, exist_ok=True)
    kconf.write_autoconf(os.path.join(generated, "autoconf.h"))
    kconf.sync_deps(deps)
    with open(os.path.join(deps, "auto.conf.d"), "w", encoding="utf-8") as listing:
        for name in kconf.kconfig_filenames:
            listing.write(f"kconfig-files += {name}\n")
    os.utime(os.path.join(deps, "auto.conf"))  # make compares its date with .config's


def defconfig(kconf, args):
    load(kconf, args.source, strict=True)
    write_config(kconf, args.config)
    print(f"{args.config}: made from {args.source}")


def olddefconfig(kconf, args):
    load(kconf, args.config, strict=False)
    write_config(kconf, args.config)


def set_options(kconf, args):
    if os.path.exists(args.config):
        load(kconf, args.config, strict=True)
    texts = [text if text.startswith("CONFIG_") else f"CONFIG_{text}" for text in args.assignment]
    wishes = []
    for number, text in enumerate(texts, 1):
        match = ASSIGNMENT.match(text)
        if not match:
            sys.exit(f"error: '{text}' is not NAME=value")
        wishes.append(Assignment("argument", number, match[1], match[2]))
        symbol = kconf.syms.get(match[1])
        if symbol is not None and symbol.nodes:
            symbol.set_value(match[2].strip('"'))
    errors, warnings = check(kconf, wishes)
    for wish in wishes:
        symbol = kconf.syms.get(wish.name)
        if symbol is not None and symbol.nodes and not symbol.visibility and wish.value != symbol.str_value:
            errors.append(f"CONFIG_{wish.name} cannot be set: {unmet(symbol)}")
    for text in errors + warnings:
        print(f"error: {text}", file=sys.stderr)
    if errors or warnings:
        sys.exit(2)
    write_config(kconf, args.config)


def main():
    parser = argparse.ArgumentParser(description="check and use a configuration")
    parser.add_argument("--arch", default="x86")
    parser.add_argument("--config", required=True, help="the .config")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("sync")
    verb.add_argument("--out", required=True, help="output directory of the build")
    verb.set_defaults(run=sync)
    verb = verbs.add_parser("defconfig")
    verb.add_argument("source")
    verb.set_defaults(run=defconfig)
    verb = verbs.add_parser("olddefconfig")
    verb.set_defaults(run=olddefconfig)
    verb = verbs.add_parser("set")
    verb.add_argument("assignment", nargs="+", metavar="NAME=value")
    verb.set_defaults(run=set_options)
    args = parser.parse_args()
    try:
        args.run(parse_kconfig(args.arch), args)
    except OSError as problem:
        print(f"kconfig: {problem}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
