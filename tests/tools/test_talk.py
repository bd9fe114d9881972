# SPDX-License-Identifier: GPL-2.0-only
"""Talking to a boot, with a script in the place of QEMU: what comes, what does not, and how it ends."""
import support
import talk

ECHO = """#!/usr/bin/python3
import os
print("staying", flush=True)
while data := os.read(0, 100):
    print("got", data.hex(), flush=True)
    if data == b"o":
        raise SystemExit(33)
"""


class Talking(support.TestCase):
    def talk(self, script=ECHO, patience=20.0):
        return talk.Talk("kernel.elf", program=self.write("emulator", script, 0o755), patience=patience)

    def test_what_is_typed_arrives_and_the_answer_is_seen(self):
        with self.talk() as boot:
            boot.expect(["staying"])
            boot.send(talk.BREAK + b"h")
            boot.expect(["got 016268"])
            boot.send(b"o")
            self.assertEqual(boot.ended(), 33)

    def test_patterns_come_in_their_order(self):
        with self.talk("#!/bin/sh\necho one; echo two; exec sleep 60\n", patience=1.0) as boot:
            boot.expect(["one", "two"])
            with self.assertRaisesRegex(talk.Silent, "not on the console: one"):
                boot.expect(["one"])

    def test_end_before_the_answer(self):
        with self.talk("#!/bin/sh\necho one\n") as boot:
            with self.assertRaisesRegex(talk.Silent, "not on the console: two"):
                boot.expect(["two"])
            self.assertEqual(boot.ended(), 0)

    def test_emulator_that_does_not_end(self):
        with self.talk("#!/bin/sh\nexec sleep 60\n", patience=0.5) as boot:
            with self.assertRaisesRegex(talk.Silent, "does not end"):
                boot.ended()

    def test_typing_to_one_that_has_ended(self):
        with self.talk("#!/bin/sh\necho bye\n") as boot:
            self.assertEqual(boot.ended(), 0)
            boot.send(b"x")

    def test_escape_that_is_meant_is_doubled(self):
        self.assertEqual(talk.plain(b"a\x01b"), b"a\x01\x01b")

    def test_command_has_one_port_and_it_hears_break(self):
        command = talk.command_of("kernel.elf", "stay", 2)
        self.assertEqual(command.count("-serial"), 1)
        self.assertIn("chardev:line", command)
        self.assertTrue(any("mux=on" in word for word in command))


if __name__ == "__main__":
    support.main()
