// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which locks are held: a short stack in each task, for debug builds.
 *
 * What
 *	Every lock, spinning or sleeping, that a task takes is noted in it, with the place. So are those that
 *	interrupts take on top of it, which give them back before they end. Whoever reports a misuse prints
 *	what is held.
 *
 * Contexts
 *	Any.
 *
 * Locks
 *	Only the task, and interrupts on its CPU, write a task's stack; each change is made with interrupts
 *	off. The scheduler writes that of the next task before it runs. Reports read those of other tasks
 *	as they are.
 *
 * Limits
 *	LOCK_TASK_DEPTH locks; deeper ones are counted and not checked.
 *
 * Tests
 *	tests/boot/lockdebug_test.c (F4)
 */
#include "lockdep_internal.h"
#include <linux/printk.h>

static void push(struct lock_task *held, const struct held_lock *entry)
{
	if (held->depth < LOCK_TASK_DEPTH)
		held->locks[held->depth++] = *entry;
	else
		held->untracked++;
}

static bool pop(struct lock_task *held, const struct lock_debug *debug, struct held_lock *entry)
{
	unsigned int i, last;

	for (i = held->depth; i-- > 0; ) {
		if (held->locks[i].lock != debug)
			continue;
		*entry = held->locks[i];
		last = --held->depth;
		for (; i < last; i++)
			held->locks[i] = held->locks[i + 1];
		return true;
	}
	if (!held->untracked)
		return false;
	held->untracked--;
	return true;
}

static const struct held_lock *find(const struct lock_task *held, const struct lock_debug *debug)
{
	unsigned int i;

	for (i = 0; i < held->depth; i++)
		if (held->locks[i].lock == debug)
			return &held->locks[i];
	return NULL;
}

void lock_debug_init(struct lock_debug *debug, const char *name, struct lock_class **class)
{
	debug->name = name;
	debug->owner = NULL;
	debug->owner_cpu = -1;
	if (!IS_ENABLED(CONFIG_DEBUG_LOCK_ORDER))
		return;
	if (!READ_ONCE(*class))
		WRITE_ONCE(*class, lock_class_register(class, name));
	debug->class = *class;
}

void lock_debug_before(struct lock_debug *debug, bool read, bool trylock, unsigned long ip)
{
	if (IS_ENABLED(CONFIG_DEBUG_LOCK_ORDER))
		lock_order_check(debug, read, trylock, ip);
}

void lock_debug_acquired(struct lock_debug *debug, bool read, unsigned long ip)
{
	struct held_lock entry = {
		.lock = debug, .ip = ip, .context = (u8)lock_context_now(), .read = read,
	};
	unsigned long flags = arch_local_irq_save();

	push(&current->held, &entry);
	arch_local_irq_restore(flags);
}

bool lock_debug_release(struct lock_debug *debug, unsigned long ip)
{
	unsigned long flags = arch_local_irq_save();
	struct held_lock entry;
	bool had;

	had = pop(&current->held, debug, &entry);
	arch_local_irq_restore(flags);
	return had;
}

/* Interrupts are off; @next runs as soon as the CPU has switched. */
void lock_debug_hand_over(raw_spinlock_t *lock, struct task_struct *prev, struct task_struct *next)
{
	struct held_lock entry = { .lock = &lock->debug, .ip = CALLER_IP };

	pop(&prev->held, &lock->debug, &entry);
	push(&next->held, &entry);
	lock->debug.owner = next;
}

bool lock_debug_held(const struct lock_debug *debug)
{
	return find(&current->held, debug) || current->held.untracked;
}

/* ---- reports ---- */

void debug_show_held_locks(struct task_struct *p)
{
	const struct lock_task *held = &p->held;
	unsigned int i, depth = READ_ONCE(held->depth);

	for (i = 0; i < depth && i < LOCK_TASK_DEPTH; i++)
		pr_info("  [%s] holds %s, taken by %pS%s\n", p->comm, lock_name(held->locks[i].lock),
			(void *)held->locks[i].ip, held->locks[i].read ? " for reading" : "");
}

void debug_check_no_locks_freed(const void *from, unsigned long len)
{
	const struct lock_task *held = &current->held;
	unsigned int i;

	for (i = 0; i < held->depth; i++) {
		unsigned long offset = (unsigned long)held->locks[i].lock - (unsigned long)from;

		if (offset < len)
			bug_warn_fmt(__FILE__, __LINE__, __func__,
				     "lock %s: freed by %pS while held, taken by %pS",
				     lock_name(held->locks[i].lock), __builtin_return_address(0),
				     (void *)held->locks[i].ip);
	}
}

void debug_check_no_locks_held(void)
{
	const struct lock_task *held = &current->held;

	if (!held->depth)
		return;
	bug_warn_fmt(__FILE__, __LINE__, __func__, "[%s] ends while it holds %s, taken by %pS", current->comm,
		     lock_name(held->locks[0].lock), (void *)held->locks[0].ip);
	debug_show_held_locks(current);
}
