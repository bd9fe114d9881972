#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# mkiso.sh KERNEL OUT [COMMAND LINE]: a GRUB image that boots KERNEL at once, from CD-ROM or USB.
#
# The copy in the image has no debugging information. GRUB's own messages go to the serial port as
# well, so that one sees whether it got so far. Fonts, themes, translations and unneeded modules are
# left out: the image is 5 MB instead of 20.
set -eu

kernel=$1 out=$2 cmdline=${3-}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

mkdir -p "$dir/iso/boot/grub"
${OBJCOPY:-objcopy} -S "$kernel" "$dir/iso/boot/bottomhalf.elf"
# GRUB reads the words in its own shell's way: escape what that would take apart. Quotes are for it to
# read: it hands a word with blanks over as "word", and would hand a quote in a word over as \".
words=$(printf '%s' "$cmdline" | awk '{
	for (i = 1; i <= length($0); i++) {
		c = substr($0, i, 1)
		if (c == "\"")
			quoted = !quoted
		printf "%s%s", index("\\$", c) || !quoted && index(";|&<>(){}", c) ? "\\" : "", c
	}
	if (quoted)
		printf "\""
}')
cat >"$dir/iso/boot/grub/grub.cfg" <<EOF
serial --unit=0 --speed=115200
terminal_output serial
set timeout=0
set default=0
menuentry "Bottomhalf" {
	multiboot2 /boot/bottomhalf.elf $words
	boot
}
EOF
if ! grub-mkrescue --locales= --fonts= --themes= --install-modules="multiboot2 normal serial" \
	-o "$dir/out.iso" "$dir/iso" >"$dir/log" 2>&1; then
	cat "$dir/log" >&2
	exit 1
fi
mv "$dir/out.iso" "$out"
