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
 *	Even so, most shared words are the scheduler's, and they are shared in every test that starts
 *	a thread. So the places in the code that an empty test goes through are learnt first; a word
 *	that is touched from any other place is the test's own, and preferred.
 *
 * Contexts
 *	host_learn_begin(), host_learn_end(): the runner. host_learn_step(): a simulated CPU.
 *
 * Limits
 *	TABLE words and PLACES places are remembered, the first ones; HOST_WORDS_MAX shared words are
 *	kept.
 *
 * Tests
 *	tests/scenario/machine.c: what is found there needs it
 */
#include "host.h"

#define TABLE		4096
#define PLACES		4096

/* Who touched a word: a bit for each CPU's tasks, and one for its interrupts. */
struct touched {
	unsigned long word;
	u32 by;
	u32 changed_by;
	bool own;		/* from a place that is not in common_places */
};

static host_keep struct touched touched[TABLE];
static host_keep unsigned long common_places[PLACES];
host_keep struct host_knowledge host_knowledge;

void host_learn_begin(void)
{
	for (unsigned int i = 0; i < TABLE; i++)
		touched[i] = (struct touched){ 0 };
	host_knowledge.nr_words = 0;
	host_knowledge.nr_own = 0;
	host_knowledge.steps = 0;
}

void host_learn_forget_places(void)
{
	for (unsigned int i = 0; i < PLACES; i++)
		common_places[i] = 0;
}

static unsigned int hash12(unsigned long word)
{
	return (unsigned int)((word * 0x9e3779b97f4a7c15UL) >> 52);
}

static struct touched *slot_of(unsigned long word)
{
	unsigned int start = hash12(word);

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

/* The place's slot: it holds the place, or 0, or (the table is full) another place. */
static unsigned long *slot_of_place(unsigned long pc)
{
	unsigned int i = hash12(pc);

	for (unsigned int tries = 0; tries < PLACES; tries++, i = (i + 1) % PLACES)
		if (common_places[i] == pc || !common_places[i])
			break;
	return &common_places[i];
}

/* A step has touched a word. */
void host_learn_step(const struct host_cpu *cpu, enum host_step kind, unsigned long word,
		     unsigned long pc)
{
	u32 context = 1U << (2 * cpu->number + cpu->on_irq_stack);
	unsigned long *place;
	struct touched *slot;

	if (!word || kind > HOST_STEP_PLAIN_WRITE || kind == HOST_STEP_BARRIER)
		return;
	place = slot_of_place(pc);
	if (host_job.learn == HOST_LEARN_PLACES) {
		if (!*place)
			*place = pc;
		return;
	}
	slot = slot_of(word);
	if (!slot)
		return;
	slot->by |= context;
	slot->own |= *place != pc;
	if (kind != HOST_STEP_READ && kind != HOST_STEP_PLAIN_READ)
		slot->changed_by |= context;
}

static bool is_shared(const struct touched *slot)
{
	return slot->word && slot->changed_by && (slot->by & (slot->by - 1));
}

/* Own words or the others, in order of address: the same knowledge is the same list. */
static void collect(bool own)
{
	unsigned long *words = host_knowledge.words;
	unsigned int first = host_knowledge.nr_words;

	for (unsigned int i = 0; i < TABLE && host_knowledge.nr_words < HOST_WORDS_MAX; i++) {
		unsigned int at = host_knowledge.nr_words;

		if (!is_shared(&touched[i]) || touched[i].own != own)
			continue;
		for (; at > first && words[at - 1] > touched[i].word; at--)
			words[at] = words[at - 1];
		words[at] = touched[i].word;
		host_knowledge.nr_words++;
	}
}

void host_learn_end(void)
{
	collect(true);
	host_knowledge.nr_own = host_knowledge.nr_words;
	collect(false);
}
