// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks come and go: structures, stacks, numbers, and the list of all.
 *
 * What
 *	task_create() makes a task that sleeps and has never run. It runs at the first wake-up. task_exit() is
 *	its end: it can hardly free the stack that it stands on, so the next task on its CPU does
 *	(AFTER_DEAD), and drops the reference that the task had to itself.
 *
 *	Each CPU keeps the last few stacks, so threads that come and go meet no lock. What is more goes
 *	into a list that all share, and never back to the page allocator: the machine may use the memory at
 *	an address of its own, with nothing below it (arch_guard_stack()).
 *	A structure that is free goes into a list for the next task, and never back to the slab: a pointer
 *	to a task that has ended still points to some task's structure. balance.c reads priorities so.
 *
 * States of a structure	who moves it
 *	free -> new		task_create(): one reference, its own; in the list of all
 *	new -> alive		the first wake-up
 *	new -> gone		task_discard()
 *	alive -> dead		task_exit(): not in the list any more; stack still in use
 *	dead -> gone		the next task: stack freed, the task's reference dropped
 *	gone -> free		the last reference dropped
 *
 * Locks
 *	tasklist_lock (raw, interrupts off): the list of all, numbers, names. free_lock: free structures and
 *	stacks that are in no cache.
 *	stack_cache: this CPU's, preemption off, not in interrupts.
 *
 * Limits
 *	STACKS_KEPT stacks a CPU. As many stacks stay as there were tasks at a time. Numbers are 1 to PID_MAX, and begin anew at PID_RESERVED.
 *
 * Tests
 *	tests/boot/kthread_test.c, tests/scenario/kthread.c
 */
#include "sched.h"
#include "fair.h"
#include <linux/debugobjects.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/printk.h>
#include <linux/percpu.h>
#include <bottomhalf/mark.h>

#define STACKS_KEPT	4
#define PID_MAX		0x3fffff
#define PID_RESERVED	300
#define STACK_UNUSED	0x5a		/* what fresh stacks are filled with where their use is measured */

struct stack_cache {
	void *stack[STACKS_KEPT];	/* P */
	unsigned int nr;		/* P */
};

static DEFINE_PER_CPU(struct stack_cache, stack_cache);
static DEFINE_RAW_SPINLOCK(tasklist_lock);
static pid_t next_pid = 1;		/* G: tasklist_lock */
static bool pids_used_up;		/* G: numbers begin anew, and may be taken */
static DEFINE_RAW_SPINLOCK(free_lock);
static LIST_HEAD(free_tasks);		/* L: free_lock; linked by task->tasks */
static void *free_stacks;		/* L: free_lock; linked by their lowest words */
static struct kmem_cache *task_cache;	/* I */

/* ---- stacks ---- */

static void *take_free_stack(void)
{
	unsigned long flags;
	void *stack;

	raw_spin_lock_irqsave(&free_lock, flags);
	stack = free_stacks;
	if (stack)
		free_stacks = *(void **)stack;
	raw_spin_unlock_irqrestore(&free_lock, flags);
	return stack;
}

static void *new_stack(void)
{
	unsigned int order = (unsigned int)get_order(THREAD_SIZE);
	unsigned long pages = __get_free_pages(GFP_KERNEL, order);
	void *stack = pages ? arch_guard_stack((void *)pages) : NULL;

	if (pages && !stack)
		free_pages(pages, order);
	return stack;
}

static void *alloc_stack(void)
{
	struct stack_cache *cache;
	void *stack;

	if (FAULT("sched.alloc_stack"))
		return NULL;
	cache = &get_cpu_var(stack_cache);
	stack = cache->nr ? cache->stack[--cache->nr] : NULL;
	put_cpu_var(stack_cache);
	if (!stack)
		stack = take_free_stack();
	if (!stack)
		stack = new_stack();
	if (!stack)
		return NULL;
	if (IS_ENABLED(CONFIG_DEBUG_STACK_USAGE))
		memset(stack, STACK_UNUSED, THREAD_SIZE);
	*(unsigned long *)stack = STACK_END_MAGIC;
	return stack;
}

static void give_free_stack(void *stack)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&free_lock, flags);
	*(void **)stack = free_stacks;
	free_stacks = stack;
	raw_spin_unlock_irqrestore(&free_lock, flags);
}

static void free_stack(void *stack)
{
	struct stack_cache *cache = &get_cpu_var(stack_cache);
	bool kept = cache->nr < STACKS_KEPT;

	debug_check_no_obj_freed(stack, THREAD_SIZE);
	if (kept)
		cache->stack[cache->nr++] = stack;
	put_cpu_var(stack_cache);
	if (!kept)
		give_free_stack(stack);
}

