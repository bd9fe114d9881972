// SPDX-License-Identifier: GPL-2.0-only
/*
 * All memory of the simulated machine, and its state at chosen moments.
 *
 * What
 *	The machine's state is two regions: section core_state, and the arena. A snapshot is a copy
 *	of every page of both that is not all zero.
 *
 *	Restoring must cost microseconds, but a run touches only some dozens of the thousands of
 *	pages. So after a full restore everything is write-protected; the first write to a page
 *	faults once, the page becomes hot and writable. Restoring the same snapshot again copies the
 *	hot pages only, which stay writable: after a few runs there are no more faults, and a
 *	restore is one memcpy a page. Every COOL_PERIOD restores the set begins anew, so that pages
 *	which one odd run touched do not cost for ever.
 *
 * Limits
 *	A system call that writes into a protected page fails with EFAULT: the runner lets none do
 *	that.
 *
 * Tests
 *	selftest.c
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "runner.h"

#define PAGE		4096UL
#define PAGES_MAX	8192
#define COOL_PERIOD	20000

/* The linker's, page aligned: scripts/host.mk. */
extern char __start_core_state[], __stop_core_state[];

struct region {
	char *start;
	size_t pages;
};

/* For each page of both regions its copy; NULL: all zero. */
struct snapshot {
	char *copies[PAGES_MAX];
};

static struct region regions[2];
static size_t nr_pages;
static struct snapshot *power_off_state;
static struct snapshot *current;

static bool hot[PAGES_MAX];
static unsigned int hot_list[PAGES_MAX];
static unsigned int nr_hot;
static unsigned int restores_to_cool;

static char *page_address(size_t page)
{
	if (page < regions[0].pages)
		return regions[0].start + page * PAGE;
	return regions[1].start + (page - regions[0].pages) * PAGE;
}

static bool all_zero(const char *page)
{
	return page[0] == 0 && memcmp(page, page + 1, PAGE - 1) == 0;
}

static void protect(int protection)
{
	for (int i = 0; i < 2; i++)
		if (mprotect(regions[i].start, regions[i].pages * PAGE, protection)) {
			perror("mprotect");
			exit(2);
		}
}

static void cool(void)
{
	protect(PROT_READ);
	memset(hot, 0, sizeof(hot));
	nr_hot = 0;
	restores_to_cool = COOL_PERIOD;
}

static void *map_at(unsigned long address, size_t size, int protection)
{
	void *memory = mmap((void *)address, size, protection,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE, -1, 0);

	if (memory != (void *)address) {
		perror("an address of the simulated machine is taken");
		exit(2);
	}
	return memory;
}

void memory_init(void)
{
	regions[0].start = __start_core_state;
	regions[0].pages = (size_t)(__stop_core_state - __start_core_state) / PAGE;
	regions[1].start = map_at(HOST_ARENA_ADDRESS, HOST_ARENA_SIZE, PROT_READ | PROT_WRITE);
	regions[1].pages = HOST_ARENA_SIZE / PAGE;
	map_at(HOST_GUARD_ADDRESS, HOST_GUARD_SIZE, PROT_READ | PROT_WRITE);
	map_at(HOST_GUARD_ADDRESS + HOST_GUARD_SIZE, PAGE, PROT_NONE);
	nr_pages = regions[0].pages + regions[1].pages;
	if (nr_pages > PAGES_MAX || (uintptr_t)__start_core_state % PAGE ||
	    (uintptr_t)__stop_core_state % PAGE) {
		fprintf(stderr, "core_state is not what memory.c expects\n");
		exit(2);
	}
	power_off_state = memory_take();
}

/* Remember the machine as it is. Return: the snapshot; it is the one in force. */
struct snapshot *memory_take(void)
{
	struct snapshot *snapshot = calloc(1, sizeof(*snapshot));
	size_t used = 0;
	char *copies;

	for (size_t page = 0; page < nr_pages; page++)
		used += !all_zero(page_address(page));
	copies = malloc(used * PAGE);
	if (!snapshot || (used && !copies)) {
		perror("snapshot");
		exit(2);
	}
	for (size_t page = 0; page < nr_pages; page++)
		if (!all_zero(page_address(page))) {
			snapshot->copies[page] = copies;
			memcpy(copies, page_address(page), PAGE);
			copies += PAGE;
		}
	current = snapshot;
	cool();
	return snapshot;
}

static void restore_page(const struct snapshot *snapshot, size_t page)
{
	if (snapshot->copies[page])
		memcpy(page_address(page), snapshot->copies[page], PAGE);
	else
		memset(page_address(page), 0, PAGE);
}

static void restore_all(struct snapshot *snapshot)
{
	protect(PROT_READ | PROT_WRITE);
	/* Gives zero pages, without touching those that stay zero. */
	if (madvise(regions[1].start, regions[1].pages * PAGE, MADV_DONTNEED)) {
		perror("madvise");
		exit(2);
	}
	for (size_t page = 0; page < nr_pages; page++)
		if (page < regions[0].pages || snapshot->copies[page])
			restore_page(snapshot, page);
	current = snapshot;
	cool();
}

/* Put the machine back to where it was. */
void memory_restore(struct snapshot *snapshot)
{
	if (snapshot != current) {
		restore_all(snapshot);
		return;
	}
	for (unsigned int i = 0; i < nr_hot; i++)
		restore_page(snapshot, hot_list[i]);
	if (--restores_to_cool == 0)
		cool();
}

/* As if it had never been switched on. */
void memory_power_off(void)
{
	memory_restore(power_off_state);
}

/*
 * Somebody writes to a page for the first time. Called from the signal handler.
 * Return: false if the address is none of the machine's, or writable already.
 */
bool memory_touch(uintptr_t address)
{
	size_t page = 0;

	for (int i = 0; i < 2; i++) {
		uintptr_t start = (uintptr_t)regions[i].start;

		if (address >= start && address < start + regions[i].pages * PAGE) {
			page += (address - start) / PAGE;
			if (hot[page])
				return false;
			hot[page] = true;
			hot_list[nr_hot++] = (unsigned int)page;
			return mprotect(page_address(page), PAGE, PROT_READ | PROT_WRITE) == 0;
		}
		page += regions[i].pages;
	}
	return false;
}

/* A fingerprint of all there is. */
uint64_t memory_hash(void)
{
	uint64_t hash = 0xcbf29ce484222325ULL;

	for (size_t page = 0; page < nr_pages; page++) {
		const uint64_t *word = (const uint64_t *)page_address(page);

		for (size_t i = 0; i < PAGE / sizeof(*word); i++)
			hash = (hash ^ word[i]) * 0x100000001b3ULL;
	}
	return hash;
}

unsigned int memory_hot_pages(void)
{
	return nr_hot;
}
