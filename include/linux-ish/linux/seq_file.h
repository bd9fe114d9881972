/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text that is made piece by piece, and read in whole.
 *
 * What
 *	Who has something to show gives four functions: go to an element, the next one, show it, leave.
 *	show() writes text with seq_printf() and its kin. Who reads it does not know how long it is, and
 *	show() not where it goes: into a buffer, seq_read_buffer(), or to the log, seq_print_log().
 *
 * Contexts
 *	seq_printf() and its kin: in show(), any context. seq_read_buffer() and seq_print_log(): where the
 *	four functions may run; seq_print_log() calls them with interrupts off.
 *
 * Differs from Linux
 *	There are no open files: seq_open(), seq_read() and single_open() come with them. Until then
 *	seq_read_buffer() and seq_print_log() stand for a reader. A piece that is too long is cut.
 *
 * Follows Linux 6.12, Documentation/filesystems/seq_file.rst. Tests: tests/boot/seq_file_test.c
 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/stdarg.h>
#include <linux/types.h>

struct seq_operations;

/**
 * struct seq_file - text in the making
 * @buf: where it goes
 * @size: room there
 * @count: how much is there; @size: more than fits
 * @pad_until: what seq_pad() fills up to
 * @index: position of the element that is shown
 * @op: the functions
 * @private: theirs
 */
struct seq_file {
	char *buf;
	size_t size;
	size_t count;
	size_t pad_until;
	loff_t index;
	const struct seq_operations *op;
	void *private;
};

/**
 * struct seq_operations - something that can be shown
 * @start: the element at *pos, or NULL if there is none; whatever it locks, @stop unlocks
 * @stop: always called after @start
 * @next: the element after @v, and *pos with it, or NULL
 * @show: write it; 0, SEQ_SKIP, or an error that ends the reading
 */
struct seq_operations {
	void *(*start)(struct seq_file *m, loff_t *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, loff_t *pos);
	int (*show)(struct seq_file *m, void *v);
};

#define SEQ_SKIP		1		/* what show() has written is not to be seen */
#define SEQ_START_TOKEN		((void *)1)	/* an element before the first one: a heading */

/**
 * seq_printf, seq_vprintf, seq_puts, seq_putc, seq_write - append text
 * @m: passed to show()
 *
 * What does not fit is lost, and seq_has_overflowed() from then on.
 * Return: of seq_write(), 0, or -1 if it did not fit.
 */
void seq_printf(struct seq_file *m, const char *fmt, ...) __printf(2, 3);
void seq_vprintf(struct seq_file *m, const char *fmt, va_list args) __printf(2, 0);
void seq_puts(struct seq_file *m, const char *s);
void seq_putc(struct seq_file *m, char c);
int seq_write(struct seq_file *m, const void *data, size_t len);

/**
 * seq_put_decimal_ull_width - append @delimiter and a number, right-aligned in @width; the other forms without
 * @delimiter: may be empty or NULL
 */
void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter, unsigned long long num,
			       unsigned int width);
void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num);
void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num);

/** seq_setwidth - what is appended until seq_pad() takes @size columns */
static inline void seq_setwidth(struct seq_file *m, size_t size)
{
	m->pad_until = m->count + size;
}

/** seq_pad - fill up with blanks as seq_setwidth() said, then append @c if it is not 0 */
void seq_pad(struct seq_file *m, char c);

/** seq_has_overflowed - whether more was written than fits */
static inline bool seq_has_overflowed(const struct seq_file *m)
{
	return m->count == m->size;
}

/** seq_list_start, seq_list_start_head, seq_list_next - start() and next() of a list_head list */
struct list_head *seq_list_start(struct list_head *head, loff_t pos);
struct list_head *seq_list_start_head(struct list_head *head, loff_t pos);
struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos);

/** single_start, single_next, single_stop - for what has one element, SEQ_START_TOKEN */
void *single_start(struct seq_file *m, loff_t *pos);
void *single_next(struct seq_file *m, void *v, loff_t *pos);
void single_stop(struct seq_file *m, void *v);

/* ---- This kernel's own: who reads, as long as there are no files. */

/**
 * seq_read_buffer - the whole text, from the first element on
 * @op, @private: what is shown
 * @buf: where the text goes; it ends with a 0
 * @size: room there
 *
 * Return: its length; -EOVERFLOW if it does not fit (then as much is there as does); an error of show().
 */
ssize_t seq_read_buffer(const struct seq_operations *op, void *private, char *buf, size_t size);

/**
 * seq_print_log - the same to the log, a line a line
 * @op, @private: what is shown; @op must not sleep
 *
 * Context: any but NMI.
 */
void seq_print_log(const struct seq_operations *op, void *private);

#endif
