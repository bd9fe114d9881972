/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options of the command line that are variables.
 *
 * What
 *	module_param(name, type, perm) makes the variable settable as PREFIXname=value, where the
 *	prefix is MODULE_PARAM_PREFIX: "" unless the file defines it ("kunit.") or the build defines
 *	KBUILD_MODNAME. Types: byte short ushort int uint long ulong ullong hexint charp bool
 *	invbool. In names - and _ are the same.
 *
 *	In a module there is no prefix: the options are those that "run=module,name=value" takes.
 *
 * Differs from Linux
 *	There is no sysfs: the permissions are accepted and unused, and a value is got only by
 *	run.list.
 *
 * Tests
 *	tests/boot/params_test.c
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/array_size.h>
#include <linux/compiler.h>
#include <linux/stringify.h>

#ifndef MODULE_PARAM_PREFIX
#if defined(KBUILD_MODNAME) && !defined(MODULE)
#define MODULE_PARAM_PREFIX	KBUILD_MODNAME "."
#else
#define MODULE_PARAM_PREFIX	""
#endif
#endif

#define COMMAND_LINE_SIZE	2048
#define MAX_PARAM_PREFIX_LEN	(64 - sizeof(unsigned long))

struct kernel_param;
struct module;

/* Without a value the option alone is legal, and means "yes". */
#define KERNEL_PARAM_OPS_FL_NOARG	(1 << 0)

struct kernel_param_ops {
	unsigned int flags;
	int (*set)(const char *val, const struct kernel_param *kp);
	int (*get)(char *buffer, const struct kernel_param *kp);
	void (*free)(void *arg);
	const char *accepts;		/* for the message about a wrong value: "a number" */
};

#define KERNEL_PARAM_FL_EARLY	(1 << 0)	/* taken by parse_early_params() */

/*
 * One option, in the section kernel_params: a variable (ops) or a function (setup). All fields: I.
 */
struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	u16 perm;
	s8 level;
	u8 flags;
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
	int (*setup)(char *value);
	const char *accepts;
};

struct kparam_string {
	unsigned int maxlen;
	char *string;
};

struct kparam_array {
	unsigned int max;
	unsigned int elemsize;
	unsigned int *num;		/* how many were given; may be NULL */
	const struct kernel_param_ops *ops;
	void *elem;
};

extern const struct kernel_param_ops param_ops_byte, param_ops_short, param_ops_ushort,
	param_ops_int, param_ops_uint, param_ops_long, param_ops_ulong, param_ops_ullong,
	param_ops_hexint, param_ops_charp, param_ops_bool, param_ops_invbool, param_ops_string,
	param_array_ops;

#define __module_param_entry(option, options, argument, permissions)	\
	static const struct kernel_param __UNIQUE_ID(param)		\
		__used __aligned(8) __section("kernel_params") = {	\
			.name = option, .ops = options, .perm = permissions, \
			.arg = argument,				\
		}

