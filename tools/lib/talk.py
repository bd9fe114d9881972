# SPDX-License-Identifier: GPL-2.0-only
"""
A boot under QEMU that one can type to: the guest's serial port both ways, BREAK included.

What
	with Talk(image, cmdline) as talk:
	    talk.expect(["staying"])			waits for patterns, in this order
	    talk.send(BREAK + b"h")
	    talk.expect(["sysrq: keys"])
	    status = talk.ended()

	QEMU's multiplexed character device has an escape, Ctrl-A: with b after it, it makes the guest's
	port see BREAK. plain() doubles a Ctrl-A that is meant as one.

Limits
	BREAK overtakes what was typed before and the guest has not taken yet: wait for an answer first.
	Patience seconds for each pattern, more than any machine needs; what is waited for ends the wait.

Tests
	tests/tools/test_talk.py
"""
import os
import re
import selectors
import subprocess
import time

import runner
from machine import Boot, Qemu

BREAK = b"\x01b"
NUL = b"\0"
PATIENCE = 60.0


class Silent(Exception):
    """A pattern that did not come; the text says which."""


def plain(data):
    return data.replace(b"\x01", b"\x01\x01")


def command_of(image, cmdline, cpus, program=None):
    """Qemu's command for a boot by PVH, with its standard input and output as a port that hears BREAK."""
    command = Qemu(program).prepare(Boot(image, boot="pvh", cpus=cpus, cmdline=cmdline), None)
    at = command.index("-serial")
    return command[:at] + ["-chardev", "stdio,id=line,mux=on,signal=off", "-serial", "chardev:line"] + command[at + 2:]


class Talk:
    def __init__(self, image, cmdline="", cpus=2, program=None, patience=PATIENCE):
        self.text, self.at, self.patience = "", 0, patience
        self.process = subprocess.Popen(command_of(image, cmdline, cpus, program), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
                                        stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=runner.die_with_parent)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        runner.stop(self.process)
        self.selector.close()
        self.process.stdin.close()
        self.process.stdout.close()

    def send(self, data):
        try:
            self.process.stdin.write(data)
        except BrokenPipeError:
            pass        # what is expected next will be missing

    def _read(self, seconds):
        """Some more text; False at the end."""
        if not self.selector.select(seconds):
            return True
        data = self.process.stdout.read()
        self.text += (data or b"").decode("utf-8", "replace").replace("\r", "")
        return data != b""

    def expect(self, patterns):
        """Each pattern, behind the one before."""
        for pattern in patterns:
            end = time.monotonic() + self.patience
            more = True
            while not (found := re.compile(pattern).search(self.text, self.at)):
                if not more or time.monotonic() > end:
                    raise Silent(f"not on the console: {pattern}")
                more = self._read(0.2)
            self.at = found.end()

    def ended(self):
        """The emulator's status, when it ends by itself."""
        end = time.monotonic() + self.patience
        while self._read(0.2):
            if time.monotonic() > end:
                raise Silent("the emulator does not end")
        return self.process.wait(self.patience)
