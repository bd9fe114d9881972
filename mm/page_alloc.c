// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page allocator: blocks of 2^n pages, by the buddy method.
 *
 * What
 *	A free block of order n is aligned to its size. Its buddy is the neighbour with which it makes up
 *	the block of order n + 1. Allocation takes a block of the smallest order that fits and gives the
 *	halves that are not needed back; freeing joins a block with its buddy as long as that is free.
 *	A bit mask of the orders that have free blocks makes the search one instruction.
 *
 *	Memory below 1 MiB is a zone of its own: it is for those who ask (GFP_DMA: start-up code of other
 *	CPUs, old devices), and others get of it only when there is nothing else.
 *
 *	Who can use memory only up to some address (a device of less than 64 bits) gets the first free block
 *	found that begins low enough: alloc_pages_exact_within().
 *
 * Contexts
 *	Any but NMI. Nothing here sleeps: there is no reclaim to wait for. GFP_KERNEL from a context that
 *	may not sleep is still a bug, and reported in debug builds.
 *
 * States of a page (page_states[], one byte each; see internal.h)
 *	NONE -> FREE+n			first page of a block that becomes free (boot, split, join)
 *	FREE+n -> USED+n, or NONE	the block is allocated, or becomes part of a larger one, or is split
 *	USED+n -> FREE+m, or NONE	the block is freed, and joined up to order m
 *	USED+n -> SLAB -> USED+n	all pages of the block: mm/slab.c
 *	Freeing what is not USED with the right order is reported and does nothing, so a double free
 *	corrupts nothing here.
 *
 *	The table is apart from struct page so that boot need not write 40 bytes for each page of memory:
 *	a struct page is first written when its page becomes the first of a free block.
 *
 * Locks
 *	page_lock, taken with interrupts off, innermost but for the console's.
 *
 * Limits
 *	Blocks of at most 4 MiB. The tables take 1 % of the memory; a range so far above the others that
 *	they would take more than an eighth is left alone, with a message. alloc_pages_exact_within() holds
 *	the lock while it looks at free blocks: at all of them, if none will do.
 *
 * Differs from Linux
 *	One lock, no per-CPU lists of pages: the slabs above have theirs. No reclaim, no compaction.
 *	GFP_DMA means below 1 MiB, not 16.
 *
 * Tests
 *	tests/boot/page_alloc_test.c
 */
#include <linux/debugobjects.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/ratelimit.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <bottomhalf/memblock.h>
#include <bottomhalf/mm.h>
#include "internal.h"

#define LOW_PFNS	(0x100000UL >> PAGE_SHIFT)

struct zone {
	const char *name;				/* I */
	unsigned long total;				/* I: pages */
	unsigned long free;				/* L: pages; read without */
	unsigned long orders;				/* L: bit n: blocks[n] is not empty */
	struct list_head blocks[NR_PAGE_ORDERS];	/* L: free blocks by order, by their first page's lru */
};

enum { ZONE_LOW, ZONE_NORMAL, NR_ZONES };

static DEFINE_RAW_SPINLOCK(page_lock);			/* the L above */
static struct zone zones[NR_ZONES] = {
	[ZONE_LOW] = { .name = "low" },
	[ZONE_NORMAL] = { .name = "normal" },
};

struct page *mem_map;		/* I: biased, mem_map[first_pfn] is the first that exists */
u8 *page_states;
unsigned long first_pfn, nr_pfns;

static struct zone *zone_of(unsigned long pfn)
{
	return &zones[pfn < LOW_PFNS ? ZONE_LOW : ZONE_NORMAL];
}

static u8 page_state(unsigned long pfn)
{
	return pfn - first_pfn < nr_pfns ? page_states[pfn - first_pfn] : PAGE_STATE_NONE;
}

static void set_page_state(unsigned long pfn, u8 state)
{
	page_states[pfn - first_pfn] = state;
}

/* ---- the buddy method ---- */

