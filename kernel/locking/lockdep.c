// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of locks, and the contexts they are taken in: CONFIG_DEBUG_LOCK_ORDER.
 *
 * What
 *	Two uses of locks that could deadlock need not do so today. So the uses are compared, not the
 *	outcome: each is remembered for the class of the lock, and the first that contradicts an
 *	earlier one is reported, with both places.
 *
 *	A class is all locks that were initialised at one place. What is known of it:
 *	  which classes were taken while it was held	an edge each; a new edge that closes a circle is a
 *							lock inversion
 *	  taken in hard interrupts, in softirqs		USED
 *	  taken with those enabled			ENABLED: the interrupt could come while it is held
 *	A class that is USED and ENABLED can deadlock on one CPU:
 *
 *		task			interrupt on the same CPU
 *		spin_lock(&a)
 *					spin_lock(&a): waits for ever
 *
 *	and so can one that is waited for by holders of a USED one (REACHED) and is ENABLED:
 *
 *		CPU0, interrupts off	CPU1
 *		spin_lock(&used)	spin_lock(&b), interrupts on
 *		spin_lock(&b): waits	interrupt: spin_lock(&used): waits
 *
 * Contexts
 *	Any but NMI, in which nothing is learnt.
 *
 * Locks
 *	graph_lock, an arch_spinlock_t, interrupts off: it must not come here itself. Reports are printed
 *	after it is dropped, since printing takes locks.
 *	A use that teaches nothing new, which is nearly every one, is recognised without it: otherwise all
 *	CPUs would meet at this one lock with each lock that they take.
 *
 * Ordering
 *	What is known only grows. A class, and an edge, is complete before the pointer to it is stored with
 *	release; who finds it without graph_lock loads the pointer with acquire.
 *
 * Limits
 *	LOCK_CLASSES classes and LOCK_EDGES edges. When they are used up learning ends, with a message.
 *	Order within a class is not looked at. Each contradiction is reported once.
 *
 * Tests
 *	tests/boot/lockdebug_test.c (F4)
 */
#include "lockdep_internal.h"
#include <linux/printk.h>
#include <linux/hash.h>

#define LOCK_CLASSES	512
#define LOCK_EDGES	4096
#define CLASS_HASH_BITS	8
/* Longest circle that is printed. */
#define PATH_PRINTED	8

/* The two kinds of interrupt that can come while a lock is held. */
enum irq_kind { HARDIRQ, SOFTIRQ, IRQ_KINDS };
static const char *const irq_name[IRQ_KINDS] = { "a hard interrupt", "a softirq" };

/* What is known of a class, a bit each, for each kind of interrupt. */
#define USED		0x1	/* taken for writing, or by a lock without readers */
#define USED_READ	0x2
#define ENABLED		0x4
#define ENABLED_READ	0x8
#define REACHED		0x10	/* waited for while a USED class is held */
#define TOLD		0x20	/* reported */

struct lock_class;

/* @to was taken while the class that lists this edge was held. G: graph_lock */
struct lock_edge {
	struct lock_class *to;
	struct lock_edge *next;
	unsigned long from_ip;		/* where the first was taken */
	unsigned long to_ip;		/* where the second was */
};

/* G: graph_lock; R: changed under it, read without */
struct lock_class {
	const void *key;		/* I */
	const char *name;		/* I */
	struct lock_class *hash_next;
	struct lock_edge *edges;	/* R: an edge never goes, and never changes */
	u8 known[IRQ_KINDS];		/* R: a bit never goes */
	unsigned long used_ip[IRQ_KINDS];
	unsigned long enabled_ip[IRQ_KINDS];
	/* One search. */
	unsigned int visited;		/* its number */
	struct lock_class *next_to_visit;
	struct lock_class *came_from;
	struct lock_edge *came_by;
};

/* What was found under graph_lock, to be printed later. */
struct finding {
	enum { NOTHING, INVERSION, CONTEXT, FULL } what;
	const char *taken, *held;
	unsigned long taken_ip, held_ip;
	unsigned int hops;
	struct {
		const char *from, *to;
		unsigned long from_ip, to_ip;
	} path[PATH_PRINTED];
	enum irq_kind kind;
	bool reached;
	unsigned long used_ip, enabled_ip;
};

