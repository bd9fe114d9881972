/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Workqueues: functions that run soon, in a kernel thread, and may sleep.
 *
 * What
 *	A work is a function and a place in a queue. queue_work(wq, work) makes the function run
 *	once, in a worker thread of this CPU's pool. Queueing it again before it starts changes
 *	nothing, queueing it while it runs makes it run once more, after this run and never beside
 *	it. A delayed work is queued by a timer.
 *
 *		static void work_fn(struct work_struct *work) { ... }
 *		static DECLARE_WORK(work, work_fn);
 *		schedule_work(&work);		in an interrupt handler, say
 *		cancel_work_sync(&work);	before what the function uses goes away
 *
 *	A queue (struct workqueue_struct) is a name, a set of rules (WQ_...) and a limit of works
 *	that run at once; threads belong to the pools, which all queues share.
 *
 * Contexts
 *	queue, mod, cancel (not sync), disable (not sync), enable: any but NMI; they never allocate
 *	and never fail.
 *	flush, cancel_..._sync, disable_..._sync, drain: task, may sleep.  alloc, destroy: task.
 *	The function: a worker's task, preemptible, may sleep; it may free its work and queue it
 *	again. Functions of WQ_BH queues: softirq, must not sleep.
 *
 * Ordering
 *	What the caller stored before a queue_work() is seen by the function, also when the answer
 *	was "pending already". What the function stored is seen after a flush or cancel that waited
 *	for it.
 *
 * Differs from Linux
 *	NUMA nodes, affinity scopes and freezing are accepted and change nothing. Rescuers do not
 *	exist yet: WQ_MEM_RECLAIM is accepted. rcu_work comes with RCU. A work that is refused by a
 *	queue that is being drained or destroyed is left idle; on Linux it stays pending for ever.
 *
 * How it works: kernel/workqueue.c. Follows Linux 6.12, Documentation/core-api/workqueue.rst; Linux
 * Device Drivers, chapter 7; Linux Kernel Development, chapter 8.
 */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/list.h>
#include <linux/threads.h>
#include <linux/timer.h>
#include <linux/workqueue_types.h>

struct task_struct;
struct workqueue_struct;

/* kernel/wq/delayed.c: the timer of a delayed work. */
void delayed_work_timer_fn(struct timer_list *timer);

/** struct delayed_work - a work that a timer queues. Do not touch the members but @work. */
struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq;	/* whoever won PENDING: where the timer queues it */
	int cpu;			/* the same */
};

/*
 * The data word. Bit 0 is who may touch the rest; the others have two readings:
 *
 *		queued					not queued
 *	 0	PENDING					PENDING: timer armed, or between hands
 *	 1	INACTIVE: waits below max_active	-
 *	 2	PWQ = 1					PWQ = 0
 *	 3	AGAIN: it ran when it was queued	TIMER: its timer is armed
 *	 4	WAITED: somebody flushes it		-
 *	 5-7	flush colour				-
 *	 8-63	its pool_workqueue (256-aligned)	8-23 depth of disable_work(); 32-63 number
 *						of the worker that ran it last, 0: none
 */
enum work_bits {
	WORK_STRUCT_PENDING_BIT		= 0,
	WORK_STRUCT_INACTIVE_BIT	= 1,
	WORK_STRUCT_PWQ_BIT		= 2,
	WORK_STRUCT_AGAIN_BIT		= 3,
	WORK_STRUCT_WAITED_BIT		= 4,
	WORK_STRUCT_COLOR_SHIFT		= 5,
	WORK_STRUCT_COLOR_BITS		= 3,
	WORK_STRUCT_PWQ_SHIFT		= WORK_STRUCT_COLOR_SHIFT + WORK_STRUCT_COLOR_BITS,

	WORK_OFFQ_TIMER_BIT		= 3,
	WORK_OFFQ_DISABLE_SHIFT		= 8,
	WORK_OFFQ_DISABLE_BITS		= 16,
	WORK_OFFQ_WORKER_SHIFT		= 32,
};

