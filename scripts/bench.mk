# SPDX-License-Identifier: GPL-2.0-only
#
# Benchmarks: what each hop costs in instructions (tests/bench/, tools/bench). Two kernels, without and
# with preemption, each beside Linux built so. A run repeats to the last digit. tests/bench/linux/*.c are
# for Linux: tools/lib/benchlinux.py has them built there.

bench-kinds := bench bench-preempt
bench-images = $(foreach kind,$(bench-kinds),$(kind)=$(O)/$(kind)/bottomhalf.elf)
# The kernels' compiler, as tests/bench/baseline.tsv names it.
bench-compiler = '$(if $(filter 1,$(LLVM)),clang,gcc) $(shell $(CC) -dumpfullversion -dumpversion 2>/dev/null)'
bench-build = sh scripts/deps.sh install build $(toolchain) qemu && for kind in $(bench-kinds); do \
	$(MAKE) O=$(O)/$$kind config-$$kind && $(MAKE) O=$(O)/$$kind image || exit 1; done

.PHONY: bench bench-images check-bench bench-check bench-baseline bench-plot bench-document bench-compare bench-smp \
	bench-size bench-lean profile
bench-images:
	@+$(bench-build)

# Together with make -j, nothing runs beside the boots.
bench: bench-images ## what each hop costs, in instructions, beside Linux's figures
	@$(PYTHON) tools/bench show --json $(O) $(if $(REPEAT),--repeat $(REPEAT)) $(bench-images)

# LINUX= is where Debian's kernels are kept unpacked (conformance.mk).
bench-compare: bench-images ## the same sources on Debian's Linux 6.12 and 6.1 (gets them) and here, in one go
	@sh scripts/deps.sh install gcc qemu linux
	@$(PYTHON) tools/bench compare --cache $(or $(LINUX),$(O)/linux) --out $(O)/bench-linux --repeat $(or $(REPEAT),3) \
		$(bench-images)

# ALONE=1: without Linux. TIMES=n: boots of each.
bench-linux-args = $(if $(ALONE),--alone,--cache $(or $(LINUX),$(O)/linux) --out $(O)/bench-linux)
bench-smp: bench-images ## what one CPU gets done and what two do, in wall-clock time, here and on Debian's Linux
	@$(if $(ALONE),:,sh scripts/deps.sh install gcc linux)
	@$(PYTHON) tools/throughput $(O)/bench/bottomhalf.elf --times $(or $(TIMES),3) $(bench-linux-args)

bench-size: bench-images ## image, least memory, memory after the boot, boot, structs, here and on Debian's Linux
	@$(if $(ALONE),:,sh scripts/deps.sh install gcc linux)
	@+$(MAKE) O=$(O)/size config-defconfig
	@+$(MAKE) O=$(O)/size setconfig SET="SELFTESTS=n"
	@+$(MAKE) O=$(O)/size image
	@$(PYTHON) tools/footprint $(O)/size/bottomhalf.elf $(O)/bench/bottomhalf.elf --nm $(NM) $(bench-linux-args)

# SERIES=6.12, PREEMPT=1: another one.
bench-lean: ## build a lean Linux from Debian's source package and measure it: half an hour, 4 GB, optional
	@sh scripts/deps.sh install gcc qemu linux lean
	@$(PYTHON) tools/lean --series $(or $(SERIES),6.1) $(if $(PREEMPT),--preempt) --cache $(or $(LINUX),$(O)/linux) \
		--out $(O)/bench-linux

check-bench: ## two runs equal to the byte, and no hop dearer than tests/bench/baseline.tsv says
	@+$(MAKE) O=$(O)/check bench-images
	@$(PYTHON) tools/bench check --compiler $(bench-compiler) $(foreach kind,$(bench-kinds),$(kind)=$(O)/check/$(kind)/bottomhalf.elf)

bench-check: check-bench ## the same

bench-baseline: bench-images ## take today's figures as the baseline (REASON='why' for rows that rose)
	@$(PYTHON) tools/bench baseline --compiler $(bench-compiler) --reason $(call for-shell,$(REASON)) $(bench-images)
	@$(PYTHON) tools/bench plot
	@$(PYTHON) tools/bench document

bench-plot: ## draw Documentation/bench.svg from the baseline
	@$(PYTHON) tools/bench plot

bench-document: ## write the tables of Documentation/performance.md from the baseline
	@$(PYTHON) tools/bench document

# ROW=name, a pattern or a part of it; KIND=bench-preempt for the other kernel.
KIND ?= bench
profile: ## where the instructions of a row go: make profile ROW=c_tasklet_schedule_to_fn
	@$(if $(ROW),:,echo 'profile: which row? make profile ROW=name, a pattern or a part of it'; exit 2)
	@+sh scripts/deps.sh install build $(toolchain) qemu && \
		$(MAKE) O=$(O)/$(KIND) config-$(KIND) && $(MAKE) O=$(O)/$(KIND) image
	@$(PYTHON) tools/profile --image $(O)/$(KIND)/bottomhalf.elf --objdump $(OBJDUMP) $(call for-shell,$(ROW))
