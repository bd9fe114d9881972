/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One turn of a loop that waits for another CPU.
 */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <arch/cpu.h>

/** cpu_relax - the caller waits for another CPU's store, or for an interrupt. Context: any. */
#define cpu_relax()	arch_cpu_relax()

#endif