#define WORK_STRUCT_PENDING	BIT(WORK_STRUCT_PENDING_BIT)
#define WORK_STRUCT_INACTIVE	BIT(WORK_STRUCT_INACTIVE_BIT)
#define WORK_STRUCT_PWQ		BIT(WORK_STRUCT_PWQ_BIT)
#define WORK_STRUCT_AGAIN	BIT(WORK_STRUCT_AGAIN_BIT)
#define WORK_STRUCT_WAITED	BIT(WORK_STRUCT_WAITED_BIT)
#define WORK_NR_COLORS		(1 << WORK_STRUCT_COLOR_BITS)
#define WORK_STRUCT_PWQ_MASK	(~(BIT(WORK_STRUCT_PWQ_SHIFT) - 1))
#define WORK_OFFQ_TIMER		BIT(WORK_OFFQ_TIMER_BIT)
#define WORK_OFFQ_DISABLE_ONE	BIT(WORK_OFFQ_DISABLE_SHIFT)
#define WORK_OFFQ_DISABLE_MASK	((BIT(WORK_OFFQ_DISABLE_BITS) - 1) << WORK_OFFQ_DISABLE_SHIFT)

/* work_busy() answers. */
#define WORK_BUSY_PENDING	(1 << 0)
#define WORK_BUSY_RUNNING	(1 << 1)

#define WORK_DATA_INIT()	ATOMIC_LONG_INIT(0)
#define WORK_DATA_STATIC_INIT()	WORK_DATA_INIT()

#define __WORK_INITIALIZER(n, f) {					\
	.data = WORK_DATA_STATIC_INIT(),				\
	.entry = LIST_HEAD_INIT((n).entry),				\
	.func = (f),							\
}
#define __DELAYED_WORK_INITIALIZER(n, f, tflags) {			\
	.work = __WORK_INITIALIZER((n).work, (f)),			\
	.timer = __TIMER_INITIALIZER(delayed_work_timer_fn, (tflags) | TIMER_IRQSAFE), \
}

/** DECLARE_WORK - define a work at compile time; DECLARE_DELAYED_WORK a delayed one */
#define DECLARE_WORK(n, f)		struct work_struct n = __WORK_INITIALIZER(n, f)
#define DECLARE_DELAYED_WORK(n, f)	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, 0)
#define DECLARE_DEFERRABLE_WORK(n, f) \
	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, TIMER_DEFERRABLE)

extern const struct debug_obj_descr work_debug_descr;

/* Debug builds (DEBUG_OBJECTS) report a work that is set up while it is queued. */
static inline void __init_work(struct work_struct *work, int onstack)
{
	/* Or the compiler warns that what is not set up yet is read. */
	OPTIMIZER_HIDE_VAR(work);
	debug_object_init(work, &work_debug_descr);
}

#define __INIT_WORK(_work, _func, _onstack) do {			\
	__init_work((_work), (_onstack));				\
	(_work)->data = (atomic_long_t)WORK_DATA_INIT();		\
	INIT_LIST_HEAD(&(_work)->entry);				\
	(_work)->func = (_func);					\
} while (0)
#define __INIT_DELAYED_WORK(_work, _func, _tflags, _onstack) do {	\
	__INIT_WORK(&(_work)->work, (_func), (_onstack));		\
	timer_setup(&(_work)->timer, delayed_work_timer_fn, (_tflags) | TIMER_IRQSAFE); \
} while (0)

/**
 * INIT_WORK - make a work ready for use
 * @_work: not pending
 * @_func: void (*)(struct work_struct *)
 *
 * Context: any. The ONSTACK form ends with destroy_work_on_stack().
 */
