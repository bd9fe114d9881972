// SPDX-License-Identifier: GPL-2.0-only
/*
 * printk: from a format to lines of the log.
 *
 * What
 *	The text is formatted into a buffer of this CPU, cut at its newlines, and each line goes to
 *	the ring (ring.c); then whoever may prints (console.c). A text without newline at its end
 *	waits, on this CPU, for the rest: pr_cont() of the same context continues it, anything else
 *	ends it.
 *
 * Contexts
 *	Any. Interrupts are off while a text is formatted, at most LOG_LINE_MAX characters. An NMI,
 *	or a fault or warning inside of formatting, finds the next of NESTING buffers; what comes
 *	deeper is counted as lost.
 *
 * Limits
 *	LOG_LINE_MAX bytes of one call; of a line, too. A line whose pieces are printed on two CPUs,
 *	the task having moved, is two lines.
 *
 * Differs from Linux
 *	printk() may be called anywhere, also with the scheduler's locks held: it wakes nobody.
 *
 * Tests
 *	tests/boot/printk_test.c
 */
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <asm/current.h>
#include <arch/clock.h>

#include "ring.h"

#define NESTING		3
#define LEVEL_PROGRAM	LOGLEVEL_WARNING	/* of a text that names none */

int console_loglevel = CONFIG_LOG_LEVEL_DEFAULT;
int oops_in_progress;

/*
 * A CPU's texts in work. All fields: Q, but for what interrupts anyway, which uses the next depth.
 */
struct printk_cpu {
	unsigned int depth;
	unsigned long partial_owner;		/* who began partial; 0: there is none */
	struct log_line partial;		/* a line without its end */
	char partial_text[LOG_LINE_MAX];
	char text[NESTING][LOG_LINE_MAX + 1];
};

static DEFINE_PER_CPU(struct printk_cpu, printk_cpu);

/* ---------------------------------------------------------------- lines */

/* Who prints, told apart by task and kind of context. Not 0. */
static unsigned long this_context(void)
{
	return (unsigned long)current | 4 |
	       (in_nmi() ? 3 : in_hardirq() ? 2 : in_serving_softirq() ? 1 : 0);
}

/* The line without end, if there is one, ends here. Interrupts off, depth 0. */
static void end_partial(struct printk_cpu *pc)
{
	if (pc->partial_owner)
		log_store(&pc->partial);
	pc->partial_owner = 0;
}

/*
 * @line begins, or, if it is @cont and its context's last one has no end, goes on; its end may
 * follow.
 */
static void keep_partial(struct printk_cpu *pc, const struct log_line *line, bool cont)
{
	unsigned int len;

	if (!cont || pc->partial_owner != this_context()) {
		end_partial(pc);
		pc->partial = *line;
		pc->partial.text = pc->partial_text;
		pc->partial.len = 0;
		pc->partial_owner = this_context();
	}
	len = min(line->len, LOG_LINE_MAX - pc->partial.len);
	memcpy(pc->partial_text + pc->partial.len, line->text, len);
	pc->partial.len += len;
}

/*
 * The lines of @text, which ends at its NUL. Only the texts of depth 0 are put together: what comes
 * deeper stands for itself, and leaves alone what it interrupted.
 */
static void store_lines(struct printk_cpu *pc, bool nested, int level, bool cont, const char *text)
{
	struct log_line line = {
		.time_ns = arch_clock_ns(),
		.cpu = raw_smp_processor_id(),
		.level = level,
	};

	for (; *text; text += line.len + 1, cont = false) {
		bool has_end;

		line.text = text;
		line.len = (unsigned int)(strchrnul(text, '\n') - text);
		has_end = text[line.len] == '\n';
		if (nested) {
			log_store(&line);
		} else if (cont || !has_end) {
			keep_partial(pc, &line, cont);
			if (has_end)
				end_partial(pc);
		} else {
			end_partial(pc);
			log_store(&line);
		}
		if (!has_end)
			break;
	}
}

/* ---------------------------------------------------------------- texts */

