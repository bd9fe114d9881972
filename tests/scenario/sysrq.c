// SPDX-License-Identifier: GPL-2.0-only
/*
 * SysRq's table under every schedule: a handler that was unregistered is not running, and never runs.
 */
#include <kunit/scenario.h>
#include <linux/atomic.h>
#include <linux/sysrq.h>

static int gone, ran_when_gone, unfinished;

static void handler(u8 key)
{
	WRITE_ONCE(unfinished, 1);
	if (READ_ONCE(gone))
		WRITE_ONCE(ran_when_gone, 1);
	WRITE_ONCE(unfinished, 0);
}

static const struct sysrq_key_op op = { .handler = handler, .help_msg = "x(Z)", .action_msg = "x" };

static void press(void *unused)
{
	handle_sysrq('Z');
}

static void unregistered_key_never_runs_again(struct kunit *test)
{
	struct scenario_thread thread;

	gone = ran_when_gone = unfinished = 0;
	KUNIT_ASSERT_EQ(test, register_sysrq_key('Z', &op), 0);
	scenario_inject(press, NULL);
	scenario_start(test, &thread, 1, press, NULL);
	KUNIT_EXPECT_EQ(test, unregister_sysrq_key('Z', &op), 0);
	KUNIT_EXPECT_EQ(test, READ_ONCE(unfinished), 0);
	WRITE_ONCE(gone, 1);
	scenario_join(&thread);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, READ_ONCE(ran_when_gone), 0);
}
SCENARIO(unregistered_key_never_runs_again);