/* How many bytes of a stack that was filled at first have been used. */
static size_t stack_depth(const struct task_struct *p)
{
	const u8 *lowest = (const u8 *)p->stack + sizeof(unsigned long);
	const u8 *end = (const u8 *)p->stack + THREAD_SIZE;

	while (lowest < end && *lowest == STACK_UNUSED)
		lowest++;
	return (size_t)(end - lowest);
}

static void measure_stack(struct task_struct *p)
{
	static size_t deepest;		/* S: a lost update is a lost line in the log */
	size_t depth = stack_depth(p);

	check_stack_end(p);
	if (depth <= deepest)
		return;
	deepest = depth;
	pr_info("sched: [%s] used %zu of %lu bytes of its stack\n", p->comm, depth, THREAD_SIZE);
}

/* ---- structures ---- */

static struct task_struct *alloc_task(void)
{
	struct task_struct *p;
	unsigned long flags;

	if (FAULT("sched.alloc_task"))
		return NULL;
	raw_spin_lock_irqsave(&free_lock, flags);
	p = list_first_entry_or_null(&free_tasks, struct task_struct, tasks);
	if (p)
		list_del(&p->tasks);
	raw_spin_unlock_irqrestore(&free_lock, flags);
	return p ? p : kmem_cache_alloc(task_cache, GFP_KERNEL);
}

static void free_task(struct task_struct *p)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&free_lock, flags);
	list_add(&p->tasks, &free_tasks);
	raw_spin_unlock_irqrestore(&free_lock, flags);
}

void __put_task_struct(struct task_struct *p)
{
	if (p->cleanup)
		p->cleanup(p);
	free_task(p);
}

/* All fields of a task that shares with nobody yet; on this CPU's run queue, asleep. */
static void init_task_struct(struct task_struct *p, void *stack)
{
	struct rq *rq = cpu_rq(raw_smp_processor_id());

	memset(p, 0, sizeof(*p));
	p->__state = TASK_UNINTERRUPTIBLE;
	p->rq = rq;
	p->cpu = rq->cpu;
	p->prio = p->static_prio = p->normal_prio = DEFAULT_PRIO;
	p->policy = SCHED_NORMAL;
	p->vtime_factor = NICE_0_FACTOR;
	p->vruntime = READ_ONCE(rq->fair.min_vruntime);
	cpumask_copy(&p->cpus_mask, cpu_possible_mask);
	p->cpus_ptr = &p->cpus_mask;
	p->nr_cpus_allowed = (int)cpumask_weight(cpu_possible_mask);
	p->choose_cpu = p->nr_cpus_allowed != 1;
	p->stack = stack;
	atomic_set(&p->usage, 1);
	INIT_LIST_HEAD(&p->tasks);
}

static struct task_struct *alloc_task_and_stack(void)
{
	struct task_struct *p = alloc_task();
	void *stack;

	if (!p)
		return NULL;
	stack = alloc_stack();
	if (!stack) {
		free_task(p);
		return NULL;
	}
	init_task_struct(p, stack);
	return p;
}

/* ---- the list of all ---- */

static struct task_struct *find_task_locked(pid_t pid)
{
	struct task_struct *p;

	list_for_each_entry(p, &init_task.tasks, tasks)
		if (p->pid == pid)
			return p;
	return NULL;
}

static pid_t new_pid_locked(void)
{
	pid_t pid;

	do {
		pid = next_pid++;
		if (next_pid > PID_MAX) {
			next_pid = PID_RESERVED;
			pids_used_up = true;
		}
	} while (unlikely(pids_used_up) && find_task_locked(pid));
	return pid;
}

static void list_task(struct task_struct *p)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tasklist_lock, flags);
	p->pid = new_pid_locked();
	list_add_tail(&p->tasks, &init_task.tasks);
	raw_spin_unlock_irqrestore(&tasklist_lock, flags);
}

static void unlist_task(struct task_struct *p)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tasklist_lock, flags);
	list_del_init(&p->tasks);
	raw_spin_unlock_irqrestore(&tasklist_lock, flags);
}

struct task_struct *find_get_task_by_pid(pid_t pid)
{
	struct task_struct *p;
	unsigned long flags;

	raw_spin_lock_irqsave(&tasklist_lock, flags);
	p = find_task_locked(pid);
	if (p)
		get_task_struct(p);
	raw_spin_unlock_irqrestore(&tasklist_lock, flags);
	return p;
}

