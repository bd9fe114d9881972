# SPDX-License-Identifier: GPL-2.0-only
"""Missing packages: they are named with the command to type, or installed after saying so."""
import os

import support

LIST = "# a comment\nbuild present sh any\nbuild absent-one no-such-command any\nbuild other no-such-arch !{arch}\n" \
       "qemu absent-two /no/such/file* any\nbuild absent-three python:no_such_module any\n"


class Deps(support.TestCase):
    def setUp(self):
        super().setUp()
        self.list = self.write("list", LIST.format(arch=os.uname().machine))
        self.write("bin/apt-get", f"#!/bin/sh\necho \"$@\" >>{self.path('apt-log')}\nexit ${{APT_STATUS:-0}}\n", 0o755)
        self.fake_id(0)

    def fake_id(self, uid):
        self.write("bin/id", f"#!/bin/sh\necho {uid}\n", 0o755)

    def deps(self, *args, **env):
        return self.run_command(["sh", "scripts/deps.sh", *args],
                                env={"DEPS_LIST": self.list, "PATH": self.path("bin") + ":" + os.environ["PATH"], **env})

    def apt_log(self):
        try:
            with open(self.path("apt-log"), encoding="utf-8") as log:
                return log.read()
        except FileNotFoundError:
            return ""

    def test_need_prints_the_command_and_installs_nothing(self):
        done = self.deps("need", "build")
        self.assertEqual(done.returncode, 2)
        self.assertIn("apt-get install --no-install-recommends absent-one absent-three\n", done.stderr)
        self.assertEqual(self.apt_log(), "")

    def test_only_the_named_groups_count(self):
        done = self.deps("need", "qemu")
        self.assertIn("missing: absent-two\n", done.stderr)
        self.assertEqual(self.deps("need", "iso").returncode, 0)

    def test_root_installs(self):
        done = self.deps("install", "build", "qemu")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("install --no-install-recommends absent-one absent-two absent-three\n", self.apt_log())
        self.assertIn("missing: absent-one absent-two absent-three", done.stderr)

    def test_failed_apt_says_what_to_do(self):
        done = self.deps("install", "build", APT_STATUS="100")
        self.assertEqual(done.returncode, 2)
        self.assertIn("sources.list", done.stderr)
        self.assertIn("apt-get install", done.stderr)

    def test_user_without_sudo_gets_the_command(self):
        self.fake_id(1000)
        self.write("bin/sudo", "#!/bin/sh\nexit 1\n", 0o755)
        done = self.deps("install", "build")
        self.assertEqual(done.returncode, 2)
        self.assertIn("apt-get install", done.stderr)
        self.assertEqual(self.apt_log(), "")

    def test_user_with_sudo_uses_it_after_saying_so(self):
        self.fake_id(1000)
        self.write("bin/sudo", "#!/bin/sh\n[ $1 = -n ] && shift\nexec \"$@\"\n", 0o755)
        done = self.deps("install", "build")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("sudo", done.stderr)
        self.assertIn("absent-one", self.apt_log())

    def test_every_line_of_the_real_list_is_whole(self):
        with open(os.path.join(support.TOP, "scripts/packages.txt"), encoding="utf-8") as lines:
            rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
        for row in rows:
            self.assertEqual(len(row), 4, row)
            self.assertRegex(row[3], r"^(any|!?x86_64)$")


if __name__ == "__main__":
    support.main()
