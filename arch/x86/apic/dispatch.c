// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a vector to what it stands for: the first C code of every interrupt.
 *
 * What
 *	Each CPU has a table from vector to descriptor. A device's descriptor runs the flow of its
 *	line; the local APIC's own vectors have descriptors, too, whose flow ends the interrupt at
 *	the APIC and calls the core. So there is one load and one indirect call for all of them, and
 *	no comparison but that with NULL.
 *
 * Contexts
 *	Hard IRQ: interrupts off, on this CPU's interrupt stack.
 *
 * Ordering
 *	EOI goes first for the vectors of the local APIC: the core function may run for long, and
 *	irq_exit() runs softirqs, with interrupts on. A device's flow says itself when it ends.
 *
 * Tests
 *	arch/x86/tests/apic_test.c
 */
#include <linux/hardirq.h>
#include <linux/irqdesc.h>
#include <linux/irq_work.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <arch/irq.h>
#include <bottomhalf/tick.h>
#include <x86/irq.h>
#include <x86/lapic.h>
#include <x86/traps.h>

DEFINE_PER_CPU(struct x86_irq_counts, x86_irq_counts);

static void timer_flow(struct irq_desc *desc)
{
	lapic_eoi();
	this_cpu_inc(x86_irq_counts.timer);
	clockevent_interrupt();
}

static void irq_work_flow(struct irq_desc *desc)
{
	lapic_eoi();
	this_cpu_inc(x86_irq_counts.irq_work);
	irq_work_run();
}

static struct irq_desc timer_desc = { .handle_irq = timer_flow, .name = "timer" };
static struct irq_desc irq_work_desc = { .handle_irq = irq_work_flow, .name = "irq_work" };
static struct irq_desc error_desc = { .handle_irq = lapic_error_flow, .name = "error" };
static struct irq_desc spurious_desc = { .handle_irq = lapic_spurious_flow, .name = "spurious" };

#ifdef CONFIG_SMP
static void reschedule_flow(struct irq_desc *desc)
{
	lapic_eoi();
	this_cpu_inc(x86_irq_counts.reschedule);
	scheduler_ipi();
}

static void call_function_flow(struct irq_desc *desc)
{
	lapic_eoi();
	this_cpu_inc(x86_irq_counts.call_function);
	generic_smp_call_function_interrupt();
}

static struct irq_desc reschedule_desc = { .handle_irq = reschedule_flow, .name = "reschedule" };
static struct irq_desc call_desc = { .handle_irq = call_function_flow, .name = "call_function" };
static struct irq_desc move_desc = { .handle_irq = x86_move_cleanup_flow, .name = "move_cleanup" };
#endif

/* The template: every CPU's table begins as a copy of it. */
DEFINE_PER_CPU_ALIGNED(struct irq_desc *[X86_NR_VECTORS], vector_irq) = {
	[X86_LAPIC_TIMER_VECTOR] = &timer_desc,
	[X86_IRQ_WORK_VECTOR] = &irq_work_desc,
#ifdef CONFIG_SMP
	[X86_MOVE_CLEANUP_VECTOR] = &move_desc,
	[X86_CALL_FUNCTION_VECTOR] = &call_desc,
	[X86_RESCHEDULE_VECTOR] = &reschedule_desc,
#endif
	[X86_LAPIC_ERROR_VECTOR] = &error_desc,
	[X86_LAPIC_SPURIOUS_VECTOR] = &spurious_desc,
};

/* Nobody waits for this vector. End it, so that those below it are not held up for ever. */
static noinline __cold void unexpected_vector(unsigned int vector)
{
	this_cpu_inc(x86_irq_counts.unexpected);
	if (vector - X86_I8259_VECTOR < NR_IRQS_LEGACY) {
		i8259_unexpected(vector - X86_I8259_VECTOR);
		return;
	}
	if (lapic_regs && lapic_in_service(vector))
		lapic_eoi();
	/* What was on its way here when the CPU went has been fired again elsewhere (vector.c). */
	if (!cpu_online(smp_processor_id()))
		return;
	pr_warn_ratelimited("irq: cpu %u: vector %#x stands for nothing\n",
			    smp_processor_id(), vector);
}

/* One too many does nothing: interrupts are off, so nothing else is in service that has not been ended. */
void arch_irq_end_unowned(void)
{
	if (lapic_regs)
		lapic_eoi();
}

void x86_irq_dispatch(unsigned long vector)
{
	struct irq_desc *desc;

	irq_enter();
	desc = this_cpu_read(vector_irq[vector]);
	if (likely(desc))
		generic_handle_irq_desc(desc);
	else
		unexpected_vector((unsigned int)vector);
	irq_exit();
}
