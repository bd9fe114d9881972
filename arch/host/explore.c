// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strategies: all that chance decides, from one seed.
 *
 * What
 *	base		A CPU runs until it waits, or CREDIT_BASE steps; interrupts arrive at once;
 *			stores do not wait. What a person would do by hand; for unit tests.
 *	random		After a random number of steps any CPU that can run goes on. The mean of
 *			that number is chosen once a run, from 1 to 256: some runs are torn to
 *			pieces, some are calm.
 *	priority	Each CPU has a random priority and the most urgent that can run does, at
 *			once when it can again. At up to DEPTH_MAX random steps the one that runs
 *			becomes the least urgent. Finds what needs few but well-placed switches
 *			(Burckhardt, Kothari, Musuvathi, Nagarakatte: "A Randomized Scheduler with
 *			Probabilistic Guarantees of Finding Bugs", 2010).
 *	focus		The same; but most of its changes come right before an access to one of up
 *			to HOST_FOCUS_MAX shared words, chosen from those that learn.c has found.
 *			An interrupt that is under way likes to arrive there, too.
 *
 *	The seed also chooses how long a step takes, how long interrupts are on their way, where in
 *	the period the clock stands, whether stores may wait and whether plain accesses are points.
 *
 * Limits
 *	Fairness: a strategy that has not let others run for UNFAIR_MAX steps is overruled, and
 *	after TAIL steps every run goes on as random, so a loop that waits without cpu_relax() ends.
 *
 * Tests
 *	tests/scenario/machine.c
 */
#include <linux/bits.h>
#include <linux/bitops.h>
#include "host.h"

#define CREDIT_BASE	10000
#define UNFAIR_MAX	20000
#define TAIL		200000
#define DEPTH_MAX	6

static u64 random_state;

static struct {
	enum host_strategy strategy;
	unsigned int mean_shift;	/* random: log2 of the mean of steps between choices */
	unsigned int delay_shift;	/* the same for interrupts on their way */
	unsigned int buffer_odds;	/* one store in so many begins to wait; 0: none */
	int priority[HOST_CPUS_MAX];
	int lowest;
	u64 change[DEPTH_MAX];		/* priority: steps at which it changes, ascending */
	unsigned int next_change;
	unsigned int focus_odds;	/* focus: one access in that many is a change */
	bool change_now;
	u64 last_switch;		/* step of the last change of CPU */
} run;

/* Whether a CPU that can run again may have to run at once. */
bool host_strict;

/* splitmix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014. */
u64 host_random(void)
{
	u64 z = random_state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* 0 to n - 1; n at least 1 and far below 2^32, so the bias does not matter. */
u64 host_random_below(u64 n)
{
	return ((host_random() >> 32) * n) >> 32;
}

/* From 0 to about twice 2^shift. */
static u64 random_around(unsigned int shift)
{
	return host_random_below((2ULL << shift) + 1);
}

static bool tail(void)
{
	return host.steps - host.start_steps > TAIL;
}

static enum host_strategy strategy_now(void)
{
	return tail() && run.strategy != HOST_BASE ? HOST_RANDOM : run.strategy;
}

/* ---------------------------------------------------------------- at the beginning of a run */

static enum host_strategy choose_strategy(void)
{
	if (host_job.strategy != HOST_AUTO)
		return host_job.strategy;
	switch (host_random_below(4)) {
	case 0:
		return HOST_RANDOM;
	case 1:
		return HOST_PRIORITY;
	default:
		return HOST_FOCUS;
	}
}

static bool wanted(int when)
{
	return when == 2 || (when == 1 && run.strategy != HOST_BASE && host_random_below(3) == 0);
}

static void choose_priorities(void)
{
	unsigned int depth = (unsigned int)host_random_below(DEPTH_MAX);
	u64 horizon = host_knowledge.steps + host_knowledge.steps / 4 + 64;

	for (unsigned int n = 0; n < host.nr_cpus; n++) {
		unsigned int other = (unsigned int)host_random_below(n + 1);

		run.priority[n] = run.priority[other];
		run.priority[other] = (int)n;
	}
	run.lowest = 0;
	run.next_change = 0;
	for (unsigned int i = 0; i < DEPTH_MAX; i++)
		run.change[i] = i < depth ? host.steps + host_random_below(horizon) : HOST_NEVER;
	for (unsigned int i = 1; i < depth; i++)
		for (unsigned int j = i; j && run.change[j] < run.change[j - 1]; j--) {
			u64 later = run.change[j - 1];

			run.change[j - 1] = run.change[j];
			run.change[j] = later;
		}
}

/* Three times of four one of the test's own, if there are any. */
static unsigned int any_word(void)
{
	bool own = host_knowledge.nr_own && host_random_below(4);

	return (unsigned int)host_random_below(own ? host_knowledge.nr_own : host_knowledge.nr_words);
}

/* What belongs together lies together. */
static unsigned int next_word(unsigned int word)
{
	unsigned int offset = 1 + (unsigned int)host_random_below(2);

	if (host_random_below(2))
		return any_word();
	if (word + offset < host_knowledge.nr_words && host_random_below(2))
		return word + offset;
	return word >= offset ? word - offset : word;
}

/* Where to look closely. Without knowledge it is a priority run. */
static void choose_focus(void)
{
	unsigned int n = run.strategy == HOST_FOCUS && host_knowledge.nr_words ?
		1 + (unsigned int)host_random_below(HOST_FOCUS_MAX) : 0;
	unsigned int word = n ? any_word() : 0;

	for (unsigned int i = 0; i < HOST_FOCUS_MAX; i++, word = i < n ? next_word(word) : 0)
		host_focus[i] = i < n ? (void *)host_knowledge.words[word] : NULL;
	run.focus_odds = 1 + (unsigned int)host_random_below(4);
	run.change_now = false;
	if (n && host_random_below(2))
		run.change[0] = HOST_NEVER;
}

/* The clock of the run: from 20 ns to 5 us a step, and anywhere before the next event. */
static void choose_time(void)
{
	static const u64 step_ns[] = { 20, 50, 100, 200, 500, 1000, 2000, 5000 };
	u64 left = host.next_event_ns - host_now();

	if (run.strategy == HOST_BASE)
		return;
	if (host.next_event_ns != HOST_NEVER && host.next_event_ns > host_now())
		host.ns_base += host_random_below(left >> 10 ? left >> 10 : 1) << 10;
	host.ns_base += host.steps * host.step_ns;
	host.step_ns = step_ns[host_random_below(sizeof(step_ns) / sizeof(step_ns[0]))];
	if (host_job.step_ns_max && host.step_ns > host_job.step_ns_max)
		host.step_ns = host_job.step_ns_max;
	host.ns_base -= host.steps * host.step_ns;
}

/* From here on the seed decides. */
void host_explore_start(void)
{
	host.steps = host_steps_now();
	host.granted = 0;
	host_credit = 0;
	random_state = host_job.seed * 0xd1342543de82ef95ULL + host.nr_cpus;
	run.strategy = choose_strategy();
	run.mean_shift = (unsigned int)host_random_below(9);
	run.delay_shift = (unsigned int)host_random_below(9);
	run.last_switch = host.steps;
	choose_priorities();
	choose_focus();
	host_tso = wanted(host_job.store_buffers) && host.nr_cpus > 1;
	run.buffer_odds = host_tso ? 1U << host_random_below(4) : 0;
	host_outcome.strategy = run.strategy;
	host_outcome.store_buffers = host_tso;
	host_outcome.plain_points = wanted(host_job.plain_points);
	host_watch_plain = host_tso || host_outcome.plain_points;
	host_strict = run.strategy == HOST_PRIORITY || run.strategy == HOST_FOCUS;
	host.start_steps = host.steps;
	choose_time();
	host.start_ns = host_now();
	host.running = true;
}

/* Words at which host_step() asks. */
const volatile void *host_focus[HOST_FOCUS_MAX];

/* The CPU is about to touch one of them. */
void host_at_focus(void)
{
	if (host_random_below(run.focus_odds))
		return;
	if (host_random_below(2))
		host_hasten(host_this);
	run.change_now = true;
	host_look_in(0);
}

/* Before the first run the machine boots by the plainest schedule there is. */
void host_explore_boot(void)
{
	run.strategy = HOST_BASE;
	host.step_ns = 50;
}

/* ---------------------------------------------------------------- in the middle of it */

/* The next CPU in turn, after the one that runs. */
static unsigned int next_in_turn(unsigned int runnable)
{
	unsigned int n = host_this->number;

	do {
		n = (n + 1) % host.nr_cpus;
	} while (!(runnable & BIT(n)));
	return n;
}

static unsigned int any_of(unsigned int runnable)
{
	u64 skip = host_random_below(hweight32(runnable));

	while (skip--)
		runnable &= runnable - 1;
	return (unsigned int)__ffs(runnable);
}

static unsigned int most_urgent(unsigned int runnable)
{
	unsigned int best = (unsigned int)__ffs(runnable);

	while (run.next_change < DEPTH_MAX && run.change[run.next_change] <= host.steps) {
		run.priority[host_this->number] = --run.lowest;
		run.next_change++;
	}
	if (run.change_now) {
		run.priority[host_this->number] = --run.lowest;
		run.change_now = false;
	}
	for (unsigned int n = best; n < host.nr_cpus; n++)
		if (runnable & BIT(n) && run.priority[n] > run.priority[best])
			best = n;
	return best;
}

static unsigned int choose_cpu(unsigned int runnable)
{
	unsigned int this = host_this->number;

	switch (strategy_now()) {
	case HOST_RANDOM:
		return any_of(runnable);
	case HOST_PRIORITY:
	case HOST_FOCUS:
		return most_urgent(runnable);
	default:
		return runnable & BIT(this) && host.steps - run.last_switch < CREDIT_BASE ?
			this : next_in_turn(runnable);
	}
}

/* Which of the CPUs that can make a step makes it. @runnable: bits, at least one. */
unsigned int host_choose_cpu(unsigned int runnable)
{
	unsigned int chosen = choose_cpu(runnable);

	if (chosen == host_this->number && host.steps - run.last_switch > UNFAIR_MAX) {
		chosen = next_in_turn(runnable);
		run.priority[host_this->number] = --run.lowest;
	}
	if (chosen != host_this->number)
		run.last_switch = host.steps;
	return chosen;
}

/* For how many steps the chosen one is not asked again. */
u64 host_choose_credit(void)
{
	switch (strategy_now()) {
	case HOST_RANDOM:
		return random_around(tail() ? 5 : run.mean_shift);
	case HOST_PRIORITY:
	case HOST_FOCUS:
		if (run.next_change < DEPTH_MAX && run.change[run.next_change] != HOST_NEVER)
			return run.change[run.next_change] - host.steps;
		return CREDIT_BASE;
	default:
		return CREDIT_BASE;
	}
}

/* For how many steps an interrupt is on its way: often hardly any, sometimes many. */
u64 host_choose_delay(enum host_source source)
{
	if (run.strategy == HOST_BASE)
		return source == HOST_SOURCE_INJECTION ? random_around(6) : 0;
	if (host_random_below(4) == 0)
		return 0;
	return random_around(run.delay_shift + (source == HOST_SOURCE_INJECTION ? 2 : 0));
}

/* Whether a store waits although none is waiting before it. */
bool host_choose_buffering(void)
{
	return run.buffer_odds && host_random_below(run.buffer_odds) == 0;
}
