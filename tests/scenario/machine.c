// SPDX-License-Identifier: GPL-2.0-only
/*
 * The simulated machine itself: mistakes put in on purpose are found, and what is right is not
 * accused.
 *
 * Each mistake is a classic, in code of its own, and names (.finds) what must be reported. That the
 * kernel's own slips are found is shown by tests/mutants.
 */
#include <kunit/scenario.h>
#include <linux/atomic.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <bottomhalf/mark.h>

static void start_both(struct kunit *test, void (*first)(void *), void (*second)(void *))
{
	struct scenario_thread threads[2];

	scenario_start(test, &threads[0], 0, first, NULL);
	scenario_start(test, &threads[1], 1, second, NULL);
	scenario_join(&threads[0]);
	scenario_join(&threads[1]);
}

/* What every scenario does: the machine takes it as known (arch/host/learn.c). */
static void nothing(void *unused) { }

static void empty_scenario(struct kunit *test)
{
	scenario_inject(nothing, NULL);
	start_both(test, nothing, nothing);
	scenario_settle();
}
SCENARIO(empty_scenario);

/* ---------------------------------------------------------------- a lock that is none */

static int lock_word, inside, collisions;

static void broken_lock(void)
{
	while (READ_ONCE(lock_word))
		arch_cpu_relax();
	/* The mistake: another one may have seen zero, too. */
	WRITE_ONCE(lock_word, 1);
}

static void meet(void)
{
	if (READ_ONCE(inside))
		WRITE_ONCE(collisions, 1);
	WRITE_ONCE(inside, 1);
	WRITE_ONCE(inside, 0);
}

static void enter_broken_lock(void *unused)
{
	broken_lock();
	meet();
	WRITE_ONCE(lock_word, 0);
}

static void broken_lock_lets_two_in(struct kunit *test)
{
	start_both(test, enter_broken_lock, enter_broken_lock);
	KUNIT_EXPECT_EQ(test, collisions, 0);
}
SCENARIO(broken_lock_lets_two_in, .finds = "collisions", .finds_cpus = 2);

static void enter_good_lock(void *unused)
{
	while (cmpxchg(&lock_word, 0, 1))
		arch_cpu_relax();
	meet();
	smp_store_release(&lock_word, 0);
}

static void good_lock_lets_one_in(struct kunit *test)
{
	start_both(test, enter_good_lock, enter_good_lock);
	KUNIT_EXPECT_EQ(test, collisions, 0);
}
SCENARIO(good_lock_lets_one_in, .cpus_min = 2);

/* A sum without a lock, and without READ_ONCE: only plain accesses as points show it. */
static int sum;

static noinline void add_plainly(void *unused)
{
	sum++;
	barrier();
	sum++;
}

static void unlocked_sum_loses(struct kunit *test)
{
	start_both(test, add_plainly, add_plainly);
	KUNIT_EXPECT_EQ(test, sum, 4);
}
SCENARIO(unlocked_sum_loses, .finds = "sum", .finds_cpus = 2);

/* ---------------------------------------------------------------- a wake-up that is lost */

static int event;
static struct task_struct *sleeper;

