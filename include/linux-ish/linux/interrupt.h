/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a driver needs of interrupts: a handler on a line, softirqs, tasklets.
 *
 * Follows Linux 6.12, include/linux/interrupt.h; Linux Device Drivers, chapters 7 and 10.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/kernel.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/irqreturn.h>
#include <linux/irqnr.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/atomic.h>
#include <linux/kref.h>
#include <linux/workqueue_types.h>

/* How the line behaves. No trigger bit: as it is set up already. */
#define IRQF_TRIGGER_NONE	0x00000000
#define IRQF_TRIGGER_RISING	0x00000001
#define IRQF_TRIGGER_FALLING	0x00000002
#define IRQF_TRIGGER_HIGH	0x00000004
#define IRQF_TRIGGER_LOW	0x00000008
#define IRQF_TRIGGER_MASK	(IRQF_TRIGGER_HIGH | IRQF_TRIGGER_LOW | \
				 IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING)
#define IRQF_TRIGGER_PROBE	0x00000010

#define IRQF_SHARED		0x00000080	/* the line may have other handlers, which say so too */
#define IRQF_PROBE_SHARED	0x00000100	/* a sharing mismatch is no surprise: no message */
#define __IRQF_TIMER		0x00000200
#define IRQF_PERCPU		0x00000400	/* each CPU has its own line of this number */
#define IRQF_NOBALANCING	0x00000800
#define IRQF_IRQPOLL		0x00001000
#define IRQF_ONESHOT		0x00002000	/* masked until the thread is done */
#define IRQF_NO_SUSPEND		0x00004000
#define IRQF_FORCE_RESUME	0x00008000
#define IRQF_NO_THREAD		0x00010000
#define IRQF_EARLY_RESUME	0x00020000
#define IRQF_COND_SUSPEND	0x00040000
#define IRQF_NO_AUTOEN		0x00080000	/* stays disabled until enable_irq() */
#define IRQF_NO_DEBUG		0x00100000
#define IRQF_COND_ONESHOT	0x00200000
#define IRQF_TIMER		(__IRQF_TIMER | IRQF_NO_SUSPEND | IRQF_NO_THREAD)

#define IRQ_NOTCONNECTED	(1U << 31)

/** A handler. Context: hard IRQ, interrupts off, and must not sleep; in its thread: task, may sleep. */
typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

/**
 * struct irqaction - one handler on a line
 * @handler: called for each interrupt of the line
 * @dev_id: its argument, and its name for free_irq()
 * @next: the next handler on a shared line
 * @irq: the line
 * @flags: IRQF_*
 * @name: the device, for people
 * @percpu_dev_id: instead of @dev_id, on a line of request_percpu_irq(): one for each CPU
 * @thread_fn: what the thread calls, or NULL
 * @thread: it, or NULL
 * @secondary: forced threading: the thread that the handler had asked for itself, or NULL
 * @thread_flags: IRQTF_* of kernel/irq/internals.h
 * @thread_mask: its bit among the threads for which the line stays masked; 0: none
 */
struct irqaction {
	irq_handler_t handler;		/* I */
	void *dev_id;			/* I */
	struct irqaction *next;		/* desc->lock to write; handlers walk it while INPROGRESS */
	unsigned int irq;		/* I */
	unsigned int flags;		/* I, once it is on its line */
	const char *name;		/* I */
	void __percpu *percpu_dev_id;	/* I */
	irq_handler_t thread_fn;	/* I */
	struct task_struct *thread;	/* I: with a reference */
	struct irqaction *secondary;	/* I */
	unsigned long thread_flags;	/* A */
	unsigned long thread_mask;	/* I, once it is on its line */
};

