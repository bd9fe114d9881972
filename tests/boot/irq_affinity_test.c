// SPDX-License-Identifier: GPL-2.0-only
/*
 * Steering lines: masks, moves now and later, hints, notifiers. Claim A12 on a software chip; under every
 * schedule: tests/scenario/irq_affinity.c; on real controllers: arch/x86/tests/.
 */
#include <linux/errno.h>

#include "irq_helpers.h"
#include "thread_helpers.h"

enum { MOVE = FIRST_OF_FILE };

static struct cpumask asked;		/* what the chip was last asked for */
static bool asked_by_force;
static int answer;
static int device;

static void steered_ack(struct irq_data *data)
{
	log_event(&seen, ACK);
	irq_move_irq(data);
}

static int steer(struct irq_data *data, const struct cpumask *dest, bool force)
{
	log_event(&seen, MOVE);
	cpumask_copy(&asked, dest);
	asked_by_force = force;
	if (answer >= 0)
		irq_data_update_effective_affinity(data, cpumask_of(cpumask_first(dest)));
	return answer;
}

static struct irq_chip steered_chip = {
	.name = "steered",
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_ack = steered_ack,
	.irq_set_affinity = steer,
};

static irqreturn_t handler(int irq, void *dev)
{
	log_event(&seen, HANDLER);
	return IRQ_HANDLED;
}

static int reset(struct kunit *test)
{
	int error = take_line(&steered_chip, handle_edge_irq);

	if (error)
		return error;
	answer = IRQ_SET_MASK_OK;
	irq_set_status_flags(line, IRQ_MOVE_PCNTXT | IRQ_NOTHREAD);
	return 0;
}

static void request_line(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "steered", &device), 0);
	log_reset(&seen);
}

static bool goes_to(const struct cpumask *mask)
{
	return cpumask_equal(irq_get_affinity_mask((int)line), mask);
}

static bool was_set(void)
{
	return irqd_affinity_was_set(irq_get_irq_data(line));
}

/* ---- now */

static void a_line_without_a_wish_goes_to_all(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "steered", &device), 0);
	EXPECT_LOG(test, &seen, UNMASK, MOVE);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&asked, cpu_online_mask));
	KUNIT_EXPECT_FALSE(test, was_set());
	free_irq(line, &device);
}

static void a_wish_is_asked_of_the_chip_and_kept(struct kunit *test)
{
	request_line(test);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), 0);
	EXPECT_LOG(test, &seen, MOVE);
	KUNIT_EXPECT_TRUE(test, goes_to(cpumask_of(0)));
	KUNIT_EXPECT_TRUE(test, was_set());
	free_irq(line, &device);

	/* The next one who requests it gets it there, too. */
	request_line(test);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&asked, cpumask_of(0)));
	free_irq(line, &device);
}

static void cpus_that_are_not_online_are_kept_from_the_chip(struct kunit *test)
{
	request_line(test);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpu_all_mask), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&asked, cpu_online_mask));
	KUNIT_EXPECT_TRUE(test, goes_to(cpu_all_mask));
	KUNIT_EXPECT_FALSE(test, asked_by_force);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpu_none_mask), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_force_affinity(line, cpu_all_mask), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&asked, cpu_all_mask));
	KUNIT_EXPECT_TRUE(test, asked_by_force);
	free_irq(line, &device);
}

static void what_the_chip_refuses_changes_nothing(struct kunit *test)
{
	request_line(test);
	answer = -ENOSPC;
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), -ENOSPC);
	KUNIT_EXPECT_TRUE(test, num_online_cpus() == 1 || !goes_to(cpumask_of(0)));
	answer = IRQ_SET_MASK_OK_NOCOPY;
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), 0);
	KUNIT_EXPECT_TRUE(test, num_online_cpus() == 1 || !goes_to(cpumask_of(0)));
	free_irq(line, &device);
}

static void a_chip_that_knows_one_cpu_cannot_be_asked(struct kunit *test)
{
	irq_set_chip(line, &soft_chip);
	request_line(test);
	KUNIT_EXPECT_EQ(test, irq_can_set_affinity(line), 0);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(NR_IRQS, cpumask_of(0)), -EINVAL);
	free_irq(line, &device);
}

