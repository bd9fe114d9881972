/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tasks, and what one may ask of the scheduler.
 *
 * What
 *	A task is a stack, a saved machine state, and a struct task_struct. The scheduler (kernel/sched/)
 *	runs one on each CPU. A task that must wait says so in its state, looks once more whether what
 *	it waits for has come, and calls schedule(); whoever makes it come wakes the task:
 *
 *		waiter					waker
 *		set_current_state(TASK_...)		condition = true
 *		if (!condition)				wake_up_process(waiter)
 *			schedule()
 *		__set_current_state(TASK_RUNNING)
 *
 *	set_current_state() is a full barrier between the state and the condition, and a wake-up one
 *	between the condition and the state: one of the two sees the other. <linux/wait.h>,
 *	<linux/completion.h> and <linux/mutex.h> are made of this, and are what most callers want.
 *
 * Contexts
 *	schedule() and what calls it: task context, interrupts on, nothing held that spins.
 *	Wake-ups: any context but NMI.
 *
 * States of p->__state		who moves it			how
 *	RUNNING -> any other	the task			plain store and full barrier
 *	any other -> RUNNING	the task, or a waker		a waker under the task's run-queue lock, if
 *								the state is among those that it wakes
 *	RUNNING -> DEAD		the task, for ever		under its run-queue lock
 *
 * Differs from Linux
 *	need-resched lives in preempt_count only (<linux/preempt.h>). No signals. SCHED_NORMAL, SCHED_FIFO
 *	and SCHED_RR only; other policies are refused with -EINVAL.
 *
 * Tests
 *	tests/boot/sched_test.c, tests/scenario/wakeup.c
 */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/lockdep_types.h>
#include <linux/rbtree_types.h>
#include <linux/sched/prio.h>
#include <linux/sched/types.h>
#include <asm/barrier.h>
#include <asm/current.h>
#include <asm/processor.h>
#include <arch-impl/thread.h>

/* Task states, bits of __state; RUNNING is none of them: it runs or wants to. */
#define TASK_RUNNING		0x0000
#define TASK_INTERRUPTIBLE	0x0001
#define TASK_UNINTERRUPTIBLE	0x0002
#define TASK_PARKED		0x0040
#define TASK_DEAD		0x0080
#define TASK_WAKEKILL		0x0100
#define TASK_NOLOAD		0x0400

#define TASK_KILLABLE		(TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_IDLE		(TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
/* What wake_up_process() wakes. */
#define TASK_NORMAL		(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
#define TASK_ANY		0xffff

/* Policies, with Linux's numbers. */
#define SCHED_NORMAL		0
#define SCHED_FIFO		1
#define SCHED_RR		2
#define SCHED_BATCH		3
#define SCHED_IDLE		5
#define SCHED_DEADLINE		6

/* Bits of task->flags, with Linux's numbers. */
#define PF_IDLE			0x00000002	/* an idle task */
#define PF_EXITING		0x00000004	/* on its way to TASK_DEAD */
#define PF_WQ_WORKER		0x00000020	/* a workqueue's worker */
#define PF_MEMALLOC		0x00000800	/* may use the last of memory */
#define PF_NOFREEZE		0x00008000	/* accepted; nothing freezes tasks here */
#define PF_KTHREAD		0x00200000	/* made by kthread_create() */
#define PF_NO_SETAFFINITY	0x04000000	/* bound by its maker: on Linux, users cannot change that */

#define TASK_COMM_LEN		16

struct rq;
struct task_struct;

/**
 * struct sched_hooks - what a kind of task wants to hear from the scheduler
 * @sleeping: the task is in schedule() and not TASK_RUNNING; preemption off, interrupts on. It may wake
 *	others, but must not sleep. A wake-up may still come before the task is gone.
 * @running: the task is back after such a schedule(), whether or not it really slept; preemption off,
 *	interrupts on
 * @tick: a timer tick found the task running; hard IRQ. May be NULL.
 *
 * Preemption is not told. The task itself sets p->sched_hooks, and may clear it.
 */
