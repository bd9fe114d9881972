# SPDX-License-Identifier: GPL-2.0-only
#
# make -f scripts/external.mk M=DIR UNITS=NAME: print which modules a directory outside of the tree has,
# in the words of scripts/kbuild.mk, as additions to NAME.
#
# A make of its own reads DIR's Kbuild, or its Makefile where there is none: what else stands in there
# (targets for Linux's kbuild, variables) stays in here. KERNELRELEASE is what such files ask whether
# kbuild reads them.

KERNELRELEASE := 6.12.0
src := $(M)
obj := $(M)

include $(firstword $(wildcard $(M)/Kbuild $(M)/Makefile))

parts = $(or $(strip $($(1)-y) $($(1)-objs)),$(1).o)
define describe
$(UNITS) += $(1)
parts-$(1) := $(addprefix $(M)/,$(parts))
cflags-unit-$(1) := $(ccflags-y) $(EXTRA_CFLAGS)
$(foreach p,$(parts),cflags-unit-$(1)-$(M)/$(p) := $(CFLAGS_$(p))
)
endef
define newline


endef

.PHONY: bottomhalf-units
bottomhalf-units:
	@printf '%s\n' $(foreach o,$(filter %.o,$(obj-m)),'$(subst $(newline),' ',$(call describe,$(o:.o=)))')
	@$(foreach d,$(filter %/,$(obj-m)),$(MAKE) -f scripts/external.mk M=$(M)/$(d:/=) UNITS=$(UNITS) bottomhalf-units;)
