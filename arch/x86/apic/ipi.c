// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts that CPUs send to each other, and to themselves.
 *
 * What
 *	A vector for each purpose (x86/irq_vectors.h); the receiving side is apic/dispatch.c.
 *	Stopping goes by NMI, so it also reaches a CPU that has interrupts off for good; so does the question
 *	where it is.
 *
 * Contexts
 *	Any, NMI too.
 *
 * Ordering
 *	Stores made before the call are seen by the interrupt's handler: x86 keeps stores in order,
 *	the write to the APIC's uncached register included.
 *
 * Limits
 *	arch_stop_other_cpus() waits STOP_POLLS turns, and goes on without those that do not answer.
 *
 * Tests
 *	arch/x86/tests/apic_test.c
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/nmi.h>
#include <linux/smp.h>
#include <arch/cpu.h>
#include <arch/ipi.h>
#include <arch/irqflags.h>
#include <x86/lapic.h>
#include <x86/time.h>
#include <x86/traps.h>

void arch_send_irq_work(void)
{
	if (likely(lapic_regs))
		lapic_send(0, LAPIC_ICR_SELF | X86_IRQ_WORK_VECTOR);
	else
		pit_irq_work();
}

#ifdef CONFIG_SMP

#define STOP_POLLS	10000000

void arch_send_reschedule(unsigned int cpu)
{
	lapic_send(x86_cpu_apic_id[cpu], LAPIC_DELIVER_FIXED | X86_RESCHEDULE_VECTOR);
}

void arch_send_call_function(unsigned int cpu)
{
	lapic_send(x86_cpu_apic_id[cpu], LAPIC_DELIVER_FIXED | X86_CALL_FUNCTION_VECTOR);
}

bool arch_has_nmi(void)
{
	return lapic_regs;
}

void arch_send_nmi(unsigned int cpu)
{
	lapic_send(x86_cpu_apic_id[cpu], LAPIC_DELIVER_NMI);
}

static int say_where_we_are(unsigned int type, struct pt_regs *regs)
{
	return backtrace_if_asked(regs, arch_irqs_disabled_flags(regs->flags)) ? NMI_HANDLED : NMI_DONE;
}

static int __init init_nmi(void)
{
	return register_nmi_handler(NMI_LOCAL, say_where_we_are, 0, "backtrace");
}
core_initcall(init_nmi);

void arch_stop_other_cpus(void)
{
	unsigned int others = num_online_cpus() - 1;

	if (!lapic_regs || !others)
		return;
	/* The NMI handler looks at it (entry/nmi_handler.c). */
	WRITE_ONCE(panic_stop_cpus, true);
	lapic_send(0, LAPIC_ICR_OTHERS | LAPIC_DELIVER_NMI);
	for (unsigned int i = 0; i < STOP_POLLS; i++) {
		if ((unsigned int)atomic_read(&panic_stopped_cpus) >= others)
			return;
		arch_cpu_relax();
	}
}

#endif
