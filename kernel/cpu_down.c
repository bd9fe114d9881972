// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUs go down; and who may ask for it, or forbid it.
 *
 * What
 *	The way up (cpu.c), backwards:
 *
 *		remove_cpu()'s task		a thread bound to the CPU	its idle task
 *		make the thread, sleep
 *						descend the ONLINE section:
 *						  not active, tasks leave
 *						  workers are let go
 *						  bound threads park
 *						stop all other CPUs:
 *						  not online
 *						  lines move
 *						  descend the STARTING section
 *						let them go on
 *		wakes up			end
 *								is alone; gives the CPU away
 *		waits until it is dead
 *		descends the PREPARE section:
 *		  timers, softirqs, tasklets move
 *
 *	Up to where all others are stopped everybody may refuse, and all is undone.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Locks
 *	hotplug_mutex -> cpus_lock. cpus_lock, written, is held while a CPU comes or goes; read, it keeps the
 *	set as it is. Preemption off keeps any CPU from going, since each has to be stopped for that; it does
 *	not keep one from coming.
 *
 * Limits
 *	One that is not dead DEAD_LIMIT_NS after it went is a panic: nobody knows what it does.
 *
 * Differs from Linux
 *	CPUs are taken down and up by number, not as devices. The boot CPU is refused with -EPERM, and a message.
 *
 * Tests
 *	tests/boot/hotplug_test.c, tests/scenario/hotplug.c
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/hotplug.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/time64.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <arch/irq.h>
#include <arch/smp.h>
#include <bottomhalf/mark.h>
#include "cpu.h"

#define DEAD_LIMIT_NS		(5 * NSEC_PER_SEC)
/* So often somebody may come in line between the last look and the time when all are stopped. */
#define STOP_TRIES		100

/* ---- the way down ---- */

/* On the CPU, interrupts off, all others stopped. */
static int go_offline(void *unused)
{
	unsigned int cpu = raw_smp_processor_id();
	int error = sched_cpu_dying(cpu);

	if (error)
		return error;
	set_cpu_online(cpu, false);
	error = irq_migrate_all_off_this_cpu();
	if (error) {
		MARK("cpu: its lines have no place elsewhere");
		set_cpu_online(cpu, true);
		sched_cpu_starting(cpu);
		return error;
	}
	arch_irq_offline();
	cpuhp_descend(cpu, CPUHP_AP_OFFLINE);
	return 0;
}

/* Nobody else is in line, or comes in line, until all others are stopped. */
static int stop_and_go_offline(unsigned int cpu)
{
	unsigned int tries = STOP_TRIES;
	int error;

	do {
		error = sched_cpu_wait_empty(cpu);
		if (!error)
			error = stop_machine_cpuslocked(go_offline, NULL, cpumask_of(cpu));
	} while (error == -EAGAIN && --tries);
	return error == -EAGAIN ? -EBUSY : error;
}

/* On the CPU, in its thread. When it returns 0 the CPU is offline, and the thread the last to run there. */
static int descend_online(unsigned int cpu, int unused)
{
	int error = cpuhp_descend(cpu, CPUHP_AP_ONLINE);

	if (error)
		return error;
	error = stop_and_go_offline(cpu);
	if (error)
		cpuhp_climb_surely(cpu, CPUHP_ONLINE);
	return error;
}

static void wait_until_dead(unsigned int cpu)
{
	u64 limit = arch_clock_ns() + DEAD_LIMIT_NS;

	while (!arch_cpu_is_dead(cpu)) {
		if (arch_clock_ns() > limit)
			panic("cpu %u went, and does not end", cpu);
		arch_cpu_relax();
	}
}

int cpu_down(unsigned int cpu)
{
	int error = cpuhp_call_on(cpu, descend_online, 0);

	if (error)
		return error;
	wait_until_dead(cpu);
	return cpuhp_descend(cpu, CPUHP_OFFLINE);
}

/* ---- who changes the set, and who keeps it as it is ---- */

static DEFINE_MUTEX(hotplug_mutex);
static DECLARE_RWSEM(cpus_lock);
static unsigned int hotplug_disabled;	/* G: hotplug_mutex */

void cpus_read_lock(void)
{
	down_read(&cpus_lock);
}

int cpus_read_trylock(void)
{
	return down_read_trylock(&cpus_lock);
}

void cpus_read_unlock(void)
{
	up_read(&cpus_lock);
}

void cpus_write_lock(void)
{
	down_write(&cpus_lock);
}

void cpus_write_unlock(void)
{
	up_write(&cpus_lock);
}

void lockdep_assert_cpus_held(void)
{
	WARN_ON_ONCE(!rwsem_is_locked(&cpus_lock));
}

void cpu_hotplug_disable(void)
{
	mutex_lock(&hotplug_mutex);
	hotplug_disabled++;
	mutex_unlock(&hotplug_mutex);
}

void cpu_hotplug_enable(void)
{
	mutex_lock(&hotplug_mutex);
	if (!WARN(!hotplug_disabled, "cpu_hotplug_enable() without cpu_hotplug_disable()\n"))
		hotplug_disabled--;
	mutex_unlock(&hotplug_mutex);
}

/* Call @change for @cpu, alone, unless it is @already so. */
static int change_cpu(unsigned int cpu, bool already_online, int (*change)(unsigned int cpu))
{
	int error;

	might_sleep();
	if (cpu >= nr_cpu_ids || !cpu_possible(cpu))
		return -EINVAL;
	mutex_lock(&hotplug_mutex);
	if (hotplug_disabled) {
		error = -EBUSY;
	} else if (cpu_online(cpu) == already_online) {
		error = 1;
	} else {
		cpus_write_lock();
		error = change(cpu);
		cpus_write_unlock();
	}
	mutex_unlock(&hotplug_mutex);
	return error;
}

static int remove_other_cpu(unsigned int cpu)
{
	/* The boot CPU stays, so there is always another one. */
	if (cpu == 0) {
		pr_err("cpu 0 is the boot CPU, and cannot be taken down\n");
		return -EPERM;
	}
	return cpu_down(cpu);
}

int remove_cpu(unsigned int cpu)
{
	return change_cpu(cpu, false, remove_other_cpu);
}

int add_cpu(unsigned int cpu)
{
	return change_cpu(cpu, true, cpu_up);
}
