// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text that is made piece by piece.
 *
 * What
 *	<linux/seq_file.h> has the contract. Both readers walk over the elements in the same way, walk():
 *	one has room for all of them, the other takes the text away after each.
 *
 * Contexts
 *	Any but NMI, as far as the shown thing's functions allow.
 *
 * Locks
 *	log_lock: the buffer of what goes to the log, interrupts off, since SysRq may come in one.
 *
 * Limits
 *	An element that goes to the log is cut at LOG_PIECE_MAX characters, a line of it by the log.
 *
 * Tests
 *	tests/boot/seq_file_test.c
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define LOG_PIECE_MAX	2048

/* ---------------------------------------------------------------- writing */

/* It did not fit. */
static void set_overflow(struct seq_file *m)
{
	m->count = m->size;
}

void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
{
	int len;

	if (seq_has_overflowed(m))
		return;
	len = vsnprintf(m->buf + m->count, m->size - m->count, fmt, args);
	if (m->count + (size_t)len < m->size)
		m->count += (size_t)len;
	else
		set_overflow(m);
}

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}

int seq_write(struct seq_file *m, const void *data, size_t len)
{
	if (m->count + len >= m->size) {
		set_overflow(m);
		return -1;
	}
	memcpy(m->buf + m->count, data, len);
	m->count += len;
	return 0;
}

void seq_puts(struct seq_file *m, const char *s)
{
	seq_write(m, s, strlen(s));
}

void seq_putc(struct seq_file *m, char c)
{
	seq_write(m, &c, 1);
}

void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter, unsigned long long num,
			       unsigned int width)
{
	seq_printf(m, "%s%*llu", delimiter ?: "", (int)width, num);
}

void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)
{
	seq_printf(m, "%s%llu", delimiter ?: "", num);
}

void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num)
{
	seq_printf(m, "%s%lld", delimiter ?: "", num);
}

void seq_pad(struct seq_file *m, char c)
{
	while (m->count < m->pad_until && !seq_has_overflowed(m))
		seq_putc(m, ' ');
	if (c)
		seq_putc(m, c);
}

/* ---------------------------------------------------------------- going from one to the next */

struct list_head *seq_list_start(struct list_head *head, loff_t pos)
{
	struct list_head *entry;

	list_for_each(entry, head)
		if (pos-- == 0)
			return entry;
	return NULL;
}

struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)
{
	return pos ? seq_list_start(head, pos - 1) : head;
}

struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos)
{
	struct list_head *next = ((struct list_head *)v)->next;

	++*ppos;
	return next == head ? NULL : next;
}

void *single_start(struct seq_file *m, loff_t *pos)
{
	return *pos ? NULL : SEQ_START_TOKEN;
}

void *single_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

void single_stop(struct seq_file *m, void *v)
{
}

/* ---------------------------------------------------------------- reading */

/* One element, behind what is there. 0, or an error. */
static int show_one(struct seq_file *m, void *v)
{
	size_t before = m->count;
	int result = m->op->show(m, v);

	if (result < 0)
		return result;
	if (result == SEQ_SKIP)
		m->count = before;
	return 0;
}

/* All of them; @shown, if any, is called after each. 0, or the error that ended it. */
static int walk(struct seq_file *m, void (*shown)(struct seq_file *m))
{
	int result = 0;
	void *v;

	for (v = m->op->start(m, &m->index); v && !IS_ERR(v); v = m->op->next(m, v, &m->index)) {
		result = show_one(m, v);
		if (result)
			break;
		if (shown)
			shown(m);
	}
	m->op->stop(m, v);
	return IS_ERR(v) ? (int)PTR_ERR(v) : result;
}

ssize_t seq_read_buffer(const struct seq_operations *op, void *private, char *buf, size_t size)
{
	struct seq_file m = { .buf = buf, .size = size, .op = op, .private = private };
	int result = size ? walk(&m, NULL) : -EOVERFLOW;

	if (result)
		return result;
	if (seq_has_overflowed(&m)) {
		buf[size - 1] = '\0';
		return -EOVERFLOW;
	}
	buf[m.count] = '\0';
	return (ssize_t)m.count;
}

/* The text so far is lines; they go. */
static void print_lines(struct seq_file *m)
{
	char *line = m->buf, *end = m->buf + m->count, *newline;
	bool cut = seq_has_overflowed(m);

	for (; line < end; line = newline + 1) {
		newline = memchr(line, '\n', (size_t)(end - line)) ?: end;
		pr_info("%.*s\n", (int)(newline - line), line);
	}
	if (cut)
		pr_info("(cut)\n");
	m->count = 0;
}

void seq_print_log(const struct seq_operations *op, void *private)
{
	static DEFINE_RAW_SPINLOCK(log_lock);
	static char text[LOG_PIECE_MAX];	/* log_lock */
	struct seq_file m = { .buf = text, .size = sizeof(text), .op = op, .private = private };
	unsigned long flags;
	int result;

	raw_spin_lock_irqsave(&log_lock, flags);
	result = walk(&m, print_lines);
	raw_spin_unlock_irqrestore(&log_lock, flags);
	if (result)
		pr_info("(ended by error %d)\n", result);
}
