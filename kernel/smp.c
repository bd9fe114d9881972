// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calling a function on another CPU.
 *
 * What
 *	A call is a structure that is put into the queue of its CPU; whoever finds the queue empty sends an
 *	interrupt. That takes the whole queue and makes the calls in the order in which they were put in.
 *
 *		smp_call_function_single()	the structure is on the caller's stack if he waits, else his
 *						CPU's async_call
 *		smp_call_function_many()	his CPU has one for each other CPU: many_calls
 *		..._async()			the caller brings it
 *
 * Contexts
 *	Task, interrupts on: a CPU that waits for another, or for a structure that is still under way, must
 *	answer others meanwhile. ..._async() waits for nothing and may be called anywhere but in NMI. The
 *	function runs in hard-IRQ context; on the own CPU with interrupts off.
 *
 *	Preemption is off from the look at cpu_online_mask until the call is queued. A CPU that goes stops
 *	all others first (stop_machine.c), so it is not gone in between; and it makes the calls that are in
 *	its queue then (smpcfd_dying_cpu()), so nobody waits for one that has gone.
 *
 * States of csd->flags		who moves it			how
 *	0 -> LOCK, LOCK|SYNC	the caller			..._async(): cmpxchg; else plainly, interrupts
 *								off, the structure being this CPU's own
 *	LOCK -> 0		the called CPU			release, before it calls the function
 *	LOCK|SYNC -> 0		the called CPU			release, after the function has returned
 *
 * Ordering
 *	llist_add() is a full barrier and pairs with llist_del_all(): what was written before the call is
 *	seen by the function. The release that ends LOCK pairs with the acquire in csd_wait(): what the
 *	function wrote is seen by who waited for it. -EBUSY means that LOCK was still there, so the function
 *	is yet to begin, and it sees what the caller had written: unlock / full barrier / function, against
 *	write / full barrier (cmpxchg) / look at LOCK.
 *
 * Limits
 *	A call that is not answered waits for ever.
 *
 * Tests
 *	tests/boot/smp_test.c
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <arch/cpu.h>
#include <arch/ipi.h>
#include "cpu.h"

enum { CSD_LOCK = 0x1, CSD_SYNC = 0x2 };

static DEFINE_PER_CPU(struct llist_head, call_queue);		/* A */
static DEFINE_PER_CPU(call_single_data_t, async_call);		/* Q to claim */
static DEFINE_PER_CPU(call_single_data_t *, many_calls);	/* I; an element by CPU called, Q to claim */

/* ---- the called CPU ---- */

static void csd_unlock(call_single_data_t *csd)
{
	smp_store_release(&csd->flags, 0U);	/* pairs with smp_load_acquire() in csd_wait() */
}

static void make_call(call_single_data_t *csd)
{
	smp_call_func_t func = csd->func;
	void *info = csd->info;

	if (csd->flags & CSD_SYNC) {
		func(info);
		csd_unlock(csd);
	} else {
		/* From here on it may be used again, or gone. */
		csd_unlock(csd);
		smp_mb();	/* pairs with cmpxchg() in smp_call_function_single_async() */
		func(info);
	}
}

static void make_own_call(void *csd)
{
	make_call(csd);
}

void generic_smp_call_function_interrupt(void)
{
	struct llist_node *calls = llist_reverse_order(llist_del_all(this_cpu_ptr(&call_queue)));
	call_single_data_t *csd, *next;

	llist_for_each_entry_safe(csd, next, calls, llist)
		make_call(csd);
}

/* ---- the calling CPU ---- */

static void csd_wait(const call_single_data_t *csd)
{
	while (smp_load_acquire(&csd->flags) & CSD_LOCK)	/* pairs with csd_unlock() */
		arch_cpu_relax();
}

static void send_call(unsigned int cpu, call_single_data_t *csd)
{
	if (llist_add(&csd->llist, per_cpu_ptr(&call_queue, cpu)))
		arch_send_call_function(cpu);
}

/* Fills in one of this CPU's own structures, once its last call has begun, and sends it. */
static void claim_and_send(unsigned int cpu, call_single_data_t *csd, smp_call_func_t func, void *info,
			   unsigned int flags)
{
	unsigned long irqflags;

	for (;;) {
		csd_wait(csd);
		/* A softirq that comes in between may claim it first, and has sent it when it is done. */
		local_irq_save(irqflags);
		if (!(READ_ONCE(csd->flags) & CSD_LOCK))
			break;
		local_irq_restore(irqflags);
	}
	csd->func = func;
	csd->info = info;
	csd->flags = flags;
	send_call(cpu, csd);
	local_irq_restore(irqflags);
}

static void call_here(smp_call_func_t func, void *info)
{
	unsigned long flags;

	local_irq_save(flags);
	func(info);
	local_irq_restore(flags);
}

/*
 * Whoever waits with interrupts off waits for a CPU that may wait for him; and what interrupts a task between
 * the queueing of its call and the IPI, or while it owns one of this CPU's structures, waits for that task.
 */
