/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rings of elements.
 *
 * What
 *	A fifo holds 2^n elements of one type, or (record fifos) records of bytes with their length.
 *	DEFINE_KFIFO(f, int, 16) is one with its memory; a DECLARE_KFIFO_PTR() gets memory from
 *	kfifo_alloc() or kfifo_init(). Nothing else allocates or sleeps.
 *
 * Contexts
 *	Any. One producer and one consumer need no lock against each other, whatever their contexts:
 *	a hard IRQ may fill what a tasklet empties. Several producers need a lock among themselves
 *	(kfifo_in_spinlocked()), and so do several consumers. kfifo_reset() needs both sides kept
 *	out, kfifo_reset_out() is the consumer's.
 *
 * States
 *	in and out count elements for ever and wrap around freely; in - out is the fill, and the
 *	element with number n lies in slot n & mask. The producer alone writes in, the consumer
 *	alone out.
 *
 * Ordering
 *	The producer fills a slot, then releases in; the consumer acquires in, then reads the slot,
 *	then releases out; the producer acquires out before it fills the slot again.
 *
 * Differs from Linux
 *	No kfifo_to_user(), kfifo_from_user() and kfifo_dma_*() so far.
 *
 * Tests
 *	tests/boot/kfifo_test.c, tests/scenario/rings.c
 */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

#include <linux/array_size.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/spinlock.h>
#include <asm/barrier.h>

struct __kfifo {
	unsigned int in;	/* producer writes, consumer reads */
	unsigned int out;	/* consumer writes, producer reads */
	unsigned int mask;	/* I: slots - 1 */
	unsigned int esize;	/* I: bytes of one element */
	void *data;		/* I */
};

/* ptrtype is what users' pointers to elements point to: the type itself, or void for bytes. */
#define __STRUCT_KFIFO(datatype, recsize, ptrtype, slots)		\
	{								\
		union {							\
			struct __kfifo kfifo;				\
			datatype *type;					\
			const datatype *const_type;			\
			char (*rectype)[recsize];			\
			ptrtype *ptr;					\
			ptrtype const *ptr_const;			\
		};							\
		datatype buf[slots];					\
	}
#define __kfifo_slots(size)	(((size) < 2 || ((size) & ((size) - 1))) ? -1 : (size))

#define STRUCT_KFIFO(type, size) \
	struct __STRUCT_KFIFO(type, 0, type, __kfifo_slots(size))
#define STRUCT_KFIFO_PTR(type) \
	struct __STRUCT_KFIFO(type, 0, type, 0)
#define STRUCT_KFIFO_REC_1(size) \
	struct __STRUCT_KFIFO(unsigned char, 1, void, __kfifo_slots(size))
#define STRUCT_KFIFO_REC_2(size) \
	struct __STRUCT_KFIFO(unsigned char, 2, void, __kfifo_slots(size))

/* Bytes, and records of bytes whose length takes one or two bytes: with kfifo_alloc(). */
struct kfifo __STRUCT_KFIFO(unsigned char, 0, void, 0);
struct kfifo_rec_ptr_1 __STRUCT_KFIFO(unsigned char, 1, void, 0);
struct kfifo_rec_ptr_2 __STRUCT_KFIFO(unsigned char, 2, void, 0);

/**
 * DECLARE_KFIFO - a member or variable with room for @size (a power of two) elements; needs
 * INIT_KFIFO()
 */
#define DECLARE_KFIFO(fifo, type, size)	STRUCT_KFIFO(type, size) fifo
/** DECLARE_KFIFO_PTR - the same without room; needs kfifo_alloc() or kfifo_init() */
#define DECLARE_KFIFO_PTR(fifo, type)	STRUCT_KFIFO_PTR(type) fifo

#define __is_kfifo_ptr(fifo)	(sizeof(*(fifo)) == sizeof(struct __kfifo))

/**
 * INIT_KFIFO - make a declared fifo empty; without room it refuses everything until it gets some
 */
#define INIT_KFIFO(fifo) (void)({					\
	typeof(&(fifo)) __fifo = &(fifo);				\
	struct __kfifo *__k = &__fifo->kfifo;				\
	__k->in = 0;							\
	__k->out = 0;							\
	__k->mask = __is_kfifo_ptr(__fifo) ? 0 : ARRAY_SIZE(__fifo->buf) - 1; \
	__k->esize = sizeof(*__fifo->buf);				\
	__k->data = __is_kfifo_ptr(__fifo) ? NULL : __fifo->buf;	\
})

