// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handlers in threads: who runs where, what the line does meanwhile, who waits for whom. Claims D4, D5 on a
 * software chip, whose line fires whenever the test says so.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <bottomhalf/mark.h>

#include "../../kernel/irq/internals.h"
#include "irq_helpers.h"
#include "thread_helpers.h"

enum { THREAD = FIRST_OF_FILE, OTHER_THREAD, LET_GO, WAITED, BUS_LOCK, BUS_UNLOCK };

/* A handler with a thread, which can be held up. */
struct device {
	int handler_event, thread_event; /* 0: not logged */
	irqreturn_t answer;
	bool holds;			/* the thread waits for open */
	struct completion inside, open, done;
	atomic_t runs;			/* of the thread */
	struct task_struct *task;	/* who ran it last */
};

static struct device dev, other;
static bool by_option;			/* "threadirqs" was said */

static int soft_set_affinity(struct irq_data *data, const struct cpumask *dest, bool force)
{
	irq_data_update_effective_affinity(data, cpumask_of(cpumask_first(dest)));
	return IRQ_SET_MASK_OK;
}

static struct irq_chip steered_chip = {
	.name = "soft-steered",
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_ack = soft_ack,
	.irq_set_affinity = soft_set_affinity,
};

static struct irq_chip eoi_threaded_chip = {
	.name = "soft-eoi-threaded",
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_eoi = soft_eoi,
	.flags = IRQCHIP_EOI_THREADED,
};

static struct irq_chip oneshot_safe_chip = {
	.name = "soft-oneshot-safe",
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_ack = soft_ack,
	.flags = IRQCHIP_ONESHOT_SAFE,
};

static void soft_bus_lock(struct irq_data *data)
{
	might_sleep();
	log_event(&seen, BUS_LOCK);
}

static void soft_bus_unlock(struct irq_data *data)
{
	might_sleep();
	log_event(&seen, BUS_UNLOCK);
}

/* Behind a slow bus: what it is told is sent there when the bus is unlocked. */
static struct irq_chip slow_chip = {
	.name = "soft-slow",
	.irq_mask = soft_mask,
	.irq_unmask = soft_unmask,
	.irq_ack = soft_ack,
	.irq_bus_lock = soft_bus_lock,
	.irq_bus_sync_unlock = soft_bus_unlock,
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
	int error = take_line(&soft_chip, handle_level_irq);

	if (error)
		return error;
	device_init(&dev, HANDLER, THREAD);
	device_init(&other, OTHER, OTHER_THREAD);
	/* Each case says itself whether there is force. */
	by_option = force_irqthreads();
	irq_threads_forced = false;
	return 0;
}

static void remove_line(struct kunit *test)
{
	irq_threads_forced = by_option;
	give_line_back(test);
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

static void request_flow(struct kunit *test, irq_flow_handler_t flow, irq_handler_t first, unsigned long flags)
{
	irq_set_chip_and_handler(line, &soft_chip, flow);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, first, thread_fn, flags, "soft-test", &dev), 0);
	log_reset(&seen);
}

/* One interrupt, whose thread is held up until the interrupt is over. */
static void fire_and_hold(struct kunit *test)
{
	dev.holds = true;
	fire(line);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.inside));
}

static void let_go(struct kunit *test)
{
	complete(&dev.open);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.done));
	synchronize_irq(line);
}

/* D4 */
static void one_shot_level_stays_masked_until_the_thread_is_done(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD);
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, LET_GO, UNMASK);
	free_irq(line, &dev);
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
	free_irq(line, &dev);
}

/* D4 */
static void one_shot_line_whose_handler_needs_no_thread_is_unmasked_at_once(struct kunit *test)
{
	dev.answer = IRQ_HANDLED;
	request_flow(test, handle_fasteoi_irq, handler, IRQF_ONESHOT);
	fire(line);
	EXPECT_LOG(test, &seen, MASK, HANDLER, EOI, UNMASK);
	free_irq(line, &dev);
}

/* As on Linux: who enables a line wants to hear of it. */
static void enabled_while_its_thread_runs_a_one_shot_line_is_unmasked(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	disable_irq_nosync(line);
	enable_irq(line);
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, UNMASK, LET_GO);
	free_irq(line, &dev);
}

/* As of an interrupt that was under way when the line was masked. */
static void fired_again_while_its_thread_runs_a_one_shot_line_stays_masked(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	fire(line);
	complete(&dev.open);
	complete(&dev.open);
	synchronize_irq(line);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, ACK, HANDLER, LET_GO, THREAD, LET_GO, UNMASK);
	free_irq(line, &dev);
}

