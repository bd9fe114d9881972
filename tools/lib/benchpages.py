# SPDX-License-Identifier: GPL-2.0-only
"""
Pages made of the baseline: the plot Documentation/bench.svg, and the tables of Documentation/performance.md.

What
	plot()		the text of the SVG: a line for each row with a target, on a scale of powers of ten:
			our cost, the target, and that of Linux built for speed
	documented()	a page in which what stands between <!-- NAME: written by make bench-document --> and <!-- end of
			NAME --> is written anew, for each NAME in TABLES

Tests
	tests/tools/test_bench.py: both files are in step with the baseline
"""
import math
import os
import re
from xml.sax.saxutils import escape

from benchmarks import KINDS, MEAN_GOAL, OUT_OF_MEAN, TOP, WORST_GOAL, geometric_mean, number, ratios, scales

SVG = os.path.join(TOP, "Documentation/bench.svg")
PAGE = os.path.join(TOP, "Documentation/performance.md")

LEFT, RIGHT, WIDTH, TOP_SPACE, STEP = 345, 60, 900, 62, 17
OURS, THEIRS, GREY = "#0b6e4f", "#c1440e", "#777777"


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


# ---------------------------------------------------------------- the plot

def short(name):
    """A row's name without the remarks in it."""
    return re.sub(r"\(.*?\)", "", name).replace("_incl_2stamps", "").rstrip("_")


def plot(baseline, linux):
    """One kind is enough to see: without preemption, beside lean."""
    kind = "bench"
    rows = [(name, ours, linux[name]["target"], linux[name][KINDS[kind]]) for name, ours in baseline.rows[kind].items()
            if "target" in linux.get(name, {}) and linux[name].get(KINDS[kind])]
    top = math.ceil(math.log10(max(theirs for *_, theirs in rows)))
    height = TOP_SPACE + STEP * len(rows) + 30

    def x(value):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(max(value, 1)) / top

    mean = geometric_mean(ratios(baseline.rows[kind], linux, KINDS[kind]).values())
    out = ["<!-- SPDX-License-Identifier: GPL-2.0-only -->",
           f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="11">',
           f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
           f'<text x="10" y="20" font-size="14">Instructions of each hop, beside Linux built for speed: '
           f"{mean:.2f} of its cost (geometric mean)</text>",
           *legend()]
    for power in range(top + 1):
        at = x(10 ** power)
        out.append(f'<line x1="{at:.1f}" y1="{TOP_SPACE - 8}" x2="{at:.1f}" y2="{height - 24}" stroke="#dddddd"/>')
        out.append(f'<text x="{at:.1f}" y="{height - 10}" fill="{GREY}" text-anchor="middle">{10 ** power:,}</text>')
    for place, (name, ours, target, theirs) in enumerate(rows):
        out += line_of(name, x(ours), x(target), x(theirs), TOP_SPACE + STEP * place + 6, ours / theirs)
    return "\n".join([*out, "</svg>", ""])


def legend():
    y = 40
    return [f'<circle cx="{LEFT}" cy="{y - 4}" r="4" fill="{OURS}"/><text x="{LEFT + 8}" y="{y}">here</text>',
            f'<path d="M{LEFT + 60} {y - 9}v10" stroke="{GREY}" stroke-width="2"/><text x="{LEFT + 68}" y="{y}">target</text>',
            f'<circle cx="{LEFT + 126}" cy="{y - 4}" r="4" fill="none" stroke="{THEIRS}" stroke-width="2"/>'
            f'<text x="{LEFT + 134}" y="{y}">Linux, lean</text>',
            f'<text x="{WIDTH - 8}" y="{y}" text-anchor="end">ratio</text>']


def line_of(name, ours, target, theirs, y, ratio):
    return [f'<text x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(short(name))}</text>'
            f'<line x1="{ours:.1f}" y1="{y}" x2="{theirs:.1f}" y2="{y}" stroke="#cccccc"/>'
            f'<path d="M{target:.1f} {y - 5}v10" stroke="{GREY}" stroke-width="2"/>'
            f'<circle cx="{theirs:.1f}" cy="{y}" r="4" fill="#ffffff" stroke="{THEIRS}" stroke-width="2"/>'
            f'<circle cx="{ours:.1f}" cy="{y}" r="4" fill="{OURS}"/>'
            f'<text x="{WIDTH - 8}" y="{y + 4}" text-anchor="end">{ratio:.2f}</text>']


# ---------------------------------------------------------------- the page

def goals_table(baseline, linux):
    lines = ["| over the rows with a target | how many | geometric mean | worst row |", "|---|---|---|---|"]
    for kind, against in KINDS.items():
        found = ratios(baseline.rows[kind], linux, against)
        worst = max(found, key=found.get)
        lines.append(f"| `configs/{kind}` beside {against} | {len(found)} | {geometric_mean(found.values()):.3f} | "
                     f"{found[worst]:.2f} `{worst}` |")
    return [*lines, f"| the goal | | {MEAN_GOAL:.2f} | {WORST_GOAL:.2f} |"]


def cells(name, baseline, linux):
    """Ours, Linux's and the ratio, of each kind."""
    for kind, against in KINDS.items():
        ours, theirs = baseline.rows[kind].get(name), linux.get(name, {}).get(against)
        yield from (number(ours), number(theirs), f"{ours / theirs:.2f}" if ours is not None and theirs else "")


def rows_table(baseline, linux):
    lines = ["| row | ours | lean | ratio | ours, PREEMPT | lean-preempt | ratio | target |", "|---|---|---|---|---|---|---|---|"]
    for name in baseline.rows["bench"]:
        target = linux.get(name, {}).get("target")
        if target is not None:
            over = any(baseline.rows[kind].get(name, 0) > target for kind in KINDS)
            lines.append(f"| `{name}` | " + " | ".join(cells(name, baseline, linux)) +
                         f" | {number(target)}{' **over**' if over else ''} |")
    return lines


def others_table(baseline, linux):
    lines = ["| row | ours | lean | ratio | ours, PREEMPT | lean-preempt | ratio |", "|---|---|---|---|---|---|---|"]
    for name in baseline.rows["bench"]:
        if "target" not in linux.get(name, {}) and not name.startswith(("cal_", "m_")):
            lines.append(f"| `{name}` | " + " | ".join(cells(name, baseline, linux)) + " |")
    return lines


def awaited_table(baseline, linux):
    lines = ["| row | Debian | lean | target |", "|---|---|---|---|"]
    for name, known in linux.items():
        if "target" in known and name not in baseline.rows["bench"]:
            lines.append(f"| `{name}` | {number(known.get('debian'))} | {number(known.get('lean'))} | {number(known['target'])} |")
    return lines


def scale_table(baseline, _):
    lines = ["| one more | with 10 queued | with 100,000 queued | ratio |", "|---|---|---|---|"]
    for operation, _, few, _, many in scales(baseline.rows["bench"]):
        lines.append(f"| `{operation[2:]}()` | {number(few)} | {number(many)} | {many / few:.2f} |")
    return [*lines, "| the goal | | | 1.05 |"]


TABLES = {"scale": scale_table, "goals": goals_table, "rows": rows_table, "others": others_table, "awaited": awaited_table}


def documented(text, baseline, linux):
    for name, make in TABLES.items():
        begin, end = f"<!-- {name}: written by make bench-document -->", f"<!-- end of {name} -->"
        if begin not in text or end not in text:
            raise ValueError(f"the page has no '{begin}' and '{end}'")
        before, _, rest = text.partition(begin)
        after = rest.partition(end)[2]
        text = before + "\n".join([begin, *make(baseline, linux), end]) + after
    return text
