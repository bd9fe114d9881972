/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The log.
 *
 * What
 *	pr_info() and its kin make a line of text, with a level and the time, in the kernel's log,
 *	and send it to the console when its level is low enough. A format ends with a newline; one
 *	that does not is continued by pr_cont() of the same task, and ended by anything else.
 *
 * Contexts
 *	Any: NMI, with any lock held, inside the console's own code, in panic. Nobody waits for
 *	long: see kernel/printk/printk.c for who brings a line out.
 *
 * Limits
 *	A line holds LOG_LINE_MAX bytes, the log 2^CONFIG_LOG_BUF_SHIFT. What is longer is cut; a
 *	text with newlines inside is several lines.
 *
 * Tests
 *	tests/boot/printk_test.c
 */
#ifndef _LINUX_PRINTK_H
#define _LINUX_PRINTK_H

#include <linux/compiler.h>
#include <linux/kern_levels.h>
#include <linux/ratelimit_types.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>

#define LOG_LINE_MAX	992

/**
 * printk - log a line; the level is KERN_*, before the format. Return: the length of the text.
 * Context: any.
 */
__printf(1, 2) __cold int printk(const char *fmt, ...);
__printf(1, 0) __cold int vprintk(const char *fmt, va_list args);
#define _printk(fmt, ...)		printk(fmt, ##__VA_ARGS__)
/*
 * Linux needs another function where printk() could take the scheduler's locks; here it never does.
 */
#define printk_deferred(fmt, ...)	printk(fmt, ##__VA_ARGS__)

/**
 * printk_raw - text for the console as it is: no time, no level, no limit by loglevel
 * @fmt: the format, with its newline
 *
 * For test results (KTAP) and the like, which programs read. Kept in the log, in order, as any
 * line.
 *
 * Context: any.
 */
__printf(1, 2) __cold void printk_raw(const char *fmt, ...);

/**
 * printk_flush - return when all that this context logged is on the console, if it may be. Context:
 * any.
 */
void printk_flush(void);
/**
 * printk_panic_mode - from now on only this CPU prints, and needs no lock for it. Context: any;
 * panic only.
 */
void printk_panic_mode(void);

/* Messages with a level below this reach the console. */
extern int console_loglevel;
#define CONSOLE_LOGLEVEL_SILENT	0
#define CONSOLE_LOGLEVEL_QUIET	4
#define CONSOLE_LOGLEVEL_DEBUG	10
#define CONSOLE_LOGLEVEL_MOTORMOUTH 15
/* Not 0 while the kernel dies. */
extern int oops_in_progress;

/**
 * struct printk_record - one line of the log, as printk_read() gives it
 * @seq: its number, counted from 0
 * @time_ns: when it was begun
 * @cpu: where
 * @level: 0 to 7, or -1 for printk_raw()
 * @len: bytes in @text, without the NUL
 * @text: without newline
 */
struct printk_record {
	u64 seq;
	u64 time_ns;
	unsigned int cpu;
	int level;
	unsigned int len;
	char text[LOG_LINE_MAX + 1];
};

/**
 * printk_read - read one line of the log
 * @seq: which one; if it is overwritten already, the oldest one that is not
 * @record: where it goes
 *
 * Context: any.
 * Return: whether there is one.
 */
bool printk_read(u64 seq, struct printk_record *record);
/** printk_next_seq - the number that the next line will get. Context: any. */
u64 printk_next_seq(void);
/**
 * printk_lost - how many lines were lost: their space was not free (writers inside writers).
 * Context: any.
 */
unsigned long printk_lost(void);

/** no_printk - checks its arguments and does nothing */
#define no_printk(fmt, ...) ({						\
	if (0)								\
		printk(fmt, ##__VA_ARGS__);				\
	0;								\
})

#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif

#define pr_emerg(fmt, ...)	printk(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert(fmt, ...)	printk(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit(fmt, ...)	printk(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...)	printk(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)	printk(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...)	printk(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)	printk(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...)	printk(KERN_CONT fmt, ##__VA_ARGS__)

