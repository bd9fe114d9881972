# SPDX-License-Identifier: GPL-2.0-only
#
# Which objects there are, and how one is made from its source.
#
# What
#	The image (ARCH=x86) and the host library (ARCH=host, see host.mk) are made of the same Kbuild
#	files. A directory's lists its objects in Linux's way:
#	    obj-y += a.o sub/			always; and go on in sub/
#	    obj-$(CONFIG_X) += b.o		with an option
#	    obj-$(ARCH_X86) += c.o		for the image only; ARCH_HOST: for the host only
#	    CFLAGS_b.o += -fno-builtin		more flags for one object
#	    ccflags-y += -DX			more flags for each object of this directory
#	    obj-m += d.o			a module (scripts/module.mk); d-y or d-objs: its files
#	$(call collect,ARCH,dirs) reads them into objs-ARCH: paths from the top of the tree, in link
#	order. A directory without a Kbuild file is empty.
#
# When an object is made again
#	- a file it was made of is newer (headers included, as the compiler listed them);
#	- an option that any of these files mentions has changed (scripts/fixdep.sh turns each CONFIG_
#	  in them into a dependency on that option's file);
#	- its command is another one than last time, flags and compiler included.
#	The last two need what is saved in .NAME.cmd beside the object.
#
# Tests
#	tests/tools/test_build.py

pound := \#

# ---------------------------------------------------------------- commands

# A rule with FORCE as a prerequisite, and $(call if_changed,NAME) as its recipe, runs cmd_NAME when
# it must, and prints say_NAME. if_changed_dep also reads what the compiler listed in dep-file.
# Whoever uses them adds the target to cmd-targets.
cmd-targets :=
cmd-file = $(dir $(1)).$(notdir $(1)).cmd
dep-file = $(@D)/.$(@F).d

# Empty if the command is the same as last time. (Letters around both: neither is ever empty.)
command-changed = $(subst <$(strip $(savedcmd_$@))>,,<$(strip $(cmd_$(1)))>)
must-run = $(filter-out FORCE,$?)$(command-changed)
for-shell = '$(subst ','\'',$(strip $(1)))'
for-make = $(subst $(pound),$$(pound),$(subst $$,$$$$,$(1)))
show = $(if $(filter 0,$(V)),printf '  %-8s%s\n' '$(say_$(1))' '$(@:$(O)/%=%)',printf '%s\n' $(call for-shell,$(cmd_$(1))))
saved-line = $(call for-shell,$(call for-make,savedcmd_$@ := $(strip $(cmd_$(1)))))

if_changed = $(if $(must-run),@$(show); $(cmd_$(1)) && printf '%s\n' $(saved-line) >$(call cmd-file,$@),@:)
if_changed_dep = $(if $(must-run),@$(show); $(cmd_$(1)) && \
	sh scripts/fixdep.sh $@ $(dep-file) $(O)/include/config $(saved-line) >$(call cmd-file,$@) && rm -f $(dep-file),@:)

# ---------------------------------------------------------------- lists of objects

# One directory (with its slash): take its Kbuild, then walk its list in order. The flags are saved
# before a subdirectory's Kbuild puts others in the same variables.
define collect-dir
$(foreach v,obj-y obj-m obj-n obj- ccflags-y asflags-y $(filter CFLAGS_% AFLAGS_%,$(.VARIABLES)),$(eval $(v) :=))
$(eval ARCH_X86 := $(if $(filter x86,$(1)),y))
$(eval ARCH_HOST := $(if $(filter host,$(1)),y))
$(eval src := $(2:/=))
$(eval -include $(2)Kbuild)
$(foreach o,$(filter %.o,$(obj-y)),
 $(eval cflags-$(1)-$(2)$(o) := $(ccflags-y) $(CFLAGS_$(o)))
 $(eval aflags-$(1)-$(2)$(o) := $(asflags-y) $(AFLAGS_$(o))))
$(if $(CONFIG_MODULE_UNITS),$(foreach o,$(filter %.o,$(obj-m)),$(call collect-unit,$(1),$(2),$(o:.o=))))
$(foreach o,$(obj-y) $(filter %/,$(obj-m)),$(if $(o:%/=),$(eval objs-$(1) += $(2)$(o)),$(call collect-dir,$(1),$(2)$(o))))
endef
# The names of its files are found while its directory's variables are there.
define collect-unit
$(eval units-$(1) += $(3))
$(eval parts-$(3) := $(addprefix $(2),$(or $(strip $($(3)-y) $($(3)-objs)),$(3).o)))
$(eval cflags-unit-$(3) := $(ccflags-y))
$(foreach p,$(parts-$(3):$(2)%=%),$(eval cflags-unit-$(3)-$(2)$(p) := $(CFLAGS_$(p))))
endef
collect = $(foreach d,$(2),$(call collect-dir,$(1),$(d)))

