# SPDX-License-Identifier: GPL-2.0-only
"""The mutants' runner, with a make of its own and patches to one file: each verdict, and the copy."""
import os
import shutil

import support

# "Builds" unless the file says broken; the test passes if the file says right.
MAKE = """#!/bin/sh
case "$*" in
host-tests) ! grep -q broken answer ;;
check-host*)
	echo 1..1
	if grep -q worse answer; then echo "the runner itself made a bad access"; exit 3; fi
	if grep -q "no boot" answer; then echo "# the machine does not boot on 2 CPUs"; exit 2; fi
	if grep -q right answer; then echo "ok 1 - $2"; exit 0; fi
	echo "# answer_is_right: 7 schedules, 100 a second"
	echo "not ok 1 - answer_is_right"; exit 1 ;;
esac
"""


def patch(header, new):
    return f"{header}\n--- a/answer\n+++ b/answer\n@@ -1,2 +1,2 @@\n-right\n+{new}\n end\n"


class Mutants(support.TestCase):
    def setUp(self):
        super().setUp()
        os.makedirs(self.path("tree/tools"))
        shutil.copy(os.path.join(support.TOP, "tools/mutants"), self.path("tree/tools/mutants"))
        self.write("tree/answer", "right\nend\n")
        self.write("make", MAKE, 0o755)

    def mutants(self, *args, **patches):
        for name, text in patches.items():
            self.write(f"tree/tests/mutants/{name}.patch", text)
        return self.run_tool(self.path("tree/tools/mutants"), "--make", self.path("make"), *args)

    HEADER = "# Slip: another answer\n# Kills: answer_is_right\n# Run: host answer"

    def test_killed(self):
        done = self.mutants(a=patch(self.HEADER, "wrong"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("| a | another answer | killed | answer_is_right | 7 |", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 0 failed, 0 skipped")

    def test_survivor_fails_and_the_others_are_still_tried(self):
        done = self.mutants(a=patch(self.HEADER, "right too"), b=patch(self.HEADER, "wrong"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("| a | another answer | survived |", done.stdout)
        self.assertIn("| b | another answer | killed |", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 1 failed, 0 skipped")

    def test_end_that_no_test_noticed_does_not_kill(self):
        done = self.mutants(a=patch(self.HEADER, "worse"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("| a | another answer | no verdict | the runner itself made a bad access |", done.stdout)

    def test_simulated_machine_that_does_not_boot_kills(self):
        done = self.mutants(a=patch(self.HEADER, "no boot"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("| killed | the machine does not boot |", done.stdout)

    def boot(self, says, status):
        """A mutant whose boot prints that; without it, it passes."""
        self.write("tree/tools/run", f"#!/bin/sh\ngrep -q right answer && exit 0\ncat <<'EOF'\n{says}\nEOF\nexit {status}\n",
                   0o755)
        self.write("make", "#!/bin/sh\nexit 0\n", 0o755)
        return self.mutants(a=patch(self.HEADER.replace("host answer", "boot answer"), "wrong")).stdout

    def test_boot_that_crashes_kills_and_the_test_is_named(self):
        self.assertIn("| killed | crash in answer.is_right |",
                      self.boot("[ 0.1] panic: no\nqemu q35: crash in 0.5 s: panic: no, in test answer.is_right", 3))

    def test_boot_that_hangs_before_the_first_test_kills(self):
        self.assertIn("| killed | hang |",
                      self.boot("qemu q35: hang in 30.5 s: silent for 30 s, before the first test", 4))

    def test_boot_that_tests_nothing_does_not_kill(self):
        self.assertIn("| no verdict |", self.boot("qemu q35: untested in 0.5 s: zero tests passed", 5))

    CONFORMANCE = """#!/bin/sh
grep -q right answer && exit 0
echo "failed: answer.other"
echo "failed: answer.order"
exit 1
"""

    def observed(self, ring, name):
        """A mutant with that Observed line, in a ring."""
        self.write("tree/tools/conformance", self.CONFORMANCE, 0o755)
        self.write("make", "#!/bin/sh\nexit 0\n", 0o755)
        header = f"{self.HEADER}\n# Observed: {name}" if name else self.HEADER
        return self.mutants("--ring", ring, a=patch(header, "wrong"), b=patch(self.HEADER, "right too"))

    def test_conformance_ring_wants_the_observation_that_is_named(self):
        done = self.observed("conformance", "answer.order")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("| a | another answer | killed | answer.order |", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 0 failed, 0 skipped")
        self.assertEqual(self.observed("conformance", "answer.third").returncode, 1)

    def test_survey_tries_all_and_judges_none(self):
        done = self.observed("survey", None)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("| a | another answer | killed | answer.other |", done.stdout)
        self.assertIn("| b | another answer | survived |", done.stdout)

    def test_conformance_unit_in_a_run_line(self):
        self.write("tree/tools/conformance", "#!/bin/sh\necho failed: $*\ngrep -q right answer\n", 0o755)
        self.write("make", "#!/bin/sh\nexit 0\n", 0o755)
        done = self.mutants(a=patch(self.HEADER.replace("host answer", "conformance answer cpus=4"), "wrong"))
        self.assertIn("killed by check", done.stdout)
        self.assertEqual(done.returncode, 0)

    def test_nothing_of_a_mutant_is_left_for_the_next(self):
        done = self.mutants("--jobs", "1", **{name: patch(self.HEADER, "wrong") for name in "abc"})
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout.splitlines()[-1], "3 passed, 0 failed, 0 skipped")

    def test_context_that_has_changed_a_little_will_do(self):
        moved = patch(self.HEADER, "wrong").replace("@@ -1,2 +1,2 @@", "@@ -1,3 +1,3 @@") + " was there once\n"
        self.assertEqual(self.mutants(a=moved).returncode, 0)

    def test_does_not_apply(self):
        done = self.mutants(a=patch(self.HEADER, "wrong").replace("-right", "-left"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("no patch", done.stdout)

    def test_does_not_build(self):
        done = self.mutants(a=patch(self.HEADER, "broken"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("no build", done.stdout)

    def test_must_not_build(self):
        header = "# Slip: another answer\n# Build: fails"
        self.assertEqual(self.mutants(a=patch(header, "broken")).returncode, 0)
        self.assertEqual(self.mutants(a=patch(header, "right too")).returncode, 1)

    def test_killer_other_than_the_named_one_is_pointed_out(self):
        done = self.mutants(a=patch(self.HEADER.replace("answer_is_right", "other_test"), "wrong"))
        self.assertEqual(done.returncode, 0)
        self.assertIn("killed by answer_is_right (not other_test)", done.stdout)

    def test_tests_that_fail_without_a_mutant(self):
        self.write("tree/answer", "left\nend\n")
        done = self.mutants(a=patch(self.HEADER, "wrong").replace("-right", "-left"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("| a | another answer | no test |", done.stdout)
        self.assertIn("fails without any mutant", done.stderr)

    def test_tree_is_not_touched(self):
        self.mutants(a=patch(self.HEADER, "wrong"))
        with open(self.path("tree/answer"), encoding="utf-8") as text:
            self.assertEqual(text.read(), "right\nend\n")

    def test_only_what_is_asked_for(self):
        done = self.mutants("--which", "b*", a=patch(self.HEADER, "right too"), b=patch(self.HEADER, "wrong"))
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.mutants("--which", "none").returncode, 5)

    def test_header_is_required(self):
        done = self.mutants(a=patch("# Kills: x", "wrong"))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("# Slip:", done.stderr)


class ThisTree(support.TestCase):
    def test_patches_apply(self):
        """Found here, in a second, and not when somebody runs all mutants. As tools/mutants does it."""
        if not shutil.which("git"):
            self.skipTest("there is no git")
        directory = os.path.join(support.TOP, "tests/mutants")
        stale = []
        for name in sorted(os.listdir(directory)):
            if not name.endswith(".patch"):
                continue
            path = os.path.join(directory, name)
            if all(self.run_command(["git", "apply", "--check", *options, path]).returncode
                   for options in ([], ["-C1"])):
                stale.append(name)
        self.assertEqual(stale, [])


if __name__ == "__main__":
    support.main()
