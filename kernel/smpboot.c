// SPDX-License-Identifier: GPL-2.0-only
/*
 * Threads of which there is one on each CPU.
 *
 * What
 *	smpboot_register_percpu_thread() makes them all at once, bound, and wakes those whose CPUs are
 *	online. When a CPU comes, its threads are woken for the first time, and run setup(), or unparked.
 *	When it goes they park.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Locks
 *	cpus_read_lock() -> kinds_mutex.
 *
 * Tests
 *	tests/boot/kthread_test.c: percpu_thread_*
 */
#include <linux/smpboot.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smp.h>

/* What one thread knows. */
struct smpboot_thread {
	unsigned int cpu;			/* I */
	struct smp_hotplug_thread *what;	/* I */
	bool woken;				/* G: kinds_mutex: has it run? */
};

static DEFINE_MUTEX(kinds_mutex);
static LIST_HEAD(kinds);		/* G: kinds_mutex: struct smp_hotplug_thread */

static void call(void (*fn)(unsigned int cpu), unsigned int cpu)
{
	if (fn)
		fn(cpu);
}

static void park_here(struct smpboot_thread *self)
{
	__set_current_state(TASK_RUNNING);
	call(self->what->park, self->cpu);
	kthread_parkme();
	if (!kthread_should_stop())
		call(self->what->unpark, self->cpu);
}

static int leave(struct smpboot_thread *self)
{
	__set_current_state(TASK_RUNNING);
	if (self->what->cleanup)
		self->what->cleanup(self->cpu, cpu_online((int)self->cpu));
	kfree(self);
	return 0;
}

static int smpboot_thread_fn(void *data)
{
	struct smpboot_thread *self = data;

	call(self->what->setup, self->cpu);
	for (;;) {
		/* Before thread_should_run() looks; pairs with the wake-up by whoever gives it work. */
		set_current_state(TASK_INTERRUPTIBLE);
		preempt_disable();
		if (kthread_should_stop()) {
			preempt_enable();
			return leave(self);
		}
		if (kthread_should_park()) {
			preempt_enable();
			park_here(self);
		} else if (!self->what->thread_should_run(self->cpu)) {
			preempt_enable_no_resched();
			schedule();
		} else {
			__set_current_state(TASK_RUNNING);
			preempt_enable();
			self->what->thread_fn(self->cpu);
		}
	}
}

static int create_one(struct smp_hotplug_thread *what, unsigned int cpu)
{
	struct smpboot_thread *self = kzalloc(sizeof(*self), GFP_KERNEL);
	struct task_struct *p;

	if (!self)
		return -ENOMEM;
	self->cpu = cpu;
	self->what = what;
	p = kthread_create_on_cpu(smpboot_thread_fn, self, cpu, what->thread_comm);
	if (IS_ERR(p)) {
		kfree(self);
		return (int)PTR_ERR(p);
	}
	*per_cpu_ptr(what->store, cpu) = get_task_struct(p);
	call(what->create, cpu);
	return 0;
}

/* Never woken: the function is not called, so what it would have freed is freed here. */
static void discard_one(struct smp_hotplug_thread *what, unsigned int cpu)
{
	struct task_struct *p = *per_cpu_ptr(what->store, cpu);

	*per_cpu_ptr(what->store, cpu) = NULL;
	kfree(kthread_data(p));
	task_discard(p);
	put_task_struct(p);
}

static int create_all(struct smp_hotplug_thread *what)
{
	unsigned int cpu, made = 0;
	int err;

	for_each_possible_cpu(cpu) {
		err = create_one(what, cpu);
		if (err)
			goto undo;
		made++;
	}
	return 0;
undo:
	for_each_possible_cpu(cpu)
		if (made-- > 0)
			discard_one(what, cpu);
		else
			break;
	return err;
}

/* Its CPU is online: from the beginning, or from where it parked. */
static void let_one_run(struct smp_hotplug_thread *what, unsigned int cpu)
{
	struct task_struct *p = *per_cpu_ptr(what->store, cpu);
	struct smpboot_thread *self = kthread_data(p);

	if (self->woken) {
		kthread_unpark(p);
	} else {
		self->woken = true;
		wake_up_process(p);
	}
}

static int create_all_and_wake(struct smp_hotplug_thread *what)
{
	unsigned int cpu;
	int err;

	mutex_lock(&kinds_mutex);
	err = create_all(what);
	if (!err) {
		for_each_online_cpu(cpu)
			let_one_run(what, cpu);
		list_add_tail(&what->list, &kinds);
	}
	mutex_unlock(&kinds_mutex);
	return err;
}

int smpboot_register_percpu_thread(struct smp_hotplug_thread *what)
{
	int err;

	if (WARN_ON(what->selfparking))
		return -EINVAL;
	cpus_read_lock();
	err = create_all_and_wake(what);
	cpus_read_unlock();
	return err;
}

/* One that is parked because its CPU has gone ends on another. */
static void end_one(struct smp_hotplug_thread *what, unsigned int cpu)
{
	struct task_struct *p = *per_cpu_ptr(what->store, cpu);
	struct smpboot_thread *self = kthread_data(p);

	if (!self->woken) {
		discard_one(what, cpu);
		return;
	}
	*per_cpu_ptr(what->store, cpu) = NULL;
	kthread_stop_put(p);
}

void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *what)
{
	unsigned int cpu;

	cpus_read_lock();
	mutex_lock(&kinds_mutex);
	list_del(&what->list);
	for_each_possible_cpu(cpu)
		end_one(what, cpu);
	mutex_unlock(&kinds_mutex);
	cpus_read_unlock();
}

/* ---- a CPU comes, goes ---- */

int smpboot_unpark_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *what;

	mutex_lock(&kinds_mutex);
	list_for_each_entry(what, &kinds, list)
		let_one_run(what, cpu);
	mutex_unlock(&kinds_mutex);
	return 0;
}

int smpboot_park_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *what;

	mutex_lock(&kinds_mutex);
	list_for_each_entry_reverse(what, &kinds, list)
		kthread_park(*per_cpu_ptr(what->store, cpu));
	mutex_unlock(&kinds_mutex);
	return 0;
}
