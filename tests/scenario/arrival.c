// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who comes late and who gives up agree, under every schedule, on which it was.
 *
 * Both meet often, since the moment that decides is one instruction long.
 */
#include <kunit/scenario.h>
#include <arch/cpu.h>
#include <bottomhalf/arrival.h>
#include <bottomhalf/mark.h>

#define ROUNDS	16

static struct {
	struct arrival arrival;
	int luggage;		/* written before the announcement */
	bool welcome;		/* what the one who came was told */
	bool came;		/* what the one who waited found */
} rounds[ROUNDS];

static int coming;		/* the round in which one is on its way, from 1 */
static int done;		/* rounds of which the end is known */

static void come(void *unused)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		while (READ_ONCE(done) < i)
			arch_cpu_relax();
		WRITE_ONCE(coming, i + 1);
		WRITE_ONCE(rounds[i].luggage, 1);
		rounds[i].welcome = arrival_announce(&rounds[i].arrival);
	}
}

/* Return: whether it came in time. */
static bool wait_a_little(struct arrival *arrival)
{
	unsigned int turns;

	for (turns = scenario_choose(4); turns; turns--) {
		if (arrival_seen(arrival)) {
			MARK("arrival: in time");
			return true;
		}
	}
	if (arrival_give_up(arrival))
		return false;
	MARK("arrival: at the last moment");
	return true;
}

static void late_comer_is_here_or_given_up_and_knows_it(struct kunit *test)
{
	struct scenario_thread thread;
	int i;

	coming = done = 0;
	for (i = 0; i < ROUNDS; i++) {
		rounds[i].luggage = 0;
		arrival_expect(&rounds[i].arrival);
	}
	scenario_start(test, &thread, 1, come, NULL);
	for (i = 0; i < ROUNDS; i++) {
		while (READ_ONCE(coming) <= i)
			arch_cpu_relax();
		rounds[i].came = wait_a_little(&rounds[i].arrival);
		if (rounds[i].came)
			KUNIT_EXPECT_EQ(test, READ_ONCE(rounds[i].luggage), 1);
		WRITE_ONCE(done, i + 1);
	}
	scenario_join(&thread);
	for (i = 0; i < ROUNDS; i++) {
		KUNIT_EXPECT_EQ(test, rounds[i].welcome, rounds[i].came);
		KUNIT_EXPECT_EQ(test, arrival_seen(&rounds[i].arrival), rounds[i].came);
	}
}
SCENARIO(late_comer_is_here_or_given_up_and_knows_it, .cpus_min = 2,
	 .must_hit = { "arrival: in time", "arrival: at the last moment" });
