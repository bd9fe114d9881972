// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt lines: flows, states, disable depth, sharing. Claims A5, A6, A7, A8 on a software chip, whose
 * line fires whenever the test says so; the same on real controllers is arch/x86/tests/.
 */
#include <linux/errno.h>

#include "irq_helpers.h"

static irqreturn_t answer;
static atomic_t runs, other_runs;
static int dev, other_dev;

static int reset(struct kunit *test)
{
	int error = take_line(&soft_chip, handle_level_irq);

	if (error)
		return error;
	atomic_set(&runs, 0);
	atomic_set(&other_runs, 0);
	answer = IRQ_HANDLED;
	/* With threadirqs, too: this is about handlers in interrupts. */
	irq_set_status_flags(line, IRQ_NOTHREAD);
	return 0;
}

static irqreturn_t handler(int irq, void *dev_id)
{
	log_event(&seen, HANDLER);
	atomic_inc(&runs);
	return answer;
}

static irqreturn_t other_handler(int irq, void *dev_id)
{
	log_event(&seen, OTHER);
	atomic_inc(&other_runs);
	return IRQ_HANDLED;
}

static void request_line(struct kunit *test, irq_flow_handler_t flow, unsigned long flags)
{
	irq_set_chip_and_handler(line, &soft_chip, flow);
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, flags, "soft-test", &dev), 0);
	log_reset(&seen);
}

static unsigned int line_state(void)
{
	return irq_get_irq_data(line)->common->state;
}

/* A5 */
static void level_masks_acks_handles_unmasks(struct kunit *test)
{
	request_line(test, handle_level_irq, IRQF_TRIGGER_HIGH);
	fire(line);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, UNMASK);
	free_irq(line, &dev);
}

/* A5 */
static void edge_acks_then_handles(struct kunit *test)
{
	request_line(test, handle_edge_irq, IRQF_TRIGGER_RISING);
	fire(line);
	EXPECT_LOG(test, &seen, ACK, HANDLER);
	free_irq(line, &dev);
}

/* A5 */
static void fasteoi_handles_then_eois(struct kunit *test)
{
	request_line(test, handle_fasteoi_irq, 0);
	fire(line);
	EXPECT_LOG(test, &seen, HANDLER, EOI);
	free_irq(line, &dev);
}

/* A5 */
static void percpu_acks_handles_eois(struct kunit *test)
{
	request_line(test, handle_percpu_irq, IRQF_PERCPU);
	fire(line);
	EXPECT_LOG(test, &seen, ACK, HANDLER, EOI);
	free_irq(line, &dev);
}

static void percpu_calls_every_handler_in_order(struct kunit *test)
{
	request_line(test, handle_percpu_irq, IRQF_PERCPU | IRQF_SHARED);
	KUNIT_ASSERT_EQ(test, request_irq(line, other_handler, IRQF_PERCPU | IRQF_SHARED, "other", &other_dev), 0);
	log_reset(&seen);
	fire(line);
	EXPECT_LOG(test, &seen, ACK, HANDLER, OTHER, EOI);
	free_irq(line, &other_dev);
	free_irq(line, &dev);
}

static irqreturn_t note_thread(int irq, void *dev_id)
{
	atomic_inc(&other_runs);
	return IRQ_HANDLED;
}

static void percpu_wakes_the_thread_of_its_handler(struct kunit *test)
{
	irq_set_chip_and_handler(line, &soft_chip, handle_percpu_irq);
	answer = IRQ_WAKE_THREAD;
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, handler, note_thread, IRQF_PERCPU, "soft-test", &dev), 0);
	fire(line);
	free_irq(line, &dev);
	KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), 1);
}

/* A5 */
static void simple_only_handles(struct kunit *test)
{
	request_line(test, handle_simple_irq, 0);
	fire(line);
	EXPECT_LOG(test, &seen, HANDLER);
	free_irq(line, &dev);
}

static irqreturn_t edge_within(int irq, void *dev_id)
{
	unsigned int state;

	if (atomic_inc_return(&runs) == 1) {
		/* As another CPU's edge would arrive: the line is in progress. */
		generic_handle_irq(line);
		state = line_state();
		log_event(&seen, state & IRQD_IRQ_INPROGRESS ? HANDLER : OTHER);
	}
	return IRQ_HANDLED;
}

