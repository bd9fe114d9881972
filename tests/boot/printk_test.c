// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log: lines stay whole and in order, whoever prints; warnings can be announced.
 *
 * Most of it is printed at a level that stays off the console, and read back.
 */
#include <linux/bug.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/string.h>

#include "helpers.h"

static int saved_loglevel;

static int printk_init(struct kunit *test)
{
	saved_loglevel = console_loglevel;
	console_loglevel = CONSOLE_LOGLEVEL_SILENT;
	test->priv = kunit_kzalloc(test, sizeof(struct printk_record), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

static void printk_exit(struct kunit *test)
{
	console_loglevel = saved_loglevel;
}

/* The first line from @seq on that begins with @text, in test->priv; NULL if there is none. */
static struct printk_record *find_line(struct kunit *test, u64 seq, const char *text)
{
	struct printk_record *record = test->priv;

	for (; printk_read(seq, record); seq = record->seq + 1)
		if (str_has_prefix(record->text, text))
			return record;
	return NULL;
}

static unsigned int count_lines(struct kunit *test, u64 seq, const char *text)
{
	struct printk_record *record = test->priv;
	unsigned int n = 0;

	while (find_line(test, seq, text)) {
		n++;
		seq = record->seq + 1;
	}
	return n;
}

static void line_is_kept_with_its_level_and_without_its_newline(struct kunit *test)
{
	u64 seq = printk_next_seq();
	struct printk_record *record;

	pr_err("printk_test: %s %d\n", "answer", 42);
	record = find_line(test, seq, "printk_test: answer");
	KUNIT_ASSERT_NOT_NULL(test, record);
	KUNIT_EXPECT_STREQ(test, record->text, "printk_test: answer 42");
	KUNIT_EXPECT_EQ(test, record->len, strlen(record->text));
	KUNIT_EXPECT_EQ(test, record->level, LOGLEVEL_ERR);
	KUNIT_EXPECT_TRUE(test, cpu_online(record->cpu));
}

static void each_level_is_told_apart_and_none_is_a_warning(struct kunit *test)
{
	static const char *const marks[] = {
		KERN_EMERG,   KERN_ALERT,  KERN_CRIT, KERN_ERR,
		KERN_WARNING, KERN_NOTICE, KERN_INFO, KERN_DEBUG,
	};
	u64 seq = printk_next_seq();
	struct printk_record *record;

	for (int i = 0; i < ARRAY_SIZE(marks); i++) {
		printk("%sprintk_test: level\n", marks[i]);
		record = find_line(test, seq, "printk_test: level");
		KUNIT_ASSERT_NOT_NULL(test, record);
		KUNIT_EXPECT_EQ(test, record->level, i);
		seq = record->seq + 1;
	}
	printk("printk_test: level\n");
	record = find_line(test, seq, "printk_test: level");
	KUNIT_ASSERT_NOT_NULL(test, record);
	KUNIT_EXPECT_EQ(test, record->level, LOGLEVEL_WARNING);
}

static void newlines_inside_make_several_lines(struct kunit *test)
{
	u64 seq = printk_next_seq();

	pr_info("printk_test: one\nprintk_test: two\n\nprintk_test: three\n");
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: one"));
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: two"));
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: three"));
	KUNIT_EXPECT_EQ(test, count_lines(test, seq, "printk_test: "), 3);
}

/* Preemption is off: a task that moves on makes two lines of one. */
static void continued_line_is_one_line(struct kunit *test)
{
	u64 seq = printk_next_seq();
	struct printk_record *record;

	preempt_disable();
	pr_err("printk_test: begun,");
	pr_cont(" continued");
	KUNIT_EXPECT_NULL(test, find_line(test, seq, "printk_test: begun"));
	pr_cont(", ended\n");
	preempt_enable();
	record = find_line(test, seq, "printk_test: begun");
	KUNIT_ASSERT_NOT_NULL(test, record);
	KUNIT_EXPECT_STREQ(test, record->text, "printk_test: begun, continued, ended");
	KUNIT_EXPECT_EQ(test, record->level, LOGLEVEL_ERR);
}

static void line_without_end_is_ended_by_the_next(struct kunit *test)
{
	u64 seq = printk_next_seq();

	preempt_disable();
	pr_info("printk_test: no end");
	pr_info("printk_test: next\n");
	pr_info("printk_test: none again");
	printk_flush();
	preempt_enable();
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: no end"));
	KUNIT_EXPECT_STREQ(test, ((struct printk_record *)test->priv)->text, "printk_test: no end");
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: next"));
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: none again"));
}

static void print_in_interrupt(void *unused)
{
	pr_info("printk_test: from the interrupt\n");
}

static void interrupt_in_the_middle_of_a_line_stays_apart(struct kunit *test)
{
	u64 seq = printk_next_seq();

	preempt_disable();
	pr_info("printk_test: first half");
	in_hard_irq(print_in_interrupt, NULL);
	pr_cont("printk_test: second half\n");
	preempt_enable();
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: from the interrupt"));
	KUNIT_EXPECT_STREQ(test, ((struct printk_record *)test->priv)->text,
			   "printk_test: from the interrupt");
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: first half"));
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "printk_test: second half"));
}

