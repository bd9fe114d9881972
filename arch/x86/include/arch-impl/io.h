/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ports and device registers, one instruction each.
 *
 * x86 keeps accesses to uncached memory and ports in program order, so that the compiler is all
 * that an ordered access has to hold; the relaxed forms do not hold even that. A store to memory
 * before writel() is seen by a device that reads memory when it gets the write.
 */
#ifndef _ARCH_IMPL_IO_H
#define _ARCH_IMPL_IO_H

#include <linux/types.h>
#include <linux/compiler_attributes.h>

#define X86_PORT_ACCESS(bits, suffix, type, reg)			\
static __always_inline type in##suffix(u16 port)			\
{									\
	type value;							\
									\
	__asm__ __volatile__("in" #suffix " %w1, %" reg "0"		\
			     : "=a"(value) : "Nd"(port) : "memory");	\
	return value;							\
}									\
static __always_inline void out##suffix(type value, u16 port)		\
{									\
	__asm__ __volatile__("out" #suffix " %" reg "0, %w1"		\
			     : : "a"(value), "Nd"(port) : "memory");	\
}

X86_PORT_ACCESS(8, b, u8, "b")
X86_PORT_ACCESS(16, w, u16, "w")
X86_PORT_ACCESS(32, l, u32, "k")

#define X86_MMIO_ACCESS(suffix, type, mov, constraint)			\
static __always_inline type read##suffix(const volatile void __iomem *addr) \
{									\
	type value;							\
									\
	__asm__ __volatile__(mov " %1, %0" : "=" constraint(value)	\
			     : "m"(*(const volatile type __force *)addr) : "memory"); \
	return value;							\
}									\
static __always_inline void write##suffix(type value, volatile void __iomem *addr) \
{									\
	__asm__ __volatile__(mov " %0, %1" : : constraint(value),	\
			     "m"(*(volatile type __force *)addr) : "memory"); \
}									\
static __always_inline type read##suffix##_relaxed(const volatile void __iomem *addr) \
{									\
	return *(const volatile type __force *)addr;			\
}									\
static __always_inline void write##suffix##_relaxed(type value, volatile void __iomem *addr) \
{									\
	*(volatile type __force *)addr = value;				\
}

X86_MMIO_ACCESS(b, u8, "movb", "q")
X86_MMIO_ACCESS(w, u16, "movw", "r")
X86_MMIO_ACCESS(l, u32, "movl", "r")
X86_MMIO_ACCESS(q, u64, "movq", "r")

/* A write to a port that nobody uses: about a microsecond, for devices that want a pause. */
static inline void x86_io_pause(void)
{
	outb(0, 0x80);
}

static inline u8 inb_p(u16 port)
{
	u8 value = inb(port);

	x86_io_pause();
	return value;
}

static inline void outb_p(u8 value, u16 port)
{
	outb(value, port);
	x86_io_pause();
}

#endif