static void check_context(void)
{
	WARN_ONCE(irqs_disabled() && cpu_online(smp_processor_id()),
		  "a call of another CPU with interrupts off can deadlock\n");
	WARN_ONCE(!in_task(), "a call of another CPU from an interrupt or a softirq can deadlock\n");
}

static void call_single(unsigned int cpu, smp_call_func_t func, void *info, bool wait)
{
	if (wait) {
		call_single_data_t csd = CSD_INIT(func, info);

		csd.flags = CSD_LOCK | CSD_SYNC;
		send_call(cpu, &csd);
		csd_wait(&csd);
	} else {
		claim_and_send(cpu, this_cpu_ptr(&async_call), func, info, CSD_LOCK);
	}
}

static bool can_be_called(int cpu)
{
	return (unsigned int)cpu < nr_cpu_ids && cpu_online((unsigned int)cpu);
}

int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)
{
	int this = (int)get_cpu(), error = 0;

	check_context();
	if (cpu == this)
		call_here(func, info);
	else if (can_be_called(cpu))
		call_single((unsigned int)cpu, func, info, wait);
	else
		error = -ENXIO;
	put_cpu();
	return error;
}

int smp_call_function_single_async(int cpu, call_single_data_t *csd)
{
	int this = (int)get_cpu(), error = 0;

	if (cpu != this && !can_be_called(cpu))
		error = -ENXIO;
	else if (cmpxchg(&csd->flags, 0U, (unsigned int)CSD_LOCK) != 0)
		error = -EBUSY;
	else if (cpu == this)
		call_here(make_own_call, csd);
	else
		send_call((unsigned int)cpu, csd);
	put_cpu();
	return error;
}

int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait)
{
	unsigned int cpu = get_cpu();
	int error;

	if (!cpumask_test_cpu((int)cpu, mask))
		cpu = cpumask_first_and(mask, cpu_online_mask);
	error = smp_call_function_single((int)cpu, func, info, wait);
	put_cpu();
	return error;
}

/* Sends the call to the online CPUs of @mask but this one, as @cond says. Those it went to are in @sent. */
static void send_to_many(const struct cpumask *mask, struct cpumask *sent, smp_cond_func_t cond,
			 smp_call_func_t func, void *info, bool wait)
{
	call_single_data_t *calls = this_cpu_read(many_calls);
	unsigned int cpu, this = smp_processor_id();

	check_context();
	cpumask_and(sent, mask, cpu_online_mask);
	__cpumask_clear_cpu((int)this, sent);
	for_each_cpu(cpu, sent) {
		if (cond && !cond((int)cpu, info))
			__cpumask_clear_cpu((int)cpu, sent);
		else
			claim_and_send(cpu, &calls[cpu], func, info, CSD_LOCK | (wait ? CSD_SYNC : 0));
	}
}

static void wait_for_many(const struct cpumask *sent)
{
	call_single_data_t *calls = this_cpu_read(many_calls);
	unsigned int cpu;

	for_each_cpu(cpu, sent)
		csd_wait(&calls[cpu]);
}

void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	struct cpumask sent;

	send_to_many(mask, &sent, NULL, func, info, wait);
	if (wait)
		wait_for_many(&sent);
}

void smp_call_function(smp_call_func_t func, void *info, int wait)
{
	preempt_disable();
	smp_call_function_many(cpu_online_mask, func, info, wait);
	preempt_enable();
}

void on_each_cpu_cond_mask(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait,
			   const struct cpumask *mask)
{
	struct cpumask sent;
	unsigned int this = get_cpu();

	send_to_many(mask, &sent, cond, func, info, wait);
	if (cpumask_test_cpu((int)this, mask) && (!cond || cond((int)this, info)))
		call_here(func, info);
	if (wait)
		wait_for_many(&sent);
	put_cpu();
}

void on_each_cpu_cond(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait)
{
	on_each_cpu_cond_mask(cond, func, info, wait, cpu_online_mask);
}

void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, mask);
}

void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, cpu_online_mask);
}

static void do_nothing(void *unused)
{
}

void kick_all_cpus_sync(void)
{
	smp_call_function(do_nothing, NULL, 1);
}

/* ---- boot ---- */

/* It is offline, so nobody asks it any more. Interrupts off. */
int smpcfd_dying_cpu(unsigned int cpu)
{
	generic_smp_call_function_interrupt();
	return 0;
}

void smp_init(void)
{
	unsigned int cpu;

	cpu_states_init();
	for_each_possible_cpu(cpu) {
		call_single_data_t *calls = kcalloc(nr_cpu_ids, sizeof(*calls), GFP_KERNEL);

		if (!calls)
			panic("smp: no memory for the calls of CPU %u", cpu);
		per_cpu(many_calls, cpu) = calls;
	}
	for_each_possible_cpu(cpu)
		if (!cpu_online(cpu))
			cpu_up(cpu);
	pr_info("smp: %u of %u CPUs online\n", num_online_cpus(), num_possible_cpus());
}