dirs-tests := $(if $(filter y,$(CONFIG_SELFTESTS)),tests/boot/ tests/scenario/) \
	$(if $(filter y,$(CONFIG_BENCH)),tests/bench/) $(if $(filter y,$(CONFIG_CONFORMANCE)),tests/conformance/)
dirs-x86 := arch/x86/ init/ kernel/ mm/ lib/ fs/ drivers/ $(dirs-tests)
dirs-host := arch/host/ init/ kernel/ mm/ lib/ fs/ drivers/ tests/boot/ tests/scenario/ tests/unit/ \
	$(if $(filter y,$(CONFIG_CONFORMANCE)),tests/conformance/)

units-$(ARCH) :=
objs-$(ARCH) :=
ifneq ($(need-config),)
nothing := $(call collect,$(ARCH),$(dirs-$(ARCH)))
endif

# ---------------------------------------------------------------- one object for the image

x86-includes = $(call includes,x86)
cmd_cc_x86 = $(CC) $(x86-includes) $(x86-cflags) $(cflags-x86-$*.o) -MMD -MF $(dep-file) -c -o $@ $<
say_cc_x86 := CC
cmd_as_x86 = $(CC) $(x86-includes) -D__ASSEMBLY__ $(x86-aflags) $(aflags-x86-$*.o) -MMD -MF $(dep-file) -c -o $@ $<
say_as_x86 := AS
cmd_cc_s = $(CC) $(x86-includes) $(x86-cflags) $(cflags-x86-$*.o) -g0 -fverbose-asm -MMD -MF $(dep-file) -S -o $@ $<
say_cc_s := CC -S
cmd_cpp = $(CC) $(x86-includes) $(x86-cflags) $(cflags-x86-$*.o) -MMD -MF $(dep-file) -E -o $@ $<
say_cpp := CPP

# Numbers that assembly shares with C: arch/x86/asm-offsets.c says DEFINE(NAME, constant), which
# puts lines "->NAME constant" into its assembly; no assembler is to read them.
asm-offsets := $(if $(wildcard arch/x86/asm-offsets.c),$(O)/include/generated/asm-offsets.h)
cmd_offsets_s = $(cmd_cc_s) $(if $(filter 1,$(LLVM)),-fno-integrated-as)
say_offsets_s := CC -S
cmd_offsets = sed -n 's:^[^>]*->\([A-Za-z0-9_]*\) [$$\#]*\([-0-9]*\).*:\#define \1 \2:p' $< >$@
say_offsets := GEN
$(O)/include/generated/asm-offsets.h: $(O)/arch/x86/asm-offsets.s FORCE
	$(call if_changed,offsets)
$(O)/arch/x86/asm-offsets.s: arch/x86/asm-offsets.c FORCE
	$(call if_changed_dep,offsets_s)
cmd-targets += $(asm-offsets) $(asm-offsets:%/include/generated/asm-offsets.h=%/arch/x86/asm-offsets.s)

$(O)/%.o: %.c FORCE | $(asm-offsets)
	$(call if_changed_dep,cc_x86)
$(O)/%.o: %.S FORCE | $(asm-offsets)
	$(call if_changed_dep,as_x86)
$(O)/%.s: %.c FORCE | $(asm-offsets)
	$(call if_changed_dep,cc_s)
$(O)/%.i: %.c FORCE | $(asm-offsets)
	$(call if_changed_dep,cpp)

image-objs := $(addprefix $(O)/,$(objs-x86))
cmd-targets += $(image-objs)

# ---------------------------------------------------------------- single objects, on demand

# make kernel/softirq.o (or .s, .i) makes that one; for the host's see host.mk.
single := $(filter-out $(O)/% /%,$(filter %.o %.s %.i,$(goals)))
cmd-targets += $(addprefix $(O)/,$(single))
ifneq ($(single),)
.PHONY: $(single)
$(single): %: $(O)/%
endif

.PHONY: compile_commands.json
compile_commands.json: ## list the compilers' calls for editors, of both machines (after a build)
	$(Q)$(PYTHON) scripts/compile_commands.py $(O) >$@.tmp && mv $@.tmp $@
