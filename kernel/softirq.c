// SPDX-License-Identifier: GPL-2.0-only
/*
 * Softirqs: 32 deferred functions a CPU, run as soon as hard interrupts let go of it.
 *
 * What
 *	raise_softirq(nr) marks bit nr in this CPU's pending word. Marked actions run, lowest number
 *	first, at the first of:
 *	  - the end of the outermost hard interrupt			irq_exit()
 *	  - the last local_bh_enable() of a task			local_bh_enable()
 *	  - an explicit do_softirq() of a task
 *	  - the CPU's thread, when the above did not finish in time	kernel/ksoftirqd.c
 *	A raise outside of interrupt context cannot count on the first two, so it wakes the thread.
 *
 * Contexts
 *	raise: any.  action: softirq; interrupts on, may be interrupted, never by a softirq of its own
 *	CPU, may run on all CPUs at once; must not sleep. current is whichever task it interrupted.
 *
 * The drain, __do_softirq()
 *	Takes a snapshot of the pending word and clears the word, both with interrupts off; then runs the
 *	snapshot's actions with interrupts on. What is raised meanwhile, by interrupts or by the actions
 *	themselves, is in the word and waits for the next pass. Clearing before running is what loses
 *	nothing: a raise that comes while its action runs is a new bit, and the action runs again.
 *
 * Locks
 *	None. The pending word belongs to its CPU. All but single-instruction marks are done with
 *	interrupts off. "Serving" is the odd bit of the softirq field in preempt_count; it is what keeps
 *	a second drain out, on this CPU, at any interrupt depth.
 *
 * Limits
 *	At most CONFIG_SOFTIRQ_MAX_RESTART passes in all, and another one only while
 *	CONFIG_SOFTIRQ_MAX_TIME_MS (in jiffies) are not over and nobody wants the CPU. The rest is
 *	ksoftirqd's, an ordinary task, so that other tasks get their share under a storm.
 *
 * Differs from Linux
 *	32 entries, where Linux has 10. Without CONFIG_PREEMPT a drain never begins on a task's stack:
 *	it moves to the CPU's interrupt stack, as it does with it.
 *
 * Tests
 *	tests/boot/softirq_test.c (B1-B6), tests/scenario/softirq.c
 */
#include <linux/cpuhotplug.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/bug.h>
#include <arch/task.h>

#include "softirq.h"

const char * const softirq_to_name[NR_SOFTIRQS_LINUX] = {
	[HI_SOFTIRQ]		= "HI",
	[TIMER_SOFTIRQ]		= "TIMER",
	[NET_TX_SOFTIRQ]	= "NET_TX",
	[NET_RX_SOFTIRQ]	= "NET_RX",
	[BLOCK_SOFTIRQ]		= "BLOCK",
	[IRQ_POLL_SOFTIRQ]	= "IRQ_POLL",
	[TASKLET_SOFTIRQ]	= "TASKLET",
	[SCHED_SOFTIRQ]		= "SCHED",
	[HRTIMER_SOFTIRQ]	= "HRTIMER",
	[RCU_SOFTIRQ]		= "RCU",
};

/* Raised before anybody opened it: says so, instead of jumping to zero. */
static void softirq_unopened(struct softirq_action *self);

static struct softirq_action softirq_vec[NR_SOFTIRQS] = {	/* I; one store changes an entry */
	[0 ... NR_SOFTIRQS - 1] = { softirq_unopened },
};

/* How often each action ran here, since boot. */
static DEFINE_PER_CPU(unsigned int[NR_SOFTIRQS], softirq_run_count);	/* Q */

#define SOFTIRQ_MAX_TIME	msecs_to_jiffies(CONFIG_SOFTIRQ_MAX_TIME_MS)

/*
 * Policy of 6.1: while ksoftirqd has been woken and has not finished, everything but HI and TASKLET
 * waits for it. Policy of 6.12: nothing waits.
 */
static bool left_to_ksoftirqd(unsigned int pending)
{
	if (!IS_ENABLED(CONFIG_KSOFTIRQD_POLICY_6_1))
		return false;
	if (pending & ((1U << HI_SOFTIRQ) | (1U << TASKLET_SOFTIRQ)))
		return false;
	return ksoftirqd_is_running();
}

/*
 * The first action of @snapshot returned with another preempt_count than it was called with: it has lost
 * a lock or a preempt_disable(). Name it, put the count right, and go on.
 */
static noinline __cold void softirq_count_leaked(unsigned int snapshot, unsigned int before)
{
	unsigned int nr = (unsigned int)__builtin_ctz(snapshot);

	pr_err("softirq %u %ps: preempt_count was %08x, is %08x on return; put back\n",
	       nr, softirq_vec[nr].action, before & ~PREEMPT_NEED_RESCHED, preempt_count());
	WARN_ON_ONCE(true);
	preempt_count_add((before & ~PREEMPT_NEED_RESCHED) - preempt_count());
}

/*
 * One pass: every action in the snapshot, lowest number first. Interrupts on. @count is preempt_count
 * as it has to be between actions; its need-resched bit may have changed since, and does not matter.
 */
