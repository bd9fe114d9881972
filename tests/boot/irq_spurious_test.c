// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines that nobody claims. Claim A8: by the rule of 99,900 in 100,000 they are shut off, named, and polled;
 * others go on.
 *
 * Most cases begin near the end of a round: a hundred thousand interrupts are one case of their own.
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <arch/clock.h>
#include <kunit/scenario.h>

#include "thread_helpers.h"
#include "../../kernel/irq/internals.h"

#define ROUND	100000U
#define BATCH	500U

static unsigned int line, other_line;
static irqreturn_t answer, thread_answer;
static atomic_t runs, other_runs;
static int device, other_device;

static void no_function(struct irq_data *data) { }

/* So a thread runs on CPU 0, too: not before the interrupt that woke it is over. */
static int to_cpu_0(struct irq_data *data, const struct cpumask *dest, bool force)
{
	irq_data_update_effective_affinity(data, cpumask_of(0));
	return IRQ_SET_MASK_OK;
}

static struct irq_chip soft_chip = {
	.name = "stuck",
	.irq_mask = no_function,
	.irq_unmask = no_function,
	.irq_ack = no_function,
	.irq_set_affinity = to_cpu_0,
};

static irqreturn_t stuck_handler(int irq, void *dev)
{
	atomic_inc(&runs);
	return READ_ONCE(answer);
}

static irqreturn_t other_handler(int irq, void *dev)
{
	atomic_inc(&other_runs);
	return IRQ_HANDLED;
}

static irqreturn_t stuck_thread(int irq, void *dev)
{
	return thread_answer;
}

static int take_lines(struct kunit *test)
{
	int first = irq_alloc_descs(-1, 1, 2, NUMA_NO_NODE);

	if (first < 0)
		return first;
	line = (unsigned int)first;
	other_line = line + 1;
	irq_set_chip_and_handler(line, &soft_chip, handle_edge_irq);
	irq_set_chip_and_handler(other_line, &soft_chip, handle_edge_irq);
	irq_set_status_flags(line, IRQ_NOTHREAD);
	irq_set_status_flags(other_line, IRQ_NOTHREAD);
	answer = IRQ_NONE;
	atomic_set(&runs, 0);
	atomic_set(&other_runs, 0);
	return 0;
}

static void give_lines_back(struct kunit *test)
{
	irq_asks_other_lines = false;
	irq_free_descs(line, 2);
}

static void request_line(struct kunit *test, unsigned long flags)
{
	KUNIT_ASSERT_EQ(test, request_irq(line, stuck_handler, flags, "a stuck device", &device), 0);
}

static void fire_batch(void *count)
{
	for (unsigned int i = 0; i < *(unsigned int *)count; i++)
		generic_handle_irq(line);
}

static void fire(unsigned int count)
{
	in_hard_irq(fire_batch, &count);
}

/* As if so many had come, and so many of them had not been claimed, the last one @ago jiffies ago. */
static void pretend(unsigned int came, unsigned int unclaimed, unsigned long ago)
{
	struct irq_desc *desc = irq_to_desc(line);

	desc->irq_count = came;
	desc->irqs_unhandled = unclaimed;
	desc->last_unhandled = jiffies - ago;
}

static bool shut_off(void)
{
	return irqd_irq_disabled(irq_get_irq_data(line));
}

static void more_than_99900_unclaimed_shut_it_off(struct kunit *test)
{
	request_line(test, 0);
	pretend(ROUND - 2, 99899, 0);
	fire(1);
	KUNIT_EXPECT_FALSE(test, shut_off());
	fire(1);
	KUNIT_EXPECT_TRUE(test, shut_off());
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->depth, 1U);
	fire(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
	free_irq(line, &device);
}

static void with_99900_unclaimed_it_goes_on(struct kunit *test)
{
	request_line(test, 0);
	pretend(ROUND - 1, 99899, 0);
	fire(1);
	KUNIT_EXPECT_FALSE(test, shut_off());
	/* And a new round begins. */
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irqs_unhandled, 0U);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irq_count, 0U);
	free_irq(line, &device);
}

