// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: what the predicates answer in hard interrupts and softirqs, and in what is within them.
 */
#include <linux/interrupt.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include "context.h"

#define TEST_SOFTIRQ	IRQ_POLL_SOFTIRQ

static DEFINE_SPINLOCK(lock);
static DEFINE_SPINLOCK(irq_lock);	/* taken in hard interrupts alone */
static struct answers seen, after;

static void hard_irqs(void)
{
	in_hard_irq(look_in_irq, &seen);
	say("hard_irq", &seen);
	OBSERVE("context.hard_irq_cpu", "%u", seen.cpu);

	preempt_disable();
	in_hard_irq(look_in_irq, &seen);
	preempt_enable();
	say("hard_irq_over_preempt_off", &seen);

	local_bh_disable();
	in_hard_irq(look_in_irq, &seen);
	local_bh_enable();
	say("hard_irq_over_bh_off", &seen);

	spin_lock_bh(&lock);
	in_hard_irq(look_in_irq, &seen);
	spin_unlock_bh(&lock);
	say("hard_irq_over_spin_lock_bh", &seen);
}

static void look_locked(void *where)
{
	spin_lock(&irq_lock);
	look(where);
	spin_unlock(&irq_lock);
}

static void look_irqs_saved(void *where)
{
	unsigned long flags;

	local_irq_save(flags);
	local_irq_restore(flags);
	look(where);
}

/* A plain function call, with interrupts off: the own CPU needs no interrupt. */
static void calls_to_the_own_cpu(void)
{
	smp_call_function_single(0, look_in_irq, &seen, 1);
	say("call_to_the_own_cpu", &seen);
	look(&after);
	OBSERVE("context.call_to_the_own_cpu_leaves_interrupts", "%s", after.irqs_off ? "off" : "on");

	in_hard_irq(look_locked, &seen);
	say("hard_irq_with_spin_lock", &seen);
	in_hard_irq(look_irqs_saved, &seen);
	say("hard_irq_after_irq_restore", &seen);
}

static void look_here(void)
{
	look(&seen);
}

static void look_with_bh_off(void)
{
	local_bh_disable();
	look(&seen);
	local_bh_enable();
	look(&after);
}

static void look_with_lock(void)
{
	spin_lock(&lock);
	look(&seen);
	spin_unlock(&lock);
}

static void look_with_lock_bh(void)
{
	spin_lock_bh(&lock);
	look(&seen);
	spin_unlock_bh(&lock);
}

static void look_with_irqs_off(void)
{
	local_irq_disable();
	look(&seen);
	local_irq_enable();
}

static void look_in_an_interrupt(void)
{
	in_hard_irq(look_in_irq, &seen);
	look(&after);
}

/* @action in the drain of a local_bh_enable(). */
static void in_softirq_of_a_task(const char *where, void (*action)(void))
{
	seen.looked = false;
	open_softirq(TEST_SOFTIRQ, action);
	settled_bh_disable();
	raise_softirq(TEST_SOFTIRQ);
	local_bh_enable();
	say(where, &seen);
}

static void raise_in_irq(void *unused)
{
	raise_softirq_irqoff(TEST_SOFTIRQ);
}

static void softirqs(void)
{
	in_softirq_of_a_task("softirq", look_here);
	OBSERVE("context.softirq_cpu", "%u", seen.cpu);
	in_softirq_of_a_task("softirq_with_bh_off", look_with_bh_off);
	say("softirq_after_bh_on", &after);
	in_softirq_of_a_task("softirq_with_spin_lock", look_with_lock);
	in_softirq_of_a_task("softirq_with_spin_lock_bh", look_with_lock_bh);
	in_softirq_of_a_task("softirq_with_irqs_off", look_with_irqs_off);
	in_softirq_of_a_task("hard_irq_over_a_softirq", look_in_an_interrupt);
	say("softirq_after_a_hard_irq", &after);

	open_softirq(TEST_SOFTIRQ, look_here);
	seen.looked = false;
	settled_irq_disable();
	__raise_softirq_irqoff(TEST_SOFTIRQ);
	do_softirq();
	local_irq_enable();
	say("softirq_of_do_softirq", &seen);

	seen.looked = false;
	in_settled_hard_irq(raise_in_irq, NULL);
	say("softirq_of_a_hard_irq", &seen);
}

static struct completion looked;

static void look_and_complete(void)
{
	look(&seen);
	complete(&looked);
}

/* An interrupt that happens to come first may run it: tried until the thread did. */
static void softirq_in_ksoftirqd(void)
{
	int attempts = 100;

	init_completion(&looked);
	open_softirq(TEST_SOFTIRQ, look_and_complete);
	do {
		raise_softirq(TEST_SOFTIRQ);
	} while (arrives(&looked) && !strstarts(seen.comm, "ksoftirqd/") && --attempts);
	say("softirq_of_ksoftirqd", &seen);
}

void observe_context_irq(void)
{
	hard_irqs();
	calls_to_the_own_cpu();
	softirqs();
	softirq_in_ksoftirqd();
}
