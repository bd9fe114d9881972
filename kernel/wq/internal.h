/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Workqueues: what kernel/workqueue.c and kernel/wq/ share. Theory: kernel/workqueue.c.
 *
 * A struct workqueue_struct (a queue) has a struct pool_workqueue (pwq) for each pool that it uses;
 * a struct worker_pool has struct workers; all queues share the pools.
 *
 * Workers, pools and pwqs keep their type for ever: what is no longer used goes to a free list and
 * is used again as the same kind of thing. So a stale pointer to one, found without a lock, may be
 * followed to its pool's lock, and what it was found for is looked at again there.
 *
 * Marks:	L	the pool's lock
 *		LR	the pool's lock to write; read without it, by READ_ONCE()
 *		F	wq->flush_lock
 *		M	wq->mutex
 *		I	set before others can see it, then read-only
 */
#ifndef _KERNEL_WQ_INTERNAL_H
#define _KERNEL_WQ_INTERNAL_H

#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <bottomhalf/mark.h>

struct work_waiter;
struct worker_pool;
struct pool_workqueue;

/* Moves: kernel/workqueue.c. */
enum worker_state {
	WORKER_IDLE,		/* on pool->idle; its task sleeps, or is about to */
	WORKER_RUNNING,		/* woken, or at work: one of pool->nr_running */
	WORKER_ASLEEP,		/* at work, and its function sleeps */
	WORKER_APART,		/* at work and holds up nobody: unbound, CPU-intensive; managing */
	WORKER_DYING,		/* culled */
};

struct worker {
	/* One cache line for the hot path. */
	struct work_struct *current_work;	/* LR: the work whose function it calls, or NULL */
	work_func_t current_func;		/* L */
	unsigned long current_data;		/* L: the data word of current_work when it was queued */
	unsigned long off_queue_data;		/* I: the data word of a work that it runs */
	struct list_head scheduled;		/* L: works to run here after current_work */
	struct work_waiter *waiters;		/* L: who waits for the end of current_work */
	struct worker *next_idle;		/* L */

	enum worker_state state;		/* L */
	unsigned int ticks;			/* S, tick: timer ticks since current_work began */
	struct task_struct *task;		/* I; NULL in pools of softirq context */
	struct worker_pool *pool;		/* LR: constant while the worker lives */
	unsigned long idle_since;		/* L: jiffies */
	struct list_head node;			/* L: in pool->workers */
	unsigned int number;			/* I: in the pool: the ID of kworker/CPU:ID */
	unsigned int id;			/* I: in worker_table, for ever */
	const struct work_struct *desc_of;	/* S: what desc was said of */
	char desc[WORKER_DESC_LEN];		/* S: set_worker_desc() */
} ____cacheline_aligned;

/* pool->flags */
#define POOL_UNMANAGED	BIT(0)	/* unbound, or its CPU is not online: a thread for each work */
#define POOL_BH		BIT(1)	/* softirq context */

struct worker_pool {
	raw_spinlock_t lock;
	unsigned int nr_running;		/* L: workers in state RUNNING */
	struct worker *idle;			/* L: stack, the one that was idle last on top */
	struct list_head worklist;		/* L: works that wait for a worker */
	struct work_waiter *waiters;		/* L: who waits for works that are queued here */
	unsigned int nr_idle;			/* L */
	unsigned int nr_workers;		/* L: those in workers that are not DYING */
	unsigned int flags;			/* I, but for POOL_UNMANAGED: L */
	int cpu;				/* I: -1: unbound */
	int nice;				/* I */
	unsigned int id;			/* I: for names */

	struct worker *manager;			/* L: who makes a new worker just now */
	struct list_head workers;		/* L: all of them, by number */
	struct timer_list cull_timer;		/* its callback: kernel/wq/manager.c */
	/* I: have the first work that is queued run, and unlock. Returns true, for queue_work(). */
	bool (*wake_and_unlock)(struct worker_pool *pool, unsigned long irqflags);
	bool (*wake_here_and_unlock)(struct worker_pool *pool, unsigned long irqflags);	/* I: on @cpu */
} ____cacheline_aligned;

