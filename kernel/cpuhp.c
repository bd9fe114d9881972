// SPDX-License-Identifier: GPL-2.0-only
/*
 * The states of CPUs that come and go, and who is told on the way.
 *
 * What
 *	A table has a step for each state: a startup and a teardown function, each or both of which may be
 *	absent. cpuhp_climb() and cpuhp_descend() move one CPU along it; kernel/cpu.c decides where to, and in
 *	which context: <linux/cpuhotplug.h> has the three sections. cpuhp_setup_state() writes a step, and
 *	calls the function for the CPUs that are past it.
 *
 * Contexts
 *	Task, may sleep. The STARTING section: interrupts off, on the CPU.
 *
 * States of a CPU
 *	Its number in the table. That state's startup function has been called, those of higher ones have not.
 *	A step whose function fails counts as not taken: up, its teardown function is not called; down, it is
 *	not started again.
 *
 * Locks
 *	cpus_read_lock() -> steps_mutex. Who moves a CPU holds cpus_write_lock(), so nobody changes the table.
 *
 * Limits
 *	20 dynamic states in the PREPARE section, 40 in the ONLINE section.
 *
 * Differs from Linux
 *	The thread that calls functions on a CPU, cpuhp/N there and here, is made when it is needed.
 *
 * Tests
 *	tests/boot/hotplug_test.c: state_*
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <bottomhalf/mark.h>
#include "cpu.h"

struct cpuhp_step {
	const char *name;			/* NULL: free */
	int (*startup)(unsigned int cpu);
	int (*teardown)(unsigned int cpu);
};

static DEFINE_MUTEX(steps_mutex);
static struct cpuhp_step steps[CPUHP_ONLINE];	/* G: steps_mutex; read by who holds cpus_write_lock() */
static DEFINE_PER_CPU(enum cpuhp_state, cpu_state);	/* who moves the CPU */

/* ---- functions on a CPU ---- */

struct call_on_cpu {
	int (*fn)(unsigned int cpu, int arg);
	unsigned int cpu;
	int arg;
	int result;
	struct completion done;
};

static int call_thread(void *data)
{
	struct call_on_cpu *call = data;

	call->result = call->fn(call->cpu, call->arg);
	complete(&call->done);
	return 0;
}

int cpuhp_call_on(unsigned int cpu, int (*fn)(unsigned int cpu, int arg), int arg)
{
	struct call_on_cpu call = { .fn = fn, .cpu = cpu, .arg = arg };
	struct task_struct *thread;

	init_completion(&call.done);
	thread = kthread_create_on_cpu(call_thread, &call, cpu, "cpuhp/%u");
	if (IS_ERR(thread))
		return (int)PTR_ERR(thread);
	wake_up_process(thread);
	wait_for_completion(&call.done);
	return call.result;
}

/* ---- along the table ---- */

static bool on_its_cpu(enum cpuhp_state state)
{
	return state >= CPUHP_AP_ONLINE_IDLE;
}

static bool irqs_are_off_in(enum cpuhp_state state)
{
	return state >= CPUHP_AP_OFFLINE && state < CPUHP_AP_ONLINE;
}

static int call_step(unsigned int cpu, enum cpuhp_state state, bool up)
{
	const struct cpuhp_step *step = &steps[state];
	int (*fn)(unsigned int cpu) = up ? step->startup : step->teardown;
	int error = fn ? fn(cpu) : 0;

	if (error)
		pr_warn("cpu %u: state %u (%s): %s function returned %d\n", cpu, state, step->name,
			up ? "startup" : "teardown", error);
	return error;
}

enum cpuhp_state cpuhp_state_of(unsigned int cpu)
{
	return per_cpu(cpu_state, cpu);
}

/* The way back, which nobody can refuse. */
static void descend_surely(unsigned int cpu, enum cpuhp_state to)
{
	while (cpuhp_state_of(cpu) > to) {
		if (cpuhp_state_of(cpu) < CPUHP_ONLINE)
			call_step(cpu, cpuhp_state_of(cpu), false);
		per_cpu(cpu_state, cpu)--;
	}
}

void cpuhp_climb_surely(unsigned int cpu, enum cpuhp_state to)
{
	while (cpuhp_state_of(cpu) < to) {
		if (++per_cpu(cpu_state, cpu) < CPUHP_ONLINE)
			call_step(cpu, cpuhp_state_of(cpu), true);
	}
}

int cpuhp_climb(unsigned int cpu, enum cpuhp_state to)
{
	enum cpuhp_state from = cpuhp_state_of(cpu), next;
	int error;

	for (next = from + 1; next <= to; next++) {
		error = next < CPUHP_ONLINE ? call_step(cpu, next, true) : 0;
		if (error) {
			descend_surely(cpu, from);
			return error;
		}
		per_cpu(cpu_state, cpu) = next;
	}
	return 0;
}

