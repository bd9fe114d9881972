// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks that are used wrongly, and say so; F4.
 */
#include <linux/bug.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/rwlock.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "thread_helpers.h"

static int needs_spinlock_debugging(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG_SPINLOCK))
		kunit_skip(test, "needs DEBUG_SPINLOCK");
	return 0;
}

static int needs_lock_order(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG_LOCK_ORDER))
		kunit_skip(test, "needs DEBUG_LOCK_ORDER");
	return 0;
}

/* Whether all announced reports came; ends the announcement. */
static bool all_came(void)
{
	return bug_expect(0) == 0;
}

/* ---- one lock ---- */

static void spinlock_taken_twice_is_reported(struct kunit *test)
{
	DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	bug_expect(1);
	spin_lock(&lock);
	KUNIT_EXPECT_TRUE(test, all_came());
	spin_unlock(&lock);
	/* The second one was not taken. */
	bug_expect(1);
	spin_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, all_came());
	KUNIT_EXPECT_EQ(test, preempt_count(), 0U);
}

static void spinlock_given_back_without_being_held_is_reported(struct kunit *test)
{
	DEFINE_SPINLOCK(lock);

	preempt_disable();
	bug_expect(1);
	spin_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, all_came());
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&lock));
}

static DEFINE_SPINLOCK(others);
static bool others_held;
static bool others_release;

static void hold_others(void *unused)
{
	spin_lock(&others);
	WRITE_ONCE(others_held, true);
	while (!READ_ONCE(others_release))
		arch_cpu_relax();
	spin_unlock(&others);
}

static void spinlock_given_back_by_another_cpu_is_reported(struct kunit *test)
{
	struct actor holder;

	SKIP_ON_ONE_CPU(test);
	stay_on(test, 0);
	others_held = others_release = false;
	actor_start(test, &holder, 1, hold_others, NULL);
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(others_held)));
	preempt_disable();
	bug_expect(1);
	spin_unlock(&others);
	KUNIT_EXPECT_TRUE(test, all_came());
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&others));
	WRITE_ONCE(others_release, true);
	KUNIT_EXPECT_TRUE(test, actor_join(&holder));
}

static void spinlock_that_was_never_initialised_is_reported(struct kunit *test)
{
	spinlock_t *lock = kunit_kzalloc(test, sizeof(*lock), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, lock);
	bug_expect(1);
	spin_lock(lock);
	KUNIT_EXPECT_TRUE(test, all_came());
	spin_unlock(lock);
}

static void lock_freed_while_held_is_reported(struct kunit *test)
{
	struct {
		long before;
		spinlock_t lock;
		long after;
	} thing;

	spin_lock_init(&thing.lock);
	spin_lock(&thing.lock);
	bug_expect(1);
	debug_check_no_locks_freed(&thing, sizeof(thing));
	KUNIT_EXPECT_TRUE(test, all_came());
	debug_check_no_locks_freed(&thing.after, sizeof(thing.after));
	spin_unlock(&thing.lock);
	debug_check_no_locks_freed(&thing, sizeof(thing));
}

static void rwlock_used_wrongly_is_reported(struct kunit *test)
{
	DEFINE_RWLOCK(lock);

	write_lock(&lock);
	bug_expect(2);
	read_lock(&lock);
	preempt_enable();
	write_lock(&lock);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, all_came());
	write_unlock(&lock);

	preempt_disable();
	preempt_disable();
	bug_expect(2);
	read_unlock(&lock);
	write_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, all_came());
	KUNIT_EXPECT_EQ(test, atomic_read(&lock.word), 0);
}

static void assertion_knows_who_holds_the_lock(struct kunit *test)
{
	DEFINE_SPINLOCK(lock);
	struct mutex mutex;

	mutex_init(&mutex);
	spin_lock(&lock);
	lockdep_assert_held(&lock);
	spin_unlock(&lock);
	mutex_lock(&mutex);
	lockdep_assert_held(&mutex);
	mutex_unlock(&mutex);
	bug_expect(2);
	lockdep_assert_held(&lock);
	lockdep_assert_held(&mutex);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static void end_while_holding(void *mutex)
{
	mutex_lock(mutex);
}

static void thread_that_ends_with_a_lock_held_is_reported(struct kunit *test)
{
	static DEFINE_MUTEX(left);
	struct actor actor;
	struct task_struct *p;

	bug_expect(1);
	actor_create(test, &actor, -1, end_while_holding, &left);
	p = actor.task;
	get_task_struct(p);
	wake_up_process(p);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_TRUE(test, sleeps_in(p, TASK_DEAD));
	put_task_struct(p);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static void sleep_with_a_spinlock_held_names_the_lock(struct kunit *test)
{
	DEFINE_SPINLOCK(held_too_long);
	u64 seq = printk_next_seq();

	if (!IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP) || !IS_ENABLED(CONFIG_PREEMPT_COUNT))
		kunit_skip(test, "needs DEBUG_ATOMIC_SLEEP and PREEMPT_COUNT");
	bug_expect(1);
	spin_lock(&held_too_long);
	might_sleep();
	spin_unlock(&held_too_long);
	KUNIT_EXPECT_TRUE(test, all_came());
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "held_too_long"));
}

