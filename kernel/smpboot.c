// SPDX-License-Identifier: GPL-2.0-only
/*
 * Threads of which there is one on each CPU.
 *
 * What
 *	smpboot_register_percpu_thread() makes them all at once, bound, and wakes them: that of a CPU which
 *	is not online yet waits in its run queue, and runs setup() when the CPU comes.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Differs from Linux
 *	CPUs do not go away, so nobody parks them but who wants to.
 *
 * Tests
 *	tests/boot/kthread_test.c: percpu_thread_*
 */
#include <linux/smpboot.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smp.h>

/* What one thread knows. */
struct smpboot_thread {
	unsigned int cpu;			/* I */
	struct smp_hotplug_thread *what;	/* I */
};

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

int smpboot_register_percpu_thread(struct smp_hotplug_thread *what)
{
	unsigned int cpu, made = 0;
	int err;

	if (WARN_ON(what->selfparking))
		return -EINVAL;
	for_each_possible_cpu(cpu) {
		err = create_one(what, cpu);
		if (err)
			goto undo;
		made++;
	}
	for_each_possible_cpu(cpu)
		wake_up_process(*per_cpu_ptr(what->store, cpu));
	return 0;
undo:
	for_each_possible_cpu(cpu)
		if (made-- > 0)
			discard_one(what, cpu);
		else
			break;
	return err;
}

void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *what)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct task_struct *p = *per_cpu_ptr(what->store, cpu);

		*per_cpu_ptr(what->store, cpu) = NULL;
		kthread_stop_put(p);
	}
}
