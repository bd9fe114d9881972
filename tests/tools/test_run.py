# SPDX-License-Identifier: GPL-2.0-only
"""The runner, with scripts in the place of emulators: each way a boot can end has its own status."""
import os
import signal
import subprocess
import time

import support

PLAN = "echo 'KTAP version 1'; echo '1..1'; echo '    KTAP version 1'; echo '    # Subtest: softirq'; echo '    1..2'\n"
FIRST = "echo '    # raised_runs starting'; echo '    ok 1 raised_runs'\n"
SECOND = "echo '    # masked_waits starting'; echo '    ok 2 masked_waits'; echo 'ok 1 softirq'\n"
GOODBYE = "echo 'bottomhalf: shutdown: result=pass'; exit 33\n"


class Run(support.TestCase):
    def boot(self, script, *args, emu="qemu", boot="pvh"):
        self.write("kernel.elf", "")
        fake = self.write("emulator", "#!/bin/bash\n" + script, 0o755)
        return self.run_tool("tools/run", "--image", self.path("kernel.elf"), "--boot", boot, "--emu", emu,
                             "--emulator", fake, "--timeout", "20", "--silence", "10", *args)

    def ends(self, done, status, *texts):
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        for text in texts:
            self.assertIn(text, done.stdout)

    def test_pass(self):
        done = self.boot(PLAN + FIRST + SECOND + GOODBYE)
        self.ends(done, 0, "raised_runs", "qemu q35 pvh, 4 CPUs, 256M: pass in ")
        self.assertEqual(done.stdout.splitlines()[-1], "2 passed, 0 failed, 0 skipped")

    def test_summary_hides_console(self):
        done = self.boot(PLAN + FIRST + SECOND + GOODBYE, "--summary")
        self.assertEqual(len(done.stdout.splitlines()), 2, done.stdout)

    def test_log_is_written(self):
        self.boot(PLAN + FIRST + SECOND + GOODBYE, "--log", self.path("log"))
        with open(self.path("log"), encoding="utf-8") as log:
            self.assertIn("ok 1 raised_runs", log.read())

    def test_failed_test(self):
        done = self.boot(PLAN + FIRST + "echo '    not ok 2 masked_waits'; echo 'not ok 1 softirq'\n"
                         "echo 'bottomhalf: shutdown: result=fail'; exit 35")
        self.ends(done, 1, "failed: softirq.masked_waits", "1 passed, 1 failed, 0 skipped")

    def test_failed_test_with_a_pass_at_the_end(self):
        done = self.boot(PLAN + FIRST + "echo '    not ok 2 masked_waits'; echo 'not ok 1 softirq'\n" + GOODBYE)
        self.ends(done, 1)

    def test_kernel_says_fail_though_all_passed(self):
        done = self.boot(PLAN + FIRST + SECOND + "echo 'bottomhalf: shutdown: result=fail'; exit 35")
        self.ends(done, 1, "result=fail")

    def test_panic_names_the_test(self):
        done = self.boot(PLAN + FIRST + "echo '    # masked_waits starting'; echo 'panic: list corrupted'\n"
                         "echo '  backtrace line'; sleep 60")
        self.ends(done, 3, "panic: list corrupted, in test softirq.masked_waits", "backtrace line")

    def test_panic_with_a_pass_after_it(self):
        done = self.boot(PLAN + FIRST + SECOND + "echo 'panic: too late'\n" + GOODBYE)
        self.ends(done, 3, "panic: too late")

    def test_triple_fault(self):
        done = self.boot(PLAN + FIRST + "exit 0")
        self.ends(done, 3, "triple fault", "after test softirq.raised_runs")

    def test_emulator_dies(self):
        done = self.boot("echo 'cannot set up guest memory' >&2; exit 1")
        self.ends(done, 3, "QEMU ended with status 1, before the first test", "cannot set up guest memory")

    def test_pass_said_but_then_triple_fault(self):
        done = self.boot(PLAN + FIRST + SECOND + "echo 'bottomhalf: shutdown: result=pass'; exit 0")
        self.ends(done, 3, "triple fault")

    def test_silence_names_the_running_test(self):
        done = self.boot(PLAN + FIRST + "echo '    # masked_waits starting'; sleep 60", "--silence", "1")
        self.ends(done, 4, "silent for 1 s, in test softirq.masked_waits")

    def test_timeout(self):
        done = self.boot(PLAN + FIRST + "while :; do echo noise; sleep 0.1; done", "--timeout", "1.5")
        self.ends(done, 4, "not done after 1.5 s, after test softirq.raised_runs")

    def test_no_plan(self):
        self.ends(self.boot("echo 'hello'\n" + GOODBYE), 5, "no test plan")

    def test_truncated_plan(self):
        done = self.boot(PLAN + FIRST + GOODBYE)
        self.ends(done, 1, "softirq: 1 results of 2 planned")

    def test_zero_tests(self):
        self.ends(self.boot("echo 'KTAP version 1'; echo '1..0'\n" + GOODBYE), 5, "zero tests")

    def test_last_line_without_newline(self):
        self.ends(self.boot(PLAN + FIRST + SECOND + "printf 'bottomhalf: shutdown: result=pass'; exit 33"), 0)

    def test_escapes_of_the_boot_loader(self):
        done = self.boot("printf '\\033[H\\033[J\\033[1;1H\\033[0m'\n" + PLAN + FIRST + SECOND + GOODBYE)
        self.ends(done, 0)
        self.assertTrue(done.stdout.startswith("KTAP version 1\n"), done.stdout)

    def test_no_image(self):
        done = self.run_tool("tools/run", "--image", self.path("none"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("there is no image", done.stderr)

    def test_impossible_machines(self):
        for words in (("--cpus", "0"), ("--cpus", "65"), ("--mem", "lots"), ("--mem", "0M"), ("--machine", "isapc")):
            done = self.boot(GOODBYE, *words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(words[0], done.stderr)

    def test_no_emulator(self):
        self.write("kernel.elf", "")
        done = self.run_tool("tools/run", "--image", self.path("kernel.elf"), "--boot", "pvh",
                             "--emulator", self.path("none"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("is not installed", done.stderr)

    def test_arguments_of_qemu(self):
        done = self.boot("printf '%s\\n' \"$@\"\n" + PLAN + FIRST + SECOND + GOODBYE, "--cpus", "2", "--mem", "64M",
                         "--machine", "pc", "--cmdline", "a=b c;d", "--icount", "--extra=-d", "--extra=int")
        words = done.stdout.splitlines()
        for name, value in (("-smp", "2"), ("-m", "64M"), ("-machine", "pc"), ("-append", "a=b c;d"),
                            ("-icount", "shift=0,sleep=off,rr=record,rrfile=/dev/null"), ("-d", "int")):
            self.assertEqual(words[words.index(name) + 1], value)

    def interrupt(self, number):
        """Send a signal to a runner; return it, and whether its emulator (with a child) is gone."""
        self.write("kernel.elf", "")
        fake = self.write("emulator", f"#!/bin/bash\ntrap '' TERM\nsleep 300 & echo $$ $! >{self.path('pids')}\n"
                          "echo up; wait; wait", 0o755)
        runner = subprocess.Popen([support.PYTHON, os.path.join(support.TOP, "tools/run"), "--boot", "pvh", "--image",
                                   self.path("kernel.elf"), "--emulator", fake], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": self.directory})
        self.addCleanup(runner.stdout.close)
        self.assertEqual(runner.stdout.readline(), b"up\n")
        with open(self.path("pids"), encoding="utf-8") as pids:
            emulator, child = (int(word) for word in pids.read().split())
        self.addCleanup(self.end, child)
        runner.send_signal(number)
        runner.wait(20)
        time.sleep(0.3)
        return runner.returncode, [self.alive(emulator), self.alive(child)]

    def end(self, pid):
        if self.alive(pid):
            os.kill(pid, signal.SIGKILL)

    @staticmethod
    def alive(pid):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
                return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
        except FileNotFoundError:
            return False

    def test_interrupt_leaves_nothing_behind(self):
        self.assertEqual(self.interrupt(signal.SIGINT), (130, [False, False]))

    def test_terminate_leaves_nothing_behind(self):
        self.assertEqual(self.interrupt(signal.SIGTERM), (143, [False, False]))

    def test_kill_leaves_no_emulator_behind(self):
        status, alive = self.interrupt(signal.SIGKILL)
        self.assertEqual((status, alive[0]), (-9, False))


class RunBochs(support.TestCase):
    """Bochs: the console is a file, the status says nothing, the log tells of crashes."""

    SETUP = "rc=$3; com=$(sed -n 's/^com1:.*dev=//p' $rc); log=$(sed -n 's/^log: //p' $rc)\n"

    def boot(self, script, *args):
        fake = self.write("emulator", "#!/bin/bash\n" + self.SETUP + "{\n" + script + "\n} >>$com\n"
                          "[ -z \"$crash\" ] || echo \"$crash\" >$log\nexit 1", 0o755)
        # GRUB's tools are not what is tested here: the image is "made" by a script of this name.
        self.write("kernel.elf", "")
        self.write("bin/grub-mkrescue", "#!/bin/bash\nwhile [ $# -gt 0 ]; do [ $1 = -o ] && touch $2; shift; done", 0o755)
        self.write("bin/objcopy", "#!/bin/sh\ntouch $3", 0o755)
        return self.run_tool("tools/run", "--image", self.path("kernel.elf"), "--emu", "bochs", "--emulator", fake,
                             "--timeout", "20", "--silence", "10", *args,
                             env={"PATH": self.path("bin") + ":" + os.environ["PATH"]})

    def test_pass(self):
        done = self.boot(PLAN + FIRST + "sleep 0.5\n" + SECOND + "echo 'bottomhalf: shutdown: result=pass'")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("bochs i440fx bios, 4 CPUs, 256M: pass", done.stdout)

    def test_triple_fault(self):
        done = self.boot(PLAN + FIRST + "crash='(0).[1] exception(): 3rd (13) exception with no resolution'")
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertIn("triple fault", done.stdout)

    def test_silence(self):
        done = self.boot(PLAN + FIRST + "echo '    # masked_waits starting'; sleep 30", "--silence", "1")
        self.assertEqual(done.returncode, 4, done.stdout + done.stderr)
        self.assertIn("in test softirq.masked_waits", done.stdout)

    def test_pvh_is_refused(self):
        done = self.boot("true", "--boot", "pvh")
        self.assertEqual(done.returncode, 2)
        self.assertIn("BIOS", done.stderr)


if __name__ == "__main__":
    support.main()
