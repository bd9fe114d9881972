// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines that are moved while they fire: nothing is lost, and in the end they fire where they were sent.
 *
 * Edges are numbered as in irq.c: after edge k some handler run that starts later sees a number of at least k.
 */
#include <kunit/scenario.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/sched.h>

static atomic_t raised, seen, inside;
static int twice, last_cpu;
static unsigned int line;
static int device;

static irqreturn_t handler(int irq, void *dev)
{
	if (atomic_inc_return(&inside) != 1)
		WRITE_ONCE(twice, 1);
	WRITE_ONCE(last_cpu, (int)smp_processor_id());
	atomic_set(&seen, atomic_read(&raised));
	atomic_dec(&inside);
	return IRQ_HANDLED;
}

static void raise_edge(void)
{
	atomic_inc(&raised);
	scenario_raise_irq(line);
}

static void raise_some(void *unused)
{
	for (int i = 0; i < 3; i++)
		raise_edge();
}

static void move_about(void *unused)
{
	for (int i = 0; i < 3; i++)
		irq_set_affinity(line, cpumask_of(scenario_choose(num_online_cpus())));
}

static void begin(struct kunit *test, irq_flow_handler_t flow)
{
	line = scenario_irq(test, SCENARIO_EDGE);
	if (!irq_can_set_affinity(line))
		kunit_skip(test, "its software lines do not move");
	irq_set_handler(line, flow);
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "moved", &device), 0);
}

static void wait_until_all_is_seen(void)
{
	while (atomic_read(&seen) != atomic_read(&raised))
		schedule_timeout_uninterruptible(1);
}

/* If it never is, that is a hang. */
static void wait_until_unmasked(void)
{
	while (irqd_irq_masked(irq_get_irq_data(line)))
		schedule_timeout_uninterruptible(1);
}

/* A move that waits for an interrupt needs one. */
static void finish_moves(void)
{
	while (irqd_is_setaffinity_pending(irq_get_irq_data(line))) {
		raise_edge();
		wait_until_all_is_seen();
	}
}

static void move_while_it_fires(struct kunit *test)
{
	struct scenario_thread mover, raiser;
	unsigned int cpu;

	scenario_start(test, &mover, 0, move_about, NULL);
	scenario_start(test, &raiser, 1, raise_some, NULL);
	raise_some(NULL);
	scenario_join(&mover);
	scenario_join(&raiser);
	wait_until_all_is_seen();
	KUNIT_EXPECT_EQ(test, twice, 0);

	cpu = scenario_choose(num_online_cpus());
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(cpu)), 0);
	finish_moves();
	/* What was on its way to the old CPU comes there. If it never fires on the new one, that is a hang. */
	do {
		raise_edge();
		wait_until_all_is_seen();
		synchronize_irq(line);
	} while (READ_ONCE(last_cpu) != (int)cpu);
	free_irq(line, &device);
}

/* A12 */
static void edges_of_a_line_that_is_moved_none_is_lost(struct kunit *test)
{
	begin(test, handle_edge_irq);
	move_while_it_fires(test);
}
SCENARIO(edges_of_a_line_that_is_moved_none_is_lost, .cpus_min = 2);

/* A12: the chip is asked by the line's own interrupts. */
static void edges_of_a_line_that_moves_itself_none_is_lost(struct kunit *test)
{
	begin(test, handle_edge_irq);
	irq_clear_status_flags(line, IRQ_MOVE_PCNTXT);
	move_while_it_fires(test);
}
SCENARIO(edges_of_a_line_that_moves_itself_none_is_lost, .cpus_min = 2,
	 .must_hit = { "irq: move is left to the next interrupt", "irq: moved by its interrupt" });

/* A12: what is delivered on the new CPU while the old one is in the handlers is replayed. */
static void messages_of_a_line_that_is_moved_none_is_lost(struct kunit *test)
{
	begin(test, handle_fasteoi_irq);
	irqd_set_resend_when_in_progress(irq_get_irq_data(line));
	move_while_it_fires(test);
}
SCENARIO(messages_of_a_line_that_is_moved_none_is_lost, .cpus_min = 2,
	 .must_hit = { "irq: fasteoi while in progress" });

static void disable_and_enable(void *unused)
{
	disable_irq(line);
	enable_irq(line);
}

/* A12: a move that waits, while the line is disabled: it stays masked, and is let go once. */
static void moved_and_disabled_no_edge_is_lost(struct kunit *test)
{
	struct scenario_thread disabler, mover;

	begin(test, handle_edge_irq);
	irq_clear_status_flags(line, IRQ_MOVE_PCNTXT);
	scenario_start(test, &disabler, 0, disable_and_enable, NULL);
	scenario_start(test, &mover, 1, move_about, NULL);
	raise_some(NULL);
	scenario_join(&disabler);
	scenario_join(&mover);
	wait_until_all_is_seen();
	finish_moves();
	KUNIT_EXPECT_EQ(test, twice, 0);
	wait_until_unmasked();
	free_irq(line, &device);
}
SCENARIO(moved_and_disabled_no_edge_is_lost, .cpus_min = 2);

#ifdef CONFIG_WORKQUEUE
static struct irq_affinity_notify notify;
static atomic_t told, released;
static int told_after;

static void note_move(struct irq_affinity_notify *unused, const struct cpumask *mask)
{
	if (atomic_read(&released))
		WRITE_ONCE(told_after, 1);
	atomic_inc(&told);
}

static void note_release(struct kref *ref)
{
	atomic_inc(&released);
}

/* Taken away while moves are being told of: released once, after the last call. */
static void notifier_is_released_once_and_not_told_after(struct kunit *test)
{
	struct scenario_thread mover;

	begin(test, handle_edge_irq);
	notify.notify = note_move;
	notify.release = note_release;
	KUNIT_ASSERT_EQ(test, irq_set_affinity_notifier(line, &notify), 0);
	scenario_start(test, &mover, 1, move_about, NULL);
	irq_set_affinity(line, cpumask_of(0));
	KUNIT_EXPECT_EQ(test, irq_set_affinity_notifier(line, NULL), 0);
	scenario_join(&mover);
	KUNIT_EXPECT_EQ(test, atomic_read(&released), 1);
	KUNIT_EXPECT_EQ(test, told_after, 0);
	free_irq(line, &device);
}
SCENARIO(notifier_is_released_once_and_not_told_after);
#endif
