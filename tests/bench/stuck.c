// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long the handlers of other lines wait while one line is stuck (claim A8).
 *
 * What
 *	A device asks and is never answered, and its handlers say that it was not theirs: the line fires again
 *	as soon as it is let go, until it is shut off. Meanwhile another device interrupts at a period, and
 *	the times of its handler's calls are kept. A call is late by the time since the oldest interrupt
 *	that it is for: of those that come while one waits, an edge keeps one.
 *
 *	Of two lines that wait, a local APIC delivers the one with the higher vector, and the vectors are
 *	given out in order, the lowest first, as lines are requested. So it matters which was first: a line
 *	with a lower vector than the stuck one waits until that is shut off; one with a higher vector
 *	does not notice it. Without APICs lines have fixed places: only the numbers differ.
 *
 *	Lines "# storm: ..." have the figures, in instructions.
 *
 * Contexts
 *	The case: a task on the only CPU.
 *
 * Limits
 *	Figures mean something in QEMU's instruction counting only (make check-storm).
 *
 * Tests
 *	This is one: suite "storm_stuck".
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/sort.h>
#include <linux/time64.h>
#include <arch/cpu.h>
#include <bottomhalf/bench.h>

#include "../boot/pci_source.h"
#include "../boot/thread_helpers.h"

#define PERIOD_US	100
#define ALONE		500U		/* calls that are looked at without a stuck line */
#define CALLS_MAX	4096U
#define SLACK		4U		/* instructions: a period is no whole number of them */

static u64 calls[CALLS_MAX], late[CALLS_MAX];
static unsigned int calls_seen;
static unsigned int answers;		/* of the stuck line's first handler */

static irqreturn_t note_call(int irq, void *unused)
{
	if (calls_seen < CALLS_MAX)
		calls[calls_seen] = arch_cycles();
	WRITE_ONCE(calls_seen, calls_seen + 1);
	return IRQ_HANDLED;
}

static irqreturn_t not_mine(int irq, void *unused)
{
	WRITE_ONCE(answers, answers + 1);
	return IRQ_NONE;
}

static irqreturn_t nor_mine(int irq, void *unused)
{
	return IRQ_NONE;
}

static int compare_late(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/*
 * late[], of calls from the second on, sorted. The interrupts come at calls[0] and every @period after, a period
 * being in parts of 2^-16 instructions.
 */
static unsigned int find_late(unsigned int n, u64 period)
{
	u64 next = 1;		/* number of the oldest interrupt that is waiting, or the next to come */
	unsigned int i;

	for (i = 1; i < n; i++) {
		u64 since = calls[i] - calls[0];

		late[i - 1] = since - min(since, next * period >> 16);
		next = max(next, div64_u64((since + SLACK) << 16, period)) + 1;
	}
	sort(late, n - 1, sizeof(*late), compare_late, NULL);
	return n - 1;
}

static u64 say_late(const char *what, unsigned int n, u64 period)
{
	unsigned int found = find_late(n, period);

	printk_raw("# storm: %s: %u calls of another line's handler, late by %llu (median), %llu (99 %%), %llu (most) instructions\n",
		   what, found, late[found / 2], late[found - 1 - found / 100], late[found - 1]);
	return late[found - 1];
}

static void await_calls(unsigned int n)
{
	while (READ_ONCE(calls_seen) < n)
		arch_cpu_relax();
}

static void start_calls(void)
{
	calls_seen = 0;
	periodic_irq_start(PERIOD_US * NSEC_PER_USEC);
}

static u64 measure_alone(void)
{
	u64 period;

	start_calls();
	await_calls(ALONE);
	periodic_irq_stop();
	period = ((calls[ALONE - 1] - calls[0]) << 16) / (ALONE - 1);
	say_late("no line is stuck", ALONE, period);
	return period;
}

static bool is_off(unsigned int irq)
{
	return irqd_irq_disabled(irq_get_irq_data(irq));
}

/* Return: how late a call was at most. */
static u64 measure_beside(struct kunit *test, const char *what, struct pci_source *edu, u64 period)
{
	unsigned long end = jiffies + PATIENCE;
	u64 began, took;

	answers = 0;
	start_calls();
	await_calls(2);
	began = arch_cycles();
	writel(1, edu->regs + EDU_RAISE);
	while (!is_off(edu->irq) && time_before(jiffies, end))
		arch_cpu_relax();
	took = arch_cycles() - began;
	/* They go on. */
	await_calls(READ_ONCE(calls_seen) + 2);
	periodic_irq_stop();

	KUNIT_EXPECT_TRUE(test, is_off(edu->irq));
	KUNIT_EXPECT_GE(test, answers, 99900u);
	KUNIT_EXPECT_LE(test, answers, 100000u);
	printk_raw("# storm: shut off after %u interrupts, %llu instructions\n", answers, took);
	return say_late(what, min(calls_seen, CALLS_MAX), period);
}

static bool request_stuck(struct pci_source *edu)
{
	return !request_irq(edu->irq, not_mine, IRQF_SHARED, "stuck", &answers) &&
	       !request_irq(edu->irq, nor_mine, IRQF_SHARED, "stuck too", edu);
}

static void free_stuck(struct pci_source *edu)
{
	writel(readl(edu->regs + EDU_STATUS), edu->regs + EDU_ACK);
	free_irq(edu->irq, &answers);
	free_irq(edu->irq, edu);
}

static void take_edu(struct kunit *test, struct pci_source *edu)
{
	if (num_online_cpus() > 1)
		kunit_skip(test, "only with one CPU");
	if (!pci_source_open(edu, EDU_VENDOR, EDU_DEVICE, PCI_IRQ_INTX))
		kunit_skip(test, "no edu");
}

static void take_other(struct kunit *test)
{
	if (periodic_irq_request(note_call, &calls_seen))
		kunit_skip(test, "no device that interrupts periodically");
}

static void lines_behind_it_wait_until_it_is_shut_off(struct kunit *test)
{
	u64 before = printk_next_seq();
	struct pci_source edu;

	take_other(test);
	take_edu(test, &edu);
	KUNIT_ASSERT_TRUE(test, request_stuck(&edu));
	measure_beside(test, "a line before it is stuck", &edu, measure_alone());
	KUNIT_EXPECT_TRUE(test, logged_since(before, "not_mine"));
	KUNIT_EXPECT_TRUE(test, logged_since(before, "nor_mine"));
	free_stuck(&edu);
	pci_source_close(&edu);
	periodic_irq_free(&calls_seen);
}

static void lines_before_it_do_not_notice(struct kunit *test)
{
	struct pci_source edu;
	u64 most;

	take_edu(test, &edu);
	KUNIT_ASSERT_TRUE(test, request_stuck(&edu));
	take_other(test);
	most = measure_beside(test, "a line behind it is stuck", &edu, measure_alone());
	/* Once, the line is shut off and its handlers are named just then. */
	KUNIT_EXPECT_GT(test, most, 0ULL);
	KUNIT_EXPECT_LT(test, late[calls_seen - 1 - calls_seen / 50], 2000ULL);
	periodic_irq_free(&calls_seen);
	free_stuck(&edu);
	pci_source_close(&edu);
}

static struct kunit_case stuck_cases[] = {
	KUNIT_CASE(lines_behind_it_wait_until_it_is_shut_off),
	KUNIT_CASE(lines_before_it_do_not_notice),
	{}
};

static struct kunit_suite stuck_suite = {
	.name = "storm_stuck",
	.test_cases = stuck_cases,
};
kunit_test_suite(stuck_suite);