/** DEFINE_KFIFO - define a fifo with its room, ready for use */
#define DEFINE_KFIFO(fifo, type, size)					\
	DECLARE_KFIFO(fifo, type, size) = (typeof(fifo)) {		\
		{ { .in = 0, .out = 0,					\
		    .mask = __is_kfifo_ptr(&(fifo)) ? 0 : ARRAY_SIZE((fifo).buf) - 1, \
		    .esize = sizeof(*(fifo).buf),			\
		    .data = __is_kfifo_ptr(&(fifo)) ? NULL : (fifo).buf, } } \
	}

/* lib/kfifo.c. Lengths are in elements; with recsize not 0, in bytes of one record. */
int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp);
void __kfifo_free(struct __kfifo *fifo);
int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int bytes, size_t esize);
unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int len);
unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int len);
unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int len);
unsigned int __kfifo_out_linear(struct __kfifo *fifo, unsigned int *tail, unsigned int n);
unsigned int __kfifo_in_r(struct __kfifo *fifo, const void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_out_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_out_peek_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_len_r(struct __kfifo *fifo, size_t recsize);
void __kfifo_skip_r(struct __kfifo *fifo, size_t recsize);

/*
 * How much is in it: exact for the consumer and the producer, each on its own side a lower/upper
 * bound.
 */
static __always_inline unsigned int __kfifo_used(const struct __kfifo *fifo)
{
	/* Read by either side; acquire pairs with the releases of in and out in put and get. */
	unsigned int out = smp_load_acquire(&fifo->out);

	return smp_load_acquire(&fifo->in) - out;
}

/* Slots that the producer may fill. A fifo without memory has none, though its mask is 0. */
static __always_inline unsigned int __kfifo_room(const struct __kfifo *fifo)
{
	return fifo->data ? fifo->mask + 1 - __kfifo_used(fifo) : 0;
}

/** kfifo_initialized - whether it has room at all */
#define kfifo_initialized(fifo)	((fifo)->kfifo.data != NULL)
/** kfifo_esize, kfifo_recsize, kfifo_size - bytes of an element, of a record's length; slots */
#define kfifo_esize(fifo)	((fifo)->kfifo.esize)
#define kfifo_recsize(fifo)	(sizeof(*(fifo)->rectype))
#define kfifo_size(fifo)	((fifo)->kfifo.data ? (fifo)->kfifo.mask + 1 : 0)

/** kfifo_reset - make it empty. Neither producer nor consumer may be at work. */
#define kfifo_reset(fifo) (void)({					\
	struct __kfifo *__k = &(fifo)->kfifo;				\
	WRITE_ONCE(__k->in, 0);						\
	WRITE_ONCE(__k->out, 0);					\
})

/** kfifo_reset_out - the consumer throws away what is in it */
#define kfifo_reset_out(fifo) (void)({					\
	struct __kfifo *__k = &(fifo)->kfifo;				\
	smp_store_release(&__k->out, smp_load_acquire(&__k->in));	\
})

/**
 * kfifo_len, kfifo_avail - used elements, free elements; for records: bytes, and the longest that
 * fits now
 */
#define kfifo_len(fifo)		__kfifo_used(&(fifo)->kfifo)
#define kfifo_is_empty(fifo)	(kfifo_len(fifo) == 0)
#define kfifo_is_full(fifo)	(__kfifo_room(&(fifo)->kfifo) == 0)
#define kfifo_avail(fifo) ({						\
	typeof((fifo) + 1) __fifo = (fifo);				\
	const size_t __recsize = kfifo_recsize(__fifo);			\
	unsigned int __room = __kfifo_room(&__fifo->kfifo);		\
	__recsize == 0 ? __room : __room <= __recsize ? 0 :		\
		min_t(unsigned int, __room - __recsize, (1U << (8 * __recsize)) - 1); \
})

/** kfifo_is_empty_spinlocked - asked under the consumers' lock */
#define kfifo_is_empty_spinlocked(fifo, lock) ({			\
	unsigned long __flags;						\
	bool __empty;							\
	spin_lock_irqsave(lock, __flags);				\
	__empty = kfifo_is_empty(fifo);					\
	spin_unlock_irqrestore(lock, __flags);				\
	__empty;							\
})
#define kfifo_is_empty_spinlocked_noirqsave(fifo, lock) ({		\
	bool __empty;							\
	spin_lock(lock);						\
	__empty = kfifo_is_empty(fifo);					\
	spin_unlock(lock);						\
	__empty;							\
})

