# SPDX-License-Identifier: GPL-2.0-only
#
# Bottomhalf: one make for the whole tree.
#
# What
#	This make never calls itself for a directory. It reads every Kbuild file, in the order of
#	the links below, and so knows all objects and what each depends on. The rules are in
#	scripts/, a file a concern:
#	  config.mk	options: .config, and what is generated from it
#	  flags.mk	the compilers and what they are told
#	  kbuild.mk	which objects there are (Kbuild), and how one is made
#	  module.mk	modules, each as one object with a scope of its own
#	  image.mk	the kernel: ELF in three passes, the GRUB image
#	  host.mk	the same core files for the simulated machine, and the tests on it
#	  run.mk	boot it: run, debug
#	  checks.mk	tests: check and its parts
#	  conformance.mk	the same sources on Linux and here
#	  install.mk	Debian packages that a target needs
#
# Variables of a user
#	O=dir		where everything goes that is made (build)
#	CONFIG=name	which of configs/ to take when there is no .config (defconfig)
#	M=dir		a directory of modules to link in, too (scripts/module.mk)
#	CROSS_COMPILE=	prefix of gcc and binutils	LLVM=1	clang and lld instead
#	V=1		show whole commands
#
# Limits
#	It runs in the top directory of the tree. Names of files hold no spaces.

O ?= build
override O := $(patsubst %/,%,$(O))
# The image; host.mk calls this make again with ARCH=host for the simulated machine.
ARCH := x86
PYTHON := /usr/bin/python3

# Our rules are all here; make's own would only cost time.
MAKEFLAGS += -rR --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif
SHELL := /bin/sh
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: FORCE
FORCE:

# Lines of recipes are not echoed; each says its short line, or with V=1 the whole command.
V ?= 0
Q := $(if $(filter 0,$(V)),@)
say = $(if $(filter 0,$(V)),printf '  %-8s%s\n' $(1) $(2);)

.DEFAULT_GOAL := all
.PHONY: all

# Some targets make or change the configuration, or need none: they must work before there is one.
no-config-targets := help clean mrproper install-deps check-deps %config config-% \
	run debug bench bench-% profile check check-% conformance conformance-% mutants layers \
	replay host-%
goals := $(or $(MAKECMDGOALS),all)
need-config := $(filter-out $(no-config-targets),$(goals))

include scripts/config.mk
ifneq ($(need-config),)
include $(O)/include/config/auto.conf
endif
include scripts/flags.mk
include scripts/kbuild.mk
include scripts/module.mk
-include scripts/host.mk
ifeq ($(ARCH),x86)
include scripts/image.mk
include scripts/run.mk
include scripts/bench.mk
include scripts/checks.mk
include scripts/conformance.mk
include scripts/install.mk
endif

# What was saved beside each target when it was made, and the directories to make it in.
cmd-targets += $(filter $(O)/%,$(goals))
ifneq ($(need-config),)
$(shell mkdir -p $(sort $(dir $(cmd-targets))))
-include $(wildcard $(foreach target,$(cmd-targets),$(call cmd-file,$(target))))
endif

# A sub-make with a configuration: what the targets that need none call, once all is installed.
submake = $(MAKE) O=$(O)

.PHONY: clean mrproper help
clean: ## remove what was built, keep the configuration
	$(Q)if [ -d $(O) ]; then find $(O) -mindepth 1 -maxdepth 1 ! -name .config -exec rm -rf {} +; fi

mrproper: ## remove the whole output directory
	$(Q)rm -rf $(O)

help: ## this list
	@echo 'make [target] [O=dir] [CONFIG=$(subst $() ,|,$(notdir $(wildcard configs/*)))] [M=dir] [LLVM=1] [CROSS_COMPILE=prefix-] [V=1]'
	@awk -F ':.*## ' '/^[a-z%][a-zA-Z0-9_%. -]*:.*## / { printf "  %-24s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)