/* A6: PENDING, masked meanwhile, and served by the loop that runs. */
static void an_edge_while_in_progress_is_replayed_once(struct kunit *test)
{
	irq_set_chip_and_handler(line, &soft_chip, handle_edge_irq);
	KUNIT_ASSERT_EQ(test, request_irq(line, edge_within, 0, "soft-test", &dev), 0);
	log_reset(&seen);
	fire(line);
	EXPECT_LOG(test, &seen, ACK, MASK, ACK, HANDLER, UNMASK);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
	KUNIT_EXPECT_FALSE(test, line_state() & (IRQD_IRQ_INPROGRESS | IRQD_IRQ_MASKED));
	free_irq(line, &dev);
}

static void expect_one_run_when_it_comes_in_progress(struct kunit *test, irq_flow_handler_t flow)
{
	atomic_set(&runs, 0);
	irq_set_chip_and_handler(line, &soft_chip, flow);
	KUNIT_ASSERT_EQ(test, request_irq(line, edge_within, 0, "soft-test", &dev), 0);
	fire(line);
	disable_irq(line);
	enable_irq(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	free_irq(line, &dev);
}

/* Whoever fires such a line looks at all that there is. */
static void a_simple_one_while_in_progress_is_dropped(struct kunit *test)
{
	expect_one_run_when_it_comes_in_progress(test, handle_simple_irq);
	expect_one_run_when_it_comes_in_progress(test, handle_untracked_irq);
}

static irqreturn_t fasteoi_within(int irq, void *dev_id)
{
	/* As the chip would deliver it on another CPU. */
	if (atomic_inc_return(&runs) == 1)
		generic_handle_irq(line);
	return IRQ_HANDLED;
}

static void fire_fasteoi_within(struct kunit *test, bool chip_forgets)
{
	irq_set_chip_and_handler(line, &soft_chip, handle_fasteoi_irq);
	if (chip_forgets)
		irqd_set_resend_when_in_progress(irq_get_irq_data(line));
	KUNIT_ASSERT_EQ(test, request_irq(line, fasteoi_within, 0, "soft-test", &dev), 0);
	log_reset(&seen);
	fire(line);
}

/* A6 */
static void a_fasteoi_while_in_progress_is_replayed_once_if_the_chip_forgets(struct kunit *test)
{
	fire_fasteoi_within(test, true);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 2));
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&seen.used) == 3));
	EXPECT_LOG(test, &seen, EOI, EOI, EOI);
	irq_get_irq_data(line)->common->state &= ~IRQD_RESEND_WHEN_IN_PROGRESS;
	free_irq(line, &dev);
}

/* The device still asks, and the chip sends it again when it has been told the end. */
static void a_fasteoi_while_in_progress_is_left_to_the_chip_otherwise(struct kunit *test)
{
	fire_fasteoi_within(test, false);
	EXPECT_LOG(test, &seen, EOI, EOI);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, line_state() & IRQD_IRQ_MASKED);
	disable_irq(line);
	enable_irq(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	free_irq(line, &dev);
}

static void a_chip_that_wants_no_end_of_what_was_not_handled_gets_none(struct kunit *test)
{
	struct irq_chip chip = soft_chip;

	chip.flags = IRQCHIP_EOI_IF_HANDLED;
	irq_set_chip_and_handler(line, &chip, handle_fasteoi_irq);
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "soft-test", &dev), 0);
	log_reset(&seen);
	fire(line);
	EXPECT_LOG(test, &seen, HANDLER, EOI);
	disable_irq(line);
	log_reset(&seen);
	fire(line);
	EXPECT_LOG(test, &seen, MASK);
	free_irq(line, &dev);
	irq_set_chip(line, NULL);
}

/* A6 */
static void a_fasteoi_while_disabled_is_replayed_at_enable(struct kunit *test)
{
	request_line(test, handle_fasteoi_irq, 0);
	disable_irq(line);
	fire(line);
	EXPECT_LOG(test, &seen, MASK, EOI);
	enable_irq(line);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 1));
	free_irq(line, &dev);
}

static irqreturn_t disable_and_fire_within(int irq, void *dev_id)
{
	if (atomic_inc_return(&runs) == 1) {
		generic_handle_irq(line);
		disable_irq_nosync(line);
	}
	return IRQ_HANDLED;
}

static void a_fasteoi_while_in_progress_of_a_line_then_disabled_waits_for_enable(struct kunit *test)
{
	irq_set_chip_and_handler(line, &soft_chip, handle_fasteoi_irq);
	irqd_set_resend_when_in_progress(irq_get_irq_data(line));
	KUNIT_ASSERT_EQ(test, request_irq(line, disable_and_fire_within, 0, "soft-test", &dev), 0);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	enable_irq(line);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 2));
	irq_get_irq_data(line)->common->state &= ~IRQD_RESEND_WHEN_IN_PROGRESS;
	free_irq(line, &dev);
}

