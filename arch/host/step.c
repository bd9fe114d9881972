// SPDX-License-Identifier: GPL-2.0-only
/*
 * Steps: the points at which something else can happen.
 *
 * What
 *	Every contract call is a step of its CPU. host_step() (host.h) counts host_credit down, and
 *	calls host_decide() when the strategy wants to be asked, an interrupt arrives or a clock
 *	event is due: whichever is first set the credit (grant()). A step lies before the effect of
 *	the call, so between any two effects on shared state others may come in. Where interrupts go
 *	on, the step is after it.
 *
 *	Who cannot go on does not: one that idles is not chosen before an interrupt is there, a CPU
 *	that relaxes not before a shared word that it has looked at since it last relaxed has
 *	another value.
 *
 * Contexts
 *	On a simulated CPU, any context of it.
 *
 * Limits
 *	HOST_SEEN_MAX words are kept; a loop that looks at more goes on after any change. What waits
 *	for something else (the clock) looks again after LOOK_AGAIN steps.
 *
 *	When nobody can run: interrupts on their way arrive at once; else time goes on to the next
 *	event; else each CPU that relaxes looks NUDGES_MAX times more while time doubles, to about
 *	20 seconds; then it is a deadlock.
 *
 * Tests
 *	tests/scenario/machine.c
 */
#include <arch/cpu.h>
#include "host.h"

#define NUDGES_MAX	24
#define LOOK_AGAIN	4096
/* Even the strategy that never preempts looks around after so many steps. */
#define CREDIT_MAX	10000

int host_credit;

u64 host_steps_now(void)
{
	return host.steps + (host.granted - (s64)host_credit);
}

/* Count the steps of the credit that was used; none is left. */
static void account(void)
{
	host.steps = host_steps_now();
	host.granted = 0;
	host_credit = 0;
}

static u64 steps_until(u64 ns)
{
	u64 now = host_now();

	return ns <= now ? 0 : (ns - now) / host.step_ns;
}

/* Let the CPU that runs now go on for a while. */
static void grant(void)
{
	u64 credit = host_choose_credit();
	u64 arrival = host_next_arrival(host_this);

	account();
	if (arrival != HOST_NEVER && arrival - host.steps < credit)
		credit = arrival <= host.steps ? 0 : arrival - host.steps;
	if (host.next_event_ns != HOST_NEVER && steps_until(host.next_event_ns) < credit)
		credit = steps_until(host.next_event_ns);
	if (credit > CREDIT_MAX)
		credit = CREDIT_MAX;
	host.granted = credit;
	host_credit = (int)credit;
}

/* Something happens in so many steps: do not pass it by. */
void host_look_in(u64 steps)
{
	u64 left = host_credit > 0 ? (u64)host_credit : 0;

	if (steps >= left)
		return;
	account();
	host.granted = steps;
	host_credit = (int)steps;
}

/* The CPU has looked at a word that others may change. */
void host_saw(const volatile void *p, unsigned long size, unsigned long value)
{
	if (host.frozen)
		return;
	host_this->seen[host_this->nr_seen++ % HOST_SEEN_MAX] =
		(struct host_seen){ p, size, value };
}

static bool watches(const struct host_cpu *cpu, const volatile void *p)
{
	if (cpu->nr_seen > HOST_SEEN_MAX)
		return true;
	for (unsigned int i = 0; i < cpu->nr_seen; i++)
		if (cpu->seen[i].word == p)
			return true;
	return false;
}

/* A word of memory has another value now. */
void host_changed(const volatile void *p)
{
	host.changes++;
	if (likely(!host.relaxed) || !host_strict)
		return;
	for (unsigned int n = 0; n < host.nr_cpus; n++)
		if (host.relaxed & 1U << n && watches(&host.cpus[n], p))
			host_look_in(0);
}

static bool sees_a_change(const struct host_cpu *cpu)
{
	unsigned int kept = cpu->nr_seen < HOST_SEEN_MAX ? cpu->nr_seen : HOST_SEEN_MAX;

	if (cpu->nr_seen > HOST_SEEN_MAX && host.changes != cpu->changes_seen)
		return true;
	for (unsigned int i = 0; i < kept; i++)
		if (host_peek(cpu->seen[i].word, cpu->seen[i].size) != cpu->seen[i].value)
			return true;
	return false;
}