static void line_beyond_the_limit_is_cut(struct kunit *test)
{
	char *text = kunit_kzalloc(test, 2 * LOG_LINE_MAX, GFP_KERNEL);
	u64 seq = printk_next_seq();
	struct printk_record *record;

	KUNIT_ASSERT_NOT_NULL(test, text);
	memset(text, 'x', 2 * LOG_LINE_MAX - 1);
	pr_info("printk_test: long %s\n", text);
	printk_flush();
	record = find_line(test, seq, "printk_test: long");
	KUNIT_ASSERT_NOT_NULL(test, record);
	KUNIT_EXPECT_LE(test, record->len, LOG_LINE_MAX);
	KUNIT_EXPECT_GE(test, record->len, LOG_LINE_MAX - 8);
}

static void raw_text_is_kept_as_it_is(struct kunit *test)
{
	u64 seq = printk_next_seq();
	struct printk_record *record;

	printk_raw("    # raw_text_is_kept_as_it_is: \001" "4 stays\n");
	record = find_line(test, seq, "    # raw_text_is_kept_as_it_is");
	KUNIT_ASSERT_NOT_NULL(test, record);
	KUNIT_EXPECT_STREQ(test, record->text, "    # raw_text_is_kept_as_it_is: \001" "4 stays");
	KUNIT_EXPECT_EQ(test, record->level, -1);
}

static void line_not_written_yet_cannot_be_read(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, printk_read(printk_next_seq() + 1000000, test->priv));
}

static void full_log_gives_up_its_oldest_lines_alone(struct kunit *test)
{
	unsigned int lines = 3 * (1U << CONFIG_LOG_BUF_SHIFT) / 64;
	unsigned long lost = printk_lost();
	u64 seq = printk_next_seq();
	struct printk_record *record = test->priv;

	for (unsigned int i = 0; i < lines; i++)
		printk(KERN_DEBUG "printk_test: fill %u\n", i);
	KUNIT_EXPECT_EQ(test, printk_lost(), lost);
	KUNIT_ASSERT_TRUE(test, printk_read(seq, record));
	KUNIT_EXPECT_GT(test, record->seq, seq + lines / 2);
	seq = record->seq;
	while (printk_read(seq, record)) {
		KUNIT_ASSERT_EQ(test, record->seq, seq);
		seq++;
	}
	KUNIT_EXPECT_GE(test, seq, printk_next_seq() - 1);
}

/* ---------------------------------------------------------------- several CPUs */

#define WRITERS		2
#define WRITER_LINES	40

struct writer {
	int number;
	bool done;
};

static int write_lines(void *data)
{
	struct writer *writer = data;

	for (int i = 0; i < WRITER_LINES; i++)
		printk(KERN_DEBUG "printk_test: writer %d line %02d abcdefghijklmnopqrstuvwxyz\n",
		       writer->number, i);
	smp_store_release(&writer->done, true);	/* pairs with the test's acquire */
	return 0;
}

static void lines_of_several_cpus_stay_whole_and_in_order(struct kunit *test)
{
	struct writer *writers = kunit_kcalloc(test, WRITERS, sizeof(*writers), GFP_KERNEL);
	struct printk_record *record = test->priv;
	unsigned long lost = printk_lost();
	u64 seq = printk_next_seq();
	int next[WRITERS] = { 0 };

	KUNIT_ASSERT_NOT_NULL(test, writers);
	for (int i = 0; i < WRITERS; i++) {
		struct task_struct *thread;

		writers[i].number = i;
		thread = kthread_create(write_lines, &writers[i], "writer/%d", i);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread);
		kthread_bind(thread, cpumask_local_spread(i, 0));
		wake_up_process(thread);
	}
	for (int i = 0; i < WRITERS; i++)
		while (!smp_load_acquire(&writers[i].done))
			schedule();
	for (; find_line(test, seq, "printk_test: writer"); seq = record->seq + 1) {
		char want[80];
		int who, line;

		KUNIT_ASSERT_EQ(test,
				sscanf(record->text, "printk_test: writer %d line %d", &who, &line),
				2);
		KUNIT_ASSERT_LT(test, (unsigned int)who, WRITERS);
		KUNIT_EXPECT_EQ(test, line, next[who]);
		next[who] = line + 1;
		snprintf(want, sizeof(want),
			 "printk_test: writer %d line %02d abcdefghijklmnopqrstuvwxyz", who, line);
		KUNIT_EXPECT_STREQ(test, record->text, want);
	}
	for (int i = 0; i < WRITERS; i++)
		KUNIT_EXPECT_EQ(test, next[i], WRITER_LINES);
	KUNIT_EXPECT_EQ(test, printk_lost(), lost);
}

