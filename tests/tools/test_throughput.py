# SPDX-License-Identifier: GPL-2.0-only
"""tools/throughput, tools/footprint and tools/lean on consoles, images and trees that are made up."""
import importlib.machinery
import importlib.util
import os
import struct

import support


def load(name):
    loader = importlib.machinery.SourceFileLoader(f"tool_{name}", os.path.join(support.TOP, "tools", name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


throughput, footprint, lean = load("throughput"), load("footprint"), load("lean")


class Throughput(support.TestCase):
    def rates(self, *lines):
        rates = throughput.Rates()
        self.assertEqual(rates.hear("\n".join(f"[    1.000000] bench: rate {line}\r" for line in lines)), len(lines))
        return rates

    def setUp(self):
        super().setUp()
        self.one = self.rates("loop 1 0 100", "loop 2 0 180", "work 1 0 1000", "work 2 0 1700",
                              "loop 1 1 50", "loop 2 1 100", "work 1 1 500", "work 2 1 1000",
                              "loop 1 2 100", "loop 2 2 200", "work 1 2 900", "work 2 2 1800")

    def test_best_of_all_rounds(self):
        self.assertEqual((self.one.best("work", 1), self.one.best("work", 2)), (1000, 1800))
        self.assertAlmostEqual(self.one.times("work"), 1.8)
        self.assertAlmostEqual(self.one.times("loop"), 2.0)
        self.assertAlmostEqual(self.one.of_the_loop("work"), 0.9)

    def test_the_spread_is_of_the_rounds(self):
        low, high = self.one.spread("work")
        self.assertAlmostEqual(low, 1.7 / 1.8)
        self.assertAlmostEqual(high, 1.0)

    def test_speed_is_by_the_loop(self):
        slower = self.rates("loop 1 0 200", "loop 2 0 400", "work 1 0 500", "work 2 0 1800")
        self.assertEqual([line.split() for line in throughput.speeds(self.one, slower)][1:], [["work", "4.00", "2.00"]])

    def test_table(self):
        lines = list(throughput.table("this kernel", self.one))
        self.assertEqual(lines[1].split(), ["loop", "100", "200", "2.00"])
        self.assertEqual(lines[2].split(), ["work", "1000", "1800", "1.80", "0.90", "0.94", "to", "1.00"])

    def test_no_image(self):
        self.assertEqual(self.run_tool("tools/throughput", "/nowhere/image").returncode, 2)


class Footprint(support.TestCase):
    def test_segments(self):
        header = bytearray(0x40)
        struct.pack_into("<Q", header, 0x20, 0x40)
        struct.pack_into("<HH", header, 0x36, 0x38, 3)
        entries = b"".join(struct.pack("<IIQQQQQQ", kind, 0, offset, 0, 0, size, memory, 0)
                           for kind, offset, size, memory in ((1, 0xe8, 4, 4), (4, 0xe8, 9, 9), (1, 0xec, 2, 100)))
        with open(self.path("elf"), "wb") as file:
            file.write(bytes(header) + entries + b"texDATA")
        self.assertEqual(footprint.segments(self.path("elf")), (b"texDAT", 104))

    def test_the_least_that_works(self):
        for limit in range(2, 17):
            tried = []
            self.assertEqual(footprint.least(lambda m: tried.append(m) or m >= limit, 1, 16, 1), limit)
            self.assertLessEqual(len(tried), 6)
        self.assertEqual(footprint.least(lambda m: m >= 61, 32, 256, 4), 64)
        self.assertIsNone(footprint.least(lambda m: False, 1, 16, 1))

    def test_sizes(self):
        self.assertEqual(footprint.sizes("[    1.5] bench: size struct work_struct 32\nbench: size spinlock_t 4\nbench: memory free_kib 99\n"),
                         ({"work_struct": 32, "spinlock_t": 4}, {"free_kib": 99}))

    def test_no_image(self):
        self.assertEqual(self.run_tool("tools/footprint", "/nowhere/image", "/nowhere/other").returncode, 2)


class Lean(support.TestCase):
    # Of a tree's make: tinyconfig writes an option, olddefconfig drops those that it does not know.
    MAKE = """#!/bin/sh
case $3 in
tinyconfig) echo CONFIG_TINY=y >$2/.config ;;
olddefconfig) grep -v UNKNOWN $2/.config >$2/new; mv $2/new $2/.config ;;
esac
"""

    def configure(self, lines):
        self.write("bin/make", self.MAKE, 0o755)
        path, os.environ["PATH"] = os.environ["PATH"], f"{self.directory}/bin:{os.environ['PATH']}"
        try:
            lean.configure(self.directory, lines)
        finally:
            os.environ["PATH"] = path
        with open(self.path(".config"), encoding="utf-8") as file:
            return file.read().splitlines()

    def test_options_on_top_of_tinyconfig(self):
        self.assertEqual(self.configure(["CONFIG_SMP=y", "# CONFIG_X is not set"]), ["CONFIG_TINY=y", "CONFIG_SMP=y", "# CONFIG_X is not set"])

    def test_an_option_that_is_not_taken_is_told(self):
        with self.assertRaisesRegex(lean.linux.BuildFailed, "CONFIG_UNKNOWN=y: not taken"):
            self.configure(["CONFIG_SMP=y", "CONFIG_UNKNOWN=y"])

    def test_what_is_wanted(self):
        lines = lean.wanted(False)
        self.assertIn("CONFIG_PREEMPT_NONE=y", lines)
        self.assertIn("# CONFIG_STACKPROTECTOR is not set", lines)
        self.assertIn("CONFIG_PREEMPT=y", lean.wanted(True))
        for line in lines:
            self.assertRegex(line, r"^(CONFIG_[A-Z0-9_]+=y|# CONFIG_[A-Z0-9_]+ is not set)$")

    def test_no_source_is_told(self):
        self.write("bin/apt-get", "#!/bin/sh\necho 'E: no network' >&2\nexit 100\n", 0o755)
        done = self.run_tool("tools/lean", "--cache", self.path("cache"), env={"PATH": f"{self.directory}/bin:{os.environ['PATH']}"})
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assertIn("E: no network", done.stderr)


if __name__ == "__main__":
    support.main()