static struct kunit_case lockdebug_cases[] = {
	KUNIT_CASE(spinlock_taken_twice_is_reported),
	KUNIT_CASE(spinlock_given_back_without_being_held_is_reported),
	KUNIT_CASE(spinlock_given_back_by_another_cpu_is_reported),
	KUNIT_CASE(spinlock_that_was_never_initialised_is_reported),
	KUNIT_CASE(lock_freed_while_held_is_reported),
	KUNIT_CASE(rwlock_used_wrongly_is_reported),
	KUNIT_CASE(assertion_knows_who_holds_the_lock),
	KUNIT_CASE(thread_that_ends_with_a_lock_held_is_reported),
	KUNIT_CASE(sleep_with_a_spinlock_held_names_the_lock),
	{}
};

static struct kunit_suite lockdebug_suite = {
	.name = "lockdebug",
	.init = needs_spinlock_debugging,
	.test_cases = lockdebug_cases,
};

/* ---- several locks. Each case has its own: what is learnt of a class stays. ---- */

static void one_order_is_fine(struct kunit *test)
{
	static DEFINE_SPINLOCK(outer);
	static DEFINE_SPINLOCK(inner);
	int i;

	for (i = 0; i < 2; i++) {
		spin_lock(&outer);
		spin_lock(&inner);
		/* In any order. */
		spin_unlock(&outer);
		spin_unlock(&inner);
	}
}

/* Otherwise all CPUs would meet at the lock of what is known, with every lock that they take. */
static void order_that_is_known_is_checked_without_a_lock(struct kunit *test)
{
	static DEFINE_SPINLOCK(outer);
	static DEFINE_SPINLOCK(inner);
	unsigned long flags, before, learnt[10];
	unsigned int i, quiet = 0;

	for (i = 0; i < ARRAY_SIZE(learnt); i++) {
		/* Nobody else on this CPU; others may learn something meanwhile, but not each time. */
		local_irq_save(flags);
		before = lock_order_lessons();
		spin_lock(&outer);
		spin_lock(&inner);
		spin_unlock(&inner);
		spin_unlock(&outer);
		learnt[i] = lock_order_lessons() - before;
		local_irq_restore(flags);
		quiet += !learnt[i];
	}
	KUNIT_EXPECT_GE(test, learnt[0], 2UL);
	KUNIT_EXPECT_GE(test, quiet, 1U);
}

static void two_orders_are_an_inversion(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);
	u64 seq = printk_next_seq();

	spin_lock(&a);
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock(&a);

	bug_expect(1);
	spin_lock(&b);
	spin_lock(&a);
	spin_unlock(&a);
	spin_unlock(&b);
	KUNIT_EXPECT_TRUE(test, all_came());
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "lock inversion"));

	/* Said once. */
	spin_lock(&b);
	spin_lock(&a);
	spin_unlock(&a);
	spin_unlock(&b);
}

static void circle_of_three_is_an_inversion(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);
	static DEFINE_SPINLOCK(c);

	spin_lock(&a);
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock(&a);
	spin_lock(&b);
	spin_lock(&c);
	spin_unlock(&c);
	spin_unlock(&b);

	bug_expect(1);
	spin_lock(&c);
	spin_lock(&a);
	spin_unlock(&a);
	spin_unlock(&c);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static void trylock_in_the_wrong_order_is_fine(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);

	spin_lock(&a);
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock(&a);
	spin_lock(&b);
	KUNIT_EXPECT_TRUE(test, spin_trylock(&a));
	spin_unlock(&a);
	spin_unlock(&b);
}