/* ---------------------------------------------------------------- limits */

static void limited_message_passes_ten_times_and_once_message_once(struct kunit *test)
{
	u64 seq = printk_next_seq();

	for (int i = 0; i < 30; i++) {
		pr_err_ratelimited("printk_test: limited\n");
		pr_err_once("printk_test: once\n");
	}
	KUNIT_EXPECT_EQ(test, count_lines(test, seq, "printk_test: limited"),
			DEFAULT_RATELIMIT_BURST);
	KUNIT_EXPECT_EQ(test, count_lines(test, seq, "printk_test: once"), 1);
}

static void limit_without_interval_lets_everything_pass(struct kunit *test)
{
	struct ratelimit_state limit;

	ratelimit_state_init(&limit, 0, 1);
	for (int i = 0; i < 5; i++)
		KUNIT_EXPECT_EQ(test, __ratelimit(&limit), 1);
	ratelimit_state_init(&limit, 1000 * CONFIG_HZ, 2);
	KUNIT_EXPECT_EQ(test, __ratelimit(&limit) + __ratelimit(&limit) + __ratelimit(&limit), 2);
}

/* ---------------------------------------------------------------- warnings */

static void announced_warning_is_one_line_and_counted(struct kunit *test)
{
	unsigned int reports = bug_reports(), unexpected = bug_unexpected();
	u64 seq = printk_next_seq();

	KUNIT_EXPECT_EQ(test, bug_expect(2), 0);
	KUNIT_EXPECT_TRUE(test, WARN_ON(test != NULL));
	KUNIT_EXPECT_FALSE(test, WARN_ON(test == NULL));
	KUNIT_EXPECT_TRUE(test, WARN(true, "the number is %d\n", 7));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0);
	KUNIT_EXPECT_EQ(test, bug_reports(), reports + 2);
	KUNIT_EXPECT_EQ(test, bug_unexpected(), unexpected);
	KUNIT_EXPECT_NOT_NULL(
		test, find_line(test, seq, "expected: test != NULL, at tests/boot/printk_test.c:"));
	KUNIT_EXPECT_NOT_NULL(test, find_line(test, seq, "expected: the number is 7, at "));
}

static void warning_once_warns_once(struct kunit *test)
{
	unsigned int reports = bug_reports();

	bug_expect(3);
	for (int i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, WARN_ON_ONCE(i >= 0));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 2);
	KUNIT_EXPECT_EQ(test, bug_reports(), reports + 1);
}

static struct kunit_case printk_cases[] = {
	KUNIT_CASE(line_is_kept_with_its_level_and_without_its_newline),
	KUNIT_CASE(each_level_is_told_apart_and_none_is_a_warning),
	KUNIT_CASE(newlines_inside_make_several_lines),
	KUNIT_CASE(continued_line_is_one_line),
	KUNIT_CASE(line_without_end_is_ended_by_the_next),
	KUNIT_CASE(interrupt_in_the_middle_of_a_line_stays_apart),
	KUNIT_CASE(line_beyond_the_limit_is_cut),
	KUNIT_CASE(raw_text_is_kept_as_it_is),
	KUNIT_CASE(line_not_written_yet_cannot_be_read),
	KUNIT_CASE(full_log_gives_up_its_oldest_lines_alone),
	KUNIT_CASE(lines_of_several_cpus_stay_whole_and_in_order),
	KUNIT_CASE(limited_message_passes_ten_times_and_once_message_once),
	KUNIT_CASE(limit_without_interval_lets_everything_pass),
	KUNIT_CASE(announced_warning_is_one_line_and_counted),
	KUNIT_CASE(warning_once_warns_once),
	{}
};
static struct kunit_suite printk_suite = {
	.name = "printk", .init = printk_init, .exit = printk_exit, .test_cases = printk_cases,
};
kunit_test_suite(printk_suite);
