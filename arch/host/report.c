// SPDX-License-Identifier: GPL-2.0-only
/*
 * The state of a machine that stands still, and backtraces.
 *
 * What
 *	Frame pointers lead from the innermost function outwards, also over a task's switch and
 *	through an interrupt, which is a call like others. Names of functions are the runner's
 *	business (posix/symbols.c).
 *
 * Contexts
 *	host_report_cpus(): the runner, machine stopped. arch_backtrace(), arch_dump_stack(): any.
 *
 * Limits
 *	A walk ends where a frame pointer leaves the stack it began on, or does not ascend. What a
 *	faulty kernel has left of its tasks and stacks is believed no further; the runner survives
 *	the rest (run_report()).
 *
 * Tests
 *	arch/host/posix/selftest.c
 */
#include <linux/array_size.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <arch/task.h>
#include <arch/trap.h>
#include "host.h"

static const char *const state_names[] = {
	[HOST_CPU_OFF] = "off", [HOST_CPU_RUN] = "runs", [HOST_CPU_RELAX] = "spins (cpu_relax)",
	[HOST_CPU_IDLE] = "idles", [HOST_CPU_DELAY] = "delays", [HOST_CPU_HALT] = "halted",
};

/* Whether a frame at fp can be on the stack that sp points into: THREAD_SIZE bytes, so aligned. */
static bool is_frame(unsigned long fp, unsigned long sp)
{
	return !(fp & 7) && fp >= sp && !((fp ^ sp) & ~(THREAD_SIZE - 1));
}

/* Return addresses from the frame at fp outwards, on the stack that sp points into. */
static unsigned int walk(unsigned long sp, unsigned long fp, unsigned long *pcs, unsigned int max)
{
	unsigned int n = 0;

	while (n < max && is_frame(fp, sp)) {
		const unsigned long *frame = (const unsigned long *)fp;

		if (!frame[1])
			break;
		pcs[n++] = frame[1];
		sp = fp + 1;
		fp = frame[0];
	}
	return n;
}

/* Where a context stands that host_switch() left: see switch.S for what lies at sp. */
static unsigned int walk_saved(unsigned long sp, unsigned long *pcs, unsigned int max)
{
	const unsigned long *saved = (const unsigned long *)sp;

	pcs[0] = saved[6];
	return 1 + walk(sp, saved[5], pcs + 1, max - 1);
}

static unsigned int count_of(const struct host_cpu *cpu)
{
	return *(unsigned int *)((unsigned long)&__preempt_count + cpu->percpu_used);
}

static unsigned long seen_last(const struct host_cpu *cpu)
{
	if (!cpu->nr_seen)
		return 0;
	return (unsigned long)cpu->seen[(cpu->nr_seen - 1) % HOST_SEEN_MAX].word;
}

unsigned int host_report_cpus(struct host_cpu_report *reports, unsigned int max)
{
	unsigned int n;

	for (n = 0; n < host.nr_cpus && n < max; n++) {
		const struct host_cpu *cpu = &host.cpus[n];
		const struct task_struct *task = host_current(cpu);
		struct host_cpu_report *report = &reports[n];
		unsigned int depth = 0, max_depth = ARRAY_SIZE(report->pcs) - 1;

		*report = (struct host_cpu_report){
			.cpu = n,
			.state = state_names[cpu->state],
			.irqs_on = cpu->irqs_on,
			.on_irq_stack = cpu->on_irq_stack,
			.preempt_count = count_of(cpu),
			.address = seen_last(cpu),
		};
		for (int i = 0; task && i < TASK_COMM_LEN; i++)
			report->task[i] = task->comm[i];
		if (cpu->state != HOST_CPU_OFF && cpu->sp)
			depth = walk_saved(cpu->sp, report->pcs, max_depth);
		report->pcs[depth] = 0;
	}
	return n;
}

int host_percpu_home(unsigned long address, unsigned long *home)
{
	for (unsigned int n = 0; n < host.nr_cpus; n++) {
		*home = address - host.cpus[n].percpu_used;
		if (*home >= (unsigned long)__per_cpu_start && *home < (unsigned long)__per_cpu_end)
			return (int)n;
	}
	return -1;
}

unsigned int arch_backtrace(unsigned long *pcs, unsigned int max)
{
	unsigned long fp = (unsigned long)__builtin_frame_address(0);

	return walk(fp, fp, pcs, max);
}

void arch_dump_stack(const struct pt_regs *regs)
{
	unsigned long fp = regs ? regs->fp : (unsigned long)__builtin_frame_address(0);
	unsigned long pcs[16];
	char name[96];
	unsigned int n = walk(fp, fp, pcs, 16);

	for (unsigned int i = 0; i < n; i++) {
		posix_symbol(pcs[i] - 1, name, sizeof(name));
		printk("  %s\n", name);
	}
}
