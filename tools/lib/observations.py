# SPDX-License-Identifier: GPL-2.0-only
"""
Observations: what conformance units say on a console, what Linux is on record to have said, and
how the two compare.

What
	Console(lines, texts)	what one boot said: observations by name, each unit's lines and results
	Record			the same as a file under tests/conformance/record/, with who said it
	Lists			permitted.tsv, awaited.tsv and needs.tsv, checked
	compare(...)		a Verdict for each name on one machine
	judge(...)		all machines together: what fails, what is skipped, what is out of date

	Names are "area.what_is_looked_at". Lines of a unit under textbook/ that begin with "NAME: " are
	observations too: textbook.NAME.1, textbook.NAME.2, ... And how a unit went is one, run.NAME: "ok"
	when it went in and out again without an error; "warns" if that is so, but the kernel warned of it.

	Linux's console says "run: NAME: begin", "run: NAME: init = 0" and so on (linux/init.c), this
	kernel's says "# NAME starting" and "ok 1 NAME" (kernel/module/run.c), which is "not ok" for a
	warning, too.

	verdict		fails	when
	same		no	both say the same
	permitted	no	they differ, and permitted.tsv has the name
	awaited		no	not here, or different, and awaited.tsv has the name
	not here	no	needs.tsv says that this machine has not what it needs
	DIFFERENT	yes	they differ
	missing		yes	Linux says it, and it is not said here
	unknown		yes	it is said here, and Linux has no such line

	Over all machines: a name that is permitted but the same everywhere, or awaited but there everywhere,
	is to be taken from its list, and fails.

Tests
	tests/tools/test_conformance.py
"""
import os
import re

STAMP = r"^(?:\[ *\d+\.\d+\] ?)?"
OBSERVED = re.compile(STAMP + r"observe: ([a-z]\w*\.\w[\w.]*) = (.*)$")
LOOKS_OBSERVED = re.compile(STAMP + r"observe:")
BEGIN = re.compile(r"# (\w+) starting$|" + STAMP + r"run: (\w+): begin$")
END = re.compile(r"(not ok|ok) \d+ (\w+)$")
STEP = re.compile(STAMP + r"run: (\w+): (init|exit) = (-?\d+)$")
WARNED = re.compile(STAMP + r"(?:WARNING: CPU:|warning: )")
REFUSED = re.compile(STAMP + r"run: \w+ (?:is not loaded|stays)|" + STAMP + r"run: there is no module")
DONE = re.compile(STAMP + r"(?:run: done|bottomhalf: shutdown: result=\w+)$")
# Modules for Linux are called unit_NAME, since Linux has some of those names itself.
PREFIX = re.compile(r"\bunit_(?=\w)")

GOOD = ("same", "permitted")
SKIPPED = ("awaited", "not here")
BAD = ("DIFFERENT", "missing", "unknown")


class Malformed(Exception):
    """A file of this tool's is not as it should be; the text says where, and why."""


class Unit:
    """What one unit said."""

    def __init__(self, name):
        self.name, self.values, self.texts, self.warned, self.refused = name, {}, 0, False, False

    def went(self, ok):
        if self.refused or not (ok or self.warned):
            return "fails"
        return "warns" if self.warned else "ok"