struct sched_hooks {
	void (*sleeping)(struct task_struct *p);
	void (*running)(struct task_struct *p);
	void (*tick)(struct task_struct *p);
};

/*
 * Marks:
 *	I	set before the task first runs, then read-only
 *	S	written by the task itself only
 *	R	the task's run-queue lock (kernel/sched/sched.h: task_rq_lock())
 *	G	tasklist_lock (kernel/sched/task.c)
 *	A	atomic
 */
struct task_struct {
	/* What a wake-up and a switch touch comes first. */
	struct rq		*rq;		/* R: where it runs or last ran; NULL while it is moved */
	unsigned int		__state;	/* S, and R by wakers; see above */
	union {
		struct {
			u8	on_rq;		/* R: runnable: it is running, or in a queue of rq */
			u8	choose_cpu;	/* R: a wake-up chooses a CPU: it may use several, or not its last */
		};
		u16		not_just_asleep; /* R: both, for the wake-up's one look */
	};
	int			prio;		/* R: in effect now; <linux/sched/prio.h> */
	int			nr_cpus_allowed; /* R */
	unsigned int		cpu;		/* R: number of rq's CPU */
	u64			vruntime;	/* R: weighted time it has had; kernel/sched/fair.c */
	u64			vtime_factor;	/* R: virtual time per time, 2^20 for nice 0 */
	u64			sum_exec_runtime; /* R: nanoseconds it has run */
	unsigned long		nvcsw;		/* R: switches away because it waited */
	unsigned long		nivcsw;		/* R: because another was more urgent */
	union {
		struct rb_node		fair_node;	/* R: in rq->fair */
		struct list_head	rt_node;	/* R: in rq->rt */
	};
	const struct sched_hooks *sched_hooks;	/* S */
	unsigned int		flags;		/* S, I: PF_... */
	struct arch_thread	thread;		/* the switch, on the CPU that runs it */

	void			*stack;		/* I: its lowest address */
	unsigned long		wait_ip;	/* S: where it last called schedule() */
	void			*kthread;	/* I: struct kthread of kernel/kthread.c, or NULL */
	cpumask_t		cpus_mask;	/* R: where it may run */
	const cpumask_t		*cpus_ptr;	/* I: to that, for those who only read it */
	unsigned int		policy;		/* R: SCHED_... */
	unsigned int		rt_priority;	/* R: 1..99, 0 when ordinary */
	int			static_prio;	/* R: 120 + nice, kept while real-time */
	int			normal_prio;	/* R: prio, but for what waiters lend it */
	u64			rr_start;	/* R: sum_exec_runtime when its turn began (SCHED_RR) */
	bool			in_iowait;	/* S */
	int			exit_code;	/* S */
	pid_t			pid;		/* I: 0 for idle tasks */
	atomic_t		usage;		/* A: references; <linux/sched/task.h> */
	char			comm[TASK_COMM_LEN]; /* G to write; readers may see half a new name */
	void			(*entry)(void);	/* I: what it runs */
	void			(*cleanup)(struct task_struct *p); /* I: when the structure goes, or NULL */
	struct list_head	tasks;		/* G: all tasks but the idle ones */
	struct lock_task	held;		/* S: locks that it holds, in debug builds */
};

extern struct task_struct init_task;

/** task_pid_nr, task_tgid_nr - the number of a task. Context: any. */
static __always_inline pid_t task_pid_nr(const struct task_struct *p) { return p->pid; }
static __always_inline pid_t task_tgid_nr(const struct task_struct *p) { return p->pid; }
/** is_idle_task - whether @p is what a CPU runs when nobody wants it. Context: any. */
static __always_inline bool is_idle_task(const struct task_struct *p) { return p->flags & PF_IDLE; }
/** rt_task - whether @p is ahead of all ordinary tasks now */
static __always_inline bool rt_task(const struct task_struct *p) { return p->prio < MAX_RT_PRIO; }
/** task_nice - @p's nice value, -20 to 19, also while it is real-time */
static __always_inline int task_nice(const struct task_struct *p) { return PRIO_TO_NICE(p->static_prio); }
/** task_cpu - where @p runs or last ran; a stale answer unless @p cannot move */
static __always_inline unsigned int task_cpu(const struct task_struct *p) { return READ_ONCE(p->cpu); }
static __always_inline void *task_stack_page(const struct task_struct *p) { return p->stack; }
static __always_inline const char *get_task_comm_ptr(const struct task_struct *p) { return p->comm; }