/* A6, A7: lazily disabled; the edge that comes masks the line, is remembered, and replayed at enable. */
static void an_edge_while_disabled_is_replayed_at_enable(struct kunit *test)
{
	request_line(test, handle_edge_irq, 0);
	disable_irq(line);
	KUNIT_EXPECT_TRUE(test, line_state() & IRQD_IRQ_DISABLED);
	KUNIT_EXPECT_FALSE(test, line_state() & IRQD_IRQ_MASKED);
	fire(line);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_TRUE(test, line_state() & IRQD_IRQ_MASKED);
	enable_irq(line);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 1));
	KUNIT_EXPECT_FALSE(test, line_state() & (IRQD_IRQ_MASKED | IRQD_IRQ_DISABLED));
	free_irq(line, &dev);
}

/* A6: drivers enable their line with a lock held that the handler takes, too. */
static void a_replay_waits_until_interrupts_are_on(struct kunit *test)
{
	unsigned long flags;

	request_line(test, handle_edge_irq, 0);
	disable_irq(line);
	fire(line);
	local_irq_save(flags);
	enable_irq(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	local_irq_restore(flags);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 1));
	free_irq(line, &dev);
}

static void a_level_while_disabled_is_not_replayed(struct kunit *test)
{
	request_line(test, handle_level_irq, IRQF_TRIGGER_HIGH);
	disable_irq(line);
	fire(line);
	enable_irq(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	free_irq(line, &dev);
}

/* The flow alone does not say that the device still asks; the type does. */
static void a_line_of_no_type_while_disabled_is_replayed_at_enable(struct kunit *test)
{
	request_line(test, handle_level_irq, 0);
	disable_irq(line);
	fire(line);
	enable_irq(line);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 1));
	free_irq(line, &dev);
}

static void expect_one_enable_is_missing(struct kunit *test)
{
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	enable_irq(line);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	free_irq(line, &dev);
}

/* A7 */
static void disabled_twice_needs_two_enables(struct kunit *test)
{
	request_line(test, handle_level_irq, IRQF_TRIGGER_HIGH);
	disable_irq(line);
	disable_irq_nosync(line);
	enable_irq(line);
	expect_one_enable_is_missing(test);
}

/* A7 */
static void with_interrupts_off_it_waits_for_the_cpu(struct kunit *test)
{
	struct hard_irq_call call;

	request_line(test, handle_level_irq, 0);
	local_irq_disable();
	hard_irq_call(&call, fire_here, (void *)(unsigned long)line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	local_irq_enable();
	irq_work_sync(&call.work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	free_irq(line, &dev);
}

static irqreturn_t disable_own_line(int irq, void *dev_id)
{
	atomic_inc(&runs);
	disable_irq_nosync((unsigned int)irq);
	return IRQ_HANDLED;
}

static void disabled_by_its_own_handler_stays_masked(struct kunit *test)
{
	irq_set_chip_and_handler(line, &soft_chip, handle_level_irq);
	KUNIT_ASSERT_EQ(test, request_irq(line, disable_own_line, IRQF_TRIGGER_HIGH, "soft-test", &dev), 0);
	fire(line);
	KUNIT_EXPECT_TRUE(test, line_state() & IRQD_IRQ_MASKED);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	enable_irq(line);
	KUNIT_EXPECT_FALSE(test, line_state() & IRQD_IRQ_MASKED);
	free_irq(line, &dev);
}

static void unbalanced_enable_is_reported(struct kunit *test)
{
	request_line(test, handle_level_irq, 0);
	bug_expect(1);
	enable_irq(line);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	free_irq(line, &dev);
}

/* A8 */
static void shared_calls_every_handler_in_order(struct kunit *test)
{
	request_line(test, handle_level_irq, IRQF_SHARED);
	KUNIT_ASSERT_EQ(test, request_irq(line, other_handler, IRQF_SHARED, "other", &other_dev), 0);
	log_reset(&seen);
	answer = IRQ_NONE;
	fire(line);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, OTHER, UNMASK);

	/* Both devices may have asked: one that was meant does not end it. */
	log_reset(&seen);
	answer = IRQ_HANDLED;
	fire(line);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, OTHER, UNMASK);

	KUNIT_EXPECT_STREQ(test, free_irq(line, &dev), "soft-test");
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
	KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), 3);
	KUNIT_EXPECT_STREQ(test, free_irq(line, &other_dev), "other");
	KUNIT_EXPECT_FALSE(test, irq_has_action(line));
}