static arch_spinlock_t graph_lock;
static struct lock_class classes[LOCK_CLASSES];
static struct lock_edge edges[LOCK_EDGES];
static struct lock_class *class_hash[1 << CLASS_HASH_BITS];
static unsigned int nr_classes, nr_edges;
static unsigned int search_number;
static bool full;		/* learning has ended */
static unsigned long lessons;	/* how often something could be new */

static unsigned long lock_graph(void)
{
	unsigned long flags = arch_local_irq_save();

	arch_spin_lock(&graph_lock);
	return flags;
}

static void unlock_graph(unsigned long flags)
{
	arch_spin_unlock(&graph_lock);
	arch_local_irq_restore(flags);
}

/* ---- classes ---- */

static struct lock_class *class_of_key_locked(const void *key, const char *name)
{
	struct lock_class **head = &class_hash[hash_ptr((void *)key, CLASS_HASH_BITS)];
	struct lock_class *class;

	for (class = *head; class; class = class->hash_next)
		if (class->key == key)
			return class;
	if (nr_classes == LOCK_CLASSES)
		return NULL;
	class = &classes[nr_classes++];
	class->key = key;
	class->name = name;
	class->hash_next = *head;
	*head = class;
	return class;
}

struct lock_class *lock_class_register(const void *key, const char *name)
{
	unsigned long flags = lock_graph();
	struct lock_class *class = class_of_key_locked(key, name);

	unlock_graph(flags);
	return class;
}

/* A static lock is initialised by the compiler: its class is known by its name's address. */
static struct lock_class *class_of_locked(struct lock_debug *debug)
{
	if (!debug->class && debug->name)
		/* Pairs with the acquire in nothing_new(), orders_known(). */
		smp_store_release(&debug->class, class_of_key_locked(debug->name, debug->name));
	return debug->class;
}

/* ---- contexts ---- */

/* A class that is used in an interrupt, and can be interrupted by it? */
static bool contradicts(unsigned int known)
{
	return (known & USED && known & (ENABLED | ENABLED_READ)) || (known & USED_READ && known & ENABLED) ||
	       (known & REACHED && known & ENABLED);
}

static void check_context_locked(struct lock_class *class, enum irq_kind kind, struct finding *finding)
{
	unsigned int known = class->known[kind];

	if (!contradicts(known) || known & TOLD || finding->what)
		return;
	WRITE_ONCE(class->known[kind], known | TOLD);
	finding->what = CONTEXT;
	finding->taken = class->name;
	finding->kind = kind;
	finding->reached = !(known & (USED | USED_READ));
	finding->used_ip = class->used_ip[kind];
	finding->enabled_ip = class->enabled_ip[kind];
}

/* Everything that can be waited for while @class is held is reached from interrupts as well. */
static void spread_reached_locked(struct lock_class *class, enum irq_kind kind, unsigned long ip,
				  struct finding *finding)
{
	struct lock_class *last = class;
	struct lock_edge *edge;

	class->next_to_visit = NULL;
	for (; class; class = class->next_to_visit) {
		for (edge = class->edges; edge; edge = edge->next) {
			struct lock_class *to = edge->to;

			if (to->known[kind] & (REACHED | USED))
				continue;
			WRITE_ONCE(to->known[kind], to->known[kind] | REACHED);
			if (!to->used_ip[kind])
				to->used_ip[kind] = ip;
			check_context_locked(to, kind, finding);
			to->next_to_visit = NULL;
			last->next_to_visit = to;
			last = to;
		}
	}
}

static void note_used_locked(struct lock_class *class, enum irq_kind kind, bool read, unsigned long ip,
			     struct finding *finding)
{
	unsigned int bit = read ? USED_READ : USED;

	if (class->known[kind] & bit)
		return;
	WRITE_ONCE(class->known[kind], class->known[kind] | bit);
	class->used_ip[kind] = ip;
	check_context_locked(class, kind, finding);
	spread_reached_locked(class, kind, ip, finding);
}

static void note_enabled_locked(struct lock_class *class, enum irq_kind kind, bool read, unsigned long ip,
				struct finding *finding)
{
	unsigned int bit = read ? ENABLED_READ : ENABLED;