/**
 * request_threaded_irq - put a handler on a line, with a thread for what takes longer, and enable it
 * @irq: the line
 * @handler: called in hard-IRQ context with @irq and @dev; IRQ_WAKE_THREAD as its answer makes the
 *	thread run. NULL: only the thread; that needs IRQF_ONESHOT, or a chip with IRQCHIP_ONESHOT_SAFE
 * @thread_fn: called in the thread with @irq and @dev, once or more for each time it was asked for; may
 *	sleep. NULL: no thread
 * @flags: IRQF_*; sharing needs IRQF_SHARED from all, a @dev, and the same IRQF_ONESHOT
 * @name: for people; must live as long as the handler is there
 * @dev: passed to both; identifies them among sharers
 *
 * The thread is SCHED_FIFO at 50, called irq/N-name, and runs where the line may fire. With IRQF_ONESHOT a
 * level line stays masked until it is done. With "threadirqs" on the command line handlers run in a
 * thread, too, but for IRQF_NO_THREAD, IRQF_PERCPU and IRQF_ONESHOT.
 *
 * Context: task, may sleep. The handler may be called before this returns.
 * Return: 0; -EINVAL for a bad number, no function at all, or flags that contradict; -EBUSY when the line
 * has a handler that does not share with this one; -ENOTCONN for IRQ_NOTCONNECTED; -ENOMEM; -ENOSYS when
 * the machine has no such line; or what its chip said of the trigger type.
 */
int __must_check request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
				      unsigned long flags, const char *name, void *dev);

/** request_irq - request_threaded_irq() without a thread; joins a one-shot line, too. */
static inline int __must_check request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
					   const char *name, void *dev)
{
	return request_threaded_irq(irq, handler, NULL, flags | IRQF_COND_ONESHOT, name, dev);
}

/* What request_any_context_irq() found the line to be. */
enum {
	IRQC_IS_HARDIRQ = 0,
	IRQC_IS_NESTED,
};

/**
 * request_any_context_irq - request_irq() for a handler that may run in a hard interrupt or in a thread
 * @irq: the line
 * @handler: also called in the thread of the line that this one is nested in
 * @flags: as for request_irq()
 * @name: for people
 * @dev: as for request_irq()
 *
 * Context: task, may sleep. Return: IRQC_IS_HARDIRQ, IRQC_IS_NESTED, or an error of request_irq()'s.
 */
int __must_check request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
					 const char *name, void *dev);

struct device;

/**
 * devm_request_threaded_irq, devm_request_irq, devm_request_any_context_irq - and freed with the driver
 *
 * The same without devm_, and free_irq() when the driver leaves @dev. @name may be NULL: the device's.
 * Context: task, may sleep. Return: as without devm_; or -ENOMEM.
 */
int __must_check devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
					   irq_handler_t thread_fn, unsigned long flags, const char *name,
					   void *dev_id);
int __must_check devm_request_any_context_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
					      unsigned long flags, const char *name, void *dev_id);
static inline int __must_check devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
						unsigned long flags, const char *name, void *dev_id)
{
	return devm_request_threaded_irq(dev, irq, handler, NULL, flags | IRQF_COND_ONESHOT, name, dev_id);
}
/** devm_free_irq - free_irq(), earlier than the driver leaves. What @dev does not have is reported. */
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id);

/**
 * irq_wake_thread - make the thread of a handler run, as if the handler had asked for it
 * @irq: the line
 * @dev: what request_threaded_irq() was given; nothing happens without such a handler, or a thread
 *
 * Context: any but NMI.
 */
void irq_wake_thread(unsigned int irq, void *dev);

/**
 * __request_percpu_irq - put a handler on a line of which each CPU has its own
 * @irq: the line; irq_set_percpu_devid()
 * @handler: called in hard-IRQ context with @irq and the CPU's own @dev
 * @flags: 0 or IRQF_TIMER
 * @name: for people
 * @dev: a per-CPU variable
 *
 * It is enabled nowhere yet. Context: task, may sleep. Return: 0; -EINVAL when the line is none of this kind,
 * or an argument is wrong; -EBUSY when somebody has it; -ENOSYS when it has no controller; -ENOMEM.
 */
int __must_check __request_percpu_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
				      const char *name, void __percpu *dev);
