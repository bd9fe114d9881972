# SPDX-License-Identifier: GPL-2.0-only
"""The matrix of boots: every pair of values meets, and a boot that fails is told from one that passes."""
import importlib.machinery
import itertools
import os

import support

MATRIX = importlib.machinery.SourceFileLoader("matrix", os.path.join(support.TOP, "tools/matrix")).load_module()


class Table(support.TestCase):
    COLUMNS = {"way_in": ("pvh", "bios"), "machine": ("q35", "pc"), "cpus": (1, 2, 4, 8), "compiler": ("gcc", "clang"),
               "config": ("defconfig", "tiny", "debug")}

    def test_every_pair_of_values_meets(self):
        rows = [row for row in MATRIX.table() if row.emu == "qemu"]
        for a, b in itertools.combinations(self.COLUMNS, 2):
            for x, y in itertools.product(self.COLUMNS[a], self.COLUMNS[b]):
                self.assertTrue(any(getattr(row, a) == x and getattr(row, b) == y for row in rows), f"{a}={x} {b}={y}")

    def test_bochs_with_one_and_four_cpus(self):
        self.assertEqual({row.cpus for row in MATRIX.table() if row.emu == "bochs"}, {1, 4})

    def test_names_are_unique_and_configurations_exist(self):
        rows = MATRIX.table()
        self.assertEqual(len({row.name for row in rows}), len(rows))
        for row in rows:
            self.assertTrue(os.path.exists(os.path.join(support.TOP, "configs", row.config)), row.config)


class Check(support.TestCase):
    """tools/check, with a make that says what its first argument tells it to."""

    def check(self, *parts):
        make = self.write("make", "#!/bin/sh\ncase $1 in\ngood) echo 3 passed, 0 failed, 1 skipped ;;\n"
                          "bad) echo 2 passed, 1 failed, 0 skipped; exit 1 ;;\nmute) ;;\nbroken) exit 2 ;;\n"
                          "none) echo 0 passed, 0 failed, 0 skipped; exit 5 ;;\n"
                          "late) echo 2 passed, 0 failed, 0 skipped; exit 1 ;;\n"
                          "tap) echo 'ok 1 - a.fine'; echo 'not ok 2 # SKIP a.skipped'; echo '# b: 9 schedules, fast'\n"
                          "echo 'why it failed'; echo 'not ok 3 - a.bad'; echo 'FAIL: test_x (test_y.Z)'\n"
                          "echo 1 passed, 2 failed, 1 skipped; exit 1 ;;\nesac\n", 0o755)
        self.done = self.run_tool("tools/check", "--make", make, "--out", self.path("out"), *parts)
        return self.done.returncode, self.done.stdout.splitlines()[-1]

    def test_sums(self):
        self.assertEqual(self.check("good", "good"), (0, "6 passed, 0 failed, 2 skipped"))
        self.assertEqual(self.check("bad", "good"), (1, "5 passed, 1 failed, 1 skipped"))

    def test_parts_that_say_nothing_or_fail_late(self):
        for part, line in (("mute", "3 passed, 1 failed, 1 skipped"), ("broken", "3 passed, 1 failed, 1 skipped"),
                           ("none", "3 passed, 1 failed, 1 skipped"), ("late", "5 passed, 1 failed, 1 skipped")):
            self.assertEqual(self.check("good", part), (1, line), part)

    def test_failed_tests_are_named_at_the_end_and_passed_ones_are_in_the_log(self):
        self.assertEqual(self.check("tap", "good"), (1, "4 passed, 2 failed, 2 skipped"))
        end = self.done.stdout.partition("what failed in tap")[2]
        self.assertIn("failed: a.bad\nfailed: test_x (test_y.Z)\n", end)
        self.assertIn("| why it failed\n", end)
        self.assertNotIn("what failed in good", end)
        for quiet in ("a.fine", "a.skipped", "9 schedules"):
            self.assertNotIn(quiet, self.done.stdout)
            with open(self.path("out/check/tap.log"), encoding="utf-8") as log:
                self.assertIn(quiet, log.read())
        self.check("--all", "tap")
        self.assertIn("ok 1 - a.fine\n", self.done.stdout)


if __name__ == "__main__":
    support.main()
