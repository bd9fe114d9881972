/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_THREAD_H
#define _ARCH_IMPL_THREAD_H

#include <x86/layout.h>

#define THREAD_SIZE	X86_TASK_STACK_SIZE

/* While a task does not run, all else is on its stack: task/switch.S has the picture. */
struct arch_thread {
	unsigned long sp;		/* S: written by the switch away from the task */
};

#endif
