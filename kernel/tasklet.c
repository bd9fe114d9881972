// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasklets: deferred functions that never run twice at once.
 *
 * What
 *	tasklet_schedule(t) makes t's function run soon, in softirq context, on the CPU that asked. Asking
 *	again before it starts changes nothing. Asking while it runs makes it run once more.
 *	tasklet_hi_schedule() is the same from the softirq that comes before all others.
 *	A disabled tasklet that is scheduled stays so, and runs once when the last disable is undone.
 *
 * Contexts
 *	schedule, enable, disable_nosync: any, also hard IRQ.  disable, kill: task, may sleep.
 *	The function: softirq, interrupts on, must not sleep.
 *
 * States of t->state		who moves it			how
 *	0 -> S			anyone				test_and_set; the winner puts it in a list
 *	R -> S|R		anyone				the same: it will run once more
 *	S -> R			a draining CPU			one cmpxchg, before the function is called
 *	S|R: left alone		another draining CPU		back into its list; tried again
 *	R -> 0, S|R -> S	the CPU that ran it		when the function is back
 *	R -> S, S|R -> S	the same, finding it disabled	not run; then, unless S was there already:
 *	S -> S|P		the same			parked: in no list, nobody spins on it
 *	S|P -> S		the last enable, or its CPU	winner of test_and_clear puts it in a list
 *	0 -> S -> 0		tasklet_kill()			S in no list: nobody can schedule it
 *	W is set by who sleeps until S or R is gone, and goes in the same step as that bit: after it the
 *	tasklet may be freed, so the wake-up touches only the queue.
 *	S scheduled, R running, P parked, W waited for: TASKLET_STATE_*.
 *
 * Locks
 *	None for a list: it belongs to its CPU, interrupts that append nest within each other, and the one
 *	who takes it, the drain, never interrupts an append (see append()). The tasklet itself is passed on
 *	by its state: who wins S owns t->next until the function is called.
 *
 * Ordering
 *	Clearing S comes before the function's first load (cmpxchg, full barrier), so a schedule that
 *	finds S set has its earlier stores seen by the function.
 *	Parking: set P, full barrier, look at count. Enabling: lower count, full barrier, look at P. One of
 *	the two sees the other; test_and_clear of P picks one if both do.
 *	Disabling: raise count, full barrier, look at R. Running: set R, full barrier, look at count. So
 *	after tasklet_disable() either the function does not start, or it was waited for.
 *
 *	When a CPU has gone its lists are hung behind those of the CPU that took it down; who enables a tasklet
 *	that is parked there runs it himself.
 *
 * Limits
 *	Works of WQ_BH queues have their turn before the tasklets: <bottomhalf/softirq_works.h>.
 *	A list is as long as there are tasklets scheduled; a drain takes the whole list at once, and what
 *	is scheduled meanwhile goes to the next pass, of which the softirq drain allows ten.
 *
 * Differs from Linux
 *	There a disabled tasklet that is scheduled stays in the list and its softirq runs for ever, to no
 *	effect; here it is parked. When another CPU schedules it once more in the few instructions in which
 *	it is being found disabled, it belongs to that CPU from then on.
 *
 * Tests
 *	tests/boot/tasklet_test.c (C1-C7), tests/scenario/tasklet.c
 */
#include <linux/cpumask.h>
#include <linux/debugobjects.h>
#include <linux/interrupt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/wait.h>
#include <linux/printk.h>
#include <linux/bug.h>
#include <arch/cpu.h>
#include <bottomhalf/softirq_works.h>

#include "softirq.h"

#define S	BIT(TASKLET_STATE_SCHED)
#define R	BIT(TASKLET_STATE_RUN)
#define P	BIT(TASKLET_STATE_PARKED)
#define W	BIT(TASKLET_STATE_WAITED)

/* A CPU's scheduled tasklets of one priority, in order of scheduling. An empty one has its tail at its head. */
struct tasklet_list {
	struct tasklet_struct *head;	/* Q */
	struct tasklet_struct **tail;	/* Q: where the next one is hung: &head when there is none */
	struct tasklet_struct **empty;	/* I: &head, of this CPU */
};

