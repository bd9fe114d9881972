# SPDX-License-Identifier: GPL-2.0-only
"""
What units say on two kernels, compared: consoles, records and tables made up here; the real kernels are
not needed. And how Debian's kernel is found, mended and packed.
"""
import argparse
import contextlib
import importlib.machinery
import importlib.util
import io
import os
import subprocess

import support
import linux
import observations
import units
from observations import Console, Lists, Malformed, Record

ADR = "adr/0001"

LINUX = """\
[    1.0] run: unexported: begin
[    1.0] run: unexported: init = 0
[    1.1] run: unit_tasklet: begin
[    1.1] observe: tasklet.runs = 1
[    1.1] observe: tasklet.order = A B
[    1.1] clocksource: Switched to clocksource tsc
[    1.2] run: unit_tasklet: init = 0
[    1.2] observe: tasklet.left = 0
[    1.3] run: unit_tasklet: exit = 0
[    1.3] run: unit_relay: begin
[    1.3] unit_relay: sample 1
[    1.4] another: sample 1
[    1.4] unit_relay: sample 2
[    1.4] run: unit_relay: init = 0
[    1.5] run: unit_relay: exit = 0
[    1.5] run: done
"""

# A unit that needs a word on the command line, in a boot of its own.
FORCED = """\
[    1.1] run: unit_force: begin
[    1.1] observe: force.runs = 2
[    1.2] run: unit_force: init = 0
[    1.3] run: unit_force: exit = 0
[    1.5] run: done
"""

HERE = """\
[    0.000000] Bottomhalf 0.1
KTAP version 1
1..2
# tasklet starting
[    0.1] observe: tasklet.runs = 1
[    0.1] observe: tasklet.order = A B
[    0.2] observe: tasklet.left = 0
ok 1 tasklet
# relay starting
[    0.3] relay: sample 1
[    0.3] relay: sample 2
ok 2 relay
bottomhalf: shutdown: result=pass
"""

WARNING = "[    0.2] warning: something, at kernel/x.c:1 f()\n"


def console(text, texts=("relay",)):
    return Console(text.splitlines(), texts)


def record(text=LINUX):
    return Record.of(console(text), {"kernel": "6.12"})


class Consoles(support.TestCase):
    def test_two_kernels_say_the_same(self):
        self.assertEqual(record().values, console(HERE).values)
        self.assertEqual(record().values, {
            "tasklet.runs": "1", "tasklet.order": "A B", "tasklet.left": "0", "run.tasklet": "ok",
            "textbook.relay.1": "sample 1", "textbook.relay.2": "sample 2", "run.relay": "ok"})
        self.assertEqual(console(LINUX).errors + console(HERE).errors, [])

    def test_said_twice(self):
        self.assertEqual(console(HERE.replace("tasklet.left", "tasklet.runs")).errors, ["tasklet.runs: said twice"])

    def test_outside_of_a_unit(self):
        text = HERE.replace("bottomhalf:", "[ 0.4] observe: tasklet.late = 1\nbottomhalf:")
        self.assertEqual(console(text).errors, ["tasklet.late: said outside of any unit"])

    def test_line_that_is_none(self):
        self.assertIn("not 'observe: area.name = value'", console(HERE.replace("tasklet.runs =", "tasklet runs:")).errors[0])

    def test_end_is_missing(self):
        half = HERE[:HERE.index("[    0.2]")]
        self.assertEqual(console(half).errors, ["it does not go to its end: it stops in tasklet"])

    def test_unit_ran_twice(self):
        self.assertIn("tasklet ran twice", console(HERE.replace("# relay", "# tasklet")).errors)

    def test_warned_on_both(self):
        there = LINUX.replace("[    1.2] observe", "[    1.2] WARNING: CPU: 0 PID: 1 at x\n[    1.2] observe")
        here = HERE.replace("ok 1 tasklet", WARNING + "not ok 1 tasklet")
        self.assertEqual(record(there).values["run.tasklet"], "warns")
        self.assertEqual(console(here).values["run.tasklet"], "warns")

    def test_failed_is_not_warned(self):
        self.assertEqual(record(LINUX.replace("tasklet: exit = 0", "tasklet: exit = -16")).values["run.tasklet"], "fails")
        init = LINUX.replace("tasklet: init = 0", "tasklet: init = -22").replace("[    1.2] observe: tasklet.left = 0\n", "")
        self.assertEqual(record(init.replace("[    1.3] run: unit_tasklet: exit = 0\n", "")).values["run.tasklet"], "fails")
        for line in ("", WARNING + "[    0.2] run: tasklet is not loaded: -22\n"):
            self.assertEqual(console(HERE.replace("ok 1 tasklet", line + "not ok 1 tasklet")).values["run.tasklet"], "fails")
        self.assertTrue(console(HERE[:HERE.index("ok 1")]).fails("tasklet"))

    def test_two_runs_differ(self):
        other = LINUX.replace("order = A B", "order = B A").replace("[    1.4] unit_relay: sample 2\n", "")
        self.assertEqual(observations.differences(console(LINUX), console(other)), ["tasklet.order", "textbook.relay.2"])


    def test_boots_of_one_machine(self):
        first, second = console(LINUX), console(FORCED)
        first.add(second)
        self.assertEqual(first.errors, [])
        self.assertEqual(list(first.units), ["unexported", "tasklet", "relay", "force"])
        self.assertEqual(first.values["force.runs"], "2")
        first.add(console(FORCED))
        self.assertIn("force ran in two boots", first.errors)