static void disabled_while_its_thread_runs_a_line_stays_masked_after_it(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	KUNIT_EXPECT_FALSE(test, disable_hardirq(line));
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, LET_GO);
	KUNIT_EXPECT_TRUE(test, synchronize_hardirq(line));
	enable_irq(line);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, THREAD, LET_GO, UNMASK);
	free_irq(line, &dev);
}

/* D4 */
static void without_a_handler_the_thread_runs(struct kunit *test)
{
	request_flow(test, handle_level_irq, NULL, IRQF_ONESHOT);
	fire_and_hold(test);
	EXPECT_LOG(test, &seen, MASK, ACK, THREAD);
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, ACK, THREAD, LET_GO, UNMASK);
	free_irq(line, &dev);
}

/* D4: the line would fire again before the thread could come to run. */
static void without_a_handler_one_shot_or_a_safe_chip_is_required(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, request_threaded_irq(line, NULL, thread_fn, 0, "soft-test", &dev), -EINVAL);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line));

	irq_set_chip_and_handler(line, &oneshot_safe_chip, handle_level_irq);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, NULL, thread_fn, 0, "soft-test", &dev), 0);
	log_reset(&seen);
	fire(line);
	KUNIT_EXPECT_TRUE(test, arrives(&dev.done));
	free_irq(line, &dev);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.runs), 1);
}

static void thread_is_fifo_50_and_named_after_line_and_device(struct kunit *test)
{
	char name[TASK_COMM_LEN];

	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire_and_hold(test);
	snprintf(name, sizeof(name), "irq/%d-soft-test", line);
	KUNIT_EXPECT_STREQ(test, dev.task->comm, name);
	KUNIT_EXPECT_EQ(test, dev.task->policy, (unsigned int)SCHED_FIFO);
	KUNIT_EXPECT_EQ(test, dev.task->rt_priority, 50U);
	KUNIT_EXPECT_TRUE(test, dev.task->flags & PF_KTHREAD);
	let_go(test);
	free_irq(line, &dev);
}

/* The first run has taken its request: what comes while it runs is one more run. */
static void fired_twice_while_the_thread_runs_is_one_more_run(struct kunit *test)
{
	request_flow(test, handle_edge_irq, handler, 0);
	fire_and_hold(test);
	fire(line);
	fire(line);
	complete(&dev.open);
	complete(&dev.open);
	synchronize_irq(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.runs), 2);
	free_irq(line, &dev);
}

static void shared_one_shot_line_is_unmasked_by_the_last_thread(struct kunit *test)
{
	const unsigned long flags = IRQF_SHARED | IRQF_ONESHOT;

	other.holds = true;
	request_flow(test, handle_level_irq, handler, flags);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, handler, thread_fn, flags, "other", &other), 0);
	log_reset(&seen);
	fire_and_hold(test);
	KUNIT_ASSERT_TRUE(test, arrives(&other.inside));
	complete(&dev.open);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.done));
	KUNIT_EXPECT_TRUE(test, irqd_irq_masked(irq_get_irq_data(line)));
	complete(&other.open);
	synchronize_irq(line);
	KUNIT_EXPECT_FALSE(test, irqd_irq_masked(irq_get_irq_data(line)));
	free_irq(line, &dev);
	free_irq(line, &other);
}

static void woken_by_a_task_the_thread_runs(struct kunit *test)
{
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	irq_wake_thread(line, &other);
	irq_wake_thread(line, &dev);
	synchronize_irq(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.runs), 1);
	free_irq(line, &dev);
	irq_wake_thread(line, &dev);
}

static void handler_that_wants_a_thread_and_has_none_is_named(struct kunit *test)
{
	u64 seq = printk_next_seq();

	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "soft-test", &dev), 0);
	fire(line);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "asked for a thread"));
	free_irq(line, &dev);
}

static void chip_told_the_end_by_the_thread_is_told_once(struct kunit *test)
{
	dev.thread_event = 0;
	irq_set_chip_and_handler(line, &eoi_threaded_chip, handle_fasteoi_irq);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, handler, thread_fn, IRQF_ONESHOT, "soft-test", &dev), 0);
	log_reset(&seen);
	fire_and_hold(test);
	EXPECT_LOG(test, &seen, MASK, HANDLER);
	let_go(test);
	EXPECT_LOG(test, &seen, MASK, HANDLER, LET_GO, EOI, UNMASK);
	dev.answer = IRQ_HANDLED;
	log_reset(&seen);
	fire(line);
	EXPECT_LOG(test, &seen, MASK, HANDLER, EOI, UNMASK);
	free_irq(line, &dev);
}

