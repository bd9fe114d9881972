/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the three parts of the log share: printk.c makes lines, ring.c keeps them, console.c brings
 * them out.
 */
#ifndef _KERNEL_PRINTK_RING_H
#define _KERNEL_PRINTK_RING_H

#include <linux/printk.h>
#include <linux/types.h>

/* The level of printk_raw(). */
#define LEVEL_RAW	-1

enum log_state {
	LOG_READY,		/* filled in */
	LOG_NOT_YET,		/* not written, or being written */
	LOG_GONE,		/* overwritten */
};

/* A line on its way to the ring. */
struct log_line {
	u64 time_ns;
	unsigned int cpu;
	int level;
	unsigned int len;	/* at most LOG_LINE_MAX */
	const char *text;
};

/* Add a line; false if there was no room, and it is counted as lost. Context: any. */
bool log_store(const struct log_line *line);
/* Copy line @seq. Context: any. */
enum log_state log_read(u32 seq, struct printk_record *record);
u32 log_next_seq(void);
u32 log_oldest_seq(void);
unsigned long log_lost(void);
void log_count_lost(void);

/*
 * The console's place in the ring: what is before it may be overwritten. Only the console's owner.
 */
bool log_pending(void);				/* any context: is the next line there? */
void log_pending_read(struct printk_record *record);
void log_pending_done(const struct printk_record *record);
/* Panic: pass over a line that nobody will finish. */
bool log_pending_skip(void);

void console_flush(void);
void console_panic_mode(void);

#endif
