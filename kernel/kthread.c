// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel threads: made, started, stopped, parked.
 *
 * What
 *	The functions behind <linux/kthread.h>, but for workers (kthread_worker.c). A thread is a task with
 *	a struct kthread, which says what it does and what it is asked to do.
 *
 * Contexts
 *	Making, stopping, parking: task, may sleep. kthread_should_*(): the thread itself.
 *
 * States
 *	new		never woken. kthread_stop() wakes it to end at once with -EINTR.
 *	running		in its function
 *	parking		SHOULD_PARK is set; the thread has not seen it yet
 *	parked		in kthread_parkme(), TASK_PARKED: only kthread_unpark() wakes it
 *	stopping	SHOULD_STOP is set; a parked one is unparked by it
 *	ended		exited is complete; the structures live while somebody has a reference
 *
 * Ordering
 *	Both requests are a bit first, then a wake-up; the thread sets its state, a full barrier, then looks
 *	at the bit. So it sees the bit, or is woken.
 *
 *	A thread that parks may be unparked, and asked to park again, before it runs: its loop sees the bit
 *	again, and completes parked again.
 *
 * Tests
 *	tests/boot/kthread_test.c (D3), tests/scenario/kthread.c
 */
#include <linux/kthread.h>
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <bottomhalf/mark.h>

enum kthread_bits {
	KTHREAD_SHOULD_STOP,
	KTHREAD_SHOULD_PARK,
	KTHREAD_IS_PER_CPU,
};

struct kthread {
	unsigned long flags;		/* A: kthread_bits */
	int (*threadfn)(void *data);	/* I */
	void *data;			/* I */
	unsigned int cpu;		/* I: where KTHREAD_IS_PER_CPU */
	long result;			/* S: before exited is complete */
	struct completion parked;
	struct completion exited;
};

static struct kthread *to_kthread(const struct task_struct *p)
{
	WARN_ON(!p->kthread);
	return p->kthread;
}

/* ---- the thread's side ---- */

/* Threads ask these two all the time, and know what they are: no check. */
static __always_inline bool i_should(enum kthread_bits bit)
{
	const struct kthread *self = current->kthread;

	return test_bit(bit, &self->flags);
}

bool kthread_should_stop(void)
{
	return i_should(KTHREAD_SHOULD_STOP);
}

bool kthread_should_park(void)
{
	return i_should(KTHREAD_SHOULD_PARK);
}

bool kthread_should_stop_or_park(void)
{
	const struct kthread *self = current->kthread;

	return self && READ_ONCE(self->flags) & (BIT(KTHREAD_SHOULD_STOP) | BIT(KTHREAD_SHOULD_PARK));
}

bool kthread_freezable_should_stop(bool *was_frozen)
{
	if (was_frozen)
		*was_frozen = false;
	return kthread_should_stop();
}

static void park_while_asked(struct kthread *self)
{
	for (;;) {
		/* A late wake-up for something else must not end this sleep. */
		set_special_state(TASK_PARKED);
		if (!test_bit(KTHREAD_SHOULD_PARK, &self->flags))
			break;
		complete(&self->parked);
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

void kthread_parkme(void)
{
	park_while_asked(to_kthread(current));
}

__noreturn void kthread_exit(long result)
{
	struct kthread *self = to_kthread(current);

	self->result = result;
	current->flags |= PF_EXITING;
	complete_all(&self->exited);
	task_exit((int)result);
}

__noreturn void kthread_complete_and_exit(struct completion *x, long code)
{
	if (x)
		complete(x);
	kthread_exit(code);
}

/* What every thread runs. */
static void kthread_main(void)
{
	struct kthread *self = to_kthread(current);
	long result = -EINTR;

	if (!test_bit(KTHREAD_SHOULD_STOP, &self->flags)) {
		park_while_asked(self);
		result = self->threadfn(self->data);
	}
	kthread_exit(result);
}

/* ---- making ---- */

static void kthread_cleanup(struct task_struct *p)
{
	kfree(p->kthread);
}

static struct kthread *alloc_kthread(int (*threadfn)(void *data), void *data)
{
	struct kthread *self = FAULT("kthread.alloc") ? NULL : kzalloc(sizeof(*self), GFP_KERNEL);

	if (!self)
		return NULL;
	self->threadfn = threadfn;
	self->data = data;
	init_completion(&self->parked);
	init_completion(&self->exited);
	return self;
}

static __printf(3, 0) struct task_struct *create(int (*threadfn)(void *data), void *data,
						 const char *namefmt, va_list args)
{
	struct kthread *self = alloc_kthread(threadfn, data);
	struct task_struct *p;

	if (!self)
		return ERR_PTR(-ENOMEM);
	p = task_create(kthread_main, kthread_cleanup);
	if (IS_ERR(p)) {
		kfree(self);
		return p;
	}
	p->kthread = self;
	p->flags |= PF_KTHREAD;
	vsnprintf(p->comm, sizeof(p->comm), namefmt, args);
	return p;
}

struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char namefmt[], ...)
{
	struct task_struct *p;
	va_list args;

	might_sleep();
	va_start(args, namefmt);
	p = create(threadfn, data, namefmt, args);
	va_end(args);
	return p;
}

struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
					  const char *namefmt)
{
	struct task_struct *p = kthread_create_on_node(threadfn, data, NUMA_NO_NODE, namefmt, cpu);

	if (IS_ERR(p))
		return p;
	/* In this order: the CPU may be going, and who is bound to it by his mask alone is let go. */
	kthread_set_per_cpu(p, (int)cpu);
	kthread_bind(p, cpu);
	return p;
}