static void send_to(unsigned int cpu)
{
	struct irq_desc *desc = irq_to_desc(line);
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	irq_do_set_affinity(&desc->irq_data, cpumask_of(cpu), false);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

static void thread_runs_where_its_line_goes(struct kunit *test)
{
	const struct cpumask *allowed;

	SKIP_ON_ONE_CPU(test);
	irq_set_chip_and_handler(line, &steered_chip, handle_edge_irq);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, handler, thread_fn, 0, "soft-test", &dev), 0);
	fire(line);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.done));
	synchronize_irq(line);
	allowed = &dev.task->cpus_mask;
	KUNIT_EXPECT_TRUE(test, cpumask_equal(allowed, cpumask_of(0)));

	send_to(1);
	fire(line);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.done));
	synchronize_irq(line);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(allowed, cpumask_of(1)));
	free_irq(line, &dev);
}

/* ---- who waits for a thread ---- */

static void synchronize_the_line(void *unused)
{
	synchronize_irq(line);
	log_event(&seen, WAITED);
}

static void disable_the_line(void *unused)
{
	disable_irq(line);
	log_event(&seen, WAITED);
}

static void free_the_line(void *unused)
{
	free_irq(line, &dev);
	log_event(&seen, WAITED);
}

/* Somebody waits, and goes on only when the thread has been let go and is done. */
static void expect_waits(struct kunit *test, void (*wait)(void *unused))
{
	struct actor actor;

	request_flow(test, handle_edge_irq, handler, 0);
	fire_and_hold(test);
	log_reset(&seen);
	actor_start(test, &actor, -1, wait, NULL);
	KUNIT_EXPECT_TRUE(test, sleeps_in(actor.task, TASK_UNINTERRUPTIBLE));
	complete(&dev.open);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
}

static void synchronize_waits_for_the_thread(struct kunit *test)
{
	expect_waits(test, synchronize_the_line);
	EXPECT_LOG(test, &seen, LET_GO, WAITED);
	free_irq(line, &dev);
}

static void disable_waits_for_the_thread(struct kunit *test)
{
	expect_waits(test, disable_the_line);
	EXPECT_LOG(test, &seen, LET_GO, WAITED);
	free_irq(line, &dev);
}

static void free_waits_for_the_thread(struct kunit *test)
{
	expect_waits(test, free_the_line);
	EXPECT_LOG(test, &seen, MASK, LET_GO, WAITED);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line));
}

static void what_does_not_wait_says_that_a_thread_is_active(struct kunit *test)
{
	request_flow(test, handle_edge_irq, handler, 0);
	fire_and_hold(test);
	KUNIT_EXPECT_FALSE(test, synchronize_hardirq(line));
	KUNIT_EXPECT_FALSE(test, disable_hardirq(line));
	let_go(test);
	KUNIT_EXPECT_TRUE(test, synchronize_hardirq(line));
	free_irq(line, &dev);
}

/* As on Linux: what its handler shares with the others' threads is at rest, too. */
static void free_waits_for_the_threads_of_those_who_share(struct kunit *test)
{
	struct actor actor;

	request_flow(test, handle_edge_irq, handler, IRQF_SHARED);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, handler, thread_fn, IRQF_SHARED, "other", &other), 0);
	other.holds = true;
	irq_wake_thread(line, &other);
	KUNIT_ASSERT_TRUE(test, arrives(&other.inside));
	log_reset(&seen);
	actor_start(test, &actor, -1, free_the_line, NULL);
	KUNIT_EXPECT_TRUE(test, sleeps_in(actor.task, TASK_UNINTERRUPTIBLE));
	complete(&other.open);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	EXPECT_LOG(test, &seen, LET_GO, WAITED);
	free_irq(line, &other);
}

/* ---- what a request leaves behind ---- */

static void request_that_fails_leaves_nothing(struct kunit *test)
{
	static const char *const steps[] = { "irq.action", "kthread.alloc", "sched.alloc_stack" };
	size_t i;

	if (!IS_ENABLED(CONFIG_MARKS))
		kunit_skip(test, "needs MARKS");
	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		fault_arm(steps[i], 0);
		KUNIT_EXPECT_EQ(test, request_threaded_irq(line, handler, thread_fn, 0, "x", &dev), -ENOMEM);
		KUNIT_EXPECT_EQ(test, fault_disarm_all(), 0U);
		KUNIT_EXPECT_FALSE(test, irq_has_action(line));
	}
	request_flow(test, handle_level_irq, handler, IRQF_ONESHOT);
	fire(line);
	KUNIT_EXPECT_TRUE(test, arrives(&dev.done));
	free_irq(line, &dev);
}