#define INIT_WORK(_work, _func)			__INIT_WORK((_work), (_func), 0)
#define INIT_WORK_ONSTACK(_work, _func)		__INIT_WORK((_work), (_func), 1)
/**
 * INIT_DELAYED_WORK - the same for a delayed work; INIT_DEFERRABLE_WORK: its timer may be late on
 * an idle CPU
 */
#define INIT_DELAYED_WORK(_work, _func)		__INIT_DELAYED_WORK((_work), (_func), 0, 0)
#define INIT_DELAYED_WORK_ONSTACK(_work, _func)	__INIT_DELAYED_WORK((_work), (_func), 0, 1)
#define INIT_DEFERRABLE_WORK(_work, _func) \
	__INIT_DELAYED_WORK((_work), (_func), TIMER_DEFERRABLE, 0)
#define INIT_DEFERRABLE_WORK_ONSTACK(_work, _func) \
	__INIT_DELAYED_WORK((_work), (_func), TIMER_DEFERRABLE, 1)

#define work_data_bits(work)	((unsigned long *)&(work)->data)

/**
 * work_pending - queued, or its timer armed, and its function not yet called.
 * Context: any; stale at once.
 */
#define work_pending(work)	test_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work))
/** delayed_work_pending - the same of a delayed work */
#define delayed_work_pending(w)	work_pending(&(w)->work)

/**
 * destroy_work_on_stack - its frame is about to go: debug builds report it if it is queued.
 * Context: any but NMI.
 */
static inline void destroy_work_on_stack(struct work_struct *work)
{
	debug_check_no_obj_freed(work, sizeof(*work));
}

/** to_delayed_work - the delayed work around a function's argument */
static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

/** destroy_delayed_work_on_stack - destroy_work_on_stack() of a delayed work */
static inline void destroy_delayed_work_on_stack(struct delayed_work *dwork)
{
	timer_destroy_on_stack(&dwork->timer);
	destroy_work_on_stack(&dwork->work);
}

/** from_work - the structure that a function's argument is a member of */
#define from_work(var, callback_work, work_fieldname) \
	container_of(callback_work, typeof(*var), work_fieldname)

/* "This CPU", for bound queues; "any", for unbound ones. */
#define WORK_CPU_UNBOUND	NR_CPUS

/* Rules of a queue, with Linux's numbers. */
enum wq_flags {
	WQ_BH			= 1 << 0,	/* functions run in softirq context */
	WQ_UNBOUND		= 1 << 1,	/* on any CPU */
	WQ_FREEZABLE		= 1 << 2,	/* accepted */
	WQ_MEM_RECLAIM		= 1 << 3,	/* accepted; will get a rescuer */
	WQ_HIGHPRI		= 1 << 4,	/* workers of nice -20 */
	WQ_CPU_INTENSIVE	= 1 << 5,	/* a running work holds up no others */
	WQ_SYSFS		= 1 << 6,	/* accepted */
	WQ_POWER_EFFICIENT	= 1 << 7,	/* accepted */
	WQ_PERCPU		= 1 << 8,	/* not WQ_UNBOUND, said aloud */

	__WQ_DESTROYING		= 1 << 15,	/* private from here on */
	__WQ_DRAINING		= 1 << 16,
	__WQ_ORDERED		= 1 << 17,
	__WQ_LEGACY		= 1 << 18,

	__WQ_BH_ALLOWS		= WQ_BH | WQ_HIGHPRI | WQ_PERCPU,
};

enum wq_consts {
	WQ_MAX_ACTIVE		= 512,		/* most works of a queue that run at once */
	WQ_UNBOUND_MAX_ACTIVE	= WQ_MAX_ACTIVE,
	WQ_DFL_ACTIVE		= WQ_MAX_ACTIVE / 2,
	WQ_DFL_MIN_ACTIVE	= 8,
	WQ_MAX_UNBOUND_PER_CPU	= 4,		/* older name, no meaning here */
};

#define WQ_NAME_LEN	32
#define WORKER_DESC_LEN	32

