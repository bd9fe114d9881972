// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command line: parsing, values, messages, and garbage.
 */
#include <linux/init.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <asm/page.h>

/* ---------------------------------------------------------------- one line, taken apart */

struct piece {
	const char *param, *val;
};

static const struct {
	const char *line;
	struct piece pieces[4];
} lines[] = {
	{ "", { { NULL } } },
	{ "quiet", { { "quiet", NULL } } },
	{ "a=1 b c=", { { "a", "1" }, { "b", NULL }, { "c", "" } } },
	{ "a=b=c", { { "a", "b=c" } } },
	{ "a=\"x y\" b", { { "a", "x y" }, { "b", NULL } } },
	{ "\"a=x y\" b", { { "a", "x y" }, { "b", NULL } } },
	{ "\"a b\"", { { "a b", NULL } } },
	{ "a=\"x y", { { "a", "x y" } } },
	{ "a=\"\"", { { "a", "" } } },
	{ "\"", { { "", NULL } } },
	{ "=1", { { "=1", NULL } } },
	{ "a\tb\n\nc", { { "a", NULL }, { "b", NULL }, { "c", NULL } } },
	{ "a=1 --", { { "a", "1" }, { "--", NULL } } },
	{ "a=x\"y z\"w", { { "a", "x\"y z\"w" } } },
};

static void line_falls_apart_at_white_space_outside_of_quotes(struct kunit *test)
{
	for (int i = 0; i < ARRAY_SIZE(lines); i++) {
		char line[32];
		char *rest;
		int n = 0;

		strscpy(line, lines[i].line);
		rest = skip_spaces(line);
		while (*rest) {
			const struct piece *want = &lines[i].pieces[n++];
			char *param, *val;

			KUNIT_ASSERT_NOT_NULL_MSG(test, want->param, "too many pieces of '%s'",
						  lines[i].line);
			rest = next_arg(rest, &param, &val);
			KUNIT_EXPECT_STREQ_MSG(test, param, want->param, "'%s'", lines[i].line);
			KUNIT_EXPECT_EQ_MSG(test, val != NULL, want->val != NULL, "'%s'",
					    lines[i].line);
			if (val && want->val)
				KUNIT_EXPECT_STREQ_MSG(test, val, want->val, "'%s'", lines[i].line);
		}
		KUNIT_EXPECT_NULL_MSG(test, lines[i].pieces[n].param, "too few pieces of '%s'",
				      lines[i].line);
	}
}

static void dash_and_underscore_are_one_in_names(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, parameq("log_buf-len", "log-buf_len"));
	KUNIT_EXPECT_FALSE(test, parameq("log", "logs"));
	KUNIT_EXPECT_FALSE(test, parameq("logs", "log"));
	KUNIT_EXPECT_TRUE(test, parameqn("log=1", "log", 3));
}

/* ---------------------------------------------------------------- a table of our own */

static int number;
static bool flag;
static char *text;
static char buffer[8];
static int array[3];
static unsigned int array_used;
static u8 small;
static char seen_by_setup[64];

static int early_setup(char *value)
{
	snprintf(seen_by_setup, sizeof(seen_by_setup), "early:%s", value ? value : "(none)");
	return value && strcmp(value, "bad") == 0 ? -EINVAL : 0;
}

static int late_setup(char *value)
{
	snprintf(seen_by_setup, sizeof(seen_by_setup), "late:%s", value);
	return strcmp(value, "bad") != 0;
}

static const struct kparam_string buffer_param = { sizeof(buffer), buffer };
static const struct kparam_array array_param = {
	.max = 3, .elemsize = sizeof(int), .num = &array_used, .ops = &param_ops_int, .elem = array,
};
static const struct kernel_param table[] = {
	{ .name = "number", .ops = &param_ops_int, .arg = &number },
	{ .name = "flag", .ops = &param_ops_bool, .arg = &flag },
	{ .name = "text", .ops = &param_ops_charp, .arg = &text },
	{ .name = "buffer", .ops = &param_ops_string, .str = &buffer_param },
	{ .name = "array", .ops = &param_array_ops, .arr = &array_param },
	{ .name = "small", .ops = &param_ops_byte, .arg = &small },
	{ .name = "loglevel",
	  .setup = early_setup,
	  .flags = KERNEL_PARAM_FL_EARLY,
	  .accepts = "a level" },
	{ .name = "setup=", .setup = late_setup },
};

/* What the parser reported, one after the other. */
static char reported[512];

static void note_unknown(const char *param, const char *val, const char *suggestion, void *arg)
{
	size_t n = strlen(reported);

	snprintf(reported + n, sizeof(reported) - n, "unknown:%s~%s;", param,
		 suggestion ? suggestion : "");
}

static void note_invalid(const char *param, const char *val, const char *accepts, int err,
			 void *arg)
{
	size_t n = strlen(reported);

	snprintf(reported + n, sizeof(reported) - n, "invalid:%s=%s(%pe)%s;", param, val ? val : "",
		 ERR_PTR(err), accepts ? accepts : "");
}

