// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: a line that fires and fires, and nobody says that it was his: when it is shut off, what is
 * left of it then, and who can use it again.
 *
 * What
 *	Of each 100,000 interrupts of a line, beginning with one that nobody handled, more than 99,900
 *	such are too many. But one that comes more than 100 ms after the one before begins a new
 *	series, and an emulator can be held up that long. So time is made to stand still while a round
 *	of interrupts comes: all CPUs have interrupts off meanwhile.
 *
 * Limits
 *	Half a million interrupts: too many steps for the simulated machine (needs.tsv).
 */
#include <linux/smp.h>

#include "irq_line.h"

enum { ROUND = 100000 };

static struct line_user first, second;
static unsigned int handle_some;	/* so many after the first of a round are handled */

static struct {
	unsigned int fired;		/* in this round */
	unsigned int shut_off_at;	/* when that many had come; 0: it is not */
	atomic_t standing_still;	/* other CPUs */
	bool over;
} round;

static irqreturn_t seldom_handler(int irq, void *dev)
{
	first.runs++;
	if (round.fired > 1 && round.fired <= handle_some + 1)
		return IRQ_HANDLED;
	return first.answer;
}

static irqreturn_t second_handler(int irq, void *dev)
{
	second.runs++;
	return second.answer;
}

static bool disabled(int irq)
{
	return irqd_irq_disabled(irq_get_irq_data(irq));
}

static void stand_still(void *unused)
{
	atomic_inc(&round.standing_still);
	while (!READ_ONCE(round.over))
		cpu_relax();
	atomic_dec(&round.standing_still);
}

static void fire_round(struct irq_work *work)
{
	while (round.fired < ROUND && !round.shut_off_at) {
		round.fired++;
		generic_handle_irq(line_firing);
		if (disabled(line_firing))
			round.shut_off_at = round.fired;
	}
	WRITE_ONCE(round.over, true);
}

/* 100,000 interrupts; fewer, if the line is shut off before. After how many it is; 0: it is not. */
static unsigned int shut_off_after(int irq)
{
	unsigned int others = num_online_cpus() - 1;
	struct irq_work work;

	line_firing = irq;
	round.fired = round.shut_off_at = 0;
	round.over = false;
	preempt_disable();
	smp_call_function(stand_still, NULL, 0);
	preempt_enable();
	in_the_end_spinning((unsigned int)atomic_read(&round.standing_still) == others);
	init_irq_work(&work, fire_round);
	irq_work_queue(&work);
	irq_work_sync(&work);
	in_the_end_spinning(!atomic_read(&round.standing_still));
	return round.shut_off_at;
}

static int begin_line(irq_flow_handler_t flow, unsigned long flags, unsigned int handled)
{
	first = (struct line_user){ .letter = '1', .answer = IRQ_NONE };
	second = (struct line_user){ .letter = '2', .answer = IRQ_NONE };
	handle_some = handled;
	return line_with(&line_chip, flow, seldom_handler, flags, &first);
}

/* 100 that were handled are enough; 99 are not. */
static void shut_off(void)
{
	int irq = begin_line(handle_simple_irq, 0, 100);
	unsigned int runs;

	OBSERVE("irq_spurious.100_of_100000_handled_shut_off_after", "%u", shut_off_after(irq));
	handle_some = 99;
	OBSERVE("irq_spurious.99_of_100000_handled_shut_off_after", "%u", shut_off_after(irq));
	OBSERVE("irq_spurious.shut_off_state", "%s", line_state(irq));
	OBSERVE("irq_spurious.shut_off_asks_chip", "%s", noted());
	OBSERVE("irq_spurious.shut_off_has_action", "%d", irq_has_action(irq));
	runs = first.runs;
	line_fire(irq);
	OBSERVE("irq_spurious.shut_off_fired_runs", "%u", first.runs - runs);
	/* One enable is enough. */
	enable_irq(irq);
	let_replays_come();
	OBSERVE("irq_spurious.shut_off_and_enabled", "%s", line_state(irq));
	runs = first.runs;
	line_fire(irq);
	OBSERVE("irq_spurious.shut_off_and_enabled_fired_runs", "%u", first.runs - runs);
	line_drop(irq, &first);
}

