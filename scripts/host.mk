# SPDX-License-Identifier: GPL-2.0-only
#
# The same core files for the simulated machine (arch/host), and the tests on it.
#
# What
#	The host has a configuration of its own (configs/host) and a directory of its own, $(O)/host:
#	the targets below call this make again with ARCH=host, and the second half of this file is
#	what that one adds.
#
# Variables of a user
#	T=pattern	which tests: a scenario's name, suite.case, or a suite
#	SEEDS=n		schedules of a scenario on each number of CPUs
#	CPUS=n, SEED=n	what replay repeats; STRATEGY=base|random|priority
#	LAST=n		how many steps replay shows
#	JOBS=n		processes that run schedules
#	HOST_CONFIG=name	another of configs/ (host)
ifneq ($(ARCH),host)

HOST_CONFIG ?= host
host-make = $(MAKE) ARCH=host O=$(O)/$(HOST_CONFIG) CONFIG=$(HOST_CONFIG)
host-tests = $(O)/$(HOST_CONFIG)/tests
SEEDS ?= 10000
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
LAST ?= 200

.PHONY: host-tests host-obj check-host check-host-debug replay
host-tests: ## build the tests on the simulated machine
	@sh scripts/deps.sh install build gcc host
	@+$(host-make) tests

# CPUS has a default for QEMU; here it counts only if the user gave it.
check-host: host-tests ## run the tests on the simulated machine: T=pattern SEEDS=n CPUS=n
	@$(host-tests) --jobs $(JOBS) --seeds $(SEEDS) $(if $(filter command environment,$(origin CPUS)),--cpus $(CPUS)) \
		$(if $(STRATEGY),--strategy $(STRATEGY)) $(if $(T),'$(T)')

# What only a checker can say: fewer schedules, each with every checker on.
check-host-debug: ## the same with every checker of configs/host-debug on, and fewer schedules
	@+$(MAKE) check-host HOST_CONFIG=host-debug SEEDS=$(if $(filter command environment,$(origin SEEDS)),$(SEEDS),500) T='$(T)'

replay: host-tests ## repeat one schedule and show it: T=test CPUS=n SEED=n
	$(if $(and $(T),$(SEED)),,$(error replay needs T=test and SEED=n))
	@$(host-tests) --cpus $(CPUS) --replay $(SEED) --last $(LAST) $(if $(STRATEGY),--strategy $(STRATEGY)) '$(T)'

# As in make host-obj F=kernel/softirq.c
host-obj: ## compile files for the simulated machine: F="kernel/softirq.c ..."
	@+$(host-make) core-objects F='$(F)'

else

# The host's configuration is not the user's to edit: it follows its file.
$(dot-config): configs/$(CONFIG) $(wildcard $(kconfig-files))

# ---------------------------------------------------------------- the core for the simulated machine

# -fsanitize=thread makes every plain access to memory that others can see a call (arch/host/tsan.c).
# Every one: clang by itself leaves out a load that is followed by a store to the same word.
host-includes = $(call includes,host)
host-cflags := $(core-cflags) -O1 -fno-omit-frame-pointer -fno-optimize-sibling-calls
ifeq ($(LLVM),1)
host-instrument := -fsanitize=thread -D__SANITIZE_THREAD__ -mllvm -tsan-instrument-func-entry-exit=0 \
	-mllvm -tsan-distinguish-volatile=1 -mllvm -tsan-instrument-read-before-write=1
else
host-instrument := -fsanitize=thread --param=tsan-instrument-func-entry-exit=0 --param=tsan-distinguish-volatile=1 \
	-Wno-maybe-uninitialized
endif

# The machine itself is not instrumented.
cmd_cc_core = $(CC) $(host-includes) $(host-cflags) $(if $(filter arch/host/%,$*),-O2,$(host-instrument)) \
	$(cflags-host-$*.o) -MMD -MF $(dep-file) -c -o $@ $<
say_cc_core := CC
cmd_as_core = $(CC) $(host-includes) -D__ASSEMBLY__ -g -MMD -MF $(dep-file) -c -o $@ $<
say_as_core := AS

$(O)/core/%.o: %.c FORCE
	$(call if_changed_dep,cc_core)
$(O)/core/%.o: %.S FORCE
	$(call if_changed_dep,as_core)

core-objs := $(addprefix $(O)/core/,$(objs-host))
chosen-objs := $(patsubst %.c,$(O)/core/%.o,$(F))
cmd-targets += $(core-objs) $(chosen-objs)

.PHONY: core-objects
core-objects: $(or $(chosen-objs),$(core-objs))

# One object that needs nothing but posix_*, and gives nothing but host_*: it has a memcpy, a
# snprintf and so on of its own, beside those of libc. The end of the boot is arch/host/tests.c's.
cmd_core = $(LD) -r -T arch/host/core.lds --wrap=kunit_run_all_tests -o $@.tmp $(core-objs) $(unit-objs) && \
	$(OBJCOPY) -w --keep-global-symbol='host_*' $@.tmp $@ && rm -f $@.tmp
say_core := LD -r
$(O)/core.o: $(core-objs) $(unit-objs) arch/host/core.lds FORCE
	$(call if_changed,core)

# ---------------------------------------------------------------- the program around it

posix-cflags := -std=gnu11 -D_GNU_SOURCE -O2 -g -fno-pie $(warnings)
posix-objs := $(patsubst %.c,$(O)/%.o,$(wildcard arch/host/posix/*.c))
cmd_cc_posix = $(CC) $(posix-cflags) -MMD -MF $(dep-file) -c -o $@ $<
say_cc_posix := CC
$(O)/arch/host/posix/%.o: arch/host/posix/%.c FORCE
	$(call if_changed_dep,cc_posix)

# Not position independent: the trace of a run holds addresses, and must be the same in each process.
cmd_tests = $(CC) -no-pie -o $@ $(posix-objs) $(O)/core.o -lcmocka
say_tests := LD
$(O)/tests: $(posix-objs) $(O)/core.o FORCE
	$(call if_changed,tests)
cmd-targets += $(O)/core.o $(posix-objs) $(O)/tests

.PHONY: tests
tests: $(O)/tests

endif