static const struct parse_report report = { note_unknown, note_invalid, NULL };
/* Values stay where they are parsed. */
static char line_buffer[512];

static char *parse(const char *line, bool early)
{
	reported[0] = '\0';
	strscpy(line_buffer, line);
	return parse_args(line_buffer, table, ARRAY_SIZE(table), early, &report);
}

static int params_init(struct kunit *test)
{
	number = 0;
	flag = false;
	text = NULL;
	memset(array, 0, sizeof(array));
	array_used = 0;
	small = 0;
	buffer[0] = '\0';
	seen_by_setup[0] = '\0';
	return 0;
}

static void good_values_reach_their_variables(struct kunit *test)
{
	KUNIT_EXPECT_NULL(
		test,
		parse(" number=-0x10 flag text=\"two words\" buffer=1234567 array=1,2 small=255 ",
		      false));
	KUNIT_EXPECT_STREQ(test, reported, "");
	KUNIT_EXPECT_EQ(test, number, -16);
	KUNIT_EXPECT_TRUE(test, flag);
	KUNIT_EXPECT_STREQ(test, text, "two words");
	KUNIT_EXPECT_STREQ(test, buffer, "1234567");
	KUNIT_EXPECT_EQ(test, array_used, 2);
	KUNIT_EXPECT_EQ(test, array[0] * 10 + array[1], 12);
	KUNIT_EXPECT_EQ(test, small, 255);
}

static void values_are_got_as_lines(struct kunit *test)
{
	char *page = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	static const char *const lines[] = { "-16\n", "Y\n", "two words\n", "1234567\n", "1,2\n", "255\n" };
	bool off = true;
	unsigned int hex = 0x2f;
	struct kernel_param inverse = { .ops = &param_ops_invbool, .arg = &off };
	struct kernel_param hexadecimal = { .ops = &param_ops_hexint, .arg = &hex };

	KUNIT_ASSERT_NOT_NULL(test, page);
	parse("number=-0x10 flag text=\"two words\" buffer=1234567 array=1,2 small=255", false);
	for (int i = 0; i < ARRAY_SIZE(lines); i++) {
		int length = table[i].ops->get(page, &table[i]);

		KUNIT_EXPECT_STREQ(test, page, lines[i]);
		KUNIT_EXPECT_EQ(test, length, (int)strlen(lines[i]));
	}
	param_get_invbool(page, &inverse);
	KUNIT_EXPECT_STREQ(test, page, "N\n");
	param_get_hexint(page, &hexadecimal);
	KUNIT_EXPECT_STREQ(test, page, "0x00002f\n");
}

static void option_given_twice_has_its_last_value(struct kunit *test)
{
	parse("number=1 flag=n number=2 flag=y", false);
	KUNIT_EXPECT_EQ(test, number, 2);
	KUNIT_EXPECT_TRUE(test, flag);
}

static void wrong_value_is_reported_with_what_is_accepted(struct kunit *test)
{
	parse("small=256", false);
	KUNIT_EXPECT_STREQ(test, reported, "invalid:small=256(-ERANGE)a number from 0 to 255;");
	KUNIT_EXPECT_EQ(test, small, 0);
	parse("number=twelve", false);
	KUNIT_EXPECT_STREQ(test, reported, "invalid:number=twelve(-EINVAL)a number of 32 bits;");
	parse("number", false);
	KUNIT_EXPECT_STREQ(test, reported, "invalid:number=(-EINVAL)a number of 32 bits;");
	parse("flag=perhaps", false);
	KUNIT_EXPECT_STREQ(test, reported, "invalid:flag=perhaps(-EINVAL)y, n or no value;");
	parse("buffer=12345678", false);
	KUNIT_EXPECT_STREQ(test, reported, "invalid:buffer=12345678(-ENOSPC)a shorter text;");
	KUNIT_EXPECT_STREQ(test, buffer, "");
	parse("array=1,2,3,4", false);
	KUNIT_EXPECT_NOT_NULL(test, strstr(reported, "invalid:array=1,2,3,4(-EINVAL)"));
	KUNIT_EXPECT_EQ(test, array_used, 0);
	parse("array=1,x,3", false);
	KUNIT_EXPECT_NOT_NULL(test, strstr(reported, "invalid:array=1,x,3(-EINVAL)"));
	parse("loglevel=bad", true);
	KUNIT_EXPECT_STREQ(test, reported, "invalid:loglevel=bad(-EINVAL)a level;");
}

static void unknown_option_is_reported_with_the_most_similar_name(struct kunit *test)
{
	parse("numbre=1 lglevel=3 SOMETHING_ELSE flagg setpu=1 x", false);
	KUNIT_EXPECT_STREQ(
		test, reported,
		"unknown:numbre~number;unknown:lglevel~loglevel;unknown:SOMETHING_ELSE~;unknown:flagg~flag;unknown:setpu~setup=;unknown:x~;");
}

