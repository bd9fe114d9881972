# SPDX-License-Identifier: GPL-2.0-only
"""
The command line in a GRUB image (scripts/mkiso.sh): what stands in grub.cfg. The image itself is made by a
stand-in that keeps the file.
"""
import os

import support

STAND_IN = '#!/bin/sh\nfor last; do :; done\ncp "$last/boot/grub/grub.cfg" "$KEEP"\nwhile [ "$1" != -o ]; do shift; done\n: >"$2"\n'


class CommandLine(support.TestCase):
    def words(self, cmdline):
        self.write("bin/grub-mkrescue", STAND_IN, 0o755)
        self.write("bin/objcopy", "#!/bin/sh\n: >\"$3\"\n", 0o755)
        kept = self.path("grub.cfg")
        env = {"PATH": f"{self.path('bin')}:{os.environ['PATH']}", "KEEP": kept}
        done = self.run_command(["sh", os.path.join(support.TOP, "scripts/mkiso.sh"), "kernel", self.path("out.iso"), cmdline],
                                env=env)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        with open(kept, encoding="utf-8") as text:
            line = next(line for line in text if "multiboot2 /boot" in line)
        return line.rstrip("\n").partition("bottomhalf.elf ")[2]

    def test_words_are_as_they_came(self):
        for cmdline in ("", "quiet run=relay,samples=3", "a=1  b"):
            self.assertEqual(self.words(cmdline), cmdline)

    def test_what_grub_would_take_apart_is_escaped(self):
        self.assertEqual(self.words(r"a=$x;y|z \k (l) <{m}>&"), r"a=\$x\;y\|z \\k \(l\) \<\{m\}\>\&")

    def test_quotes_are_left_to_grub_and_closed(self):
        self.assertEqual(self.words('run="relay samples=3" quiet'), 'run="relay samples=3" quiet')
        self.assertEqual(self.words(r'a="x;$y\z" b;c'), r'a="x;\$y\\z" b\;c')
        self.assertEqual(self.words('a="x y'), 'a="x y"')


if __name__ == "__main__":
    support.main()