struct pool_workqueue {
	struct worker_pool *pool;		/* I */
	struct workqueue_struct *wq;		/* I; NULL in the free list */
	unsigned long queued_data;		/* L: the data word of a work that is queued now */
	int places;				/* L: for how many more works; see pwq_room() */
	bool closed;				/* L: only its own works may queue */
	unsigned int color;			/* L: of works that are queued now */
	int nr_in_flight[WORK_NR_COLORS];	/* L: works queued, waiting or running, by colour */
	unsigned int flush_mask;		/* L: bit c: somebody waits for colour c to go */
	bool apart;				/* L: its works do not hold up others */
	int max_active;				/* L */
	struct list_head inactive;		/* L: works that wait for a place */
	unsigned long nr_done;			/* L: works that have run since it was made */
	unsigned long nr_hogs;			/* L: works that took a CPU for long; hog.c */
} __aligned(1 << WORK_STRUCT_PWQ_SHIFT);

struct workqueue_struct {
	unsigned int flags;			/* A: WQ_*; changed under mutex */
	int max_active;				/* M */
	unsigned int nr_drainers;		/* M */
	bool reported;				/* that it refused a work; races are harmless */
	struct mutex mutex;			/* who starts a flush or drains */
	struct list_head list;			/* wq_list_lock: in workqueues */
	char name[WQ_NAME_LEN];			/* I */

	/* Flushes; kernel/wq/flush.c. */
	raw_spinlock_t flush_lock;
	unsigned long flush_first;		/* F, read without: oldest flush not over */
	unsigned long flush_next;		/* F: the flush that comes next */
	unsigned int flush_left[WORK_NR_COLORS]; /* F: pwqs that still have works of a colour */
	wait_queue_head_t flush_wait;

	struct pool_workqueue *pwqs[];		/* I: for each CPU; may be one for all */
};

/*
 * Works that are on the worklist, or run, take a place each: there are max_active. So that the one
 * who queues has one number to look at, a pwq that is closed has fewer than none.
 */
#define PWQ_CLOSED_PLACES	(1 << 30)
/* Works in softirq context run one after another anyhow: a place for each. */
#define PWQ_MAX_PLACES		(1 << 29)

/* How many places are free, closed or not; below 0 when max_active has shrunk. Lock held. */
static inline int pwq_room(const struct pool_workqueue *pwq)
{
	return pwq->places + (pwq->closed ? PWQ_CLOSED_PLACES : 0);
}

/* Works on the worklist, or running. Lock held. */
static inline int pwq_nr_active(const struct pool_workqueue *pwq)
{
	return pwq->max_active - pwq_room(pwq);
}

/* Lock held, or not public yet. */
static inline void pwq_set_max_active(struct pool_workqueue *pwq, int max_active)
{
	pwq->places += max_active - pwq->max_active;
	pwq->max_active = max_active;
}

/* Lock held. */
static inline void pwq_set_closed(struct pool_workqueue *pwq, bool closed)
{
	pwq->places += (pwq->closed - closed) * PWQ_CLOSED_PLACES;
	pwq->closed = closed;
}

/* Who waits for one run of one work; lives on its stack. */
struct work_waiter {
	struct work_waiter *next;		/* L */
	const struct work_struct *work;		/* I */
	struct completion done;
};

/* ---- kernel/workqueue.c ---- */

int worker_thread(void *worker);
/* A work that was active is gone from @pwq: start another one. */
void pwq_work_left(struct pool_workqueue *pwq);
/* max_active may have grown: start as many works that wait as there are places. Lock held. */
void activate_inactive(struct pool_workqueue *pwq);
void wake_idle_worker(struct worker_pool *pool);
bool wake_idle_worker_and_unlock(struct worker_pool *pool, unsigned long irqflags);
/* The worker whose work's function the caller is in, interrupts of it aside; or NULL. */
struct worker *current_worker(void);

static inline bool need_worker(const struct worker_pool *pool)
{
	return !list_empty(&pool->worklist) && !pool->nr_running;
}

/* Does a worker have to come? Then wake one. Lock held. */
static inline void kick_pool(struct worker_pool *pool)
{
	lockdep_assert_held(&pool->lock);
	if (need_worker(pool))
		wake_idle_worker(pool);
}