/** request_percpu_irq - the same without flags */
static inline int __must_check request_percpu_irq(unsigned int irq, irq_handler_t handler, const char *name,
						  void __percpu *dev)
{
	return __request_percpu_irq(irq, handler, 0, name, dev);
}
/**
 * free_percpu_irq - take it off again
 * @irq: the line, which every CPU has disabled; else that is reported, and nothing happens
 * @dev: what request_percpu_irq() was given
 *
 * Context: task, interrupts on. On return the handler runs nowhere.
 */
void free_percpu_irq(unsigned int irq, void __percpu *dev);
/**
 * enable_percpu_irq - let this CPU's line fire; no depth
 * @irq: the line
 * @type: IRQ_TYPE_*; IRQ_TYPE_NONE: as it is
 *
 * Context: any but NMI, on the CPU that is meant; it cannot be moved meanwhile.
 */
void enable_percpu_irq(unsigned int irq, unsigned int type);
/** disable_percpu_irq, irq_percpu_is_enabled - the opposite; and whether it is enabled. Context: as above. */
void disable_percpu_irq(unsigned int irq);
bool irq_percpu_is_enabled(unsigned int irq);

/** force_irqthreads - whether "threadirqs" was said. Context: any. */
bool force_irqthreads(void);
/** no_action - a handler that does nothing. Return: IRQ_NONE. */
irqreturn_t no_action(int irq, void *dev);

/**
 * free_irq - take a handler off its line; the last one shuts the line down
 * @irq: the line
 * @dev: what request_irq() was given
 *
 * It waits for all handlers and threads of the line, those of others that share it included.
 *
 * Context: task, may sleep; neither from a handler of the line nor from its thread. On return neither the handler
 * nor its thread is running, nor ever will; but of a line with the per-CPU flow (IRQF_PERCPU) nobody knows on which
 * CPUs its handler runs: its device has to be silent before.
 * Return: the name given to request_irq(), or NULL with a warning when there is no such handler.
 */
const void *free_irq(unsigned int irq, void *dev);

/**
 * disable_irq_nosync - no more handler calls on this line, from now on; does not wait for a running one
 * @irq: the line
 *
 * Context: any but NMI; task for a chip behind a slow bus. Nests with enable_irq(). Lazy: the chip is masked when
 * the line next fires.
 */
void disable_irq_nosync(unsigned int irq);
/**
 * disable_irq - disable_irq_nosync(), then wait until no handler and no thread of the line runs
 * @irq: the line
 *
 * Context: task, may sleep; not the line's thread, nor with anything held that its handlers need.
 */
void disable_irq(unsigned int irq);
/**
 * disable_hardirq - disable_irq_nosync(), then wait until no hard handler of the line runs
 *
 * Context: as of disable_irq_nosync(), but not a handler of the line. Return: true when no thread is active.
 */
bool disable_hardirq(unsigned int irq);
/**
 * enable_irq - undo one disable; the last one lets the line fire, and replays an edge that came meanwhile
 * @irq: the line
 *
 * Context: any but NMI; task for a chip behind a slow bus. An unbalanced call is reported and ignored.
 */
void enable_irq(unsigned int irq);

/** irq_has_action - whether a handler is installed. Context: any; stale at once unless the caller knows. */
bool irq_has_action(unsigned int irq);

/* What can be asked of a controller, or told it: irq_get_irqchip_state(). */
enum irqchip_irq_state {
	IRQCHIP_STATE_PENDING,		/* it has fired, and was not taken yet */
	IRQCHIP_STATE_ACTIVE,		/* taken, and not ended yet */
	IRQCHIP_STATE_MASKED,
	IRQCHIP_STATE_LINE_LEVEL,	/* the line itself is high */
};

/**
 * struct irq_affinity_desc - where a new line may go
 * @mask: CPUs
 * @is_managed: the kernel has chosen them, and people cannot change them
 */
struct irq_affinity_desc {
	struct cpumask mask;
	unsigned int is_managed : 1;
};

#define IRQ_AFFINITY_MAX_SETS	4

