# SPDX-License-Identifier: GPL-2.0-only
#
# Debian packages: scripts/packages.txt says which are for what, scripts/deps.sh looks and installs.

# The compiler of this call: nothing to install for a prefix of the user's own.
toolchain = $(if $(filter 1,$(LLVM)),llvm,$(if $(filter command environment,$(origin CROSS_COMPILE)),,gcc))
# What make check needs; and besides, what only make conformance needs.
all-groups := build gcc llvm iso qemu bochs host
more-groups := linux

.PHONY: install-deps check-deps
install-deps: ## install all Debian packages that any target needs
	@sh scripts/deps.sh install $(all-groups) $(more-groups)
check-deps: ## say which of them are missing
	@sh scripts/deps.sh need $(all-groups) $(more-groups)
