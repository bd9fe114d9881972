# SPDX-License-Identifier: GPL-2.0-only
#
# Boot the kernel: install what that needs, take the default configuration if there is none, build,
# start an emulator, show the console and judge it (tools/run).
#
# Variables
#	CPUS=4 MEM=256M		the machine	MACHINE=q35|pc|microvm	QEMU's
#	BOOT=bios|pvh		through GRUB on a CD-ROM, or QEMU's -kernel
#	EMU=qemu|bochs		the emulator
#	CMDLINE=...		the kernel's command line
#	TIMEOUT=seconds		for the whole boot

CPUS ?= 4
MEM ?= 256M
BOOT ?= bios
EMU ?= qemu
MACHINE ?= q35
CMDLINE ?=
TIMEOUT ?= $(if $(filter bochs,$(EMU)),600,180)

run-deps = build $(toolchain) $(EMU) $(if $(filter-out pvh,$(BOOT)),iso)
run-args = --image $(elf) --boot $(BOOT) --emu $(EMU) --machine $(MACHINE) --cpus $(CPUS) --mem $(MEM) \
	--cmdline $(call for-shell,$(CMDLINE)) --timeout $(TIMEOUT)

.PHONY: run debug
run: ## install what is missing, build, boot under QEMU or Bochs, run the selftests
	@sh scripts/deps.sh install $(run-deps)
	@+$(submake) image
	@$(PYTHON) tools/run $(run-args)

debug: ## the same, but stopped before the first instruction, with the line for gdb
	@sh scripts/deps.sh install $(run-deps)
	@+$(submake) image
	@$(PYTHON) tools/run $(run-args) --debug