/* Its thread is made before the line says no. */
static void refused_its_thread_is_gone(struct kunit *test)
{
	const unsigned long flags = IRQF_SHARED | IRQF_PROBE_SHARED;

	request_flow(test, handle_level_irq, handler, flags | IRQF_ONESHOT);
	KUNIT_EXPECT_EQ(test, request_threaded_irq(line, handler, thread_fn, flags, "other", &other), -EBUSY);
	KUNIT_EXPECT_EQ(test, request_threaded_irq(line, handler, thread_fn, flags | IRQF_COND_ONESHOT, "other",
						   &other), 0);
	KUNIT_EXPECT_EQ(test, irq_to_desc(line)->action->next->thread_mask, 2UL);
	free_irq(line, &other);
	free_irq(line, &dev);
}

/* ---- forced ---- */

static struct {
	bool in_task, irqs_off, bottom_halves_off;
} found;

static irqreturn_t finding_handler(int irq, void *dev_id)
{
	struct device *device = dev_id;

	found.in_task = !in_hardirq() && current->flags & PF_KTHREAD;
	found.irqs_off = irqs_disabled();
	found.bottom_halves_off = in_softirq();
	log_event(&seen, HANDLER);
	complete(&device->inside);
	return device->answer;
}

static void request_forced(struct kunit *test, irq_handler_t thread, unsigned long flags)
{
	int error;

	irq_threads_forced = true;
	error = request_threaded_irq(line, finding_handler, thread, flags, "soft-test", &dev);
	irq_threads_forced = false;
	KUNIT_ASSERT_EQ(test, error, 0);
	log_reset(&seen);
}

static void chip_behind_a_slow_bus_is_told_with_the_bus_locked(struct kunit *test)
{
	for (int forced = 0; forced < 2; forced++) {
		device_init(&dev, HANDLER, THREAD);
		irq_set_chip_and_handler(line, &slow_chip, handle_level_irq);
		irq_threads_forced = forced;
		KUNIT_ASSERT_EQ(test, request_threaded_irq(line, forced ? thread_fn : NULL, forced ? NULL : thread_fn,
							   forced ? 0 : IRQF_ONESHOT, "slow", &dev), 0);
		irq_threads_forced = false;
		log_reset(&seen);
		fire(line);
		synchronize_irq(line);
		EXPECT_LOG(test, &seen, MASK, ACK, THREAD, BUS_LOCK, UNMASK, BUS_UNLOCK);
		free_irq(line, &dev);
	}
}

/* D5 */
static void forced_into_a_thread_a_handler_finds_interrupts_off(struct kunit *test)
{
	dev.answer = IRQ_HANDLED;
	request_forced(test, NULL, 0);
	fire(line);
	synchronize_irq(line);
	EXPECT_LOG(test, &seen, MASK, ACK, HANDLER, UNMASK);
	KUNIT_EXPECT_TRUE(test, found.in_task);
	KUNIT_EXPECT_TRUE(test, found.irqs_off);
	KUNIT_EXPECT_TRUE(test, found.bottom_halves_off);
	free_irq(line, &dev);
}

/* D5: make check-crash WHICH=threadirqs boots so. */
static void with_threadirqs_a_handler_is_in_a_thread(struct kunit *test)
{
	if (!by_option)
		kunit_skip(test, "needs threadirqs on the command line");
	dev.answer = IRQ_HANDLED;
	irq_threads_forced = by_option;
	KUNIT_ASSERT_EQ(test, request_irq(line, finding_handler, 0, "soft-test", &dev), 0);
	fire(line);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.inside));
	KUNIT_EXPECT_TRUE(test, found.in_task);
	free_irq(line, &dev);
}

/* D5: the line is open while the second one runs, as it would have been without force. */
static void forced_into_a_thread_a_handler_has_its_own_thread_second(struct kunit *test)
{
	char name[TASK_COMM_LEN];

	request_forced(test, thread_fn, 0);
	fire_and_hold(test);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.inside));
	snprintf(name, sizeof(name), "irq/%u-s-soft-test", line);
	while (!READ_ONCE(dev.task) || irqd_irq_masked(irq_get_irq_data(line)))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_STREQ(test, dev.task->comm, name);
	complete(&dev.open);
	KUNIT_ASSERT_TRUE(test, arrives(&dev.done));
	synchronize_irq(line);
	free_irq(line, &dev);
}