static void after_a_gap_the_count_begins_anew(struct kunit *test)
{
	request_line(test, 0);
	pretend(ROUND - 1, 99999, HZ / 10 + 2);
	fire(1);
	KUNIT_EXPECT_FALSE(test, shut_off());
	free_irq(line, &device);
}

static void claimed_ones_count_only_after_an_unclaimed_one(struct kunit *test)
{
	request_line(test, 0);
	answer = IRQ_HANDLED;
	pretend(0, 0, 0);
	fire(3);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irq_count, 0U);
	answer = IRQ_NONE;
	fire(1);
	answer = IRQ_HANDLED;
	fire(3);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irq_count, 4U);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irqs_unhandled, 1U);
	free_irq(line, &device);
}

/* A8: from beginning to end, and nothing pretended. */
static void of_100000_that_nobody_claims_the_last_shuts_it_off(struct kunit *test)
{
	u64 seq;

	if (scenario_simulated())
		kunit_skip(test, "100,000 interrupts are for a real machine");
	request_line(test, 0);
	KUNIT_ASSERT_EQ(test, request_irq(other_line, other_handler, 0, "another device", &other_device), 0);
	seq = printk_next_seq();
	for (unsigned int i = 0; i < ROUND / BATCH; i++) {
		KUNIT_EXPECT_FALSE(test, shut_off());
		fire(BATCH);
		irq_inject_interrupt(other_line);
	}
	KUNIT_EXPECT_TRUE(test, shut_off());
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)ROUND);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "nobody claimed 100000 of 100000 interrupts"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "stuck_handler of a stuck device"));
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&other_runs) == ROUND / BATCH));
	irq_inject_interrupt(other_line);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&other_runs) == ROUND / BATCH + 1));
	free_irq(other_line, &other_device);
	free_irq(line, &device);
}

static void shut_off_and_requested_again_it_starts(struct kunit *test)
{
	request_line(test, 0);
	pretend(ROUND - 1, ROUND - 1, 0);
	fire(1);
	KUNIT_EXPECT_TRUE(test, shut_off());
	free_irq(line, &device);
	answer = IRQ_HANDLED;
	request_line(test, 0);
	KUNIT_EXPECT_FALSE(test, shut_off());
	fire(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
	free_irq(line, &device);
}

static bool is_polled(int times)
{
	int before = atomic_read(&runs);
	unsigned long end = jiffies + PATIENCE;

	while (atomic_read(&runs) < before + times && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	return atomic_read(&runs) >= before + times;
}

/* A8 */
static void a_shared_line_that_was_shut_off_is_polled(struct kunit *test)
{
	request_line(test, IRQF_SHARED);
	pretend(ROUND - 1, ROUND - 1, 0);
	fire(1);
	KUNIT_ASSERT_TRUE(test, shut_off());
	KUNIT_EXPECT_TRUE(test, is_polled(1));
	WRITE_ONCE(answer, IRQ_HANDLED);
	KUNIT_EXPECT_TRUE(test, is_polled(2));
	KUNIT_EXPECT_TRUE(test, shut_off());

	/* One who comes may be the one whose interrupts they are. */
	KUNIT_EXPECT_EQ(test, request_irq(line, other_handler, IRQF_SHARED, "newcomer", &other_device), 0);
	KUNIT_EXPECT_FALSE(test, shut_off());
	free_irq(line, &other_device);
	free_irq(line, &device);
}

static void lines_that_are_polled_or_not_watched_are_left_alone(struct kunit *test)
{
	static const unsigned int settings[] = { IRQ_NO_DEBUG, IRQ_IS_POLLED };

	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		request_line(test, 0);
		irq_set_status_flags(line, settings[i]);
		pretend(ROUND - 1, ROUND - 1, 0);
		fire(3);
		KUNIT_EXPECT_FALSE(test, shut_off());
		irq_clear_status_flags(line, settings[i]);
		free_irq(line, &device);
	}
}

/* What a thread says is known with the next interrupt: after four of them three have been judged. */
static void fire_threaded(struct kunit *test, irqreturn_t said)
{
	stay_on(test, 0);
	answer = IRQ_WAKE_THREAD;
	thread_answer = said;
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, stuck_handler, stuck_thread, 0, "threaded", &device), 0);
	for (int i = 0; i < 4; i++) {
		fire(1);
		synchronize_irq(line);
	}
}

