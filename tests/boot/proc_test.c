// SPDX-License-Identifier: GPL-2.0-only
/*
 * Texts of the kernel about itself: who has a name, and Linux's columns in /proc/interrupts and
 * /proc/softirqs.
 */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/kernel_stat.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/string.h>
#include <linux/sysrq.h>

#include "thread_helpers.h"

static char text[16384], expected[1024];

/* ---- names ---- */

static int hello_show(struct seq_file *m, void *v)
{
	seq_puts(m, "hello\n");
	return 0;
}

static void name_is_had_once_and_gone_after_its_removal(struct kunit *test)
{
	struct proc_dir_entry *entry = proc_create_single("test-hello", 0444, NULL, hello_show);

	KUNIT_ASSERT_NOT_NULL(test, entry);
	KUNIT_EXPECT_NULL(test, proc_create_single("test-hello", 0444, NULL, hello_show));
	KUNIT_EXPECT_NULL(test, proc_create_single("below", 0444, entry, hello_show));
	KUNIT_EXPECT_EQ(test, proc_read_buffer("test-hello", text, sizeof(text)), 6);
	KUNIT_EXPECT_STREQ(test, text, "hello\n");
	remove_proc_entry("test-hello", NULL);
	KUNIT_EXPECT_EQ(test, proc_read_buffer("test-hello", text, sizeof(text)), -ENOENT);
	KUNIT_EXPECT_FALSE(test, proc_print_log("test-hello"));
	remove_proc_entry("test-hello", NULL);
}

/* ---- lines of text ---- */

/* The line of @text that begins with @start, after blanks, copied and ended; NULL: none. */
static char *line_of(const char *start)
{
	static char line[1024];
	const char *at = text, *end;

	for (; *at; at = end + 1) {
		const char *word = at + strspn(at, " ");

		end = strchr(at, '\n') ?: at + strlen(at);
		if (!strncmp(word, start, strlen(start))) {
			memcpy(line, at, (size_t)(end - at));
			line[end - at] = '\0';
			return line;
		}
		if (!*end)
			break;
	}
	return NULL;
}

static int heading(char *buf, int blanks, const struct cpumask *cpus)
{
	int len = sprintf(buf, "%*s", blanks, "");
	unsigned int cpu;

	for_each_cpu(cpu, cpus)
		len += sprintf(buf + len, "CPU%-8u", cpu);
	return len;
}

/* ---- /proc/interrupts ---- */

static irqreturn_t handler(int irq, void *dev_id)
{
	return IRQ_HANDLED;
}

static void nothing(struct irq_data *data)
{
}

static struct irq_chip test_chip = {
	.name = "TEST",
	.irq_mask = nothing,
	.irq_unmask = nothing,
	.irq_ack = nothing,
};

static void fire(void *line)
{
	generic_handle_irq(*(unsigned int *)line);
}

/* What /proc/interrupts has to say of a line, up to its chip. */
static int expect_counts(char *buf, int width, unsigned int irq)
{
	int len = sprintf(buf, "%*u:", width, irq);
	unsigned int cpu;

	for_each_online_cpu(cpu)
		len += sprintf(buf + len, " %10u", kstat_irqs_cpu(irq, (int)cpu));
	return len;
}

static void line_shows_counts_chip_number_flow_and_handlers(struct kunit *test)
{
	unsigned int irq = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);
	int devices[2], width = 3, len;
	char start[8];

	KUNIT_ASSERT_GT(test, (int)irq, 0);
	irq_set_chip_and_handler_name(irq, &test_chip, handle_edge_irq, "edge");
	KUNIT_ASSERT_EQ(test, request_irq(irq, handler, IRQF_SHARED, "first", &devices[0]), 0);
	KUNIT_ASSERT_EQ(test, request_irq(irq, handler, IRQF_SHARED, "second", &devices[1]), 0);
	for (int i = 0; i < 3; i++)
		in_hard_irq(fire, &irq);

	KUNIT_EXPECT_GT(test, proc_read_buffer("interrupts", text, sizeof(text)), 0);
	if (irq >= 1000)
		width = 4;
	heading(expected, width + 8, cpu_online_mask);
	KUNIT_EXPECT_STREQ(test, line_of("CPU0"), expected);
	len = expect_counts(expected, width, irq);
	/* It has no domain, so no number there; as Linux: blanks, flow, two blanks, names. */
	sprintf(expected + len, "      TEST %*s-edge      first, second", width, "");
	sprintf(start, "%u:", irq);
	KUNIT_EXPECT_STREQ(test, line_of(start), expected);
	KUNIT_EXPECT_EQ(test, kstat_irqs(irq), 3);

	free_irq(irq, &devices[0]);
	free_irq(irq, &devices[1]);
	proc_read_buffer("interrupts", text, sizeof(text));
	KUNIT_EXPECT_NULL(test, line_of(start));
	irq_free_desc(irq);
}

static void print_a_word(struct irq_data *data, struct seq_file *file)
{
	seq_printf(file, " <%u>", data->irq);
}