static bool can_run(struct host_cpu *cpu)
{
	if (cpu->sources_raised != cpu->sources_arrived)
		host_arrivals(cpu);
	switch (cpu->state) {
	case HOST_CPU_RUN:
		return true;
	case HOST_CPU_RELAX:
		if (host.steps >= cpu->look_again || sees_a_change(cpu))
			return true;
		break;
	case HOST_CPU_DELAY:
		if (host_now() >= cpu->wake_ns)
			return true;
		break;
	case HOST_CPU_IDLE:
		break;
	default:
		return false;
	}
	return cpu->irqs_on && cpu->sources_arrived;
}

/* A bit for each CPU that can make a step. */
unsigned int host_runnable(void)
{
	unsigned int mask = 0;

	for (unsigned int n = 0; n < host.nr_cpus; n++)
		if (can_run(&host.cpus[n]))
			mask |= 1U << n;
	return mask;
}

/* The interrupt that would arrive first arrives now. False: none is on its way to who takes it. */
static bool hasten_interrupt(void)
{
	struct host_cpu *first = NULL;

	for (unsigned int n = 0; n < host.nr_cpus; n++) {
		struct host_cpu *cpu = &host.cpus[n];

		if (cpu->irqs_on && host_next_arrival(cpu) != HOST_NEVER &&
		    (!first || host_next_arrival(cpu) < host_next_arrival(first)))
			first = cpu;
	}
	if (!first)
		return false;
	if (host_next_arrival(first) > host.steps)
		host.steps = host_next_arrival(first);
	host_arrivals(first);
	return true;
}

/* Nobody can run, nothing is due: those who relax may be waiting for the clock. */
static bool nudge(void)
{
	if (!host.relaxed || host.nudges == NUDGES_MAX)
		return false;
	host.ns_base += 1000ULL << host.nudges++;
	for (unsigned int n = 0; n < host.nr_cpus; n++)
		host.cpus[n].look_again = 0;
	return true;
}

/* Like host_runnable(), but makes time pass until there is somebody. */
static unsigned int wait_for_runnable(void)
{
	unsigned int mask;

	while (!(mask = host_runnable()))
		if (!hasten_interrupt() && !host_advance_time() && !nudge())
			host_stop(HOST_DEADLOCK);
	return mask;
}

static void check_limits(void)
{
	if (!host.running)
		return;
	if (host.steps - host.start_steps > host_job.limit_steps)
		host_stop(HOST_LIVELOCK);
	/* A clock that was only moved to see whether somebody waits for it does not count. */
	if (!host.nudges && host_now() - host.start_ns > host_job.limit_ns)
		host_stop(HOST_HANG);
}

static void go_on_with(struct host_cpu *next)
{
	struct host_cpu *prev = host_this;

	host_outcome.decisions++;
	host_hash(next->number);
	host_this = next;
	grant();
	if (next == prev)
		return;
	host_outcome.switches++;
	host_switch(&prev->sp, next->sp);
}

/* How often a frozen CPU may wait before it gives up what it does. */
#define FROZEN_WAITS	1000
static unsigned int frozen_waits;

/* From now on the CPU that runs is alone: no decision, no interrupt. For the last report. */
void host_freeze(void)
{
	host_drain(host_this);
	host_tso = false;
	host_watch_plain = false;
	host_this->irqs_on = false;
	host.frozen = true;
	frozen_waits = FROZEN_WAITS;
}

/* A wait of a frozen CPU: for a lock of another one, most likely. */
static void wait_frozen(void)
{
	if (--frozen_waits == 0)
		host_leave();
}

static void look_around(enum host_step kind, unsigned long pc)
{
	account();
	host_settle_plain(host_this);
	if (host.nudges && host.changes != host.nudged_at)
		host.nudges = 0;
	host.nudged_at = host.changes;
	host_hash(host.steps << 8 | kind);
	host_hash(pc);
	check_limits();
	host_clock_due();
}

