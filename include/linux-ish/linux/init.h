/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Code that runs once, at boot: initcalls and options of the command line.
 *
 * What
 *	device_initcall(fn) and its kin make do_initcalls() call fn in a task, after the scheduler,
 *	all CPUs and workqueues work: level by level, within one in link order. A negative result is
 *	reported and otherwise ignored.
 *
 *	early_param("name", fn) takes an option before anything else is set up; fn gets the value,
 *	or NULL, and returns 0 or an error. __setup("name=", fn) takes one before the initcalls, fn
 *	returns 1 if it likes the value. See also <linux/moduleparam.h>.
 *
 * Differs from Linux
 *	Memory of __init code is not given back: the marks say when code runs, nothing more.
 *	__setup() compares the whole name, not just its beginning.
 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/moduleparam.h>
#include <linux/stringify.h>

#define __init		__cold
#define __exit		__maybe_unused __cold
#define __initdata
#define __initconst
#define __exitdata	__maybe_unused
#define __ro_after_init
#define __init_or_module
#define __initdata_or_module
#define __refdata
#define __ref
#define __meminit
#define __cpuinit
#define __devinit
#define __devexit	__maybe_unused

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);

/* In the sections initcall_core, initcall_subsys, initcall_device and initcall_late. */
struct initcall {
	initcall_t fn;
	const char *name;
	unsigned int rank;	/* order within the section; equal ones: link order */
};

#define __initcall_in(section, order, function)				\
	static const struct initcall __bh_unique(__initcall_##function##_, __LINE__) \
		__used __aligned(8) __section("initcall_" section) = {	\
			.fn = function, .name = #function, .rank = order, \
		}

#ifdef MODULE
/* All the same to a module: it is initialised when it is loaded (see <linux/module.h>). */
#define early_initcall(fn)		module_init(fn)
#define core_initcall(fn)		module_init(fn)
#define core_initcall_sync(fn)		module_init(fn)
#define postcore_initcall(fn)		module_init(fn)
#define postcore_initcall_sync(fn)	module_init(fn)
#define arch_initcall(fn)		module_init(fn)
#define subsys_initcall(fn)		module_init(fn)
#define subsys_initcall_sync(fn)	module_init(fn)
#define fs_initcall(fn)			module_init(fn)
#define fs_initcall_sync(fn)		module_init(fn)
#define rootfs_initcall(fn)		module_init(fn)
#define device_initcall(fn)		module_init(fn)
#define device_initcall_sync(fn)	module_init(fn)
#define console_initcall(fn)		module_init(fn)
#define late_initcall(fn)		module_init(fn)
#define late_initcall_sync(fn)		module_init(fn)
#else
#define early_initcall(fn)		__initcall_in("core", 0, fn)
#define pure_initcall(fn)		__initcall_in("core", 1, fn)
#define console_initcall(fn)		__initcall_in("core", 2, fn)
#define core_initcall(fn)		__initcall_in("core", 3, fn)
#define core_initcall_sync(fn)		__initcall_in("core", 4, fn)
#define postcore_initcall(fn)		__initcall_in("core", 5, fn)
#define postcore_initcall_sync(fn)	__initcall_in("core", 6, fn)
#define arch_initcall(fn)		__initcall_in("subsys", 0, fn)
#define arch_initcall_sync(fn)		__initcall_in("subsys", 1, fn)
#define subsys_initcall(fn)		__initcall_in("subsys", 2, fn)
#define subsys_initcall_sync(fn)	__initcall_in("subsys", 3, fn)
#define fs_initcall(fn)			__initcall_in("device", 0, fn)
#define fs_initcall_sync(fn)		__initcall_in("device", 1, fn)
#define rootfs_initcall(fn)		__initcall_in("device", 2, fn)
#define device_initcall(fn)		__initcall_in("device", 3, fn)
#define device_initcall_sync(fn)	__initcall_in("device", 4, fn)
#define late_initcall(fn)		__initcall_in("late", 0, fn)
#define late_initcall_sync(fn)		__initcall_in("late", 1, fn)

/* What is built in is initialised as a device, and never exits. */
#define module_init(fn)	device_initcall(fn)
#define module_exit(fn) \
	static const exitcall_t __exitcall_##fn __maybe_unused = fn
#endif
#define INITCALL_RANKS			7	/* ranks are below this */
#define __initcall(fn)			device_initcall(fn)
#define __exitcall(fn)			module_exit(fn)

#ifdef MODULE
/* The options of the command line are the kernel's own: a module has module_param(). */
#define __setup_entry(text, function, wanted, option_flags) struct __setup_needs_a_semicolon
#else
#define __setup_entry(text, function, wanted, option_flags)		\
	static const struct kernel_param __bh_unique(__setup_##function##_, __LINE__) \
		__used __aligned(8) __section("kernel_params") = {	\
			.name = text, .setup = function, .accepts = wanted, \
			.flags = option_flags,				\
		}
#endif
#define early_param(str, fn)		__setup_entry(str, fn, NULL, KERNEL_PARAM_FL_EARLY)
#define __setup(str, fn)		__setup_entry(str, fn, NULL, 0)
/**
 * early_param_accepts, __setup_accepts - the same, with words for the message about a wrong value
 */
#define early_param_accepts(str, fn, accepts) __setup_entry(str, fn, accepts, KERNEL_PARAM_FL_EARLY)
#define __setup_accepts(str, fn, accepts)     __setup_entry(str, fn, accepts, 0)

/**
 * do_initcalls - take the other options of the command line, then run all initcalls. Context: task;
 * once.
 */
void do_initcalls(void);

#endif