int cpuhp_descend(unsigned int cpu, enum cpuhp_state to)
{
	enum cpuhp_state from = cpuhp_state_of(cpu), state;
	int error;

	for (state = from; state > to; state--) {
		error = state < CPUHP_ONLINE ? call_step(cpu, state, false) : 0;
		if (error && on_its_cpu(state)) {
			MARK("cpu: going was refused, and undone");
			cpuhp_climb_surely(cpu, from);
			return error;
		}
		per_cpu(cpu_state, cpu) = state - 1;
	}
	return 0;
}

void notify_cpu_starting(void)
{
	cpuhp_climb_surely(raw_smp_processor_id(), CPUHP_AP_ONLINE - 1);
	this_cpu_write(cpu_state, CPUHP_AP_ONLINE);
}

void cpuhp_boot_cpu_online(void)
{
	this_cpu_write(cpu_state, CPUHP_ONLINE);
}

/* ---- writing the table ---- */

/* What one function is called with by cpuhp_call_on(): the state, upwards; ~state, downwards. */
static int call_step_there(unsigned int cpu, int arg)
{
	bool up = arg >= 0;
	enum cpuhp_state state = up ? arg : ~arg;
	unsigned long flags;
	int error;

	if (!irqs_are_off_in(state))
		return call_step(cpu, state, up);
	local_irq_save(flags);
	error = call_step(cpu, state, up);
	local_irq_restore(flags);
	return error;
}

static int call_now(unsigned int cpu, enum cpuhp_state state, bool up)
{
	const struct cpuhp_step *step = &steps[state];

	if (!(up ? step->startup : step->teardown))
		return 0;
	if (on_its_cpu(state) || irqs_are_off_in(state))
		return cpuhp_call_on(cpu, call_step_there, up ? (int)state : ~(int)state);
	return call_step(cpu, state, up);
}

/* For each CPU below @end that is past @state. */
static int call_where_past(unsigned int end, enum cpuhp_state state, bool up, unsigned int *failed)
{
	unsigned int cpu;
	int error;

	for_each_present_cpu(cpu) {
		if (cpu >= end)
			break;
		if (cpuhp_state_of(cpu) < state)
			continue;
		error = call_now(cpu, state, up);
		if (error && up) {
			*failed = cpu;
			return error;
		}
	}
	return 0;
}

static bool is_dynamic(enum cpuhp_state state)
{
	return state == CPUHP_AP_ONLINE_DYN || state == CPUHP_BP_PREPARE_DYN;
}

/* The state itself, or a free one of the dynamic ones. */
static int find_step(enum cpuhp_state state)
{
	int end = state == CPUHP_AP_ONLINE_DYN ? CPUHP_AP_ONLINE_DYN_END :
		  state == CPUHP_BP_PREPARE_DYN ? CPUHP_BP_PREPARE_DYN_END : (int)state;
	int s;

	for (s = state; s <= end; s++)
		if (!steps[s].name)
			return s;
	return is_dynamic(state) ? -ENOSPC : -EBUSY;
}

static int set_up_locked(enum cpuhp_state state, const char *name, bool call,
			 int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu))
{
	unsigned int failed;
	int found, error;

	if (state <= CPUHP_OFFLINE || state >= CPUHP_ONLINE || !name)
		return -EINVAL;
	found = find_step(state);
	if (found < 0)
		return found;
	steps[found] = (struct cpuhp_step){ name, startup, teardown };
	error = call ? call_where_past(nr_cpu_ids, found, true, &failed) : 0;
	if (error) {
		call_where_past(failed, found, false, NULL);
		steps[found] = (struct cpuhp_step){ NULL };
		return error;
	}
	return is_dynamic(state) ? found : 0;
}

int __cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name, bool call,
				   int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu))
{
	int result;

	lockdep_assert_cpus_held();
	mutex_lock(&steps_mutex);
	result = set_up_locked(state, name, call, startup, teardown);
	mutex_unlock(&steps_mutex);
	return result;
}

int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool call,
			int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu))
{
	int result;

	cpus_read_lock();
	result = __cpuhp_setup_state_cpuslocked(state, name, call, startup, teardown);
	cpus_read_unlock();
	return result;
}

void __cpuhp_remove_state_cpuslocked(enum cpuhp_state state, bool call)
{
	lockdep_assert_cpus_held();
	if (WARN_ON(state <= CPUHP_OFFLINE || state >= CPUHP_ONLINE))
		return;
	mutex_lock(&steps_mutex);
	if (call)
		call_where_past(nr_cpu_ids, state, false, NULL);
	steps[state] = (struct cpuhp_step){ NULL };
	mutex_unlock(&steps_mutex);
}

void __cpuhp_remove_state(enum cpuhp_state state, bool call)
{
	cpus_read_lock();
	__cpuhp_remove_state_cpuslocked(state, call);
	cpus_read_unlock();
}