/* From RUNNING to APART: others may run meanwhile. Lock held; the caller kicks the pool. */
static inline void worker_leave_apart(struct worker *worker)
{
	if (worker->state != WORKER_RUNNING)
		return;
	worker->state = WORKER_APART;
	worker->pool->nr_running--;
}

/* And back. */
static inline void worker_rejoin(struct worker *worker)
{
	if (worker->state != WORKER_APART || worker->pool->flags & POOL_UNMANAGED)
		return;
	worker->state = WORKER_RUNNING;
	worker->pool->nr_running++;
}

/* ---- the data word ---- */

static inline struct pool_workqueue *data_pwq(unsigned long data)
{
	return (struct pool_workqueue *)(data & WORK_STRUCT_PWQ_MASK);
}

/* The one that the work which @worker runs, or ran last, was queued through. */
static inline struct pool_workqueue *worker_pwq(const struct worker *worker)
{
	return data_pwq(worker->current_data);
}

static inline unsigned int data_color(unsigned long data)
{
	return (data >> WORK_STRUCT_COLOR_SHIFT) & (WORK_NR_COLORS - 1);
}

/* ---- kernel/wq/pools.c ---- */

extern struct worker **worker_table;		/* I: by number; an entry is set once */

/* The worker that a work which is not queued names; never NULL. */
static inline struct worker *data_worker(unsigned long data)
{
	return worker_table[data >> WORK_OFFQ_WORKER_SHIFT];
}

/* Whether @worker is the one that calls @work's function. Its pool's lock held. */
static inline bool worker_runs(const struct worker *worker, const struct work_struct *work)
{
	return worker->current_work == work && worker->current_func == work->func;
}

/* The worker of @pool that calls @work's function, or NULL. Lock held. */
struct worker *find_worker_running(struct worker_pool *pool, const struct work_struct *work);

DECLARE_PER_CPU(struct worker_pool[2], cpu_pools);	/* normal, highpri */
extern struct worker_pool unbound_pools[2];

void pools_init(void);
/* The pool that serves works of queues with these flags on @cpu. */
struct worker_pool *pool_for(unsigned int flags, unsigned int cpu);
/* Call @fn for each pool there is. */
void for_each_pool(void (*fn)(struct worker_pool *pool, void *arg), void *arg);

struct worker *worker_slot_get(void);
/* Give a worker that lives elsewhere a number. At boot. */
void worker_slot_set(struct worker *worker);
void worker_slot_put(struct worker *worker);
struct pool_workqueue *pwq_get(struct workqueue_struct *wq, struct worker_pool *pool);
void pwq_put(struct pool_workqueue *pwq);

/*
 * Lock the pool where @work, not queued, last ran, if it still runs there, and return the worker;
 * or return NULL and lock nothing. Interrupts off.
 */
struct worker *lock_worker_running(struct work_struct *work, unsigned long data);

/* ---- kernel/wq/hotplug.c ---- */

/* @pool's CPU is not there: its workers run elsewhere, and each work has one of its own. */
void pool_unbind(struct worker_pool *pool);
void wq_hotplug_init(void);

/* Whether works of @pwq hold up others of their pool. The pool's lock held. */
static inline void pwq_refresh(struct pool_workqueue *pwq)
{
	pwq->apart = pwq->wq->flags & WQ_CPU_INTENSIVE || pwq->pool->flags & POOL_UNMANAGED;
}

/* ---- kernel/wq/manager.c ---- */

bool create_worker(struct worker_pool *pool);
void manage_pool(struct worker *worker);
void start_cull_timer(struct worker_pool *pool);
void cull_timer_fn(struct timer_list *timer);
void worker_end(struct worker *worker);

/* Idle workers up to this number stay; others go after so many jiffies (tests shorten it). */
#define WORKERS_KEPT_IDLE	2
/* Each is a wake-up with the lock held; the rest have their turn in the next tick. */
#define WORKERS_CULLED_AT_ONCE	32
extern unsigned long wq_idle_timeout;

/* ---- kernel/wq/hog.c ---- */

void worker_tick(struct task_struct *task);
/* In so many ticks one work takes its CPU for too long; tests change it. */
extern unsigned int wq_hog_ticks;

/* ---- kernel/wq/flush.c ---- */