class Console:
    """errors: what is wrong with the console as such."""

    def __init__(self, lines, texts=()):
        self.units, self.values, self.errors, self.done = {}, {}, [], False
        self._texts, self._unit = set(texts), None
        for line in lines:
            self._line(PREFIX.sub("", line.rstrip()))
        if not self.done:
            self.errors.append("it does not go to its end" + (f": it stops in {self._unit.name}" if self._unit else ""))

    def _line(self, line):
        if match := BEGIN.match(line):
            self._begin(match[1] or match[2])
        elif match := END.match(line):
            self._end(match[2], match[1] == "ok")
        elif match := STEP.match(line):
            if match[3] != "0" and self._unit:
                self._unit.refused = True
            if match[2] == "exit" or match[3] != "0":
                self._end(match[1], match[3] == "0")
        elif match := OBSERVED.match(line):
            self._observe(match[1], match[2])
        elif LOOKS_OBSERVED.match(line):
            self.errors.append(f"not 'observe: area.name = value': {line}")
        elif DONE.match(line):
            self.done = True
        elif self._unit and WARNED.match(line):
            self._unit.warned = True
        elif self._unit and REFUSED.match(line):
            self._unit.refused = True
        elif self._unit and self._unit.name in self._texts:
            before, found, text = re.sub(STAMP, "", line).partition(f"{self._unit.name}: ")
            if found and not before:
                self._unit.texts += 1
                self._observe(f"textbook.{self._unit.name}.{self._unit.texts}", text)

    def _begin(self, name):
        if name in self.units:
            self.errors.append(f"{name} ran twice")
        self._unit = self.units.setdefault(name, Unit(name))

    def _end(self, name, ok):
        if self._unit and self._unit.name == name:
            self._observe(f"run.{name}", self._unit.went(ok))
        self._unit = None

    def add(self, other):
        """What another boot said, of other units."""
        self.errors += other.errors
        self.errors += [f"{name} ran in two boots" for name in self.units.keys() & other.units.keys()]
        self.units.update(other.units)
        self.values.update(other.values)

    def only(self, names):
        """As if no other units had run."""
        self.units = {name: unit for name, unit in self.units.items() if name in names}
        self.values = {name: value for unit in self.units.values() for name, value in unit.values.items()}

    def fails(self, unit):
        return self.values.get(f"run.{unit}", "fails") == "fails"

    def _observe(self, name, value):
        if self._unit is None:
            self.errors.append(f"{name}: said outside of any unit")
        elif name in self.values:
            self.errors.append(f"{name}: said twice")
        else:
            self.values[name] = self._unit.values[name] = value


def differences(one, other):
    """Names that two consoles of the same machine do not agree on."""
    names = {name for name in one.values.keys() | other.values.keys() if one.values.get(name) != other.values.get(name)}
    return sorted(names)


class Record:
    """What Linux said. head: facts by name, such as kernel and command."""

    def __init__(self, head=None, units=None):
        self.head, self.units = head or {}, units or {}

    @property
    def values(self):
        return {name: value for unit in self.units.values() for name, value in unit.values.items()}

    @classmethod
    def of(cls, console, head):
        return cls(head, {name: unit for name, unit in console.units.items() if name != "unexported"})

    def only(self, names):
        return Record(self.head, {name: unit for name, unit in self.units.items() if name in names})

    def replaced(self, other, order):
        """With another's head and units instead of one's own of these names, and in that order of units."""
        units = {**self.units, **other.units}
        return Record(other.head, {name: units[name] for name in order if name in units})

    def text(self):
        lines = ["# SPDX-License-Identifier: GPL-2.0-only", "# Recorded from Linux by make conformance-record; not to be edited."]
        lines += [f"# {fact}: {value}" for fact, value in self.head.items()]
        for unit in self.units.values():
            lines += ["", f"[{unit.name}]"] + [f"{name} = {value}" for name, value in unit.values.items()]
        return "\n".join(lines) + "\n"

    @classmethod
    def parse(cls, text, path="record"):
        head, units, unit = {}, {}, None
        for number, line in enumerate(text.splitlines(), 1):
            if match := re.fullmatch(r"# ([a-z][\w ]*): (.*)", line):
                head[match[1]] = match[2]
            elif match := re.fullmatch(r"\[(\w+)\]", line):
                unit = units[match[1]] = Unit(match[1])
            elif match := re.fullmatch(r"([a-z][\w.]*) = (.*)", line):
                if unit is None or any(match[1] in each.values for each in units.values()):
                    raise Malformed(f"{path}:{number}: {match[1]} is outside of any unit, or there twice")
                unit.values[match[1]] = match[2]
            elif line and not line.startswith("#"):
                raise Malformed(f"{path}:{number}: not a line of a record: {line}")
        return cls(head, units)

    @classmethod
    def read(cls, path):
        with open(path, encoding="utf-8") as record:
            return cls.parse(record.read(), path)


def rows_of(path, columns):
    """(line number, fields) of a table: tabs between fields, # before what is not read."""
    with open(path, encoding="utf-8") as table:
        for number, line in enumerate(table, 1):
            if line.strip() and not line.startswith("#"):
                fields = [field.strip() for field in line.rstrip("\n").split("\t") if field.strip()]
                if len(fields) != columns:
                    raise Malformed(f"{path}:{number}: {columns} fields with tabs between them are wanted")
                yield number, fields