/* In the log only where the file says #define DEBUG. */
#ifdef DEBUG
#define pr_debug(fmt, ...)	printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_devel(fmt, ...)	printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#else
#define pr_debug(fmt, ...)	no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_devel(fmt, ...)	no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#endif

/* The first time only. Two CPUs at once may both print. */
#define printk_once(fmt, ...) ({					\
	static bool __printed;						\
	if (unlikely(!READ_ONCE(__printed))) {				\
		WRITE_ONCE(__printed, true);				\
		printk(fmt, ##__VA_ARGS__);				\
	}								\
})
#define printk_deferred_once(fmt, ...)	printk_once(fmt, ##__VA_ARGS__)
#define pr_emerg_once(fmt, ...)	printk_once(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert_once(fmt, ...)	printk_once(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit_once(fmt, ...)	printk_once(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_once(fmt, ...)	printk_once(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn_once(fmt, ...)	printk_once(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice_once(fmt, ...) printk_once(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_once(fmt, ...)	printk_once(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_debug_once(fmt, ...)	no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)

/* At most ten in five seconds from one place. */
int ___ratelimit(struct ratelimit_state *state, const char *func);
#define printk_ratelimited(fmt, ...) ({					\
	static DEFINE_RATELIMIT_STATE(__limit, DEFAULT_RATELIMIT_INTERVAL, \
				      DEFAULT_RATELIMIT_BURST);		\
	if (___ratelimit(&__limit, __func__))				\
		printk(fmt, ##__VA_ARGS__);				\
})
#define pr_emerg_ratelimited(fmt, ...) printk_ratelimited(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert_ratelimited(fmt, ...) printk_ratelimited(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit_ratelimited(fmt, ...) printk_ratelimited(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_ratelimited(fmt, ...) printk_ratelimited(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn_ratelimited(fmt, ...) printk_ratelimited(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice_ratelimited(fmt, ...) printk_ratelimited(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_ratelimited(fmt, ...) printk_ratelimited(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_debug_ratelimited(fmt, ...) no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
/** printk_ratelimit - the same limit, one for the whole kernel. Return: true to print. */
int __printk_ratelimit(const char *func);
#define printk_ratelimit()	__printk_ratelimit(__func__)

#define FW_BUG	"[Firmware Bug]: "
#define FW_WARN	"[Firmware Warn]: "
#define FW_INFO	"[Firmware Info]: "

/** dump_stack - log who am I, and a backtrace. Context: any. */
__cold void dump_stack(void);

struct pt_regs;
/** dump_stack_of - the same of what an NMI has interrupted, and whether interrupts were off there. Context: any. */
__cold void dump_stack_of(const struct pt_regs *regs, bool irqs_off);

enum { DUMP_PREFIX_NONE, DUMP_PREFIX_ADDRESS, DUMP_PREFIX_OFFSET };

/**
 * hex_dump_to_buffer - up to 32 bytes as hexadecimal text
 * @buf: the bytes
 * @len: how many
 * @rowsize: 16 or 32: the most of them that are shown
 * @groupsize: 1, 2, 4 or 8 bytes make one number, little-endian
 * @linebuf: where the text goes, cut to fit
 * @linebuflen: its size
 * @ascii: characters behind the numbers
 *
 * Context: any.
 * Return: the length of the whole text.
 */
int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf,
		       size_t linebuflen, bool ascii);
/**
 * print_hex_dump - log bytes in rows, each with @prefix_str and its address or offset. Context:
 * any.
 */
void print_hex_dump(const char *level, const char *prefix_str, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii);
#define print_hex_dump_bytes(prefix_str, prefix_type, buf, len) \
	print_hex_dump(KERN_INFO, prefix_str, prefix_type, 16, 1, buf, len, true)
#ifdef DEBUG
#define print_hex_dump_debug(prefix_str, prefix_type, rowsize, groupsize, buf, len, ascii) \
	print_hex_dump(KERN_DEBUG, prefix_str, prefix_type, rowsize, groupsize, buf, len, ascii)
#else
#define print_hex_dump_debug(prefix_str, prefix_type, rowsize, groupsize, buf, len, ascii) \
	do { } while (0)
#endif

#endif