/* Skip the marks in front of a text. */
static const char *take_level(const char *text, int *level, bool *cont)
{
	for (; text[0] == KERN_SOH_ASCII && text[1]; text += 2) {
		if (text[1] >= '0' && text[1] <= '7')
			*level = text[1] - '0';
		else if (text[1] == 'c')
			*cont = true;
	}
	return text;
}

/* Interrupts off. Returns the length of the text without its marks. */
static int log_text(int level, const char *fmt, va_list args)
{
	struct printk_cpu *pc = this_cpu_ptr(&printk_cpu);
	unsigned int depth = pc->depth;
	const char *text;
	bool cont = false;
	int len;

	if (depth >= NESTING) {
		log_count_lost();
		return 0;
	}
	pc->depth = depth + 1;
	barrier();	/* an NMI from here on uses the next buffers */
	vscnprintf(pc->text[depth], sizeof(pc->text[depth]), fmt, args);
	text = pc->text[depth];
	if (level != LEVEL_RAW)
		text = take_level(text, &level, &cont);
	len = (int)strlen(text);
	if (len)
		store_lines(pc, depth > 0, level, cont, text);
	barrier();
	pc->depth = depth;
	return len;
}

static int log_and_flush(int level, const char *fmt, va_list args)
{
	unsigned long flags;
	int len;

	local_irq_save(flags);
	len = log_text(level, fmt, args);
	local_irq_restore(flags);
	console_flush();
	return len;
}

int vprintk(const char *fmt, va_list args)
{
	return log_and_flush(LEVEL_PROGRAM, fmt, args);
}

int printk(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk(fmt, args);
	va_end(args);
	return len;
}

void printk_raw(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_and_flush(LEVEL_RAW, fmt, args);
	va_end(args);
}

void printk_flush(void)
{
	struct printk_cpu *pc;
	unsigned long flags;

	local_irq_save(flags);
	pc = this_cpu_ptr(&printk_cpu);
	if (!pc->depth)
		end_partial(pc);
	local_irq_restore(flags);
	console_flush();
}

void printk_panic_mode(void)
{
	console_loglevel = max(console_loglevel, CONSOLE_LOGLEVEL_MOTORMOUTH);
	console_panic_mode();
	/*
	 * What was interrupted in the middle of formatting never ends: its buffers are free again.
	 */
	this_cpu_ptr(&printk_cpu)->depth = 0;
	printk_flush();
}

/* ---------------------------------------------------------------- reading it back */

bool printk_read(u64 seq, struct printk_record *record)
{
	enum log_state state = log_read((u32)seq, record);

	for (seq = log_oldest_seq(); state == LOG_GONE; seq++)
		state = log_read((u32)seq, record);
	return state == LOG_READY;
}

u64 printk_next_seq(void)
{
	return log_next_seq();
}

unsigned long printk_lost(void)
{
	return log_lost();
}

/* ---------------------------------------------------------------- limits */

static DEFINE_RATELIMIT_STATE(printk_limit, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);

int __printk_ratelimit(const char *func)
{
	return ___ratelimit(&printk_limit, func);
}

/* ---------------------------------------------------------------- options */

static int __init loglevel_option(char *value)
{
	int level;

	if (!value || kstrtoint(value, 10, &level) || level < 0 ||
	    level > CONSOLE_LOGLEVEL_MOTORMOUTH)
		return -EINVAL;
	console_loglevel = level;
	return 0;
}
early_param_accepts("loglevel", loglevel_option, "a number from 0 (nothing) to 15 (everything)");

static int __init quiet_option(char *value)
{
	if (value)
		return -EINVAL;
	console_loglevel = CONSOLE_LOGLEVEL_QUIET;
	return 0;
}
early_param_accepts("quiet", quiet_option, "no value");

static int __init debug_option(char *value)
{
	if (value)
		return -EINVAL;
	console_loglevel = CONSOLE_LOGLEVEL_DEBUG;
	return 0;
}
early_param_accepts("debug", debug_option, "no value");