static DEFINE_PER_CPU(struct tasklet_list, normal_list);
static DEFINE_PER_CPU(struct tasklet_list, hi_list);

/* Works of queues with WQ_BH that wait here: they come before the tasklets. */
DEFINE_PER_CPU(struct bh_pool *, softirq_works);
DEFINE_PER_CPU(struct bh_pool *, softirq_works_hi);

/* Tasklets that other CPUs, or hard IRQs, have enabled and that are to run here. A: pushed by cmpxchg. */
static DEFINE_PER_CPU(struct tasklet_struct *, unparked);
static DEFINE_PER_CPU(call_single_data_t, unpark_call);

/* Who sleeps until some tasklet is unscheduled, or not running. Rare, so one queue for all. */
static DECLARE_WAIT_QUEUE_HEAD(tasklet_waiters);

/* A parked tasklet remembers its CPU and which of the two lists it came from. */
#define HOME_HI		0x8000U

/* In use from when it is scheduled until it is about to run, also while it is parked: CONFIG_DEBUG_OBJECTS. */
static const struct debug_obj_descr tasklet_kind = { .name = "tasklet" };

static u16 home_here(unsigned int softirq)
{
	return (u16)(raw_smp_processor_id() | (softirq == HI_SOFTIRQ ? HOME_HI : 0));
}

/*
 * Hang @t behind the others in this CPU's @list. S is set, and by us. The caller is not to be interrupted
 * by a drain of this CPU: he has interrupts off, or is an interrupt himself, or has bottom halves off.
 *
 * Interrupts may come at any point, and append. Between taking the place and hanging @t there the list
 * ends before that place, and what they append hangs from @t already; when they are back, we close the gap.
 */
static __always_inline void append(struct tasklet_list __percpu *list, struct tasklet_struct *t)
{
	struct tasklet_struct **place;

	debug_object_activate(t, &tasklet_kind, t->func);
	t->next = NULL;
	place = this_cpu_xchg(list->tail, &t->next);
	WRITE_ONCE(*place, t);
}

/* From a task with bottom halves on: no interrupt may find the list open, and drain it. */
static noinline void append_in_task(struct tasklet_list __percpu *list, struct tasklet_struct *t,
				    unsigned int softirq)
{
	unsigned long flags;

	local_irq_save(flags);
	append(list, t);
	raise_softirq_irqoff(softirq);
	local_irq_restore(flags);
}

/* The same from anywhere, and mark the softirq. */
static __always_inline void append_and_raise(struct tasklet_list __percpu *list, struct tasklet_struct *t,
					     unsigned int softirq)
{
	if (unlikely(!in_interrupt())) {
		append_in_task(list, t, softirq);
		return;
	}
	append(list, t);
	__raise_softirq_irqoff(softirq);
}

void __tasklet_schedule(struct tasklet_struct *t)
{
	append_and_raise(&normal_list, t, TASKLET_SOFTIRQ);
}

void __tasklet_hi_schedule(struct tasklet_struct *t)
{
	append_and_raise(&hi_list, t, HI_SOFTIRQ);
}

/* Back into the list that it came from, for the next pass: it was found running elsewhere. */
static void requeue(struct tasklet_struct *t, unsigned int softirq)
{
	if (softirq == HI_SOFTIRQ)
		__tasklet_hi_schedule(t);
	else
		__tasklet_schedule(t);
}

/*
 * Disabled: leave it scheduled but in no list, until tasklet_enable() brings it back.
 *
 *	CPU0 parks			CPU1 enables
 *	set P				count 1 -> 0
 *	full barrier			full barrier
 *	count is 0? take P back		P is set? take it, wake CPU0
 */
static noinline void tasklet_park(struct tasklet_struct *t, unsigned int softirq)
{
	MARK("tasklet: parked");
	debug_object_activate(t, &tasklet_kind, t->func);
	WRITE_ONCE(t->home, home_here(softirq));
	/* Full barrier; pairs with the one in tasklet_enable(). */
	set_bit(TASKLET_STATE_PARKED, &t->state);
	smp_mb__after_atomic();
	if (atomic_read(&t->count) == 0 && test_and_clear_bit(TASKLET_STATE_PARKED, &t->state)) {
		MARK("tasklet: enabled while it was being parked");
		requeue(t, softirq);
	}
}

