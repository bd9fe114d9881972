# SPDX-License-Identifier: GPL-2.0-only
"""The table of symbols: which names go in, and with what offset."""
import re

import support

NM = """\
0000000000100000 T boot32
ffffffff80000000 T _stext
ffffffff80000000 T _text
ffffffff80000000 t local_alias
ffffffff80000000 T entry
ffffffff80000010 t helper
ffffffff80000020 W weak_one
ffffffff80000030 t .L12
ffffffff80000040 T _etext
ffffffff80000040 T behind
ffffffff80001000 D data
"""


class Kallsyms(support.TestCase):
    def table(self, text):
        done = support.subprocess.run([support.PYTHON, "scripts/kallsyms.py"], input=text, capture_output=True,
                                      text=True, check=False, cwd=support.TOP)
        longs = [int(word, 0) for word in re.findall(r"\.long (\S+)", done.stdout)]
        names = re.findall(r'\.asciz "(.*)"', done.stdout)
        return done, longs, names

    def test_functions_in_order_one_an_address(self):
        _, longs, names = self.table(NM)
        self.assertEqual(names, ["entry", "helper", "weak_one"])
        self.assertEqual(longs, [3, 0, 0x10, 0x20, 0, 6, 13])

    def test_no_input_is_an_empty_table(self):
        done, longs, names = self.table("")
        self.assertEqual((done.returncode, longs, names), (0, [0], []))
        for symbol in ("count", "addresses", "name_offsets", "names"):
            self.assertIn(f".globl kallsyms_{symbol}\n", done.stdout)

    def test_kernel_without_bounds_is_an_error(self):
        done, _, _ = self.table("ffffffff80000000 T start\n")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("_text", done.stderr)


if __name__ == "__main__":
    support.main()
