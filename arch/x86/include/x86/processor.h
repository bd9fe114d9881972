/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The processor's registers that only a kernel touches, and the instructions for them.
 *
 * Source: Intel SDM volume 3, chapters 2 (system registers), 4 (paging), and volume 4 (MSRs).
 */
#ifndef _X86_PROCESSOR_H
#define _X86_PROCESSOR_H

#include <x86/layout.h>

#define X86_BIT(n)		(X86_UL(1) << (n))

#define X86_CR0_PE		X86_BIT(0)	/* protected mode */
#define X86_CR0_MP		X86_BIT(1)
#define X86_CR0_EM		X86_BIT(2)	/* floating point instructions fault */
#define X86_CR0_TS		X86_BIT(3)
#define X86_CR0_ET		X86_BIT(4)
#define X86_CR0_NE		X86_BIT(5)
#define X86_CR0_WP		X86_BIT(16)	/* read-only pages are so for the kernel, too */
#define X86_CR0_AM		X86_BIT(18)
#define X86_CR0_NW		X86_BIT(29)
#define X86_CR0_CD		X86_BIT(30)
#define X86_CR0_PG		X86_BIT(31)

#define X86_CR4_DE		X86_BIT(3)
#define X86_CR4_PAE		X86_BIT(5)
#define X86_CR4_MCE		X86_BIT(6)	/* machine checks are exceptions, not shutdowns */
#define X86_CR4_PGE		X86_BIT(7)	/* global pages */
#define X86_CR4_SMEP		X86_BIT(20)
#define X86_CR4_SMAP		X86_BIT(21)

#define X86_MSR_APIC_BASE	0x0000001b
#define X86_MSR_EFER		0xc0000080
#define X86_MSR_FS_BASE		0xc0000100
#define X86_MSR_GS_BASE		0xc0000101
#define X86_MSR_KERNEL_GS_BASE	0xc0000102

#define X86_EFER_LME		X86_BIT(8)
#define X86_EFER_LMA		X86_BIT(10)
#define X86_EFER_NXE		X86_BIT(11)

#define X86_EFLAGS_RESERVED	X86_BIT(1)
#define X86_EFLAGS_TF		X86_BIT(8)
#define X86_EFLAGS_DF		X86_BIT(10)
#define X86_EFLAGS_AC		X86_BIT(18)
#define X86_EFLAGS_ID		X86_BIT(21)

/* Page table entries. */
#define X86_PTE_PRESENT		X86_UL(0x001)
#define X86_PTE_WRITE		X86_UL(0x002)
#define X86_PTE_USER		X86_UL(0x004)
#define X86_PTE_PWT		X86_UL(0x008)
#define X86_PTE_PCD		X86_UL(0x010)
#define X86_PTE_ACCESSED	X86_UL(0x020)
#define X86_PTE_DIRTY		X86_UL(0x040)
#define X86_PTE_LARGE		X86_UL(0x080)	/* 2 MiB; one level up 1 GiB */
#define X86_PTE_GLOBAL		X86_UL(0x100)
#define X86_PTE_NX		X86_UL(0x8000000000000000)
#define X86_PTE_ADDRESS		X86_UL(0x000ffffffffff000)

#ifndef __ASSEMBLY__

#include <linux/compiler.h>

struct x86_cpuid {
	u32 eax, ebx, ecx, edx;
};

/** x86_cpuid - what CPUID answers; all zero for a leaf above the highest one. Context: any. */
static inline struct x86_cpuid x86_cpuid(u32 leaf, u32 subleaf)
{
	struct x86_cpuid out = { 0 };
	u32 highest, ignored[3];

	__asm__ __volatile__("cpuid"
		: "=a"(highest), "=b"(ignored[0]), "=c"(ignored[1]), "=d"(ignored[2])
		: "a"(leaf & 0x80000000), "c"(0));
	if (leaf > highest)
		return out;
	__asm__ __volatile__("cpuid"
		: "=a"(out.eax), "=b"(out.ebx), "=c"(out.ecx), "=d"(out.edx)
		: "a"(leaf), "c"(subleaf));
	return out;
}

static __always_inline u64 x86_rdmsr(u32 msr)
{
	u32 low, high;

	__asm__ __volatile__("rdmsr" : "=a"(low), "=d"(high) : "c"(msr) : "memory");
	return (u64)high << 32 | low;
}

static __always_inline void x86_wrmsr(u32 msr, u64 value)
{
	__asm__ __volatile__("wrmsr" : : "c"(msr), "a"((u32)value), "d"((u32)(value >> 32))
			     : "memory");
}

#define X86_CONTROL_REGISTER(name)					\
static __always_inline unsigned long x86_read_##name(void)		\
{									\
	unsigned long value;						\
									\
	__asm__ __volatile__("mov %%" #name ", %0" : "=r"(value) : : "memory"); \
	return value;							\
}									\
static __always_inline void x86_write_##name(unsigned long value)	\
{									\
	__asm__ __volatile__("mov %0, %%" #name : : "r"(value) : "memory"); \
}

X86_CONTROL_REGISTER(cr0)
X86_CONTROL_REGISTER(cr2)
X86_CONTROL_REGISTER(cr3)
X86_CONTROL_REGISTER(cr4)
X86_CONTROL_REGISTER(dr6)
X86_CONTROL_REGISTER(dr7)

static __always_inline void x86_invlpg(const void *address)
{
	__asm__ __volatile__("invlpg (%0)" : : "r"(address) : "memory");
}

#endif /* !__ASSEMBLY__ */
#endif