	if (class->known[kind] & bit)
		return;
	WRITE_ONCE(class->known[kind], class->known[kind] | bit);
	class->enabled_ip[kind] = ip;
	check_context_locked(class, kind, finding);
}

/* What taking a lock here and now says about its class: bits for each kind of interrupt. */
struct lock_use {
	u8 bits[IRQ_KINDS];
};

/* @irqs_off: hard interrupts, as the caller has them. */
static struct lock_use lock_use_now(bool read, bool irqs_off)
{
	u8 used = read ? USED_READ : USED, enabled = read ? ENABLED_READ : ENABLED;
	enum lock_context context = lock_context_now();
	struct lock_use use = { { 0 } };

	if (context == LOCK_IN_HARDIRQ) {
		use.bits[HARDIRQ] = used;
		return use;
	}
	if (context == LOCK_IN_SOFTIRQ)
		use.bits[SOFTIRQ] = used;
	if (irqs_off)
		return use;
	use.bits[HARDIRQ] = enabled;
	if (context == LOCK_IN_TASK && !softirq_count())
		use.bits[SOFTIRQ] = enabled;
	return use;
}

static void note_use_locked(struct lock_class *class, const struct lock_use *use, bool read, unsigned long ip,
			    struct finding *finding)
{
	unsigned int kind;

	for (kind = 0; kind < IRQ_KINDS; kind++) {
		if (use->bits[kind] & (USED | USED_READ))
			note_used_locked(class, kind, read, ip, finding);
		if (use->bits[kind] & (ENABLED | ENABLED_READ))
			note_enabled_locked(class, kind, read, ip, finding);
	}
}

/* ---- order ---- */

static struct lock_edge *edge_between(struct lock_class *from, const struct lock_class *to)
{
	/* Pairs with the release in new_edge_locked(). */
	struct lock_edge *edge = smp_load_acquire(&from->edges);

	for (; edge; edge = edge->next)
		if (edge->to == to)
			return edge;
	return NULL;
}

/* Breadth first, so the shortest way is found: leaves it in came_from and came_by. */
static bool way_exists_locked(struct lock_class *from, const struct lock_class *to)
{
	struct lock_class *last = from, *class;
	struct lock_edge *edge;

	search_number++;
	from->visited = search_number;
	from->next_to_visit = NULL;
	for (class = from; class; class = class->next_to_visit) {
		for (edge = class->edges; edge; edge = edge->next) {
			struct lock_class *next = edge->to;

			if (next->visited == search_number)
				continue;
			next->visited = search_number;
			next->came_from = class;
			next->came_by = edge;
			if (next == to)
				return true;
			next->next_to_visit = NULL;
			last->next_to_visit = next;
			last = next;
		}
	}
	return false;
}

/* The way that the search has found, last hop first. */
static void describe_way_locked(struct lock_class *from, struct lock_class *to, struct finding *finding)
{
	struct lock_class *class;

	for (class = to; class != from && finding->hops < PATH_PRINTED; class = class->came_from) {
		const struct lock_edge *edge = class->came_by;

		finding->path[finding->hops].from = class->came_from->name;
		finding->path[finding->hops].to = class->name;
		finding->path[finding->hops].from_ip = edge->from_ip;
		finding->path[finding->hops].to_ip = edge->to_ip;
		finding->hops++;
	}
}

static struct lock_edge *new_edge_locked(struct lock_class *from, struct lock_class *to,
					 unsigned long from_ip, unsigned long to_ip)
{
	struct lock_edge *edge;

	if (nr_edges == LOCK_EDGES)
		return NULL;
	edge = &edges[nr_edges++];
	*edge = (struct lock_edge){ .to = to, .next = from->edges, .from_ip = from_ip, .to_ip = to_ip };
	/* Pairs with the acquire in edge_between(). */
	smp_store_release(&from->edges, edge);
	return edge;
}

/* @to is taken at @ip while @held is. */
static void note_order_locked(const struct held_lock *held, struct lock_class *to, unsigned long ip,
			      struct finding *finding)
{
	struct lock_class *from = class_of_locked(held->lock);
	unsigned int kind;