class Names:
    """Names, or with * at the end what they begin with; each with something said of it."""

    def __init__(self):
        self.exact, self.prefixes = {}, {}

    def add(self, name, said):
        (self.prefixes if name.endswith("*") else self.exact)[name.rstrip("*")] = said

    def get(self, name):
        if name in self.exact:
            return self.exact[name]
        return next((said for prefix, said in self.prefixes.items() if name.startswith(prefix)), None)


def plain(text):
    return re.sub(r"[`*]", "", text).strip()


def citation_error(cites, documentation):
    """Why a citation is none, or None. "adr/0001", "differences: HEADING" or "differences: HEADING: ROW"."""
    if match := re.fullmatch(r"adr/(\d{4})", cites):
        if any(name.startswith(match[1] + "-") for name in os.listdir(os.path.join(documentation, "adr"))):
            return None
        return f"there is no {cites}"
    if not cites.startswith("differences: "):
        return f"'{cites}' is neither adr/NNNN nor 'differences: HEADING'"
    with open(os.path.join(documentation, "differences-from-linux.md"), encoding="utf-8") as page:
        lines = page.read().splitlines()
    wanted, heading, known = cites[len("differences: "):], "", set()
    for line in lines:
        if line.startswith("## "):
            heading = plain(line[3:])
            known.add(heading)
        elif line.startswith("| "):
            known.add(f"{heading}: {plain(line.split('|')[1])}")
    return None if plain(wanted) in known else f"differences-from-linux.md has no heading or row '{wanted}'"


class Lists:
    """permitted: name -> (citation, why). awaited: name -> the issue. needs: name -> what a machine must have."""

    def __init__(self, directory, documentation):
        self.permitted, self.awaited, self.needs = {}, Names(), Names()
        path = os.path.join(directory, "permitted.tsv")
        for number, (name, cites, why) in rows_of(path, 3):
            error = citation_error(cites, documentation)
            if error or name in self.permitted:
                raise Malformed(f"{path}:{number}: {error or 'there is a row of that name already'}")
            self.permitted[name] = (cites, why)
        for name, issue in (fields for _, fields in rows_of(os.path.join(directory, "awaited.tsv"), 2)):
            self.awaited.add(name, issue)
        for name, device in (fields for _, fields in rows_of(os.path.join(directory, "needs.tsv"), 2)):
            self.needs.add(name, device)


class Verdict:
    def __init__(self, name, word, linux, ours):
        self.name, self.word, self.linux, self.ours = name, word, linux, ours


def verdict_of(name, record, console, lists, devices):
    linux, ours = record.get(name), console.get(name)
    need = lists.needs.get(name)
    if linux is None:
        word = "unknown"
    elif ours == linux:
        word = "same"
    elif need and need not in devices:
        word = "not here"
    elif ours is not None and name in lists.permitted:
        word = "permitted"
    elif lists.awaited.get(name):
        word = "awaited"
    else:
        word = "missing" if ours is None else "DIFFERENT"
    return Verdict(name, word, linux, ours)


def compare(record, console, lists, devices=()):
    """A Verdict for each name of either, in the record's order."""
    linux, ours = record.values, console.values
    names = list(linux) + [name for name in ours if name not in linux]
    return [verdict_of(name, linux, ours, lists, devices) for name in names]


def stale(machines, lists):
    """What the lists say and no machine shows. machines: lists of verdicts."""
    words = {}
    for verdicts in machines:
        for verdict in verdicts:
            words.setdefault(verdict.name, set()).add(verdict.word)
    for name, seen in words.items():
        seen = seen - {"not here"}
        if name in lists.permitted and seen and "permitted" not in seen and not seen & set(BAD):
            yield f"{name}: no longer different: take it from permitted.tsv"
        if lists.awaited.get(name) and seen == {"same"}:
            yield f"{name}: no longer awaited: take it from awaited.tsv"
    for name in lists.permitted:
        if name not in words:
            yield f"{name}: permitted.tsv has it, and Linux never says it"


def table(verdicts):
    """Rows of counts by area: observations, same, permitted, awaited, not here, DIFFERENT, missing, unknown."""
    columns = GOOD + SKIPPED + BAD
    counts = {}
    for verdict in verdicts:
        counts.setdefault(verdict.name.split(".")[0], dict.fromkeys(columns, 0))[verdict.word] += 1
    rows = [[area, sum(row.values()), *row.values()] for area, row in counts.items()]
    rows.append(["all"] + [sum(row[i] for row in rows) for i in range(1, len(columns) + 2)])
    return ["area", "observations", *columns], rows
