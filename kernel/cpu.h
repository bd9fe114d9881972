/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _KERNEL_CPU_H
#define _KERNEL_CPU_H

/* cpu.c: start a CPU and wait until it is online. 0, or an error, which has been printed. Task, boot CPU. */
int cpu_up(unsigned int cpu);

#endif
