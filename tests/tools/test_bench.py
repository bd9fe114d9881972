# SPDX-License-Identifier: GPL-2.0-only
"""tools/bench on consoles that are made up, and on the baseline and pages of this tree."""
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import os
import unittest.mock

import support
import benchlinux
import benchmarks
import benchpages
import linux
from machine import Boot, Qemu


def program(name):
    """A program of tools/ as a module."""
    loader = importlib.machinery.SourceFileLoader(f"{name}_tool", os.path.join(support.TOP, "tools", name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


bench, lean = program("bench"), program("lean")

CONSOLE = """[    0.000000] Bottomhalf 0.1, compiler 12.2.0, loader PVH
bench: cal_rdtsc_back_to_back(ovh) 4.00 4.00 4.00 1000
bench: a_row 50.00 {a_row} 60.00 1000
bench: a_row_with_target(and a remark) 8.00 {target} 9.25 21
bench: done
bottomhalf: shutdown: result=pass
"""
LINUX = """# SPDX-License-Identifier: GPL-2.0-only
name\tdebian\tlean\tlean-preempt\ttarget
a_row\t200\t150\t160\t
a_row_with_target(and a remark)\t20\t16\t17\t10
never_measured\t10\t5\t5\t3
"""
# An emulator that prints the next of the consoles, and ends as QEMU does after result=pass.
EMULATOR = """#!/bin/sh
n=$(cat {0}/boots 2>/dev/null || echo 0)
echo $((n + 1)) >{0}/boots
if [ -e {0}/console.$n ]; then cat {0}/console.$n; else cat {0}/console; fi
exit 33
"""


class Bench(support.TestCase):
    def setUp(self):
        super().setUp()
        self.write("bin/qemu-system-x86_64", EMULATOR.format(self.directory), 0o755)
        self.image = self.write("image", "an image")
        self.linux = self.write("linux.tsv", LINUX)
        self.says()

    def says(self, a_row="52.00", target="9.00", name="console"):
        self.write(name, CONSOLE.format(a_row=a_row, target=target))

    def bench(self, command, *more):
        done = self.run_tool("tools/bench", command, f"bench={self.image}", "--linux", self.linux,
                             "--baseline", self.path("baseline.tsv"), "--compiler", "gcc 12.2.0", *more,
                             env={"PATH": f"{self.directory}/bin:{os.environ['PATH']}"})
        self.said = done.stdout + done.stderr
        return done.returncode

    def baseline(self, a_row="52.00", target="9.00", reason="", target_reason="", compiler="gcc 12.2.0"):
        self.write("baseline.tsv", f"# compiler: {compiler}\nkind\trow\tmedian\treason\n"
                   "bench\tcal_rdtsc_back_to_back(ovh)\t4.00\t\n"
                   f"bench\ta_row\t{a_row}\t{reason}\nbench\ta_row_with_target(and a remark)\t{target}\t{target_reason}\n")

    def check(self, failing, last):
        """check fails on a line with these words, or passes if there are none."""
        self.assertEqual(self.bench("check"), 1 if failing else 0, self.said)
        failed = [line for line in self.said.splitlines() if line.startswith("failed: ")]
        self.assertEqual(len(failed), 1 if failing else 0, self.said)
        if failing:
            self.assertIn(failing, failed[0])
        self.assertEqual(self.said.splitlines()[-1], last)

    def test_table_and_json(self):
        self.assertEqual(self.bench("show", "--json", self.directory, "--repeat", "3"), 0, self.said)
        self.assertRegex(self.said, r"a_row +50 +52 +60 +200 +0\.26 +150 +0\.35\n")
        self.assertRegex(self.said, r"a_row_with_target\(and a remark\) +8 +9 +9\.25 +20 +0\.45 +16 +0\.56 +10 met\n")
        self.assertIn("1 rows with a target: geometric mean 0.562", self.said)
        self.assertIn("3 runs: identical to the byte", self.said)
        self.assertIn("never_measured", self.said)
        with open(self.path("bench.json"), encoding="utf-8") as file:
            read = json.load(file)
        self.assertEqual(list(read), ["rows"])
        self.assertEqual(read["rows"][2], {"name": "a_row_with_target(and a remark)", "unit": "instructions", "n": 21,
                                           "min": 8.0, "median": 9.0, "max": 9.25})

    def test_no_image_and_no_end(self):
        self.assertEqual(self.run_tool("tools/bench", "show", "bench=/nowhere/image").returncode, 2)
        self.write("console", "bench: a_row 1.00 1.00 1.00 1000\npanic: the rest is missing\n")
        self.assertEqual(self.bench("show"), 3, self.said)
        self.assertIn("panic: the rest is missing", self.said)

    def test_equal_figures_pass(self):
        self.baseline()
        self.check("", "4 passed, 0 failed, 0 skipped")

    def test_runs_that_differ_fail(self):
        self.baseline()
        self.says(a_row="52.01", name="console.1")
        self.check("two boots do not say the same", "3 passed, 1 failed, 0 skipped")
        self.assertEqual(self.bench("baseline"), 0, self.said)      # boots 2 and 3 agree
        self.write("boots", "0")
        self.assertEqual(self.bench("baseline"), 1, self.said)

    def test_a_small_rise_passes(self):
        self.baseline(a_row="51.00")            # 1 instruction, not more
        self.check("", "4 passed, 0 failed, 0 skipped")
        self.baseline(a_row="990.00")           # 2 %, not more
        self.says(a_row="1009.00")
        self.check("", "4 passed, 0 failed, 0 skipped")

    def test_a_rise_fails(self):
        self.baseline(a_row="50.50")
        self.check("a_row: 50.50 -> 52", "3 passed, 1 failed, 0 skipped")

    def test_a_rise_with_a_reason_passes_up_to_its_limit(self):
        self.baseline(a_row="40.00", reason="52: it checks more")
        self.check("", "4 passed, 0 failed, 0 skipped")
        self.assertIn("a_row: 40 -> 52, allowed: it checks more", self.said)
        self.baseline(a_row="40.00", reason="45: it checks more")
        self.check("above 45, which has a reason (it checks more)", "3 passed, 1 failed, 0 skipped")

    def test_a_target_once_met_stays_met_whatever_the_reason(self):
        self.baseline(target="10.00", target_reason="20: it checks more")
        self.says(target="10.50")
        self.check("it met its target, 10", "3 passed, 1 failed, 0 skipped")
        self.baseline(target="11.00")           # not met before: an ordinary row
        self.check("", "4 passed, 0 failed, 0 skipped")

    def test_a_fall_is_told(self):
        self.baseline(a_row="60.00")
        self.check("", "4 passed, 0 failed, 0 skipped")
        self.assertIn("a_row: 60 -> 52, better: make bench-baseline", self.said)

    def test_rows_that_are_gone_or_new_fail(self):
        self.baseline()
        with open(self.path("baseline.tsv"), "a", encoding="utf-8") as file:
            file.write("bench\tonce_there\t7.00\t\n")
        self.check("once_there: gone", "4 passed, 1 failed, 0 skipped")
        self.baseline()
        self.write("baseline.tsv", "\n".join(line for line in open(self.path("baseline.tsv"), encoding="utf-8").read().splitlines()
                                             if "a_row\t" not in line) + "\n")
        self.check("a_row: 52, and not in the baseline", "3 passed, 1 failed, 0 skipped")

    def test_what_gets_dearer_with_many_queued_fails(self):
        self.baseline()
        for many, failing in (("21.00", ""), ("21.10", "m_add: 20 with 10 queued, 21.10 with 100000")):
            self.write("console", CONSOLE.format(a_row="52.00", target="9.00").replace(
                "bench: done", "bench: m_add_with_10_queued 20.00 20.00 20.00 1000\n"
                f"bench: m_add_with_100000_queued 20.00 {many} 30.00 1000\nbench: done"))
            with open(self.path("baseline.tsv"), "a", encoding="utf-8") as file:
                file.write(f"bench\tm_add_with_10_queued\t20.00\t\nbench\tm_add_with_100000_queued\t{many}\t\n")
            self.check(failing, "6 passed, 1 failed, 0 skipped" if failing else "7 passed, 0 failed, 0 skipped")

    def test_another_compiler_is_skipped(self):
        self.baseline(a_row="1.00", compiler="gcc 14.1.0")
        self.check("", "1 passed, 0 failed, 3 skipped")
        self.assertIn("skipped: bench: 3 rows: the compiler is gcc 12.2.0, the baseline is of gcc 14.1.0", self.said)

    def test_baseline_is_written_and_read(self):
        self.assertEqual(self.bench("baseline"), 0, self.said)
        self.check("", "4 passed, 0 failed, 0 skipped")
        self.says(a_row="70.00")
        self.assertEqual(self.bench("baseline"), 1)
        self.assertIn("a_row: 52 -> 70", self.said)
        self.assertEqual(self.bench("baseline", "--reason", "it checks more"), 0, self.said)
        self.check("", "4 passed, 0 failed, 0 skipped")
        with open(self.path("baseline.tsv"), encoding="utf-8") as file:
            self.assertIn("bench\ta_row\t70.00\t70: it checks more\n", file.read())
        self.says(a_row="72.00")                # the reason is for 70
        self.check("a_row: 70 -> 72", "3 passed, 1 failed, 0 skipped")

    def test_malformed_baseline(self):
        for line in ("bench\ta_row\tmany\t", "other\ta_row\t5.00\t", "bench\ta_row\t5.00\tbecause"):
            self.write("baseline.tsv", f"# compiler: gcc 12.2.0\nkind\trow\tmedian\treason\n{line}\n")
            self.assertEqual(self.bench("check"), 2, self.said)
            self.assertIn("baseline.tsv:3: not kind, row, median", self.said)


class Linux(support.TestCase):
    """The module for Linux, as far as it goes without one; make bench-compare does the rest."""

    def test_the_module_has_all_sources_but_what_is_ours(self):
        benchlinux.prepare(self.path("module"))
        with open(self.path("module/Kbuild"), encoding="utf-8") as file:
            objects = next(line for line in file if line.startswith("bench_rows-y")).split()[2:]
        sources = {name[:-2] + ".o" for name in os.listdir(benchlinux.SOURCES) if name.endswith(".c")}
        self.assertEqual(set(objects), sources - {"here.o", "storm.o", "stuck.o"} | {"linux/start.o"})
        for name in objects:
            self.assertTrue(os.path.exists(self.path(f"module/{name[:-2]}.c")), name)
        self.assertTrue(os.path.exists(self.path("module/shim/linux/interrupt.h")))

    def test_the_machine_counts_as_ours_does(self):
        kernel = linux.Kernel("/tree", "6.12", "6.12.1-amd64", [])
        ours = Qemu().prepare(Boot("image", "pvh", "qemu", "q35", 1, "512M", "", icount=True), "/tmp")
        theirs = benchlinux.command(kernel, "initramfs")
        for option in ("-machine", "-accel", "-icount", "-rtc", "-seed", "-cpu", "-smp", "-m"):
            self.assertEqual(ours[ours.index(option) + 1], theirs[theirs.index(option) + 1], option)

    def test_rows_of_linux_s_console(self):
        rows, done = benchmarks.parse("[    1.234567] bench: a row(x) 1.00 2.50 3.00 21\n[    9.000000] bench: done\n")
        self.assertEqual((rows[0]["name"], rows[0]["median"], done), ("a row(x)", 2.5, True))

    def test_boots_of_linux_are_alike(self):
        text = "bench: a 1.00 2.00 {0} 9\nbench: b 3.00 4.00 6.00 9\nbench: done\n"
        same = text.format("3.00")
        self.assertIn("one boot", bench.alike("Linux", [same]))
        self.assertIn("3 boots, identical to the byte", bench.alike("Linux", [same] * 3))
        with self.assertRaisesRegex(bench.Broken, "a 1.00 2.00 3.00 9\nbench: a 1.00 2.00 3.01 9"):
            bench.alike("Linux", [same, same, text.format("3.01")])
        with self.assertRaisesRegex(bench.Broken, "one says more"):
            bench.alike("Linux", [same, same + "bench: c 1.00 1.00 1.00 9\n"])

    def test_lean_is_shown_beside_what_is_recorded_and_ours(self):
        recorded = {"a_row": {"lean": 150.0, "target": 90.0}, "no_target": {"lean": 10.0}}
        baseline = {"a_row": 50.0, "no_target": 40.0, "ours_alone": 1.0}
        with unittest.mock.patch.object(lean.benchmarks, "read_linux", return_value=recorded), \
                unittest.mock.patch.object(lean.benchmarks, "Baseline") as files, \
                contextlib.redirect_stdout(io.StringIO()) as said:
            files.return_value.rows = {"bench": baseline, "bench-preempt": {}}
            lean.show("6.1.9", {"a_row": 200.0, "no_target": 20.0, "theirs_alone": 5.0}, "lean")
        lines = [" ".join(line.split()) for line in said.getvalue().splitlines()]
        self.assertEqual(lines[1:4], ["a_row 200 150 50 0.25", "no_target 20 10 40 2.00", "theirs_alone 5"])
        self.assertIn("1 rows with a target, ours to Linux 6.1.9: geometric mean 0.250 (goal 0.3), worst 0.25, a_row", lines[4])

    def test_no_linux_is_told_and_has_a_status(self):
        for name in ("apt-cache", "apt-get"):
            self.write(f"bin/{name}", "#!/bin/sh\necho 'E: no network' >&2\nexit 100\n", 0o755)
        done = self.run_tool("tools/bench", "compare", "bench=/nowhere/image", "--cache", self.path("cache"), "--out", self.path("out"),
                             env={"PATH": f"{self.directory}/bin:{os.environ['PATH']}"})
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assertIn("make check compares with the lines recorded", done.stderr)


class Pages(support.TestCase):
    """What is made of the baseline is of this baseline: make bench-plot bench-document."""

    def setUp(self):
        super().setUp()
        self.baseline, self.linux = benchmarks.Baseline(), benchmarks.read_linux()

    def test_plot_is_in_step(self):
        with open(benchpages.SVG, encoding="utf-8") as file:
            self.assertEqual(file.read(), benchpages.plot(self.baseline, self.linux), "make bench-plot")

    def test_tables_are_in_step(self):
        with open(benchpages.PAGE, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(text, benchpages.documented(text, self.baseline, self.linux), "make bench-document")

    def test_a_page_without_the_marks_is_refused(self):
        with self.assertRaises(ValueError):
            benchpages.documented("# a page\n", self.baseline, self.linux)

    def test_both_kinds_have_the_same_rows_and_calibration_is_exact(self):
        bench, preempt = self.baseline.rows.values()
        self.assertEqual(list(bench), list(preempt))
        for rows in (bench, preempt):
            self.assertEqual(rows["cal_rdtsc_back_to_back(ovh)"], 4)
            self.assertEqual(rows["cal_loop_200001_insns_irqoff"], 200001)

    def test_rows_are_linux_s(self):
        strangers = [name for name in self.baseline.rows["bench"] if name not in self.linux and not name.startswith(("cal_", "m_"))]
        self.assertEqual(strangers, [])


if __name__ == "__main__":
    support.main()