static void walk_tasks(bool (*fn)(struct task_struct *p, void *data), void *data)
{
	struct task_struct *p;

	list_for_each_entry(p, &init_task.tasks, tasks)
		if (fn(p, data))
			break;
}

void for_each_task_locked(bool (*fn)(struct task_struct *p, void *data), void *data)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tasklist_lock, flags);
	walk_tasks(fn, data);
	raw_spin_unlock_irqrestore(&tasklist_lock, flags);
}

/* The same for reports, perhaps in an NMI, perhaps of what holds the lock. Return: whether it was done. */
bool try_for_each_task(bool (*fn)(struct task_struct *p, void *data), void *data)
{
	unsigned int tries = 1000000;
	unsigned long flags;

	while (!raw_spin_trylock_irqsave(&tasklist_lock, flags)) {
		if (!--tries)
			return false;
		arch_cpu_relax();
	}
	walk_tasks(fn, data);
	raw_spin_unlock_irqrestore(&tasklist_lock, flags);
	return true;
}

void set_task_comm(struct task_struct *p, const char *name)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tasklist_lock, flags);
	strscpy(p->comm, name, sizeof(p->comm));
	raw_spin_unlock_irqrestore(&tasklist_lock, flags);
}

char *get_task_comm(char *buf, struct task_struct *p)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tasklist_lock, flags);
	strscpy(buf, p->comm, TASK_COMM_LEN);
	raw_spin_unlock_irqrestore(&tasklist_lock, flags);
	return buf;
}

/* ---- beginning and end ---- */

/* The first that a task runs, on its own stack. */
static void task_begin(void)
{
	finish_first_switch();
	current->entry();
	task_exit(0);
}

struct task_struct *task_create(void (*entry)(void), void (*cleanup)(struct task_struct *p))
{
	struct task_struct *p = alloc_task_and_stack();

	if (!p)
		return ERR_PTR(-ENOMEM);
	p->entry = entry;
	p->cleanup = cleanup;
	arch_thread_init(p, p->stack, task_begin);
	list_task(p);
	return p;
}

void task_discard(struct task_struct *p)
{
	unlist_task(p);
	free_stack(p->stack);
	put_task_struct(p);
}

__noreturn void task_exit(int code)
{
	struct task_struct *p = current;

	if (IS_ENABLED(CONFIG_DEBUG_STACK_USAGE))
		measure_stack(p);
	debug_check_no_locks_held();
	p->flags |= PF_EXITING;
	p->exit_code = code;
	p->sched_hooks = NULL;
	unlist_task(p);
	set_special_state(TASK_DEAD);
	schedule_dead();
}

/* @p is off its CPU for good. Called by the task after it, preemption off. */
void put_dead_task(struct task_struct *p)
{
	free_stack(p->stack);
	p->stack = NULL;
	put_task_struct(p);
}

/* A new idle task, which is to run first on @cpu. */
static struct task_struct *make_idle(unsigned int cpu)
{
	struct task_struct *p = alloc_task_and_stack();
	struct rq *rq = cpu_rq(cpu);

	if (!p)
		return NULL;
	p->__state = TASK_RUNNING;
	p->on_rq = 1;
	p->rq = rq;
	p->cpu = cpu;
	p->prio = p->normal_prio = MAX_PRIO;
	p->vtime_factor = 0;
	p->sched_hooks = &idle_hooks;
	p->flags = PF_IDLE | PF_KTHREAD | PF_NO_SETAFFINITY;
	cpumask_copy(&p->cpus_mask, cpumask_of(cpu));
	p->nr_cpus_allowed = 1;
	p->choose_cpu = 0;
	snprintf(p->comm, sizeof(p->comm), "swapper/%u", cpu);

	/* Tasks may be put in line there meanwhile. */
	rq_lock_irq(rq);
	rq->idle = p;
	WRITE_ONCE(rq->curr, p);
	rq_unlock_irq(rq);
	per_cpu(current_task, cpu) = p;
	return p;
}

struct task_struct *fork_idle(unsigned int cpu)
{
	struct task_struct *p = cpu_rq(cpu)->idle;

	/* One that went and comes again has one already, whose stack nobody uses. */
	if (p == &init_task)
		p = make_idle(cpu);
	if (!p)
		return ERR_PTR(-ENOMEM);
	per_cpu(__preempt_count, cpu) = INIT_PREEMPT_COUNT;
	return p;
}

void tasks_init(void)
{
	task_cache = kmem_cache_create("task_struct", sizeof(struct task_struct),
				       __alignof__(struct task_struct),
				       SLAB_PANIC | SLAB_HWCACHE_ALIGN, NULL);
	*(unsigned long *)init_task.stack = STACK_END_MAGIC;
}
