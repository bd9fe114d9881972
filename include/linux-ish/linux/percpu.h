/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Per-CPU data, with the parts that need preemption control or an allocator.
 */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/percpu-defs.h>
#include <linux/preempt.h>
#include <linux/smp.h>

/** get_cpu_var - this CPU's @var as an lvalue, preemption off until put_cpu_var() */
#define get_cpu_var(var)	(*({ preempt_disable(); this_cpu_ptr(&(var)); }))
#define put_cpu_var(var)	do { (void)&(var); preempt_enable(); } while (0)
#define get_cpu_ptr(ptr)	({ preempt_disable(); this_cpu_ptr(ptr); })
#define put_cpu_ptr(ptr)	do { (void)(ptr); preempt_enable(); } while (0)

/**
 * __alloc_percpu - a zeroed object for every possible CPU
 * @size: bytes of one copy, at most 4096
 * @align: a power of two, at most 64
 *
 * Context: task, may sleep. Lifetime: until free_percpu().
 * Return: a handle for per_cpu_ptr() and this_cpu_ptr(), or NULL when there is no room.
 */
void __percpu *__alloc_percpu(size_t size, size_t align);
/** free_percpu - give back what alloc_percpu() returned; NULL is allowed. Context: task. */
void free_percpu(void __percpu *handle);

#define alloc_percpu(type) \
	((typeof(type) __percpu *)__alloc_percpu(sizeof(type), __alignof__(type)))

#endif