	if (!from || from == to || edge_between(from, to))
		return;
	if (!finding->what && way_exists_locked(to, from)) {
		finding->what = INVERSION;
		finding->taken = to->name;
		finding->taken_ip = ip;
		finding->held = from->name;
		finding->held_ip = held->ip;
		describe_way_locked(to, from, finding);
	}
	if (!new_edge_locked(from, to, held->ip, ip)) {
		full = true;
		finding->what = FULL;
		return;
	}
	for (kind = 0; kind < IRQ_KINDS; kind++)
		if (from->known[kind] & (USED | REACHED))
			spread_reached_locked(from, kind, from->used_ip[kind], finding);
}

static void note_orders_locked(struct lock_class *class, unsigned long ip, struct finding *finding)
{
	const struct lock_task *held = &current->held;
	unsigned int i, context = lock_context_now();

	for (i = 0; i < held->depth; i++)
		if (held->locks[i].context == context)
			note_order_locked(&held->locks[i], class, ip, finding);
}

/* ---- reports ---- */

static void report_inversion(const struct finding *finding)
{
	unsigned int i;

	bug_warn_fmt(__FILE__, __LINE__, __func__,
		     "lock inversion: %s is taken by %pS, %s held since %pS, and elsewhere the other way round",
		     finding->taken, (void *)finding->taken_ip, finding->held, (void *)finding->held_ip);
	for (i = finding->hops; i-- > 0; )
		pr_err("  %s was taken by %pS while %s was held since %pS\n", finding->path[i].to,
		       (void *)finding->path[i].to_ip, finding->path[i].from,
		       (void *)finding->path[i].from_ip);
}

static void report_context(const struct finding *finding)
{
	bug_warn_fmt(__FILE__, __LINE__, __func__,
		     "lock %s: %s %s at %pS, and with that enabled at %pS", finding->taken,
		     finding->reached ? "waited for under a lock of" : "taken in", irq_name[finding->kind],
		     (void *)finding->used_ip, (void *)finding->enabled_ip);
}

static void report(const struct finding *finding)
{
	switch (finding->what) {
	case NOTHING:
		return;
	case INVERSION:
		report_inversion(finding);
		break;
	case CONTEXT:
		report_context(finding);
		break;
	case FULL:
		pr_warn("lock order: %u classes, %u edges: the table is full, nothing more is learnt\n",
			nr_classes, nr_edges);
		return;
	}
	debug_show_held_locks(current);
}

/* ---- what was known before: without graph_lock ---- */

static bool use_known(const struct lock_class *class, const struct lock_use *use)
{
	unsigned int kind;

	for (kind = 0; kind < IRQ_KINDS; kind++)
		if (use->bits[kind] & ~READ_ONCE(class->known[kind]))
			return false;
	return true;
}

static bool orders_known(const struct lock_class *class)
{
	const struct lock_task *held = &current->held;
	unsigned int i, context = lock_context_now();

	for (i = 0; i < held->depth; i++) {
		struct lock_class *from;

		if (held->locks[i].context != context)
			continue;
		/* Pairs with the release in class_of_locked(). */
		from = smp_load_acquire(&held->locks[i].lock->class);
		if (!from || (from != class && !edge_between(from, class)))
			return false;
	}
	return true;
}

/* Whether taking this lock so would teach nothing. */
static bool nothing_new(struct lock_debug *debug, const struct lock_use *use, bool trylock)
{
	/* Pairs with the release in class_of_locked(). */
	const struct lock_class *class = smp_load_acquire(&debug->class);

	return class && use_known(class, use) && (trylock || orders_known(class));
}

/* A lock is about to be taken; by a trylock, which does not wait, has been. */
void lock_order_check(struct lock_debug *debug, bool read, bool trylock, unsigned long ip)
{
	struct lock_use use = lock_use_now(read, irqs_disabled());
	struct finding finding = { .what = NOTHING };
	struct lock_class *class;
	unsigned long flags;

	if (READ_ONCE(full) || in_nmi() || nothing_new(debug, &use, trylock))
		return;
	flags = lock_graph();
	lessons++;
	class = class_of_locked(debug);
	if (class) {
		note_use_locked(class, &use, read, ip, &finding);
		if (!trylock)
			note_orders_locked(class, ip, &finding);
	} else if (debug->name && !full) {
		full = true;
		finding.what = FULL;
	}
	unlock_graph(flags);
	report(&finding);
}

unsigned long lock_order_lessons(void)
{
	return READ_ONCE(lessons);
}
