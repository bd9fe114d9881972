// SPDX-License-Identifier: GPL-2.0-only
/*
 * SysRq's keys: who may have one, what the mask allows, and what the dumps say.
 *
 * What
 *	What a key printed is looked for in the log, in the lines that are newer than the key.
 */
#include <kunit/scenario.h>
#include <linux/nmi.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/sysrq.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "thread_helpers.h"

static unsigned int calls;
static u8 last_key;
static bool called_in_hard_irq;

static void note_key(u8 key)
{
	calls++;
	called_in_hard_irq = in_hardirq();
	last_key = key;
}

static const struct sysrq_key_op test_op = {
	.handler = note_key,
	.help_msg = "test-of-keys(X)",
	.action_msg = "test",
	.enable_mask = SYSRQ_ENABLE_SYNC,
};

static const struct sysrq_key_op other_op = { .handler = note_key, .help_msg = "", .action_msg = "" };

static int sysrq_init(struct kunit *test)
{
	calls = 0;
	return register_sysrq_key('X', &test_op);
}

static void sysrq_exit(struct kunit *test)
{
	sysrq_toggle_support(1);
	unregister_sysrq_key('X', &test_op);
}

static void registered_key_calls_its_handler_with_the_key(struct kunit *test)
{
	handle_sysrq('X');
	KUNIT_EXPECT_EQ(test, calls, 1U);
	KUNIT_EXPECT_EQ(test, last_key, (u8)'X');
}

static void press_x(void *unused)
{
	handle_sysrq('X');
}

static void key_in_a_hard_irq_calls_its_handler_there(struct kunit *test)
{
	in_hard_irq(press_x, NULL);
	KUNIT_EXPECT_EQ(test, calls, 1U);
	KUNIT_EXPECT_TRUE(test, called_in_hard_irq);
}

static void key_that_is_taken_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, register_sysrq_key('X', &other_op), -1);
	KUNIT_EXPECT_EQ(test, register_sysrq_key('t', &other_op), -1);
}

static void what_is_no_key_is_refused(struct kunit *test)
{
	static const u8 none[] = { 0, ' ', '/', ':', '@', '[', '`', '{', 0x7f, 0x80, 0xff };

	for (size_t i = 0; i < sizeof(none); i++) {
		KUNIT_EXPECT_EQ(test, register_sysrq_key(none[i], &other_op), -1);
		KUNIT_EXPECT_EQ(test, unregister_sysrq_key(none[i], &other_op), -1);
	}
}

static void only_who_has_the_key_can_unregister_it(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, unregister_sysrq_key('X', &other_op), -1);
	KUNIT_EXPECT_EQ(test, unregister_sysrq_key('Y', &other_op), -1);
	handle_sysrq('X');
	KUNIT_EXPECT_EQ(test, calls, 1U);
}

static void unregistered_key_is_free_again(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, unregister_sysrq_key('X', &test_op), 0);
	handle_sysrq('X');
	KUNIT_EXPECT_EQ(test, calls, 0U);
	KUNIT_EXPECT_EQ(test, register_sysrq_key('X', &test_op), 0);
}

static void key_without_a_meaning_lists_the_keys(struct kunit *test)
{
	u64 seq = printk_next_seq();

	handle_sysrq('h');
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "loglevel(0-9)"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "crash(c)"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "test-of-keys(X)"));
}

static void mask_allows_what_it_names(struct kunit *test)
{
	sysrq_toggle_support(SYSRQ_ENABLE_DUMP);
	handle_sysrq('X');
	KUNIT_EXPECT_EQ(test, calls, 0U);
	sysrq_toggle_support(SYSRQ_ENABLE_DUMP | SYSRQ_ENABLE_SYNC);
	KUNIT_EXPECT_EQ(test, sysrq_mask(), SYSRQ_ENABLE_DUMP | SYSRQ_ENABLE_SYNC);
	handle_sysrq('X');
	KUNIT_EXPECT_EQ(test, calls, 1U);
	sysrq_toggle_support(SYSRQ_ENABLE_LOG);
	__handle_sysrq('X', false);
	KUNIT_EXPECT_EQ(test, calls, 2U);
}

static void switched_off_does_nothing(struct kunit *test)
{
	u64 seq = printk_next_seq();

	sysrq_toggle_support(0);
	handle_sysrq('X');
	handle_sysrq('h');
	KUNIT_EXPECT_EQ(test, calls, 0U);
	KUNIT_EXPECT_FALSE(test, logged_since(seq, "sysrq"));
}

static void loglevel_key_sets_the_level_and_others_leave_it(struct kunit *test)
{
	int level = console_loglevel;

	handle_sysrq('5');
	KUNIT_EXPECT_EQ(test, console_loglevel, 5);
	handle_sysrq('m');
	KUNIT_EXPECT_EQ(test, console_loglevel, 5);
	console_loglevel = level;
}

