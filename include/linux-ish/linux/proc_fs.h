/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Texts of the kernel about itself, by name: what will be files in /proc.
 *
 * Differs from Linux
 *	There is no file system yet: one level of names, no permissions; the texts are read by
 *	proc_read_buffer() and printed by proc_print_log(), SysRq's keys among others.
 *
 * Follows Linux 6.12, include/linux/proc_fs.h. Tests: tests/boot/proc_test.c
 */
#ifndef _LINUX_PROC_FS_H
#define _LINUX_PROC_FS_H

#include <linux/seq_file.h>

struct proc_dir_entry;

/**
 * proc_create_seq - give a text a name
 * @name: without a slash; must live as long as the entry
 * @mode: accepted
 * @parent: NULL
 * @ops: how it is made
 *
 * Context: task, may sleep; also at boot. Return: the entry; NULL if the name is taken, @parent is not NULL,
 * or there is no memory.
 */
struct proc_dir_entry *proc_create_seq(const char *name, umode_t mode, struct proc_dir_entry *parent,
				       const struct seq_operations *ops);
/** proc_create_single - the same for a text that one function makes */
struct proc_dir_entry *proc_create_single(const char *name, umode_t mode, struct proc_dir_entry *parent,
					  int (*show)(struct seq_file *m, void *v));
/** proc_remove, remove_proc_entry - nobody reads it any more on return. Context: task, may sleep. */
void proc_remove(struct proc_dir_entry *entry);
void remove_proc_entry(const char *name, struct proc_dir_entry *parent);

/**
 * proc_read_buffer - the text of an entry, as seq_read_buffer() has it. Own.
 *
 * Context: any but NMI, as far as its functions allow. Return: also -ENOENT.
 */
ssize_t proc_read_buffer(const char *name, char *buf, size_t size);
/** proc_print_log - the same to the log. Context: any but NMI. Return: whether there is such an entry. Own. */
bool proc_print_log(const char *name);

#endif
