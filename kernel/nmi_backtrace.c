// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where other CPUs are, whatever they do: asked by NMI.
 *
 * What
 *	One CPU after the other is marked as asked and sent an NMI, in which it says what was interrupted,
 *	and takes the mark back. So nothing of one stands between the lines of another, and one that spins
 *	with interrupts off is shown, too.
 *
 * Contexts
 *	Asking: any but NMI, interrupts on or off. Answering: NMI.
 *
 * Ordering
 *	The mark is set by a full barrier before the NMI, and taken back by one after the last line: who waits
 *	for that prints what comes then behind it.
 *
 * Limits
 *	Each CPU has ANSWER_LIMIT_NS. One that is late is named, and may still answer. Who asks while somebody
 *	else does gets no answer of his own.
 *
 * Differs from Linux
 *	There all are asked at once, and CPUs that are idle say only that.
 *
 * Tests
 *	tests/boot/sysrq_test.c: cpu_with_interrupts_off_says_where_it_is
 */
#include <linux/cpumask.h>
#include <linux/nmi.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/time64.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <arch/ipi.h>

#define ANSWER_LIMIT_NS		(5 * NSEC_PER_SEC)

static struct cpumask asked;		/* A: and have not answered */
static unsigned long under_way;		/* A: bit 0 */

/* ---- the CPU that is asked ---- */

bool backtrace_if_asked(const struct pt_regs *regs, bool irqs_off)
{
	unsigned int cpu = raw_smp_processor_id();

	if (!cpumask_test_cpu((int)cpu, &asked))
		return false;
	dump_stack_of(regs, irqs_off);
	/* A full barrier; pairs with the look in answers(). */
	cpumask_test_and_clear_cpu((int)cpu, &asked);
	return true;
}

/* ---- the CPU that asks ---- */

static bool answers(unsigned int cpu)
{
	u64 limit = arch_clock_ns() + ANSWER_LIMIT_NS;

	while (cpumask_test_cpu((int)cpu, &asked)) {
		if (arch_clock_ns() > limit)
			return false;
		arch_cpu_relax();
	}
	return true;
}

static void ask(unsigned int cpu)
{
	/* A full barrier; pairs with the look in backtrace_if_asked(). */
	cpumask_test_and_set_cpu((int)cpu, &asked);
	arch_send_nmi(cpu);
	if (!answers(cpu))
		pr_warn("cpu %u does not answer an NMI\n", cpu);
}

/* Preemption off: none of them goes. */
static void ask_all(const struct cpumask *mask)
{
	unsigned int cpu, here = raw_smp_processor_id();

	if (cpumask_test_cpu((int)here, mask))
		dump_stack();
	for_each_cpu_and(cpu, mask, cpu_online_mask)
		if (cpu != here)
			ask(cpu);
}

bool trigger_cpumask_backtrace(const struct cpumask *mask)
{
	if (!arch_has_nmi())
		return false;
	if (test_and_set_bit_lock(0, &under_way))
		return true;
	preempt_disable();
	ask_all(mask);
	preempt_enable();
	clear_bit_unlock(0, &under_way);
	return true;
}

bool trigger_all_cpu_backtrace(void)
{
	return trigger_cpumask_backtrace(cpu_online_mask);
}

bool trigger_allbutcpu_cpu_backtrace(int exclude_cpu)
{
	struct cpumask mask;

	cpumask_copy(&mask, cpu_online_mask);
	cpumask_clear_cpu(exclude_cpu, &mask);
	return trigger_cpumask_backtrace(&mask);
}

bool trigger_single_cpu_backtrace(int cpu)
{
	return trigger_cpumask_backtrace(cpumask_of(cpu));
}