static void a_line_that_stays_is_not_asked_about_at_its_start(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, IRQF_NOBALANCING, "steered", &device), 0);
	EXPECT_LOG(test, &seen, UNMASK);
	KUNIT_EXPECT_EQ(test, irq_can_set_affinity(line), 0);
	/* Who asks for it by name knows what he does. */
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), 0);
	free_irq(line, &device);
}

static void a_new_line_goes_where_its_maker_said(struct kunit *test)
{
	struct irq_affinity_desc wish = { .mask = *cpumask_of(0), .is_managed = 1 };
	int irq = __irq_alloc_descs(-1, 1, 1, NUMA_NO_NODE, NULL, &wish);

	KUNIT_ASSERT_GT(test, irq, 0);
	irq_set_chip_and_handler((unsigned int)irq, &steered_chip, handle_edge_irq);
	KUNIT_EXPECT_TRUE(test, irqd_affinity_is_managed(irq_get_irq_data((unsigned int)irq)));
	KUNIT_ASSERT_EQ(test, request_irq((unsigned int)irq, handler, 0, "managed", &device), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&asked, cpumask_of(0)));
	free_irq((unsigned int)irq, &device);
	irq_free_desc((unsigned int)irq);
}

static void a_chip_that_is_told_later_is_told_at_the_start(struct kunit *test)
{
	irqd_set_affinity_on_activate(irq_get_irq_data(line));
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), 0);
	EXPECT_LOG(test, &seen);
	KUNIT_EXPECT_TRUE(test, goes_to(cpumask_of(0)));
	request_line(test);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&asked, cpumask_of(0)));
	free_irq(line, &device);
}

/* ---- later: the line's own interrupt moves it */

static void without_leave_to_move_its_next_interrupt_moves_it(struct kunit *test)
{
	struct irq_data *data = irq_get_irq_data(line);

	irq_clear_status_flags(line, IRQ_MOVE_PCNTXT);
	request_line(test);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), 0);
	EXPECT_LOG(test, &seen);
	KUNIT_EXPECT_TRUE(test, irqd_is_setaffinity_pending(data));
	fire(line);
	EXPECT_LOG(test, &seen, ACK, MASK, MOVE, UNMASK, HANDLER);
	KUNIT_EXPECT_FALSE(test, irqd_is_setaffinity_pending(data));
	KUNIT_EXPECT_TRUE(test, goes_to(cpumask_of(0)));
	log_reset(&seen);
	fire(line);
	EXPECT_LOG(test, &seen, ACK, HANDLER);
	free_irq(line, &device);
}

static void a_busy_chip_is_asked_again_by_the_next_interrupt(struct kunit *test)
{
	struct irq_data *data = irq_get_irq_data(line);

	request_line(test);
	answer = -EBUSY;
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), 0);
	KUNIT_EXPECT_TRUE(test, irqd_is_setaffinity_pending(data));
	fire(line);
	KUNIT_EXPECT_TRUE(test, irqd_is_setaffinity_pending(data));
	answer = IRQ_SET_MASK_OK;
	fire(line);
	KUNIT_EXPECT_FALSE(test, irqd_is_setaffinity_pending(data));
	KUNIT_EXPECT_TRUE(test, goes_to(cpumask_of(0)));
	free_irq(line, &device);
}

/* Its flow has masked it for good: moving must not let it go. */
static void a_disabled_line_is_moved_once_it_is_enabled(struct kunit *test)
{
	struct irq_data *data = irq_get_irq_data(line);

	irq_clear_status_flags(line, IRQ_MOVE_PCNTXT);
	request_line(test);
	disable_irq(line);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line, cpumask_of(0)), 0);
	fire(line);
	EXPECT_LOG(test, &seen, MASK, ACK);
	KUNIT_EXPECT_TRUE(test, irqd_is_setaffinity_pending(data));
	enable_irq(line);
	KUNIT_EXPECT_TRUE(test, wait_until(!irqd_is_setaffinity_pending(data)));
	free_irq(line, &device);
}

/* ---- hints and notifiers */

