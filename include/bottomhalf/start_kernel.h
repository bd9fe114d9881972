/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the machine hands over to the kernel, and the steps of the boot that have no other header.
 */
#ifndef _BOTTOMHALF_START_KERNEL_H
#define _BOTTOMHALF_START_KERNEL_H

#include <linux/compiler.h>

/**
 * start_kernel - the boot CPU enters the kernel proper
 *
 * Context: interrupts off, on init_task's stack, per-CPU variables are the template, the console works,
 * boot_info is filled in. Never returns: the caller becomes the boot CPU's idle task.
 */
__noreturn void start_kernel(void);

/**
 * secondary_start_kernel - another CPU enters the kernel proper
 *
 * Context: interrupts off, on its idle task's stack, in its own per-CPU area. Never returns.
 */
__noreturn void secondary_start_kernel(void);

/**
 * kernel_shutdown - the end, on purpose
 * @success: whether all that was asked for went well
 *
 * Prints the line that tools/run judges by, and ends the machine. Context: task.
 */
__noreturn void kernel_shutdown(bool success);

#endif
