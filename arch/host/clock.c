// SPDX-License-Identifier: GPL-2.0-only
/*
 * Virtual time.
 *
 * What
 *	Each step takes host.step_ns, which the strategy chooses for the run: with slow steps ticks
 *	fall into the middle of things, with fast ones hardly ever. When no CPU can run, time goes
 *	on to the next event at once. All CPUs read the same clock.
 *
 *	A clock event that is due raises the CPU's clock source, which arrives when the strategy
 *	says.
 *
 * Contexts
 *	Any.
 *
 * Tests
 *	tests/scenario/machine.c
 */
#include <arch/clock.h>
#include <arch/cpu.h>
#include "host.h"

u64 host_now(void)
{
	return host.ns_base + host_steps_now() * host.step_ns;
}

/* Find the earliest event anew. */
static void refresh(void)
{
	host.next_event_ns = HOST_NEVER;
	for (unsigned int n = 0; n < host.nr_cpus; n++) {
		struct host_cpu *cpu = &host.cpus[n];

		if (cpu->event_ns < host.next_event_ns)
			host.next_event_ns = cpu->event_ns;
		if (cpu->state == HOST_CPU_DELAY && cpu->wake_ns < host.next_event_ns)
			host.next_event_ns = cpu->wake_ns;
	}
}

/* Raise the clock interrupt of each CPU whose time has come. */
void host_clock_due(void)
{
	u64 now = host_now();

	if (now < host.next_event_ns)
		return;
	for (unsigned int n = 0; n < host.nr_cpus; n++) {
		struct host_cpu *cpu = &host.cpus[n];

		if (cpu->event_ns <= now) {
			cpu->event_ns = HOST_NEVER;
			host_raise(cpu, HOST_SOURCE_CLOCK, host_choose_delay(HOST_SOURCE_CLOCK));
		}
	}
	refresh();
}

/* Nobody can run: on to the next event. False when there is none. */
bool host_advance_time(void)
{
	u64 now = host_now();

	refresh();
	if (host.next_event_ns == HOST_NEVER)
		return false;
	if (host.next_event_ns > now)
		host.ns_base += host.next_event_ns - now;
	host_clock_due();
	return true;
}

/* ---------------------------------------------------------------- the contract */

void arch_time_init(void) { }

u64 arch_clock_ns(void)
{
	host_step(HOST_STEP_CLOCK, NULL, HOST_CALLER);
	return host_now();
}

u64 arch_cycles(void)
{
	return arch_clock_ns();
}

void arch_clockevent_set(u64 when_ns)
{
	u64 now = host_now();

	host_this->event_ns = when_ns;
	refresh();
	host_look_in(when_ns <= now ? 0 : (when_ns - now) / host.step_ns);
}

void arch_clockevent_stop(void)
{
	host_this->event_ns = HOST_NEVER;
	refresh();
}

/* A task that is preempted in here may end its wait on another CPU. */
void arch_delay_ns(u64 ns)
{
	u64 until = host_now() + ns;

	while (host_now() < until) {
		host_this->wake_ns = until;
		host_wait(HOST_CPU_DELAY, HOST_STEP_DELAY, HOST_CALLER);
	}
}
