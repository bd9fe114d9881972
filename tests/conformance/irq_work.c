// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: irq_work. When a function runs that is to run in a hard interrupt; queued again, waited for,
 * on another CPU.
 */
#include <linux/irq_work.h>

#include "notes.h"

struct lettered {
	struct irq_work work;
	char letter;
	unsigned int runs;
};

static struct lettered a, b, c;
static struct actor actor;

static struct {
	bool in_hardirq, irqs_off, pending, busy, again;
	int cpu;
} seen;

static void run(struct irq_work *work)
{
	struct lettered *own = container_of(work, struct lettered, work);

	own->runs++;
	seen.in_hardirq = in_hardirq();
	seen.irqs_off = irqs_disabled();
	seen.pending = irq_work_is_pending(work);
	seen.busy = irq_work_is_busy(work);
	seen.cpu = raw_smp_processor_id();
	note(own->letter);
}

static void init(struct lettered *own, char letter, void (*fn)(struct irq_work *))
{
	init_irq_work(&own->work, fn);
	own->letter = letter;
	own->runs = 0;
}

static void begin(void)
{
	init(&a, 'a', run);
	init(&b, 'b', run);
	init(&c, 'c', run);
	forget_notes();
}

static void one(void)
{
	bool queued;

	begin();
	OBSERVE("irq_work.new_is_pending_or_busy", "%d %d", irq_work_is_pending(&a.work),
		irq_work_is_busy(&a.work));
	queued = irq_work_queue(&a.work);
	irq_work_sync(&a.work);
	OBSERVE("irq_work.queue", "%d", queued);
	OBSERVE("irq_work.synced_runs", "%u", a.runs);
	OBSERVE("irq_work.synced_is_pending_or_busy", "%d %d", irq_work_is_pending(&a.work),
		irq_work_is_busy(&a.work));
	OBSERVE("irq_work.inside_in_hardirq", "%d", seen.in_hardirq);
	OBSERVE("irq_work.inside_irqs_disabled", "%d", seen.irqs_off);
	OBSERVE("irq_work.inside_is_pending_or_busy", "%d %d", seen.pending, seen.busy);
	irq_work_sync(&a.work);
	OBSERVE("irq_work.synced_again_runs", "%u", a.runs);
}

/* It waits for interrupts to be on, and then it comes at once. */
static void interrupts_off(void)
{
	bool first, second, pending, busy;
	unsigned int runs;

	begin();
	local_irq_disable();
	first = irq_work_queue(&a.work);
	second = irq_work_queue(&a.work);
	pending = irq_work_is_pending(&a.work);
	busy = irq_work_is_busy(&a.work);
	runs = a.runs;
	local_irq_enable();
	irq_work_sync(&a.work);
	OBSERVE("irq_work.off_queued_twice", "%d %d", first, second);
	OBSERVE("irq_work.off_queued_is_pending_or_busy", "%d %d", pending, busy);
	OBSERVE("irq_work.off_queued_runs", "%u", runs);
	OBSERVE("irq_work.off_queued_twice_runs", "%u", a.runs);

	begin();
	local_irq_disable();
	irq_work_queue(&b.work);
	irq_work_queue(&a.work);
	irq_work_queue(&c.work);
	local_irq_enable();
	irq_work_sync(&a.work);
	irq_work_sync(&b.work);
	irq_work_sync(&c.work);
	OBSERVE("irq_work.off_queued_b_a_c", "%s", noted());

	begin();
	local_irq_disable();
	irq_work_queue(&a.work);
	irq_work_queue(&b.work);
	irq_work_run();
	runs = a.runs + b.runs;
	local_irq_enable();
	OBSERVE("irq_work.off_run_by_hand_runs", "%u", runs);
}

static void queue_itself(struct irq_work *work)
{
	run(work);
	if (a.runs < 3)
		seen.again = irq_work_queue(work);
}

static void queue_the_next(struct irq_work *work)
{
	run(work);
	irq_work_queue(&b.work);
	note('.');
}

static void from_inside(void)
{
	begin();
	init(&a, 'a', queue_itself);
	irq_work_queue(&a.work);
	in_the_end_spinning(READ_ONCE(a.runs) >= 3);
	irq_work_sync(&a.work);
	OBSERVE("irq_work.queued_by_itself", "%d, runs %u", seen.again, a.runs);
	begin();
	init(&a, 'a', queue_the_next);
	irq_work_queue(&a.work);
	irq_work_sync(&a.work);
	in_the_end_spinning(READ_ONCE(b.runs));
	irq_work_sync(&b.work);
	OBSERVE("irq_work.queued_by_another", "%s", noted());
}

static void hard(void)
{
	begin();
	b.work = IRQ_WORK_INIT_HARD(run);
	irq_work_queue(&b.work);
	irq_work_sync(&b.work);
	OBSERVE("irq_work.hard_in_hardirq", "%d, runs %u", seen.in_hardirq, b.runs);
}

/* Queued here for another CPU; and by another CPU for here. */
static int act_queue_for_cpu_0(void *unused)
{
	return irq_work_queue_on(&b.work, 0);
}

static void on_another_cpu(void)
{
	bool queued;

	begin();
	queued = irq_work_queue_on(&a.work, 1);
	irq_work_sync(&a.work);
	OBSERVE("irq_work.smp_queue_on", "%d", queued);
	OBSERVE("irq_work.smp_queue_on_runs", "%u, on %d", a.runs, seen.cpu);
	OBSERVE("irq_work.smp_queue_on_in_hardirq", "%d", seen.in_hardirq);
	actor_start(&actor, act_queue_for_cpu_0, NULL);
	OBSERVE("irq_work.smp_queued_by_an_actor", "%d", actor_join(&actor));
	irq_work_sync(&b.work);
	OBSERVE("irq_work.smp_queued_by_an_actor_runs", "%u, on %d", b.runs, seen.cpu);
}

static int __init irq_work_conformance_init(void)
{
	stay_on_cpu_0();
	one();
	interrupts_off();
	from_inside();
	hard();
	if (num_online_cpus() > 1)
		on_another_cpu();
	leave_cpu_0();
	return 0;
}

static void __exit irq_work_conformance_exit(void)
{
}

module_init(irq_work_conformance_init);
module_exit(irq_work_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: functions in hard interrupts");