static void shut_off_and_freed(void)
{
	int irq = begin_line(handle_level_irq, 0, 0);

	OBSERVE("irq_spurious.level_shut_off_after", "%u", shut_off_after(irq));
	OBSERVE("irq_spurious.level_shut_off_state", "%s", line_state(irq));
	free_irq(irq, &first);
	if (request_irq(irq, seldom_handler, 0, "again", &first))
		return;
	OBSERVE("irq_spurious.shut_off_freed_requested", "%s", line_state(irq));
	line_drop(irq, &first);
}

static bool is_polled(void)
{
	unsigned int runs = READ_ONCE(first.runs);

	return in_the_end(READ_ONCE(first.runs) != runs);
}

/*
 * The handlers of a shared line are polled from then on. A new user may be the one whose interrupts these
 * are, and as long as he handles them the line stays.
 */
static void shut_off_and_shared(void)
{
	int irq = begin_line(handle_edge_irq, IRQF_SHARED, 0);

	OBSERVE("irq_spurious.edge_shut_off_after", "%u", shut_off_after(irq));
	OBSERVE("irq_spurious.shut_off_shared_is_polled", "%s", yes_no(is_polled()));
	WRITE_ONCE(first.answer, IRQ_HANDLED);
	OBSERVE("irq_spurious.shut_off_shared_is_polled_again", "%s", yes_no(is_polled() && is_polled()));
	OBSERVE("irq_spurious.shut_off_and_handled_by_polling", "%s", yes_no(disabled(irq)));
	WRITE_ONCE(first.answer, IRQ_NONE);
	second.answer = IRQ_HANDLED;
	OBSERVE("irq_spurious.shut_off_joined", "%d",
		request_irq(irq, second_handler, IRQF_SHARED, "second", &second));
	OBSERVE("irq_spurious.shut_off_joined_state", "%s", line_state(irq));
	let_replays_come();
	first.runs = second.runs = 0;
	OBSERVE("irq_spurious.one_of_two_handles_shut_off_after", "%u", shut_off_after(irq));
	OBSERVE("irq_spurious.one_of_two_handles_runs", "%u %u", first.runs, second.runs);
	free_irq(irq, &second);
	line_drop(irq, &first);
}

static void polled_line(void)
{
	int irq = begin_line(handle_simple_irq, 0, 0);

	irq_set_status_flags(irq, IRQ_IS_POLLED);
	OBSERVE("irq_spurious.is_polled_shut_off_after", "%u", shut_off_after(irq));
	line_drop(irq, &first);
}

/* ---- with a thread: what the thread says counts ---- */

static irqreturn_t waking_handler(int irq, void *dev)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t answering_thread(int irq, void *dev)
{
	first.runs++;
	return first.answer;
}

/* So many interrupts, and the thread has answered each of them but the last. */
static void answers_of_the_thread(const char *name, irqreturn_t answer)
{
	int irq = line_make(&line_chip, handle_edge_irq);
	unsigned int i;

	first = (struct line_user){ .answer = answer };
	if (request_threaded_irq(irq, waking_handler, answering_thread, 0, "conformance", &first))
		return;
	for (i = 0; i < 1000; i++) {
		line_fire(irq);
		synchronize_irq(irq);
	}
	OBSERVE("irq_spurious.thread_%s_runs", "%u", name, first.runs);
	OBSERVE("irq_spurious.thread_%s_is_shut_off", "%s", name, yes_no(disabled(irq)));
	line_drop(irq, &first);
}

static int __init irq_spurious_conformance_init(void)
{
	stay_on_cpu_0();
	shut_off();
	shut_off_and_freed();
	shut_off_and_shared();
	polled_line();
	answers_of_the_thread("handles", IRQ_HANDLED);
	answers_of_the_thread("handles_nothing", IRQ_NONE);
	return all_lines_unmade();
}

static void __exit irq_spurious_conformance_exit(void)
{
}

module_init(irq_spurious_conformance_init);
module_exit(irq_spurious_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: interrupts that nobody handles");
