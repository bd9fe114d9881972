# SPDX-License-Identifier: GPL-2.0-only
"""
Modules of the image: what scripts/modpost.py finds and writes, and what make does with Kbuild files.

For the first part a few lines of C are compiled to objects; for the second there is a tree with our
headers and nothing else of the kernel, whose modules are built and never linked or run (that is
tests/boot/module_test.c's).
"""
import os
import re

import support

HEADER = "int printk(const char *fmt, ...);\n/* int secret(void); */\n// int hidden(void);\n#define call_it() inner_call()\n"
MARK = '__asm__(".set __export_{0}, 0");\n'


class Modpost(support.TestCase):
    def setUp(self):
        super().setUp()
        self.write("headers/linux/api.h", HEADER)

    def modpost(self, *args, **sources):
        for name, text in sources.items():
            name = name.replace("__", "-")
            source = self.write(f"{name}.c", text)
            done = self.run_command(["gcc", "-w", "-ffreestanding", "-fno-pic", "-c", "-o", self.path(f"{name}.o"), source])
            self.assertEqual(done.returncode, 0, done.stderr)
        names = [name.replace("__", "-") for name in sources]
        return self.run_tool("scripts/modpost.py", "--out", self.directory, *args, *names)

    def errors(self, *args, **sources):
        done = self.modpost("--headers", self.path("headers"), *args, **sources)
        self.assertEqual(done.returncode, 1 if done.stderr else 0)
        return [line.removeprefix("modpost: ") for line in done.stderr.splitlines()]

    def made(self, name):
        with open(self.path(name), encoding="utf-8") as text:
            return text.read()

    def test_what_a_header_declares_may_be_used(self):
        self.assertEqual(self.errors(a="int f(void) { printk(0); return inner_call(); }"), [])

    def test_what_no_header_declares_is_named_with_its_user(self):
        self.assertEqual(self.errors(a="int f(void) { return secret() + printk(0); }", b="int g(void) { return hidden(); }"),
                         ["a: uses secret, which no public header declares and no module exports",
                          "b: uses hidden, which no public header declares and no module exports"])

    def test_without_headers_only_modules_are_looked_at(self):
        self.assertEqual(self.modpost(a="int f(void) { return secret(); }").returncode, 0)

    def test_own_weak_and_the_compilers_symbols_are_no_use(self):
        self.assertEqual(self.errors(a="int g(void) __attribute__((weak)); int h(void) { return 1; }\n"
                                     "struct s { char c[4000]; }; void f(struct s *a, struct s *b) { if (g) *a = *b; h(); }"), [])

    def test_exported_symbol_may_be_used_and_is_remembered(self):
        self.assertEqual(self.errors(a="int f(void) { return 1; }" + MARK.format("f"), b="int g(void) { return f(); }"), [])
        self.assertIn('uses[] = { "a", NULL }', self.made("b.mod.c"))
        self.assertIn("uses[] = { NULL }", self.made("a.mod.c"))
        self.assertIn("f", self.made("a.keep").split())
        self.assertEqual(len(self.made("b.keep").split()), 1)

    def test_symbol_that_is_not_exported_may_not_be_used(self):
        self.assertEqual(self.errors(a="int f(void) { return 1; }", b="int g(void) { return f(); }"),
                         ["b: uses f, which no public header declares and no module exports"])

    def test_wrong_exports_are_named(self):
        self.assertEqual(self.errors(a=MARK.format("f")), ["a: exports f, which it does not define"])
        self.assertEqual(self.errors(a="static int f(void) { return 1; } int (*p)(void) = f;" + MARK.format("f")),
                         ["a: exports f, which it does not define"])
        two = "int f(void) { return 1; }" + MARK.format("f")
        self.assertEqual(self.errors(a=two, b=two), ["b: exports f, as a does"])

    def test_circle_is_named(self):
        self.assertEqual(self.errors(a="int f(void) { return g(); }" + MARK.format("f"),
                                     b="int g(void) { return h(); }" + MARK.format("g"),
                                     c="int h(void) { return f(); }" + MARK.format("h")),
                         ["a: uses, by way of b, symbols of its own", "b: uses, by way of c, symbols of its own",
                          "c: uses, by way of a, symbols of its own"])

    def test_dash_in_a_name_is_an_underscore_in_the_module(self):
        self.assertEqual(self.errors(my__driver="int f(void) { return 1; }" + MARK.format("f"), b="int g(void) { return f(); }"), [])
        self.assertIn('.name = "my_driver"', self.made("my-driver.mod.c"))
        self.assertIn('"my_driver"', self.made("b.mod.c"))

    def test_same_contents_are_not_written_again(self):
        self.errors(a="int f;")
        os.utime(self.path("a.mod.c"), (1, 1))
        self.errors(a="int f;")
        self.assertEqual(os.stat(self.path("a.mod.c")).st_mtime, 1)
        self.errors(a="int f;" + MARK.format("f"))
        self.assertIn("f", self.made("a.keep").split())


