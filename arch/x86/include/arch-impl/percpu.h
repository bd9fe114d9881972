/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Per-CPU access through gs: GS_BASE holds the distance from the template to this CPU's copy, so that
 * %gs:symbol is that copy, and every operation is one instruction. Before the copies exist GS_BASE is
 * zero, and the boot CPU uses the template itself.
 */
#ifndef _ARCH_IMPL_PERCPU_H
#define _ARCH_IMPL_PERCPU_H

extern unsigned long __per_cpu_offset[];

#define arch_per_cpu_offset(cpu)		(__per_cpu_offset[cpu])
/* The copy must be there already: a part of it is its own offset. */
#define arch_set_per_cpu_offset(cpu, offset) do {			\
	__per_cpu_offset[cpu] = (offset);				\
	*(unsigned long *)((unsigned long)&this_cpu_off + __per_cpu_offset[cpu]) = __per_cpu_offset[cpu]; \
} while (0)

#define __gs_read(vol, var) ({						\
	typeof(var) __gs_value;						\
	__asm__ vol("mov %%gs:%1, %0" : "=r"(__gs_value) : "m"(var));	\
	__gs_value;							\
})
#define arch_this_cpu_read(var)		__gs_read(__volatile__, var)
#define arch_this_cpu_read_stable(var)	({				\
	typeof(var) __gs_value;						\
	__asm__("mov %%gs:%P1, %0" : "=r"(__gs_value) : "p"(&(var)));	\
	__gs_value;							\
})

/* One two-operand instruction on memory, the suffix by size; 64-bit immediates must fit 32 bits signed. */
#define __gs_op2(op, var, value) do {					\
	typeof(var) __gs_operand = (typeof(var))(value);		\
	switch (sizeof(var)) {						\
	case 1: __asm__ __volatile__(op "b %1, %%gs:%0" : "+m"(var) : "qi"(__gs_operand) : "cc"); break; \
	case 2: __asm__ __volatile__(op "w %1, %%gs:%0" : "+m"(var) : "ri"(__gs_operand) : "cc"); break; \
	case 4: __asm__ __volatile__(op "l %1, %%gs:%0" : "+m"(var) : "ri"(__gs_operand) : "cc"); break; \
	case 8: __asm__ __volatile__(op "q %1, %%gs:%0" : "+m"(var) : "re"(__gs_operand) : "cc"); break; \
	}								\
} while (0)

#define arch_this_cpu_write(var, value)	__gs_op2("mov", var, value)
#define arch_this_cpu_add(var, value)	__gs_op2("add", var, value)
#define arch_this_cpu_or(var, value)	__gs_op2("or", var, value)
#define arch_this_cpu_and(var, value)	__gs_op2("and", var, value)

#define arch_this_cpu_add_return(var, value) ({				\
	typeof(var) __gs_added = (typeof(var))(value);			\
	typeof(var) __gs_old = __gs_added;				\
	__asm__ __volatile__("xadd %0, %%gs:%1" : "+r"(__gs_old), "+m"(var) : : "cc"); \
	(typeof(var))(__gs_old + __gs_added);				\
})

#define arch_this_cpu_dec_zero(var) ({					\
	bool __gs_zero;							\
	_Static_assert(sizeof(var) == 4, "dec_zero takes an int");	\
	__asm__ __volatile__("decl %%gs:%0" : "+m"(var), "=@ccz"(__gs_zero) : : "memory"); \
	__gs_zero;							\
})

/* One instruction, where a read and a test are two, and need a register. */
#define __gs_test(suffix, var, mask) ({					\
	bool __gs_any;							\
	__asm__ __volatile__("test" suffix " %1, %%gs:%2"		\
		: "=@ccnz"(__gs_any) : "i"(mask), "m"(var));		\
	__gs_any;							\
})
#define arch_this_cpu_test(var, mask) ({				\
	_Static_assert(sizeof(var) == 4 || sizeof(var) == 8, "test takes an int or a long"); \
	sizeof(var) == 4 ? __gs_test("l", var, (s32)(mask)) : __gs_test("q", var, (s32)(mask)); \
})

/*
 * Not xchg: with memory that locks the bus unasked. An interrupt in between that changes the variable
 * makes it begin again with what it found.
 */
#define arch_this_cpu_xchg(var, value) ({				\
	typeof(var) __gs_old;						\
	__asm__ __volatile__("mov %%gs:%1, %0\n\t"			\
		"1: cmpxchg %2, %%gs:%1\n\t"				\
		"jne 1b"						\
		: "=&a"(__gs_old), "+m"(var) : "r"((typeof(var))(value)) : "memory", "cc"); \
	__gs_old;							\
})

#define arch_this_cpu_cmpxchg(var, old, new) ({				\
	typeof(var) __gs_found = (typeof(var))(old);			\
	__asm__ __volatile__("cmpxchg %2, %%gs:%1"			\
		: "+a"(__gs_found), "+m"(var) : "r"((typeof(var))(new)) : "memory", "cc"); \
	__gs_found;							\
})

#define arch_raw_cpu_ptr(ptr) ({					\
	unsigned long __gs_offset;					\
	__asm__ __volatile__("mov %%gs:%1, %0" : "=r"(__gs_offset) : "m"(this_cpu_off)); \
	(typeof(ptr))((unsigned long)(ptr) + __gs_offset);		\
})

/* This CPU's own offset, in its own copy. */
extern unsigned long this_cpu_off;

void arch_use_per_cpu_area(unsigned int cpu);

#endif
