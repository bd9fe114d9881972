# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel: one ELF for GRUB (multiboot2) and for QEMU's -kernel (PVH), and a GRUB image around it.
#
# The linker runs at least twice, since the kernel holds a table of its own functions' names and
# addresses: scripts/link.sh. Interface of that table: scripts/kallsyms.py.

elf := $(O)/bottomhalf.elf
lds := $(O)/arch/x86/kernel.lds
table-s := $(O)/kallsyms.S

.PHONY: image iso objects
all: image ## build the kernel (the default)
image: $(elf)
objects: $(image-objs) $(unit-objs) ## compile the image's objects, without linking
iso: $(O)/bottomhalf.iso ## make the GRUB image (CMDLINE= goes into its menu entry)

cmd_lds = $(CC) $(x86-includes) -D__ASSEMBLY__ -DLINKER_SCRIPT -MMD -MF $(dep-file) -MT $@ -E -P -x assembler-with-cpp -o $@ $<
say_lds := LDS
$(lds): arch/x86/kernel.lds.S FORCE | $(asm-offsets)
	$(call if_changed_dep,lds)

cmd_link = CC='$(CC) $(x86-aflags)' LD='$(LD) $(x86-ldflags)' NM='$(NM)' PYTHON='$(PYTHON)' \
	sh scripts/link.sh $@ $(lds) $(image-objs) $(unit-objs)
say_link := LD
$(elf): $(image-objs) $(unit-objs) $(lds) scripts/link.sh scripts/kallsyms.py FORCE
	$(call if_changed,link)

cmd_iso = sh scripts/mkiso.sh $< $@ $(call for-shell,$(CMDLINE))
say_iso := ISO
$(O)/bottomhalf.iso: $(elf) scripts/mkiso.sh FORCE
	$(call if_changed,iso)

cmd-targets += $(lds) $(elf) $(O)/bottomhalf.iso

.PHONY: lst
lst: $(elf) ## disassemble the kernel, with its source, into bottomhalf.lst
	$(Q)$(call say,LST,bottomhalf.lst) $(OBJDUMP) -dlS $< >$(O)/bottomhalf.lst
