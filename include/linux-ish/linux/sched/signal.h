/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signals, for code that asks whether one is pending.
 *
 * Differs from Linux
 *	There are no user processes and no signals: none is ever pending, and interruptible and
 *	killable waits end only when what they wait for has come.
 */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/sched.h>

/** signal_pending, fatal_signal_pending, signal_pending_state - no. Context: any. */
static inline int signal_pending(struct task_struct *p) { return 0; }
static inline int fatal_signal_pending(struct task_struct *p) { return 0; }
static inline int signal_pending_state(unsigned int state, struct task_struct *p) { return 0; }
/** flush_signals, allow_signal, disallow_signal - nothing. Context: any. */
static inline void flush_signals(struct task_struct *p) { }
static inline void allow_signal(int sig) { }
static inline void disallow_signal(int sig) { }

#endif
