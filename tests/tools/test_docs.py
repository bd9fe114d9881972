# SPDX-License-Identifier: GPL-2.0-only
"""
Pages and sources say what is true, as far as a script can see: each check of tree.py on this tree, and on
small trees in which one thing is wrong.
"""
import support
import tree

GOOD = {
    "Makefile": "# SPDX-License-Identifier: GPL-2.0-only\n.PHONY: all run\nall: image\nrun: image\nconfig-%:\n\techo\n",
    "scripts/x.mk": "# SPDX-License-Identifier: GPL-2.0-only\nsrc := kernel/by_rule.c\n",
    "kernel/Kconfig": "# SPDX-License-Identifier: GPL-2.0-only\nconfig DEBUG_THING\n\tbool\n",
    "kernel/Kbuild": "# SPDX-License-Identifier: GPL-2.0-only\nobj-y += a.o sub/\n",
    "kernel/sub/Kbuild": "# SPDX-License-Identifier: GPL-2.0-only\nobj-$(CONFIG_DEBUG_THING) += b.o\n",
    "kernel/a.c": "// SPDX-License-Identifier: GPL-2.0-only\n/*\n * A thing.\n *\n * What\n *\tIt is.\n *\n * Tests\n"
                  " *\ttests/boot/a_test.c, tests/boot/{a,b}_test.c, include/config/x\n */\n" + "int a;\n" * 100,
    "kernel/by_rule.c": "// SPDX-License-Identifier: GPL-2.0-only\n/*\n * Follows Linux,\n * Documentation/none.rst.\n */\n",
    "kernel/sub/b.c": "// SPDX-License-Identifier: GPL-2.0-only\nint b(void)\n{\n\t/* Pairs with the one in c(). */\n\tsmp_mb();\n}\n",
    "tests/boot/Kbuild": "# SPDX-License-Identifier: GPL-2.0-only\nobj-y += a_test.o b_test.o\n",
    "tests/Kbuild": "# SPDX-License-Identifier: GPL-2.0-only\nobj-y += boot/\n",
    "scripts/y.mk": "# SPDX-License-Identifier: GPL-2.0-only\ndirs := tests/ kernel/\n",
    "tests/boot/a_test.c": "// SPDX-License-Identifier: GPL-2.0-only\nstatic struct kunit_case a_cases[] = {\n"
                           "\tKUNIT_CASE(asked_twice_answers_once),\n\t{}\n};\nstatic struct kunit_suite a_suite = {\n"
                           "\t.name = \"a\",\n\t.test_cases = a_cases,\n};\n",
    "tests/boot/b_test.c": "// SPDX-License-Identifier: GPL-2.0-only\nSCENARIO(asked_from_everywhere_answers);\n",
    "Documentation/claims.md": "<!-- SPDX-License-Identifier: GPL-2.0-only -->\n# Claims\n\n| id | claim | tests |\n|---|---|---|\n"
                               "| A1 | so | `a.asked_twice_answers_once`, `asked_from_everywhere_answers` |\n"
                               "| A2 | so | not yet |\n",
    "Documentation/page.md": "<!-- SPDX-License-Identifier: GPL-2.0-only -->\n# A page\n\nSee [claims](claims.md), [here](#a-page), [web](https://x.y/),\n"
                             "`kernel/a.c`, `kernel/*.c`, `kernel/sub/`, `page.md`, `make run CPUS=2 no`, `DEBUG_THING`, CONFIG_DEBUG_THING.\n\n"
                             "    make config-tiny    a remark\n    make kernel/a.o\n",
}