static void sleep_wrongly(void *unused)
{
	WRITE_ONCE(sleeper, current);
	if (!READ_ONCE(event)) {
		/* The mistake: the event and its wake-up may come here. */
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
}

static void sleep_rightly(void *unused)
{
	WRITE_ONCE(sleeper, current);
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (READ_ONCE(event))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

static void wake(void *unused)
{
	struct task_struct *task;

	WRITE_ONCE(event, 1);
	smp_mb();
	task = READ_ONCE(sleeper);
	if (task)
		wake_up_process(task);
}

static void state_set_after_the_test_loses_a_wakeup(struct kunit *test)
{
	start_both(test, sleep_wrongly, wake);
}
SCENARIO(state_set_after_the_test_loses_a_wakeup, .finds = "hang", .finds_cpus = 2,
	 .limit_ms = 200);

static void state_set_before_the_test_loses_none(struct kunit *test)
{
	start_both(test, sleep_rightly, wake);
	KUNIT_EXPECT_EQ(test, event, 1);
}
SCENARIO(state_set_before_the_test_loses_none);

/* ---------------------------------------------------------------- store buffers */

static int wants[2], saw[2];
static bool use_barrier;

static void dekker(int me)
{
	WRITE_ONCE(wants[me], 1);
	if (use_barrier)
		smp_mb();	/* pairs with the same line of the other thread */
	saw[me] = READ_ONCE(wants[!me]);
	if (saw[me])
		MARK("test: dekker: the other one was first");
}

static void dekker_first(void *unused) { dekker(0); }
static void dekker_second(void *unused) { dekker(1); }

/* Each stores, then loads the other's word: on TSO both may load the old one. */
static void dekker_without_barrier_lets_both_in(struct kunit *test)
{
	start_both(test, dekker_first, dekker_second);
	KUNIT_EXPECT_TRUE(test, saw[0] || saw[1]);
}
SCENARIO(dekker_without_barrier_lets_both_in, .finds = "is true", .finds_cpus = 2);

static void dekker_without_barrier_works_in_strong_order(struct kunit *test)
{
	start_both(test, dekker_first, dekker_second);
	KUNIT_EXPECT_TRUE(test, saw[0] || saw[1]);
}
SCENARIO(dekker_without_barrier_works_in_strong_order, .cpus_min = 2, .strong_order = true);

static void dekker_with_barrier_lets_one_in(struct kunit *test)
{
	use_barrier = true;
	start_both(test, dekker_first, dekker_second);
	KUNIT_EXPECT_TRUE(test, saw[0] || saw[1]);
}
SCENARIO(dekker_with_barrier_lets_one_in, .cpus_min = 2,
	 .must_hit = { "test: dekker: the other one was first" });

/* Stores stay in order on TSO: a message is complete when its flag is seen. */
static int message, flag, bad_message;

static void send_message(void *unused)
{
	message = 42;
	smp_store_release(&flag, 1);
}

static void receive_message(void *unused)
{
	while (!smp_load_acquire(&flag))
		arch_cpu_relax();
	if (message != 42)
		bad_message = 1;
}

static void message_before_flag_arrives_whole(struct kunit *test)
{
	start_both(test, send_message, receive_message);
	KUNIT_EXPECT_EQ(test, bad_message, 0);
}
SCENARIO(message_before_flag_arrives_whole);

/* ---------------------------------------------------------------- nobody can go on */

static DEFINE_RAW_SPINLOCK(lock_a);
static DEFINE_RAW_SPINLOCK(lock_b);

static void take_both(raw_spinlock_t *first, raw_spinlock_t *second)
{
	unsigned long flags;

	raw_spin_lock_irqsave(first, flags);
	raw_spin_lock(second);
	raw_spin_unlock(second);
	raw_spin_unlock_irqrestore(first, flags);
}

static void take_a_then_b(void *unused) { take_both(&lock_a, &lock_b); }
static void take_b_then_a(void *unused) { take_both(&lock_b, &lock_a); }

static void locks_in_two_orders_deadlock(struct kunit *test)
{
	start_both(test, take_a_then_b, take_b_then_a);
}
/* Checkers, where they are on, warn before it happens. */
SCENARIO(locks_in_two_orders_deadlock, .cpus_max = 2, .finds_cpus = 2,
	 .finds = "deadlock|warnings");

static void lock_again_in_interrupt(void *unused)
{
	raw_spin_lock(&lock_a);
	raw_spin_unlock(&lock_a);
}

/* The mistake: interrupts are on while a lock is held that a handler takes. */
static void lock_shared_with_handler_deadlocks(struct kunit *test)
{
	scenario_inject(lock_again_in_interrupt, NULL);
	raw_spin_lock(&lock_a);
	raw_spin_unlock(&lock_a);
	scenario_settle();
}
SCENARIO(lock_shared_with_handler_deadlocks, .cpus_max = 1, .finds = "deadlock|warnings");

static int never;

static void spin_for_ever(struct kunit *test)
{
	while (!READ_ONCE(never))
		;
}
SCENARIO(spin_for_ever, .cpus_max = 2, .finds = "livelock", .limit_steps = 20000);

/* ---------------------------------------------------------------- what the machine refuses */

static void wild_pointer_is_a_fault(struct kunit *test)
{
	*(volatile int *)0x10000 = 1;
}
SCENARIO(wild_pointer_is_a_fault, .finds = "fault");

/* What the CPU left on its stack when another one went on is overwritten: the report must survive that. */
static noinline __attribute__((no_sanitize("thread"))) void litter_and_fault(void)
{
	volatile unsigned long litter[256];

	for (unsigned int i = 0; i < 256; i++)
		litter[i] = 0x4040404040404040UL;
	*(volatile int *)litter[0] = 1;
}

static void let_others_go_on(void *unused)
{
	for (int i = 0; i < 100; i++)
		READ_ONCE(never);
	litter_and_fault();
}

static void littered_stack_is_a_fault(struct kunit *test)
{
	start_both(test, let_others_go_on, nothing);
}
SCENARIO(littered_stack_is_a_fault, .finds = "fault");

/* ---------------------------------------------------------------- interrupts */

static atomic_t taken;
static DEFINE_PER_CPU(int, taken_here);

static void take_one(void *unused)
{
	KASSERT(in_hardirq() && irqs_disabled());
	this_cpu_inc(taken_here);
	atomic_inc(&taken);
}

static void injected_functions_run_once_each(struct kunit *test)
{
	unsigned int cpu;
	int here = 0;

	for (int i = 0; i < 8; i++)
		scenario_inject(take_one, NULL);
	scenario_inject_on(1, take_one, NULL);
	scenario_settle();
	for_each_online_cpu(cpu)
		here += per_cpu(taken_here, cpu);
	KUNIT_EXPECT_EQ(test, atomic_read(&taken), 9);
	KUNIT_EXPECT_EQ(test, here, 9);
}
SCENARIO(injected_functions_run_once_each);

/* An interrupt comes before, after, but never in the middle of what has interrupts off. */
static int half_done, seen_half_done;

static void look(void *unused)
{
	if (READ_ONCE(half_done)) {
		WRITE_ONCE(seen_half_done, 1);
	} else {
		MARK("test: looked while nothing was half done");
	}
}

static void do_two_halves(void)
{
	WRITE_ONCE(half_done, 1);
	WRITE_ONCE(half_done, 0);
}

static void interrupts_off_hides_the_middle(struct kunit *test)
{
	scenario_inject(look, NULL);
	local_irq_disable();
	do_two_halves();
	local_irq_enable();
	scenario_settle();
	KUNIT_EXPECT_EQ(test, seen_half_done, 0);
}
SCENARIO(interrupts_off_hides_the_middle, .cpus_max = 1,
	 .must_hit = { "test: looked while nothing was half done" });

static void interrupts_on_shows_the_middle(struct kunit *test)
{
	scenario_inject(look, NULL);
	do_two_halves();
	scenario_settle();
	KUNIT_EXPECT_EQ(test, seen_half_done, 0);
}
SCENARIO(interrupts_on_shows_the_middle, .cpus_max = 1, .finds = "seen_half_done");

/* ---------------------------------------------------------------- time */

static void time_passes_while_nobody_runs(struct kunit *test)
{
	u64 begin = arch_clock_ns();

	arch_delay_ns(3000000);
	KUNIT_EXPECT_GE(test, arch_clock_ns() - begin, 3000000ULL);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_GE(test, arch_clock_ns() - begin, 3000000ULL + 1000000000ULL / CONFIG_HZ);
}
SCENARIO(time_passes_while_nobody_runs);

/* ---------------------------------------------------------------- marks and faults */

static int may_fail(void)
{
	return FAULT("test.may_fail") ? -1 : 0;
}

static void armed_fault_fires_once(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_MARKS))
		kunit_skip(test, "no MARKS in this configuration");
	KUNIT_EXPECT_EQ(test, may_fail(), 0);
	KUNIT_EXPECT_EQ(test, fault_arm("test.may_fail", 1), 1U);
	KUNIT_EXPECT_EQ(test, may_fail(), 0);
	KUNIT_EXPECT_EQ(test, may_fail(), -1);
	KUNIT_EXPECT_EQ(test, may_fail(), 0);
	KUNIT_EXPECT_EQ(test, fault_arm("test.no_such_step", 0), 0U);
	KUNIT_EXPECT_EQ(test, fault_arm("test.may_fail", 0), 1U);
	KUNIT_EXPECT_EQ(test, fault_disarm_all(), 1U);
	KUNIT_EXPECT_EQ(test, may_fail(), 0);
}
SCENARIO(armed_fault_fires_once);
