// SPDX-License-Identifier: GPL-2.0-only
/*
 * The slow path of spinning locks: waiters stand in line, each spinning on a word of its own.
 *
 * What
 *	The fast path, in <linux/spinlock.h>, takes a word that is all zero. Who finds it otherwise comes
 *	here, joins the line at its tail, waits until it is first, then until the holder lets go.
 *	First come, first served; a release touches one waiter's cache line, not all.
 *
 * States of the word		byte 0 locked, bytes 2-3 tail (0: no line)
 *	0,0 -> 1,0		fast path, or the last in line takes over
 *	1,t -> 0,t		unlock, by a store to byte 0
 *	x,t -> x,me		a new waiter joins, by xchg of the tail
 *	0,me -> 1,0		the first in line, being the last too
 *	0,t -> 1,t		the first in line, others behind it
 *	The fast path fails while there is a tail, so nobody overtakes the line.
 *
 * Contexts
 *	Any, NMI included: a CPU can wait in four contexts at once (task, softirq, hard IRQ, NMI), each
 *	interrupting the one before while that one waits. It has a node for each, taken and given back like
 *	a stack, so a node is never in two lines.
 *
 * Ordering
 *	Taking the lock is an acquire: the load of byte 0 pairs with the release in arch_spin_unlock().
 *
 * Limits
 *	4 nested waits a CPU, 4095 CPUs.
 *
 * Tests
 *	tests/scenario/spinlock.c
 */
#include <linux/spinlock.h>
#include <linux/smp.h>
#include <linux/bug.h>

#define NODES_PER_CPU	4

struct wait_node {
	struct wait_node *next;		/* A: written by the waiter behind us */
	unsigned int wait;		/* A: the one in front of us clears it */
};

struct wait_nodes {
	struct wait_node node[NODES_PER_CPU];
	unsigned int depth;		/* P: how many are in use */
};

static DEFINE_PER_CPU_ALIGNED(struct wait_nodes, wait_nodes);

static u16 tail_of(unsigned int cpu, unsigned int index)
{
	return (u16)((cpu + 1) * NODES_PER_CPU + index);
}

static struct wait_node *node_of(u16 tail)
{
	return &per_cpu(wait_nodes, tail / NODES_PER_CPU - 1).node[tail % NODES_PER_CPU];
}

/* Wait until @node is the first in line. @tail is the node's own name. */
static void wait_for_turn(arch_spinlock_t *lock, struct wait_node *node, u16 tail)
{
	u16 before = xchg(&lock->tail, tail);

	if (!before)
		return;
	WRITE_ONCE(node_of(before)->next, node);
	/* Pairs with the release in pass_on(). */
	while (smp_load_acquire(&node->wait))
		arch_cpu_relax();
}

/* Tell the next in line that it is first now; it may still be on its way into the line. */
static void pass_on(struct wait_node *node)
{
	struct wait_node *next;

	while (!(next = READ_ONCE(node->next)))
		arch_cpu_relax();
	/* Pairs with the acquire in wait_for_turn(). */
	smp_store_release(&next->wait, 0U);
}

/* The first in line takes the lock when its holder is gone. */
static void take_as_first(arch_spinlock_t *lock, struct wait_node *node, u16 tail)
{
	u32 alone = (u32)tail << 16;

	/* Pairs with the release in arch_spin_unlock(). */
	while (smp_load_acquire(&lock->locked))
		arch_cpu_relax();
	if (try_cmpxchg(&lock->word, &alone, 1U))
		return;
	/* Somebody stands behind us, so only we may touch byte 0. */
	WRITE_ONCE(lock->locked, (u8)1);
	pass_on(node);
}

/**
 * queued_spin_lock_slow - wait in line for a lock that was not free
 * @lock: the lock word
 *
 * Context: any, preemption off (or interrupts, or bottom halves).
 */
void queued_spin_lock_slow(arch_spinlock_t *lock)
{
	struct wait_nodes *mine = this_cpu_ptr(&wait_nodes);
	unsigned int index = mine->depth++;
	struct wait_node *node = &mine->node[index];
	u16 tail = tail_of(raw_smp_processor_id(), index);

	KASSERT(index < NODES_PER_CPU);
	/* The node is ours as of the line above: an interrupt from here on takes the next one. */
	barrier();
	WRITE_ONCE(node->next, NULL);
	WRITE_ONCE(node->wait, 1U);

	wait_for_turn(lock, node, tail);
	take_as_first(lock, node, tail);
	mine->depth--;
}