#define module_param_cb(name, ops, arg, perm) \
	__module_param_entry(MODULE_PARAM_PREFIX #name, ops, (void *)(arg), perm)
#define module_param_call(name, set_fn, get_fn, arg, perm)		\
	static const struct kernel_param_ops __param_ops_##name = {	\
		.set = set_fn, .get = get_fn,				\
	};								\
	module_param_cb(name, &__param_ops_##name, arg, perm)
#define module_param_named(name, value, type, perm) \
	__module_param_entry(MODULE_PARAM_PREFIX #name, &param_ops_##type, &(value), perm)
/** module_param - let the command line set a variable */
#define module_param(name, type, perm)	module_param_named(name, name, type, perm)
#define module_param_unsafe(name, type, perm) module_param(name, type, perm)
/* What the value stands for in the machine (ioport, irq ...) is of no consequence here. */
#define module_param_hw(name, type, what, perm) module_param(name, type, perm)
#define module_param_hw_named(name, value, type, what, perm) \
	module_param_named(name, value, type, perm)
/** core_param - the same without prefix */
#define core_param(name, var, type, perm) \
	__module_param_entry(#name, &param_ops_##type, &(var), perm)

#define module_param_string(name, buffer, len, perm)			\
	static const struct kparam_string __param_string_##name = { len, buffer }; \
	__module_param_entry(MODULE_PARAM_PREFIX #name, &param_ops_string, \
			     (void *)&__param_string_##name, perm)
#define module_param_array_named(name, array, type, nump, perm)		\
	static const struct kparam_array __param_array_##name = {	\
		.max = ARRAY_SIZE(array), .elemsize = sizeof((array)[0]), \
		.num = nump, .ops = &param_ops_##type, .elem = array,	\
	};								\
	__module_param_entry(MODULE_PARAM_PREFIX #name, &param_array_ops, \
			     (void *)&__param_array_##name, perm)
/** module_param_array - let the command line fill an array: name=1,2,3 */
#define module_param_array(name, type, nump, perm) \
	module_param_array_named(name, name, type, nump, perm)
#define module_param_hw_array(name, type, what, nump, perm) \
	module_param_array(name, type, nump, perm)

/* What a module says about itself, "tag=text", all of it in one table of the unit. */
#ifdef MODULE
#define MODULE_INFO(tag, text)						\
	static const char __UNIQUE_ID(tag)[] __used			\
		__section("module_info") __aligned(1) = __stringify(tag) "=" text
#else
#define MODULE_INFO(tag, text)		struct __module_info_needs_a_semicolon
#endif
/** MODULE_PARM_DESC - a parameter in words, which "run.list" shows */
#define MODULE_PARM_DESC(name, desc)	MODULE_INFO(parm, #name ":" desc)

/**
 * parse_early_params - keep the command line, and take those options that cannot wait
 * (early_param())
 * @cmdline: the whole of it; options behind a lone "--" are not ours
 *
 * What is longer than COMMAND_LINE_SIZE is cut before the option that does not fit, and reported.
 *
 * Context: boot CPU, once.
 */
void parse_early_params(const char *cmdline);

/**
 * parse_params - take the other options; report, once each, what is wrong or unknown. Context:
 * task; once.
 */
void parse_params(void);

/* The command line as it came, but for its length. */
extern char saved_command_line[];

/**
 * next_arg - split the next option off a command line, in place
 * @args: where it begins; white space there is skipped by the caller
 * @param: its name
 * @val: its value without quotes, or NULL if it has none
 *
 * Double quotes keep white space in a value, or around a whole option, together; an unclosed one
 * reaches to the end.
 *
 * Return: where the next option begins.
 */
char *next_arg(char *args, char **param, char **val);
/** parameq - whether two names are the same, - and _ being one */
bool parameq(const char *a, const char *b);
bool parameqn(const char *a, const char *b, size_t n);

/**
 * What parse_args() found wrong with an option; the functions get names and values from its input.
 */
struct parse_report {
	void (*unknown)(const char *param, const char *val, const char *suggestion, void *arg);
	void (*invalid)(const char *param, const char *val, const char *accepts, int err,
			void *arg);
	void *arg;
};

/**
 * parse_args - give each option of a command line to the table entry with its name
 * @args: the command line, changed in place
 * @params: the table
 * @num: its length
 * @early: take entries with KERNEL_PARAM_FL_EARLY, and silently pass over the others; else the
 *	reverse
 * @report: is told about unknown options and refused values
 *
 * Return: what follows a lone "--", or NULL.
 */
char *parse_args(char *args, const struct kernel_param *params, unsigned int num, bool early,
		 const struct parse_report *report);

/**
 * param_set_byte and so on - what the kinds of module_param() do with a value
 *
 * Context: boot.
 * Return: 0, -EINVAL for what is no such value, -ERANGE or -ENOSPC for what does not fit.
 */
int param_set_byte(const char *val, const struct kernel_param *kp);
int param_set_short(const char *val, const struct kernel_param *kp);
int param_set_ushort(const char *val, const struct kernel_param *kp);
int param_set_int(const char *val, const struct kernel_param *kp);
int param_set_uint(const char *val, const struct kernel_param *kp);
int param_set_long(const char *val, const struct kernel_param *kp);
int param_set_ulong(const char *val, const struct kernel_param *kp);
int param_set_ullong(const char *val, const struct kernel_param *kp);
int param_set_hexint(const char *val, const struct kernel_param *kp);
int param_set_charp(const char *val, const struct kernel_param *kp);
int param_set_bool(const char *val, const struct kernel_param *kp);
int param_set_invbool(const char *val, const struct kernel_param *kp);
int param_set_copystring(const char *val, const struct kernel_param *kp);

/**
 * param_get_byte and so on - write the value as a line
 * @buffer: of PAGE_SIZE bytes
 *
 * Context: any that may look at the variable. Return: the length of the line.
 */
int param_get_byte(char *buffer, const struct kernel_param *kp);
int param_get_short(char *buffer, const struct kernel_param *kp);
int param_get_ushort(char *buffer, const struct kernel_param *kp);
int param_get_int(char *buffer, const struct kernel_param *kp);
int param_get_uint(char *buffer, const struct kernel_param *kp);
int param_get_long(char *buffer, const struct kernel_param *kp);
int param_get_ulong(char *buffer, const struct kernel_param *kp);
int param_get_ullong(char *buffer, const struct kernel_param *kp);
int param_get_hexint(char *buffer, const struct kernel_param *kp);
int param_get_charp(char *buffer, const struct kernel_param *kp);
int param_get_bool(char *buffer, const struct kernel_param *kp);
int param_get_invbool(char *buffer, const struct kernel_param *kp);
int param_get_string(char *buffer, const struct kernel_param *kp);

#endif
