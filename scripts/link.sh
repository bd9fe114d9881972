#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# link.sh OUT SCRIPT OBJECT...: link the kernel, with the table of its own symbols in it.
#
# The table (scripts/kallsyms.py) can only be made of a linked kernel, and moves what lies behind it
# when it goes in. So: link with an empty table, link with that kernel's table, and go on until the
# table made of a kernel is the one that is in it. The size of the table depends on the names only;
# so the third link is right at the latest, and a fourth means that something is wrong.
#
# CC, LD, NM, PYTHON come from the environment. Makes OUT, and OUT's name with .map.
set -eu

out=$1 script=$2
shift 2
dir=$(dirname "$out")
table=$dir/kallsyms.S
map=${out%.elf}.map

$PYTHON scripts/kallsyms.py </dev/null >"$table"
for pass in 1 2 3 4; do
	$CC -c -o "$dir/kallsyms.o" "$table"
	$LD -T "$script" -Map "$map" -o "$out.tmp" "$@" "$dir/kallsyms.o"
	$NM -n "$out.tmp" | $PYTHON scripts/kallsyms.py >"$table.next"
	if cmp -s "$table" "$table.next"; then
		rm "$table.next"
		mv "$out.tmp" "$out"
		exit 0
	fi
	mv "$table.next" "$table"
done
echo "link.sh: addresses still move after $pass passes; the last table is $table" >&2
exit 1
