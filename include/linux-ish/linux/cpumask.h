/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sets of CPUs.
 *
 * What
 *	A mask is one word (NR_CPUS is at most 64), so most operations are one or two instructions.
 *	A function that answers "which CPU" returns nr_cpu_ids or more for "none". Masks that other
 *	CPUs may change are read once an operation: the answer was true at that moment.
 *
 *	cpu_possible_mask	may ever be there in this boot; fixed early
 *	cpu_present_mask	is there
 *	cpu_online_mask		runs the scheduler, takes interrupts
 *	cpu_active_mask		new tasks may be put there
 *
 * Contexts
 *	Any. cpumask_set_cpu(), cpumask_clear_cpu() and the test_and forms are atomic, those with __
 *	and all whole-mask operations are not.
 *
 * Tests
 *	tests/boot/cpumask_test.c
 */
#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

#include <linux/bitmap.h>
#include <linux/build_bug.h>
#include <linux/smp.h>
#include <linux/threads.h>

BUILD_BUG_ON_MSG(NR_CPUS > BITS_PER_LONG, "a CPU mask is one word");

typedef struct cpumask {
	DECLARE_BITMAP(bits, NR_CPUS);
} cpumask_t;

/* Masks are small: a variable is the mask itself, and "allocating" one cannot fail. */
typedef struct cpumask cpumask_var_t[1];

#define cpumask_bits(maskp)	((maskp)->bits)
#define nr_cpumask_bits		((unsigned int)NR_CPUS)
/* For "%*pb" and "%*pbl". */
#define cpumask_pr_args(maskp)	(int)nr_cpu_ids, cpumask_bits(maskp)

#define CPU_BITS_ALL		{ [0] = BITMAP_LAST_WORD_MASK(NR_CPUS) }
#define CPU_BITS_NONE		{ [0] = 0UL }
#define CPU_BITS_CPU0		{ [0] = 1UL }
#define CPU_MASK_ALL		(cpumask_t) { CPU_BITS_ALL }
#define CPU_MASK_NONE		(cpumask_t) { CPU_BITS_NONE }
#define CPU_MASK_CPU0		(cpumask_t) { CPU_BITS_CPU0 }

extern struct cpumask __cpu_possible_mask, __cpu_present_mask, __cpu_online_mask, __cpu_active_mask;
#define cpu_possible_mask	((const struct cpumask *)&__cpu_possible_mask)
#define cpu_present_mask	((const struct cpumask *)&__cpu_present_mask)
#define cpu_online_mask		((const struct cpumask *)&__cpu_online_mask)
#define cpu_active_mask		((const struct cpumask *)&__cpu_active_mask)
extern const struct cpumask __cpu_all_mask, __cpu_none_mask;
#define cpu_all_mask		(&__cpu_all_mask)
#define cpu_none_mask		(&__cpu_none_mask)
/* One mask with one bit for each CPU: cpumask_of(). */
extern const struct cpumask cpu_single_masks[BITS_PER_LONG];

/* The bits that count. */
static __always_inline unsigned long __cpumask_word(const struct cpumask *mask)
{
	return READ_ONCE(mask->bits[0]) & BITMAP_LAST_WORD_MASK(NR_CPUS);
}

static __always_inline unsigned int __cpumask_first_in(unsigned long word)
{
	return word ? __ffs(word) : nr_cpumask_bits;
}

/**
 * cpumask_first - the lowest CPU; cpumask_last the highest; cpumask_first_zero the lowest that is
 * not in
 */
static __always_inline unsigned int cpumask_first(const struct cpumask *mask)
{
	return __cpumask_first_in(__cpumask_word(mask));
}

/** cpumask_first_and - the lowest CPU that is in both */
static __always_inline unsigned int cpumask_first_and(const struct cpumask *a,
						      const struct cpumask *b)
{
	return __cpumask_first_in(__cpumask_word(a) & __cpumask_word(b));
}

/** cpumask_first_zero - the lowest CPU that is not in */
static __always_inline unsigned int cpumask_first_zero(const struct cpumask *mask)
{
	return __cpumask_first_in(~__cpumask_word(mask) & BITMAP_LAST_WORD_MASK(NR_CPUS));
}

/** cpumask_last - the highest CPU that is in */
static __always_inline unsigned int cpumask_last(const struct cpumask *mask)
{
	unsigned long word = __cpumask_word(mask);

	return word ? __fls(word) : nr_cpumask_bits;
}