/**
 * struct irq_affinity - how a device's lines are to be spread over CPUs: pci_alloc_irq_vectors_affinity()
 * @pre_vectors: so many at the beginning are not
 * @post_vectors: nor so many at the end
 * @nr_sets: how many sets there are, each of which has all CPUs; by @calc_sets
 * @set_size: their sizes, one behind the other; by @calc_sets
 * @calc_sets: told how many there are to spread, perhaps none, and says so; NULL: one set of all
 * @priv: the driver's
 */
struct irq_affinity {
	unsigned int pre_vectors;
	unsigned int post_vectors;
	unsigned int nr_sets;
	unsigned int set_size[IRQ_AFFINITY_MAX_SETS];
	void (*calc_sets)(struct irq_affinity *affd, unsigned int nvecs);
	void *priv;
};

/**
 * irq_create_affinity_masks - masks for the lines of one device
 * @nvecs: how many lines
 * @affd: how; its sets are filled in
 *
 * Context: task, may sleep. Return: @nvecs of them, for __irq_alloc_descs() and then kfree(); NULL if there is
 * nothing to spread, or no memory.
 */
struct irq_affinity_desc *irq_create_affinity_masks(unsigned int nvecs, struct irq_affinity *affd);
/**
 * irq_calc_affinity_vectors - how many lines there is a use for
 * @minvec, @maxvec: the device works with so many
 * @affd: how they would be spread
 *
 * Context: any. Return: @maxvec, or less when there are less CPUs; 0 if @minvec are not even those that are
 * not spread.
 */
unsigned int irq_calc_affinity_vectors(unsigned int minvec, unsigned int maxvec,
				       const struct irq_affinity *affd);

/* ---- Steering: kernel/irq/affinity.c */

/**
 * irq_set_affinity - send a line to other CPUs
 * @irq: the line
 * @mask: of them; one that is online at least
 *
 * What is on its way to the old one is not lost. The line's thread follows. A chip that can do it only in the
 * line's interrupt does it then.
 *
 * Context: any but NMI. Return: 0; -EINVAL if there is no such line or CPU, or the chip knows one CPU only; or
 * what the chip said.
 */
int irq_set_affinity(unsigned int irq, const struct cpumask *mask);
/** irq_force_affinity - the same, to CPUs that need not be online yet */
int irq_force_affinity(unsigned int irq, const struct cpumask *mask);
/** irq_can_set_affinity - whether the line can be sent elsewhere, by whoever balances. Context: any. */
int irq_can_set_affinity(unsigned int irq);

/**
 * irq_update_affinity_hint - a driver says where its line had best go; nobody acts upon it but people
 * @irq: the line
 * @m: CPUs; must live until it is replaced or taken away by NULL
 *
 * It is taken away before the handler is freed. Context: any but NMI. Return: 0, or -EINVAL for a bad number, or a
 * line that each CPU has for itself.
 */
int irq_update_affinity_hint(unsigned int irq, const struct cpumask *m);
/** irq_set_affinity_and_hint - the same, and move it there if that can be done */
int irq_set_affinity_and_hint(unsigned int irq, const struct cpumask *m);
/** irq_set_affinity_hint - an older name of irq_set_affinity_and_hint() */
static inline int irq_set_affinity_hint(unsigned int irq, const struct cpumask *m)
{
	return irq_set_affinity_and_hint(irq, m);
}

/**
 * struct irq_affinity_notify - a driver that wants to know where its line goes
 * @irq: the line
 * @kref: whose last reference calls @release
 * @work: calls @notify
 * @notify: told the mask, after a change. Context: task, may sleep
 * @release: nobody uses the notifier any more
 */
struct irq_affinity_notify {
	unsigned int irq;		/* I */
	struct kref kref;
	struct work_struct work;
	void (*notify)(struct irq_affinity_notify *notify, const struct cpumask *mask);	/* I */
	void (*release)(struct kref *ref);	/* I */
};

