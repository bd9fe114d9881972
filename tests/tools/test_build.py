# SPDX-License-Identifier: GPL-2.0-only
"""
The build rules, on a tree of three files: what is made again, and what is left alone.

The tree is a copy of the Makefile, scripts/ and the options, with sources of the test's own.
"""
import os
import shutil

import support

FILES = {
    "arch/x86/Kbuild": "obj-y += head.o\n",
    "arch/x86/head.S": "#include <generated/asm-offsets.h>\n\t.globl start\nstart:\tmov $ANSWER, %eax\n\tcall work\n"
                       '\t.section .note.GNU-stack, "", @progbits\n',
    "arch/x86/asm-offsets.c": '#define DEFINE(sym, val) asm volatile("\\n->" #sym " %0 " #val : : "i" (val))\n'
                              "void offsets(void);\nvoid offsets(void) { DEFINE(ANSWER, 42); DEFINE(LESS, -3); }\n",
    "arch/x86/kernel.lds.S":
        "ENTRY(start)\nPHDRS { text PT_LOAD FLAGS(5); ro PT_LOAD FLAGS(4); }\nSECTIONS {\n. = 0xffffffff80100000; _text = .;\n"
        ".text : { *(.text .text.*) } :text\n_etext = .;\n. = ALIGN(4096);\n"
        ".rodata : { *(.rodata*) *(.data*) *(.bss*) } :ro\n.eh_frame_hdr : { *(.eh_frame_hdr) }\n.eh_frame : { *(.eh_frame) }\n"
        "/DISCARD/ : { *(.comment) *(.note*) }\n}\n",
    "kernel/Kbuild": "obj-y += work.o sub/\nobj-$(CONFIG_TASKLET) += tasklet.o\nCFLAGS_work.o += -DGREETING=\"\\\"a b\\\"\"\n",
    "kernel/work.c": "#include <stddef.h>\n#include \"work.h\"\nconst char *work(void);\nconst char *work(void) { return GREETING; }\n",
    "kernel/work.h": "#ifdef CONFIG_PREEMPT\n#endif\n",
    "kernel/tasklet.c": "int tasklet(void);\nint tasklet(void) { return CONFIG_NR_CPUS; }\n",
    "kernel/sub/Kbuild": "obj-y += deep.o\nobj-$(ARCH_HOST) += hosted.o\n",
    "kernel/sub/deep.c": "int deep(void);\nint deep(void) { return 1; }\n",
    "kernel/sub/hosted.c": "int hosted(void);\nint hosted(void) { return 1; }\n",
}


