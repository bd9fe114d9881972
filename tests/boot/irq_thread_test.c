// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handlers in threads: who runs where, what the line does meanwhile, who waits for whom. Claims D4, D5 on a
 * software chip, whose line fires whenever the test says so.
 */
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/interrupt.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <bottomhalf/mark.h>

#include "thread_helpers.h"

static unsigned int line;	/* of the running case: taken before, given back after it */
#define LINE	line

enum { MASK = 100, UNMASK, ACK, EOI, HANDLER, OTHER, THREAD, OTHER_THREAD, LET_GO, WAITED };

/* A handler with a thread, which can be held up. */
struct device {
	int handler_event, thread_event; /* 0: not logged */
	irqreturn_t answer;
	bool holds;			/* the thread waits for open */
	struct completion inside, open, done;
	atomic_t runs;			/* of the thread */
	struct task_struct *task;	/* who ran it last */
};

static struct event_log seen;
static struct device dev, other;

static void soft_mask(struct irq_data *data)	{ log_event(&seen, MASK); }
static void soft_unmask(struct irq_data *data)	{ log_event(&seen, UNMASK); }
static void soft_ack(struct irq_data *data)	{ log_event(&seen, ACK); }
static void soft_eoi(struct irq_data *data)	{ log_event(&seen, EOI); }

static struct irq_chip soft_chip = {
	.name = "soft",
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_ack = soft_ack,
	.irq_eoi = soft_eoi,
};

static struct irq_chip oneshot_safe_chip = {
	.name = "soft-oneshot-safe",
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_ack = soft_ack,
	.flags = IRQCHIP_ONESHOT_SAFE,
};

static void device_init(struct device *device, int handler_event, int thread_event)
{
	device->handler_event = handler_event;
	device->thread_event = thread_event;
	device->answer = IRQ_WAKE_THREAD;
	device->holds = false;
	init_completion(&device->inside);
	init_completion(&device->open);
	init_completion(&device->done);
	atomic_set(&device->runs, 0);
	device->task = NULL;
}

static int reset(struct kunit *test)
{
	log_reset(&seen);
	device_init(&dev, HANDLER, THREAD);
	device_init(&other, OTHER, OTHER_THREAD);
	line = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);
	if ((int)line < 0)
		return (int)line;
	irq_set_chip_and_handler(LINE, &soft_chip, handle_level_irq);
	return 0;
}

static void remove_line(struct kunit *test)
{
	irq_free_desc(line);
}

static irqreturn_t handler(int irq, void *dev_id)
{
	struct device *device = dev_id;

	log_event(&seen, device->handler_event);
	return device->answer;
}

static irqreturn_t thread_fn(int irq, void *dev_id)
{
	struct device *device = dev_id;

	device->task = current;
	if (device->thread_event)
		log_event(&seen, device->thread_event);
	atomic_inc(&device->runs);
	complete(&device->inside);
	if (device->holds) {
		wait_for_completion(&device->open);
		log_event(&seen, LET_GO);
	}
	complete(&device->done);
	return IRQ_HANDLED;
}

static bool arrives(struct completion *x)
{
	return wait_for_completion_timeout(x, PATIENCE) != 0;
}

static void fire_here(void *unused)
{
	generic_handle_irq(LINE);
}

static void fire(void)
{
	in_hard_irq(fire_here, NULL);
}

static void request_flow(struct kunit *test, irq_flow_handler_t flow, irq_handler_t first, unsigned long flags)
{
	irq_set_chip_and_handler(LINE, &soft_chip, flow);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(LINE, first, thread_fn, flags, "soft-test", &dev), 0);
	log_reset(&seen);
}

/* One interrupt, whose thread is held up until the interrupt is over. */
static void fire_and_hold(struct kunit *test)
{
	dev.holds = true;
	fire();
	KUNIT_ASSERT_TRUE(test, arrives(&dev.inside));
}

static void let_go(struct kunit *test)
{
	complete(&dev.open);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.done));
	synchronize_irq(LINE);
}

/* D4 */
static void one_shot_level_stays_masked_until_the_thread_is_done(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD);
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, LET_GO, UNMASK);
	free_irq(LINE, &dev);
}

/* D4 */
static void one_shot_fasteoi_stays_masked_until_the_thread_is_done(struct kunit *test)
{
	/* On another CPU the thread may begin before the end of the interrupt. */
	dev.thread_event = 0;
	request_flow(test, handle_fasteoi_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	EXPECT_LOG(test, &seen, MASK, HANDLER, EOI);
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, HANDLER, EOI, LET_GO, UNMASK);
	free_irq(LINE, &dev);
}

/* D4 */
static void one_shot_line_whose_handler_needs_no_thread_is_unmasked_at_once(struct kunit *test)
{
	dev.answer = IRQ_HANDLED;
	request_flow(test, handle_fasteoi_irq, handler, IRQF_ONESHOT);
	fire();
	EXPECT_LOG(test, &seen, MASK, HANDLER, EOI, UNMASK);
	free_irq(LINE, &dev);
}

/* Not on Linux: there the line fires again beside its thread. */
static void enabled_while_its_thread_runs_a_one_shot_line_stays_masked(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	disable_irq_nosync(LINE);
	enable_irq(LINE);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD);
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, LET_GO, UNMASK);
	free_irq(LINE, &dev);
}

