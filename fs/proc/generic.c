// SPDX-License-Identifier: GPL-2.0-only
/*
 * Texts of the kernel about itself, by name.
 *
 * What
 *	A list of names, each with the functions that make its text. <linux/proc_fs.h> has the contract.
 *
 * Contexts
 *	Creating, removing: task, may sleep; creating also at boot. Reading: any but NMI.
 *
 * Locks
 *	list_lock, interrupts off: the list. It is not held while a text is made: the reader counts himself in
 *	the entry, and who removes it waits until nobody is counted.
 *
 * Tests
 *	tests/boot/proc_test.c, tests/scenario/proc.c
 */
#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

struct proc_dir_entry {
	struct list_head node;		/* list_lock */
	const char *name;		/* I */
	const struct seq_operations *ops; /* I */
	struct seq_operations single;	/* I: ops, of a text that one function makes */
	atomic_t readers;		/* counted up under list_lock */
};

static DEFINE_RAW_SPINLOCK(list_lock);
static LIST_HEAD(entries);

static struct proc_dir_entry *find_locked(const char *name)
{
	struct proc_dir_entry *entry;

	lockdep_assert_held(&list_lock);
	list_for_each_entry(entry, &entries, node)
		if (!strcmp(entry->name, name))
			return entry;
	return NULL;
}

/* False: the name is taken. */
static bool publish(struct proc_dir_entry *entry)
{
	unsigned long flags;
	bool is_new;

	raw_spin_lock_irqsave(&list_lock, flags);
	is_new = !find_locked(entry->name);
	if (is_new)
		list_add_tail(&entry->node, &entries);
	raw_spin_unlock_irqrestore(&list_lock, flags);
	return is_new;
}

/* @ops or @show. */
static struct proc_dir_entry *create(const char *name, struct proc_dir_entry *parent,
				     const struct seq_operations *ops,
				     int (*show)(struct seq_file *m, void *v))
{
	struct proc_dir_entry *entry;

	if (parent)
		return NULL;
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return NULL;
	entry->single = (struct seq_operations){ single_start, single_stop, single_next, show };
	entry->name = name;
	entry->ops = ops ?: &entry->single;
	if (publish(entry))
		return entry;
	kfree(entry);
	return NULL;
}

struct proc_dir_entry *proc_create_seq(const char *name, umode_t mode, struct proc_dir_entry *parent,
				       const struct seq_operations *ops)
{
	return create(name, parent, ops, NULL);
}

struct proc_dir_entry *proc_create_single(const char *name, umode_t mode, struct proc_dir_entry *parent,
					  int (*show)(struct seq_file *m, void *v))
{
	return create(name, parent, NULL, show);
}

/* Nobody finds it any more; who has found it is waited for. */
static void free_entry(struct proc_dir_entry *entry)
{
	might_sleep();
	/* Pairs with the release in put(): what they read, they have read. */
	while (atomic_read_acquire(&entry->readers))
		cond_resched();
	kfree(entry);
}

void proc_remove(struct proc_dir_entry *entry)
{
	unsigned long flags;

	if (!entry)
		return;
	raw_spin_lock_irqsave(&list_lock, flags);
	list_del(&entry->node);
	raw_spin_unlock_irqrestore(&list_lock, flags);
	free_entry(entry);
}

/* Found and taken in one step: another one may remove the same name. */
void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *entry = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&list_lock, flags);
	if (!parent)
		entry = find_locked(name);
	if (entry)
		list_del(&entry->node);
	raw_spin_unlock_irqrestore(&list_lock, flags);
	if (entry)
		free_entry(entry);
}

static struct proc_dir_entry *get(const char *name)
{
	struct proc_dir_entry *entry;
	unsigned long flags;

	raw_spin_lock_irqsave(&list_lock, flags);
	entry = find_locked(name);
	if (entry)
		atomic_inc(&entry->readers);
	raw_spin_unlock_irqrestore(&list_lock, flags);
	return entry;
}

static void put(struct proc_dir_entry *entry)
{
	/* Full barrier, a release too; pairs with the acquire in proc_remove(). */
	atomic_dec_return(&entry->readers);
}

ssize_t proc_read_buffer(const char *name, char *buf, size_t size)
{
	struct proc_dir_entry *entry = get(name);
	ssize_t length;

	if (!entry)
		return -ENOENT;
	length = seq_read_buffer(entry->ops, NULL, buf, size);
	put(entry);
	return length;
}

bool proc_print_log(const char *name)
{
	struct proc_dir_entry *entry = get(name);

	if (!entry)
		return false;
	seq_print_log(entry->ops, NULL);
	put(entry);
	return true;
}
