// SPDX-License-Identifier: GPL-2.0-only
/*
 * Storms: what is left for tasks when softirqs, tasklets or interrupts never end (claim B3).
 *
 * What
 *	A hog is a task that counts the turns of a loop of fixed length. How many it counts in a millisecond
 *	when it has the CPU for itself is found out first; its share under a storm is its rate there over
 *	that rate. So what counts is progress, not what the scheduler believes.
 *
 *	softirq, tasklet	schedules itself for ever, beside one hog and two. The storm runs in ksoftirqd,
 *				an ordinary task, so each hog is due one part in two, or in three.
 *	interrupt		a device that interrupts periodically, with a handler that only counts, and one
 *				that also schedules a tasklet. The hog is due what the interrupts do not take:
 *				1 - cost / period, with the cost of one interrupt measured by itself.
 *	Each share may be SLACK less. Lines "# storm: ..." have the figures.
 *
 *	How long the action of a storm runs is no matter to ksoftirqd, but it is to the tick: the end of an
 *	interrupt drains up to CONFIG_SOFTIRQ_MAX_RESTART passes on whatever task was interrupted, which
 *	is charged for it. The table "softirq of" shows what that amounts to.
 *
 * Contexts
 *	The cases: a task on the only CPU.
 *
 * Limits
 *	Only where an instruction is a tick of the clock, in QEMU's instruction counting; "bench.icount" on
 *	the command line says that it is so (make check-storm). Elsewhere a busy machine would fail them.
 *
 * Tests
 *	This is one: suite "storm".
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/sort.h>
#include <arch/cpu.h>
#include <bottomhalf/bench.h>

#define STORM_SOFTIRQ	(NR_SOFTIRQS - 2)
#define HOGS		2
#define TURN		500		/* rounds of the loop: some 1500 instructions */
#define SETTLE_MS	40
#define WINDOW_MS	400		/* long beside the turns of tasks, some 8 ms */
#define SWEEP_MS	40
#define WHOLE		10000U		/* shares are counted in parts of this */
#define SLACK		(WHOLE / 20)
#define COSTS		101

static bool by_instructions;

static int __init parse_icount(char *value)
{
	by_instructions = true;
	return 0;
}
early_param("bench.icount", parse_icount);

/* ---- Hogs */

struct hog {
	struct task_struct *task;
	u64 turns;
	u64 turns_before;
};

static struct hog hogs[HOGS];
static u64 alone_turns, alone_ns;	/* a hog that has the CPU for itself */

static int hog_thread(void *arg)
{
	struct hog *hog = arg;
	unsigned int i;

	while (!kthread_should_stop()) {
		for (i = 0; i < TURN; i++)
			barrier();
		WRITE_ONCE(hog->turns, hog->turns + 1);
		cond_resched();
	}
	return 0;
}

static void hogs_start(struct kunit *test, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		hogs[i].turns = 0;
		hogs[i].task = kthread_create(hog_thread, &hogs[i], "hog/%u", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(hogs[i].task));
		kthread_bind(hogs[i].task, 0);
		wake_up_process(hogs[i].task);
	}
}

static void hogs_stop(unsigned int n)
{
	while (n--)
		kthread_stop(hogs[n].task);
}

/* Let the hogs run for about so long. Return: how long it was; each hog's turns since turns_before. */
static u64 hogs_watch(unsigned int n, unsigned int ms)
{
	unsigned int i;
	u64 start;

	start = ktime_get_ns();
	for (i = 0; i < n; i++)
		hogs[i].turns_before = READ_ONCE(hogs[i].turns);
	msleep(ms);
	for (i = 0; i < n; i++)
		hogs[i].turns_before = READ_ONCE(hogs[i].turns) - hogs[i].turns_before;
	return ktime_get_ns() - start;
}

/* What hogs_watch() saw of a hog, in parts of the CPU. */
static unsigned int share_of(const struct hog *hog, u64 ns)
{
	return (unsigned int)(hog->turns_before * alone_ns / 1000 * WHOLE / (alone_turns * (ns / 1000)));
}

static int storm_init(struct kunit *test)
{
	if (!by_instructions)
		kunit_skip(test, "needs instruction counting: make check-storm");
	if (num_online_cpus() > 1)
		kunit_skip(test, "needs a machine of one CPU");
	if (alone_ns)
		return 0;
	hogs_start(test, 1);
	msleep(SETTLE_MS);
	alone_ns = hogs_watch(1, WINDOW_MS);
	alone_turns = hogs[0].turns_before;
	hogs_stop(1);
	printk_raw("# storm: %llu turns of a task alone in %llu us\n", alone_turns, alone_ns / 1000);
	return 0;
}

/* ---- Softirq and tasklet */

static bool storming;
static unsigned int storm_rounds;	/* of a loop in each action */
static u64 storm_runs;

