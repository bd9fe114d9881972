// SPDX-License-Identifier: GPL-2.0-only
/*
 * Modules under every schedule: loaded once, however many want it; not unloaded under a reference; and
 * what is wrong in one is found, as in the kernel itself.
 */
#include <kunit/scenario.h>
#include <linux/atomic.h>
#include <linux/errno.h>
#include <bottomhalf/module.h>

static struct module *module;
static char args[32];
static int exits;		/* counted by the module's exit */
static atomic_t loads, refusals, unloads;
static bool used_after_exit;

static void begin(struct kunit *test)
{
	module = module_find("test_module");
	KUNIT_ASSERT_NOT_NULL(test, module);
	snprintf(args, sizeof(args), "exits=%#lx", (unsigned long)&exits);
	exits = 0;
	atomic_set(&loads, 0);
	atomic_set(&refusals, 0);
	atomic_set(&unloads, 0);
	used_after_exit = false;
}

static void load(void *unused)
{
	int ret = module_load(module, args);

	if (ret == 0)
		atomic_inc(&loads);
	else if (ret == -EEXIST)
		atomic_inc(&refusals);
}

static void unload(void *unused)
{
	if (module_unload(module) == 0)
		atomic_inc(&unloads);
}

/* What is true while somebody holds a reference. */
static void use(void *unused)
{
	for (int i = 0; i < 2; i++) {
		if (!try_module_get(module))
			continue;
		if (READ_ONCE(exits) || READ_ONCE(module->state) != MODULE_STATE_LIVE)
			used_after_exit = true;
		module_put(module);
	}
}

static void module_that_several_load_is_loaded_once(struct kunit *test)
{
	struct scenario_thread threads[2];

	begin(test);
	scenario_start_each(test, threads, 2, load, NULL);
	load(NULL);
	scenario_join_each(threads, 2);
	KUNIT_EXPECT_EQ(test, atomic_read(&loads), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&refusals), 2);
	KUNIT_EXPECT_EQ(test, module_refcount(module), 0);
	KUNIT_EXPECT_EQ(test, module_unload(module), 0);
	KUNIT_EXPECT_EQ(test, exits, 1);
}
SCENARIO(module_that_several_load_is_loaded_once);

static void module_with_a_reference_never_exits(struct kunit *test)
{
	struct scenario_thread threads[2];

	begin(test);
	KUNIT_ASSERT_EQ(test, module_load(module, args), 0);
	scenario_start(test, &threads[0], 0, use, NULL);
	scenario_start(test, &threads[1], 1, unload, NULL);
	use(NULL);
	unload(NULL);
	scenario_join_each(threads, 2);
	KUNIT_EXPECT_FALSE(test, used_after_exit);
	if (!atomic_read(&unloads))
		unload(NULL);
	KUNIT_EXPECT_EQ(test, atomic_read(&unloads), 1);
	KUNIT_EXPECT_EQ(test, exits, 1);
	KUNIT_EXPECT_EQ(test, (int)module->state, (int)MODULE_STATE_UNFORMED);
}
SCENARIO(module_with_a_reference_never_exits);

static void race_in_a_module_is_found(struct kunit *test)
{
	struct module *racy = module_find("test_racy");

	KUNIT_ASSERT_NOT_NULL(test, racy);
	KUNIT_ASSERT_EQ(test, module_load(racy, NULL), 0);
	KUNIT_EXPECT_EQ_MSG(test, *(int *)racy->params->arg, 2, "an update is lost");
	KUNIT_EXPECT_EQ(test, module_unload(racy), 0);
}
SCENARIO(race_in_a_module_is_found, .finds = "an update is lost", .finds_cpus = 2);