static void add_block(struct zone *zone, unsigned long pfn, unsigned int order)
{
	list_add(&pfn_to_page(pfn)->lru, &zone->blocks[order]);
	__set_bit(order, &zone->orders);
	set_page_state(pfn, PAGE_STATE_FREE + order);
}

static void remove_block(struct zone *zone, unsigned long pfn, unsigned int order)
{
	list_del(&pfn_to_page(pfn)->lru);
	if (list_empty(&zone->blocks[order]))
		__clear_bit(order, &zone->orders);
	set_page_state(pfn, PAGE_STATE_NONE);
}

/* Makes the block free, joined with its buddies. Its own state is NONE or overwritten. */
static void free_block_locked(unsigned long pfn, unsigned int order)
{
	struct zone *zone = zone_of(pfn);

	lockdep_assert_held(&page_lock);
	zone->free += 1UL << order;
	set_page_state(pfn, PAGE_STATE_NONE);
	for (; order < MAX_PAGE_ORDER; order++) {
		unsigned long buddy = pfn ^ (1UL << order);

		if (page_state(buddy) != PAGE_STATE_FREE + order || zone_of(buddy) != zone)
			break;
		remove_block(zone, buddy, order);
		pfn &= ~(1UL << order);
	}
	add_block(zone, pfn, order);
}

/* Take the low end of a free block, of order @have. Return: @pfn. */
static __always_inline unsigned long carve_block_locked(struct zone *zone, unsigned long pfn, unsigned int have,
							unsigned int order)
{
	remove_block(zone, pfn, have);
	while (have > order) {
		have--;
		add_block(zone, pfn + (1UL << have), have);
	}
	set_page_state(pfn, PAGE_STATE_USED + order);
	zone->free -= 1UL << order;
	return pfn;
}

/* The first page frame of a block from this zone, or 0 when it has none. */
static unsigned long take_block_locked(struct zone *zone, unsigned int order)
{
	unsigned long candidates = zone->orders >> order;
	unsigned int have;

	lockdep_assert_held(&page_lock);
	if (!candidates)
		return 0;
	have = order + __ffs(candidates);
	return carve_block_locked(zone, page_to_pfn(list_first_entry(&zone->blocks[have], struct page, lru)),
				  have, order);
}

/* The same, of a block that begins at page frame @last_pfn or below. */
static unsigned long take_block_within_locked(struct zone *zone, unsigned int order, unsigned long last_pfn)
{
	struct page *page;

	lockdep_assert_held(&page_lock);
	for (unsigned int have = order; have < NR_PAGE_ORDERS; have++)
		list_for_each_entry(page, &zone->blocks[have], lru)
			if (page_to_pfn(page) <= last_pfn)
				return carve_block_locked(zone, page_to_pfn(page), have, order);
	return 0;
}

/* ---- allocation ---- */

static unsigned long take_block(gfp_t gfp, unsigned int order)
{
	unsigned long flags, pfn = 0;

	raw_spin_lock_irqsave(&page_lock, flags);
	if (!(gfp & __GFP_DMA))
		pfn = take_block_locked(&zones[ZONE_NORMAL], order);
	if (!pfn)
		pfn = take_block_locked(&zones[ZONE_LOW], order);
	raw_spin_unlock_irqrestore(&page_lock, flags);
	return pfn;
}

static unsigned long take_block_within(gfp_t gfp, unsigned int order, unsigned long last_pfn)
{
	unsigned long flags, pfn = 0;

	raw_spin_lock_irqsave(&page_lock, flags);
	if (!(gfp & __GFP_DMA))
		pfn = take_block_within_locked(&zones[ZONE_NORMAL], order, last_pfn);
	if (!pfn)
		pfn = take_block_within_locked(&zones[ZONE_LOW], order, last_pfn);
	raw_spin_unlock_irqrestore(&page_lock, flags);
	return pfn;
}

static void report_failure(gfp_t gfp, unsigned int order)
{
	if (gfp & __GFP_NOFAIL)
		panic("out of memory: order %u, gfp 0x%x, must not fail", order, gfp);
	if (!(gfp & __GFP_NOWARN))
		pr_warn_ratelimited("page allocation failed: order %u, gfp 0x%x, %lu of %lu pages free\n",
				    order, gfp, nr_free_pages(), totalram_pages());
}