static void storm_action_body(void)
{
	unsigned int i;

	storm_runs++;
	for (i = 0; i < storm_rounds; i++)
		barrier();
}

static void storm_action(struct softirq_action *self)
{
	storm_action_body();
	if (READ_ONCE(storming))
		raise_softirq(STORM_SOFTIRQ);
}

static void storm_function(struct tasklet_struct *t)
{
	storm_action_body();
	if (READ_ONCE(storming))
		tasklet_schedule(t);
}

static struct tasklet_struct storm_tasklet;

static void storm_start(bool tasklet, unsigned int rounds)
{
	storm_rounds = rounds;
	storm_runs = 0;
	WRITE_ONCE(storming, true);
	if (tasklet) {
		tasklet_setup(&storm_tasklet, storm_function);
		tasklet_schedule(&storm_tasklet);
	} else {
		open_softirq(STORM_SOFTIRQ, storm_action);
		raise_softirq(STORM_SOFTIRQ);
	}
}

static void storm_stop(bool tasklet)
{
	WRITE_ONCE(storming, false);
	msleep(SETTLE_MS);
	if (tasklet)
		tasklet_kill(&storm_tasklet);
}

/* Shares of @n hogs under a storm, into @share. Return: how often the action ran. */
static u64 storm_shares(struct kunit *test, bool tasklet, unsigned int rounds, unsigned int n,
			unsigned int *share)
{
	unsigned int i;
	u64 ns, runs;

	hogs_start(test, n);
	storm_start(tasklet, rounds);
	msleep(SETTLE_MS);
	runs = READ_ONCE(storm_runs);
	ns = hogs_watch(n, WINDOW_MS);
	runs = READ_ONCE(storm_runs) - runs;
	storm_stop(tasklet);
	hogs_stop(n);
	for (i = 0; i < n; i++)
		share[i] = share_of(&hogs[i], ns);
	return runs;
}

static void expect_fair_shares(struct kunit *test, bool tasklet, unsigned int n)
{
	unsigned int fair = WHOLE / (n + 1);
	unsigned int share[HOGS];
	unsigned int i;
	u64 runs;

	runs = storm_shares(test, tasklet, 0, n, share);
	for (i = 0; i < n; i++) {
		printk_raw("# storm: %s: task share 0.%04u (fair 0.%04u), task %u of %u; %llu runs\n",
			   tasklet ? "tasklet" : "softirq", share[i], fair, i + 1, n, runs);
		KUNIT_EXPECT_GE(test, share[i], fair - SLACK);
	}
	/* A storm that does not blow shows nothing; its thread is due a share, too. */
	KUNIT_EXPECT_GT(test, runs, 1000ULL);
}

static void task_keeps_half_beside_a_softirq_that_raises_itself(struct kunit *test)
{
	expect_fair_shares(test, false, 1);
}

static void two_tasks_keep_a_third_each_beside_a_softirq_that_raises_itself(struct kunit *test)
{
	expect_fair_shares(test, false, 2);
}

static void task_keeps_half_beside_a_tasklet_that_schedules_itself(struct kunit *test)
{
	expect_fair_shares(test, true, 1);
}

static void two_tasks_keep_a_third_each_beside_a_tasklet_that_schedules_itself(struct kunit *test)
{
	expect_fair_shares(test, true, 2);
}

/*
 * What a task is due beside a softirq whose action takes so long. Each tick of the task's turn may run it
 * MAX_RESTART times on the task's time; where that is longer than a tick, the limit of time ends the drain,
 * and only progress is demanded. Where only ksoftirqd drains while it is awake, the ticks do not.
 */
static unsigned int due_beside(unsigned int us)
{
	unsigned int tick_us = 1000000 / CONFIG_HZ;
	unsigned int drain_us = us * CONFIG_SOFTIRQ_MAX_RESTART;

	if (IS_ENABLED(CONFIG_KSOFTIRQD_POLICY_6_1))
		return WHOLE / 2 - SLACK;
	if (drain_us >= tick_us)
		return WHOLE / 10;
	return WHOLE / 2 * (tick_us - drain_us) / tick_us - SLACK;
}

static void softirq_that_raises_itself_takes_what_the_limits_allow(struct kunit *test)
{
	static const unsigned int lengths_us[] = { 1, 5, 20, 50, 100, 500, 2000 };
	unsigned int i;

	printk_raw("# storm: softirq of    share  at least\n");
	for (i = 0; i < ARRAY_SIZE(lengths_us); i++) {
		unsigned int us = lengths_us[i], due = due_beside(us);
		unsigned int rounds = (unsigned int)(us * alone_turns * TURN / (alone_ns / 1000));
		unsigned int share;

		storm_shares(test, false, rounds, 1, &share);
		printk_raw("# storm: %7u us   0.%04u  0.%04u\n", us, share, due);
		KUNIT_EXPECT_GE(test, share, due);
	}
}

/* ---- Interrupt */

