// SPDX-License-Identifier: GPL-2.0-only
/*
 * Modules of the image: what loading and unloading does, with the modules of tests/boot/modules/.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <bottomhalf/module.h>
#include <kunit/test.h>

static struct module *needed(struct kunit *test, const char *name)
{
	struct module *module = module_find(name);

	KUNIT_ASSERT_NOT_NULL_MSG(test, module, "%s is not in the image", name);
	return module;
}

static const struct kernel_param *param_of(struct kunit *test, const struct module *module,
					   const char *name)
{
	const struct kernel_param *p = module->params;

	while (p < module->params_end && strcmp(p->name, name) != 0)
		p++;
	KUNIT_ASSERT_TRUE_MSG(test, p < module->params_end, "%s has no parameter %s", module->name, name);
	return p;
}

static int number_in(struct kunit *test, const struct module *module, const char *name)
{
	return *(int *)param_of(test, module, name)->arg;
}

static bool flag_in(struct kunit *test, const struct module *module, const char *name)
{
	return *(bool *)param_of(test, module, name)->arg;
}

#define EXPECT_NUMBER(test, module, name, value) \
	KUNIT_EXPECT_EQ_MSG(test, number_in(test, module, name), value, "%s", name)

static void unload(struct kunit *test, struct module *module)
{
	KUNIT_EXPECT_EQ(test, module_unload(module), 0);
	KUNIT_EXPECT_EQ(test, (int)module->state, (int)MODULE_STATE_UNFORMED);
}

/* ---------------------------------------------------------------- names */

static void name_is_found_with_either_dash(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, module_find("test_module"));
	KUNIT_EXPECT_PTR_EQ(test, module_find("test-module"), module_find("test_module"));
	KUNIT_EXPECT_STREQ(test, needed(test, "test_stays")->name, "test_stays");
	KUNIT_EXPECT_NULL(test, module_find("test_modul"));
	KUNIT_EXPECT_NULL(test, module_find("test_modules"));
	KUNIT_EXPECT_NULL(test, module_find(""));
}

/* ---------------------------------------------------------------- load and unload */

static void loaded_and_unloaded_calls_init_and_exit_in_a_task(struct kunit *test)
{
	struct module *module = needed(test, "test_module");
	int exits = 0;
	char args[32];

	snprintf(args, sizeof(args), "exits=%#lx", (unsigned long)&exits);
	KUNIT_ASSERT_EQ(test, module_load(module, args), 0);
	KUNIT_EXPECT_EQ(test, (int)module->state, (int)MODULE_STATE_LIVE);
	EXPECT_NUMBER(test, module, "zero", 1);
	KUNIT_EXPECT_TRUE(test, flag_in(test, module, "could_sleep"));
	KUNIT_EXPECT_EQ(test, exits, 0);
	unload(test, module);
	KUNIT_EXPECT_EQ(test, exits, 1);
}

static void loaded_again_begins_with_its_first_values(struct kunit *test)
{
	struct module *module = needed(test, "test_module");
	int cpus = (int)num_possible_cpus();

	for (int i = 0; i < 3; i++) {
		KUNIT_ASSERT_EQ(test, module_load(module, i ? NULL : "number=3 text=x array=1,2"), 0);
		EXPECT_NUMBER(test, module, "number", i ? 7 : 3);
		EXPECT_NUMBER(test, module, "initialised", 101);
		EXPECT_NUMBER(test, module, "zero", 1);
		EXPECT_NUMBER(test, module, "per_cpu_sum", 10 * cpus);
		EXPECT_NUMBER(test, module, "second", 1000 + 1 + 42);
		unload(test, module);
	}
}

static void loaded_twice_is_refused_the_second_time(struct kunit *test)
{
	struct module *module = needed(test, "test_module");

	KUNIT_ASSERT_EQ(test, module_load(module, NULL), 0);
	KUNIT_EXPECT_EQ(test, module_load(module, "number=9"), -EEXIST);
	EXPECT_NUMBER(test, module, "number", 7);
	EXPECT_NUMBER(test, module, "zero", 1);
	unload(test, module);
	KUNIT_EXPECT_EQ(test, module_unload(module), -ENOENT);
}

static void init_that_fails_leaves_it_unloaded(struct kunit *test)
{
	struct module *module = needed(test, "test_module");

	KUNIT_EXPECT_EQ(test, module_load(module, "result=-19"), -ENODEV);
	KUNIT_EXPECT_EQ(test, (int)module->state, (int)MODULE_STATE_UNFORMED);
	KUNIT_EXPECT_EQ(test, module_unload(module), -ENOENT);

	bug_expect(1);
	KUNIT_EXPECT_EQ(test, module_load(module, "result=-19 leave_reference"), -ENODEV);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_ASSERT_EQ(test, module_load(module, NULL), 0);
	unload(test, module);
}

static void init_that_returns_a_positive_number_succeeds(struct kunit *test)
{
	struct module *module = needed(test, "test_module");

	KUNIT_EXPECT_EQ(test, module_load(module, "result=5"), 5);
	KUNIT_EXPECT_EQ(test, (int)module->state, (int)MODULE_STATE_LIVE);
	unload(test, module);
}