/* The first page of a block, as wished; NULL and a message if there is none. */
static __always_inline struct page *make_ready(unsigned long pfn, gfp_t gfp, unsigned int order)
{
	if (unlikely(!pfn)) {
		report_failure(gfp, order);
		return NULL;
	}
	if (gfp & __GFP_ZERO)
		memset(page_address(pfn_to_page(pfn)), 0, PAGE_SIZE << order);
	return pfn_to_page(pfn);
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	might_sleep_if(gfp & __GFP_DIRECT_RECLAIM);
	return make_ready(likely(order <= MAX_PAGE_ORDER) ? take_block(gfp, order) : 0, gfp, order);
}

static void report_bad_free(unsigned long pfn, unsigned int order, u8 state)
{
	const char *what = state == PAGE_STATE_SLAB ? "it is a slab" :
		state >= PAGE_STATE_USED ? "it was allocated with another order" :
		state >= PAGE_STATE_FREE ? "it is free already" : "nobody allocated it";

	WARN(1, "free of page frame 0x%lx, order %u: %s\n", pfn, order, what);
}

void __free_pages(struct page *page, unsigned int order)
{
	unsigned long flags, pfn = page_to_pfn(page);
	u8 state;

	debug_check_no_obj_freed(page_address(page), PAGE_SIZE << order);
	raw_spin_lock_irqsave(&page_lock, flags);
	state = page_state(pfn);
	if (likely(state == PAGE_STATE_USED + order))
		free_block_locked(pfn, order);
	raw_spin_unlock_irqrestore(&page_lock, flags);
	if (unlikely(state != PAGE_STATE_USED + order))
		report_bad_free(pfn, order, state);
}

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp, order);

	return page ? (unsigned long)page_address(page) : 0;
}

unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}

void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page(addr), order);
}

/* An allocated block becomes as many allocated pages, each to be freed on its own. */
static void split_block(struct page *page, unsigned int order)
{
	unsigned long i, pfn = page_to_pfn(page);

	for (i = 0; i < 1UL << order; i++)
		set_page_state(pfn + i, PAGE_STATE_USED);
}

/* Of an allocated block what @size bytes need; the rest goes back. */
static void *trim_block(struct page *page, unsigned int order, size_t size)
{
	unsigned long i;

	if (!page)
		return NULL;
	split_block(page, order);
	for (i = PFN_UP(size); i < 1UL << order; i++)
		__free_page(page + i);
	return page_address(page);
}

void *alloc_pages_exact(size_t size, gfp_t gfp)
{
	unsigned int order = get_order(size);

	return trim_block(alloc_pages(gfp, order), order, size);
}

void *alloc_pages_exact_within(size_t size, gfp_t gfp, phys_addr_t last)
{
	unsigned int order = get_order(size);
	unsigned long pfn = 0;

	might_sleep_if(gfp & __GFP_DIRECT_RECLAIM);
	if (order <= MAX_PAGE_ORDER && size - 1 <= last)
		pfn = take_block_within(gfp, order, PFN_DOWN(last - (size - 1)));
	return trim_block(make_ready(pfn, gfp, order), order, size);
}

void free_pages_exact(void *addr, size_t size)
{
	unsigned long i;

	for (i = 0; i < PFN_UP(size); i++)
		free_page((unsigned long)addr + i * PAGE_SIZE);
}

void page_set_slab(struct page *page, unsigned int order)
{
	memset(&page_states[page_to_pfn(page) - first_pfn], PAGE_STATE_SLAB, 1UL << order);
}

void page_clear_slab(struct page *page, unsigned int order)
{
	memset(&page_states[page_to_pfn(page) - first_pfn], PAGE_STATE_NONE, 1UL << order);
	set_page_state(page_to_pfn(page), PAGE_STATE_USED + order);
}

/* ---- figures ---- */