/* The cmpxchg from S to R failed: it runs on another CPU, or somebody waits for it. True: R is ours. */
static noinline bool tasklet_begin_slow(struct tasklet_struct *t)
{
	unsigned long state = READ_ONCE(t->state);

	do {
		if (state & R)
			return false;
	} while (!try_cmpxchg(&t->state, &state, (state & ~(S | W)) | R));

	if (state & W)
		wake_up_all(&tasklet_waiters);
	return true;
}

/* From scheduled to running, before the function is called. False: it runs on another CPU. */
static __always_inline bool tasklet_begin(struct tasklet_struct *t)
{
	unsigned long state = S;

	if (likely(try_cmpxchg(&t->state, &state, R)))
		return true;
	return tasklet_begin_slow(t);
}

static noinline __cold void wake_tasklet_waiters(void)
{
	wake_up_all(&tasklet_waiters);
}

/*
 * R goes away, S stays if it was scheduled again. What the function stored is seen by who runs it next, or
 * waited for it.
 */
static __always_inline void tasklet_end(struct tasklet_struct *t)
{
	unsigned long state = READ_ONCE(t->state);

	while (unlikely(!try_cmpxchg(&t->state, &state, state & ~(R | W))))
		;
	if (unlikely(state & W))
		wake_tasklet_waiters();
}

void tasklet_unlock(struct tasklet_struct *t)
{
	tasklet_end(t);
}

/*
 * R is ours, and it is disabled: undo, and leave it scheduled. S is gone, so it may have been scheduled
 * again meanwhile, here or elsewhere: then it is in a list, whose CPU does the same, and that is enough.
 */
static noinline void tasklet_leave_disabled(struct tasklet_struct *t, unsigned int softirq)
{
	unsigned long state = READ_ONCE(t->state);

	while (!try_cmpxchg(&t->state, &state, (state & ~(R | W)) | S))
		;
	if (state & W)
		wake_up_all(&tasklet_waiters);
	if (state & S)
		MARK("tasklet: scheduled again while it was found disabled");
	else
		tasklet_park(t, softirq);
}

static __always_inline void tasklet_call(struct tasklet_struct *t)
{
	if (likely(t->use_callback))
		t->callback(t);
	else
		t->func(t->data);
}

/* One tasklet from the list that was taken. Softirq context, interrupts on. */
static __always_inline void tasklet_run_one(struct tasklet_struct *t, unsigned int softirq)
{
	/* While S is still there: nobody else can put it into use. */
	debug_object_deactivate(t, &tasklet_kind);
	if (unlikely(!tasklet_begin(t))) {
		MARK("tasklet: requeued, still running");
		requeue(t, softirq);
		/* We may be back at once, and only that CPU's progress helps. */
		arch_cpu_relax();
		return;
	}
	/* Full barrier in between; pairs with the one in tasklet_disable_nosync(). */
	if (unlikely(atomic_read(&t->count))) {
		tasklet_leave_disabled(t, softirq);
		return;
	}
	tasklet_call(t);
	/* Its address need not be kept twice, as t and as &t->state. */
	OPTIMIZER_HIDE_VAR(t);
	tasklet_end(t);
}

/*
 * Take the whole list, leave an empty one. Softirq context. Until the tail is put back what interrupts
 * append goes to the list that we take, after that to the new one; each step is one store. When the list
 * is empty the tail is at the head, and there is nothing to put back.
 */
static __always_inline struct tasklet_struct *take_list(struct tasklet_list __percpu *list)
{
	struct tasklet_struct *first = this_cpu_read(list->head);

	if (unlikely(!first))
		return NULL;
	this_cpu_write(list->head, NULL);
	this_cpu_write(list->tail, this_cpu_read(list->empty));
	return first;
}

