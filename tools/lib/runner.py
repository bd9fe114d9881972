# SPDX-License-Identifier: GPL-2.0-only
"""
One boot under watch: start the emulator, read the console, judge, leave nothing behind.

What
	run(boot, limits, echo) returns a Verdict. The console decides: only the kernel's own last line,
	"bottomhalf: shutdown: result=pass", together with KTAP that keeps its promises and an emulator
	that ended as it should, is a pass. All else has a name:

	verdict		status	when
	pass		0
	fail		1	a test failed, results are missing, or the kernel says result=fail
	(usage)		2	no image, no emulator, an impossible machine
	crash		3	"panic:", a triple fault, an emulator that ended by itself
	hang		4	nothing printed for `silence` seconds, or not done after `timeout`
	untested	5	no plan, or no test

	A crash or hang names the test that was running: the last one said to start, without a result.

Contexts
	Signals: INT and TERM end the emulator first. It is its own process group, and is killed by
	the system, too, if this process disappears.

Tests
	tests/tools/test_run.py, with scripts in the place of the emulators
"""
import ctypes
import os
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time

import ktap
from machine import EMULATORS, Unusable

PASS, FAIL, USAGE, CRASH, HANG, UNTESTED = range(6)
WORDS = ("pass", "fail", "usage", "crash", "hang", "untested")

PANIC = re.compile(r"(?:\[ *\d+\.\d+\] )?(?:kernel )?panic: (.*)", re.IGNORECASE)
SHUTDOWN = re.compile(r"(?:\[ *\d+\.\d+\] )?bottomhalf: shutdown: result=(\w+)")
ESCAPE = re.compile(r"\x1b(?:\[[0-9;?=]*[A-Za-z]|[c78()][0-9A-B]?)")
PANIC_GRACE = 3.0       # seconds for what a panic prints after its first line
SHUTDOWN_GRACE = 15.0   # seconds from the kernel's last line to the emulator's end
POLL = 0.05


class Limits:
    def __init__(self, timeout=180.0, silence=60.0):
        self.timeout = timeout
        self.silence = silence


class Verdict:
    def __init__(self, boot, code, reason, tests, seconds, lines):
        self.boot = boot
        self.code = code
        self.word = WORDS[code]
        self.reason = reason
        self.tests = tests
        self.seconds = seconds
        self.lines = lines


class Console:
    """The guest's serial port as whole lines: of the emulator's output, or of a file it writes."""

    def __init__(self, process, path):
        self._rest = b""
        self._file = open(path, "rb") if path else None
        self._pipe = process.stdout
        os.set_blocking(self._pipe.fileno(), False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._pipe, selectors.EVENT_READ)
        self.other = b""        # what the emulator itself said, where that is not the console

    def wait(self, seconds):
        if self._selector.get_map():
            self._selector.select(min(seconds, POLL) if self._file else seconds)
        else:
            time.sleep(min(seconds, POLL))

    def _read_pipe(self):
        try:
            data = self._pipe.read()
        except BlockingIOError:
            return b""
        if data == b"" and self._selector.get_map():
            self._selector.unregister(self._pipe)
        return data or b""

    def lines(self):
        data = self._read_pipe()
        if self._file:
            self.other = (self.other + data)[-4096:]
            data = self._file.read()
        self._rest += data
        *whole, self._rest = self._rest.split(b"\n")
        return [self._clean(line) for line in whole]

    def last(self):
        """What stands there without an end of line, when no more can come."""
        rest, self._rest = self._rest, b""
        return [self._clean(rest)] if rest.strip() else []

    @property
    def partial(self):
        return len(self._rest)

    @staticmethod
    def _clean(line):
        return ESCAPE.sub("", line.decode("utf-8", "replace")).strip("\r").rstrip()

    def close(self):
        self._selector.close()
        self._pipe.close()
        if self._file:
            self._file.close()


class Watch:
    """What the console has said so far, and what follows from it."""

    def __init__(self):
        self.tests = ktap.Parser()
        self.panic = None
        self.shutdown = None
        self.lines = []

    def line(self, text):
        self.lines.append(text)
        self.tests.feed(text)
        match = PANIC.match(text)
        if match and self.panic is None:
            self.panic = match[1]
        match = SHUTDOWN.match(text)
        if match:
            self.shutdown = match[1]

    def where(self):
        if self.tests.running:
            return f", in test {self.tests.running}"
        if self.tests.last:
            return f", after test {self.tests.last}"
        return ", before the first test"


