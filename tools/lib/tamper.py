# SPDX-License-Identifier: GPL-2.0-only
"""
A kernel image that damages what the loader left, before it looks at it.

What
	tampered(image, path, code) writes a copy of the image to path. Both of its entries, PVH's and
	multiboot2's, lead to a few instructions first, given in assembly: 32 bits, paging off, ebx points
	to the loader's block, no stack; eax, ebx and edi are to be kept. They go on to the real entry.

	So the kernel meets a loader that gives no memory map, an old one, a broken one, of which no
	emulator has any.

How
	The first segment ends in the middle of a page; the code goes behind it, and the segment grows, and
	its section, since the GRUB image gets a stripped copy. The PVH note and the entry tag of the
	multiboot2 header get the code's address.

Tests
	tools/crash
"""
import os
import struct
import subprocess
import tempfile

PROGRAM_HEADERS = 32            # offsets in the ELF header
SECTION_HEADERS = 40
NUMBER_OF_HEADERS = 56
NUMBER_OF_SECTIONS = 60
LOAD, NOTE = 1, 4
PVH_ENTRY_NOTE = struct.pack("<III4s", 4, 8, 18, b"Xen\0")
MULTIBOOT2_MAGIC = struct.pack("<II", 0xe85250d6, 0)
MULTIBOOT2_ENTRY = struct.pack("<HHI", 3, 0, 12)


def assemble(text):
    with tempfile.TemporaryDirectory() as directory:
        paths = [os.path.join(directory, name) for name in ("code.s", "code.o", "code.bin")]
        with open(paths[0], "w", encoding="utf-8") as file:
            file.write(text)
        subprocess.run(["as", "--32", "-o", paths[1], paths[0]], check=True)
        subprocess.run(["objcopy", "-O", "binary", "-j", ".text", paths[1], paths[2]], check=True)
        with open(paths[2], "rb") as file:
            return file.read()


def find(data, what, start, end):
    at = data.index(what, start, end)
    return at + len(what)


class Image:
    def __init__(self, data):
        self.data = bytearray(data)
        begin, = struct.unpack_from("<Q", data, PROGRAM_HEADERS)
        number, = struct.unpack_from("<H", data, NUMBER_OF_HEADERS)
        self.headers = [begin + 56 * i for i in range(number)]
        begin, = struct.unpack_from("<Q", data, SECTION_HEADERS)
        number, = struct.unpack_from("<H", data, NUMBER_OF_SECTIONS)
        self.sections = [begin + 64 * i for i in range(number)]

    def segment(self, header):
        """(type, offset in the file, physical address, size in the file)"""
        kind, _, offset, _, phys, size, _, _ = struct.unpack_from("<IIQQQQQQ", self.data, header)
        return kind, offset, phys, size

    def first(self):
        return next(header for header in self.headers if self.segment(header)[0] == LOAD)

    def append(self, code):
        """Behind the first segment. Returns where it is in memory."""
        header = self.first()
        _, offset, phys, size = self.segment(header)
        place = (size + 15) & ~15
        room = self.data[offset + size:offset + place + len(code)]
        assert not any(room) and len(room) == place - size + len(code), "no room behind the first segment"
        self.data[offset + place:offset + place + len(code)] = code
        struct.pack_into("<QQ", self.data, header + 32, place + len(code), place + len(code))
        for section in self.sections:
            if struct.unpack_from("<QQ", self.data, section + 24) == (offset, size):
                struct.pack_into("<Q", self.data, section + 32, place + len(code))
        return phys + place

    def entries(self):
        """Where the file holds the addresses of the two entries."""
        _, offset, _, size = self.segment(self.first())
        header = find(self.data, MULTIBOOT2_MAGIC, offset, offset + size)
        tag = find(self.data, MULTIBOOT2_ENTRY, header, offset + size)
        note = next(self.segment(h) for h in self.headers if self.segment(h)[0] == NOTE)
        return find(self.data, PVH_ENTRY_NOTE, note[1], note[1] + note[3]), tag

    def redirect(self, at, code):
        entry, = struct.unpack_from("<I", self.data, at)
        where = self.append(assemble(f"{code}\nmovl ${entry:#x}, %ecx\njmp *%ecx\n"))
        struct.pack_into("<I", self.data, at, where)


def tampered(image, path, code):
    with open(image, "rb") as file:
        copy = Image(file.read())
    for at in copy.entries():
        copy.redirect(at, code)
    with open(path, "wb") as file:
        file.write(copy.data)
    return path
