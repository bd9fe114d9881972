/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a conformance source says: one line per observation, the same text on every kernel.
 *
 * What
 *	OBSERVE("area.what_is_looked_at", "%d", value) prints
 *
 *		observe: area.what_is_looked_at = value
 *
 *	tools/conformance reads these lines from consoles and compares them by name. A name is
 *	observed once per run. The value says what was seen, never whether that is right: what is
 *	right is what Linux printed.
 *
 * Contexts
 *	Task context. A handler keeps what it saw in a variable or a log, and the task prints it
 *	when the handlers are through: printing inside would change what is looked at.
 *
 * Limits
 *	A value must be the same in every run on one kernel with so many CPUs: counts, return
 *	values, orders, truths; never a time, an address, or how often something was polled.
 *	Nothing that needs a second CPU is observed where num_online_cpus() is 1.
 */
#ifndef CONFORMANCE_OBSERVE_H
#define CONFORMANCE_OBSERVE_H

#include <linux/printk.h>

#define OBSERVE(name, fmt, ...)	printk(KERN_INFO "observe: " name " = " fmt "\n", ##__VA_ARGS__)

/* Truths are printed as words: "running = yes". */
static inline const char *yes_no(bool truth)
{
	return truth ? "yes" : "no";
}

#endif