bool virt_addr_valid(const void *addr)
{
	return page_index(addr) < nr_pfns;
}

unsigned long totalram_pages(void)
{
	return zones[ZONE_LOW].total + zones[ZONE_NORMAL].total;
}

unsigned long nr_free_pages(void)
{
	return READ_ONCE(zones[ZONE_LOW].free) + READ_ONCE(zones[ZONE_NORMAL].free);
}

void si_meminfo(struct sysinfo *val)
{
	*val = (struct sysinfo){
		.totalram = totalram_pages(),
		.freeram = nr_free_pages(),
		.mem_unit = PAGE_SIZE,
	};
}

/* ---- boot ---- */

static phys_addr_t tables_size(unsigned long pfns)
{
	return (phys_addr_t)pfns * (sizeof(struct page) + sizeof(page_states[0]));
}

/* Drop ranges from the top as long as the tables up to there would take more than they are worth. */
static void choose_span(void)
{
	struct memblock_type *memory = &memblock.memory;
	phys_addr_t usable = 0;
	unsigned int i;

	for (i = 0; i < memory->nr; i++)
		usable += memory->regions[i].size;
	for (; memory->nr; memory->nr--) {
		struct memblock_region *top = &memory->regions[memory->nr - 1];

		first_pfn = PFN_DOWN(memory->regions[0].base);
		nr_pfns = PFN_DOWN(top->base + top->size - 1) + 1 - first_pfn;
		if (tables_size(nr_pfns) <= usable / 8)
			return;
		usable -= top->size;
		pr_warn("memory: %llu KiB at 0x%llx left alone, they are too far away\n",
			top->size >> 10, top->base);
	}
	panic("no usable memory: the machine named no range that is large enough to work with");
}

static void alloc_tables(void)
{
	phys_addr_t map = memblock_phys_alloc(nr_pfns * sizeof(struct page), PAGE_SIZE, 0, 0);
	phys_addr_t states = memblock_phys_alloc(nr_pfns, PAGE_SIZE, 0, 0);

	if (!map || !states)
		panic("no usable memory: no room for the tables of %lu pages", nr_pfns);
	mem_map = (struct page *)arch_phys_to_virt(map) - first_pfn;
	page_states = arch_phys_to_virt(states);
	memset(page_states, PAGE_STATE_NONE, nr_pfns);
}

static void free_range(unsigned long pfn, unsigned long end_pfn)
{
	while (pfn < end_pfn) {
		/* As large as its alignment, what is left, and the zone's end allow. */
		unsigned int order = pfn ? min_t(unsigned int, __ffs(pfn), MAX_PAGE_ORDER) : 0;

		while (pfn + (1UL << order) > end_pfn)
			order--;
		zone_of(pfn)->total += 1UL << order;
		free_block_locked(pfn, order);
		pfn += 1UL << order;
	}
}

void page_alloc_init(void)
{
	phys_addr_t start, end, from = 0;
	unsigned long flags;
	unsigned int i, order;

	for (i = 0; i < NR_ZONES; i++)
		for (order = 0; order < NR_PAGE_ORDERS; order++)
			INIT_LIST_HEAD(&zones[i].blocks[order]);
	/* Page frame 0 is never given out: 0 is what failure looks like. */
	memblock_reserve(0, PAGE_SIZE);
	choose_span();
	alloc_tables();
	memblock_close();
	raw_spin_lock_irqsave(&page_lock, flags);
	for (; memblock_next_free(&memblock, from, &start, &end); from = end)
		if (PFN_UP(start) < PFN_DOWN(end))
			free_range(PFN_UP(start), PFN_DOWN(end));
	raw_spin_unlock_irqrestore(&page_lock, flags);
	pr_info("memory: %lu KiB free, of these %lu below 1 MiB\n", nr_free_pages() << (PAGE_SHIFT - 10),
		zones[ZONE_LOW].free << (PAGE_SHIFT - 10));
	if (!nr_free_pages())
		panic("no usable memory: all that the machine named is taken");
}
