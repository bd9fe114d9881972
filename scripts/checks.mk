# SPDX-License-Identifier: GPL-2.0-only
#
# Tests. Each check-* target runs alone, prints what it does, and ends with a line of its own,
# "N passed, M failed, K skipped"; its exit status is honest. check runs them all (tools/check), in
# directories of their own under $(O)/check, so that they do not depend on the user's configuration.

check-parts := check-tools check-layers check-host check-host-debug check-qemu check-bochs check-crash check-storm check-bench

.PHONY: check check-long check-tools check-qemu check-bochs check-crash check-storm check-layers layers mutants
check: ## install what is missing, then run every test there is
	@sh scripts/deps.sh install $(all-groups)
	@$(PYTHON) tools/check --out $(O) $(if $(filter-out 0,$(V)),--all) $(check-parts)

check-tools: ## test the build system and the tools themselves
	@sh scripts/deps.sh install build gcc
	@$(PYTHON) tests/tools/run-all $(T)

# With WHICH=pattern only the boots whose names match: make check-qemu WHICH='*tiny*'
check-qemu: ## boot a dozen kernels on a dozen machines under QEMU, with their selftests
	@sh scripts/deps.sh install build gcc llvm iso qemu
	@$(PYTHON) tools/matrix --out $(O)/check --emu qemu $(if $(WHICH),--which $(call for-shell,$(WHICH)))

check-bochs: ## boot under Bochs, which interleaves CPUs every few instructions
	@sh scripts/deps.sh install build gcc iso bochs
	@$(PYTHON) tools/matrix --out $(O)/check --emu bochs $(if $(WHICH),--which $(call for-shell,$(WHICH)))

# With WHICH=name only that one: null, opcode, stack, small ... (tools/crash)
check-crash: ## crash on purpose in each way and read the report; boot on odd machines, by odd loaders
	@sh scripts/deps.sh install build gcc iso qemu
	@+$(MAKE) O=$(O)/check/gcc-defconfig config-defconfig
	@+$(MAKE) O=$(O)/check/gcc-defconfig image
	@+$(MAKE) O=$(O)/check/gcc-bochs config-bochs
	@+$(MAKE) O=$(O)/check/gcc-bochs image
	@$(PYTHON) tools/crash --image $(O)/check/gcc-defconfig/bottomhalf.elf \
		--few $(O)/check/gcc-bochs/bottomhalf.elf $(WHICH)

# What policy of ksoftirqd makes no difference to is run with one only.
check-storm: LINES = 1000000
check-long: LINES = 10000000
check-storm: ## what tasks keep when softirqs, tasklets or interrupts never end; a million interrupts while their lines change
check-long: ## the same with ten million interrupts: some minutes
check-storm check-long:
	@sh scripts/deps.sh install build gcc qemu
	@+for kind in storm storm-6.1; do \
		$(MAKE) O=$(O)/check/$$kind config-$$kind && $(MAKE) O=$(O)/check/$$kind image || exit 1; \
	done
	@$(PYTHON) tools/storm --lines $(LINES) $(O)/check/storm/bottomhalf.elf $(O)/check/storm-6.1/bottomhalf.elf:'storm.*itself*'

layers: ## check that each component uses only what it may (tools/layers.toml)
	@sh scripts/deps.sh install build gcc
	@+$(submake) objects
	@$(PYTHON) tools/layers --out $(O)

check-layers: ## the same, for the default configuration and the one with every checker
	@sh scripts/deps.sh install build gcc
	@+for kind in defconfig debug; do \
		$(MAKE) O=$(O)/check/gcc-$$kind config-$$kind && $(MAKE) O=$(O)/check/gcc-$$kind objects || exit 1; \
	done
	@$(PYTHON) tools/layers --out $(O)/check/gcc-defconfig --out $(O)/check/gcc-debug

mutants: ## put known mistakes in, one by one, and see that the tests find each
	@sh scripts/deps.sh install build gcc iso qemu host
	@$(PYTHON) tools/mutants $(if $(WHICH),--which $(call for-shell,$(WHICH))) $(if $(RING),--ring $(RING))
