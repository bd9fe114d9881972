# SPDX-License-Identifier: GPL-2.0-only
"""What the tests of the tools share: a directory that goes away, and running a tool of the tree."""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tools/lib"))
PYTHON = "/usr/bin/python3"

main = unittest.main


class TestCase(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="bottomhalf-test-")
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, text, mode=0o644):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def copy(self, *names):
        """Files and directories of this tree to the same places under tree/; "Kconfig": each of them that there is."""
        if "Kconfig" in names:
            names = [name for name in names if name != "Kconfig"] + [
                os.path.relpath(path, TOP) for pattern in ("Kconfig", "*/Kconfig*", "*/*/Kconfig") for path in glob.glob(os.path.join(TOP, pattern))]
        for name in names:
            source, target = os.path.join(TOP, name), self.path("tree/" + name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if os.path.isdir(source):
                shutil.copytree(source, target)
            else:
                shutil.copy(source, target)

    def run_tool(self, tool, *args, **kwargs):
        """A Python tool of the tree, with its output as text."""
        return self.run_command([PYTHON, os.path.join(TOP, tool), *args], **kwargs)

    @staticmethod
    def run_command(command, **kwargs):
        kwargs.setdefault("timeout", 60)
        kwargs.setdefault("cwd", TOP)
        env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "O", "V")}
        env.update(kwargs.pop("env", {}))
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                              env=env, **kwargs)