/* The bits above n, which is -1 for all. */
static __always_inline unsigned long __cpumask_above(int n)
{
	return n + 1 >= BITS_PER_LONG ? 0 : ~0UL << (n + 1);
}

/**
 * cpumask_next - the lowest CPU above @n (-1: from the beginning); _zero that is not in, _and that
 * is in both
 */
static __always_inline unsigned int cpumask_next(int n, const struct cpumask *mask)
{
	return __cpumask_first_in(__cpumask_word(mask) & __cpumask_above(n));
}

/**
 * cpumask_next_zero, cpumask_next_and, cpumask_next_andnot - that is not in; in both; in @a, not
 * in @b
 */
static __always_inline unsigned int cpumask_next_zero(int n, const struct cpumask *mask)
{
	return __cpumask_first_in(~__cpumask_word(mask) & BITMAP_LAST_WORD_MASK(NR_CPUS) &
				  __cpumask_above(n));
}

static __always_inline unsigned int cpumask_next_and(int n, const struct cpumask *a,
						     const struct cpumask *b)
{
	return __cpumask_first_in(__cpumask_word(a) & __cpumask_word(b) & __cpumask_above(n));
}

static __always_inline unsigned int cpumask_next_andnot(int n, const struct cpumask *a,
							const struct cpumask *b)
{
	return __cpumask_first_in(__cpumask_word(a) & ~__cpumask_word(b) & __cpumask_above(n));
}

/**
 * cpumask_next_wrap - the next CPU of a walk that goes round once
 * @n: the CPU before, or @start - 1 at the beginning
 * @mask: the mask
 * @start: where the walk began
 * @wrap: whether it has gone past the end already
 *
 * Return: the next one, or nr_cpu_ids or more when it would come to @start again.
 */
unsigned int cpumask_next_wrap(int n, const struct cpumask *mask, int start, bool wrap);

#define cpumask_any(mask)		cpumask_first(mask)
#define cpumask_any_and(a, b)		cpumask_first_and(a, b)
#define cpumask_any_distribute(mask)	cpumask_first(mask)
#define cpumask_any_and_distribute(a, b) cpumask_first_and(a, b)

/** cpumask_any_but - some CPU of @mask other than @cpu */
static __always_inline unsigned int cpumask_any_but(const struct cpumask *mask, unsigned int cpu)
{
	return __cpumask_first_in(__cpumask_word(mask) & ~(1UL << cpu));
}

/** cpumask_local_spread - the @i-th online CPU, counted round; @node is not looked at */
unsigned int cpumask_local_spread(unsigned int i, int node);

#define for_each_cpu(cpu, mask) \
	for ((cpu) = cpumask_first(mask); (unsigned int)(cpu) < nr_cpu_ids; \
	     (cpu) = cpumask_next((int)(cpu), (mask)))
#define for_each_cpu_not(cpu, mask) \
	for ((cpu) = cpumask_first_zero(mask); (unsigned int)(cpu) < nr_cpu_ids; \
	     (cpu) = cpumask_next_zero((int)(cpu), (mask)))
#define for_each_cpu_and(cpu, a, b) \
	for ((cpu) = cpumask_first_and(a, b); (unsigned int)(cpu) < nr_cpu_ids; \
	     (cpu) = cpumask_next_and((int)(cpu), (a), (b)))
#define for_each_cpu_andnot(cpu, a, b) \
	for ((cpu) = cpumask_next_andnot(-1, (a), (b)); (unsigned int)(cpu) < nr_cpu_ids; \
	     (cpu) = cpumask_next_andnot((int)(cpu), (a), (b)))
/** for_each_cpu_wrap - all CPUs of @mask, those from @start on first */
#define for_each_cpu_wrap(cpu, mask, start) \
	for ((cpu) = cpumask_next_wrap((int)(start) - 1, (mask), (start), false); \
	     (unsigned int)(cpu) < nr_cpu_ids;				\
	     (cpu) = cpumask_next_wrap((int)(cpu), (mask), (start), true))
#define for_each_possible_cpu(cpu)	for_each_cpu(cpu, cpu_possible_mask)
#define for_each_online_cpu(cpu)	for_each_cpu(cpu, cpu_online_mask)
#define for_each_present_cpu(cpu)	for_each_cpu(cpu, cpu_present_mask)

