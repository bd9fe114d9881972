# SPDX-License-Identifier: GPL-2.0-only
"""
KTAP, the text in which kernel tests report, read line by line.

What
	Parser.feed(line) takes the console as it comes: results, and whatever else is printed in
	between. Parser.finish() checks what should have come and did not. Only leaves are counted:
	a suite's own line says nothing that its cases have not said, unless it contradicts them.

	KTAP version 1			a document; deeper by four spaces it belongs to the next result
	1..2				plan: so many results at this depth
	    # Subtest: name		what this depth is about
	    # name starting		the case that runs now (our kernel says so; KTAP does not ask it)
	ok 1 name
	not ok 2 name # SKIP why	directives: SKIP is neither passed nor failed

	TAP 12 to 14 as CMocka prints it (a plan without a version, "ok 1 - name") is read as well.

Limits
	What a document lacks is an error, not a failed test: it is in Parser.errors, and it spoils a
	run in which every printed result is "ok". A line that merely looks odd is console noise.

Tests
	tests/tools/test_ktap.py
"""
import re

VERSION = re.compile(r"( *)K?TAP version \d+$")
PLAN = re.compile(r"( *)1\.\.(\d+)(?:\s*#.*)?$")
RESULT = re.compile(r"( *)(not )?ok (\d+)(?:\s+-)?(?:\s+(.*?))?(?:\s*#\s*(SKIP|TODO|XFAIL)\b:?\s*(.*))?$", re.IGNORECASE)
SUBTEST = re.compile(r" *# Subtest: (.+)$")
STARTING = re.compile(r" *# (\S+) starting$")
DIAGNOSTIC = re.compile(r" *#")
STAMP = re.compile(r"^\[ *\d+\.\d+\] ")


class Level:
    """The results at one depth, from a version line or plan to the result that they belong to."""

    def __init__(self, indent):
        self.indent = indent
        self.name = None
        self.plan = None
        self.count = 0
        self.failed = 0


class Parser:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = 0
        self.failures = []      # full names of failed cases
        self.skips = []         # (full name, reason)
        self.errors = []        # what is wrong with the document itself
        self.documents = 0      # how many began at depth 0
        self.running = None     # full name of the case that started last and has no result yet
        self.last = None        # full name of the last result
        self.notes = {}         # full name of a failed case -> its diagnostic lines
        self._levels = []
        self._diagnostics = []
        self._closed = None     # the level that the next result, one depth up, sums up

    # ------------------------------------------------------------ input

    def feed(self, line):
        line = STAMP.sub("", line.rstrip("\r\n"))
        for pattern, action in ((VERSION, self._version), (PLAN, self._plan), (RESULT, self._result),
                                (SUBTEST, self._subtest), (STARTING, self._starting)):
            match = pattern.match(line)
            if match:
                action(match)
                return
        if DIAGNOSTIC.match(line) and self._levels:
            self._diagnostics.append(line.strip())

    def finish(self):
        while self._levels:
            self._close()
        return self

    @property
    def total(self):
        return self.passed + self.failed + self.skipped

    @property
    def ok(self):
        return not self.failed and not self.errors and self.passed > 0

    def summary(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    # ------------------------------------------------------------ lines

    def _version(self, match):
        indent = len(match[1])
        self._close_deeper(indent)
        if self._levels and self._levels[-1].indent == indent:
            self._close()       # another document where one has ended
        self._open(indent)

    def _plan(self, match):
        indent = len(match[1])
        self._close_deeper(indent)
        if not self._levels or self._levels[-1].indent < indent:
            self._open(indent)
        level = self._levels[-1]
        if level.plan is not None:
            self.errors.append(f"{self._name(level)}: a second plan, 1..{match[2]} after 1..{level.plan}")
        level.plan = int(match[2])

    def _subtest(self, match):
        if self._levels:
            self._levels[-1].name = match[1].strip()

    def _starting(self, match):
        self.running = self._full(match[1])
        self._diagnostics = []

    def _result(self, match):
        indent, failed, number, name = len(match[1]), bool(match[2]), int(match[3]), (match[4] or "").strip()
        directive, reason = (match[5] or "").upper(), (match[6] or "").strip()
        self._closed = None
        self._close_deeper(indent)
        sums_up = self._closed
        if not self._levels or self._levels[-1].indent != indent:
            self._open(indent)
        level = self._levels[-1]
        level.count += 1
        full = self._full(name or str(number))
        if number != level.count:
            self.errors.append(f"{full}: result number {number} where {level.count} was due")
            level.count = number
        if sums_up is None:
            self._leaf(level, full, failed, directive, reason)
        else:
            self._suite(level, full, failed and directive != "SKIP", sums_up)
        self._diagnostics = []

    def _leaf(self, level, full, failed, directive, reason):
        self.last = full
        self.running = None
        if directive == "SKIP":
            self.skipped += 1
            self.skips.append((full, reason))
        elif failed and directive not in ("TODO", "XFAIL"):
            self.failed += 1
            level.failed += 1
            self.failures.append(full)
            self.notes[full] = self._diagnostics
        else:
            self.passed += 1

    def _suite(self, level, full, failed, inner):
        if failed and not inner.failed:
            self.failed += 1    # nothing in it failed, but the whole did: in its init, say
            self.failures.append(full)
            self.notes[full] = self._diagnostics
        elif inner.failed and not failed:
            self.errors.append(f"{full}: says ok, but {inner.failed} in it failed")
        level.failed += 1 if failed else 0

    # ------------------------------------------------------------ depths

    def _open(self, indent):
        if not self._levels:
            self.documents += 1
        self._levels.append(Level(indent))

    def _close_deeper(self, indent):
        while self._levels and self._levels[-1].indent > indent:
            self._close()

    def _close(self):
        level = self._levels.pop()
        name = self._name(level)
        if level.plan is None:
            self.errors.append(f"{name}: no plan")
        elif level.count < level.plan:
            self.errors.append(f"{name}: {level.count} results of {level.plan} planned")
        elif level.count > level.plan:
            self.errors.append(f"{name}: {level.count} results, but {level.plan} planned")
        self._closed = level

    def _name(self, level):
        return level.name or ("the whole" if level.indent == 0 else f"at depth {level.indent // 4}")

    def _full(self, name):
        return ".".join([level.name for level in self._levels if level.name] + [name])


def parse(lines):
    """Read a whole log."""
    parser = Parser()
    for line in lines:
        parser.feed(line)
    return parser.finish()