/*
 * Queues for everybody. Short works on this CPU: system_wq; urgent ones: system_highpri_wq; that
 * may take long: system_long_wq; on any CPU: system_unbound_wq; in softirq context: system_bh_wq.
 */
extern struct workqueue_struct *system_wq;
extern struct workqueue_struct *system_percpu_wq;	/* 6.17's name of system_wq */
extern struct workqueue_struct *system_highpri_wq;
extern struct workqueue_struct *system_long_wq;
extern struct workqueue_struct *system_unbound_wq;
extern struct workqueue_struct *system_dfl_wq;		/* 6.17's name of system_unbound_wq */
extern struct workqueue_struct *system_freezable_wq;
extern struct workqueue_struct *system_power_efficient_wq;
extern struct workqueue_struct *system_freezable_power_efficient_wq;
extern struct workqueue_struct *system_bh_wq;
extern struct workqueue_struct *system_bh_highpri_wq;

/**
 * alloc_workqueue - make a queue
 * @fmt: printf format of its name, for dumps; cut to WQ_NAME_LEN - 1 characters
 * @flags: WQ_*
 * @max_active: how many of its works may run at once on each CPU (unbound: in all);
 *	0: WQ_DFL_ACTIVE; above WQ_MAX_ACTIVE: that, with a message
 * @...: arguments of @fmt
 *
 * Context: task, may sleep. Lifetime: until destroy_workqueue().
 * Return: the queue; NULL when there is no memory, or WQ_BH is combined with what it cannot be.
 */
__printf(1, 4) struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags,
							 int max_active, ...);

/** alloc_ordered_workqueue - a queue that runs its works one at a time, in order, on any CPU */
#define alloc_ordered_workqueue(fmt, flags, args...) \
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, ##args)

/* The old API: a thread a CPU, and one thread. */
#define create_workqueue(name) \
	alloc_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, 1, (name))
#define create_freezable_workqueue(name) \
	alloc_workqueue("%s", __WQ_LEGACY | WQ_FREEZABLE | WQ_UNBOUND | WQ_MEM_RECLAIM, 1, (name))
#define create_singlethread_workqueue(name) \
	alloc_ordered_workqueue("%s", __WQ_LEGACY | WQ_MEM_RECLAIM, name)

/**
 * destroy_workqueue - finish what is queued, then free the queue
 * @wq: nobody queues on it any more but its own works; no timer of a delayed work is armed for it
 *
 * Context: task, may sleep.
 */
void destroy_workqueue(struct workqueue_struct *wq);
/**
 * workqueue_set_max_active - change the limit; 0: WQ_DFL_ACTIVE. Not for ordered queues.
 * Context: task.
 */
void workqueue_set_max_active(struct workqueue_struct *wq, int max_active);
/**
 * workqueue_set_min_active - accepted: there is one limit for all CPUs of an unbound queue.
 * Context: task.
 */
void workqueue_set_min_active(struct workqueue_struct *wq, int min_active);

/*
 * kernel/workqueue.c: put a work into a queue, on @cpu or here. PENDING is the caller's, interrupts
 * are off; they are restored to @irqflags. False: the work is disabled or the queue takes none; it is
 * left idle.
 */
bool __queue_work(int cpu, struct workqueue_struct *wq, struct work_struct *work,
		  unsigned long irqflags);
bool __queue_work_here(struct workqueue_struct *wq, struct work_struct *work,
		       unsigned long irqflags);

/**
 * queue_work_on - queue a work on a CPU
 * @cpu: a possible CPU, or WORK_CPU_UNBOUND for this one; unbound queues do not look at it
 * @wq: the queue
 * @work: the work
 *
 * A work that is running goes to the pool in which it runs, as long as @wq has works there.
 * Context: any but NMI. Return: true if it is newly queued, false if it was pending or is disabled.
 */
static __always_inline bool queue_work_on(int cpu, struct workqueue_struct *wq,
					  struct work_struct *work)
{
	unsigned long irqflags;