static void init_that_leaves_interrupts_or_preemption_off_is_reported(struct kunit *test)
{
	struct module *module = needed(test, "test_module");

	bug_expect(1);
	KUNIT_EXPECT_EQ(test, module_load(module, "leave_irqs_off"), 0);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	unload(test, module);
	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		return;
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, module_load(module, "leave_preemption_off"), 0);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	unload(test, module);
}

static void timer_that_still_waits_after_exit_is_reported(struct kunit *test)
{
	struct module *module = needed(test, "test_module");

	if (!IS_ENABLED(CONFIG_DEBUG_OBJECTS))
		kunit_skip(test, "needs DEBUG_OBJECTS");
	KUNIT_ASSERT_EQ(test, module_load(module, "leave_timer"), 0);
	bug_expect(1);
	unload(test, module);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

static void module_without_exit_stays(struct kunit *test)
{
	struct module *module = needed(test, "test_stays");

	if (module->state == MODULE_STATE_UNFORMED)
		KUNIT_ASSERT_EQ(test, module_load(module, NULL), 0);
	KUNIT_EXPECT_EQ(test, module_unload(module), -EBUSY);
	KUNIT_EXPECT_EQ(test, (int)module->state, (int)MODULE_STATE_LIVE);
	KUNIT_EXPECT_EQ(test, module_load(module, NULL), -EEXIST);
}

/* ---------------------------------------------------------------- parameters */

static void parameters_of_each_kind_are_set(struct kunit *test)
{
	struct module *module = needed(test, "test_module");
	const int *array = param_of(test, module, "array")->arr->elem;
	char *const *words = param_of(test, module, "words")->arr->elem;

	KUNIT_ASSERT_EQ(test, module_load(module, "number=-3 small=0xff flag text=\"two words\" name=seven77 "
					   "array=1,2,3 words=x,,zz alias=99 doubled=21"), 0);
	EXPECT_NUMBER(test, module, "number", -3);
	KUNIT_EXPECT_EQ(test, *(u8 *)param_of(test, module, "small")->arg, 255);
	KUNIT_EXPECT_TRUE(test, flag_in(test, module, "flag"));
	KUNIT_EXPECT_STREQ(test, *(char **)param_of(test, module, "text")->arg, "two words");
	KUNIT_EXPECT_STREQ(test, param_of(test, module, "name")->str->string, "seven77");
	KUNIT_EXPECT_EQ(test, array[0] * 100 + array[1] * 10 + array[2], 123);
	KUNIT_EXPECT_EQ(test, *param_of(test, module, "array")->arr->num, 3U);
	KUNIT_EXPECT_STREQ(test, words[0], "x");
	KUNIT_EXPECT_STREQ(test, words[1], "");
	KUNIT_EXPECT_STREQ(test, words[2], "zz");
	KUNIT_EXPECT_EQ(test, *(unsigned long *)param_of(test, module, "alias")->arg, 99UL);
	EXPECT_NUMBER(test, module, "doubled", 42);
	unload(test, module);
}

static void wrong_parameter_is_refused_before_init(struct kunit *test)
{
	static const struct {
		const char *args;
		int err;
	} wrong[] = {
		{ "number=x", -EINVAL }, { "number=", -EINVAL }, { "number", -EINVAL },
		{ "number=99999999999", -ERANGE }, { "small=256", -ERANGE },
		{ "flag=maybe", -EINVAL }, { "name=eightchr", -ENOSPC },
		{ "array=1,2,3,4", -EINVAL }, { "words=a,b,c,d", -EINVAL }, { "array=1,,2", -EINVAL },
		{ "nunber=1", -ENOENT }, { "nothing", -ENOENT }, { "=1", -ENOENT },
		{ "other_name=1", -ENOENT },
	};
	struct module *module = needed(test, "test_module");

	for (int i = 0; i < ARRAY_SIZE(wrong); i++) {
		KUNIT_EXPECT_EQ_MSG(test, module_load(module, wrong[i].args), wrong[i].err, "%s", wrong[i].args);
		EXPECT_NUMBER(test, module, "zero", 0);
		KUNIT_EXPECT_EQ(test, (int)module->state, (int)MODULE_STATE_UNFORMED);
	}
}

static void commas_part_options_and_stay_in_values(struct kunit *test)
{
	static const struct {
		const char *typed, *options;
	} lines[] = {
		{ "", "" },
		{ "number=1", "number=1" },
		{ "number=1,flag=y", "number=1 flag=y" },
		{ "array=1,2,3,number=4", "array=1,2,3 number=4" },
		{ "flag,array=1,2", "flag array=1,2" },
		{ "array=1,2,flag", "array=1,2 flag" },
		{ "text=a,b,flagged", "text=a,b,flagged" },
		{ "number=1 array=1,2", "number=1 array=1,2" },
		{ "text=a,b=c", "text=a b=c" },
		{ "number=1,", "number=1," },
		{ ",,", ",," },
	};
	struct module *module = needed(test, "test_module");

	for (int i = 0; i < ARRAY_SIZE(lines); i++) {
		char line[40];

		strscpy(line, lines[i].typed);
		module_part_options(module, line);
		KUNIT_EXPECT_STREQ_MSG(test, line, lines[i].options, "%s", lines[i].typed);
	}
}

/* ---------------------------------------------------------------- references */

static void referenced_module_is_not_unloaded(struct kunit *test)
{
	struct module *module = needed(test, "test_module");

	KUNIT_EXPECT_FALSE(test, try_module_get(module));
	KUNIT_ASSERT_EQ(test, module_load(module, NULL), 0);
	EXPECT_NUMBER(test, module, "references", 1);
	KUNIT_EXPECT_TRUE(test, flag_in(test, module, "found_itself"));
	KUNIT_EXPECT_EQ(test, module_refcount(module), 0);

	KUNIT_ASSERT_TRUE(test, try_module_get(module));
	__module_get(module);
	KUNIT_EXPECT_EQ(test, module_refcount(module), 2);
	KUNIT_EXPECT_EQ(test, module_unload(module), -EBUSY);
	module_put(module);
	module_put(module);
	unload(test, module);
	KUNIT_EXPECT_FALSE(test, try_module_get(module));
	KUNIT_EXPECT_EQ(test, module_refcount(module), -1);
}

static void the_kernel_itself_can_always_be_referenced(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, try_module_get(NULL));
	__module_get(NULL);
	module_put(NULL);
	KUNIT_EXPECT_STREQ(test, module_name((struct module *)NULL), "kernel");
}

