// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log under every schedule: writers on several CPUs and in interrupts lose no line, mix none,
 * and leave none behind that has not gone to the console.
 *
 * Lines are printed at a level that the console does not show: they go all the way but for the
 * device.
 */
#include <kunit/scenario.h>
#include <linux/console.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "../../kernel/printk/ring.h"

#define THREADS		2
#define THREAD_LINES	3
#define INTERRUPTS	3

/* What one context said last; it alone writes it. */
static int said[THREADS];
static atomic_t interrupts_said;

static void say_lines(void *who)
{
	long number = (long)who;

	for (int i = 0; i < THREAD_LINES; i++)
		printk(KERN_DEBUG "scenario: thread %ld says %d\n", number, i);
}

static void say_from_interrupt(void *unused)
{
	printk(KERN_DEBUG "scenario: interrupt says %d\n", atomic_fetch_inc(&interrupts_said));
}

static struct printk_record record;

/* Each line once, those of a thread in order. Returns how many interrupts' lines there are. */
static int check_lines(struct kunit *test, u64 seq)
{
	unsigned int seen = 0;
	int from_interrupts = 0;

	for (; printk_read(seq, &record); seq = record.seq + 1) {
		int who, what;

		if (sscanf(record.text, "scenario: thread %d says %d", &who, &what) == 2) {
			KUNIT_ASSERT_LT(test, (unsigned int)who, THREADS);
			KUNIT_EXPECT_EQ(test, what, said[who]++);
		} else if (sscanf(record.text, "scenario: interrupt says %d", &what) == 1) {
			KUNIT_ASSERT_LT(test, (unsigned int)what, INTERRUPTS);
			KUNIT_EXPECT_FALSE(test, seen & 1U << what);
			seen |= 1U << what;
			from_interrupts++;
		} else {
			KUNIT_EXPECT_FALSE_MSG(test, strstarts(record.text, "scenario:"),
					       "mixed: '%s'", record.text);
		}
	}
	return from_interrupts;
}

static void lines_from_everywhere_stay_whole_and_all_come_out(struct kunit *test)
{
	struct scenario_thread threads[THREADS];
	unsigned long lost = printk_lost();
	u64 seq = printk_next_seq();

	memset(said, 0, sizeof(said));
	atomic_set(&interrupts_said, 0);
	for (int i = 0; i < INTERRUPTS; i++)
		scenario_inject(say_from_interrupt, NULL);
	for (long i = 0; i < THREADS; i++)
		scenario_start(test, &threads[i], (int)i, say_lines, (void *)i);
	scenario_join_each(threads, THREADS);
	scenario_settle();

	KUNIT_EXPECT_EQ(test, check_lines(test, seq), INTERRUPTS);
	for (int i = 0; i < THREADS; i++)
		KUNIT_EXPECT_EQ(test, said[i], THREAD_LINES);
	KUNIT_EXPECT_EQ(test, printk_lost(), lost);
	KUNIT_EXPECT_FALSE(test, log_pending());
}
SCENARIO(lines_from_everywhere_stay_whole_and_all_come_out,
	 .must_hit = { "console: handed over", "console: left to the owner" });

/* What was logged while it was held back comes out afterwards, without another line. */
static void held_console_prints_all_when_it_is_let_go(struct kunit *test)
{
	struct scenario_thread thread;
	bool held = console_trylock();

	if (held)
		KUNIT_EXPECT_EQ(test, console_trylock(), 0);
	scenario_inject(say_from_interrupt, NULL);
	scenario_start(test, &thread, 1, say_lines, NULL);
	say_lines(NULL);
	if (held)
		console_unlock();
	scenario_join(&thread);
	scenario_settle();
	KUNIT_EXPECT_FALSE(test, log_pending());
}
SCENARIO(held_console_prints_all_when_it_is_let_go, .must_hit = { "console: left to the owner" });

/* Who reads while others write sees a line whole, or not yet; each once, and none skipped. */
static void reader_meanwhile_sees_whole_lines(struct kunit *test)
{
	struct scenario_thread threads[THREADS];
	u64 seq = printk_next_seq();
	char want[48];
	int found = 0;

	memset(said, 0, sizeof(said));
	for (long i = 0; i < THREADS; i++)
		scenario_start(test, &threads[i], (int)i, say_lines, (void *)i);
	while (found < THREADS * THREAD_LINES) {
		int who, what;

		if (!printk_read(seq, &record)) {
			schedule();
			continue;
		}
		KUNIT_EXPECT_EQ(test, record.seq, seq);
		seq++;
		if (sscanf(record.text, "scenario: thread %d says %d", &who, &what) != 2) {
			KUNIT_EXPECT_GT_MSG(test, record.len, 0, "line %llu is empty", record.seq);
			continue;
		}
		snprintf(want, sizeof(want), "scenario: thread %d says %d", who, what);
		KUNIT_EXPECT_STREQ(test, record.text, want);
		KUNIT_ASSERT_LT(test, (unsigned int)who, THREADS);
		KUNIT_EXPECT_EQ(test, what, said[who]++);
		KUNIT_EXPECT_EQ(test, record.level, LOGLEVEL_DEBUG);
		found++;
	}
	scenario_join_each(threads, THREADS);
}
SCENARIO(reader_meanwhile_sees_whole_lines);