/* The others of a list that was taken. */
static __always_inline void run_rest(struct tasklet_struct *t, unsigned int softirq)
{
	do {
		/* Read first: from the call on, t may be in another list, or freed. */
		struct tasklet_struct *next = t->next;

		tasklet_run_one(t, softirq);
		t = next;
	} while (t);
}

static noinline void tasklet_run_rest(struct tasklet_struct *t)
{
	run_rest(t, TASKLET_SOFTIRQ);
}

static noinline void tasklet_hi_run_rest(struct tasklet_struct *t)
{
	run_rest(t, HI_SOFTIRQ);
}

/* The first by itself: nearly always it is the only one, and costs less outside of a loop. */
static __always_inline void run_list(struct tasklet_list __percpu *list, unsigned int softirq,
				     void (*run_others)(struct tasklet_struct *))
{
	struct tasklet_struct *first = take_list(list), *others;

	if (unlikely(!first))
		return;
	others = first->next;
	tasklet_run_one(first, softirq);
	if (others)
		run_others(others);
}

static void tasklet_action(void)
{
	run_softirq_works(softirq_works);
	run_list(&normal_list, TASKLET_SOFTIRQ, tasklet_run_rest);
}

static void tasklet_hi_action(void)
{
	run_softirq_works(softirq_works_hi);
	run_list(&hi_list, HI_SOFTIRQ, tasklet_hi_run_rest);
}

static void requeue_home(struct tasklet_struct *t)
{
	requeue(t, t->home & HOME_HI ? HI_SOFTIRQ : TASKLET_SOFTIRQ);
}

/* What was enabled elsewhere goes into this CPU's lists, the first one first. */
static void requeue_pile(struct tasklet_struct *pile)
{
	struct tasklet_struct *in_order = NULL;

	while (pile) {
		struct tasklet_struct *below = pile->next;

		pile->next = in_order;
		in_order = pile;
		pile = below;
	}
	while (in_order) {
		struct tasklet_struct *next = in_order->next;

		requeue_home(in_order);
		in_order = next;
	}
}

/* On the home CPU, in hard IRQ. */
static void collect_unparked(void *unused)
{
	requeue_pile(xchg(this_cpu_ptr(&unparked), NULL));
}

/* Give @t to another CPU. The one that finds the pile empty tells that CPU; the others need not. */
static void send_home(struct tasklet_struct *t, unsigned int cpu)
{
	struct tasklet_struct **pile = per_cpu_ptr(&unparked, cpu);
	struct tasklet_struct *top = READ_ONCE(*pile);

	do {
		t->next = top;
	} while (!try_cmpxchg(pile, &top, t));

	if (!top)
		smp_call_function_single_async((int)cpu, per_cpu_ptr(&unpark_call, cpu));
}

void tasklet_unpark(struct tasklet_struct *t)
{
	unsigned long flags;
	unsigned int cpu;

	if (!test_and_clear_bit(TASKLET_STATE_PARKED, &t->state))
		return;

	cpu = READ_ONCE(t->home) & ~HOME_HI;
	local_irq_save(flags);
	/* While interrupts are off no CPU can go. */
	if (cpu == raw_smp_processor_id()) {
		requeue_home(t);
	} else if (cpu_online(cpu)) {
		send_home(t, cpu);
	} else {
		MARK("tasklet: enabled for a CPU that went");
		requeue_home(t);
	}
	local_irq_restore(flags);
}

/*
 * Sleep until none of @bits is set. W makes the one who clears them wake us; it is set after we are
 * in the queue, and the state is looked at after that.
 *
 *	waiter				CPU that ends it
 *	queue up			clear the bit, which returns W
 *	set W (full barrier)		W was set? wake the queue
 *	bit still set? sleep
 */
static void wait_until_clear(struct tasklet_struct *t, unsigned long bits)
{
	DEFINE_WAIT(wait);

	for (;;) {
		prepare_to_wait(&tasklet_waiters, &wait, TASK_UNINTERRUPTIBLE);
		if (!(READ_ONCE(t->state) & bits))
			break;
		set_bit(TASKLET_STATE_WAITED, &t->state);
		/* Full barrier; pairs with the cmpxchg that clears the bit and finds W. */
		smp_mb__after_atomic();
		if (!(READ_ONCE(t->state) & bits))
			break;
		schedule();
	}
	finish_wait(&tasklet_waiters, &wait);
}