/**
 * cpumask_set_cpu, cpumask_clear_cpu, cpumask_assign_cpu - put a CPU in or out, atomically; no
 * order
 */
static __always_inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	set_bit(cpu, cpumask_bits(mask));
}

static __always_inline void __cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	__set_bit(cpu, cpumask_bits(mask));
}

static __always_inline void cpumask_clear_cpu(int cpu, struct cpumask *mask)
{
	clear_bit(cpu, cpumask_bits(mask));
}

static __always_inline void __cpumask_clear_cpu(int cpu, struct cpumask *mask)
{
	__clear_bit(cpu, cpumask_bits(mask));
}

static __always_inline void cpumask_assign_cpu(int cpu, struct cpumask *mask, bool value)
{
	assign_bit(cpu, cpumask_bits(mask), value);
}

/** cpumask_test_cpu - whether a CPU is in; no order */
static __always_inline bool cpumask_test_cpu(int cpu, const struct cpumask *mask)
{
	return test_bit(cpu, cpumask_bits(mask));
}

/**
 * cpumask_test_and_set_cpu, cpumask_test_and_clear_cpu - the same, and put it in or out: full
 * barriers
 */
static __always_inline bool cpumask_test_and_set_cpu(int cpu, struct cpumask *mask)
{
	return test_and_set_bit(cpu, cpumask_bits(mask));
}

static __always_inline bool cpumask_test_and_clear_cpu(int cpu, struct cpumask *mask)
{
	return test_and_clear_bit(cpu, cpumask_bits(mask));
}

/** cpumask_setall, cpumask_clear, cpumask_copy - all CPUs, none, those of @src */
static __always_inline void cpumask_setall(struct cpumask *dst)
{
	dst->bits[0] = BITMAP_LAST_WORD_MASK(NR_CPUS);
}

static __always_inline void cpumask_clear(struct cpumask *dst)
{
	dst->bits[0] = 0;
}

static __always_inline void cpumask_copy(struct cpumask *dst, const struct cpumask *src)
{
	dst->bits[0] = __cpumask_word(src);
}

/** cpumask_and, cpumask_andnot - intersection, difference. Return: whether a CPU is in it. */
static __always_inline bool cpumask_and(struct cpumask *dst, const struct cpumask *a,
					const struct cpumask *b)
{
	return (dst->bits[0] = __cpumask_word(a) & __cpumask_word(b)) != 0;
}

static __always_inline bool cpumask_andnot(struct cpumask *dst, const struct cpumask *a,
					   const struct cpumask *b)
{
	return (dst->bits[0] = __cpumask_word(a) & ~__cpumask_word(b)) != 0;
}

/**
 * cpumask_or, cpumask_xor, cpumask_complement - union, difference of both sides, all that are
 * not in @src
 */
static __always_inline void cpumask_or(struct cpumask *dst, const struct cpumask *a,
				       const struct cpumask *b)
{
	dst->bits[0] = __cpumask_word(a) | __cpumask_word(b);
}

static __always_inline void cpumask_xor(struct cpumask *dst, const struct cpumask *a,
					const struct cpumask *b)
{
	dst->bits[0] = __cpumask_word(a) ^ __cpumask_word(b);
}

static __always_inline void cpumask_complement(struct cpumask *dst, const struct cpumask *src)
{
	dst->bits[0] = ~__cpumask_word(src) & BITMAP_LAST_WORD_MASK(NR_CPUS);
}

/** cpumask_equal, cpumask_intersects - whether two masks are the same; whether they share a CPU */
static __always_inline bool cpumask_equal(const struct cpumask *a, const struct cpumask *b)
{
	return __cpumask_word(a) == __cpumask_word(b);
}

static __always_inline bool cpumask_intersects(const struct cpumask *a, const struct cpumask *b)
{
	return (__cpumask_word(a) & __cpumask_word(b)) != 0;
}

/** cpumask_subset - whether all of @a is in @b */
static __always_inline bool cpumask_subset(const struct cpumask *a, const struct cpumask *b)
{
	return !(__cpumask_word(a) & ~__cpumask_word(b));
}

/** cpumask_empty, cpumask_full - whether no CPU is in; whether all are */
static __always_inline bool cpumask_empty(const struct cpumask *mask)
{
	return !__cpumask_word(mask);
}