static void a_hint_is_only_remembered(struct kunit *test)
{
	request_line(test);
	KUNIT_EXPECT_EQ(test, irq_update_affinity_hint(line, cpumask_of(0)), 0);
	EXPECT_LOG(test, &seen);
	KUNIT_EXPECT_PTR_EQ(test, irq_to_desc(line)->affinity_hint, cpumask_of(0));
	answer = -EINVAL;
	KUNIT_EXPECT_EQ(test, irq_set_affinity_and_hint(line, cpumask_of(0)), 0);
	EXPECT_LOG(test, &seen, MOVE);
	KUNIT_EXPECT_EQ(test, irq_set_affinity_hint(line, NULL), 0);
	EXPECT_LOG(test, &seen, MOVE);
	KUNIT_EXPECT_EQ(test, irq_update_affinity_hint(NR_IRQS, NULL), -EINVAL);
	free_irq(line, &device);
}

#ifdef CONFIG_WORKQUEUE
static struct watcher {
	struct irq_affinity_notify notify;
	struct completion told;
	unsigned int released;
	struct cpumask mask;
} watchers[2];

static void note_move(struct irq_affinity_notify *notify, const struct cpumask *mask)
{
	struct watcher *watcher = container_of(notify, struct watcher, notify);

	cpumask_copy(&watcher->mask, mask);
	complete(&watcher->told);
}

static void note_release(struct kref *ref)
{
	container_of(ref, struct watcher, notify.kref)->released++;
}

static void watch_line(struct kunit *test, struct watcher *watcher)
{
	watcher->notify.notify = note_move;
	watcher->notify.release = note_release;
	watcher->released = 0;
	init_completion(&watcher->told);
	KUNIT_ASSERT_EQ(test, irq_set_affinity_notifier(line, &watcher->notify), 0);
}

static void who_watches_a_line_is_told_and_released_once(struct kunit *test)
{
	request_line(test);
	watch_line(test, &watchers[0]);
	KUNIT_EXPECT_EQ(test, kref_read(&watchers[0].notify.kref), 1U);
	irq_set_affinity(line, cpumask_of(0));
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&watchers[0].told, PATIENCE), 0UL);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&watchers[0].mask, cpumask_of(0)));

	watch_line(test, &watchers[1]);
	KUNIT_EXPECT_EQ(test, watchers[0].released, 1U);
	irq_set_affinity(line, cpumask_of(0));
	KUNIT_EXPECT_EQ(test, irq_set_affinity_notifier(line, NULL), 0);
	KUNIT_EXPECT_EQ(test, watchers[1].released, 1U);
	KUNIT_EXPECT_EQ(test, watchers[0].released, 1U);
	irq_set_affinity(line, cpumask_of(0));
	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&watchers[0].told));
	KUNIT_EXPECT_EQ(test, irq_set_affinity_notifier(NR_IRQS, NULL), -EINVAL);
	free_irq(line, &device);
}
#endif

static struct kunit_case irq_affinity_cases[] = {
	KUNIT_CASE(a_line_without_a_wish_goes_to_all),
	KUNIT_CASE(a_wish_is_asked_of_the_chip_and_kept),
	KUNIT_CASE(cpus_that_are_not_online_are_kept_from_the_chip),
	KUNIT_CASE(what_the_chip_refuses_changes_nothing),
	KUNIT_CASE(a_chip_that_knows_one_cpu_cannot_be_asked),
	KUNIT_CASE(a_line_that_stays_is_not_asked_about_at_its_start),
	KUNIT_CASE(a_new_line_goes_where_its_maker_said),
	KUNIT_CASE(a_chip_that_is_told_later_is_told_at_the_start),
	KUNIT_CASE(without_leave_to_move_its_next_interrupt_moves_it),
	KUNIT_CASE(a_busy_chip_is_asked_again_by_the_next_interrupt),
	KUNIT_CASE(a_disabled_line_is_moved_once_it_is_enabled),
	KUNIT_CASE(a_hint_is_only_remembered),
#ifdef CONFIG_WORKQUEUE
	KUNIT_CASE(who_watches_a_line_is_told_and_released_once),
#endif
	{}
};

static struct kunit_suite irq_affinity_suite = {
	.name = "irq_affinity",
	.init = reset,
	.exit = give_line_back,
	.test_cases = irq_affinity_cases,
};
kunit_test_suite(irq_affinity_suite);