/* A8 */
static void sharing_mismatch_is_busy(struct kunit *test)
{
	const unsigned long quiet = IRQF_PROBE_SHARED;

	request_line(test, handle_level_irq, IRQF_SHARED);
	KUNIT_EXPECT_EQ(test, request_irq(line, other_handler, quiet, "other", &other_dev), -EBUSY);
	free_irq(line, &dev);

	request_line(test, handle_level_irq, 0);
	KUNIT_EXPECT_EQ(test, request_irq(line, other_handler, quiet | IRQF_SHARED, "other", &other_dev),
			-EBUSY);
	free_irq(line, &dev);
}

/* A8: as on Linux, where only a type that was chosen for the line counts, and a sharer's wish is one. */
static void sharing_with_another_type_is_busy_where_one_was_chosen(struct kunit *test)
{
	const unsigned long quiet = IRQF_PROBE_SHARED | IRQF_SHARED;
	struct irq_data *data = irq_get_irq_data(line);
	int third;

	request_line(test, handle_level_irq, IRQF_SHARED | IRQF_TRIGGER_HIGH);
	KUNIT_EXPECT_EQ(test, request_irq(line, other_handler, quiet | IRQF_TRIGGER_HIGH, "other", &other_dev), 0);
	KUNIT_EXPECT_TRUE(test, irqd_trigger_type_was_set(data));
	KUNIT_EXPECT_EQ(test, request_irq(line, other_handler, quiet | IRQF_TRIGGER_RISING, "third", &third),
			-EBUSY);
	KUNIT_EXPECT_EQ(test, request_irq(line, other_handler, quiet, "third", &third), 0);
	free_irq(line, &third);
	free_irq(line, &other_dev);
	free_irq(line, &dev);
}

static void wrong_requests_are_refused(struct kunit *test)
{
	int bare = irq_alloc_desc(NUMA_NO_NODE);

	irq_set_chip_and_handler(line, &soft_chip, handle_level_irq);
	KUNIT_EXPECT_EQ(test, request_irq(line, NULL, 0, "x", &dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(NR_IRQS, handler, 0, "x", &dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(IRQ_NOTCONNECTED, handler, 0, "x", &dev), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, request_irq(line, handler, IRQF_SHARED, "x", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(line, handler, IRQF_SHARED | IRQF_NO_AUTOEN, "x", &dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(line, handler, IRQF_TRIGGER_LOW, "x", &dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq((unsigned int)bare, handler, 0, "x", &dev), -ENOSYS);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line));
	irq_free_desc((unsigned int)bare);
}

static void freeing_an_unknown_handler_is_reported(struct kunit *test)
{
	request_line(test, handle_level_irq, 0);
	bug_expect(1);
	KUNIT_EXPECT_NULL(test, free_irq(line, &other_dev));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	free_irq(line, &dev);
}

/* A controller behind it has it, and is not to be driven away by who passes NULL. */
static void freeing_a_line_with_a_flow_of_its_own_is_reported(struct kunit *test)
{
	irq_set_chip(line, &soft_chip);
	irq_set_chained_handler(line, handle_simple_irq);
	bug_expect(1);
	KUNIT_EXPECT_NULL(test, free_irq(line, NULL));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_TRUE(test, irq_has_action(line));
	irq_set_chained_handler(line, NULL);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line));
}

static void requested_without_autoenable_waits_for_enable(struct kunit *test)
{
	request_line(test, handle_level_irq, IRQF_NO_AUTOEN | IRQF_TRIGGER_HIGH);
	expect_one_enable_is_missing(test);
}

static void counted_on_the_cpu_that_took_it(struct kunit *test)
{
	unsigned int here, before;

	request_line(test, handle_level_irq, 0);
	here = get_cpu();
	before = kstat_irqs_cpu(line, (int)here);
	fire(line);
	KUNIT_EXPECT_EQ(test, kstat_irqs_cpu(line, (int)here), before + 1);
	put_cpu();
	KUNIT_EXPECT_GE(test, kstat_irqs(line), before + 1);
	free_irq(line, &dev);
}

/* As on Linux: what comes while it cannot be handled is counted when it is replayed. */
static void counted_when_it_is_handled(struct kunit *test)
{
	static const irq_flow_handler_t flows[] = { handle_edge_irq, handle_fasteoi_irq, handle_simple_irq, handle_level_irq };

	for (size_t i = 0; i < ARRAY_SIZE(flows); i++) {
		unsigned int before = kstat_irqs(line);

		atomic_set(&runs, 0);
		request_line(test, flows[i], 0);
		disable_irq(line);
		fire(line);
		KUNIT_EXPECT_EQ(test, kstat_irqs(line), before);
		enable_irq(line);
		KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&runs) == 1));
		KUNIT_EXPECT_EQ(test, kstat_irqs(line), before + 1);
		free_irq(line, &dev);
	}
}