/* D5 */
static void exempt_from_force_a_handler_stays_in_the_interrupt(struct kunit *test)
{
	static const unsigned long exempt[] = { IRQF_NO_THREAD, IRQF_PERCPU, IRQF_ONESHOT, IRQF_TIMER };
	size_t i;

	dev.answer = IRQ_HANDLED;
	for (i = 0; i < ARRAY_SIZE(exempt); i++) {
		request_forced(test, NULL, exempt[i]);
		fire(line);
		KUNIT_EXPECT_FALSE(test, found.in_task);
		free_irq(line, &dev);
	}
	irq_set_status_flags(line, IRQ_NOTHREAD);
	request_forced(test, NULL, 0);
	fire(line);
	KUNIT_EXPECT_FALSE(test, found.in_task);
	free_irq(line, &dev);
}

/* ---- nested ---- */

static void nested_line_needs_a_thread_function_and_gets_no_thread(struct kunit *test)
{
	irq_set_nested_thread(line, true);
	KUNIT_EXPECT_EQ(test, request_irq(line, handler, 0, "x", &dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_any_context_irq(line, thread_fn, 0, "x", &dev), IRQC_IS_NESTED);
	KUNIT_EXPECT_NULL(test, irq_to_desc(line)->action->thread);
	free_irq(line, &dev);
	irq_set_nested_thread(line, false);
	KUNIT_EXPECT_EQ(test, request_any_context_irq(line, handler, 0, "x", &dev), IRQC_IS_HARDIRQ);
	free_irq(line, &dev);
}

static struct kunit_case irq_thread_cases[] = {
	KUNIT_CASE(one_shot_level_stays_masked_until_the_thread_is_done),
	KUNIT_CASE(one_shot_fasteoi_stays_masked_until_the_thread_is_done),
	KUNIT_CASE(one_shot_line_whose_handler_needs_no_thread_is_unmasked_at_once),
	KUNIT_CASE(enabled_while_its_thread_runs_a_one_shot_line_is_unmasked),
	KUNIT_CASE(fired_again_while_its_thread_runs_a_one_shot_line_stays_masked),
	KUNIT_CASE(disabled_while_its_thread_runs_a_line_stays_masked_after_it),
	KUNIT_CASE(without_a_handler_the_thread_runs),
	KUNIT_CASE(without_a_handler_one_shot_or_a_safe_chip_is_required),
	KUNIT_CASE(thread_is_fifo_50_and_named_after_line_and_device),
	KUNIT_CASE(fired_twice_while_the_thread_runs_is_one_more_run),
	KUNIT_CASE(shared_one_shot_line_is_unmasked_by_the_last_thread),
	KUNIT_CASE(woken_by_a_task_the_thread_runs),
	KUNIT_CASE(handler_that_wants_a_thread_and_has_none_is_named),
	KUNIT_CASE(chip_told_the_end_by_the_thread_is_told_once),
	KUNIT_CASE(thread_runs_where_its_line_goes),
	KUNIT_CASE(synchronize_waits_for_the_thread),
	KUNIT_CASE(disable_waits_for_the_thread),
	KUNIT_CASE(free_waits_for_the_thread),
	KUNIT_CASE(free_waits_for_the_threads_of_those_who_share),
	KUNIT_CASE(what_does_not_wait_says_that_a_thread_is_active),
	KUNIT_CASE(request_that_fails_leaves_nothing),
	KUNIT_CASE(refused_its_thread_is_gone),
	KUNIT_CASE(chip_behind_a_slow_bus_is_told_with_the_bus_locked),
	KUNIT_CASE(forced_into_a_thread_a_handler_finds_interrupts_off),
	KUNIT_CASE(forced_into_a_thread_a_handler_has_its_own_thread_second),
	KUNIT_CASE(with_threadirqs_a_handler_is_in_a_thread),
	KUNIT_CASE(exempt_from_force_a_handler_stays_in_the_interrupt),
	KUNIT_CASE(nested_line_needs_a_thread_function_and_gets_no_thread),
	{}
};

static struct kunit_suite irq_thread_suite = {
	.name = "irq_thread",
	.init = reset,
	.exit = remove_line,
	.test_cases = irq_thread_cases,
};
kunit_test_suite(irq_thread_suite);