class Records(support.TestCase):
    def test_written_and_read_again(self):
        again = Record.parse(record().text())
        self.assertEqual(again.values, record().values)
        self.assertEqual(again.head, {"kernel": "6.12"})
        self.assertEqual(again.text(), record().text())

    def test_only_some_units(self):
        self.assertEqual(list(record().only(["relay"]).values), ["textbook.relay.1", "textbook.relay.2", "run.relay"])

    def test_one_unit_is_recorded_again(self):
        new = record(LINUX.replace("tasklet.runs = 1", "tasklet.runs = 2")).only(["tasklet"])
        both = record().replaced(new, ["relay", "tasklet", "not recorded"])
        self.assertEqual(list(both.units), ["relay", "tasklet"])
        self.assertEqual(both.values["tasklet.runs"], "2")

    def test_unit_that_is_no_more_is_dropped(self):
        self.assertEqual(list(record().replaced(record().only(["relay"]), ["relay"]).units), ["relay"])

    def test_malformed(self):
        for text in ("a.b = 1\n", "[u]\na.b = 1\na.b = 2\n", "[u]\nsomething\n"):
            with self.assertRaises(Malformed):
                Record.parse(text)


class Compared(support.TestCase):
    """The tool's compare, with saved consoles."""

    def setUp(self):
        super().setUp()
        self.write("doc/adr/0001-something.md", "# Something\n")
        self.write("doc/differences-from-linux.md", "## On purpose: time\n\n| what | why |\n|---|---|\n| a `timer` far away | x |\n")
        self.write("units/Kbuild", "obj-m += tasklet.o textbook/\n")
        self.write("units/textbook/Kbuild", "obj-m += relay.o\n")
        for name in ("permitted", "awaited", "needs"):
            self.table(name)
        for version in ("6.12", "6.1"):
            for cpus in (1, 4):
                self.write(f"record/linux-{version}-{cpus}cpu.txt", record().text())

    def table(self, name, *rows):
        self.write(f"lists/{name}.tsv", "# comment\n" + "".join("\t".join(row) + "\n" for row in rows))

    def compare(self, **consoles):
        """Of machines named like qemu_1; the others say the same as Linux."""
        arguments = []
        for machine in ("qemu_1", "qemu_4", "bochs_1", "bochs_4"):
            path = self.write(f"{machine}.log", consoles.get(machine, HERE))
            arguments.append(f"{machine.replace('_', '-')}={path}")
        return self.tool(*arguments)

    def tool(self, *arguments):
        return self.run_tool("tools/conformance", "compare", "--record", self.path("record"), "--lists", self.path("lists"),
                             "--sources", self.path("units"), "--documentation", self.path("doc"), *arguments)

    def ends(self, done, *lines):
        self.assertEqual(done.stdout.splitlines()[-2:], list(lines), done.stdout + done.stderr)

    def test_all_the_same(self):
        done = self.compare()
        self.ends(done, "7 observations, 0 differences", "7 passed, 0 failed, 0 skipped")
        self.assertEqual(done.returncode, 0)

    def test_difference_is_shown_with_both_values_and_where(self):
        done = self.compare(qemu_4=HERE.replace("runs = 1", "runs = 2"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("failed: tasklet.runs\n    Linux says '1', here '2' (qemu-4)\n", done.stdout)
        self.ends(done, "7 observations, 1 differences", "6 passed, 1 failed, 0 skipped")

    def test_missing_and_unknown(self):
        done = self.compare(bochs_1=HERE.replace("tasklet.left", "tasklet.other"))
        self.assertIn("failed: tasklet.left\n    Linux says '0', here nothing (bochs-1)\n", done.stdout)
        self.assertIn("failed: tasklet.other\n    Linux says nothing, here '0' (bochs-1)\n", done.stdout)
        self.ends(done, "8 observations, 2 differences", "6 passed, 2 failed, 0 skipped")

    def test_unit_that_crashes_is_named(self):
        done = self.compare(qemu_1=HERE[:HERE.index("[    0.2]")] + "panic: x\n")
        self.assertIn("failed: qemu-1: it does not go to its end: it stops in tasklet\n", done.stdout)
        self.assertIn("failed: run.relay\n", done.stdout)
        self.assertEqual(done.returncode, 1)

    def test_no_console_at_all(self):
        self.assertEqual(self.tool("qemu-1=/no/such/file").returncode, 1)

    def test_said_twice_fails(self):
        done = self.compare(qemu_1=HERE.replace("[    0.2]", "[    0.2] observe: tasklet.runs = 1\n[    0.2]"))
        self.assertIn("failed: qemu-1: tasklet.runs: said twice\n", done.stdout)
        self.ends(done, "7 observations, 0 differences", "7 passed, 1 failed, 0 skipped")

    def test_permitted(self):
        self.table("permitted", ("tasklet.runs", "differences: On purpose: time: a timer far away", "it is parked"))
        done = self.compare(**{name: HERE.replace("runs = 1", "runs = 2") for name in ("qemu_1", "bochs_1")})
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("it is parked (differences: On purpose: time: a timer far away)\n"
                      "    Linux says '1', here '2' (qemu-1, bochs-1)\n", done.stdout)
        self.ends(done, "7 observations, 1 differences", "7 passed, 0 failed, 0 skipped")

    def test_permitted_does_not_cover_what_is_missing(self):
        self.table("permitted", ("tasklet.left", ADR, "why"))
        done = self.compare(**{name: HERE.replace("observe: tasklet.left = 0", "") for name in ("qemu_1", "qemu_4")})
        self.assertIn("failed: tasklet.left\n", done.stdout)

    def test_permitted_and_the_same(self):
        self.table("permitted", ("tasklet.runs", ADR, "why"), ("tasklet.never_said", ADR, "why"))
        done = self.compare()
        self.assertIn("failed: tasklet.runs: no longer different: take it from permitted.tsv\n", done.stdout)
        self.assertIn("failed: tasklet.never_said: permitted.tsv has it, and Linux never says it\n", done.stdout)

    def test_citation_must_exist(self):
        for cites in ("adr/0002", "because", "differences: On purpose: memory", "differences: On purpose: time: another"):
            self.table("permitted", ("tasklet.runs", cites, "why"))
            done = self.compare()
            self.assertEqual(done.returncode, 2, cites)
            self.assertIn("permitted.tsv:2:", done.stderr)

    def test_row_without_a_reason(self):
        self.table("permitted", ("tasklet.runs", ADR))
        self.assertIn("3 fields with tabs between them are wanted", self.compare().stderr)

    def test_awaited(self):
        self.table("awaited", ("tasklet.l*", "the issue that brings it"))
        without = HERE.replace("observe: tasklet.left = 0", "")
        done = self.compare(qemu_1=without, qemu_4=without.replace("runs = 1", "runs = 1"))
        self.ends(done, "7 observations, 0 differences", "6 passed, 0 failed, 1 skipped")
        self.assertEqual(done.returncode, 0)

    def test_awaited_unit_that_does_not_build_here_yet(self):
        self.write("units/Kbuild", "obj-$(AWAITED) += tasklet.o\nobj-m += textbook/\n")
        self.table("awaited", ("tasklet.*", "the issue"), ("run.tasklet", "the issue"))
        here = HERE[:HERE.index("# tasklet")] + HERE[HERE.index("# relay"):]
        done = self.compare(**{name: here for name in ("qemu_1", "qemu_4", "bochs_1", "bochs_4")})
        self.ends(done, "7 observations, 0 differences", "3 passed, 0 failed, 4 skipped")

    def test_awaited_and_there(self):
        self.table("awaited", ("tasklet.left", "the issue"))
        done = self.compare()
        self.assertIn("failed: tasklet.left: no longer awaited: take it from awaited.tsv\n", done.stdout)
        self.assertEqual(done.returncode, 1)

    def test_device_that_bochs_has_not(self):
        self.table("needs", ("tasklet.left", "edu"))
        without = HERE.replace("observe: tasklet.left = 0", "")
        self.assertEqual(self.compare(bochs_1=without, bochs_4=without).returncode, 0)
        self.assertIn("failed: tasklet.left\n", self.compare(qemu_1=without).stdout)

    def test_a_file_for_each_boot(self):
        self.write("units/Kbuild", "obj-m += tasklet.o force.o textbook/\n")
        self.write("units/boots.tsv", "force\tthreadirqs\n")
        for linux_says in ("6.12-1cpu", "6.12-4cpu", "6.1-1cpu", "6.1-4cpu"):
            self.write(f"record/linux-{linux_says}.txt", record(LINUX.replace("[    1.5] run: done\n", "") + FORCED).text())
        files = self.write("here", HERE), self.write("forced", FORCED)
        done = self.tool(*[f"{machine}={path}" for machine in ("qemu-1", "qemu-4", "bochs-1", "bochs-4") for path in files])
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_both_linuxes_are_shown_and_the_newer_decides(self):
        self.write("record/linux-6.1-4cpu.txt", record(LINUX.replace("runs = 1", "runs = 2")).text())
        done = self.compare()
        self.assertIn("tasklet.runs: 6.12 says '1', 6.1 '2' (4 CPUs)\n", done.stdout)
        self.assertEqual(done.returncode, 0)

    def test_table_by_area(self):
        done = self.compare(qemu_1=HERE.replace("runs = 1", "runs = 2"))
        rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line[:1].isalpha()}
        self.assertEqual(rows["tasklet"], ["3", "2", "0", "0", "0", "1", "0", "0"])
        self.assertEqual(rows["all"], ["7", "6", "0", "0", "0", "1", "0", "0"])

    def test_only_one_unit(self):
        self.table("permitted", ("tasklet.never_said", ADR, "why"))
        for text in (HERE[:HERE.index("# relay")] + "bottomhalf: shutdown: result=pass\n", HERE):
            self.write("one.log", text)
            done = self.tool(f"qemu-1={self.path('one.log')}", "--unit", "tasklet")
            self.ends(done, "4 observations, 0 differences", "4 passed, 0 failed, 0 skipped")

    def test_simulated_machine_with_three_cpus_is_held_to_linux_with_four(self):
        four = record(LINUX.replace("tasklet.left", "tasklet.smp"))
        for version in ("6.12", "6.1"):
            self.write(f"record/linux-{version}-4cpu.txt", four.text())
        path = self.write("host.log", HERE.replace("tasklet.left = 0", "tasklet.smp = 1"))
        self.assertIn("failed: tasklet.smp\n    Linux says '0', here '1' (host-3)\n", self.tool(f"host-3={path}").stdout)
        self.assertEqual(self.tool(f"host-5={path}").returncode, 2)

    def test_no_such_unit(self):
        done = self.tool("--unit", "taslket", "qemu-1=x")
        self.assertEqual(done.returncode, 2)
        self.assertIn("there is no unit taslket; there are: relay tasklet", done.stderr)

    def test_no_record(self):
        os.remove(self.path("record/linux-6.12-1cpu.txt"))
        self.assertIn("make conformance-record", self.compare().stderr)


class Recorded(support.TestCase):
    """The tool's record, with boots of Linux made up here."""

    def setUp(self):
        super().setUp()
        self.write("units/Kbuild", "obj-m += tasklet.o textbook/\n")
        self.write("units/textbook/Kbuild", "obj-m += relay.o\n")
        loader = importlib.machinery.SourceFileLoader("conformance", os.path.join(support.TOP, "tools/conformance"))
        self.tool = importlib.util.module_from_spec(importlib.util.spec_from_loader("conformance", loader))
        loader.exec_module(self.tool)
        self.kernel = linux.Kernel("/cache/6", "6", "6.12.117-amd64", ["linux-image-6_6.deb"])
        self.tool.build_for_linux = lambda args, version, runs: (self.kernel, [("", "/initramfs", runs)])
        self.boots = []
        self.tool.linux.boot = lambda command, echo: self.boots.pop(0).splitlines()
        self.args = argparse.Namespace(sources=self.path("units"), unit=[], versions=["6.12"], times=2,
                                       record=self.path("record"), out=self.directory)

    def record(self, *boots):
        """Boots with 1 CPU, 1, 4, 4."""
        self.boots = list(boots)
        with contextlib.redirect_stdout(io.StringIO()):
            return self.tool.write_records(self.args)

    def read(self, cpus):
        return Record.read(self.path(f"record/linux-6.12-{cpus}cpu.txt"))

    def test_boots_that_agree_are_recorded(self):
        more = LINUX.replace("tasklet.left", "tasklet.smp")
        self.assertEqual(self.record(LINUX, LINUX, more, more), 0)
        self.assertIn("tasklet.left", self.read(1).values)
        self.assertIn("tasklet.smp", self.read(4).values)
        self.assertEqual(self.read(4).head["kernel"], "6.12.117-amd64")
        self.assertIn("-kernel VMLINUZ -initrd INITRAMFS", self.read(4).head["command"])

    def test_words_of_the_command_line_are_a_boot_of_their_own(self):
        self.write("units/Kbuild", "obj-m += tasklet.o force.o textbook/\n")
        self.write("units/boots.tsv", "force\tthreadirqs\n")
        commands = []
        self.tool.build_for_linux = lambda args, version, runs: (
            self.kernel, [(words, f"/initramfs{words}", some) for words, some in units.by_boot(runs)])
        self.tool.linux.boot = lambda command, echo: commands.append(command[-1]) or self.boots.pop(0).splitlines()
        self.assertEqual(self.record(*[LINUX, FORCED] * 4), 0)
        self.assertEqual(["threadirqs" in command.split() for command in commands], [False, True] * 4)
        self.assertEqual(list(self.read(1).units), ["tasklet", "force", "relay"])

    def test_boots_that_do_not_agree_are_refused_by_name(self):
        with self.assertRaisesRegex(self.tool.Trouble, "tasklet.runs: not the same in 2 runs of Linux 6.12, 4 CPUs: 1 / 3"):
            self.record(LINUX, LINUX, LINUX, LINUX.replace("runs = 1", "runs = 3"))
        self.assertFalse(os.path.exists(self.path("record")))

    def test_unit_that_fails_is_not_recorded(self):
        with self.assertRaisesRegex(self.tool.Trouble, "relay: its init or exit failed"):
            self.record(LINUX.replace("relay: exit = 0", "relay: exit = -16"))

    def test_boot_that_ends_early_is_not_recorded(self):
        with self.assertRaisesRegex(self.tool.Trouble, "it stops in relay"):
            self.record(LINUX[:LINUX.index("[    1.4]")])

    def test_one_unit_is_recorded_and_the_others_stay(self):
        self.record(LINUX, LINUX, LINUX, LINUX)
        self.args.unit = ["tasklet"]
        alone = LINUX[:LINUX.index("[    1.3] run: unit_relay")].replace("runs = 1", "runs = 2") + "[ 1.5] run: done\n"
        self.record(alone, alone, alone, alone)
        self.assertEqual(self.read(4).values["tasklet.runs"], "2")
        self.assertEqual(self.read(4).values["textbook.relay.2"], "sample 2")


class Tree(support.TestCase):
    """The tables and records of this tree."""

    def test_tables_are_well_formed(self):
        Lists(units.SOURCES, os.path.join(support.TOP, "Documentation"))

    def test_words_are_for_units_that_there_are(self):
        self.assertLessEqual(set(units.boots(units.SOURCES)), {unit.name for unit in units.read()})

    def test_each_unit_is_on_record(self):
        names = [unit.name for unit in units.read()]
        for version in ("6.12", "6.1"):
            for cpus in (1, 4):
                path = os.path.join(units.SOURCES, f"record/linux-{version}-{cpus}cpu.txt")
                self.assertEqual(list(Record.read(path).units), names, path)


class Units(support.TestCase):
    def test_kbuild(self):
        self.write("u/Kbuild", "obj-m += one.o two.o\nobj-m += under/\ntwo-y := a.o \\\n\tb.o\nthree-objs := c.o\nobj-m += three.o\n")
        self.write("u/under/Kbuild", "obj-m += four.o\n")
        found = units.read(self.path("u"))
        self.assertEqual([(unit.name, unit.parts) for unit in found],
                         [("one", ["one"]), ("two", ["a", "b"]), ("three", ["c"]), ("four", ["under/four"])])

    def test_unit_that_does_not_build_here_yet(self):
        self.write("u/Kbuild", "obj-m += one.o\nobj-$(AWAITED) += irq.o\n")
        self.assertEqual([unit.name for unit in units.read(self.path("u"))], ["one", "irq"])
        self.assertEqual([unit.name for unit in units.read(self.path("u"), for_linux=False)], ["one"])

    def test_words_of_the_command_line(self):
        self.write("u/Kbuild", "obj-m += one.o two.o three.o\n")
        self.write("u/boots.tsv", "# unit words\ntwo\tthreadirqs\n")
        runs = [argparse.Namespace(unit=unit) for unit in units.read(self.path("u"))]
        self.assertEqual([(words, [run.unit.name for run in some]) for words, some in units.by_boot(runs)],
                         [("", ["one", "three"]), ("threadirqs", ["two"])])

    def test_directory_for_linux(self):
        self.write("u/Kbuild", "obj-m += workqueue.o textbook/\nworkqueue-y := a.o b.o\n")
        self.write("u/textbook/Kbuild", "obj-m += relay.o\n")
        for name in ("a.c", "b.c", "observe.h", "textbook/relay.c"):
            self.write(f"u/{name}", "")
        found = units.read(self.path("u"))
        units.prepare(found, self.path("out"), self.path("u"))
        with open(self.path("out/Kbuild"), encoding="utf-8") as kbuild:
            text = kbuild.read()
        self.assertIn("obj-m := unexported.o unit_workqueue.o unit_relay.o\n", text)
        self.assertIn("unit_workqueue-y := a.o b.o\nunit_relay-y := textbook/relay.o\n", text)
        for name in ("a.c", "observe.h", "textbook/relay.c", "unexported.c", "linux/shim/linux/interrupt.h"):
            self.assertTrue(os.path.exists(self.path(f"out/{name}")), name)


class Linux(support.TestCase):
    def test_newest_release_with_image_and_headers(self):
        names = ["linux-image-6.12.9+deb12-amd64", "linux-headers-6.12.9+deb12-amd64", "linux-image-6.12.117+deb12-amd64",
                 "linux-headers-6.12.117+deb12-amd64", "linux-image-6.12.120+deb12-amd64", "linux-image-6.12.117+deb12-rt-amd64",
                 "linux-image-6.12.118+deb12-cloud-amd64", "linux-headers-6.12.118+deb12-cloud-amd64",
                 "linux-image-6.1.0-56-amd64", "linux-headers-6.1.0-56-amd64", "linux-image-6.12-amd64", "linux-headers-6.12-amd64",
                 "linux-image-6.12.121+deb12-amd64-unsigned", "linux-headers-6.12.117+deb12-common"]
        self.assertEqual(linux.releases(names, "6.12"), ["6.12.117+deb12-amd64", "6.12.9+deb12-amd64"])
        self.assertEqual(linux.releases(names, "6.1"), ["6.1.0-56-amd64"])
        self.assertEqual(linux.releases(names, "5.10"), [])

    def test_paths_in_headers_are_mended(self):
        self.write("tree/usr/src/linux-headers-6/Makefile", "include /usr/src/linux-headers-6-common/Makefile\nx = /usr/src\n")
        os.symlink("/usr/lib/linux-kbuild-6/scripts", self.path("tree/usr/src/linux-headers-6/scripts"))
        os.symlink("../elsewhere", self.path("tree/usr/src/linux-headers-6/tools"))
        linux.mend(self.path("tree"), "/cache/6")
        with open(self.path("tree/usr/src/linux-headers-6/Makefile"), encoding="utf-8") as makefile:
            self.assertEqual(makefile.read(), "include /cache/6/usr/src/linux-headers-6-common/Makefile\nx = /usr/src\n")
        self.assertEqual(os.readlink(self.path("tree/usr/src/linux-headers-6/scripts")), "/cache/6/usr/lib/linux-kbuild-6/scripts")
        self.assertEqual(os.readlink(self.path("tree/usr/src/linux-headers-6/tools")), "../elsewhere")

    def test_archive_is_laid_out_as_the_kernel_wants_it(self):
        archive = linux.cpio([("init", 0o100755, b"12345"), ("plan", 0o100644, b"")])
        self.assertEqual(len(archive) % 4, 0)
        self.assertEqual(archive[:6], b"070701")
        self.assertEqual(archive[14:22], b"000081ED")                           # the mode
        self.assertEqual(archive[54:62], b"00000005")                           # the size
        self.assertEqual(archive[110:124], b"init\0\0" + b"12345\0\0\0")      # name and contents, each to a multiple of 4
        self.assertIn(b"TRAILER!!!\0", archive)

    def fake(self, **programs):
        for name, text in programs.items():
            self.write(f"bin/{name.replace('_', '-')}", f"#!/bin/sh\n{text}\n", 0o755)
        return {"PATH": self.path("bin") + ":" + os.environ["PATH"]}

    def no_linux(self, **programs):
        """The whole tool with such an apt: its error text."""
        if os.uname().machine != "x86_64":
            self.skipTest("Debian's header packages have tools for x86-64")
        done = self.run_tool("tools/conformance", "record", "--cache", self.path("cache"), "--out", self.path("out"),
                             env=self.fake(**programs))
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assertIn("bookworm-security main", done.stderr)
        self.assertIn("make check compares with the lines recorded from Linux", done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done.stderr

    KNOWS = ("case $1 in pkgnames) echo linux-image-6.12.117+deb12-amd64; echo linux-headers-6.12.117+deb12-amd64 ;; "
             "*) echo '  Depends: linux-headers-6.12.117+deb12-common'; echo '  Depends: linux-kbuild-6.12.117+deb12' ;; esac")

    def test_apt_knows_no_such_kernel(self):
        self.assertIn("apt knows no package linux-image-6.12.*-amd64 with its headers", self.no_linux(apt_cache=":"))

    def test_no_network(self):
        text = self.no_linux(apt_cache=self.KNOWS, apt_get="echo 'E: Failed to fetch http://x  Could not connect' >&2; exit 100")
        self.assertIn("apt-get download fails: E: Failed to fetch http://x  Could not connect", text)
        self.assertEqual([name for name in os.listdir(self.path("cache")) if not name.startswith(".")], [])

    def test_broken_package(self):
        text = self.no_linux(apt_cache=self.KNOWS, apt_get="echo nonsense >linux-image-x.deb")
        self.assertIn("linux-image-x.deb cannot be unpacked", text)

    def test_init_is_built_and_says_what_is_wrong(self):
        done = subprocess.run(["gcc", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", linux.INIT], check=False)
        self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    support.main()