/* ---------------------------------------------------------------- modules that use modules */

static void used_module_comes_before_and_goes_after(struct kunit *test)
{
	struct module *user = needed(test, "test_user"), *base = needed(test, "test_base");

	KUNIT_ASSERT_EQ(test, module_load(user, NULL), 0);
	EXPECT_NUMBER(test, user, "sum", 1 + 20);
	KUNIT_EXPECT_EQ(test, (int)base->state, (int)MODULE_STATE_LIVE);
	KUNIT_EXPECT_EQ(test, module_refcount(base), 1);
	KUNIT_EXPECT_EQ(test, module_unload(base), -EBUSY);
	unload(test, user);
	EXPECT_NUMBER(test, base, "sum", 1);
	KUNIT_EXPECT_EQ(test, (int)base->state, (int)MODULE_STATE_UNFORMED);
}

static void used_module_that_was_there_is_used_as_it_is(struct kunit *test)
{
	struct module *user = needed(test, "test_user"), *base = needed(test, "test_base");

	KUNIT_ASSERT_EQ(test, module_load(base, NULL), 0);
	KUNIT_ASSERT_TRUE(test, try_module_get(base));
	for (int i = 1; i <= 2; i++) {
		KUNIT_ASSERT_EQ(test, module_load(user, NULL), 0);
		EXPECT_NUMBER(test, user, "sum", 1 + 20);
		KUNIT_EXPECT_EQ(test, module_refcount(base), 2);
		unload(test, user);
	}
	KUNIT_EXPECT_EQ(test, (int)base->state, (int)MODULE_STATE_LIVE);
	module_put(base);
	unload(test, base);
}

static void user_that_fails_lets_go_of_what_it_uses(struct kunit *test)
{
	struct module *user = needed(test, "test_user"), *base = needed(test, "test_base");

	KUNIT_EXPECT_EQ(test, module_load(user, "fail=-5"), -EIO);
	KUNIT_EXPECT_EQ(test, module_load(user, "sum=no"), -EINVAL);
	KUNIT_EXPECT_EQ(test, (int)base->state, (int)MODULE_STATE_UNFORMED);
	KUNIT_EXPECT_EQ(test, module_refcount(base), -1);
}

static struct kunit_case module_cases[] = {
	KUNIT_CASE(name_is_found_with_either_dash),
	KUNIT_CASE(loaded_and_unloaded_calls_init_and_exit_in_a_task),
	KUNIT_CASE(loaded_again_begins_with_its_first_values),
	KUNIT_CASE(loaded_twice_is_refused_the_second_time),
	KUNIT_CASE(init_that_fails_leaves_it_unloaded),
	KUNIT_CASE(init_that_returns_a_positive_number_succeeds),
	KUNIT_CASE(init_that_leaves_interrupts_or_preemption_off_is_reported),
	KUNIT_CASE(timer_that_still_waits_after_exit_is_reported),
	KUNIT_CASE(module_without_exit_stays),
	KUNIT_CASE(parameters_of_each_kind_are_set),
	KUNIT_CASE(wrong_parameter_is_refused_before_init),
	KUNIT_CASE(commas_part_options_and_stay_in_values),
	KUNIT_CASE(referenced_module_is_not_unloaded),
	KUNIT_CASE(the_kernel_itself_can_always_be_referenced),
	KUNIT_CASE(used_module_comes_before_and_goes_after),
	KUNIT_CASE(used_module_that_was_there_is_used_as_it_is),
	KUNIT_CASE(user_that_fails_lets_go_of_what_it_uses),
	{}
};

static struct kunit_suite module_suite = {
	.name = "module",
	.test_cases = module_cases,
};
kunit_test_suite(module_suite);