void tasklet_unlock_wait(struct tasklet_struct *t)
{
	might_sleep();
	if (test_bit(TASKLET_STATE_RUN, &t->state))
		wait_until_clear(t, R);
}

void tasklet_unlock_spin_wait(struct tasklet_struct *t)
{
	while (test_bit(TASKLET_STATE_RUN, &t->state))
		arch_cpu_relax();
	/* Pairs with the end of the function's run, tasklet_end(). */
	smp_mb();
}

/* From idle to S, in no list. False: it is scheduled, or running. */
static bool tasklet_claim_idle(struct tasklet_struct *t)
{
	unsigned long state = READ_ONCE(t->state);

	do {
		if (state & (S | R))
			return false;
	} while (!try_cmpxchg(&t->state, &state, state | S));
	return true;
}

void tasklet_kill(struct tasklet_struct *t)
{
	might_sleep();
	if (in_interrupt())
		pr_notice("tasklet_kill of %ps from interrupt context\n", t->func);

	/*
	 * Taking S ourselves keeps everybody else from scheduling it from now on. R has to be gone in the
	 * same step: it may be a CPU's that finds the tasklet disabled, and is about to put S back.
	 */
	while (!tasklet_claim_idle(t)) {
		if (test_bit(TASKLET_STATE_PARKED, &t->state))
			pr_warn("tasklet_kill: %ps is scheduled and disabled; waiting until it is enabled\n",
				t->func);
		wait_until_clear(t, S | R);
	}
	/* W may be left from us, or be another killer's, who waits for S. */
	if (xchg(&t->state, 0UL) & W)
		wake_up_all(&tasklet_waiters);
}

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *))
{
	debug_object_init(t, &tasklet_kind);
	*t = (struct tasklet_struct){ .callback = callback, .use_callback = true };
}

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data)
{
	debug_object_init(t, &tasklet_kind);
	*t = (struct tasklet_struct){ .func = func, .data = data };
}

/* ---- a CPU goes ---- */

/* The tasklets of another CPU's list, which nobody uses any more, go behind those of this CPU's. */
static void take_over_list(struct tasklet_list *from, struct tasklet_list __percpu *list, unsigned int softirq)
{
	struct tasklet_struct **place;

	if (!from->head)
		return;
	MARK("tasklet: taken over from a CPU that went");
	place = this_cpu_xchg(list->tail, from->tail);
	WRITE_ONCE(*place, from->head);
	from->head = NULL;
	from->tail = from->empty;
	raise_softirq_irqoff(softirq);
}

/*
 * @cpu is dead. What is parked there stays parked, in no list: tasklet_unpark() finds that the CPU has gone.
 * Interrupts off.
 */
void tasklet_take_over(unsigned int cpu)
{
	take_over_list(per_cpu_ptr(&hi_list, cpu), &hi_list, HI_SOFTIRQ);
	take_over_list(per_cpu_ptr(&normal_list, cpu), &normal_list, TASKLET_SOFTIRQ);
	requeue_pile(xchg(per_cpu_ptr(&unparked, cpu), NULL));
}

static void empty_list(struct tasklet_list *list)
{
	list->empty = &list->head;
	list->tail = list->empty;
}

void tasklet_softirq_init(void)
{
	unsigned int cpu;

	BUILD_BUG_ON(sizeof(struct tasklet_struct) != 40);
	for_each_possible_cpu(cpu) {
		empty_list(per_cpu_ptr(&normal_list, cpu));
		empty_list(per_cpu_ptr(&hi_list, cpu));
		INIT_CSD(per_cpu_ptr(&unpark_call, cpu), collect_unparked, NULL);
	}
	open_softirq(TASKLET_SOFTIRQ, tasklet_action);
	open_softirq(HI_SOFTIRQ, tasklet_hi_action);
}