HELLO = '#include <linux/module.h>\nint init_module(void) { return other() + WORD; }\nMODULE_LICENSE("GPL");\n'
KBUILD = "obj-m += hello.o\nhello-y := main.o other.o\nccflags-y := -I$(src)/own\nCFLAGS_main.o := -DWORD=7\n"
# As textbooks have it.
MAKEFILE = "obj-m := plain.o sub/\n\nall:\n\tmake -C /lib/modules/$(shell uname -r)/build M=$(PWD) modules\n\nclean:\n\tfalse\n"
PLAIN = '#include <linux/module.h>\nstatic int __init f(void) { int unused; return 0; }\nmodule_init(f);\nMODULE_LICENSE("GPL");\n'


class Make(support.TestCase):
    """make objects M=..., in a tree of headers."""

    def setUp(self):
        super().setUp()
        self.copy("Makefile", "Kconfig", "scripts", "configs", "arch/x86/include", "include")
        self.write("m/Kbuild", KBUILD)
        self.write("m/main.c", "#include <own.h>\n" + HELLO)
        self.write("m/other.c", "#include <own.h>\nint other(void) { return 1; }\n")
        self.write("m/own/own.h", "int other(void);\n")

    def make(self, *args, status=0):
        done = self.run_command(["make", "objects", *args], cwd=self.path("tree"), timeout=120)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.stderr = done.stderr
        return {line.split()[-1].rpartition("/")[2] for line in done.stdout.splitlines() if line.startswith("  ")}

    def symbols(self, unit):
        done = self.run_command(["nm", self.path(f"tree/build/units/{unit}.unit.o")])
        return {line.split()[-1]: line.split()[-2] for line in done.stdout.splitlines()}

    def test_unit_of_two_files_has_a_scope_of_its_own(self):
        m = "M=" + self.path("m")
        self.assertLessEqual({"main.o", "other.o", "hello.o", "hello.mod.o", "hello.unit.o"}, self.make(m))
        symbols = self.symbols("hello")
        self.assertEqual({symbols[name] for name in ("init_module", "other")}, {"t"})
        self.assertEqual([name for name, kind in symbols.items() if kind.isupper() and kind != "U"], [])
        self.assertEqual(self.make(m), set())
        self.write("m/own/own.h", "int other(void);\n\n")
        self.assertEqual(self.make(m), {"main.o", "other.o", "hello.o", "modpost.done", "hello.unit.o"})
        self.write("m/Kbuild", KBUILD.replace("7", "8"))
        self.assertEqual(self.make(m), {"main.o", "hello.o", "modpost.done", "hello.unit.o"})
        self.assertEqual(self.make(), set())

    def test_textbook_makefile_is_read_and_its_targets_are_not_ours(self):
        self.write("book/Makefile", MAKEFILE)
        self.write("book/plain.c", PLAIN)
        self.write("book/sub/Kbuild", "obj-m += deep.o\n")
        self.write("book/sub/deep.c", PLAIN)
        self.assertLessEqual({"plain.unit.o", "deep.unit.o"}, self.make("M=" + self.path("book")))
        self.assertIn("unused", self.stderr)        # a warning, no more
        self.assertNotIn("overriding", self.stderr)

    def test_what_cannot_be_read_is_said(self):
        for directory, kbuild, words in (("none", None, "no Kbuild and no Makefile"), ("empty", "obj-y += x.o\n", "names no module"),
                                         ("broken", "obj-m += a.o\n$(error no)\n", "cannot be read")):
            self.write(f"{directory}/a.c", PLAIN)
            if kbuild:
                self.write(f"{directory}/Kbuild", kbuild)
            self.make("M=" + self.path(directory), status=2)
            self.assertIn(words, self.stderr, directory)

    def test_modules_without_the_option_are_said(self):
        self.run_command(["make", "setconfig", "SET=MODULE_UNITS=n"], cwd=self.path("tree"))
        self.make("M=" + self.path("m"), status=2)
        self.assertIn("needs the option MODULE_UNITS", self.stderr)

    def test_two_modules_of_one_name_are_said(self):
        self.write("tree/tests/boot/Kbuild", "obj-m += hello.o\n")
        self.write("tree/tests/boot/hello.c", PLAIN)
        self.make("M=" + self.path("m"), status=2)
        self.assertIn("two modules have the same name", self.stderr)

    def test_wrong_type_of_init_is_an_error(self):
        self.write("m/other.c", "#include <linux/module.h>\nint other(void) { return 1; }\n"
                   "static void __exit f(void) { }\nmodule_init(f);\n")
        self.make("M=" + self.path("m"), status=2)
        self.assertTrue(re.search(r"f is not int \(\*\)\(void\)", self.stderr), self.stderr)

    def test_symbol_of_the_kernels_own_is_an_error(self):
        self.write("m/other.c", "int sched_secret(void);\nint other(void);\nint other(void) { return sched_secret(); }\n")
        self.make("M=" + self.path("m"), status=2)
        self.assertIn("hello: uses sched_secret, which no public header declares", self.stderr)


if __name__ == "__main__":
    support.main()
