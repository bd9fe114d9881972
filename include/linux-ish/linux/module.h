/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Modules: sources that bring themselves in with module_init(), and out again with module_exit().
 *
 * What
 *	A module is one or several files that the build links into one object with a scope of its
 *	own, a unit: its global names are seen by its own files only. The image holds any number of
 *	units. Each is there, and does nothing, until "run=name" on the command line loads it:
 *	parameters, then init; and later exit. How to build and run one: Documentation/modules.md.
 *
 *	In a file that belongs to no module (MODULE is not defined) the information is dropped,
 *	module_init() is a device_initcall(), and nothing ever exits.
 *
 * States
 *	UNFORMED	not loaded; exit has run, or never was anything
 *	COMING		its parameters are being set, or its init runs
 *	LIVE		init has succeeded
 *	GOING		its exit runs
 *
 * Contexts
 *	init and exit: a task of its own, may sleep. References: any.
 *
 * Differs from Linux
 *	A unit is loaded by name from the image, not from a file; one that is loaded again after its
 *	exit begins with its first values. There are no notifiers, and no sysfs.
 *
 * Tests
 *	tests/boot/module_test.c
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/stringify.h>
#include <linux/types.h>
#ifdef MODULE
/* What sources of modules get with this header on Linux, and rely on. */
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#endif

#define MODULE_NAME_LEN		(64 - sizeof(unsigned long))

enum module_state {
	MODULE_STATE_LIVE,
	MODULE_STATE_COMING,
	MODULE_STATE_GOING,
	MODULE_STATE_UNFORMED,
};

/* A part of a unit: [begin, end). */
struct module_range {
	char *begin;
	char *end;
};

/**
 * struct module - a unit
 * @state: see above
 * @name: as in run=, with _ for -
 * @init, @exit: NULL where the sources have none
 * @data: what is written, and has values; they are put back before each init
 * @bss: what is written, and begins as zero
 * @percpu: the unit's part of the per-CPU template
 * @params, @params_end: what module_param() declared
 * @info: what MODULE_*() said, "tag=text" with a NUL behind each
 * @uses: units whose symbols this one uses, NULL behind the last; they are loaded before it
 *
 * The build writes one for each unit (scripts/modpost.py). Marks: L module_mutex, I, A.
 */
struct module {
	enum module_state state;			/* L; read without by try_module_get() */
	char name[MODULE_NAME_LEN];			/* I */
	int (*init)(void);				/* I */
	void (*exit)(void);				/* I */
	struct module_range data, bss, percpu;		/* I */
	const struct kernel_param *params, *params_end;	/* I */
	const char *info, *info_end;			/* I */
	const char *const *uses;			/* I */
	void *first_values;				/* L: of @data, since the first load */
	char *args;					/* L: charp parameters point into it */
	atomic_t refcnt;				/* A: references and, while loaded, one */
};

#ifdef MODULE

/* The names that a loader looks for. Sources may define them by hand, instead. */
int init_module(void);
void cleanup_module(void);

/** module_init - what to call when the module is loaded; 0, or a negative error and it is not */
#define module_init(fn)							\
	_Static_assert(__builtin_types_compatible_p(typeof(&(fn)), int (*)(void)), \
		       #fn " is not int (*)(void)");			\
	int init_module(void) __copy(fn) __alias(fn)
/** module_exit - what to call before it is taken out. Without one it cannot be. */
#define module_exit(fn)							\
	_Static_assert(__builtin_types_compatible_p(typeof(&(fn)), void (*)(void)), \
		       #fn " is not void (*)(void)");			\
	void cleanup_module(void) __copy(fn) __alias(fn)

#endif

#define MODULE_LICENSE(text)		MODULE_INFO(license, text)
#define MODULE_AUTHOR(text)		MODULE_INFO(author, text)
#define MODULE_DESCRIPTION(text)	MODULE_INFO(description, text)
#define MODULE_VERSION(text)		MODULE_INFO(version, text)
#define MODULE_ALIAS(text)		MODULE_INFO(alias, text)
#define MODULE_SOFTDEP(text)		MODULE_INFO(softdep, text)
#define MODULE_FIRMWARE(text)		MODULE_INFO(firmware, text)
#define MODULE_IMPORT_NS(ns)		MODULE_INFO(import_ns, __stringify(ns))
#define MODULE_DEVICE_TABLE(type, name) \
	static const void * const __UNIQUE_ID(device_table) __maybe_unused = &(name)
#define __MODULE_STRING(x)		__stringify(x)

#ifdef CONFIG_MODULE_UNITS

/**
 * try_module_get - take a reference, unless the module is on its way out
 * @module: may be NULL, which is the kernel itself
 *
 * A module with references is not taken out. Context: any.
 * Return: whether it may be used.
 */
bool try_module_get(struct module *module);
/** __module_get - the same, for who already has a reference. Context: any. */
void __module_get(struct module *module);
/** module_put - give a reference back. Context: any. */
void module_put(struct module *module);
/** module_refcount - how many references there are; -1: it is not loaded. Context: any. */
int module_refcount(struct module *module);

#else

static inline bool try_module_get(struct module *module) { return true; }
static inline void __module_get(struct module *module) { }
static inline void module_put(struct module *module) { }
static inline int module_refcount(struct module *module) { return -1; }

#endif

/** module_is_live - whether its init has begun, and its exit has not. Context: any. */
static inline bool module_is_live(const struct module *module)
{
	return READ_ONCE(module->state) != MODULE_STATE_GOING;
}

#define module_name(mod) ({						\
	const struct module *__module = (mod);				\
	__module ? __module->name : "kernel";				\
})
#define symbol_get(x)			(&(x))
#define symbol_put(x)			do { } while (0)

#endif
