// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text that is made piece by piece.
 */
#include <linux/errno.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "helpers.h"

static char text[128];

static int numbers[] = { 7, 11, 13, 17 };
static int stopped, failing_at;

static void *numbers_start(struct seq_file *m, loff_t *pos)
{
	return *pos < (loff_t)ARRAY_SIZE(numbers) ? &numbers[*pos] : NULL;
}

static void *numbers_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return numbers_start(m, pos);
}

static void numbers_stop(struct seq_file *m, void *v)
{
	stopped++;
}

static int numbers_show(struct seq_file *m, void *v)
{
	int number = *(int *)v;

	seq_printf(m, "%d\n", number);
	if (number == failing_at)
		return -EIO;
	return number == 11 ? SEQ_SKIP : 0;
}

static const struct seq_operations numbers_ops = {
	numbers_start, numbers_stop, numbers_next, numbers_show,
};

static int reset(struct kunit *test)
{
	stopped = 0;
	failing_at = 0;
	memset(text, '?', sizeof(text));
	return 0;
}

static void elements_are_shown_in_order_and_skipped_ones_are_not(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, seq_read_buffer(&numbers_ops, NULL, text, sizeof(text)), 8);
	KUNIT_EXPECT_STREQ(test, text, "7\n13\n17\n");
	KUNIT_EXPECT_EQ(test, stopped, 1);
}

static void text_that_does_not_fit_is_an_error_and_ends(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, seq_read_buffer(&numbers_ops, NULL, text, 8), -EOVERFLOW);
	text[0] = 'x';
	KUNIT_EXPECT_EQ(test, seq_read_buffer(&numbers_ops, NULL, text + 1, 0), -EOVERFLOW);
	KUNIT_EXPECT_EQ(test, text[0], 'x');
	KUNIT_EXPECT_EQ(test, strlen(text), 7U);
	KUNIT_EXPECT_EQ(test, seq_read_buffer(&numbers_ops, NULL, text, 9), 8);
	KUNIT_EXPECT_EQ(test, text[9], '?');
	KUNIT_EXPECT_EQ(test, stopped, 2);
}

static void error_of_an_element_ends_the_reading(struct kunit *test)
{
	failing_at = 13;
	KUNIT_EXPECT_EQ(test, seq_read_buffer(&numbers_ops, NULL, text, sizeof(text)), -EIO);
	KUNIT_EXPECT_EQ(test, stopped, 1);
	seq_print_log(&numbers_ops, NULL);
	KUNIT_EXPECT_EQ(test, stopped, 2);
}

static int forms_show(struct seq_file *m, void *v)
{
	seq_puts(m, "a");
	seq_putc(m, 'b');
	seq_write(m, "cd", 2);
	seq_put_decimal_ull_width(m, " ", 42, 5);
	seq_put_decimal_ull(m, ",", 18446744073709551615ULL);
	seq_put_decimal_ll(m, NULL, -3);
	seq_setwidth(m, 6);
	seq_puts(m, "xyz");
	seq_pad(m, '|');
	return 0;
}

static const struct seq_operations forms_ops = { single_start, single_stop, single_next, forms_show };

static void each_form_appends_what_it_says(struct kunit *test)
{
	seq_read_buffer(&forms_ops, NULL, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "abcd    42,18446744073709551615-3xyz   |");
}

struct named {
	struct list_head node;
	const char *name;
};

static LIST_HEAD(names);

static void *names_start(struct seq_file *m, loff_t *pos)
{
	return seq_list_start_head(&names, *pos);
}

static void *names_next(struct seq_file *m, void *v, loff_t *pos)
{
	return seq_list_next(v, &names, pos);
}

static int names_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s ", v == &names ? "names:" : list_entry(v, struct named, node)->name);
	return 0;
}

static const struct seq_operations names_ops = { names_start, single_stop, names_next, names_show };

static void list_is_shown_after_its_heading(struct kunit *test)
{
	struct named one = { .name = "one" }, two = { .name = "two" };

	list_add_tail(&one.node, &names);
	list_add_tail(&two.node, &names);
	seq_read_buffer(&names_ops, NULL, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "names: one two ");
	KUNIT_EXPECT_PTR_EQ(test, seq_list_start(&names, 1), &two.node);
	KUNIT_EXPECT_NULL(test, seq_list_start(&names, 2));
	INIT_LIST_HEAD(&names);
}

static struct kunit_case seq_file_cases[] = {
	KUNIT_CASE(elements_are_shown_in_order_and_skipped_ones_are_not),
	KUNIT_CASE(text_that_does_not_fit_is_an_error_and_ends),
	KUNIT_CASE(error_of_an_element_ends_the_reading),
	KUNIT_CASE(each_form_appends_what_it_says),
	KUNIT_CASE(list_is_shown_after_its_heading),
	{}
};

static struct kunit_suite seq_file_suite = {
	.name = "seq_file",
	.init = reset,
	.test_cases = seq_file_cases,
};
kunit_test_suite(seq_file_suite);