static void chip_may_print_itself_and_hidden_lines_are_not_shown(struct kunit *test)
{
	static struct irq_chip chip;
	unsigned int irq = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);
	char start[8], word[16];
	int device;

	KUNIT_ASSERT_GT(test, (int)irq, 0);
	chip = test_chip;
	chip.irq_print_chip = print_a_word;
	irq_set_chip_and_handler(irq, &chip, handle_edge_irq);
	KUNIT_ASSERT_EQ(test, request_irq(irq, handler, 0, "test", &device), 0);
	sprintf(start, "%u:", irq);
	sprintf(word, " <%u>", irq);
	proc_read_buffer("interrupts", text, sizeof(text));
	KUNIT_ASSERT_NOT_NULL(test, line_of(start));
	KUNIT_EXPECT_NOT_NULL(test, strstr(line_of(start), word));
	irq_set_status_flags(irq, IRQ_HIDDEN);
	proc_read_buffer("interrupts", text, sizeof(text));
	KUNIT_EXPECT_NULL(test, line_of(start));
	irq_clear_status_flags(irq, IRQ_HIDDEN);
	free_irq(irq, &device);

	/* A controller behind another one: its own lines are shown, not the one to it. */
	irq_set_chained_handler(irq, handle_simple_irq);
	proc_read_buffer("interrupts", text, sizeof(text));
	KUNIT_EXPECT_NULL(test, line_of(start));
	irq_set_chained_handler(irq, NULL);
	irq_free_desc(irq);
}

/* ---- /proc/softirqs ---- */

/* Name and counts stand where Linux has them: the name in 12 columns, each count in 10 after a blank. */
static void expect_softirq_line(struct kunit *test, unsigned int nr)
{
	char *line, start[16], *at, *end;
	unsigned int cpu;

	sprintf(start, "%s:", softirq_to_name[nr]);
	line = line_of(start);
	KUNIT_ASSERT_NOT_NULL(test, line);
	KUNIT_EXPECT_EQ(test, strlen(line), 13 + 11 * (size_t)num_possible_cpus());
	KUNIT_EXPECT_EQ(test, line[12], ':');
	at = line + 13;
	for_each_possible_cpu(cpu) {
		end = at + 11;
		KUNIT_EXPECT_EQ(test, *at, ' ');
		KUNIT_EXPECT_TRUE(test, end[-1] >= '0' && end[-1] <= '9');
		at = end;
	}
}

static void softirqs_have_a_column_for_each_cpu_and_a_line_for_each_number(struct kunit *test)
{
	unsigned int nr;

	KUNIT_EXPECT_GT(test, proc_read_buffer("softirqs", text, sizeof(text)), 0);
	heading(expected, 20, cpu_possible_mask);
	KUNIT_EXPECT_STREQ(test, line_of("CPU0"), expected);
	for (nr = 0; nr < NR_SOFTIRQS_LINUX; nr++)
		expect_softirq_line(test, nr);
}

static unsigned int count_of_this_cpu(const char *start, unsigned int cpu)
{
	char *line = line_of(start), *at;
	unsigned int value = 0;

	if (!line)
		return 0;
	at = line + 13 + 11 * cpu;
	for (at += strspn(at, " "); *at >= '0' && *at <= '9'; at++)
		value = 10 * value + (unsigned int)(*at - '0');
	return value;
}

static void tasklet_fn(struct tasklet_struct *tasklet)
{
}

static void count_of_a_softirq_rises_where_it_runs(struct kunit *test)
{
	static DECLARE_TASKLET(tasklet, tasklet_fn);
	unsigned int cpu = get_cpu(), before, after;

	local_bh_disable();
	proc_read_buffer("softirqs", text, sizeof(text));
	before = count_of_this_cpu("HI:", cpu);
	KUNIT_EXPECT_EQ(test, before, kstat_softirqs_cpu(HI_SOFTIRQ, (int)cpu));
	tasklet_hi_schedule(&tasklet);
	local_bh_enable();
	proc_read_buffer("softirqs", text, sizeof(text));
	after = count_of_this_cpu("HI:", cpu);
	put_cpu();
	KUNIT_EXPECT_GT(test, after, before);
	tasklet_kill(&tasklet);
}

/* ---- SysRq ---- */

static void keys_print_both(struct kunit *test)
{
	u64 seq = printk_next_seq();

	if (!IS_ENABLED(CONFIG_MAGIC_SYSRQ))
		kunit_skip(test, "no SysRq");
	__handle_sysrq('I', false);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "CPU0"));
	seq = printk_next_seq();
	__handle_sysrq('S', false);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "     TASKLET:"));
}

static struct kunit_case proc_cases[] = {
	KUNIT_CASE(name_is_had_once_and_gone_after_its_removal),
	KUNIT_CASE(line_shows_counts_chip_number_flow_and_handlers),
	KUNIT_CASE(chip_may_print_itself_and_hidden_lines_are_not_shown),
	KUNIT_CASE(softirqs_have_a_column_for_each_cpu_and_a_line_for_each_number),
	KUNIT_CASE(count_of_a_softirq_rises_where_it_runs),
	KUNIT_CASE(keys_print_both),
	{}
};

static struct kunit_suite proc_suite = {
	.name = "proc",
	.test_cases = proc_cases,
};
kunit_test_suite(proc_suite);