/**
 * irq_set_affinity_notifier - have a driver told where its line goes
 * @irq: the line
 * @notify: with @notify and @release set; NULL: no more. The one before is released
 *
 * Context: task, may sleep. Return: 0, or -EINVAL for a bad number.
 */
int irq_set_affinity_notifier(unsigned int irq, struct irq_affinity_notify *notify);

/* ---- Asking chips: kernel/irq/chip_state.c */

/**
 * irq_get_irqchip_state - what a controller knows of a line
 * @irq: the line
 * @which: what of it
 * @state: the answer
 *
 * Context: any but NMI, or task if the chip is behind a slow bus. Return: 0; -EINVAL if there is no such line, or no
 * chip of it knows; or what the chip said.
 */
int irq_get_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool *state);
/** irq_set_irqchip_state - tell it: pending, as if the device had asked. Context, return: as above. */
int irq_set_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool state);

/* ---- Probing: kernel/irq/autoprobe.c */

struct seq_file;
/** show_interrupts - a line of /proc/interrupts. @v: loff_t *, the number; NR_IRQS: what has none. Context: any but NMI. */
int show_interrupts(struct seq_file *p, void *v);

/**
 * probe_irq_on - listen to all lines that nobody uses
 *
 * Then make the device ask, and let probe_irq_off() or probe_irq_mask() say which line it was. One prober at
 * a time. Lines that fire by themselves are left out.
 *
 * Context: task, sleeps. Return: for the call that ends it; the lines below 32 that are silent, a bit each.
 */
unsigned long probe_irq_on(void);
/** probe_irq_off - end it. @val: of probe_irq_on(). Return: the line; 0: none fired; negative: several, the first */
int probe_irq_off(unsigned long val);
/** probe_irq_mask - end it. Return: of @val, the lines below 16 that have fired, a bit each */
unsigned int probe_irq_mask(unsigned long val);

/* Softirqs. Position is priority: lowest number first. */
enum {
	HI_SOFTIRQ = 0,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	BLOCK_SOFTIRQ,
	IRQ_POLL_SOFTIRQ,
	TASKLET_SOFTIRQ,
	SCHED_SOFTIRQ,
	HRTIMER_SOFTIRQ,
	RCU_SOFTIRQ,

	/* Linux ends here; the vector has 32 entries, and the rest is free for experiments. */
	NR_SOFTIRQS_LINUX,
	NR_SOFTIRQS = 32,
};

struct softirq_action {
	void (*action)(struct softirq_action *self);
};

extern const char * const softirq_to_name[NR_SOFTIRQS_LINUX];

void __open_softirq(int nr, void (*action)(void));

/**
 * open_softirq - give an entry of the softirq vector its action
 * @nr: the entry, below NR_SOFTIRQS
 * @action: void (*)(void), or the older void (*)(struct softirq_action *)
 *
 * Context: any; normally at init, before the first raise. The action runs in softirq context, on the
 * CPU that raised it, interrupts on, and may run on several CPUs at once. It must not sleep.
 */
#define open_softirq(nr, action)						\
	__open_softirq(nr, _Generic((action),				\
		void (*)(void): (void (*)(void))(action),		\
		void (*)(struct softirq_action *): (void (*)(void))(action)))

/** local_softirq_pending - this CPU's raised softirqs, a bit each. Context: any. */
#define local_softirq_pending()		this_cpu_read(__softirq_pending)
#define set_softirq_pending(mask)	this_cpu_write(__softirq_pending, mask)
#define or_softirq_pending(mask)	this_cpu_or(__softirq_pending, mask)

/**
 * __raise_softirq_irqoff - mark only: somebody else sees to it that it runs
 *
 * Context: interrupts off, or anything that in_interrupt() is true of.
 */
static __always_inline void __raise_softirq_irqoff(unsigned int nr)
{
	or_softirq_pending(1U << nr);
}

/* Make this CPU's ksoftirqd runnable. Context: interrupts off. */
void wakeup_softirqd(void);