static int times_active;

/* It has been sent, and will be there soon. */
static int say_active(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	if (which == IRQCHIP_STATE_ACTIVE)
		*state = times_active && times_active--;
	return 0;
}

static void waited_for_is_what_its_chip_has_sent_too(struct kunit *test)
{
	struct irq_chip chip = soft_chip;

	chip.irq_get_irqchip_state = say_active;
	request_line(test, handle_level_irq, IRQF_SHARED);
	irq_set_chip(line, &chip);
	times_active = 3;
	synchronize_irq(line);
	KUNIT_EXPECT_EQ(test, times_active, 0);
	/* Of handlers alone it knows without asking. */
	times_active = 3;
	synchronize_hardirq(line);
	KUNIT_EXPECT_EQ(test, times_active, 3);
	free_irq(line, &dev);
	KUNIT_EXPECT_EQ(test, times_active, 0);
	irq_set_chip(line, &soft_chip);
}

static const struct cpumask *hint_of(unsigned int irq)
{
	return irq_to_desc(irq)->affinity_hint;
}

/* As on Linux: also when others stay. */
static void freed_with_a_hint_it_is_reported(struct kunit *test)
{
	request_line(test, handle_level_irq, IRQF_SHARED);
	KUNIT_ASSERT_EQ(test, request_irq(line, other_handler, IRQF_SHARED, "other", &other_dev), 0);
	KUNIT_EXPECT_EQ(test, irq_update_affinity_hint(line, cpumask_of(0)), 0);
	bug_expect(1);
	free_irq(line, &other_dev);
	bug_expect(0);
	KUNIT_EXPECT_NULL(test, hint_of(line));
	free_irq(line, &dev);
}

static struct kunit_case irq_cases[] = {
	KUNIT_CASE(level_masks_acks_handles_unmasks),
	KUNIT_CASE(edge_acks_then_handles),
	KUNIT_CASE(fasteoi_handles_then_eois),
	KUNIT_CASE(percpu_acks_handles_eois),
	KUNIT_CASE(percpu_calls_every_handler_in_order),
	KUNIT_CASE(percpu_wakes_the_thread_of_its_handler),
	KUNIT_CASE(simple_only_handles),
	KUNIT_CASE(an_edge_while_in_progress_is_replayed_once),
	KUNIT_CASE(a_simple_one_while_in_progress_is_dropped),
	KUNIT_CASE(a_fasteoi_while_in_progress_is_replayed_once_if_the_chip_forgets),
	KUNIT_CASE(a_fasteoi_while_in_progress_is_left_to_the_chip_otherwise),
	KUNIT_CASE(a_chip_that_wants_no_end_of_what_was_not_handled_gets_none),
	KUNIT_CASE(a_fasteoi_while_disabled_is_replayed_at_enable),
	KUNIT_CASE(a_fasteoi_while_in_progress_of_a_line_then_disabled_waits_for_enable),
	KUNIT_CASE(an_edge_while_disabled_is_replayed_at_enable),
	KUNIT_CASE(a_replay_waits_until_interrupts_are_on),
	KUNIT_CASE(a_level_while_disabled_is_not_replayed),
	KUNIT_CASE(a_line_of_no_type_while_disabled_is_replayed_at_enable),
	KUNIT_CASE(disabled_twice_needs_two_enables),
	KUNIT_CASE(with_interrupts_off_it_waits_for_the_cpu),
	KUNIT_CASE(disabled_by_its_own_handler_stays_masked),
	KUNIT_CASE(unbalanced_enable_is_reported),
	KUNIT_CASE(shared_calls_every_handler_in_order),
	KUNIT_CASE(sharing_mismatch_is_busy),
	KUNIT_CASE(sharing_with_another_type_is_busy_where_one_was_chosen),
	KUNIT_CASE(wrong_requests_are_refused),
	KUNIT_CASE(freeing_an_unknown_handler_is_reported),
	KUNIT_CASE(freeing_a_line_with_a_flow_of_its_own_is_reported),
	KUNIT_CASE(requested_without_autoenable_waits_for_enable),
	KUNIT_CASE(counted_on_the_cpu_that_took_it),
	KUNIT_CASE(counted_when_it_is_handled),
	KUNIT_CASE(waited_for_is_what_its_chip_has_sent_too),
	KUNIT_CASE(freed_with_a_hint_it_is_reported),
	{}
};

static struct kunit_suite irq_suite = {
	.name = "irq",
	.init = reset,
	.exit = give_line_back,
	.test_cases = irq_cases,
};
kunit_test_suite(irq_suite);