static void early_and_late_options_have_their_own_pass(struct kunit *test)
{
	parse("number=3 loglevel=7 setup=x nonsense", true);
	KUNIT_EXPECT_STREQ(test, reported, "");
	KUNIT_EXPECT_STREQ(test, seen_by_setup, "early:7");
	KUNIT_EXPECT_EQ(test, number, 0);
	parse("number=3 loglevel=7 setup=x", false);
	KUNIT_EXPECT_STREQ(test, reported, "");
	KUNIT_EXPECT_STREQ(test, seen_by_setup, "late:x");
	KUNIT_EXPECT_EQ(test, number, 3);
	parse("loglevel=7", false);
	KUNIT_EXPECT_STREQ(test, seen_by_setup, "late:x");
	parse("loglevel", true);
	KUNIT_EXPECT_STREQ(test, seen_by_setup, "early:(none)");
	parse("setup", false);
	KUNIT_EXPECT_STREQ(test, seen_by_setup, "late:");
	parse("setup=bad", false);
	KUNIT_EXPECT_STREQ(test, reported, "invalid:setup=bad(-EINVAL);");
}

static void double_dash_ends_the_kernels_options(struct kunit *test)
{
	char *rest = parse("number=1 -- number=2 init", false);

	KUNIT_EXPECT_STREQ(test, rest, "number=2 init");
	KUNIT_EXPECT_EQ(test, number, 1);
	KUNIT_EXPECT_NULL(test, parse("number=1 --x", false));
}

static void garbage_is_refused_without_harm(struct kunit *test)
{
	u32 seed = 2024;

	for (int round = 0; round < 300; round++) {
		static const char alphabet[] = "numberflag=\"\", -_\t\n\x7f\x80\xff/.0129xX";
		char line[sizeof(line_buffer)];
		size_t n;

		for (n = 0; n < round % 120; n++) {
			seed = seed * 1664525 + 1013904223;
			line[n] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		line[n] = '\0';
		parse(line, false);
		parse(line, true);
		/* Whatever was taken lies inside of the line. */
		if (text)
			KUNIT_ASSERT_TRUE(test, text >= line_buffer &&
							text + strlen(text) <
								line_buffer + sizeof(line_buffer));
		KUNIT_ASSERT_LE(test, array_used, 3);
		KUNIT_ASSERT_LT(test, strlen(buffer), sizeof(buffer));
	}
}

static void name_of_any_length_is_looked_up(struct kunit *test)
{
	char *line = kunit_kzalloc(test, sizeof(line_buffer), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, line);
	for (size_t n = 30; n < 60; n++) {
		memset(line, 'a', n);
		parse(line, false);
		KUNIT_EXPECT_NOT_NULL(test, strstr(reported, "unknown:aaaa"));
	}
}

/* ---------------------------------------------------------------- the real one */

static int calls_of[4];
static int initcalls_done;

static int __init count_core(void) { calls_of[0] = ++initcalls_done; return 0; }
static int __init count_subsys(void) { calls_of[1] = ++initcalls_done; return 0; }
static int __init count_device(void) { calls_of[2] = ++initcalls_done; return 0; }
static int __init count_late(void) { calls_of[3] = ++initcalls_done; return 0; }
/* Out of order here, since their levels are to decide. */
late_initcall(count_late);
device_initcall(count_device);
core_initcall(count_core);
subsys_initcall(count_subsys);

static void initcalls_ran_once_in_the_order_of_their_levels(struct kunit *test)
{
	for (int i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, calls_of[i], i + 1);
	KUNIT_EXPECT_EQ(test, system_state, SYSTEM_RUNNING);
}

static void saved_command_line_is_ended(struct kunit *test)
{
	KUNIT_EXPECT_LT(test, strnlen(saved_command_line, COMMAND_LINE_SIZE), COMMAND_LINE_SIZE);
}

static struct kunit_case params_cases[] = {
	KUNIT_CASE(line_falls_apart_at_white_space_outside_of_quotes),
	KUNIT_CASE(dash_and_underscore_are_one_in_names),
	KUNIT_CASE(good_values_reach_their_variables),
	KUNIT_CASE(values_are_got_as_lines),
	KUNIT_CASE(option_given_twice_has_its_last_value),
	KUNIT_CASE(wrong_value_is_reported_with_what_is_accepted),
	KUNIT_CASE(unknown_option_is_reported_with_the_most_similar_name),
	KUNIT_CASE(early_and_late_options_have_their_own_pass),
	KUNIT_CASE(double_dash_ends_the_kernels_options),
	KUNIT_CASE(garbage_is_refused_without_harm),
	KUNIT_CASE(name_of_any_length_is_looked_up),
	KUNIT_CASE(initcalls_ran_once_in_the_order_of_their_levels),
	KUNIT_CASE(saved_command_line_is_ended),
	{}
};
static struct kunit_suite params_suite = { .name = "params",
					   .init = params_init,
					   .test_cases = params_cases };
kunit_test_suite(params_suite);