static void sleeping_locks_have_an_order_too(struct kunit *test)
{
	static DEFINE_MUTEX(a);
	static DEFINE_MUTEX(b);

	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&b);
	mutex_unlock(&a);
	bug_expect(1);
	mutex_lock(&b);
	mutex_lock(&a);
	mutex_unlock(&a);
	mutex_unlock(&b);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static void locks_initialised_at_one_place_are_one_class(struct kunit *test)
{
	static DEFINE_SPINLOCK(outer);
	spinlock_t lock[2];
	int i;

	for (i = 0; i < 2; i++)
		spin_lock_init(&lock[i]);
	spin_lock(&outer);
	spin_lock(&lock[0]);
	spin_unlock(&lock[0]);
	spin_unlock(&outer);
	bug_expect(1);
	spin_lock(&lock[1]);
	spin_lock(&outer);
	spin_unlock(&outer);
	spin_unlock(&lock[1]);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static void take(void *lock)
{
	spin_lock((spinlock_t *)lock);
	spin_unlock((spinlock_t *)lock);
}

static void lock_of_a_handler_taken_with_interrupts_on_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	unsigned long flags;

	in_hard_irq(take, &lock);
	spin_lock_irqsave(&lock, flags);
	spin_unlock_irqrestore(&lock, flags);
	bug_expect(1);
	spin_lock(&lock);
	spin_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static void handler_that_takes_a_plain_lock_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	spin_unlock(&lock);
	bug_expect(1);
	in_hard_irq(take, &lock);
	KUNIT_EXPECT_TRUE(test, all_came());
}

#define TEST_SOFTIRQ	29

static DEFINE_SPINLOCK(softirq_lock);

static void take_in_softirq(void)
{
	spin_lock(&softirq_lock);
	spin_unlock(&softirq_lock);
}

static void lock_of_a_softirq_taken_with_bottom_halves_on_is_reported(struct kunit *test)
{
	open_softirq(TEST_SOFTIRQ, take_in_softirq);
	local_bh_disable();
	raise_softirq(TEST_SOFTIRQ);
	local_bh_enable();
	spin_lock_bh(&softirq_lock);
	spin_unlock_bh(&softirq_lock);
	bug_expect(1);
	spin_lock(&softirq_lock);
	spin_unlock(&softirq_lock);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static void lock_waited_for_under_a_handlers_lock_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(handlers);
	static DEFINE_SPINLOCK(plain);
	unsigned long flags;

	in_hard_irq(take, &handlers);
	spin_lock(&plain);
	spin_unlock(&plain);
	/* Whoever holds plain may be interrupted, and then the handler waits for whoever waits for plain. */
	bug_expect(1);
	spin_lock_irqsave(&handlers, flags);
	spin_lock(&plain);
	spin_unlock(&plain);
	spin_unlock_irqrestore(&handlers, flags);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static DEFINE_RWLOCK(read_in_handlers);

static void read_it(void *unused)
{
	read_lock(&read_in_handlers);
	read_unlock(&read_in_handlers);
}

static void reader_in_a_handler_forbids_writers_with_interrupts_on(struct kunit *test)
{
	in_hard_irq(read_it, NULL);
	/* Readers with interrupts on are fine. */
	read_it(NULL);
	write_lock_irq(&read_in_handlers);
	write_unlock_irq(&read_in_handlers);
	bug_expect(1);
	write_lock(&read_in_handlers);
	write_unlock(&read_in_handlers);
	KUNIT_EXPECT_TRUE(test, all_came());
}

static struct kunit_case lockorder_cases[] = {
	KUNIT_CASE(one_order_is_fine),
	KUNIT_CASE(order_that_is_known_is_checked_without_a_lock),
	KUNIT_CASE(two_orders_are_an_inversion),
	KUNIT_CASE(circle_of_three_is_an_inversion),
	KUNIT_CASE(trylock_in_the_wrong_order_is_fine),
	KUNIT_CASE(sleeping_locks_have_an_order_too),
	KUNIT_CASE(locks_initialised_at_one_place_are_one_class),
	KUNIT_CASE(lock_of_a_handler_taken_with_interrupts_on_is_reported),
	KUNIT_CASE(handler_that_takes_a_plain_lock_is_reported),
	KUNIT_CASE(lock_of_a_softirq_taken_with_bottom_halves_on_is_reported),
	KUNIT_CASE(lock_waited_for_under_a_handlers_lock_is_reported),
	KUNIT_CASE(reader_in_a_handler_forbids_writers_with_interrupts_on),
	{}
};

static struct kunit_suite lockorder_suite = {
	.name = "lockorder",
	.init = needs_lock_order,
	.test_cases = lockorder_cases,
};

kunit_test_suites(&lockdebug_suite, &lockorder_suite);