	local_irq_save(irqflags);
	/* Full barrier, whatever the answer; pairs with the xchg in run_work(). */
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(work))) {
		if (__builtin_constant_p(cpu) && cpu == WORK_CPU_UNBOUND)
			return __queue_work_here(wq, work, irqflags);
		return __queue_work(cpu, wq, work, irqflags);
	}
	local_irq_restore(irqflags);
	return false;
}

/** queue_work_node - queue_work_on() some CPU of a NUMA node: here the only one */
bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work);

/**
 * queue_work - queue a work on this CPU
 * @wq: the queue
 * @work: the work
 *
 * What was stored before the call is seen by the function, whatever the answer.
 * Context: any but NMI. Return: true if it is newly queued, false if it was pending or is disabled.
 */
static __always_inline bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work_on(WORK_CPU_UNBOUND, wq, work);
}

/**
 * queue_delayed_work_on - queue a work on a CPU after a delay
 * @cpu: where the timer and then the function run; WORK_CPU_UNBOUND: here
 * @wq: the queue
 * @dwork: the work
 * @delay: jiffies; 0: at once, without a timer
 *
 * Context: any but NMI. Return: true if it is newly queued, false if it was pending (then it keeps
 * its time) or is disabled.
 */
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay);
/**
 * mod_delayed_work_on - the same, but a pending work gets the new time
 * @cpu: as above
 * @wq: the queue
 * @dwork: the work; if it has reached the queue, it is taken off again
 * @delay: jiffies; 0: queue it now
 *
 * Context: any but NMI. Return: true if it was pending, false if it was idle.
 */
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay);

/** queue_delayed_work - queue_delayed_work_on() this CPU */
static inline bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
				      unsigned long delay)
{
	return queue_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

/** mod_delayed_work - mod_delayed_work_on() this CPU */
static inline bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
				    unsigned long delay)
{
	return mod_delayed_work_on(WORK_CPU_UNBOUND, wq, dwork, delay);
}

/** schedule_work - queue_work() on system_wq; likewise the others */
static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

/** schedule_work_on - the same, on @cpu */
static inline bool schedule_work_on(int cpu, struct work_struct *work)
{
	return queue_work_on(cpu, system_wq, work);
}

/**
 * schedule_delayed_work, schedule_delayed_work_on - in the system queue, @delay jiffies from now
 */
static inline bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work(system_wq, dwork, delay);
}

static inline bool schedule_delayed_work_on(int cpu, struct delayed_work *dwork,
					    unsigned long delay)
{
	return queue_delayed_work_on(cpu, system_wq, dwork, delay);
}

/**
 * flush_work - wait until a work that is queued or running has ended
 * @work: set up; what is queued later than this call is not waited for
 *
 * From the work's own function it is reported and does nothing. Context: task, may sleep.
 * Return: true if it waited, false if the work was idle (an armed timer is idle, too).
 */
bool flush_work(struct work_struct *work);
/**
 * flush_delayed_work - the same; if the timer is armed the work is queued now.
 * Context: task, may sleep.
 */
bool flush_delayed_work(struct delayed_work *dwork);

/**
 * cancel_work - take a work off its queue; it may be running.
 * Context: any but NMI. Return: whether it was pending.
 */
bool cancel_work(struct work_struct *work);
/**
 * cancel_work_sync - take a work off its queue and wait until it does not run
 * @work: set up. On return it is idle, unless somebody queues it anew.
 *
 * Meanwhile it cannot be queued, not even by its function. Several may cancel at once; all return
 * after the function has ended. From the work's own function it is reported, and does not wait.
 * Context: task, may sleep (works of WQ_BH queues: any but hard IRQ). Return: whether it was
 * pending.
 */
bool cancel_work_sync(struct work_struct *work);
/**
 * cancel_delayed_work, cancel_delayed_work_sync - the same of a delayed work, whose timer is
 * stopped
 */
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);