static void a_line_whose_thread_claims_goes_on(struct kunit *test)
{
	fire_threaded(test, IRQ_HANDLED);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irqs_unhandled, 0U);
	/* A handler that does it itself: nobody has to ask the thread, until it wakes it again. */
	answer = IRQ_HANDLED;
	fire(1);
	answer = IRQ_WAKE_THREAD;
	thread_answer = IRQ_NONE;
	fire(1);
	synchronize_irq(line);
	fire(1);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irqs_unhandled, 1U);
	free_irq(line, &device);
}

static void a_line_whose_thread_never_claims_is_shut_off(struct kunit *test)
{
	fire_threaded(test, IRQ_NONE);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irqs_unhandled, 3U);
	pretend(ROUND - 1, ROUND - 1, 0);
	fire(1);
	KUNIT_EXPECT_TRUE(test, shut_off());
	synchronize_irq(line);
	free_irq(line, &device);
}

/* irqfixup: the device is on another line than the board says. */
static void what_nobody_claims_is_offered_to_other_lines(struct kunit *test)
{
	request_line(test, 0);
	KUNIT_ASSERT_EQ(test, request_irq(other_line, other_handler, IRQF_SHARED, "moved", &other_device), 0);
	fire(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), 0);
	irq_asks_other_lines = true;
	pretend(0, 5, 0);
	fire(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), 1);
	/* It was claimed after all. */
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->irqs_unhandled, 5U);
	answer = IRQ_HANDLED;
	fire(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), 1);
	disable_irq(other_line);
	answer = IRQ_NONE;
	fire(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), 1);
	enable_irq(other_line);
	free_irq(other_line, &other_device);
	free_irq(line, &device);
}

/* It fires while the poll is in its handler, as on another CPU. */
static irqreturn_t fires_within(int irq, void *dev)
{
	if (atomic_inc_return(&other_runs) == 1)
		generic_handle_irq(other_line);
	return IRQ_HANDLED;
}

/* A8: these flows forget what comes while handlers run; but while a poll does, it is not theirs that run. */
static void what_fires_while_it_is_polled_is_handled_by_each_flow(struct kunit *test)
{
	static const irq_flow_handler_t flows[] = { handle_simple_irq, handle_untracked_irq, handle_fasteoi_irq, handle_edge_irq };
	struct irq_chip chip = soft_chip;

	chip.irq_eoi = no_function;
	irq_asks_other_lines = true;
	request_line(test, 0);
	for (size_t i = 0; i < ARRAY_SIZE(flows); i++) {
		atomic_set(&other_runs, 0);
		irq_set_chip_and_handler(other_line, &chip, flows[i]);
		KUNIT_ASSERT_EQ(test, request_irq(other_line, fires_within, IRQF_SHARED, "polled", &other_device), 0);
		fire(1);
		KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), 2);
		KUNIT_EXPECT_FALSE(test, irqd_irq_masked(irq_get_irq_data(other_line)));
		free_irq(other_line, &other_device);
	}
	free_irq(line, &device);
	irq_set_chip_and_handler(other_line, &soft_chip, handle_edge_irq);
}

static irqreturn_t fires_and_disables_within(int irq, void *dev)
{
	if (atomic_inc_return(&other_runs) == 1) {
		generic_handle_irq(other_line);
		disable_irq_nosync(other_line);
	}
	return IRQ_HANDLED;
}

/* A7: what fired waits for enable_irq(), as without a poll. */
static void disabled_while_it_is_polled_its_handler_is_not_called_again(struct kunit *test)
{
	irq_asks_other_lines = true;
	request_line(test, 0);
	KUNIT_ASSERT_EQ(test, request_irq(other_line, fires_and_disables_within, IRQF_SHARED, "polled", &other_device), 0);
	fire(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), 1);
	enable_irq(other_line);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&other_runs) == 2));
	free_irq(other_line, &other_device);
	free_irq(line, &device);
}

