#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""
The kernel's table of its own functions: `nm -n` output in, assembly out.

What
	kallsyms_count		u32	how many there are
	kallsyms_addresses	u32[]	offset of each from _text, ascending
	kallsyms_name_offsets	u32[]	where its name begins in kallsyms_names
	kallsyms_names		char[]	the names, each ended by a NUL

	They are in the section .rodata..kallsyms. Of several names for one address the first in
	nm's order that is global is taken. Without input the table is empty, for the first link.

Tests
	tests/tools/test_kallsyms.py
"""
import sys

SKIP = (".L", "__compound_literal", "$")


def functions(lines):
    """(offset, name) of each function between _text and _etext, one a place, ascending."""
    symbols = []
    for line in lines:
        fields = line.split()
        if len(fields) == 3:
            symbols.append((int(fields[0], 16), fields[1], fields[2]))
    start = next((address for address, _, name in symbols if name == "_text"), None)
    end = next((address for address, _, name in symbols if name == "_etext"), None)
    if start is None or end is None:
        if symbols:
            sys.exit("kallsyms: the kernel has no symbols _text and _etext around its code")
        return []
    best = {}
    for address, kind, name in symbols:
        if kind not in "tTwW" or not start <= address < end or name.startswith(SKIP):
            continue
        if name in ("_text", "_stext"):
            continue
        if address not in best or (kind in "TW" and best[address][0] in "tw"):
            best[address] = (kind, name)
    return [(address - start, best[address][1]) for address in sorted(best)]


def emit(table, out):
    out.write('\t.section .rodata..kallsyms, "a", @progbits\n')

    def begin(symbol):
        out.write(f"\t.balign 8\n\t.globl {symbol}\n\t.type {symbol}, @object\n{symbol}:\n")

    begin("kallsyms_count")
    out.write(f"\t.long {len(table)}\n")
    begin("kallsyms_addresses")
    for offset, _ in table:
        out.write(f"\t.long {offset:#x}\n")
    begin("kallsyms_name_offsets")
    position = 0
    for _, name in table:
        out.write(f"\t.long {position}\n")
        position += len(name) + 1
    begin("kallsyms_names")
    for _, name in table:
        out.write(f'\t.asciz "{name}"\n')
    out.write('\t.section .note.GNU-stack, "", @progbits\n')


if __name__ == "__main__":
    emit(functions(sys.stdin), sys.stdout)
