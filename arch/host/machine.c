// SPDX-License-Identifier: GPL-2.0-only
/*
 * The simulated machine: power on, CPUs, memory, console, stop.
 *
 * What
 *	host_power_on() puts CPU 0 on the boot task's stack, before start_kernel(). host_enter()
 *	lets the machine run on from where it stopped; host_stop() goes back to the runner. Both are
 *	host_switch(), so a stopped machine is nothing but memory (api.h).
 *
 * Contexts
 *	host_power_on(), host_enter() and host_abandon(): the runner's stack. All else: a simulated CPU.
 *
 * Limits
 *	A machine that has stopped for any reason but HOST_READY must not be entered again.
 *
 * Tests
 *	tests/scenario/machine.c; arch/host/posix/selftest.c for what a scenario cannot see, such as
 *	marks_are_read_without_a_step
 */
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <arch/console.h>
#include <arch/cpu.h>
#include <arch/memory.h>
#include <arch/power.h>
#include <arch/smp.h>
#include <arch/task.h>
#include <kunit/scenario.h>
#include <bottomhalf/boot_info.h>
#include <bottomhalf/memblock.h>
#include <bottomhalf/start_kernel.h>
#include "host.h"

/* kernel/sched/: the boot task's stack, THREAD_SIZE bytes. */
extern char init_stack[];

/* Core state of the machine: part of every snapshot. */
struct host_machine host;
struct host_cpu *host_this;

/* What outlives a restored snapshot. */
host_keep struct host_job host_job;
host_keep struct host_outcome host_outcome;
static host_keep unsigned long runner_sp;
static host_keep enum host_stop why_stopped;

/* ---------------------------------------------------------------- from and to the runner */

static void boot(void)
{
	start_kernel();
}

void host_power_on(unsigned int cpus, const char *cmdline)
{
	host.nr_cpus = cpus;
	host.next_event_ns = HOST_NEVER;
	for (unsigned int n = 0; n < HOST_CPUS_MAX; n++) {
		host.cpus[n].number = n;
		host.cpus[n].event_ns = HOST_NEVER;
	}
	host_this = &host.cpus[0];
	host_this->state = HOST_CPU_RUN;
	host_this->sp = host_new_stack(init_stack + THREAD_SIZE, boot);
	strscpy(boot_info.loader, "arch/host", sizeof(boot_info.loader));
	strscpy(boot_info.cmdline, cmdline, sizeof(boot_info.cmdline));
	host_explore_boot();
}

/*
 * The runner has control. It may call code of the core (which scenarios there are, how often a mark
 * was hit), and nothing in there is a step of a CPU: the CPUs stay where they are.
 */
static void stand_still(void)
{
	host_watch_plain = false;
	host.frozen = true;
}

/* Run the machine until it stops. Return: why it did. */
enum host_stop host_enter(void)
{
	host.frozen = false;
	host_switch(&runner_sp, host_this->sp);
	stand_still();
	return why_stopped;
}

void host_abandon(void)
{
	stand_still();
	host_this->sp = 0;
}

void host_leave(void)
{
	host_switch(&host_this->sp, runner_sp);
}

/*
 * A machine that is stuck says what its tasks wait for, in the kernel's own words, if somebody is
 * there to read it. The CPU that found it is stuck lends its stack; nothing else moves meanwhile
 * (host_freeze()).
 */
static void show_tasks(enum host_stop why)
{
	if (!host_job.record || (why != HOST_DEADLOCK && why != HOST_HANG && why != HOST_LIVELOCK))
		return;
	host_job.record = 0;
	host_freeze();
	show_state();
}

/* Back to the runner; returns when the machine is entered again. */
void host_stop(enum host_stop why)
{
	why_stopped = why;
	host_outcome.steps = host_steps_now() - host.start_steps;
	host_outcome.ns = host_now() - host.start_ns;
	show_tasks(why);
	host_leave();
}

/* The core did what no machine allows. */
void host_broken(const char *fmt, ...)
{
	va_list args;

	host_watch_plain = false;
	va_start(args, fmt);
	vsnprintf(host_outcome.text, sizeof(host_outcome.text), fmt, args);
	va_end(args);
	for (;;)
		host_stop(HOST_BROKEN);
}

/* ---------------------------------------------------------------- CPUs */

unsigned int arch_smp_discover(void)
{
	return host.nr_cpus;
}

/* What a CPU knew in an earlier life. Interrupts that were on their way then are lost. */
static void forget_run(struct host_cpu *cpu)
{
	cpu->irqs_on = false;
	cpu->on_irq_stack = false;
	cpu->sources_raised = 0;
	cpu->sources_arrived = 0;
	cpu->taking = 0;
	cpu->lines = 0;
	cpu->nr_seen = 0;
	cpu->event_ns = HOST_NEVER;
}

static void start_secondary(void)
{
	host_this->percpu_used = host_this->percpu_offset;
	secondary_start_kernel();
}

int arch_cpu_up(unsigned int cpu, struct task_struct *idle)
{
	struct host_cpu *new = &host.cpus[cpu];

	if (new->state != HOST_CPU_OFF)
		host_broken("CPU %u is started, and runs", cpu);
	forget_run(new);
	new->sp = host_new_stack(idle->stack + THREAD_SIZE, start_secondary);
	idle->thread.on_cpu = (int)cpu + 1;
	host_drain(host_this);
	new->state = HOST_CPU_RUN;
	host_look_in(0);
	return 0;
}

void __noreturn arch_cpu_play_dead(void)
{
	if (host_this->irqs_on)
		host_broken("CPU %u goes with interrupts on", host_this->number);
	host_this->event_ns = HOST_NEVER;
	host_pass_injections_on();
	for (;;)
		host_wait(HOST_CPU_OFF, HOST_STEP_HALT, HOST_CALLER);
}

bool arch_cpu_is_dead(unsigned int cpu)
{
	host_step(HOST_STEP_READ, &host.cpus[cpu].state, HOST_CALLER);
	host_saw(&host.cpus[cpu].state, sizeof(host.cpus[cpu].state), host.cpus[cpu].state);
	return host.cpus[cpu].state == HOST_CPU_OFF;
}

/* ---------------------------------------------------------------- memory, console, power */

void arch_memory_init(void)
{
	_Static_assert(PAGE_OFFSET + HOST_RAM_START == HOST_ARENA_ADDRESS &&
		       HOST_RAM_SIZE == HOST_ARENA_SIZE, "the arena is the machine's memory");

	memblock_add(HOST_RAM_START, HOST_RAM_SIZE);
}

/* The runner keeps the page behind it away. */
void *scenario_guarded(size_t size)
{
	return (void *)(HOST_GUARD_ADDRESS + HOST_GUARD_SIZE - size);
}

void arch_console_write(const char *s, size_t n)
{
	host_drain(host_this);
	posix_console(s, n);
}

void __noreturn arch_shutdown(bool success)
{
	host_outcome.verdict = success ? HOST_PASS : HOST_FAIL;
	for (;;)
		host_stop(HOST_SHUTDOWN);
}

void __noreturn arch_reboot(void)
{
	arch_shutdown(false);
}
