# SPDX-License-Identifier: GPL-2.0-only
#
# Options: .config, made from configs/ or by a menu, and what the build reads of it.
#
# scripts/kconfig.py refuses a .config that is wrong. It writes autoconf.h (every compiler reads
# it), auto.conf (this make reads it) and one file an option under $(O)/include/config, which it
# touches when that option changes: objects depend on these (see kbuild.mk), not on autoconf.h.

CONFIG ?= defconfig
dot-config := $(O)/.config
kconfig := $(PYTHON) scripts/kconfig.py --arch $(ARCH) --config $(dot-config)
kconfig-env := ARCH=$(ARCH) KCONFIG_CONFIG=$(dot-config)

# Which Kconfig files were read, from the last time.
kconfig-files :=
-include $(O)/include/config/auto.conf.d

$(dot-config):
	@mkdir -p $(@D)
	@sh scripts/deps.sh need build $(toolchain)
	@$(kconfig) defconfig configs/$(CONFIG)

$(O)/include/config/auto.conf: $(dot-config) scripts/kconfig.py $(wildcard $(kconfig-files))
	@sh scripts/deps.sh need build $(toolchain)
	@$(call say,CONFIG,$(dot-config)) $(kconfig) sync --out $(O)

# kconfiglib's own programs, each a Python module.
.PHONY: menuconfig guiconfig oldconfig savedefconfig listnewconfig
menuconfig: $(dot-config) ## choose options in the terminal
guiconfig: $(dot-config) ## choose options in a window
oldconfig: $(dot-config) ## ask for each option that is new
listnewconfig: $(dot-config) ## list the options that .config does not mention
menuconfig guiconfig oldconfig listnewconfig:
	@$(kconfig-env) $(PYTHON) -m $@ Kconfig
savedefconfig: $(dot-config) ## write $(O)/defconfig: what differs from the defaults
	@$(kconfig-env) $(PYTHON) -m savedefconfig --kconfig Kconfig --out $(O)/defconfig
	@echo '$(O)/defconfig: what differs from the defaults'

.PHONY: defconfig olddefconfig setconfig
defconfig: ## take configs/defconfig, or configs/$(CONFIG), as the configuration
	@sh scripts/deps.sh need build $(toolchain)
	@$(kconfig) defconfig configs/$(CONFIG)
config-%: ## take configs/%: config-tiny, config-debug ...
	@sh scripts/deps.sh need build $(toolchain)
	@$(kconfig) defconfig configs/$*
olddefconfig: $(dot-config) ## take defaults for what is new or wrong in .config, and say so
	@$(kconfig) olddefconfig
setconfig: $(dot-config) ## set options: make setconfig SET="NR_CPUS=8 SMP=y"
	@$(kconfig) set $(SET)