/**
 * raise_softirq_irqoff - mark a softirq on this CPU; outside of interrupts ksoftirqd is woken for it
 * @nr: which
 *
 * In an interrupt, or with bottom halves off, the way out looks at the pending word. Otherwise nobody is
 * on the way, and the thread has to.
 *
 * Context: any, interrupts off.
 */
static __always_inline void raise_softirq_irqoff(unsigned int nr)
{
	__raise_softirq_irqoff(nr);
	if (!in_interrupt())
		wakeup_softirqd();
}

/* kernel/softirq.c: by a task that has bottom halves on. */
void raise_softirq_in_task(unsigned int nr);

/** raise_softirq - the same. Context: any. */
static __always_inline void raise_softirq(unsigned int nr)
{
	/* On the way already: no interrupt that comes here drains, so one instruction does. */
	if (likely(in_interrupt()))
		__raise_softirq_irqoff(nr);
	else
		raise_softirq_in_task(nr);
}

/** do_softirq - run what is pending on this CPU now; nothing in interrupt context. Context: task. */
void do_softirq(void);
/* The drain itself. Context: interrupts off, not in a softirq. */
void __do_softirq(void);

/** softirq_runs - how often @cpu has run softirq @nr since boot. Context: any. */
unsigned int softirq_runs(unsigned int nr, unsigned int cpu);

/* At boot: the vector; then, once there are tasks, a thread for each CPU. */
void softirq_init(void);
void spawn_ksoftirqd(void);

struct task_struct;
DECLARE_PER_CPU(struct task_struct *, ksoftirqd);
/** this_cpu_ksoftirqd - this CPU's ksoftirqd, NULL before it exists */
#define this_cpu_ksoftirqd()	this_cpu_read(ksoftirqd)
/**
 * struct tasklet_struct - a deferred function that never runs twice at once
 * @next: in the list of the CPU that scheduled it
 * @state: TASKLET_STATE_* bits; kernel/tasklet.c has the table of moves
 * @count: disable depth; 0 is enabled
 * @use_callback: @callback is valid, else @func
 * @home: the CPU that it is parked for
 * @func: the older form, with @data
 * @callback: the form that gets the tasklet itself
 * @data: for @func
 *
 * 40 bytes, as on Linux.
 */
struct tasklet_struct {
	struct tasklet_struct *next;
	unsigned long state;
	atomic_t count;
	bool use_callback;
	u16 home;
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data;
};

enum {
	TASKLET_STATE_SCHED,	/* it will run */
	TASKLET_STATE_RUN,	/* it runs */
	TASKLET_STATE_PARKED,	/* it will run once it is enabled; in no list */
	TASKLET_STATE_WAITED,	/* somebody sleeps until it is unscheduled or not running */
};

#define __TASKLET_OLD(name, fn, depth, value)				\
	struct tasklet_struct name = {					\
		.count = ATOMIC_INIT(depth), .func = (fn), .data = (value) }
#define __TASKLET_NEW(name, fn, depth)					\
	struct tasklet_struct name = {					\
		.count = ATOMIC_INIT(depth), .callback = (fn), .use_callback = true }
#define __TASKLET_2(name, fn)		__TASKLET_NEW(name, fn, 0)
#define __TASKLET_3(name, fn, data)	__TASKLET_OLD(name, fn, 0, data)
#define __TASKLET_DISABLED_2(name, fn)	__TASKLET_NEW(name, fn, 1)
#define __TASKLET_DISABLED_3(name, fn, data) __TASKLET_OLD(name, fn, 1, data)
#define __TASKLET_PICK(_1, _2, _3, macro, ...) macro

/**
 * DECLARE_TASKLET - define a tasklet: (name, callback), or as before 5.9 (name, func, data)
 */
#define DECLARE_TASKLET(...)	\
	__TASKLET_PICK(__VA_ARGS__, __TASKLET_3, __TASKLET_2, )(__VA_ARGS__)
#define DECLARE_TASKLET_DISABLED(...)	\
	__TASKLET_PICK(__VA_ARGS__, __TASKLET_DISABLED_3, __TASKLET_DISABLED_2, )(__VA_ARGS__)
