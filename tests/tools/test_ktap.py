# SPDX-License-Identifier: GPL-2.0-only
"""The KTAP reader: what counts, what is missing, what is noise."""
import support
import ktap

GOOD = """\
[    0.000001] booting
KTAP version 1
1..2
    KTAP version 1
    # Subtest: softirq
    1..3
    # raised_runs starting
    ok 1 raised_runs
    # masked_waits starting
some driver talks
    ok 2 masked_waits # SKIP one CPU only
    # third starting
    ok 3 third
# softirq: pass:2 fail:0 skip:1 total:3
ok 1 softirq
    KTAP version 1
    # Subtest: tasklet
    1..1
        KTAP version 1
        # Subtest: deep
        1..2
        ok 1 a
        ok 2 b
    ok 1 deep
ok 2 tasklet
""".splitlines()


class Ktap(support.TestCase):
    def parse(self, lines):
        return ktap.parse(lines)

    def test_nested_leaves_are_counted(self):
        result = self.parse(GOOD)
        self.assertEqual((result.passed, result.failed, result.skipped), (4, 0, 1))
        self.assertEqual(result.errors, [])
        self.assertTrue(result.ok)
        self.assertEqual(result.skips, [("softirq.masked_waits", "one CPU only")])
        self.assertEqual(result.last, "tasklet.deep.b")

    def test_printk_stamps_are_ignored(self):
        result = self.parse(f"[{n:5}.000000] {line}" for n, line in enumerate(GOOD))
        self.assertEqual(result.summary(), "4 passed, 0 failed, 1 skipped")
        self.assertEqual(result.errors, [])

    def test_failure_has_full_name_and_notes(self):
        lines = [line.replace("ok 3 third", "not ok 3 third") for line in GOOD]
        at = lines.index("    not ok 3 third")
        lines[at:at] = ["    # third: EXPECTATION FAILED at x.c:3", "    # expected 1, was 2"]
        lines = [line.replace("ok 1 softirq", "not ok 1 softirq") for line in lines]
        result = self.parse(lines)
        self.assertEqual(result.failures, ["softirq.third"])
        self.assertEqual(result.failed, 1)      # the suite's own line does not count again
        self.assertIn("# expected 1, was 2", result.notes["softirq.third"])
        self.assertFalse(result.ok)

    def test_running_case_is_known_until_its_result(self):
        parser = ktap.Parser()
        for line in GOOD[:GOOD.index("    # masked_waits starting") + 1]:
            parser.feed(line)
        self.assertEqual(parser.running, "softirq.masked_waits")
        parser.feed("    ok 2 masked_waits")
        self.assertIsNone(parser.running)

    def test_truncated_plan_is_an_error(self):
        result = self.parse(GOOD[:GOOD.index("    ok 3 third")])
        self.assertIn("softirq: 2 results of 3 planned", result.errors)
        self.assertIn("the whole: 0 results of 2 planned", result.errors)
        self.assertFalse(result.ok)

    def test_too_many_results_is_an_error(self):
        result = self.parse(["KTAP version 1", "1..1", "ok 1 a", "ok 2 b"])
        self.assertIn("the whole: 2 results, but 1 planned", result.errors)

    def test_missing_number_is_an_error(self):
        result = self.parse(["KTAP version 1", "1..3", "ok 1 a", "ok 3 c"])
        self.assertIn("c: result number 3 where 2 was due", result.errors)

    def test_no_plan_is_an_error(self):
        result = self.parse(["KTAP version 1", "ok 1 a"])
        self.assertEqual(result.errors, ["the whole: no plan"])

    def test_suite_that_contradicts_its_cases(self):
        lines = ["KTAP version 1", "1..1", "    KTAP version 1", "    # Subtest: s", "    1..1"]
        said_ok = self.parse(lines + ["    not ok 1 a", "ok 1 s"])
        self.assertEqual((said_ok.failed, len(said_ok.errors)), (1, 1))
        said_failed = self.parse(lines + ["    ok 1 a", "not ok 1 s"])
        self.assertEqual((said_failed.passed, said_failed.failed), (1, 1))
        self.assertEqual(said_failed.failures, ["s"])

    def test_two_documents_add_up(self):
        result = self.parse(GOOD + GOOD)
        self.assertEqual((result.passed, result.documents), (8, 2))
        self.assertEqual(result.errors, [])

    def test_tap_of_cmocka(self):
        result = self.parse(["1..3", "ok 1 - drain_runs", "not ok 2 - parks", "# tests/x.c:12: error",
                             "not ok 3 # SKIP", "# not ok - tests"])
        self.assertEqual(result.summary(), "1 passed, 1 failed, 1 skipped")
        self.assertEqual(result.failures, ["parks"])
        self.assertEqual(result.errors, [])

    def test_nothing_is_not_ok(self):
        result = self.parse(["hello", "", "okay then", "not okay"])
        self.assertEqual((result.total, result.documents, result.ok), (0, 0, False))

    def test_empty_plan_is_not_ok(self):
        result = self.parse(["KTAP version 1", "1..0"])
        self.assertEqual((result.total, result.errors, result.ok), (0, [], False))

    def test_command_line(self):
        log = self.write("log", "\n".join(GOOD))
        done = self.run_tool("tools/ktap", log)
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (0, "4 passed, 0 failed, 1 skipped"))
        self.assertEqual(self.run_tool("tools/ktap", self.write("empty", "")).returncode, 5)
        self.assertEqual(self.run_tool("tools/ktap", self.path("missing")).returncode, 2)
        failing = self.write("failing", "1..1\nnot ok 1 - a\n")
        self.assertEqual(self.run_tool("tools/ktap", failing).returncode, 1)


if __name__ == "__main__":
    support.main()
