# SPDX-License-Identifier: GPL-2.0-only
#
# Benchmarks: what each hop costs in instructions (tests/bench/, tools/bench). Two kernels, without and
# with preemption, each beside Linux built so. A run repeats to the last digit.

.PHONY: bench
bench: ## what each hop costs, in instructions, beside Linux's figures
	@sh scripts/deps.sh install build gcc qemu
	@+for kind in bench bench-preempt; do \
		$(MAKE) O=$(O)/$$kind config-$$kind && $(MAKE) O=$(O)/$$kind image || exit 1; \
	done
	@echo "without preemption:"
	@$(PYTHON) tools/bench --image $(O)/bench/bottomhalf.elf --against lean --json $(O)/bench.json
	@echo "with preemption:"
	@$(PYTHON) tools/bench --image $(O)/bench-preempt/bottomhalf.elf --against lean-preempt \
		--json $(O)/bench-preempt.json
