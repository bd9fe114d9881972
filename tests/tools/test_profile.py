# SPDX-License-Identifier: GPL-2.0-only
"""tools/profile on logs and images that are made up."""
import importlib.machinery
import importlib.util
import os

import support
import benchmarks
import execlog

loader = importlib.machinery.SourceFileLoader("profile_tool", os.path.join(support.TOP, "tools/profile"))
profile = importlib.util.module_from_spec(importlib.util.spec_from_loader("profile_tool", loader))
loader.exec_module(profile)

LISTING = """
ffffffff80100000 <first>:
first():
/tree/kernel/a.c:10
ffffffff80100000:\tpush   %rbx
ffffffff80100001:\tcall   ffffffff80100010 <second>
/tree/kernel/a.c:12 (discriminator 3)
ffffffff80100006:\tret

ffffffff80100010 <second>:
second():
/tree/lib/b.c:7
ffffffff80100010:\tlock incl (%rax)
ffffffff80100013:\tret
"""


def line(address):
    return f"Trace 0: 0x7f00aa [00000000/{address:016x}/00c0b2b0/00000200] name\n"


class Log(support.TestCase):
    def log(self, text):
        return execlog.Log(self.write("log", text))

    def take(self, log, n):
        addresses = log.addresses()
        return [next(addresses) for _ in range(n)]

    def test_skips_to_the_nth_time(self):
        log = self.log("".join(line(a) for a in (1, 2, 7, 3, 7, 4, 7, 5)))
        log.skip_to(7, 2)
        self.assertEqual(self.take(log, 2), [7, 4])
        with self.assertRaises(execlog.Ended):
            log.skip_to(7, 5)

    def test_finds_what_two_reads_have_between_them(self):
        text = "".join(line(a) for a in (1, 2, 7, 3, 7, 4, 9, 5))
        for size in range(1, len(text)):
            log = self.log(text)
            log.file = Pieces(text.encode(), size)
            log.skip_to(7, 2)
            self.assertEqual(self.take(log, 3), [7, 4, 9], size)

    def test_what_was_stopped_did_not_run(self):
        log = self.log(line(1) + line(2) + "Stopped execution of TB chain before 0x7f [00000002] name\n" + line(8) + line(2) + line(3))
        self.assertEqual(self.take(log, 3), [1, 8, 2])

    def test_what_is_rewound_ran_once(self):
        log = self.log(line(1) + line(2) + "cpu_io_recompile: rewound execution of TB to 0000000000000002\n" + line(2) + line(2) + line(3))
        self.assertEqual(self.take(log, 3), [1, 2, 2])

    def test_counts_to_an_address(self):
        text = "".join(line(a) for a in (1, 2, 7)) + "Stopped execution of TB chain before 0x7f [00000007] name\n" + "".join(line(a) for a in (8, 7, 9, 4))
        for size in (7, 50, 10000):
            log = self.log(text)
            log.file = Pieces(text.encode(), size)
            log.skip_to(2, 1)
            self.assertEqual(log.count_to(9), 3, size)      # 2, 8 and 7

    def test_end_of_the_log_is_told(self):
        with self.assertRaises(execlog.Ended):
            self.take(self.log(line(1)), 2)


class Pieces:
    def __init__(self, data, size):
        self.data, self.size = data, size

    def read(self, _):
        piece, self.data = self.data[:self.size], self.data[self.size:]
        return piece


class Report(support.TestCase):
    def setUp(self):
        super().setUp()
        self.write("listing", LISTING)
        self.image = profile.Image(self.path("image"), self.write("objdump", f"#!/bin/sh\ncat {self.directory}/listing\n", 0o755))
        self.ran = [0xffffffff80100000 + a for a in (0, 1, 0x10, 0x13, 6, 0x10, 0x13)]

    def test_functions(self):
        lines = list(profile.functions(self.ran, self.image, 1))
        self.assertEqual([each.split() for each in lines[1:]],
                         [["second", "4.00", "57.1%", "2.00"], ["first", "3.00", "42.9%", "1.00"], ["all", "7.00"]])
        self.assertEqual(list(profile.functions(self.ran, self.image, 2))[1].split()[:2], ["second", "2.00"])

    def test_in_order(self):
        lines = list(profile.in_order(self.ran, self.image))
        self.assertEqual([each for each in lines if not each.startswith(" ")],
                         ["first:", "second:", "first: (goes on)", "second:"])
        self.assertRegex(lines[-2], r"^ +6  80100010  lock incl \(%rax\) +lib/b\.c:7$")

    def test_by_address(self):
        lines = list(profile.by_address(self.ran, self.image, 2))
        self.assertRegex(lines[1], r"^ +0\.500  80100000  push +%rbx +kernel/a\.c:10$")
        self.assertRegex(lines[3], r"kernel/a\.c:12$")
        self.assertRegex(lines[-1], r"^ +1\.000  80100013  ret ")

    def test_one_row_is_meant(self):
        rows = [{"name": name} for name in ("c_one(x)", "c_one_two", "d_three")]
        self.assertEqual(profile.choose(rows, "c_one(x)"), "c_one(x)")
        self.assertEqual(profile.choose(rows, "three"), "d_three")
        self.assertEqual(profile.choose(rows, "*two"), "c_one_two")
        for wanted in ("c_one", "four"):
            with self.assertRaises(profile.Problem):
                profile.choose(rows, wanted)

    def test_windows(self):
        text = "bench: case one\nbench: a(b c) 1.00 2.00 3.00 9\nbench: window a(b c) 5 60 7 2 1\nbench: case two\nbench: window d 1 2 3 1 1000\n"
        self.assertEqual([row["name"] for row in benchmarks.parse(text)[0]], ["a(b c)"])
        self.assertEqual(benchmarks.windows(text), {"a(b c)": ("one", 5, 60, 7, 2, 1), "d": ("two", 1, 2, 3, 1, 1000)})

    def test_no_image(self):
        self.assertEqual(self.run_tool("tools/profile", "--image", "/nowhere/image", "x").returncode, 2)


if __name__ == "__main__":
    support.main()
