// SPDX-License-Identifier: GPL-2.0-only
/*
 * stop_machine(): every CPU spins with interrupts off while one does what nobody may see half done.
 *
 * What
 *	The caller keeps its CPU; on each of the others a thread of the highest priority is woken. They go
 *	from phase to phase together; who is the last to end one begins the next:
 *
 *		GATHER		interrupts on: a CPU that waits for another's answer still gets it
 *		IRQS_OFF	from the end of this on, all CPUs are here and nowhere else
 *		RUN		those that are asked call the function
 *		LEAVE		interrupts on again; threads end
 *
 *	When a thread gets its CPU, no section of preemption off is under way there. That is why
 *	preempt_disable() keeps a CPU from going away.
 *
 * Contexts
 *	Task, may sleep; cpus_read_lock() or cpus_write_lock() held.
 *
 * Locks
 *	stop_mutex: one at a time. Two that wait for each other's CPUs would never end.
 *
 * Ordering
 *	The count of those who are still in a phase falls by an atomic operation, a full barrier, before the
 *	next begins, and the word that begins it is a release; it pairs with the acquire in next_phase(). So
 *	what each has written before is seen by all after.
 *
 * Limits
 *	As long as a CPU holds off preemption, the others wait. Real-time throttling may hold up a thread by
 *	what is left of a period.
 *
 * Differs from Linux
 *	There are no threads for this that always exist, so it may return -ENOMEM.
 *
 * Tests
 *	tests/boot/hotplug_test.c: stopped_*, tests/scenario/hotplug.c
 */
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/stop_machine.h>
#include <arch/cpu.h>

enum stop_phase { STOP_GATHER, STOP_IRQS_OFF, STOP_RUN, STOP_LEAVE };

struct stop {
	int (*fn)(void *data);			/* I */
	void *data;				/* I */
	const struct cpumask *cpus;		/* I: where @fn is called; NULL: on @caller */
	unsigned int caller;			/* I once threads are woken */
	unsigned int nr_cpus;			/* I */
	enum stop_phase phase;			/* A: who is the last in one begins the next */
	atomic_t in_phase;			/* those who have not ended it */
	int error;				/* A: what a call returned, if it was not 0 */
};

static DEFINE_MUTEX(stop_mutex);

static enum stop_phase next_phase(struct stop *stop, enum stop_phase phase)
{
	/* Pairs with smp_store_release() in end_phase(). */
	while (smp_load_acquire(&stop->phase) == phase)
		arch_cpu_relax();
	return phase + 1;
}

static void end_phase(struct stop *stop, enum stop_phase phase)
{
	if (!atomic_dec_and_test(&stop->in_phase))
		return;
	atomic_set(&stop->in_phase, (int)stop->nr_cpus);
	/* Pairs with smp_load_acquire() in next_phase(). */
	smp_store_release(&stop->phase, phase + 1);
}

static bool called_here(const struct stop *stop)
{
	int cpu = (int)raw_smp_processor_id();

	return stop->cpus ? cpumask_test_cpu(cpu, stop->cpus) : cpu == (int)stop->caller;
}

/* One CPU's part. Preemption off. @stop may be gone when it returns, but for the caller's. */
static void take_part(struct stop *stop)
{
	enum stop_phase phase = STOP_GATHER;
	unsigned long flags;
	int error;

	end_phase(stop, phase);
	phase = next_phase(stop, phase);
	local_irq_save(flags);
	end_phase(stop, phase);
	phase = next_phase(stop, phase);
	if (called_here(stop)) {
		error = stop->fn(stop->data);
		if (error)
			WRITE_ONCE(stop->error, error);
	}
	end_phase(stop, phase);
	next_phase(stop, phase);
	local_irq_restore(flags);
	atomic_dec(&stop->in_phase);
}

static int stopper(void *data)
{
	preempt_disable();
	take_part(data);
	preempt_enable();
	return 0;
}

/* ---- threads ---- */

static void discard(struct task_struct **threads, unsigned int cpu)
{
	if (threads[cpu])
		task_discard(threads[cpu]);
	threads[cpu] = NULL;
}

/* One for each online CPU: it is not known yet which of them will be the caller's. */
static int make_threads(struct task_struct **threads, struct stop *stop)
{
	static const struct sched_param first_of_all = { .sched_priority = MAX_RT_PRIO - 1 };
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct task_struct *p = kthread_create_on_cpu(stopper, stop, cpu, "migration/%u");

		if (IS_ERR(p))
			return (int)PTR_ERR(p);
		sched_setscheduler_nocheck(p, SCHED_FIFO, &first_of_all);
		threads[cpu] = p;
	}
	return 0;
}

static void stop_all(struct task_struct **threads, struct stop *stop)
{
	unsigned int cpu;

	preempt_disable();
	stop->caller = smp_processor_id();
	stop->nr_cpus = num_online_cpus();
	atomic_set(&stop->in_phase, (int)stop->nr_cpus);
	for_each_online_cpu(cpu) {
		if (cpu == stop->caller)
			continue;
		wake_up_process(threads[cpu]);
		threads[cpu] = NULL;
	}
	take_part(stop);
	/* The others look at @stop, which is on our stack, until they have left. */
	while (atomic_read(&stop->in_phase))
		arch_cpu_relax();
	preempt_enable();
}

int stop_machine_cpuslocked(int (*fn)(void *data), void *data, const struct cpumask *cpus)
{
	struct stop stop = { .fn = fn, .data = data, .cpus = cpus };
	struct task_struct **threads;
	unsigned int cpu;
	int error;

	lockdep_assert_cpus_held();
	threads = kcalloc(nr_cpu_ids, sizeof(*threads), GFP_KERNEL);
	if (!threads)
		return -ENOMEM;
	mutex_lock(&stop_mutex);
	error = make_threads(threads, &stop);
	if (!error) {
		stop_all(threads, &stop);
		error = stop.error;
	}
	mutex_unlock(&stop_mutex);
	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		discard(threads, cpu);
	kfree(threads);
	return error;
}

int stop_machine(int (*fn)(void *data), void *data, const struct cpumask *cpus)
{
	int error;

	cpus_read_lock();
	error = stop_machine_cpuslocked(fn, data, cpus);
	cpus_read_unlock();
	return error;
}
