// SPDX-License-Identifier: GPL-2.0-only
/*
 * irq_work under every schedule: no queueing is lost, whatever CPU and context it comes from.
 *
 * Before each queueing a number goes up; after it, some run that starts later must see a number at least
 * as high. Runs on several CPUs may overlap, so the highest that was seen counts.
 */
#include <kunit/scenario.h>
#include <linux/cpumask.h>
#include <linux/irq_work.h>
#include <arch/cpu.h>
#include <bottomhalf/mark.h>

static atomic_t asked;		/* queueings so far */
static atomic_t seen;		/* the most of it that a run saw */
static atomic_t runs;
static int forbidden;		/* it must not run now */
static int ran_while_forbidden;

static void run(struct irq_work *work)
{
	int now = atomic_read(&asked);
	int most = atomic_read(&seen);

	while (most < now && !atomic_try_cmpxchg(&seen, &most, now))
		;
	atomic_inc(&runs);
	if (READ_ONCE(forbidden) || !in_hardirq())
		WRITE_ONCE(ran_while_forbidden, 1);
}

static struct irq_work work;

static void begin(void)
{
	init_irq_work(&work, run);
	atomic_set(&asked, 0);
	atomic_set(&seen, 0);
	atomic_set(&runs, 0);
	forbidden = ran_while_forbidden = 0;
}

/* Always on the same CPU: its runs do not overlap. */
static void ask(void *unused)
{
	atomic_inc(&asked);
	irq_work_queue_on(&work, 0);
}

static void ask_anywhere(void *unused)
{
	atomic_inc(&asked);
	irq_work_queue_on(&work, (int)scenario_choose(num_online_cpus()));
}

static void ask_here(void *unused)
{
	atomic_inc(&asked);
	irq_work_queue(&work);
}

static void ask_twice_anywhere(void *unused)
{
	ask_anywhere(NULL);
	ask_anywhere(NULL);
}

static void expect_all_seen(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, atomic_read(&seen), atomic_read(&asked));
	KUNIT_EXPECT_LE(test, atomic_read(&runs), atomic_read(&asked));
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
}

/* One that is lost makes this wait for ever. */
static void irq_work_queued_from_everywhere_sees_all(struct kunit *test)
{
	struct scenario_thread thread;

	begin();
	scenario_inject(ask_here, NULL);
	scenario_inject(ask_anywhere, NULL);
	scenario_start(test, &thread, 1, ask_twice_anywhere, NULL);
	ask_here(NULL);
	ask_anywhere(NULL);
	scenario_join(&thread);
	scenario_settle();
	while (atomic_read(&seen) != atomic_read(&asked))
		arch_cpu_relax();
	irq_work_sync(&work);
	expect_all_seen(test);
}
SCENARIO(irq_work_queued_from_everywhere_sees_all);

static void irq_work_that_was_waited_for_is_over(struct kunit *test)
{
	struct scenario_thread thread;
	unsigned int i;

	begin();
	scenario_inject(ask, NULL);
	scenario_start(test, &thread, 1, ask, NULL);
	ask(NULL);
	scenario_join(&thread);
	scenario_settle();
	irq_work_sync(&work);
	expect_all_seen(test);
	WRITE_ONCE(forbidden, 1);
	for (i = 0; i < 50; i++)
		(void)READ_ONCE(forbidden);
	expect_all_seen(test);
}
SCENARIO(irq_work_that_was_waited_for_is_over);

/* Runs on several CPUs overlap: it is over when the last one is. */
static atomic_t inside;

static void stay_a_while(struct irq_work *unused)
{
	int i;

	if (atomic_inc_return(&inside) > 1)
		MARK("irq_work: on two CPUs at once");
	for (i = (int)scenario_choose(20); i; i--)
		(void)READ_ONCE(forbidden);
	if (READ_ONCE(forbidden))
		WRITE_ONCE(ran_while_forbidden, 1);
	atomic_dec(&inside);
}

static void irq_work_of_several_cpus_that_was_waited_for_is_over(struct kunit *test)
{
	struct scenario_thread thread;

	begin();
	init_irq_work(&work, stay_a_while);
	atomic_set(&inside, 0);
	scenario_inject(ask_here, NULL);
	scenario_start(test, &thread, 1, ask_twice_anywhere, NULL);
	ask_anywhere(NULL);
	scenario_join(&thread);
	scenario_settle();
	irq_work_sync(&work);
	WRITE_ONCE(forbidden, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&inside), 0);
	KUNIT_EXPECT_EQ(test, ran_while_forbidden, 0);
}
SCENARIO(irq_work_of_several_cpus_that_was_waited_for_is_over, .cpus_min = 2,
	 .must_hit = { "irq_work: on two CPUs at once" });

/* A store before irq_work_queue() is seen, also when the work was queued already. No atomic helps. */
static int told, heard;

static void listen(struct irq_work *unused)
{
	WRITE_ONCE(heard, READ_ONCE(told));
}

static void tell(void *unused)
{
	int i;

	WRITE_ONCE(told, 1);
	irq_work_queue_on(&work, 0);
	/* A store that is still on its way may be so for a while: nothing below pushes it out. */
	for (i = 0; i < 30; i++)
		READ_ONCE(heard);
}

static void store_before_irq_work_is_seen_even_if_it_was_queued(struct kunit *test)
{
	struct scenario_thread thread;

	init_irq_work(&work, listen);
	told = heard = 0;
	scenario_start(test, &thread, 1, tell, NULL);
	irq_work_queue_on(&work, 0);
	scenario_join(&thread);
	irq_work_sync(&work);
	KUNIT_EXPECT_EQ(test, READ_ONCE(heard), 1);
}
SCENARIO(store_before_irq_work_is_seen_even_if_it_was_queued, .cpus_min = 2);
