// SPDX-License-Identifier: GPL-2.0-only
/*
 * x86: the lines of /proc/interrupts that have a name, in Linux's order and columns.
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <x86/irq.h>

static char text[16384];

/* A line that ends the text from @at on, by name: NULL if it is not the next but of those in between. */
static const char *find_line(const char *at, const char *name)
{
	char start[8];

	snprintf(start, sizeof(start), "%s: ", name);
	return strstr(at, start);
}

static unsigned int number_at(const char *at)
{
	unsigned int value = 0;

	for (at += strspn(at, " "); *at >= '0' && *at <= '9'; at++)
		value = 10 * value + (unsigned int)(*at - '0');
	return value;
}

static void named_lines_stand_in_linux_s_order(struct kunit *test)
{
	static const char * const names[] = { "NMI", "LOC", "SPU", "IWI", "RES", "CAL", "ERR", "MIS" };
	const char *at = text;

	KUNIT_ASSERT_GT(test, proc_read_buffer("interrupts", text, sizeof(text)), 0);
	for (size_t i = 0; i < ARRAY_SIZE(names) && at; i++) {
		at = find_line(at, names[i]);
		KUNIT_EXPECT_NOT_NULL(test, at);
	}
}

static void nothing(void *unused)
{
}

/* A name, ": ", a count in 10 columns and a blank for each CPU, two blanks, what it is. */
static void call_to_another_cpu_is_in_its_column(struct kunit *test)
{
	unsigned int online = num_online_cpus(), last = online - 1, before;
	const char *line, *what;

	if (online < 2 || cpumask_weight(cpu_online_mask) != nr_cpu_ids)
		kunit_skip(test, "needs two CPUs, and no gaps");
	before = per_cpu(x86_irq_counts, last).call_function;
	if (raw_smp_processor_id() == last)
		set_cpus_allowed_ptr(current, cpumask_of(0));
	KUNIT_ASSERT_EQ(test, smp_call_function_single((int)last, nothing, NULL, 1), 0);
	proc_read_buffer("interrupts", text, sizeof(text));
	line = find_line(text, "CAL");
	KUNIT_ASSERT_NOT_NULL(test, line);
	KUNIT_EXPECT_GT(test, number_at(line + 5 + 11 * last), before);
	what = line + 5 + 11 * online;
	KUNIT_EXPECT_EQ(test, strncmp(what, "  Function call interrupts\n", 27), 0);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static struct kunit_case x86_proc_cases[] = {
	KUNIT_CASE(named_lines_stand_in_linux_s_order),
	KUNIT_CASE(call_to_another_cpu_is_in_its_column),
	{}
};

static struct kunit_suite x86_proc_suite = {
	.name = "x86-proc",
	.test_cases = x86_proc_cases,
};
kunit_test_suite(x86_proc_suite);