/* ---- states ---- */

#define task_is_running(p)		(READ_ONCE((p)->__state) == TASK_RUNNING)
#define get_current_state()		READ_ONCE(current->__state)
/** __set_current_state - without a barrier: for RUNNING, or where a lock orders it */
#define __set_current_state(state)	WRITE_ONCE(current->__state, (state))
/** set_current_state - the state, then a full barrier; pairs with that of a wake-up. Context: task. */
#define set_current_state(state)	smp_store_mb(current->__state, (state))
/**
 * set_special_state - for states that a wake-up must never undo by accident (PARKED, DEAD)
 * @state: the state
 *
 * A waker that has seen the state before is done when this returns. Context: task.
 */
void set_special_state(unsigned int state);
/** task_state_to_char - 'R', 'S', 'D', 'P', 'X' or 'I', as in Linux's task dump */
char task_state_to_char(const struct task_struct *p);

/* ---- giving the CPU away ---- */

/**
 * schedule - run others; if the state is not TASK_RUNNING, until somebody wakes the caller
 *
 * Context: task, interrupts on, preemption on. Anywhere else it is reported ("scheduling while atomic")
 * and survived: in an interrupt it returns at once with the state RUNNING.
 */
void schedule(void);
/** schedule_preempt_disabled - the same, called and returning with preempt_disable() in force once */
void schedule_preempt_disabled(void);
/** io_schedule - schedule() of a task that waits for a device, and is shown as such */
void io_schedule(void);
/** yield - let others of the same urgency run first. Context: task. */
void yield(void);
/* kernel/sched/core.c: the way out of an interrupt; interrupts are off, and are so on return. */
void preempt_schedule_irq(void);
void __cond_resched(void);
/* kernel/sched/debug.c */
void __might_sleep(const char *file, int line);

#define MAX_SCHEDULE_TIMEOUT	((long)(~0UL >> 1))

/**
 * schedule_timeout - schedule(), but no longer than that
 * @timeout: in jiffies; MAX_SCHEDULE_TIMEOUT: for ever
 *
 * The caller has set its state. With TASK_RUNNING it only yields.
 * Context: task. Return: jiffies that were left, 0 when the time was over.
 */
long schedule_timeout(long timeout);
long schedule_timeout_interruptible(long timeout);
long schedule_timeout_killable(long timeout);
long schedule_timeout_uninterruptible(long timeout);
long schedule_timeout_idle(long timeout);
long io_schedule_timeout(long timeout);

/**
 * cond_resched - run others if one is due, else go on
 *
 * For long loops, so that they do not hold up a kernel without preemption. The state is kept, too:
 * it does not go to sleep.
 * Context: task, may sleep. Return: 1 if others may have run, else 0.
 */
#define cond_resched() ({						\
	int __resched = should_resched();				\
	if (IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))			\
		__might_sleep(__FILE__, __LINE__);			\
	if (unlikely(__resched))					\
		__cond_resched();					\
	__resched;							\
})

/** cond_resched_lock - the same with spinlock @lock held, which is dropped and taken again if so */
#define cond_resched_lock(lock) ({					\
	int __dropped = need_resched();					\
	if (__dropped) {						\
		spin_unlock(lock);					\
		cond_resched();						\
		spin_lock(lock);					\
	}								\
	__dropped;							\
})

#define set_tsk_need_resched(p)	((void)(p), set_preempt_need_resched())
#define tif_need_resched()	need_resched()

/* ---- waking ---- */

