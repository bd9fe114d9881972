// SPDX-License-Identifier: GPL-2.0-only
/*
 * The conformance units (tests/conformance/) as test cases, one each: on the simulated machine they are
 * run under many schedules.
 *
 * What
 *	A case loads a unit and unloads it; on the simulated machine between the two lines that a run=
 *	prints, too, so that its console reads the same. What the unit observes is for others to
 *	judge: the simulated machine's runner sees that it is the same under every schedule
 *	(arch/host/posix/says.c), tools/conformance compares it with what Linux says. So are its
 *	warnings: some units do what is wrong, to see what comes of it.
 *
 * Limits
 *	UNITS_MAX units. Modules named test_* are for other tests.
 */
#include <kunit/scenario.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <bottomhalf/module.h>

#define UNITS_MAX	64
#define WARNINGS_MAX	1000

void conformance_find_units(void);

static struct kunit_case conformance_cases[UNITS_MAX + 1];	/* I: filled by the boot */

/* It takes half a million interrupts: too many steps for the simulated machine. */
static bool takes_too_long(const char *name)
{
	return scenario_simulated() && !strcmp(name, "irq_spurious");
}

static void unit_goes_in_and_out(struct kunit *test)
{
	struct module *module = module_find(test->name);
	unsigned int warnings;
	int ret;

	if (takes_too_long(test->name))
		kunit_skip(test, "it takes half a million interrupts");
	KUNIT_ASSERT_NOT_NULL(test, module);
	if (scenario_simulated())
		printk_raw("# %s starting\n", test->name);
	bug_expect(WARNINGS_MAX);
	ret = module_load(module, NULL);
	if (!ret)
		KUNIT_EXPECT_EQ(test, module_unload(module), 0);
	warnings = WARNINGS_MAX - bug_expect(0);
	if (warnings)
		printk_raw("warning: %u of %s\n", warnings, test->name);
	if (scenario_simulated())
		printk_raw("%s 1 %s\n", ret ? "not ok" : "ok", test->name);
	if (ret == -ENODEV)
		kunit_skip(test, "this machine does not have its device");
	KUNIT_EXPECT_EQ(test, ret, 0);
}

/* At boot, and by the simulated machine's runner, which lists tests before there is a boot. */
void conformance_find_units(void)
{
	struct module *module = NULL;
	unsigned int n = 0;

	while ((module = module_next(module)) && n < UNITS_MAX) {
		if (strstarts(module->name, "test_"))
			continue;
		conformance_cases[n].run_case = unit_goes_in_and_out;
		conformance_cases[n++].name = module->name;
	}
	WARN(module, "more than %u conformance units\n", UNITS_MAX);
}

static int __init find_units(void)
{
	conformance_find_units();
	return 0;
}
late_initcall(find_units);

static struct kunit_suite conformance_suite = {
	.name = "conformance",
	.test_cases = conformance_cases,
};
kunit_test_suite(conformance_suite);