def die_with_parent():
    """In the emulator, before it starts: end when this process does, however it ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def start(emulator, command, directory):
    try:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                cwd=directory if emulator.litters else None,
                                env={**os.environ, **emulator.environment}, start_new_session=True,
                                preexec_fn=die_with_parent)
    except FileNotFoundError:
        raise Unusable(f"{command[0]} is not installed: sh scripts/deps.sh install {emulator.package_group}") from None


def stop(process):
    """End the emulator and whatever it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(2)
            if number == signal.SIGTERM:
                continue        # the group may have others in it
        except subprocess.TimeoutExpired:
            pass
    process.wait()


class Interrupted(Exception):
    def __init__(self, number):
        super().__init__(f"signal {number}")
        self.number = number


def interrupted(number, _frame):
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)     # once is enough; the clean-up is not to be cut short
    raise Interrupted(number)


def follow(process, console, watch, limits, echo, begin):
    """Read until the emulator ends or is given up. Returns why it was given up, or None."""
    heard = begin
    ending = None               # when to stop waiting for an end that was announced
    partial = 0
    while True:
        console.wait(0.2)
        exited = process.poll() is not None     # asked before the last look at the console
        lines = console.lines() + (console.last() if exited else [])
        now = time.monotonic()
        for text in lines:
            echo(text)
            watch.line(text)
        if lines or console.partial != partial:
            heard, partial = now, console.partial
        if exited:
            return None
        if ending is None and watch.shutdown:
            ending = now + SHUTDOWN_GRACE
        elif ending is None and watch.panic is not None:
            ending = now + PANIC_GRACE
        if ending is not None:
            if now > ending:
                return "the machine did not stop"
        elif limits.timeout and now - begin > limits.timeout:
            return f"not done after {limits.timeout:g} s{watch.where()}"
        elif limits.silence and now - heard > limits.silence:
            return f"silent for {limits.silence:g} s{watch.where()}"


def judge(watch, given_up, end):
    """(status, reason) of the whole. The worst that happened comes first."""
    told_pass, told_fail, crashed = end
    tests = watch.tests
    if watch.panic is not None:
        return CRASH, f"panic: {watch.panic}{watch.where()}"
    if given_up:
        return HANG, given_up + (f" after result={watch.shutdown}" if watch.shutdown else "")
    if watch.shutdown is None:
        return CRASH, (crashed or "the machine stopped without the kernel's last line") + watch.where()
    if tests.documents == 0:
        return UNTESTED, "no test plan: the kernel ran no tests"
    if tests.failed:
        return FAIL, "failed: " + ", ".join(tests.failures[:5]) + (" ..." if tests.failed > 5 else "")
    if tests.errors:
        return FAIL, "; ".join(tests.errors[:5])
    if tests.passed == 0:
        return UNTESTED, "zero tests passed" + (f", {tests.skipped} skipped" if tests.skipped else "")
    if watch.shutdown != "pass" or told_fail:
        return FAIL, f"all tests passed, but the kernel says result={watch.shutdown}"
    if crashed and not told_pass:
        return CRASH, f"result=pass, but then: {crashed}"
    return PASS, ""


def run(boot, limits, echo=lambda text: None, program=None):
    """Boot, watch and judge. Raises Unusable if it cannot be tried, Interrupted on a signal."""
    emulator = EMULATORS[boot.emu](program)
    if not os.path.exists(boot.image):
        raise Unusable(f"there is no image {boot.image}: make image")
    directory = tempfile.mkdtemp(prefix="bottomhalf-")
    process, console, watch = None, None, Watch()
    begin = time.monotonic()
    try:
        process = start(emulator, emulator.prepare(boot, directory), directory)
        begin = time.monotonic()
        console = Console(process, os.path.join(directory, emulator.console) if emulator.console else None)
        given_up = follow(process, console, watch, limits, echo, begin)
        if given_up:
            stop(process)
            for text in console.lines() + console.last():
                echo(text)
                watch.line(text)
        end = emulator.ended(process.returncode, directory)
        if boot.emu == "bochs" and watch.shutdown:
            end = (watch.shutdown == "pass", watch.shutdown != "pass", None)
        if watch.shutdown is None and not given_up and console.other.strip():
            echo(console.other.decode("utf-8", "replace").strip())
        watch.tests.finish()
        code, reason = judge(watch, given_up, end)
    finally:
        if process:
            stop(process)
        if console:
            console.close()
        shutil.rmtree(directory, ignore_errors=True)
    return Verdict(boot, code, reason, watch.tests, time.monotonic() - begin, watch.lines)
