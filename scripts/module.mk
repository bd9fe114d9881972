# SPDX-License-Identifier: GPL-2.0-only
#
# Modules: each becomes one object with a scope of its own, a unit, and all units go into the image.
#
# What
#	A Kbuild file lists modules in Linux's way (scripts/kbuild.mk reads it):
#	    obj-m += hello.o			a module of one file, hello.c
#	    obj-m += chain.o			a module of several:
#	    chain-y := a.o b.o			(or chain-objs)
#	units-ARCH are the names, parts-NAME the files of each, from the top of the tree.
#
#	M=dir adds the modules of a directory anywhere, which has such a Kbuild or Makefile.
#
# How a unit is made
#	sources			-DMODULE and the module's name, into $(units-dir)/NAME/
#	NAME.o			ld -r of these
#	NAME.mod.c, NAME.keep	scripts/modpost.py: what it may use, its descriptor, its exports
#	NAME.unit.o		ld -r of both with scripts/module.lds; then all names but the exports
#				are made local
#
# Tests
#	tests/tools/test_modules.py

# A user's directory, read by a make of its own (scripts/external.mk).
ifneq ($(and $(M),$(need-config)),)
ifneq ($(CONFIG_MODULE_UNITS),y)
# Said by a rule: while this is read, the configuration may not be made yet.
.PHONY: modules-are-off
image objects: modules-are-off
modules-are-off:
	@echo 'M=$(M) needs the option MODULE_UNITS' >&2; false
else
external := $(O)/include/generated/external-$(ARCH).mk
$(if $(wildcard $(M)/Kbuild $(M)/Makefile),,$(error $(M) has no Kbuild and no Makefile to say which modules it has))
$(shell mkdir -p $(dir $(external)))
failed := $(shell MAKEFLAGS= $(MAKE) -s -f scripts/external.mk M=$(abspath $(M)) UNITS=units-$(ARCH) bottomhalf-units \
	>$(external) || echo failed)
$(if $(failed),$(error $(M): its Kbuild or Makefile cannot be read))
before := $(units-$(ARCH))
include $(external)
ifeq ($(strip $(units-$(ARCH))),$(strip $(before)))
$(error $(M): its Kbuild or Makefile names no module: obj-m += name.o)
endif
endif
endif

unit-names := $(units-$(ARCH))
ifneq ($(unit-names),)

units-dir := $(O)/$(if $(filter host,$(ARCH)),core/)units
unit-objs := $(unit-names:%=$(units-dir)/%.unit.o)
unit-mods := $(unit-names:%=$(units-dir)/%.mod.c)
unit-parts = $(addprefix $(units-dir)/$(1)/,$(parts-$(1)))
all-unit-parts := $(foreach u,$(unit-names),$(call unit-parts,$(u)))

ifneq ($(words $(unit-names)),$(words $(sort $(unit-names))))
$(error two modules have the same name; these are all: $(unit-names))
endif

# As Linux compiles modules. Those of this tree are held to more: the warnings of all our files, as errors.
unit-cflags := -Wno-pointer-sign
unit-cflags-of-others := -Wno-error -Werror=implicit-function-declaration -Werror=implicit-int \
	-Werror=return-type -Werror=strict-prototypes -Werror=incompatible-pointer-types -Wno-extra -Wno-vla
all-unit-cflags = $(unit-cflags) $(if $(filter $(units-dir)/$(unit)//%,$@),$(unit-cflags-of-others))
unit-name = $(subst -,_,$(unit))
unit-defines = -DMODULE -DKBUILD_MODNAME=\"$(unit-name)\" -DKBUILD_BASENAME=\"$(subst -,_,$(basename $(notdir $@)))\"
unit-cc = $(if $(filter host,$(ARCH)),$(host-includes) $(host-cflags) $(host-instrument),$(x86-includes) $(x86-cflags))
cmd_cc_unit = $(CC) $(unit-cc) $(all-unit-cflags) $(unit-defines) $(cflags-unit-$(unit)) $(cflags-unit-$(unit)-$(@:$(units-dir)/$(unit)/%=%)) -MMD -MF $(dep-file) -c -o $@ $<
say_cc_unit := CC [M]

cmd_ld_unit = $(LD) -r -o $@ $(filter %.o,$^)
say_ld_unit := LD [M]

define unit-rules
$(call unit-parts,$(1)) $(units-dir)/$(1).mod.o: private unit := $(1)
$(call unit-parts,$(1)): $(units-dir)/$(1)/%.o: %.c FORCE | $(asm-offsets)
	$$(call if_changed_dep,cc_unit)
$(units-dir)/$(1).o: $(call unit-parts,$(1)) FORCE
	$$(call if_changed,ld_unit)
endef
$(foreach u,$(unit-names),$(eval $(call unit-rules,$(u))))

# The public headers are for modules, with the arch's bodies of what they use. The simulated machine's
# objects also call what the compiler's instrumentation wants; the image's are looked at.
unit-headers := $(if $(filter x86,$(ARCH)),include/linux-ish include/arch arch/x86/include/arch-impl)
cmd_modpost = $(PYTHON) scripts/modpost.py --out $(units-dir) --nm $(NM) \
	$(addprefix --headers ,$(unit-headers)) $(unit-names) && touch $@
say_modpost := MODPOST
$(units-dir)/modpost.done: $(unit-names:%=$(units-dir)/%.o) scripts/modpost.py FORCE
	$(call if_changed,modpost)
$(unit-mods): $(units-dir)/modpost.done ;

$(units-dir)/%.mod.o: $(units-dir)/%.mod.c FORCE
	$(call if_changed_dep,cc_unit)

cmd_unit = $(LD) -r -T scripts/module.lds -o $@.tmp $(filter %.o,$^) && \
	$(OBJCOPY) --keep-global-symbols=$(@:.unit.o=.keep) $@.tmp $@ && rm -f $@.tmp
say_unit := UNIT
$(units-dir)/%.unit.o: $(units-dir)/%.o $(units-dir)/%.mod.o scripts/module.lds FORCE
	$(call if_changed,unit)

cmd-targets += $(all-unit-parts) $(unit-names:%=$(units-dir)/%.o) $(unit-names:%=$(units-dir)/%.mod.o) \
	$(units-dir)/modpost.done $(unit-objs)

endif