static void tasks_are_shown_with_this_one(struct kunit *test)
{
	u64 seq = printk_next_seq();
	char name[TASK_COMM_LEN + 2];

	snprintf(name, sizeof(name), "[%s]", current->comm);
	handle_sysrq('t');
	KUNIT_EXPECT_TRUE(test, logged_since(seq, name));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "busy workqueues"));
}

static void stuck_tasks_are_shown_and_idle_workers_are_not(struct kunit *test)
{
	u64 seq = printk_next_seq();

	handle_sysrq('w');
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "sysrq: tasks that wait"));
	KUNIT_EXPECT_FALSE(test, logged_since(seq, "[kworker"));
}

static void pending_timer_fn(struct timer_list *timer)
{
}

static void pending_timer_is_shown_with_its_function(struct kunit *test)
{
	struct timer_list timer;
	u64 seq = printk_next_seq();
	char text[80];

	snprintf(text, sizeof(text), "jiffies: %ps", pending_timer_fn);
	timer_setup_on_stack(&timer, pending_timer_fn, 0);
	mod_timer(&timer, jiffies + 1000 * HZ);
	handle_sysrq('q');
	KUNIT_EXPECT_TRUE(test, logged_since(seq, text));
	timer_delete_sync(&timer);
	seq = printk_next_seq();
	handle_sysrq('q');
	KUNIT_EXPECT_FALSE(test, logged_since(seq, text));
	destroy_timer_on_stack(&timer);
}

static irqreturn_t never(int irq, void *unused)
{
	return IRQ_NONE;
}

static void lines_are_shown_with_their_handlers(struct kunit *test)
{
	unsigned int line = scenario_irq(test, SCENARIO_EDGE);
	u64 seq;

	KUNIT_ASSERT_EQ(test, request_irq(line, never, 0, "sysrq test line", &calls), 0);
	seq = printk_next_seq();
	handle_sysrq('D');
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "sysrq test line"));
	free_irq(line, &calls);
}

static void every_cpu_says_where_it_is(struct kunit *test)
{
	u64 seq = printk_next_seq();
	unsigned int cpu;
	char text[16];

	handle_sysrq('l');
	for_each_online_cpu(cpu) {
		snprintf(text, sizeof(text), "cpu %u, task", cpu);
		KUNIT_EXPECT_TRUE(test, wait_until(logged_since(seq, text)));
	}
}

static int caught, let_go;

static noinline void be_deaf(void *unused)
{
	local_irq_disable();
	WRITE_ONCE(caught, 1);
	while (!READ_ONCE(let_go))
		arch_cpu_relax();
	local_irq_enable();
}

static void cpu_with_interrupts_off_says_where_it_is(struct kunit *test)
{
	u64 seq = printk_next_seq();
	struct actor actor;
	char text[80];

	if (num_online_cpus() < 2 || !trigger_single_cpu_backtrace((int)raw_smp_processor_id()))
		kunit_skip(test, "needs two CPUs, and an NMI from one to the other");
	stay_on(test, 0);
	caught = let_go = 0;
	actor_start(test, &actor, 1, be_deaf, NULL);
	KUNIT_ASSERT_TRUE(test, wait_until(READ_ONCE(caught)));
	handle_sysrq('l');
	snprintf(text, sizeof(text), "cpu 1, task actor (%d)", actor.task->pid);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, text));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "interrupts off"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "be_deaf+"));
	WRITE_ONCE(let_go, 1);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
}

static void log_is_replayed(struct kunit *test)
{
	u64 seq;

	pr_info("a line to be seen again\n");
	seq = printk_next_seq();
	handle_sysrq('R');
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "log> a line to be seen again"));
}

static struct kunit_case sysrq_cases[] = {
	KUNIT_CASE(registered_key_calls_its_handler_with_the_key),
	KUNIT_CASE(key_in_a_hard_irq_calls_its_handler_there),
	KUNIT_CASE(key_that_is_taken_is_refused),
	KUNIT_CASE(what_is_no_key_is_refused),
	KUNIT_CASE(only_who_has_the_key_can_unregister_it),
	KUNIT_CASE(unregistered_key_is_free_again),
	KUNIT_CASE(key_without_a_meaning_lists_the_keys),
	KUNIT_CASE(mask_allows_what_it_names),
	KUNIT_CASE(switched_off_does_nothing),
	KUNIT_CASE(loglevel_key_sets_the_level_and_others_leave_it),
	KUNIT_CASE(tasks_are_shown_with_this_one),
	KUNIT_CASE(stuck_tasks_are_shown_and_idle_workers_are_not),
	KUNIT_CASE(pending_timer_is_shown_with_its_function),
	KUNIT_CASE(lines_are_shown_with_their_handlers),
	KUNIT_CASE(every_cpu_says_where_it_is),
	KUNIT_CASE(cpu_with_interrupts_off_says_where_it_is),
	KUNIT_CASE(log_is_replayed),
	{}
};

static struct kunit_suite sysrq_suite = {
	.name = "sysrq",
	.init = sysrq_init,
	.exit = sysrq_exit,
	.test_cases = sysrq_cases,
};
kunit_test_suite(sysrq_suite);
