# SPDX-License-Identifier: GPL-2.0-only
"""A wrong .config is refused, by file, line and option, or taken with a warning that says what instead."""
import os

import support


class Kconfig(support.TestCase):
    def kconfig(self, verb, *args, config="config", arch="x86"):
        return self.run_tool("scripts/kconfig.py", "--arch", arch, "--config", self.path(config), verb, *args)

    def sync(self, text):
        self.write("config", text)
        return self.kconfig("sync", "--out", self.path("out"))

    def refused(self, text, *parts):
        done = self.sync(text)
        self.assertEqual(done.returncode, 2, done.stderr)
        for part in parts + (self.path("config") + ":1",):
            self.assertIn(part, done.stderr)
        self.assertFalse(os.path.exists(self.path("out/include/generated/autoconf.h")))

    def header(self):
        with open(self.path("out/include/generated/autoconf.h"), encoding="utf-8") as text:
            return text.read()

    def test_good_config_is_taken(self):
        done = self.sync("CONFIG_NR_CPUS=8\n# CONFIG_TASKLET is not set\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("#define CONFIG_NR_CPUS 8\n", self.header())
        self.assertNotIn("CONFIG_TASKLET", self.header())

    def test_number_out_of_range(self):
        self.refused("CONFIG_NR_CPUS=100000\n", "CONFIG_NR_CPUS: 100000 is out of the range 1 to 64; 64 is taken")

    def test_number_that_is_none(self):
        self.refused("CONFIG_LOG_BUF_SHIFT=big\n", "'big' is not a number; 16 is taken instead")

    def test_range_that_depends_on_another_option(self):
        self.refused("CONFIG_SCHED_RT_RUNTIME_US=3000\nCONFIG_SCHED_RT_PERIOD_US=2000\n", "out of the range 1000 to 2000")

    def test_unknown_option(self):
        self.refused("CONFIG_NRCPUS=4\n", "CONFIG_NRCPUS=4: there is no such option (is CONFIG_NR_CPUS meant?)")

    def test_bool_that_is_neither(self):
        self.refused("CONFIG_TASKLET=yes\n", "'yes' is neither y nor n")

    def test_malformed_line(self):
        self.refused("TASKLET=y\n", "is no assignment")

    def test_contradiction(self):
        self.refused("CONFIG_TASKLET=y\nCONFIG_TASKLET=n\n", ":2: CONFIG_TASKLET=n", ":1 says y; n is taken")

    def test_olddefconfig_takes_what_it_named(self):
        self.write("config", "CONFIG_NR_CPUS=100000\nCONFIG_NRCPUS=4\nCONFIG_HZ_100=y\n")
        done = self.kconfig("olddefconfig")
        self.assertEqual(done.returncode, 0)
        self.assertIn("warning: " + self.path("config") + ":1: CONFIG_NR_CPUS: 100000", done.stderr)
        self.assertEqual(self.kconfig("sync", "--out", self.path("out")).stderr, "")
        self.assertIn("#define CONFIG_NR_CPUS 64\n", self.header())
        self.assertIn("#define CONFIG_HZ 100\n", self.header())

    def test_option_without_what_it_needs_is_a_warning(self):
        done = self.sync("CONFIG_HZ_100=y\nCONFIG_HZ_1000=y\n")
        self.assertEqual(done.returncode, 0)
        self.assertIn(":1: CONFIG_HZ_100=y is not taken, n is: of its choice CONFIG_HZ_1000 is taken", done.stderr)

    def test_number_of_a_hidden_option_is_no_complaint(self):
        done = self.sync("# CONFIG_SMP is not set\nCONFIG_NR_CPUS=64\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("#define CONFIG_NR_CPUS 1\n", self.header())

    def test_set_checks_too(self):
        self.assertEqual(self.kconfig("set", "NR_CPUS=8", "TASKLET=n").returncode, 0)
        for wrong in ("NR_CPUS=65", "NRCPUS=1", "HZ=77", "TASKLET", "TASKLET=2"):
            self.assertNotEqual(self.kconfig("set", wrong).returncode, 0, wrong)
        self.kconfig("sync", "--out", self.path("out"))
        self.assertIn("#define CONFIG_NR_CPUS 8\n", self.header())

    def test_each_of_configs_is_right(self):
        for name in os.listdir(os.path.join(support.TOP, "configs")):
            done = self.kconfig("defconfig", os.path.join(support.TOP, "configs", name), config=name,
                                arch="host" if name == "host" else "x86")
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)

    def test_missing_source_is_said(self):
        done = self.kconfig("defconfig", self.path("none"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("none", done.stderr)

    def test_only_a_changed_option_is_touched(self):
        self.sync("CONFIG_NR_CPUS=8\n")
        files = {name: self.path("out/include/config/" + name) for name in ("nr/cpus.h", "hz.h")}
        for path in files.values():
            os.utime(path, (1, 1))
        self.sync("CONFIG_NR_CPUS=9\n")
        self.assertGreater(os.path.getmtime(files["nr/cpus.h"]), 1)
        self.assertEqual(os.path.getmtime(files["hz.h"]), 1)


if __name__ == "__main__":
    support.main()