void host_decide(enum host_step kind, const volatile void *word, unsigned long pc)
{
	if (host.frozen)
		return;
	look_around(kind, pc);
	if (host_tso)
		host_drain_some();
	go_on_with(&host.cpus[host_choose_cpu(host_runnable())]);
	host_arrivals(host_this);
	host_take_interrupts(pc);
}

/* The CPU has nothing to do until its state says otherwise or it is interrupted. */
void host_wait(enum host_cpu_state state, enum host_step kind, unsigned long pc)
{
	struct host_cpu *cpu = host_this;

	if (host.frozen) {
		wait_frozen();
		return;
	}
	host_drain(cpu);
	look_around(kind, pc);
	cpu->state = state;
	if (state == HOST_CPU_RELAX) {
		cpu->changes_seen = host.changes;
		cpu->look_again = host.steps + LOOK_AGAIN;
		host.relaxed |= 1U << cpu->number;
	}
	go_on_with(&host.cpus[host_choose_cpu(wait_for_runnable())]);
	host.relaxed &= ~(1U << cpu->number);
	cpu->nr_seen = 0;
	cpu->state = HOST_CPU_RUN;
	host_arrivals(cpu);
	host_take_interrupts(pc);
}

/* ---------------------------------------------------------------- the contract */

static __always_inline unsigned long marked_load(const volatile void *p, unsigned long size,
						    unsigned long pc)
{
	unsigned long value;

	host_step(HOST_STEP_READ, p, pc);
	value = host_load(p, size);
	host_saw(p, size, value);
	if (host_recording())
		host_record(HOST_STEP_READ, p, value, size, pc);
	return value;
}

static __always_inline void marked_store(volatile void *p, unsigned long size, unsigned long value,
					 unsigned long pc)
{
	host_step(HOST_STEP_WRITE, p, pc);
	host_store(p, size, value);
	if (host_recording())
		host_record(HOST_STEP_WRITE, p, value, size, pc);
}

unsigned long host_read_once(const volatile void *p, unsigned long size)
{
	return marked_load(p, size, HOST_CALLER);
}

/* TSO keeps loads in order, and stores: with acquire or release they are loads and stores. */
unsigned long host_load_acquire(const volatile void *p, unsigned long size)
{
	return marked_load(p, size, HOST_CALLER);
}

void host_write_once(volatile void *p, unsigned long size, unsigned long value)
{
	marked_store(p, size, value, HOST_CALLER);
}

void host_store_release(volatile void *p, unsigned long size, unsigned long value)
{
	marked_store(p, size, value, HOST_CALLER);
}

void host_full_barrier(void)
{
	host_step(HOST_STEP_BARRIER, NULL, HOST_CALLER);
	host_drain(host_this);
	if (host_recording())
		host_record(HOST_STEP_BARRIER, NULL, 0, 0, HOST_CALLER);
}

/* Nothing to order on TSO; still a place where others may come in. */
void host_weak_barrier(void)
{
	host_step(HOST_STEP_BARRIER, NULL, HOST_CALLER);
}

/* The operation itself is next, without a step in between: tsan.c. */
void host_atomic_point(const volatile void *p)
{
	host_step(HOST_STEP_ATOMIC, p, HOST_CALLER);
	host_drain(host_this);
}

void host_relax(void)
{
	host_wait(HOST_CPU_RELAX, HOST_STEP_RELAX, HOST_CALLER);
}

void host_idle(void)
{
	if (host_recording())
		host_record(HOST_STEP_IDLE, NULL, 0, 0, HOST_CALLER);
	host_this->irqs_on = true;
	host_wait(HOST_CPU_IDLE, HOST_STEP_IDLE, HOST_CALLER);
}

void host_halt(void)
{
	if (host_recording())
		host_record(HOST_STEP_HALT, NULL, 0, 0, HOST_CALLER);
	host_this->irqs_on = false;
	for (;;)
		host_wait(HOST_CPU_HALT, HOST_STEP_HALT, HOST_CALLER);
}