/* A7: shut off, it is polled; its driver's own disable_irq() ends that, too. */
static void disabled_by_its_driver_a_line_that_was_shut_off_is_not_polled(struct kunit *test)
{
	int before;

	request_line(test, IRQF_SHARED);
	pretend(ROUND - 1, ROUND - 1, 0);
	fire(1);
	KUNIT_ASSERT_TRUE(test, shut_off());
	KUNIT_EXPECT_TRUE(test, is_polled(1));
	disable_irq(line);
	before = atomic_read(&runs);
	schedule_timeout_uninterruptible(HZ / 4);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), before);
	enable_irq(line);
	KUNIT_EXPECT_TRUE(test, shut_off());
	KUNIT_EXPECT_TRUE(test, is_polled(1));
	free_irq(line, &device);
}

/* ---- how long others wait meanwhile: a figure for the log */

static struct irq_work storm;
static u64 sent_ns, longest_ns, sum_ns;

static void keep_firing(struct irq_work *work)
{
	for (int i = 0; i < 10; i++)
		generic_handle_irq(line);
	if (!shut_off())
		irq_work_queue(work);
}

static irqreturn_t timed_handler(int irq, void *dev)
{
	u64 waited = arch_clock_ns() - READ_ONCE(sent_ns);

	sum_ns += waited;
	if (waited > longest_ns)
		longest_ns = waited;
	atomic_inc(&other_runs);
	return IRQ_HANDLED;
}

static void fire_other(void *unused)
{
	generic_handle_irq(other_line);
}

static void others_are_served_while_a_line_is_stuck(struct kunit *test)
{
	unsigned int served = 0;

	SKIP_ON_ONE_CPU(test);
	if (scenario_simulated())
		kunit_skip(test, "100,000 interrupts are for a real machine");
	request_line(test, 0);
	KUNIT_ASSERT_EQ(test, request_irq(other_line, timed_handler, 0, "another device", &other_device), 0);
	stay_on(test, 0);
	longest_ns = sum_ns = 0;
	storm = IRQ_WORK_INIT(keep_firing);
	irq_work_queue_on(&storm, 1);
	while (!shut_off()) {
		WRITE_ONCE(sent_ns, arch_clock_ns());
		smp_call_function_single(1, fire_other, NULL, 1);
		served++;
	}
	irq_work_sync(&storm);
	KUNIT_EXPECT_EQ(test, atomic_read(&other_runs), (int)served);
	KUNIT_ASSERT_GT(test, served, 0U);
	pr_info("irq: beside a stuck line another one was served %u times, after %llu ns, at most %llu\n",
		served, sum_ns / served, longest_ns);
	free_irq(other_line, &other_device);
	free_irq(line, &device);
}

static struct kunit_case irq_spurious_cases[] = {
	KUNIT_CASE(more_than_99900_unclaimed_shut_it_off),
	KUNIT_CASE(with_99900_unclaimed_it_goes_on),
	KUNIT_CASE(after_a_gap_the_count_begins_anew),
	KUNIT_CASE(claimed_ones_count_only_after_an_unclaimed_one),
	KUNIT_CASE(of_100000_that_nobody_claims_the_last_shuts_it_off),
	KUNIT_CASE(shut_off_and_requested_again_it_starts),
	KUNIT_CASE(a_shared_line_that_was_shut_off_is_polled),
	KUNIT_CASE(lines_that_are_polled_or_not_watched_are_left_alone),
	KUNIT_CASE(a_line_whose_thread_claims_goes_on),
	KUNIT_CASE(a_line_whose_thread_never_claims_is_shut_off),
	KUNIT_CASE(what_nobody_claims_is_offered_to_other_lines),
	KUNIT_CASE(what_fires_while_it_is_polled_is_handled_by_each_flow),
	KUNIT_CASE(disabled_while_it_is_polled_its_handler_is_not_called_again),
	KUNIT_CASE(disabled_by_its_driver_a_line_that_was_shut_off_is_not_polled),
	KUNIT_CASE(others_are_served_while_a_line_is_stuck),
	{}
};

static struct kunit_suite irq_spurious_suite = {
	.name = "irq_spurious",
	.init = take_lines,
	.exit = give_lines_back,
	.test_cases = irq_spurious_cases,
};
kunit_test_suite(irq_spurious_suite);
