/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SysRq: keys that make the kernel say what it is doing, while it does it, or end it.
 *
 * What
 *	A driver that hears the user (a serial port: BREAK, then a key) calls handle_sysrq(), and
 *	the function that is registered for the key runs at once, where the driver heard it. The keys
 *	that there are: Documentation/debugging.md, or the key h.
 *
 * Differs from Linux
 *	The dumps of interrupts, softirqs, workqueues and lines have keys (I, S, W, D); there is no
 *	sysctl, the mask is set by the option "sysrq=".
 *
 * Tests
 *	tests/boot/sysrq_test.c, tests/scenario/sysrq.c
 */
#ifndef _LINUX_SYSRQ_H
#define _LINUX_SYSRQ_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>

/* What the mask may allow; 1 alone is everything. */
#define SYSRQ_ENABLE_LOG	0x0002
#define SYSRQ_ENABLE_KEYBOARD	0x0004
#define SYSRQ_ENABLE_DUMP	0x0008
#define SYSRQ_ENABLE_SYNC	0x0010
#define SYSRQ_ENABLE_REMOUNT	0x0020
#define SYSRQ_ENABLE_SIGNAL	0x0040
#define SYSRQ_ENABLE_BOOT	0x0080
#define SYSRQ_ENABLE_RTNICE	0x0100

/**
 * struct sysrq_key_op - what a key does
 * @handler: does it; in any context, hard IRQ usually, interrupts off. Must not register or unregister.
 * @help_msg: "word(k)", for the list of keys
 * @action_msg: what is printed before, a few words
 * @enable_mask: SYSRQ_ENABLE_*; 0: whenever SysRq is on
 */
struct sysrq_key_op {
	void (* const handler)(u8 key);
	const char * const help_msg;
	const char * const action_msg;
	const int enable_mask;
};

#ifdef CONFIG_MAGIC_SYSRQ

/** handle_sysrq - do what @key is for, if SysRq is on and the mask allows it. Context: any but NMI. */
void handle_sysrq(u8 key);
/** __handle_sysrq - the same whether or not SysRq is on; the mask counts if @check_mask. */
void __handle_sysrq(u8 key, bool check_mask);

/**
 * register_sysrq_key - give a free key a meaning
 * @key: a digit or a letter; capital letters are keys of their own
 * @op: must stay until unregister_sysrq_key() has returned
 *
 * Context: any. Return: 0; -1, as on Linux, if the key has a meaning, or is none.
 */
int register_sysrq_key(u8 key, const struct sysrq_key_op *op);
/**
 * unregister_sysrq_key - take it away again
 * @key, @op: as they were registered
 *
 * When this returns the handler is not running, and will not run. Context: task, may sleep; not a
 * handler. Return: 0; -1 if the key does not have this meaning.
 */
int unregister_sysrq_key(u8 key, const struct sysrq_key_op *op);

/** sysrq_toggle_support - set the mask: 0 off, 1 everything, else SYSRQ_ENABLE_*. Return: 0. */
int sysrq_toggle_support(int enable_mask);
/** sysrq_mask - the mask. Context: any. */
int sysrq_mask(void);

#else

static inline void handle_sysrq(u8 key) { }
static inline void __handle_sysrq(u8 key, bool check_mask) { }
static inline int register_sysrq_key(u8 key, const struct sysrq_key_op *op) { return -EINVAL; }
static inline int unregister_sysrq_key(u8 key, const struct sysrq_key_op *op) { return -EINVAL; }
static inline int sysrq_toggle_support(int enable_mask) { return -EINVAL; }
static inline int sysrq_mask(void) { return 0; }

#endif /* CONFIG_MAGIC_SYSRQ */
#endif
