# SPDX-License-Identifier: GPL-2.0-only
"""
Every instruction that a machine executes, out of QEMU's own log.

What
	logged(boot, timeout)	run a boot under -singlestep -d exec,nochain, its log through a pipe; a Log, while the machine runs
	Log.skip_to()		to the n-th execution of an address
	Log.addresses()		what is executed from there on, one by one
	Log.count_to()		how many instructions until an address, this one not included

	The log has some 100 bytes an instruction, so nothing of it is kept, and the machine is ended when the
	reader has seen enough.

Tests
	tests/tools/test_profile.py
"""
import contextlib
import os
import re
import tempfile
import threading

import runner
from machine import Qemu

# What takes back the line before it: an interrupt was due first; or the instruction reaches a device, and runs again.
TAKEN_BACK = (b"Stopped", b"cpu_io_recompile")
TRACE = re.compile(rb"Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/")


# Where the kernel runs: as loaded, and then at -2 GiB.
RANGES = "0x100000..0x7ffffff,0xffffffff80000000..0xffffffffffffffff"


class Ended(Exception):
    """The log ended too early."""


class Log:
    """QEMU's log of instructions, read as it is written."""

    def __init__(self, path):
        self.file = open(path, "rb", buffering=0)
        self.data = b""

    def more(self):
        data = self.file.read(1 << 20)
        if not data:
            raise Ended("QEMU ended, or took too long, before all was seen that should be")
        self.data += data

    def skip_to(self, address, times):
        """To the line of the n-th execution of the instruction there."""
        mark = b"/%016x/" % address
        while True:
            whole = self.data.rfind(b"\n") + 1
            at = -1
            while times and (found := self.data.find(mark, at + 1, whole)) >= 0:
                at = found
                times -= 1
            if not times:
                self.data = self.data[self.data.rfind(b"\n", 0, at) + 1:]
                return
            self.data = self.data[whole:]
            self.more()

    def addresses(self):
        """What is executed from here on."""
        held = None
        while True:
            *lines, self.data = self.data.split(b"\n")
            for line in lines:
                match = TRACE.match(line)
                if not match:
                    held = None if line.startswith(TAKEN_BACK) else held
                    continue
                if held is not None:
                    yield held
                held = int(match[1], 16)
            self.more()

    def count_to(self, address):
        mark = b"/%016x/" % address
        n = 0
        while True:
            whole = self.data.rfind(b"\n") + 1
            at = self.data.find(mark, 0, whole)
            seen = self.data[:whole if at < 0 else self.data.rfind(b"\n", 0, at) + 1]
            n += seen.count(b"Trace ") - sum((b"\n" + seen).count(b"\n" + word) for word in TAKEN_BACK)
            self.data = self.data[len(seen):]
            if at >= 0:
                return n
            self.more()


@contextlib.contextmanager
def logged(boot, timeout):
    """Of the firmware, which takes longer than the kernel, nothing is logged."""
    with tempfile.TemporaryDirectory(prefix="bottomhalf-") as directory:
        path = os.path.join(directory, "log")
        os.mkfifo(path)
        boot.extra += ["-singlestep", "-d", "exec,nochain", "-dfilter", RANGES, "-D", path]
        process = runner.start(Qemu(), Qemu().prepare(boot, directory), directory)
        threading.Thread(target=process.stdout.read, daemon=True).start()     # or it would be full, and QEMU wait
        watch = threading.Timer(timeout, runner.stop, (process,))
        watch.start()
        try:
            yield Log(path)
        finally:
            watch.cancel()
            runner.stop(process)