static __always_inline void run_snapshot(unsigned int snapshot, unsigned int count)
{
	do {
		unsigned long nr = (unsigned long)__builtin_ctzl(snapshot);

		this_cpu_inc(softirq_run_count[nr]);
		softirq_vec[nr].action(&softirq_vec[nr]);
		if (unlikely((this_cpu_read(__preempt_count) ^ count) & ~PREEMPT_NEED_RESCHED))
			softirq_count_leaked(snapshot, count);
		snapshot &= snapshot - 1;
	} while (unlikely(snapshot));
}

/*
 * Something was raised during the first pass. Further passes, as far as the limits allow; @start is when
 * the first one began. Interrupts off, a softirq being served.
 */
static noinline void drain_more(unsigned int count, unsigned long start)
{
	unsigned int passes_left = CONFIG_SOFTIRQ_MAX_RESTART - 1;
	unsigned long end = start + SOFTIRQ_MAX_TIME;
	unsigned int pending = local_softirq_pending();

	while (pending && passes_left-- && time_before(jiffies, end) && !need_resched()) {
		set_softirq_pending(0);
		local_irq_enable();
		run_snapshot(pending, count);
		local_irq_disable();
		pending = local_softirq_pending();
	}
	if (pending) {
		MARK("softirq: left to ksoftirqd");
		wakeup_softirqd();
	}
}

/* The drain, for a task that may use the last memory: the actions that borrow it may not. */
static noinline void drain_without_memalloc(struct task_struct *task)
{
	task->flags &= ~PF_MEMALLOC;
	__do_softirq();
	task->flags |= PF_MEMALLOC;
}

/* The drain. Called with interrupts off and something pending, not from within a softirq; returns so. */
void __do_softirq(void)
{
	struct task_struct *task = current;
	unsigned long start;
	unsigned int pending, count;

	if (unlikely(task->flags & PF_MEMALLOC)) {
		drain_without_memalloc(task);
		return;
	}

	start = jiffies;
	preempt_count_add(SOFTIRQ_OFFSET);
	count = this_cpu_read(__preempt_count);
	pending = local_softirq_pending();
	set_softirq_pending(0);
	local_irq_enable();
	run_snapshot(pending, count);
	local_irq_disable();
	if (unlikely(this_cpu_test(__softirq_pending, ~0U)))
		drain_more(count, start);
	preempt_count_sub(SOFTIRQ_OFFSET);
}

/* irq_exit() of an interrupt that found something pending; already on the interrupt stack. */
void irq_exit_softirq(void)
{
	unsigned int pending = local_softirq_pending();

	if (in_interrupt() || left_to_ksoftirqd(pending))
		return;
	__do_softirq();
}

void raise_softirq_in_task(unsigned int nr)
{
	unsigned long flags;

	local_irq_save(flags);
	raise_softirq_irqoff(nr);
	local_irq_restore(flags);
}

void do_softirq(void)
{
	unsigned long flags;
	unsigned int pending;

	if (in_interrupt())
		return;

	local_irq_save(flags);
	pending = local_softirq_pending();
	if (pending && !left_to_ksoftirqd(pending))
		arch_call_on_irq_stack(__do_softirq);
	local_irq_restore(flags);
}

/*
 * The last local_bh_enable() of a task, interrupts on, or one further in. Where preemption is counted it is
 * still off: see local_bh_enable().
 */
void local_bh_enable_pending(void)
{
	unsigned int pending;

	if (in_interrupt())
		return;

	local_irq_disable();
	pending = local_softirq_pending();
	/* An interrupt in between may have run them. */
	if (pending && !left_to_ksoftirqd(pending))
		arch_call_on_irq_stack(__do_softirq);
	local_irq_enable();
}

void local_bh_check_enable(void)
{
	WARN_ON_ONCE(in_hardirq());
	WARN_ON_ONCE(irqs_disabled());
	WARN_ONCE(softirq_count() < SOFTIRQ_DISABLE_OFFSET,
		  "local_bh_enable() without local_bh_disable()\n");
}

void __open_softirq(int nr, void (*action)(void))
{
	if (WARN(nr < 0 || nr >= NR_SOFTIRQS, "open_softirq: no entry %d\n", nr))
		return;
	WRITE_ONCE(softirq_vec[nr].action, (void (*)(struct softirq_action *))action);
}

unsigned int softirq_runs(unsigned int nr, unsigned int cpu)
{
	return READ_ONCE(per_cpu(softirq_run_count, cpu)[nr]);
}

static void softirq_unopened(struct softirq_action *self)
{
	pr_warn_once("softirq %u was raised, but has no action\n", (unsigned int)(self - softirq_vec));
}

/*
 * @cpu is dead: what it has left pending is raised here. Raising is all that there is to move but for
 * tasklets, which have lists, and timers, which have a wheel.
 */
static int softirq_dead_cpu(unsigned int cpu)
{
	unsigned int pending = per_cpu(__softirq_pending, cpu);
	unsigned long flags;

	per_cpu(__softirq_pending, cpu) = 0;
	local_irq_save(flags);
	tasklet_take_over(cpu);
	for (; pending; pending &= pending - 1) {
		MARK("softirq: pending on a CPU that went");
		raise_softirq_irqoff((unsigned int)__builtin_ctz(pending));
	}
	local_irq_restore(flags);
	return 0;
}

static int __init softirq_hotplug_init(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_SOFTIRQ_DEAD, "softirq:dead", NULL, softirq_dead_cpu);
}
core_initcall(softirq_hotplug_init);

void softirq_init(void)
{
	tasklet_softirq_init();
}