#define DECLARE_TASKLET_OLD(name, fn)		__TASKLET_OLD(name, fn, 0, 0)
#define DECLARE_TASKLET_DISABLED_OLD(name, fn)	__TASKLET_OLD(name, fn, 1, 0)

/** from_tasklet - the object around a tasklet; @callback_tasklet is the callback's argument */
#define from_tasklet(var, callback_tasklet, member)	\
	container_of(callback_tasklet, typeof(*var), member)

/** tasklet_setup - make an idle, enabled tasklet of @t. Context: any; nobody else uses @t. */
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *));
/** tasklet_init - the older form of tasklet_setup(). Context: any; nobody else uses @t. */
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data);

#ifdef CONFIG_TASKLET

void __tasklet_schedule(struct tasklet_struct *t);
void __tasklet_hi_schedule(struct tasklet_struct *t);

/**
 * tasklet_schedule - make a tasklet run soon, once, in softirq context on this CPU
 * @t: the tasklet; it must stay until it has run
 *
 * Nothing happens when it is scheduled and has not started. While it runs: it runs once more after.
 * While it is disabled: it stays scheduled, and runs after the last enable.
 *
 * Context: any.
 */
static inline void tasklet_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		__tasklet_schedule(t);
}

/** tasklet_hi_schedule - the same, ahead of all that tasklet_schedule() was given. Context: any. */
static inline void tasklet_hi_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		__tasklet_hi_schedule(t);
}

/** tasklet_trylock - take the right to run; false when it runs elsewhere. Context: softirq. */
static inline bool tasklet_trylock(struct tasklet_struct *t)
{
	return !test_and_set_bit(TASKLET_STATE_RUN, &t->state);
}

/** tasklet_unlock - give that right back, and wake who waits for it. Context: softirq. */
void tasklet_unlock(struct tasklet_struct *t);
/** tasklet_unlock_wait - sleep until the tasklet is not running. Context: task, may sleep. */
void tasklet_unlock_wait(struct tasklet_struct *t);
/** tasklet_unlock_spin_wait - spin until it is not running. Context: any but the tasklet, not its CPU's IRQs. */
void tasklet_unlock_spin_wait(struct tasklet_struct *t);

/** tasklet_disable_nosync - it does not start any more; may still be running. Context: any. Nests. */
static inline void tasklet_disable_nosync(struct tasklet_struct *t)
{
	atomic_inc(&t->count);
	smp_mb__after_atomic();
}

/** tasklet_disable - it does not start any more, and is not running. Context: task, may sleep. Nests. */
static inline void tasklet_disable(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_wait(t);
	smp_mb();
}

/** tasklet_disable_in_atomic - the same, spinning. Context: any but the tasklet itself. */
static inline void tasklet_disable_in_atomic(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_spin_wait(t);
	smp_mb();
}

/* kernel/tasklet.c: the last enable of a parked tasklet. */
void tasklet_unpark(struct tasklet_struct *t);

/**
 * tasklet_enable - undo one disable; after the last, a tasklet scheduled meanwhile runs once
 * @t: the tasklet
 *
 * Context: any.
 */
static inline void tasklet_enable(struct tasklet_struct *t)
{
	/* Full barrier between count and PARKED; pairs with the one in tasklet_park(). */
	if (atomic_dec_and_test(&t->count) && test_bit(TASKLET_STATE_PARKED, &t->state))
		tasklet_unpark(t);
}

/**
 * tasklet_kill - wait until the tasklet has run if it was scheduled, and is not running
 * @t: the tasklet; nobody schedules it any more
 *
 * Context: task, may sleep; not from the tasklet. A disabled one that is scheduled is reported by
 * name, and waited for until somebody enables it.
 */
void tasklet_kill(struct tasklet_struct *t);

/* kernel/tasklet.c, at boot. */
void tasklet_softirq_init(void);

#else
/* No tasklets, and nothing of them at boot. */
static inline void tasklet_softirq_init(void) { }
#endif /* CONFIG_TASKLET */

#endif
