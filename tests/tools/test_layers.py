# SPDX-License-Identifier: GPL-2.0-only
"""The check of layers, on a tree of three components: what it lets pass, and what it does not."""
import os
import shutil

import support

RULES = """
include_path = ["include"]
roots = ["include", "low", "high", "machine", "drivers"]
component = [
	{ name = "base", files = ["include/base.h", "low/**"], uses = [] },
	{ name = "contract", files = ["include/machine.h"], uses = ["base"] },
	{ name = "top", files = ["high/*.c", "include/{high,hook}.h"], uses = ["up to contract"] },
	{ name = "machine", files = ["machine/**"], uses = ["all"], interface = ["include/machine.h"], behind = "contract" },
	{ name = "drivers", files = ["drivers/**"], uses = ["all"], includes_only = ["include/**"] },
]
"""
FILES = {
    "include/base.h": "int low(void);\n",
    "include/machine.h": "int stop(void);\n",
    "include/high.h": "int high(void);\n",
    "include/hook.h": "",
    "low/low.c": "#include <base.h>\nint low(void) { return 0; }\n",
    "machine/stop.c": "#include <machine.h>\nint stop(void) { return 0; }\nint secret(void) { return 0; }\n",
    "high/high.c": "#include <base.h>\n#include <machine.h>\nint high(void) { return low() + stop(); }\n",
    "drivers/d.c": "#include <high.h>\nint d(void) { return high(); }\n",
}


class Layers(support.TestCase):
    def setUp(self):
        super().setUp()
        for name, text in FILES.items():
            self.write("tree/" + name, text)

    def layers(self, *args, rules=RULES):
        self.write("layers.toml", rules)
        for directory, _, names in os.walk(self.path("tree")):
            for name in names:
                if name.endswith(".c"):
                    source = os.path.join(directory, name)
                    target = os.path.join(self.path("out"), os.path.relpath(source, self.path("tree"))[:-2] + ".o")
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    done = self.run_command(["gcc", "-w", "-I" + self.path("tree/include"), "-c", source, "-o", target])
                    self.assertEqual(done.returncode, 0, done.stderr)
        return self.run_tool("tools/layers", "--top", self.path("tree"), "--rules", self.path("layers.toml"),
                             "--out", self.path("out"), *args)

    def fails(self, text, **kwargs):
        done = self.layers(**kwargs)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(text, done.stdout)

    def test_good_tree_passes(self):
        done = self.layers()
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (0, "5 passed, 0 failed, 0 skipped"))

    def test_include_upwards(self):
        self.write("tree/low/low.c", "#include <high.h>\nint low(void) { return 0; }\n")
        self.fails("low/low.c (base) includes include/high.h (top): base may not use top")

    def test_include_beside_itself(self):
        self.write("tree/drivers/d.c", '#include "../high/own.h"\nint d(void) { return 0; }\n')
        self.write("tree/high/own.h", "")
        self.fails("public headers only", rules=RULES.replace('"high/*.c"', '"high/**"'))

    def test_call_upwards_without_include(self):
        self.write("tree/low/low.c", "int high(void);\nint low(void) { return high(); }\n")
        self.fails("low/low.c (base) uses high of high/high.c (top): base may not use top")

    def test_call_past_the_interface(self):
        self.write("tree/high/high.c", "int secret(void);\nint high(void) { return secret(); }\n")
        self.fails("high/high.c (top) uses secret of machine/stop.c (machine): top may not use machine")

    def test_exception_for_a_call_and_for_a_header(self):
        self.write("tree/low/low.c", "#include <hook.h>\nint high(void);\nint low(void) { return high(); }\n")
        rules = RULES + ('[[exception]]\nfrom = "low/low.c"\nsymbol = "high"\nreason = "the hook"\n'
                         '[[exception]]\nfrom = "base"\nheader = "include/hook.h"\nreason = "its declaration"\n')
        self.assertEqual(self.layers(rules=rules).returncode, 0)
        graph = self.layers("--graph", rules=rules).stdout
        self.assertIn("base -.->|2| top", graph)
        self.assertIn("top -->|2| base", graph)

    def test_exception_that_nothing_needs(self):
        self.fails("nothing needs the exception base -> high",
                   rules=RULES + '[[exception]]\nfrom = "base"\nsymbol = "high"\nreason = "none"\n')

    def test_call_of_one_configuration_only(self):
        self.layers()
        shutil.copytree(self.path("out"), self.path("first"))
        self.write("tree/low/low.c", "int high(void);\nint low(void) { return high(); }\n")
        done = self.layers("--out", self.path("first"))
        self.assertIn("low/low.c (base) uses high of high/high.c (top): base may not use top", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], "4 passed, 1 failed, 0 skipped")

    def test_file_without_a_component(self):
        self.write("tree/include/new.h", "")
        self.fails("include/new.h belongs to no component")

    def test_no_objects_is_no_pass(self):
        self.write("layers.toml", RULES)
        done = self.run_tool("tools/layers", "--top", self.path("tree"), "--rules", self.path("layers.toml"),
                             "--out", self.path("empty"))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no objects", done.stderr)


if __name__ == "__main__":
    support.main()
