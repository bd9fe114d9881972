// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entries of /proc under every schedule: of two who remove one name, one finds it.
 */
#include <kunit/scenario.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int show(struct seq_file *m, void *v)
{
	seq_puts(m, "text\n");
	return 0;
}

static void remove_it(void *unused)
{
	remove_proc_entry("scenario", NULL);
}

static void removed_by_two_at_once_it_goes_once(struct kunit *test)
{
	struct scenario_thread thread;

	KUNIT_ASSERT_NOT_NULL(test, proc_create_single("scenario", 0, NULL, show));
	scenario_start(test, &thread, 1, remove_it, NULL);
	remove_it(NULL);
	scenario_join(&thread);
	KUNIT_ASSERT_NOT_NULL(test, proc_create_single("scenario", 0, NULL, show));
	remove_it(NULL);
}
SCENARIO(removed_by_two_at_once_it_goes_once, .cpus_min = 2);
