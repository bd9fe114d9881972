# SPDX-License-Identifier: GPL-2.0-only
"""
The figures of the benchmarks: booting for them, reading them, and comparing them.

What
	boot()		the console of one boot in the deterministic profile
	parse()		the rows that a console shows; windows(): when the median turn of each was
	Linux's figures		tests/bench/linux.tsv: name, and columns of medians
	the baseline		tests/bench/baseline.tsv: our own, as they were last accepted:
		kind	bench or bench-preempt, the configuration
		row	its name
		median	in instructions, two decimals
		reason	empty; or "LIMIT: why", which lets the row rise up to LIMIT
	judge()		what of a run is worse than the baseline, or better

	A row may rise by 2 % and one instruction. What rises more needs a reason in its row of the baseline; a row
	that met its target must go on doing so whatever the reason.

Tests
	tests/tools/test_bench.py
"""
import json
import math
import os
import re

import runner
from machine import Boot

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
LINUX = os.path.join(TOP, "tests/bench/linux.tsv")
BASELINE = os.path.join(TOP, "tests/bench/baseline.tsv")
# Each configuration, and the Linux that is built likewise.
KINDS = {"bench": "lean", "bench-preempt": "lean-preempt"}
# Too short to fall: they say nothing about design.
OUT_OF_MEAN = {
    "a_local_irq_save_restore_1",
    "c_tasklet_schedule_already_pending",
    "e_bound_queue_work_already_pending",
}
MEAN_GOAL, WORST_GOAL = 0.30, 0.75
SCALE_GOAL = 1.05       # of one more operation, with 100,000 queued to with 10
SCALED = re.compile(r"(m_.+)_with_(\d+)_queued$")
ROW = re.compile(r"(?:\[ *[\d.]+\] )?bench: (?!window )(\S.*?) ([\d.]+) ([\d.]+) ([\d.]+) (\d+)$")
CASE = re.compile(r"bench: case (\S+)$")
WINDOW = re.compile(r"bench: window (\S.*?) (\d+) (\d+) (\d+) (\d+) (\d+)$")


# ---------------------------------------------------------------- a run

def boot(image, timeout, command_line="bench quiet"):
    """(console, what the runner said, its status) of one boot; the status is of no test, as there is none."""
    verdict = runner.run(Boot(image, "pvh", "qemu", "q35", 1, "512M", command_line, icount=True),
                         runner.Limits(timeout, 0))
    return "\n".join(verdict.lines), f"{verdict.boot.name}: {verdict.word}: {verdict.reason}", verdict.code


def parse(text):
    """Rows of a console, and whether it came to its end."""
    rows = []
    done = False
    for line in text.splitlines():
        line = line.rstrip("\r")
        if match := ROW.match(line):
            name, least, median, most, n = match.groups()
            rows.append({"name": name, "unit": "instructions", "n": int(n), "min": float(least),
                         "median": float(median), "max": float(most)})
        done = done or line.endswith("bench: done")
    return rows, done


def write_json(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"rows": rows}, file, indent=1)
        file.write("\n")


def windows(text):
    """
    Where the median turn of each row was, of a boot with bench.windows: name -> (its case, number of the mark before it,
    ticks from there, length, stamps, operations).
    """
    found = {}
    case = None
    for line in text.splitlines():
        if match := CASE.match(line):
            case = match[1]
        elif match := WINDOW.match(line):
            found[match[1]] = (case, *(int(word) for word in match.groups()[1:]))
    return found


# ---------------------------------------------------------------- Linux

def read_linux(path=LINUX):
    """The recorded rows: name -> {column: number}."""
    rows = {}
    columns = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            fields = line.rstrip("\n").split("\t")
            if columns is None:
                columns = fields
                continue
            rows[fields[0]] = {c: float(v) for c, v in zip(columns[1:], fields[1:]) if v}
    return rows


def ratios(medians, linux, against):
    """name -> ours / Linux's, of the rows that count: those with a target."""
    found = {}
    for name, median in medians.items():
        known = linux.get(name, {})
        if known.get(against) and "target" in known and name not in OUT_OF_MEAN:
            found[name] = median / known[against]
    return found


def geometric_mean(values):
    return math.exp(sum(math.log(max(value, 1e-9)) for value in values) / len(values))


def number(value):
    """Whole numbers without decimals, as rows of batches and means have them."""
    return "" if value is None else format(value, ".0f") if value == int(value) else format(value, ".2f")