static __always_inline bool cpumask_full(const struct cpumask *mask)
{
	return __cpumask_word(mask) == BITMAP_LAST_WORD_MASK(NR_CPUS);
}

/** cpumask_weight - how many CPUs are in it */
static __always_inline unsigned int cpumask_weight(const struct cpumask *mask)
{
	return hweight_long(__cpumask_word(mask));
}

/** cpumask_weight_and - how many CPUs are in both */
static __always_inline unsigned int cpumask_weight_and(const struct cpumask *a,
						       const struct cpumask *b)
{
	return hweight_long(__cpumask_word(a) & __cpumask_word(b));
}

/** cpumask_size - bytes of a mask */
static inline size_t cpumask_size(void)
{
	return sizeof(struct cpumask);
}

/** cpumask_of - a mask of one CPU, that lasts for ever */
#define cpumask_of(cpu)		(&cpu_single_masks[cpu])
#define get_cpu_mask(cpu)	cpumask_of(cpu)

/** cpulist_parse - a mask out of "0-3,7"; as bitmap_parselist(), for possible CPU numbers */
static inline int cpulist_parse(const char *buf, struct cpumask *dst)
{
	return bitmap_parselist(buf, cpumask_bits(dst), (int)nr_cpu_ids);
}

/** cpumap_print_to_pagebuf - "0-3,7\n" (@list) or hexadecimal, into a page. Return: the length. */
ssize_t cpumap_print_to_pagebuf(bool list, char *buf, const struct cpumask *mask);

#define this_cpu_cpumask_var_ptr(x)	this_cpu_ptr(x)
/**
 * alloc_cpumask_var, alloc_cpumask_var_node, zalloc_cpumask_var,
 * zalloc_cpumask_var_node - a mask to use
 *
 * A cpumask_var_t is the mask itself here: nothing is allocated, and nothing can fail. The z forms
 * clear it. free_cpumask_var() and cpumask_available() are there for the sake of sources.
 */
static inline bool alloc_cpumask_var(cpumask_var_t *mask, gfp_t flags) { return true; }
static inline bool zalloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	cpumask_clear(*mask);
	return true;
}

static inline bool alloc_cpumask_var_node(cpumask_var_t *mask, gfp_t flags, int node)
{
	return true;
}

static inline bool zalloc_cpumask_var_node(cpumask_var_t *mask, gfp_t flags, int node)
{
	return zalloc_cpumask_var(mask, flags);
}

/** free_cpumask_var, cpumask_available - nothing to do, and always true: see alloc_cpumask_var() */
static inline void free_cpumask_var(cpumask_var_t mask) { }
static inline bool cpumask_available(cpumask_var_t mask) { return true; }

/** num_online_cpus and its kin - how many. Context: any; online may change right after. */
#define num_online_cpus()	cpumask_weight(cpu_online_mask)
#define num_possible_cpus()	cpumask_weight(cpu_possible_mask)
#define num_present_cpus()	cpumask_weight(cpu_present_mask)
#define num_active_cpus()	cpumask_weight(cpu_active_mask)

/**
 * cpu_online, cpu_possible, cpu_present, cpu_active - whether @cpu is.
 *
 * Context: any; may change right after.
 */
static __always_inline bool cpu_online(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_online_mask);
}

static __always_inline bool cpu_possible(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_possible_mask);
}

static __always_inline bool cpu_present(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_present_mask);
}

static __always_inline bool cpu_active(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_active_mask);
}

#define cpu_is_offline(cpu)	unlikely(!cpu_online(cpu))

/**
 * set_cpu_possible, set_cpu_present, set_cpu_online, set_cpu_active - who brings CPUs up and down
 * says so here
 */
static inline void set_cpu_possible(unsigned int cpu, bool v)
{
	assign_bit(cpu, cpumask_bits(&__cpu_possible_mask), v);
}

static inline void set_cpu_present(unsigned int cpu, bool v)
{
	assign_bit(cpu, cpumask_bits(&__cpu_present_mask), v);
}

static inline void set_cpu_online(unsigned int cpu, bool v)
{
	assign_bit(cpu, cpumask_bits(&__cpu_online_mask), v);
}

static inline void set_cpu_active(unsigned int cpu, bool v)
{
	assign_bit(cpu, cpumask_bits(&__cpu_active_mask), v);
}

#endif