/**
 * wake_up_process - make a sleeping task runnable
 * @p: in TASK_INTERRUPTIBLE or TASK_UNINTERRUPTIBLE, or just made by kthread_create()
 *
 * What the caller wrote before is seen by the task after it. Context: any but NMI. The caller makes
 * sure that @p exists. Return: 1 if the state was one of the two, 0 if nothing was to do.
 */
int wake_up_process(struct task_struct *p);
/** wake_up_state - the same for a task whose state is among the bits of @state */
int wake_up_state(struct task_struct *p, unsigned int state);

#define WF_SYNC		0x1	/* the waker is about to sleep: do not preempt it, stay on its CPU */

/* For wake functions of wait queues. */
int try_to_wake_up(struct task_struct *p, unsigned int state, int wake_flags);
static inline int default_wake_task(struct task_struct *p, unsigned int state, int wake_flags)
{
	return try_to_wake_up(p, state, wake_flags);
}

/* ---- where and how urgently ---- */

/**
 * set_cpus_allowed_ptr - say on which CPUs a task may run
 * @p: any task, sleeping or running; a bound thread, too, for whoever knows that it may go elsewhere
 * @mask: at least one of its CPUs is online
 *
 * On return @p does not run outside of @mask. Context: task, may sleep.
 * Return: 0; -EINVAL when no CPU of @mask is online, or @p is an idle task.
 */
int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *mask);
/** do_set_cpus_allowed - the same for a task that has not run yet; CPUs need not be online. Context: any. */
void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *mask);

/**
 * sched_setscheduler - set policy and priority of a task
 * @p: not an idle task
 * @policy: SCHED_NORMAL, SCHED_FIFO or SCHED_RR
 * @param: priority 1-99 for the last two, else 0
 *
 * Takes effect at once. Context: any but NMI. Return: 0, or -EINVAL.
 */
int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param);
int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param);
/** sched_set_fifo - SCHED_FIFO in the middle of the range, as interrupt threads are */
void sched_set_fifo(struct task_struct *p);
/** sched_set_fifo_low - SCHED_FIFO just above ordinary tasks */
void sched_set_fifo_low(struct task_struct *p);
/** sched_set_normal - SCHED_NORMAL with that nice value */
void sched_set_normal(struct task_struct *p, int nice);
/** set_user_nice - change the nice value (-20 most, 19 least); others are ignored, as on Linux */
void set_user_nice(struct task_struct *p, long nice);

/** idle_cpu - whether @cpu runs its idle task and nothing waits there; may be stale */
bool idle_cpu(unsigned int cpu);
/** task_curr - whether @p is running right now; may be stale */
bool task_curr(const struct task_struct *p);

/* ---- names and dumps ---- */

/** set_task_comm - name a task; cut to 15 characters */
void set_task_comm(struct task_struct *p, const char *name);
/** get_task_comm - copy the name into @buf, at least TASK_COMM_LEN bytes. Return: @buf. */
char *get_task_comm(char *buf, struct task_struct *p);
/**
 * show_state_filter - print the tasks in one of @states: [name], state, CPU, priority, where it waits
 * @states: TASK_* bits, those with TASK_NOLOAD left out; 0: all tasks
 *
 * Context: any.
 */
void show_state_filter(unsigned int states);
/** show_state - print all tasks. Context: any. */
static inline void show_state(void) { show_state_filter(0); }
/** sched_show_task - print one task as show_state() does. Context: any. */
void sched_show_task(struct task_struct *p);

/* ---- for the boot, the tick and the reschedule interrupt ---- */

/** sched_init - run queues; the caller becomes CPU 0's idle task. Boot CPU, interrupts off, once. */
void sched_init(void);
/** scheduler_tick - time has passed. Hard IRQ, interrupts off, HZ times a second on each CPU. */
void scheduler_tick(void);
/** scheduler_ipi - another CPU wants this one to look at its queue. Hard IRQ. */
void scheduler_ipi(void);
/** scheduler_running - whether the boot context has become an idle task: from then on all can sleep */
bool scheduler_running(void);

#endif