static void disabled_while_its_thread_runs_a_line_stays_masked_after_it(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	KUNIT_EXPECT_FALSE(test, disable_hardirq(LINE));
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, LET_GO);
	KUNIT_EXPECT_TRUE(test, synchronize_hardirq(LINE));
	enable_irq(LINE);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, LET_GO, UNMASK);
	free_irq(LINE, &dev);
}

/* D4 */
static void without_a_handler_the_thread_runs(struct kunit *test)
{
	request_flow(test, handle_level_irq, NULL, IRQF_ONESHOT);
	fire_and_hold(test);
	EXPECT_LOG(test, &seen, MASK, ACK, THREAD);
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, ACK, THREAD, LET_GO, UNMASK);
	free_irq(LINE, &dev);
}

/* D4: the line would fire again before the thread could come to run. */
static void without_a_handler_one_shot_or_a_safe_chip_is_required(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, request_threaded_irq(LINE, NULL, thread_fn, 0, "soft-test", &dev), -EINVAL);
	KUNIT_EXPECT_FALSE(test, irq_has_action(LINE));

	irq_set_chip_and_handler(LINE, &oneshot_safe_chip, handle_level_irq);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(LINE, NULL, thread_fn, 0, "soft-test", &dev), 0);
	log_reset(&seen);
	fire();
	KUNIT_EXPECT_TRUE(test, arrives(&dev.done));
	free_irq(LINE, &dev);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.runs), 1);
}

static void thread_is_fifo_50_and_named_after_line_and_device(struct kunit *test)
{
	char name[TASK_COMM_LEN];

	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	snprintf(name, sizeof(name), "irq/%d-soft-test", LINE);
	KUNIT_EXPECT_STREQ(test, dev.task->comm, name);
	KUNIT_EXPECT_EQ(test, dev.task->policy, (unsigned int)SCHED_FIFO);
	KUNIT_EXPECT_EQ(test, dev.task->rt_priority, 50U);
	KUNIT_EXPECT_TRUE(test, dev.task->flags & PF_KTHREAD);
	let_go(test);
	free_irq(LINE, &dev);
}

/* The first run has taken its request: what comes while it runs is one more run. */
static void fired_twice_while_the_thread_runs_is_one_more_run(struct kunit *test)
{
	request_flow(test, handle_edge_irq, handler, 0);
	fire_and_hold(test);
	fire();
	fire();
	complete(&dev.open);
	complete(&dev.open);
	synchronize_irq(LINE);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.runs), 2);
	free_irq(LINE, &dev);
}

static void shared_one_shot_line_is_unmasked_by_the_last_thread(struct kunit *test)
{
	const unsigned long flags = IRQF_SHARED | IRQF_ONESHOT;

	other.holds = true;
	request_flow(test, handle_level_irq, handler, flags);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(LINE, handler, thread_fn, flags, "other", &other), 0);
	log_reset(&seen);
	fire_and_hold(test);
	KUNIT_ASSERT_TRUE(test, arrives(&other.inside));
	complete(&dev.open);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.done));
	KUNIT_EXPECT_TRUE(test, irqd_irq_masked(irq_get_irq_data(LINE)));
	complete(&other.open);
	synchronize_irq(LINE);
	KUNIT_EXPECT_FALSE(test, irqd_irq_masked(irq_get_irq_data(LINE)));
	free_irq(LINE, &dev);
	free_irq(LINE, &other);
}

static void woken_by_a_task_the_thread_runs(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	irq_wake_thread(LINE, &other);
	irq_wake_thread(LINE, &dev);
	synchronize_irq(LINE);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.runs), 1);
	free_irq(LINE, &dev);
	irq_wake_thread(LINE, &dev);
}

static void handler_that_wants_a_thread_and_has_none_is_named(struct kunit *test)
{
	u64 seq = printk_next_seq();

	KUNIT_ASSERT_EQ(test, request_irq(LINE, handler, 0, "soft-test", &dev), 0);
	fire();
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "asked for a thread"));
	free_irq(LINE, &dev);
}

static struct kunit_case irq_thread_cases[] = {
	KUNIT_CASE(one_shot_level_stays_masked_until_the_thread_is_done),
	KUNIT_CASE(one_shot_fasteoi_stays_masked_until_the_thread_is_done),
	KUNIT_CASE(one_shot_line_whose_handler_needs_no_thread_is_unmasked_at_once),
	KUNIT_CASE(enabled_while_its_thread_runs_a_one_shot_line_stays_masked),
	KUNIT_CASE(disabled_while_its_thread_runs_a_line_stays_masked_after_it),
	KUNIT_CASE(without_a_handler_the_thread_runs),
	KUNIT_CASE(without_a_handler_one_shot_or_a_safe_chip_is_required),
	KUNIT_CASE(thread_is_fifo_50_and_named_after_line_and_device),
	KUNIT_CASE(fired_twice_while_the_thread_runs_is_one_more_run),
	KUNIT_CASE(shared_one_shot_line_is_unmasked_by_the_last_thread),
	KUNIT_CASE(woken_by_a_task_the_thread_runs),
	KUNIT_CASE(handler_that_wants_a_thread_and_has_none_is_named),
	{}
};

static struct kunit_suite irq_thread_suite = {
	.name = "irq_thread",
	.init = reset,
	.exit = remove_line,
	.test_cases = irq_thread_cases,
};
kunit_test_suite(irq_thread_suite);
