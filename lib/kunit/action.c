// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: what is to be undone after a case.
 *
 * What
 *	A stack of functions with an argument each. Memory from kunit_kmalloc() is the action of
 *	freeing it.
 *
 * Contexts
 *	Adding: task, may sleep. The rest: task.
 *
 * Locks
 *	test->lock guards the list; actions are called without it.
 *
 * Tests
 *	tests/boot/kunit_test.c
 */
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "kunit.h"

struct kunit_deferred {
	struct list_head entry;
	kunit_action_t *action;
	void *ctx;
};

int kunit_add_action(struct kunit *test, kunit_action_t *action, void *ctx)
{
	struct kunit_deferred *deferred = kmalloc(sizeof(*deferred), GFP_KERNEL);
	unsigned long flags;

	if (!deferred)
		return -ENOMEM;
	deferred->action = action;
	deferred->ctx = ctx;
	raw_spin_lock_irqsave(&test->lock, flags);
	list_add(&deferred->entry, &test->actions);
	raw_spin_unlock_irqrestore(&test->lock, flags);
	return 0;
}

int kunit_add_action_or_reset(struct kunit *test, kunit_action_t *action, void *ctx)
{
	int err = kunit_add_action(test, action, ctx);

	if (err)
		action(ctx);
	return err;
}

/* Take the last such action off the list; @action NULL is any. */
static struct kunit_deferred *take_action(struct kunit *test, kunit_action_t *action, void *ctx)
{
	struct kunit_deferred *deferred, *found = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&test->lock, flags);
	list_for_each_entry(deferred, &test->actions, entry) {
		if (!action || (deferred->action == action && deferred->ctx == ctx)) {
			found = deferred;
			list_del(&found->entry);
			break;
		}
	}
	raw_spin_unlock_irqrestore(&test->lock, flags);
	return found;
}

/* The record is gone before the action runs, which may end this thread. */
static bool call_action(struct kunit_deferred *deferred)
{
	kunit_action_t *action;
	void *ctx;

	if (!deferred)
		return false;
	action = deferred->action;
	ctx = deferred->ctx;
	kfree(deferred);
	action(ctx);
	return true;
}

void kunit_remove_action(struct kunit *test, kunit_action_t *action, void *ctx)
{
	kfree(take_action(test, action, ctx));
}

void kunit_release_action(struct kunit *test, kunit_action_t *action, void *ctx)
{
	call_action(take_action(test, action, ctx));
}

void kunit_run_actions(struct kunit *test)
{
	while (call_action(take_action(test, NULL, NULL)))
		;
}

static void free_memory(void *ptr)
{
	kfree(ptr);
}

void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp)
{
	void *memory = kmalloc_array(n, size, gfp);

	if (memory && kunit_add_action_or_reset(test, free_memory, memory))
		return NULL;
	return memory;
}

void kunit_kfree(struct kunit *test, const void *ptr)
{
	if (ptr)
		kunit_release_action(test, free_memory, (void *)ptr);
}