/** kfifo_skip - the consumer drops one element, or record */
#define kfifo_skip(fifo) (void)({					\
	typeof((fifo) + 1) __fifo = (fifo);				\
	struct __kfifo *__k = &__fifo->kfifo;				\
	if (kfifo_recsize(__fifo))					\
		__kfifo_skip_r(__k, kfifo_recsize(__fifo));		\
	else								\
		smp_store_release(&__k->out, __k->out + 1);		\
})
/** kfifo_skip_count - the consumer drops @count elements, which are there */
#define kfifo_skip_count(fifo, count) (void)({				\
	struct __kfifo *__k = &(fifo)->kfifo;				\
	smp_store_release(&__k->out, __k->out + (count));		\
})
/** kfifo_peek_len - bytes of the next record; of an element if there are no records */
#define kfifo_peek_len(fifo) ({						\
	typeof((fifo) + 1) __fifo = (fifo);				\
	kfifo_recsize(__fifo) ? __kfifo_len_r(&__fifo->kfifo, kfifo_recsize(__fifo)) : \
		kfifo_len(__fifo) * kfifo_esize(__fifo);		\
})

/**
 * kfifo_alloc - give a fifo memory
 * @fifo: declared by DECLARE_KFIFO_PTR()
 * @size: elements, rounded up to a power of two, at least 2
 * @gfp: as for kmalloc()
 *
 * Context: as @gfp. Lifetime: until kfifo_free().
 * Return: 0, -EINVAL for a size that makes no sense, -ENOMEM.
 */
#define kfifo_alloc(fifo, size, gfp) ({					\
	typeof((fifo) + 1) __fifo = (fifo);				\
	__is_kfifo_ptr(__fifo) ?					\
		__kfifo_alloc(&__fifo->kfifo, size, sizeof(*__fifo->type), gfp) : -EINVAL; \
})
/** kfifo_free - give the memory back; the fifo refuses everything afterwards */
#define kfifo_free(fifo) (void)({					\
	typeof((fifo) + 1) __fifo = (fifo);				\
	if (__is_kfifo_ptr(__fifo))					\
		__kfifo_free(&__fifo->kfifo);				\
})
/**
 * kfifo_init - use @size bytes (rounded down to a power of two of elements) at @buffer. Return: 0
 * or -EINVAL.
 */
#define kfifo_init(fifo, buffer, size) ({				\
	typeof((fifo) + 1) __fifo = (fifo);				\
	__is_kfifo_ptr(__fifo) ?					\
		__kfifo_init(&__fifo->kfifo, buffer, size, sizeof(*__fifo->type)) : -EINVAL; \
})

/**
 * kfifo_put - the producer adds one element
 * @fifo: the fifo
 * @val: the element itself
 *
 * Context: any; one producer at a time.
 * Return: how many were added: 1, or 0 when it is full.
 */
#define kfifo_put(fifo, val) ({						\
	typeof((fifo) + 1) __fifo = (fifo);				\
	typeof(*__fifo->const_type) __val = (val);			\
	struct __kfifo *__k = &__fifo->kfifo;				\
	const size_t __recsize = kfifo_recsize(__fifo);			\
	unsigned int __done;						\
	if (__recsize) {						\
		__done = __kfifo_in_r(__k, &__val, sizeof(__val), __recsize); \
	} else {							\
		__done = __kfifo_room(__k) != 0;			\
		if (__done) {						\
			unsigned int __in = __k->in;			\
			((typeof(__fifo->type))__k->data)[__in & __k->mask] = \
				*(typeof(__fifo->type))&__val;		\
			/* pairs with the acquire of in by the consumer */ \
			smp_store_release(&__k->in, __in + 1);		\
		}							\
	}								\
	__done;								\
})