/**
 * disable_work - cancel_work(), and queueing it does nothing until it is enabled as often
 * @work: the work; up to 65,535 deep
 *
 * Context: any but NMI. Return: whether it was pending.
 */
bool disable_work(struct work_struct *work);
/** disable_work_sync - the same, and it does not run on return. Context: as cancel_work_sync(). */
bool disable_work_sync(struct work_struct *work);
/**
 * enable_work - undo one disable
 * @work: disabled; one that is not is reported, and taken off its queue
 *
 * Context: any but NMI. Return: whether it can be queued now.
 */
bool enable_work(struct work_struct *work);
bool disable_delayed_work(struct delayed_work *dwork);
bool disable_delayed_work_sync(struct delayed_work *dwork);
bool enable_delayed_work(struct delayed_work *dwork);

/**
 * enable_and_queue_work - enable, and queue if that was the last. Return: whether it is enabled.
 * Context: any but NMI.
 */
static inline bool enable_and_queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	if (!enable_work(work))
		return false;
	queue_work(wq, work);
	return true;
}

/**
 * __flush_workqueue - wait for all works queued on @wq before this call.
 * Context: task, may sleep.
 */
void __flush_workqueue(struct workqueue_struct *wq);
#define flush_workqueue(wq)	__flush_workqueue(wq)
#define flush_scheduled_work()	__flush_workqueue(system_wq)
/**
 * drain_workqueue - the same, and also for works that these queue; others may not queue.
 * Context: task.
 */
void drain_workqueue(struct workqueue_struct *wq);

/** work_busy - WORK_BUSY_* bits of a work; stale at once. Context: any but NMI. */
unsigned int work_busy(struct work_struct *work);
/**
 * workqueue_congested - whether works of @wq wait for a place below max_active; stale at once.
 * Context: any.
 */
bool workqueue_congested(int cpu, struct workqueue_struct *wq);
/** current_work - the work whose function the caller is, or NULL, also in WQ_BH works. Context: any. */
struct work_struct *current_work(void);
/** current_is_workqueue_rescuer - false: there are no rescuers yet */
bool current_is_workqueue_rescuer(void);
/** set_worker_desc - say what the running work is about, for dumps. Context: a work's function. */
__printf(1, 2) void set_worker_desc(const char *fmt, ...);
/** print_worker_info - print what @task does if it is a worker at work. Context: any but NMI. */
void print_worker_info(const char *log_lvl, struct task_struct *task);
/** show_all_workqueues - print queues that have works, and busy pools. Context: any but NMI. */
void show_all_workqueues(void);
/** show_one_workqueue - print one queue. Context: any but NMI. */
void show_one_workqueue(struct workqueue_struct *wq);

/**
 * schedule_on_each_cpu - run @func on every online CPU, and wait.
 * Context: task. Return: 0 or -ENOMEM.
 */
int schedule_on_each_cpu(work_func_t func);
/**
 * work_on_cpu - run @fn on @cpu in a worker, and wait.
 * Context: task, may sleep. Return: what @fn returned.
 */
long work_on_cpu(int cpu, long (*fn)(void *arg), void *arg);
/** work_on_cpu_safe - the same, unless @cpu is offline: -ENODEV; it does not go meanwhile */
long work_on_cpu_safe(int cpu, long (*fn)(void *arg), void *arg);

/* For execute_in_process_context(). */
struct execute_work {
	struct work_struct work;
};
/**
 * execute_in_process_context - call @fn now if that is in task context (0), else queue it (1).
 * Context: any but NMI.
 */
int execute_in_process_context(work_func_t fn, struct execute_work *ew);

/** workqueue_init_early - works can be queued from now on. Boot CPU, interrupts off, once. */
void workqueue_init_early(void);
/** workqueue_init - the first workers: works run from now on. Task, once. */
void workqueue_init(void);

#endif
