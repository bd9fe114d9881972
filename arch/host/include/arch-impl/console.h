/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_CONSOLE_H
#define _ARCH_IMPL_CONSOLE_H

void arch_console_write(const char *s, size_t n);
static inline void arch_console_flush(void) { }

#endif