def scales(medians):
    """(operation, few, cost with few queued, many, cost with many queued) of each pair of rows m."""
    found = {}
    for name, median in medians.items():
        if match := SCALED.match(name):
            found.setdefault(match[1], {})[int(match[2])] = median
    for operation, costs in found.items():
        few, many = min(costs), max(costs)
        yield operation, few, costs[few], many, costs[many]


# ---------------------------------------------------------------- the baseline

class Baseline:
    """The file, by kind and row, in its order."""

    def __init__(self, path=BASELINE):
        self.path = path
        self.compiler = None
        self.rows = {kind: {} for kind in KINDS}        # kind -> name -> median
        self.reasons = {}                               # (kind, name) -> (limit, why)
        if os.path.exists(path):
            self._read()

    def _read(self):
        with open(self.path, encoding="utf-8") as file:
            for where, line in enumerate(file, 1):
                line = line.rstrip("\n")
                if line.startswith("# compiler: "):
                    self.compiler = line.partition(": ")[2]
                if line.startswith(("#", "kind\t")) or not line:
                    continue
                fields = line.split("\t") + [""]
                try:
                    kind, name, median, reason = fields[:4]
                    self.rows[kind][name] = float(median)
                    if reason:
                        limit, _, why = reason.partition(": ")
                        self.reasons[kind, name] = (float(limit), why)
                except (ValueError, KeyError):
                    raise ValueError(f"{self.path}:{where}: not kind, row, median and '' or 'LIMIT: why': {line}") from None

    def write(self):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("# SPDX-License-Identifier: GPL-2.0-only\n"
                       "# What each row costs here, in instructions, as last accepted (make bench-baseline writes this file;\n"
                       "# make check-bench holds a run against it). reason: empty, or \"LIMIT: why the row may rise to LIMIT\".\n"
                       f"# compiler: {self.compiler}\n"
                       "kind\trow\tmedian\treason\n")
            for kind, rows in self.rows.items():
                for name, median in rows.items():
                    limit, why = self.reasons.get((kind, name), (None, ""))
                    reason = f"{number(limit)}: {why}" if why else ""
                    file.write(f"{kind}\t{name}\t{median:.2f}\t{reason}\n")


def above(value, limit):
    """More than 2 % and one instruction above."""
    return value > limit * 1.02 and value > limit + 1


class Judgement:
    """What is to be said of the rows of one kind."""

    def __init__(self):
        self.passed = 0
        self.failed = []        # lines
        self.told = []


def judge(kind, rows, baseline, linux):
    """Hold the rows of a run against the baseline. Calibration is there to be exact."""
    result = Judgement()
    before = baseline.rows[kind]
    now = {row["name"]: row["median"] for row in rows}
    for name in before:
        if name not in now:
            result.failed.append(f"{name}: gone")
    for name, median in now.items():
        if name not in before:
            result.failed.append(f"{name}: {number(median)}, and not in the baseline: make bench-baseline")
            continue
        old = before[name]
        target = linux.get(name, {}).get("target")
        change = f"{name}: {number(old)} -> {number(median)}"
        limit, why = baseline.reasons.get((kind, name), (old, ""))
        if target is not None and old <= target < median:
            result.failed.append(f"{change}: it met its target, {number(target)}")
        elif above(median, max(old, limit)):
            result.failed.append(change + (f": above {number(limit)}, which has a reason ({why})" if why else ""))
        else:
            result.passed += 1
            if above(median, old):
                result.told.append(f"{change}, allowed: {why}")
            elif above(old, median):
                result.told.append(f"{change}, better: make bench-baseline")
    for operation, few, cost_few, many, cost_many in scales(now):
        if cost_many > cost_few * SCALE_GOAL:
            result.failed.append(f"{operation}: {number(cost_few)} with {few} queued, {number(cost_many)} with {many}")
        else:
            result.passed += 1
    return result


def accept(kind, rows, baseline, linux, reason):
    """Take the rows as the new baseline. Return: rows that rose, and may not without a reason."""
    refused = []
    before, after = baseline.rows[kind], {}
    for row in rows:
        name, median = row["name"], row["median"]
        old = before.get(name)
        if old is not None and above(median, old):
            limit, why = baseline.reasons.get((kind, name), (None, ""))
            if reason:
                baseline.reasons[kind, name] = (median, reason)
            elif not why or above(median, limit):
                refused.append(f"{name}: {number(old)} -> {number(median)}")
        after[name] = median
    if not refused:
        baseline.rows[kind] = after
    return refused