class Build(support.TestCase):
    def setUp(self):
        super().setUp()
        self.copy("Makefile", "Kconfig", "scripts", "configs")
        host = self.path("tree/scripts/host.mk")
        if os.path.exists(host):
            os.remove(host)
        for name, text in FILES.items():
            self.write("tree/" + name, text)

    def make(self, *args, status=0):
        done = self.run_command(["make", *args], cwd=self.path("tree"), timeout=120)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.stderr = done.stderr
        return {line.split()[-1] for line in done.stdout.splitlines() if line.startswith("  ")}

    def test_first_build_makes_everything_and_the_second_nothing(self):
        made = self.make()
        self.assertLessEqual({"kernel/work.o", "kernel/tasklet.o", "kernel/sub/deep.o", "arch/x86/head.o",
                              "include/generated/asm-offsets.h", "arch/x86/kernel.lds", "bottomhalf.elf"}, made)
        self.assertNotIn("kernel/sub/hosted.o", made)
        self.assertEqual(self.make(), set())
        with open(self.path("tree/build/include/generated/asm-offsets.h"), encoding="utf-8") as text:
            self.assertEqual(text.read(), "#define ANSWER 42\n#define LESS -3\n")

    def test_option_makes_only_what_mentions_it(self):
        self.make()
        self.make("setconfig", "SET=NR_CPUS=8")
        self.assertEqual(self.make(), {"build/.config", "kernel/tasklet.o", "bottomhalf.elf"})
        self.make("setconfig", "SET=PREEMPT=n")     # mentioned in a header
        self.assertEqual(self.make(), {"build/.config", "kernel/work.o", "bottomhalf.elf"})
        self.make("setconfig", "SET=LOG_BUF_SHIFT=20")
        self.assertEqual(self.make(), {"build/.config"})

    def test_option_that_drops_an_object_links_again_without_it(self):
        self.make()
        self.make("setconfig", "SET=TASKLET=n")
        self.assertEqual(self.make(), {"build/.config", "bottomhalf.elf"})
        names = self.run_command(["nm", self.path("tree/build/bottomhalf.elf")]).stdout
        self.assertNotIn(" T tasklet\n", names)
        self.assertIn(" T work\n", names)

    def test_header_and_its_disappearance(self):
        self.make()
        self.write("tree/kernel/work.h", "")
        self.assertEqual(self.make(), {"kernel/work.o", "bottomhalf.elf"})
        self.write("tree/kernel/work.c", "const char *work(void);\nconst char *work(void) { return 0; }\n")
        os.remove(self.path("tree/kernel/work.h"))
        self.assertEqual(self.make(), {"kernel/work.o", "bottomhalf.elf"})

    def test_flags_make_again(self):
        self.make()
        self.write("tree/kernel/Kbuild", FILES["kernel/Kbuild"].replace("a b", "c d"))
        self.assertEqual(self.make(), {"kernel/work.o", "bottomhalf.elf"})
        self.make("setconfig", "SET=FRAME_POINTER=y")
        self.assertLessEqual({"kernel/work.o", "kernel/tasklet.o", "kernel/sub/deep.o"}, self.make())

    def test_clang(self):
        if not shutil.which("clang"):
            self.skipTest("no clang")
        self.make("LLVM=1")
        comment = self.run_command(["nm", self.path("tree/build/bottomhalf.elf")]).stdout
        self.assertIn(" T work\n", comment)

    def test_prefix_of_the_compiler(self):
        self.make("CROSS_COMPILE=x86_64-linux-gnu-")
        done = self.run_command(["make", "CROSS_COMPILE=no-such-"], cwd=self.path("tree"))
        self.assertEqual(done.returncode, 2)

    def test_single_objects(self):
        self.assertIn("kernel/work.o", self.make("kernel/work.o"))
        self.make("kernel/work.s")
        self.assertTrue(os.path.exists(self.path("tree/build/kernel/work.s")))

    def test_other_output_directory_and_configuration(self):
        self.make("O=" + self.path("elsewhere/"), "CONFIG=tiny")
        self.assertTrue(os.path.exists(self.path("elsewhere/bottomhalf.elf")))
        self.assertFalse(os.path.exists(self.path("tree/build")))
        with open(self.path("elsewhere/include/generated/autoconf.h"), encoding="utf-8") as text:
            self.assertNotIn("CONFIG_SMP", text.read())

    def test_wrong_config_fails_the_build(self):
        self.write("tree/build/.config", "CONFIG_NR_CPUS=100000\n")
        self.make(status=2)
        self.assertIn("build/.config:1: CONFIG_NR_CPUS: 100000 is out of the range 1 to 64", self.stderr)
        self.make("olddefconfig")
        self.make()

    def test_failed_compilation_is_tried_again(self):
        self.make()
        self.write("tree/kernel/sub/deep.c", "int deep(void) { return undeclared; }\n")
        self.make(status=2)
        self.make(status=2)
        self.write("tree/kernel/sub/deep.c", FILES["kernel/sub/deep.c"])
        self.assertEqual(self.make(), {"kernel/sub/deep.o", "bottomhalf.elf"})

    def test_table_of_symbols_agrees_with_the_kernel(self):
        self.make()
        names = self.run_command(["nm", "-n", self.path("tree/build/bottomhalf.elf")]).stdout
        table = support.subprocess.run([support.PYTHON, "scripts/kallsyms.py"], input=names, capture_output=True,
                                       text=True, check=True, cwd=support.TOP).stdout
        with open(self.path("tree/build/kallsyms.S"), encoding="utf-8") as linked:
            self.assertEqual(linked.read(), table)
        self.assertIn('"deep"', table)

    def test_compile_commands(self):
        self.make()
        self.make("compile_commands.json")
        with open(self.path("tree/compile_commands.json"), encoding="utf-8") as text:
            rows = support.json.load(text)
        self.assertEqual({row["file"] for row in rows},
                         {"arch/x86/head.S", "kernel/work.c", "kernel/tasklet.c", "kernel/sub/deep.c"})
        self.assertIn('-DGREETING="\\"a b\\""', next(row["command"] for row in rows if row["file"] == "kernel/work.c"))

    def test_help_lists_every_public_target(self):
        text = self.run_command(["make", "help"], cwd=self.path("tree")).stdout
        for target in ("all", "iso", "run", "debug", "check", "menuconfig", "guiconfig", "defconfig", "config-%",
                       "olddefconfig", "oldconfig", "savedefconfig", "listnewconfig", "setconfig", "mutants", "layers",
                       "clean", "mrproper", "install-deps", "compile_commands.json"):
            self.assertRegex(text, rf"(?m)^  {target} +\S", target)

    def test_clean_keeps_the_configuration_and_mrproper_does_not(self):
        self.make()
        self.make("clean")
        self.assertEqual(os.listdir(self.path("tree/build")), [".config"])
        self.make("mrproper")
        self.assertFalse(os.path.exists(self.path("tree/build")))


if __name__ == "__main__":
    support.main()
