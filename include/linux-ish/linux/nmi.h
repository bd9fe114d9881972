/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupts that cannot be held off: who wants to be asked when one comes.
 *
 * Follows Linux 6.12, arch/x86/include/asm/nmi.h. Of its types there are the two below: nothing that this
 * kernel runs on reports SERR or an I/O check.
 */
#ifndef _LINUX_NMI_H
#define _LINUX_NMI_H

#include <linux/types.h>

struct pt_regs;

/* Who is asked, and when. */
enum {
	NMI_LOCAL,	/* each time, all of them: an NMI does not say whose it is, and several may be one */
	NMI_UNKNOWN,	/* when none of those had asked for it */
	NMI_MAX
};

/* What a handler returns: how many of its events it found. */
#define NMI_DONE	0
#define NMI_HANDLED	1

/* For a registration: ask before those that are there. */
#define NMI_FLAG_FIRST	1

/**
 * A handler. Context: NMI: anything may be half done, any lock held by whom it interrupted; no locks, nothing
 * that waits. It may fault where that is fixed up. irq_work_queue() leads out.
 */
typedef int (*nmi_handler_t)(unsigned int type, struct pt_regs *regs);

/**
 * struct nmiaction - one registration
 * @next: in the chain of its type
 * @handler: the function
 * @flags: NMI_FLAG_*
 * @name: for people, and for unregister_nmi_handler()
 */
struct nmiaction {
	struct nmiaction *next;		/* G: changed under the chains' lock, walked without */
	nmi_handler_t handler;		/* I */
	unsigned long flags;		/* I */
	const char *name;		/* I */
};

int __register_nmi_handler(unsigned int type, struct nmiaction *action);

/**
 * register_nmi_handler - have a function called for each NMI
 * @type: NMI_LOCAL or NMI_UNKNOWN
 * @fn: the function's name: the registration is called after it, so there is one at each place that is written
 * @flags_: NMI_FLAG_*
 * @name_: a name that nobody else has for this type
 *
 * Context: any but NMI. Return: 0; -EINVAL without function or name, for another type, or a name that is there;
 * -EBUSY when this very registration is.
 */
#define register_nmi_handler(type, fn, flags_, name_) ({			\
	static struct nmiaction fn##_na = { .handler = (fn), .flags = (flags_), .name = (name_) }; \
	__register_nmi_handler((type), &fn##_na);				\
})

/**
 * unregister_nmi_handler - take a registration back
 * @type: its type
 * @name: its name; one that is not there is reported
 *
 * Context: any but NMI. On return the handler is not running on any CPU, and is not called any more.
 */
void unregister_nmi_handler(unsigned int type, const char *name);

/* ---- Where CPUs are: kernel/nmi_backtrace.c */

struct cpumask;

/**
 * trigger_all_cpu_backtrace, trigger_allbutcpu_cpu_backtrace, trigger_cpumask_backtrace,
 * trigger_single_cpu_backtrace - have CPUs log where they are, with interrupts off there, too
 *
 * Those that are not online are left out. Who asks while somebody else does gets no answer of his own.
 * Context: any but NMI; up to five seconds for each CPU that does not answer. Return: false if this machine
 * cannot do it: then nothing is logged.
 */
#ifdef CONFIG_SMP
bool trigger_all_cpu_backtrace(void);
bool trigger_allbutcpu_cpu_backtrace(int exclude_cpu);
bool trigger_cpumask_backtrace(const struct cpumask *mask);
bool trigger_single_cpu_backtrace(int cpu);

/* For the machine's NMI: whether this CPU was asked where it is; then it has said so. */
bool backtrace_if_asked(const struct pt_regs *regs, bool irqs_off);
#else
static inline bool trigger_all_cpu_backtrace(void) { return false; }
static inline bool trigger_allbutcpu_cpu_backtrace(int exclude_cpu) { return false; }
static inline bool trigger_cpumask_backtrace(const struct cpumask *mask) { return false; }
static inline bool trigger_single_cpu_backtrace(int cpu) { return false; }
#endif

#endif
