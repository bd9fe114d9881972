/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_ATOMIC_H
#define _ARCH_IMPL_ATOMIC_H

#include <host/machine.h>

/* The operation itself follows as a call of __tsan_atomic*(): arch/host/tsan.c. */
#define arch_atomic_point(p)	host_atomic_point(p)

#endif
