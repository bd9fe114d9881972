/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the sources of the tasklet unit share: a tasklet that writes its letter when it runs.
 */
#ifndef CONFORMANCE_TASKLET_H
#define CONFORMANCE_TASKLET_H

#include "deferral.h"

/* @also is called after the letter is written; it may be changed while the tasklet is idle. */
struct lettered {
	struct tasklet_struct tasklet;
	struct log *log;
	char letter;
	void (*also)(struct lettered *own);
	int runs;
	struct completion done;
};

static inline void lettered_run(struct tasklet_struct *t)
{
	struct lettered *own = from_tasklet(own, t, tasklet);

	own->runs++;
	note(own->log, own->letter);
	if (own->also)
		own->also(own);
	complete(&own->done);
}

static inline void lettered_init(struct lettered *own, struct log *log, char letter,
				 void (*also)(struct lettered *own))
{
	*own = (struct lettered){ .log = log, .letter = letter, .also = also };
	init_completion(&own->done);
	tasklet_setup(&own->tasklet, lettered_run);
}

static inline bool is_scheduled(struct lettered *own)
{
	return test_bit(TASKLET_STATE_SCHED, &own->tasklet.state);
}

static inline bool is_running(struct lettered *own)
{
	return test_bit(TASKLET_STATE_RUN, &own->tasklet.state);
}

static inline int disable_depth(struct lettered *own)
{
	return atomic_read(&own->tasklet.count);
}

void observe_tasklet_state(void);
void observe_tasklet_disable(void);
void observe_tasklet_order(void);
void observe_tasklet_smp(void);

#endif