static u64 device_irqs;
static u64 device_tasklets;
static struct tasklet_struct device_tasklet;

static irqreturn_t count_irq(int irq, void *dev)
{
	WRITE_ONCE(device_irqs, device_irqs + 1);
	return IRQ_HANDLED;
}

static irqreturn_t count_and_schedule(int irq, void *dev)
{
	WRITE_ONCE(device_irqs, device_irqs + 1);
	tasklet_schedule(&device_tasklet);
	return IRQ_HANDLED;
}

static void count_tasklet(struct tasklet_struct *t)
{
	WRITE_ONCE(device_tasklets, device_tasklets + 1);
}

static int compare_costs(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/*
 * Look at the cycle counter all the time: what one interrupt takes is a gap in the readings. The median
 * of many, since a tick is a gap as well.
 */
static u64 cost_of_one(void)
{
	static u64 cost[COSTS];
	u64 usual = U64_MAX, now, last;
	unsigned int n;

	last = arch_cycles();
	for (n = 0; n < 1000; n++) {
		now = arch_cycles();
		usual = min(usual, now - last);
		last = now;
	}
	periodic_irq_start(100 * NSEC_PER_USEC);
	last = arch_cycles();
	for (n = 0; n < COSTS; ) {
		now = arch_cycles();
		if (now - last > 2 * usual + 20)
			cost[n++] = now - last - usual;
		last = arch_cycles();
	}
	periodic_irq_stop();
	sort(cost, COSTS, sizeof(*cost), compare_costs, NULL);
	return cost[COSTS / 2];
}

static void sweep(struct kunit *test, const char *name, irq_handler_t handler)
{
	static const u64 periods_us[] = { 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000 };
	unsigned int i;
	u64 cost;
	int error;

	error = periodic_irq_request(handler, &device_irqs);
	if (error == -ENODEV)
		kunit_skip(test, "no device that interrupts periodically");
	KUNIT_ASSERT_EQ(test, error, 0);
	cost = cost_of_one();
	printk_raw("# storm: %s: one costs %llu instructions\n", name, cost);
	printk_raw("# storm: period ns  interrupts  tasklets    share  1 - cost / period\n");

	for (i = 0; i < ARRAY_SIZE(periods_us); i++) {
		unsigned int share, due;
		u64 irqs, tasklets, period, ns;

		hogs_start(test, 1);
		period = periodic_irq_start(periods_us[i] * NSEC_PER_USEC);
		msleep(SETTLE_MS / 2);
		irqs = READ_ONCE(device_irqs);
		tasklets = READ_ONCE(device_tasklets);
		ns = hogs_watch(1, SWEEP_MS);
		irqs = READ_ONCE(device_irqs) - irqs;
		tasklets = READ_ONCE(device_tasklets) - tasklets;
		periodic_irq_stop();
		hogs_stop(1);

		share = share_of(&hogs[0], ns);
		due = WHOLE - (unsigned int)(WHOLE * min(cost, period) / period);
		printk_raw("# storm: %9llu  %10llu  %8llu  %u.%04u  %u.%04u\n", period, irqs, tasklets,
			   share / WHOLE, share % WHOLE, due / WHOLE, due % WHOLE);
		KUNIT_EXPECT_GE(test, share + SLACK, due);
		/* All came, but for those at the edges; the period is rounded down. */
		KUNIT_EXPECT_GE(test, irqs + irqs / 1000 + 2, ns / period);
	}
	periodic_irq_free(&device_irqs);
}

static void task_keeps_what_a_periodic_interrupt_does_not_cost(struct kunit *test)
{
	sweep(test, "interrupt", count_irq);
}

static void task_keeps_what_an_interrupt_with_a_tasklet_does_not_cost(struct kunit *test)
{
	tasklet_setup(&device_tasklet, count_tasklet);
	sweep(test, "interrupt with a tasklet", count_and_schedule);
	tasklet_kill(&device_tasklet);
}

static struct kunit_case storm_cases[] = {
	KUNIT_CASE(task_keeps_half_beside_a_softirq_that_raises_itself),
	KUNIT_CASE(two_tasks_keep_a_third_each_beside_a_softirq_that_raises_itself),
	KUNIT_CASE(task_keeps_half_beside_a_tasklet_that_schedules_itself),
	KUNIT_CASE(two_tasks_keep_a_third_each_beside_a_tasklet_that_schedules_itself),
	KUNIT_CASE(softirq_that_raises_itself_takes_what_the_limits_allow),
	KUNIT_CASE(task_keeps_what_a_periodic_interrupt_does_not_cost),
	KUNIT_CASE(task_keeps_what_an_interrupt_with_a_tasklet_does_not_cost),
	{}
};

static struct kunit_suite storm_suite = {
	.name = "storm",
	.init = storm_init,
	.test_cases = storm_cases,
};
kunit_test_suite(storm_suite);