/* The consumer's side of one element: copy it out, and with @taken release its slot. */
#define __kfifo_first(fifo, val, taken) ({				\
	typeof((fifo) + 1) __fifo = (fifo);				\
	typeof(__fifo->ptr) __val = (val);				\
	struct __kfifo *__k = &__fifo->kfifo;				\
	const size_t __recsize = kfifo_recsize(__fifo);			\
	unsigned int __done;						\
	if (__recsize) {						\
		__done = (taken) ?					\
			__kfifo_out_r(__k, __val, sizeof(*__fifo->type), __recsize) : \
			__kfifo_out_peek_r(__k, __val, sizeof(*__fifo->type), __recsize); \
	} else {							\
		__done = __kfifo_used(__k) != 0;			\
		if (__done) {						\
			unsigned int __out = __k->out;			\
			*(typeof(__fifo->type))__val =			\
				((typeof(__fifo->type))__k->data)[__out & __k->mask]; \
			/* pairs with the acquire of out by the producer */ \
			if (taken)					\
				smp_store_release(&__k->out, __out + 1); \
		}							\
	}								\
	__done;								\
})
/** kfifo_get - the consumer takes one element into *@val. Return: 1, or 0 when it is empty. */
#define kfifo_get(fifo, val)	__kfifo_first(fifo, val, true)
/** kfifo_peek - the same without taking it */
#define kfifo_peek(fifo, val)	__kfifo_first(fifo, val, false)

/**
 * kfifo_in - the producer adds @n elements of @buf, or as many as fit; a record: all or nothing.
 * Return: how many.
 */
#define kfifo_in(fifo, buf, n) ({					\
	typeof((fifo) + 1) __fifo = (fifo);				\
	typeof(__fifo->ptr_const) __buf = (buf);			\
	kfifo_recsize(__fifo) ?						\
		__kfifo_in_r(&__fifo->kfifo, __buf, n, kfifo_recsize(__fifo)) : \
		__kfifo_in(&__fifo->kfifo, __buf, n);			\
})
/**
 * kfifo_out - the consumer takes up to @n elements into @buf; one record, cut to @n. Return: how
 * many.
 */
#define kfifo_out(fifo, buf, n) ({					\
	typeof((fifo) + 1) __fifo = (fifo);				\
	typeof(__fifo->ptr) __buf = (buf);				\
	kfifo_recsize(__fifo) ?						\
		__kfifo_out_r(&__fifo->kfifo, __buf, n, kfifo_recsize(__fifo)) : \
		__kfifo_out(&__fifo->kfifo, __buf, n);			\
})
/** kfifo_out_peek - the same without taking them */
#define kfifo_out_peek(fifo, buf, n) ({					\
	typeof((fifo) + 1) __fifo = (fifo);				\
	typeof(__fifo->ptr) __buf = (buf);				\
	kfifo_recsize(__fifo) ?						\
		__kfifo_out_peek_r(&__fifo->kfifo, __buf, n, kfifo_recsize(__fifo)) : \
		__kfifo_out_peek(&__fifo->kfifo, __buf, n);		\
})
/**
 * kfifo_out_linear_ptr - point *@ptr at the first elements, up to @n. Return: how many lie in one
 * piece there.
 */
#define kfifo_out_linear_ptr(fifo, ptr, n) ({				\
	typeof((fifo) + 1) __fifo = (fifo);				\
	unsigned int __tail;						\
	unsigned int __n = __kfifo_out_linear(&__fifo->kfifo, &__tail, n); \
	*(ptr) = (typeof(__fifo->type))__fifo->kfifo.data + __tail;	\
	__n;								\
})

#define __kfifo_under(lock, call) ({					\
	unsigned long __flags;						\
	unsigned int __moved;						\
	spin_lock_irqsave(lock, __flags);				\
	__moved = call;							\
	spin_unlock_irqrestore(lock, __flags);				\
	__moved;							\
})
#define __kfifo_under_noirqsave(lock, call) ({				\
	unsigned int __moved;						\
	spin_lock(lock);						\
	__moved = call;							\
	spin_unlock(lock);						\
	__moved;							\
})
/**
 * kfifo_in_spinlocked, kfifo_out_spinlocked - for several producers, consumers, that share a lock
 */
#define kfifo_in_spinlocked(fifo, buf, n, lock)	__kfifo_under(lock, kfifo_in(fifo, buf, n))
#define kfifo_out_spinlocked(fifo, buf, n, lock) __kfifo_under(lock, kfifo_out(fifo, buf, n))
#define kfifo_in_spinlocked_noirqsave(fifo, buf, n, lock) \
	__kfifo_under_noirqsave(lock, kfifo_in(fifo, buf, n))
#define kfifo_out_spinlocked_noirqsave(fifo, buf, n, lock) \
	__kfifo_under_noirqsave(lock, kfifo_out(fifo, buf, n))
#define kfifo_in_locked(fifo, buf, n, lock)	kfifo_in_spinlocked(fifo, buf, n, lock)
#define kfifo_out_locked(fifo, buf, n, lock)	kfifo_out_spinlocked(fifo, buf, n, lock)

#endif
