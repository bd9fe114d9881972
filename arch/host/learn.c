// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which words are worth a switch?
 *
 * What
 *	Most steps touch what only one context uses, and a switch there is as good as one a little
 *	later. A few words decide everything: those that several CPUs touch, or a task and an
 *	interrupt of its CPU, and that at least one of them changes. Some runs are made only to find
 *	these, and how long a run is; then a seed can aim at one or two of them (HOST_FOCUS), and
 *	finds a window of one instruction however long the run.
 *
 * Contexts
 *	host_learn_begin(), host_learn_end(): the runner. host_learn_step(): a simulated CPU.
 *
 * Limits
 *	A run touches at most TABLE words that are remembered, the first ones; HOST_WORDS_MAX shared
 *	ones are kept.
 *
 * Tests
 *	tests/scenario/machine.c: what is found there needs it
 */
#include "host.h"

#define TABLE		4096

/* Who touched a word: a bit for each CPU's tasks, and one for its interrupts. */
struct touched {
	unsigned long word;
	u32 by;
	u32 changed_by;
};

static host_keep struct touched touched[TABLE];
host_keep struct host_knowledge host_knowledge;

void host_learn_begin(void)
{
	for (unsigned int i = 0; i < TABLE; i++)
		touched[i] = (struct touched){ 0 };
	host_knowledge.nr_words = 0;
	host_knowledge.nr_static = 0;
	host_knowledge.steps = 0;
}

static struct touched *slot_of(unsigned long word)
{
	unsigned int start = (unsigned int)((word * 0x9e3779b97f4a7c15UL) >> 52);

	for (unsigned int i = 0; i < TABLE; i++) {
		struct touched *slot = &touched[(start + i) % TABLE];

		if (slot->word == word)
			return slot;
		if (!slot->word) {
			slot->word = word;
			return slot;
		}
	}
	return NULL;
}

/* A step has touched a word. */
void host_learn_step(const struct host_cpu *cpu, enum host_step kind, unsigned long word)
{
	u32 context = 1U << (2 * cpu->number + cpu->on_irq_stack);
	struct touched *slot;

	if (!word || kind > HOST_STEP_PLAIN_WRITE || kind == HOST_STEP_BARRIER)
		return;
	slot = slot_of(word);
	if (!slot)
		return;
	slot->by |= context;
	if (kind != HOST_STEP_READ && kind != HOST_STEP_PLAIN_READ)
		slot->changed_by |= context;
}

static bool is_shared(const struct touched *slot)
{
	return slot->changed_by && (slot->by & (slot->by - 1));
}

/* In order of address, so that the same knowledge is the same list. */
static void insert(unsigned long word)
{
	unsigned int i = host_knowledge.nr_words++;

	host_knowledge.nr_static += word < HOST_ARENA_ADDRESS;
	for (; i && host_knowledge.words[i - 1] > word; i--)
		host_knowledge.words[i] = host_knowledge.words[i - 1];
	host_knowledge.words[i] = word;
}

void host_learn_end(void)
{
	for (unsigned int i = 0; i < TABLE && host_knowledge.nr_words < HOST_WORDS_MAX; i++)
		if (touched[i].word && is_shared(&touched[i]))
			insert(touched[i].word);
}