class Docs(support.TestCase):
    """The checks find nothing in a good tree, and what is wrong in a bad one."""

    def complaints(self, check, **changes):
        """Names of files as in GOOD; None removes one."""
        files = {**GOOD, **changes.pop("files", {})}
        for name, text in files.items():
            if text is not None:
                self.write(f"tree/{name}", text)
        found = list(tree.CHECKS[check](tree.Tree(self.path("tree"))))
        support.shutil.rmtree(self.path("tree"))
        return found

    def finds(self, check, name, text, expected):
        """The changed file, and nothing else, is complained about."""
        found = self.complaints(check, files={name: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(expected, found[0])

    def add(self, name, text):
        return GOOD[name] + text

    def test_good_tree_has_no_complaints(self):
        for check in tree.CHECKS:
            self.assertEqual(self.complaints(check), [], check)

    def test_broken_link(self):
        self.finds("links_lead_somewhere", "Documentation/page.md", self.add("Documentation/page.md", "[x](none.md)\n"), "page.md:9: a link to none.md")

    def test_link_to_a_missing_heading(self):
        self.finds("links_lead_somewhere", "Documentation/page.md", self.add("Documentation/page.md", "[x](claims.md#none)\n"), "no such heading")

    def test_missing_path_in_a_page(self):
        self.finds("paths_in_pages_exist", "Documentation/page.md", self.add("Documentation/page.md", "`kernel/none.c`\n"), "kernel/none.c is not there")

    def test_missing_path_in_a_comment(self):
        for comment in ("/* tests/boot/none_test.c */\n", "// see kernel/none/\n"):
            self.finds("paths_in_comments_exist", "kernel/sub/b.c", self.add("kernel/sub/b.c", comment), "is not there")

    def test_missing_target(self):
        for words in ("`make fly`", "text (`make run && make fly T=x`)", "```\nmake fly\n```"):
            self.finds("make_targets_exist", "Documentation/page.md", self.add("Documentation/page.md", words + "\n"), "make fly: there is no such target")

    def test_missing_option(self):
        for words in ("CONFIG_NONE", "`DEBUG_NONE`", 'make setconfig SET="NONE=y"'):
            self.finds("options_exist", "Documentation/page.md", self.add("Documentation/page.md", words + "\n"), "there is no option")
        self.finds("options_exist", "kernel/a.c", self.add("kernel/a.c", "#ifdef CONFIG_NONE\n"), "there is no option NONE")

    def test_missing_test(self):
        for name in ("a.asked_twice_answers_never", "none.asked_twice_answers_once", "asked_from_nowhere_answers"):
            self.finds("tests_that_pages_name_exist", "Documentation/claims.md", self.add("Documentation/claims.md", f"| A3 | so | `{name}` |\n"),
                       f"there is no test {name}")
        self.finds("tests_that_pages_name_exist", "Documentation/page.md", self.add("Documentation/page.md", "`a.asked_twice_answers_never`\n"), "no test")

    def test_claim_without_a_test(self):
        self.finds("claims_have_tests", "Documentation/claims.md", self.add("Documentation/claims.md", "| A3 | so | soon |\n"), "without a test")

    def test_missing_spdx(self):
        for name, text in (("kernel/a.c", "int a;\n"), ("tools/x", "#!/bin/sh\necho\n"), ("Documentation/page.md", "# A page\n")):
            self.finds("spdx_is_first", name, text, f"{name}:1: no SPDX line")

    def test_missing_theory(self):
        spdx, body = "// SPDX-License-Identifier: GPL-2.0-only\n", "int a;\n"
        self.finds("sources_have_a_theory", "kernel/a.c", spdx + body * 50, "no opening comment")
        self.finds("sources_have_a_theory", "kernel/a.c", spdx + "/*\n * A thing.\n */\n" + body * 100, "no head What")
        self.assertEqual(self.complaints("sources_have_a_theory", files={"kernel/a.c": spdx + "/*\n * A thing.\n */\n" + body * 50}), [])
        self.assertEqual(self.complaints("sources_have_a_theory", files={"kernel/a.c": spdx + body * 30}), [])

    def test_barrier_without_a_partner(self):
        far = "\n" * 20
        for call in ("smp_mb();", "x = smp_load_acquire(&y);", "atomic_set_release(&x, 1);", "smp_mb__after_atomic();"):
            self.finds("barriers_name_their_partners", "kernel/sub/b.c", self.add("kernel/sub/b.c", f"{far}void c(void)\n{{\n\t{call}\n}}\n"),
                       "without a word on what it pairs with")

    def test_path_of_one_machine(self):
        self.finds("paths_are_of_no_machine", "kernel/a.c", self.add("kernel/a.c", "/* see /" + "home/me/notes */\n"), "a path of one machine")

    def test_lines_that_do_not_end_cleanly(self):
        for text in ("int a; \n", "int a;\t\n", "int a;\r\n", "int a;", "int a;\n\n"):
            self.finds("lines_end_cleanly", "kernel/a.c", text, "kernel/a.c")

    def test_dead_file(self):
        self.finds("sources_are_built", "kernel/dead.c", "int dead;\n", "kernel/dead.c: no Kbuild names it")

    def test_kbuild_that_names_nothing(self):
        self.finds("sources_are_built", "kernel/sub/Kbuild", "obj-y += b.o ghost.o\n", "ghost.o has no source")
        self.finds("sources_are_built", "kernel/sub/Kbuild", "obj-y += b.o\nobj-m += ghost.o\nother-y := b.o\n", "ghost.o has no source")
        self.assertEqual(self.complaints("sources_are_built", files={"kernel/sub/Kbuild": "obj-m += ghost.o\nghost-y := b.o\n"}), [])
        self.finds("sources_are_built", "kernel/sub/Kbuild", "obj-y += b.o deeper/\n", "deeper/ is not there")

    def test_kbuild_that_nothing_leads_to(self):
        self.finds("sources_are_built", "kernel/Kbuild", "obj-y += a.o\n", "kernel/sub/Kbuild: no Kbuild leads here")


class ThisTree(support.TestCase):
    """Each check, on the tree that the tests are in."""

    @classmethod
    def setUpClass(cls):
        cls.tree = tree.Tree(support.TOP)


def on_this_tree(check):
    def test(self):
        found = list(check(self.tree))
        self.assertEqual(found, [], "\n" + "\n".join(found))
    return test


for name, check in tree.CHECKS.items():
    setattr(ThisTree, "test_" + name, on_this_tree(check))


if __name__ == "__main__":
    support.main()