/* @work, on which somebody waits, starts to run: they wait for this worker now. Lock held. */
void waiters_follow(struct worker *worker, const struct work_struct *work);
/*
 * @work is taken off its queue: they wait for its run that is still going on, or no more. Lock
 * held.
 */
void waiters_leave(struct worker_pool *pool, const struct work_struct *work,
		   struct worker *running);
/* The worker's function is back. Lock held. */
void waiters_release(struct worker *worker);
/* The last work of a colour that is being flushed is gone. Lock held. */
void pwq_color_done(struct pool_workqueue *pwq, unsigned int color);
/*
 * Wait until @work, which cannot be queued, does not run. May sleep, but for works in softirq
 * context.
 */
void wait_until_not_running(struct work_struct *work);

/* Whether the caller is a work of @wq, which cannot wait for itself: reported, as @what. */
bool own_queue(struct workqueue_struct *wq, const char *what);

/* One work less of a colour. Lock held. */
static inline void pwq_color_put(struct pool_workqueue *pwq, unsigned int color)
{
	if (!--pwq->nr_in_flight[color] && unlikely(pwq->flush_mask))
		pwq_color_done(pwq, color);
}

/* ---- kernel/wq/cancel.c ---- */

/*
 * Take PENDING, and the work out of its queue or timer, with interrupts off; *@irqflags is for the
 * caller to restore. Returns whether it was pending. The data word is that of a work not queued.
 */
bool grab_work(struct work_struct *work, unsigned long *irqflags);
/* Give PENDING back and leave @data, its bit 0 aside, behind. Interrupts off. */
void ungrab_work(struct work_struct *work, unsigned long data);

/* ---- kernel/wq/create.c, system.c, dump.c, bh.c ---- */

extern raw_spinlock_t wq_list_lock;
extern struct list_head workqueues;		/* wq_list_lock */

/* The pwqs of a queue, each one once. */
struct pool_workqueue *next_pwq(const struct workqueue_struct *wq, unsigned int *cpu);
#define for_each_pwq(pwq, wq, cpu) \
	for ((cpu) = 0; ((pwq) = next_pwq((wq), &(cpu))) != NULL; (cpu)++)

/* Whether workers exist: before that nothing can be waited for. */
extern bool wq_online;

/* A pool of softirq context, with its only worker. */
struct bh_pool {
	struct worker_pool pool;
	struct worker worker;
	struct irq_work remote_kick;	/* for who queues on another CPU */
	struct tasklet_struct elsewhere; /* runs the works while its CPU is not there */
	bool is_elsewhere;		/* L: it does, or is about to */
};

/* Other softirqs are waiting. */
#define BH_WORKS_PER_RUN	10

/* The worklist is empty: the next one who queues has to tell somebody anew. Lock held. */
static inline void bh_done(struct bh_pool *bh)
{
	bh->pool.nr_running = 0;
	bh->is_elsewhere = false;
}

#ifdef CONFIG_TASKLET
void bh_pools_init(void);
/* There is work, and nobody has been told. Lock held. */
void bh_kick(struct worker_pool *pool);
/* Who runs the works goes on in another pass. Lock held. */
void bh_go_on_later(struct bh_pool *bh);
/* The worker whose work's function the caller is in, in softirq context; or NULL. */
struct worker *bh_current_worker(void);
struct worker_pool *bh_pool_for(unsigned int flags, unsigned int cpu);
int bh_dead_cpu(unsigned int cpu);
void for_each_bh_pool(void (*fn)(struct worker_pool *pool, void *arg), void *arg);
#else
static inline void bh_pools_init(void) { }
static inline void bh_kick(struct worker_pool *pool) { }
static inline void bh_go_on_later(struct bh_pool *bh) { }
static inline struct worker *bh_current_worker(void) { return NULL; }
static inline struct worker_pool *bh_pool_for(unsigned int flags, unsigned int cpu) { return NULL; }
static inline int bh_dead_cpu(unsigned int cpu) { return 0; }
static inline void for_each_bh_pool(void (*fn)(struct worker_pool *pool, void *arg), void *arg) { }
#endif

/* Pools are made alike. */
void pool_init(struct worker_pool *pool, int cpu, int nice, unsigned int flags);

#endif
