// SPDX-License-Identifier: GPL-2.0-only
/*
 * irq_work: the way out of contexts in which next to nothing is allowed, into hard-IRQ context.
 *
 * What
 *	irq_work_queue(work) puts the work into this CPU's list and sends this CPU an interrupt, which runs
 *	the list. From NMI, with the scheduler's locks held, anywhere: nothing but two atomics is used.
 *
 * States of work->flags: PENDING, and above it how often it is queued or running (n times BUSY)
 *				who moves it		how
 *	n -> PENDING|n		anyone			fetch_or; who sees PENDING clear owns the list entry
 *	  -> PENDING|n+1	who owns the entry	add, before it is in the list
 *	PENDING|n -> n		the CPU that runs it	before the call: a queueing from now on is a new one
 *	n -> n-1		that CPU		after the call; from 0 on the work may be gone
 *
 * Locks
 *	None. A list is lock-free: any CPU pushes, its own CPU takes all.
 *
 * Ordering
 *	Stores before irq_work_queue() are seen by the function, also when the answer was false: both
 *	moves of PENDING are full barriers.
 *
 * Limits
 *	Works that one interrupt serves run the last queued first, as on Linux.
 *	A work that is queued on a CPU that is not online is reported, and stays queued until that comes.
 *	A work that is queued on another CPU while it runs may run on both.
 *
 * Differs from Linux
 *	There BUSY is one bit, which goes with the first end of runs that overlap: irq_work_sync() may
 *	return while the other goes on. Here it waits for all of them.
 *
 * Tests
 *	tests/boot/irq_work_test.c, tests/scenario/irq_work.c
 */
#include <linux/irq_work.h>
#include <linux/bug.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <arch/cpu.h>
#include <arch/ipi.h>

static DEFINE_PER_CPU(struct llist_head, work_list);	/* A */

/* True: ours to queue. */
static bool claim(struct irq_work *work)
{
	/* Full barrier, whatever the answer; pairs with run_one(). */
	if (atomic_fetch_or(IRQ_WORK_PENDING, &work->flags) & IRQ_WORK_PENDING)
		return false;
	atomic_add(IRQ_WORK_BUSY, &work->flags);
	return true;
}

bool irq_work_queue(struct irq_work *work)
{
	if (!claim(work))
		return false;

	preempt_disable();
	/* Who finds the list empty sends the interrupt; it serves all that come until it runs. */
	if (llist_add(&work->node, this_cpu_ptr(&work_list)))
		arch_send_irq_work();
	preempt_enable();
	return true;
}

static void run_here(void *unused)
{
	irq_work_run();
}

static DEFINE_PER_CPU(call_single_data_t, remote_call);

bool irq_work_queue_on(struct irq_work *work, int cpu)
{
	WARN(!cpu_online((unsigned int)cpu), "irq_work: CPU %d is not online\n", cpu);
	if (!claim(work))
		return false;

	preempt_disable();
	if (llist_add(&work->node, per_cpu_ptr(&work_list, cpu))) {
		if (cpu == (int)smp_processor_id())
			arch_send_irq_work();
		else
			smp_call_function_single_async(cpu, per_cpu_ptr(&remote_call, cpu));
	}
	preempt_enable();
	return true;
}

static void run_one(struct irq_work *work)
{
	/* Full barrier; pairs with the fetch_or in claim(). */
	atomic_fetch_andnot(IRQ_WORK_PENDING, &work->flags);
	work->func(work);
	/* Full barrier: irq_work_sync() sees what the function did. */
	atomic_fetch_sub(IRQ_WORK_BUSY, &work->flags);
}

void irq_work_run(void)
{
	struct llist_node *all = llist_del_all(this_cpu_ptr(&work_list));

	while (all) {
		struct llist_node *next = all->next;

		run_one(llist_entry(all, struct irq_work, node));
		all = next;
	}
}

void irq_work_sync(struct irq_work *work)
{
	might_sleep();
	while (irq_work_is_busy(work))
		arch_cpu_relax();
}

/*
 * On the CPU that comes, interrupts off. What was queued for it while it was away had no interrupt, and nobody
 * sends another while the list is not empty.
 */
static int irq_work_starting(unsigned int cpu)
{
	if (!llist_empty(this_cpu_ptr(&work_list)))
		arch_send_irq_work();
	return 0;
}

/* On the CPU that goes, interrupts off: nobody else can queue here any more. */
static int irq_work_dying(unsigned int cpu)
{
	irq_work_run();
	return 0;
}

/* What it has queued itself since then, up to its end, runs here. */
static int irq_work_dead(unsigned int cpu)
{
	struct llist_node *all = llist_del_all(per_cpu_ptr(&work_list, cpu)), *next;

	if (!all)
		return 0;
	preempt_disable();
	for (; all; all = next) {
		next = all->next;
		llist_add(all, this_cpu_ptr(&work_list));
	}
	arch_send_irq_work();
	preempt_enable();
	return 0;
}

static int __init irq_work_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		INIT_CSD(per_cpu_ptr(&remote_call, cpu), run_here, NULL);
	return cpuhp_setup_state_nocalls(CPUHP_AP_IRQ_WORK_DYING, "irq_work:dying", irq_work_starting,
					 irq_work_dying) ?:
	       cpuhp_setup_state_nocalls(CPUHP_IRQ_WORK_DEAD, "irq_work:dead", NULL, irq_work_dead);
}
core_initcall(irq_work_init);