void kthread_bind_mask(struct task_struct *p, const struct cpumask *mask)
{
	/* Not a thread that has run: it would have to be moved, and set_cpus_allowed_ptr() does that. */
	if (WARN_ON(p->on_rq || READ_ONCE(p->__state) != TASK_UNINTERRUPTIBLE))
		return;
	do_set_cpus_allowed(p, mask);
	p->flags |= PF_NO_SETAFFINITY;
}

void kthread_bind(struct task_struct *p, unsigned int cpu)
{
	kthread_bind_mask(p, cpumask_of(cpu));
}

void kthread_set_per_cpu(struct task_struct *p, int cpu)
{
	struct kthread *self = to_kthread(p);

	if (cpu < 0) {
		clear_bit(KTHREAD_IS_PER_CPU, &self->flags);
		return;
	}
	self->cpu = (unsigned int)cpu;
	set_bit(KTHREAD_IS_PER_CPU, &self->flags);
}

bool kthread_is_per_cpu(struct task_struct *p)
{
	const struct kthread *self = p->kthread;

	return self && test_bit(KTHREAD_IS_PER_CPU, &self->flags);
}

/* ---- asking ---- */

int kthread_stop(struct task_struct *p)
{
	struct kthread *self = to_kthread(p);
	int result;

	might_sleep();
	get_task_struct(p);
	set_bit(KTHREAD_SHOULD_STOP, &self->flags);
	kthread_unpark(p);
	wake_up_process(p);
	wait_for_completion(&self->exited);
	result = (int)self->result;
	put_task_struct(p);
	return result;
}

int kthread_stop_put(struct task_struct *p)
{
	int result = kthread_stop(p);

	put_task_struct(p);
	return result;
}

int kthread_park(struct task_struct *p)
{
	struct kthread *self = to_kthread(p);

	if (WARN_ON(READ_ONCE(p->flags) & PF_EXITING))
		return -ENOSYS;
	if (WARN_ON_ONCE(test_and_set_bit(KTHREAD_SHOULD_PARK, &self->flags)))
		return -EBUSY;
	if (p == current)
		return 0;
	wake_up_process(p);
	wait_for_completion(&self->parked);
	return 0;
}

void kthread_unpark(struct task_struct *p)
{
	struct kthread *self = to_kthread(p);

	if (!test_and_clear_bit(KTHREAD_SHOULD_PARK, &self->flags))
		return;
	wake_up_state(p, TASK_PARKED);
}

void *kthread_data(struct task_struct *p)
{
	return to_kthread(p)->data;
}

void *kthread_probe_data(struct task_struct *p)
{
	const struct kthread *self = p->kthread;

	return self ? self->data : NULL;
}

void *kthread_func(struct task_struct *p)
{
	const struct kthread *self = p->kthread;

	return self ? (void *)self->threadfn : NULL;
}
