// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sorting in place: arrays by heapsort, lists by merging.
 *
 * What
 *	Heapsort needs neither memory nor recursion, and has no bad inputs. A list is merged
 *	bottom-up: slot n of a small table holds a sorted run of 2^n entries, as the digits of a
 *	binary counter.
 *
 * Contexts
 *	Any that the comparison allows.
 *
 * Limits
 *	Array: at most 2 n log2(n) comparisons. List: n log2(n); stable; 2^32 entries.
 *
 * Tests
 *	tests/boot/string_test.c, tests/boot/list_test.c
 */
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/sort.h>
#include <linux/string.h>

/* ---------------------------------------------------------------- arrays */

struct sorted {
	char *base;
	size_t size;
	cmp_r_func_t cmp;
	swap_r_func_t swap;
	const void *priv;
};

static void exchange(const struct sorted *array, size_t i, size_t j)
{
	char *a = array->base + i * array->size;
	char *b = array->base + j * array->size;

	if (array->swap) {
		array->swap(a, b, (int)array->size, array->priv);
		return;
	}
	for (size_t n = 0; n < array->size; n++) {
		char c = a[n];

		a[n] = b[n];
		b[n] = c;
	}
}

static int compare(const struct sorted *array, size_t i, size_t j)
{
	return array->cmp(array->base + i * array->size, array->base + j * array->size,
			  array->priv);
}

/* Element @top of a heap of @num elements may be too small for its place: let it sink. */
static void sink(const struct sorted *array, size_t top, size_t num)
{
	for (;;) {
		size_t child = 2 * top + 1;

		if (child >= num)
			return;
		if (child + 1 < num && compare(array, child, child + 1) < 0)
			child++;
		if (compare(array, top, child) >= 0)
			return;
		exchange(array, top, child);
		top = child;
	}
}

void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp, swap_r_func_t swap,
	    const void *priv)
{
	struct sorted array = { base, size, cmp, swap, priv };

	for (size_t top = num / 2; top-- > 0;)
		sink(&array, top, num);
	while (num > 1) {
		exchange(&array, 0, --num);
		sink(&array, 0, num);
	}
}

/* sort() is sort_r() with the two functions as the private data. */
struct sort_functions {
	cmp_func_t cmp;
	swap_func_t swap;
};

static int call_cmp(const void *a, const void *b, const void *priv)
{
	return ((const struct sort_functions *)priv)->cmp(a, b);
}

static void call_swap(void *a, void *b, int size, const void *priv)
{
	((const struct sort_functions *)priv)->swap(a, b, size);
}

void sort(void *base, size_t num, size_t size, cmp_func_t cmp, swap_func_t swap)
{
	struct sort_functions functions = { cmp, swap };

	sort_r(base, num, size, call_cmp, swap ? call_swap : NULL, &functions);
}

/* ---------------------------------------------------------------- lists */

#define RUNS_MAX	32

/* Two sorted chains, ended by NULL, into one; equal entries of @a come first. */
static struct list_head *merge(void *priv, list_cmp_func_t cmp, struct list_head *a,
			       struct list_head *b)
{
	struct list_head *head;
	struct list_head **tail = &head;

	while (a && b) {
		struct list_head **least = cmp(priv, a, b) <= 0 ? &a : &b;

		*tail = *least;
		tail = &(*least)->next;
		*least = *tail;
	}
	*tail = a ? a : b;
	return head;
}

/* Make a list of a chain again. */
static void rebuild(struct list_head *head, struct list_head *chain)
{
	struct list_head *prev = head;

	for (; chain; prev = chain, chain = chain->next) {
		prev->next = chain;
		chain->prev = prev;
	}
	prev->next = head;
	head->prev = prev;
}

void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp)
{
	struct list_head *runs[RUNS_MAX] = { NULL };
	struct list_head *sorted = NULL;
	struct list_head *entry = head->next;

	while (entry != head) {
		struct list_head *run = entry;
		int n = 0;

		entry = entry->next;
		run->next = NULL;
		/* Carry: runs in the table are older, and come first. */
		for (; n < RUNS_MAX - 1 && runs[n]; n++) {
			run = merge(priv, cmp, runs[n], run);
			runs[n] = NULL;
		}
		runs[n] = runs[n] ? merge(priv, cmp, runs[n], run) : run;
	}
	for (int n = 0; n < RUNS_MAX; n++)
		if (runs[n])
			sorted = sorted ? merge(priv, cmp, runs[n], sorted) : runs[n];
	rebuild(head, sorted);
}
