# SPDX-License-Identifier: GPL-2.0-only
#
# The conformance units (tests/conformance/) on Linux and here (tools/conformance).
#
# What is for Linux only, tests/conformance/linux/*.c, is built by tools/lib/linux.py.
#
# Variables
#	LINUX=dir	where Debian's kernels are kept unpacked ($(O)/linux); 200 MB
#	UNIT=name	only this unit

LINUX ?= $(O)/linux
UNIT ?=

conformance-args = --out $(O)/conformance $(foreach u,$(UNIT),--unit $(call for-shell,$(u)))
# The images of both emulators, in the directories where make check builds its own.
conformance-qemu = $(O)/check/gcc-conformance
conformance-bochs = $(O)/check/gcc-conformance-bochs
conformance-images = --image $(conformance-qemu)/bottomhalf.elf --bochs-image $(conformance-bochs)/bottomhalf.elf

check-parts += check-conformance

conformance-consoles = $(O)/conformance/consoles

.PHONY: conformance check-conformance conformance-record conformance-image
conformance-image:
	@+$(MAKE) O=$(conformance-qemu) config-conformance
	@+$(MAKE) O=$(conformance-qemu) image
	@+$(MAKE) O=$(conformance-bochs) config-conformance-bochs
	@+$(MAKE) O=$(conformance-bochs) image

conformance: ## run the same sources on Debian's Linux (gets it) and here, and compare what they say
	@sh scripts/deps.sh install build gcc iso qemu bochs linux
	@$(PYTHON) tools/conformance fetch --cache $(LINUX)
	@+$(MAKE) conformance-image
	@$(PYTHON) tools/conformance all --cache $(LINUX) $(conformance-args) $(conformance-images)

# On the simulated machine by the plainest schedule here; that others say the same is check-host's.
check-conformance: ## run them here, and compare with what is recorded from Linux
	@sh scripts/deps.sh install build gcc iso qemu bochs host
	@+$(MAKE) conformance-image
	@+$(MAKE) host-tests
	@mkdir -p $(conformance-consoles)
	@$(host-tests) --seeds 0 --consoles $(conformance-consoles) 'conformance' >$(conformance-consoles)/host.txt \
		|| { cat $(conformance-consoles)/host.txt; false; }
	@$(PYTHON) tools/conformance check $(conformance-args) $(conformance-images) \
		$(foreach n,1 2 3 4,host-$(n)=$(conformance-consoles)/host-$(n).log)

conformance-record: ## run them on Debian's Linux, twice, and record what they say
	@sh scripts/deps.sh install build gcc qemu linux
	@$(PYTHON) tools/conformance record --cache $(LINUX) $(conformance-args)
