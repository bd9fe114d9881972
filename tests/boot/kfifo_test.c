// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rings of elements: claim F1, one producer and one consumer without a lock, included.
 */
#include <linux/kfifo.h>
#include <linux/kthread.h>

#include "helpers.h"

struct event {
	u16 number;
	u8 payload[5];
};

static DEFINE_KFIFO(static_fifo, u32, 8);

static void statically_defined_ring_is_empty_and_has_its_size(struct kunit *test)
{
	u32 value;

	kfifo_reset(&static_fifo);
	KUNIT_EXPECT_TRUE(test, kfifo_initialized(&static_fifo));
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&static_fifo));
	KUNIT_EXPECT_FALSE(test, kfifo_is_full(&static_fifo));
	KUNIT_EXPECT_EQ(test, kfifo_size(&static_fifo), 8);
	KUNIT_EXPECT_EQ(test, kfifo_avail(&static_fifo), 8);
	KUNIT_EXPECT_EQ(test, kfifo_esize(&static_fifo), 4);
	KUNIT_EXPECT_EQ(test, kfifo_get(&static_fifo, &value), 0);
	KUNIT_EXPECT_EQ(test, kfifo_peek(&static_fifo, &value), 0);
}

static void full_ring_refuses_and_keeps_what_it_has(struct kunit *test)
{
	DECLARE_KFIFO(fifo, struct event, 4);
	struct event event = { 0 };

	INIT_KFIFO(fifo);
	for (u16 i = 0; i < 6; i++) {
		event.number = i;
		KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, event), i < 4);
	}
	KUNIT_EXPECT_TRUE(test, kfifo_is_full(&fifo));
	KUNIT_EXPECT_EQ(test, kfifo_avail(&fifo), 0);
	KUNIT_EXPECT_EQ(test, kfifo_peek(&fifo, &event), 1);
	KUNIT_EXPECT_EQ(test, event.number, 0);
	for (u16 i = 0; i < 4; i++) {
		KUNIT_EXPECT_EQ(test, kfifo_get(&fifo, &event), 1);
		KUNIT_EXPECT_EQ(test, event.number, i);
	}
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&fifo));
}

static void counters_that_wrap_around_lose_nothing(struct kunit *test)
{
	DECLARE_KFIFO(fifo, u32, 8);
	u32 in = 0, out = 0, value = 0;

	INIT_KFIFO(fifo);
	fifo.kfifo.in = fifo.kfifo.out = -3U;
	for (int round = 0; round < 5; round++) {
		while (kfifo_put(&fifo, in))
			in++;
		KUNIT_EXPECT_EQ(test, kfifo_len(&fifo), 8);
		for (int i = 0; i < 5; i++) {
			KUNIT_EXPECT_EQ(test, kfifo_get(&fifo, &value), 1);
			KUNIT_EXPECT_EQ(test, value, out++);
		}
	}
	KUNIT_EXPECT_EQ(test, in - out, 3);
}

static void blocks_are_moved_in_two_pieces_around_the_end(struct kunit *test)
{
	static const u16 source[] = { 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 };
	DECLARE_KFIFO(fifo, u16, 8);
	u16 got[10] = { 0 };
	u16 *first;

	INIT_KFIFO(fifo);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, source, 6), 6);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, got, 5), 5);
	KUNIT_EXPECT_MEMEQ(test, got, source, 5 * sizeof(u16));
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, source, 10), 7);
	KUNIT_EXPECT_EQ(test, kfifo_out_linear_ptr(&fifo, &first, 10), 3);
	KUNIT_EXPECT_EQ(test, *first, 15);
	KUNIT_EXPECT_EQ(test, kfifo_out_peek(&fifo, got, 10), 8);
	KUNIT_EXPECT_EQ(test, got[0], 15);
	KUNIT_EXPECT_MEMEQ(test, got + 1, source, 7 * sizeof(u16));
	kfifo_skip(&fifo);
	kfifo_skip_count(&fifo, 2);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, got, 10), 5);
	KUNIT_EXPECT_MEMEQ(test, got, source + 2, 5 * sizeof(u16));
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, got, 10), 0);
}

static void reset_forgets_and_reset_out_takes_all(struct kunit *test)
{
	u32 value = 5;

	kfifo_reset(&static_fifo);
	kfifo_put(&static_fifo, 1);
	kfifo_reset_out(&static_fifo);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&static_fifo));
	kfifo_put(&static_fifo, 2);
	KUNIT_EXPECT_EQ(test, kfifo_get(&static_fifo, &value), 1);
	KUNIT_EXPECT_EQ(test, value, 2);
	kfifo_put(&static_fifo, 3);
	kfifo_reset(&static_fifo);
	KUNIT_EXPECT_EQ(test, kfifo_len(&static_fifo), 0);
}

static void ring_without_memory_has_no_room(struct kunit *test)
{
	DECLARE_KFIFO_PTR(fifo, u64);
	u64 value = 1;

	INIT_KFIFO(fifo);
	KUNIT_EXPECT_FALSE(test, kfifo_initialized(&fifo));
	KUNIT_EXPECT_EQ(test, kfifo_size(&fifo), 0U);
	KUNIT_EXPECT_EQ(test, kfifo_avail(&fifo), 0U);
	KUNIT_EXPECT_TRUE(test, kfifo_is_full(&fifo));
	KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, value), 0U);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, &value, 1), 0U);
	KUNIT_EXPECT_EQ(test, kfifo_get(&fifo, &value), 0U);
}

static void allocated_ring_rounds_its_size_up_and_bad_sizes_are_refused(struct kunit *test)
{
	DECLARE_KFIFO_PTR(fifo, u64);
	u64 value = 0;

	INIT_KFIFO(fifo);
	KUNIT_EXPECT_FALSE(test, kfifo_initialized(&fifo));
	KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, 1), 0);
	KUNIT_EXPECT_EQ(test, kfifo_get(&fifo, &value), 0);
	KUNIT_EXPECT_EQ(test, kfifo_alloc(&fifo, 0, GFP_KERNEL), -EINVAL);
	KUNIT_EXPECT_EQ(test, kfifo_alloc(&fifo, 1, GFP_KERNEL), -EINVAL);
	KUNIT_EXPECT_EQ(test, kfifo_alloc(&fifo, 0xffffffff, GFP_KERNEL), -EINVAL);
	KUNIT_ASSERT_EQ(test, kfifo_alloc(&fifo, 5, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, kfifo_size(&fifo), 8);
	KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, 77), 1);
	KUNIT_EXPECT_EQ(test, kfifo_get(&fifo, &value), 1);
	KUNIT_EXPECT_EQ(test, value, 77);
	kfifo_free(&fifo);
	KUNIT_EXPECT_FALSE(test, kfifo_initialized(&fifo));
	KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, 1), 0);
}

static void ring_on_a_given_buffer_rounds_its_size_down(struct kunit *test)
{
	struct kfifo fifo;
	char buffer[13], got[16];

	KUNIT_EXPECT_EQ(test, kfifo_init(&fifo, buffer, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, kfifo_init(&fifo, buffer, sizeof(buffer)), 0);
	KUNIT_EXPECT_EQ(test, kfifo_size(&fifo), 8);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, "0123456789", 10), 8);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, got, sizeof(got)), 8);
	KUNIT_EXPECT_MEMEQ(test, got, "01234567", 8);
}

static void records_keep_their_borders(struct kunit *test)
{
	STRUCT_KFIFO_REC_1(16) fifo;
	char got[16] = "";

	INIT_KFIFO(fifo);
	KUNIT_EXPECT_EQ(test, kfifo_avail(&fifo), 15);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, "softirq", 7), 7);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, "irq", 3), 3);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, "tasklet", 7), 0);
	KUNIT_EXPECT_EQ(test, kfifo_avail(&fifo), 3);
	KUNIT_EXPECT_EQ(test, kfifo_peek_len(&fifo), 7);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, got, 4), 4);
	KUNIT_EXPECT_MEMEQ(test, got, "soft", 4);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, "tasklet", 7), 7);
	kfifo_skip(&fifo);
	KUNIT_EXPECT_EQ(test, kfifo_out_peek(&fifo, got, sizeof(got)), 7);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, got, sizeof(got)), 7);
	KUNIT_EXPECT_MEMEQ(test, got, "tasklet", 7);
	KUNIT_EXPECT_EQ(test, kfifo_peek_len(&fifo), 0);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, got, sizeof(got)), 0);
}

static void long_record_needs_a_two_byte_length(struct kunit *test)
{
	struct kfifo_rec_ptr_1 small;
	struct kfifo_rec_ptr_2 large;
	char *block = kunit_kzalloc(test, 300, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, block);
	KUNIT_ASSERT_EQ(test, kfifo_alloc(&small, 512, GFP_KERNEL), 0);
	KUNIT_ASSERT_EQ(test, kfifo_alloc(&large, 512, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, kfifo_avail(&small), 255);
	KUNIT_EXPECT_EQ(test, kfifo_in(&small, block, 256), 0);
	KUNIT_EXPECT_EQ(test, kfifo_in(&small, block, 255), 255);
	KUNIT_EXPECT_EQ(test, kfifo_in(&large, block, 300), 300);
	KUNIT_EXPECT_EQ(test, kfifo_peek_len(&large), 300);
	kfifo_free(&small);
	kfifo_free(&large);
}

static void locked_forms_move_the_same(struct kunit *test)
{
	DEFINE_SPINLOCK(lock);
	u32 values[2] = { 4, 5 }, got[4];

	kfifo_reset(&static_fifo);
	KUNIT_EXPECT_EQ(test, kfifo_in_spinlocked(&static_fifo, values, 2, &lock), 2);
	KUNIT_EXPECT_FALSE(test, kfifo_is_empty_spinlocked(&static_fifo, &lock));
	KUNIT_EXPECT_EQ(test, kfifo_out_spinlocked(&static_fifo, got, 4, &lock), 2);
	KUNIT_EXPECT_EQ(test, got[1], 5);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty_spinlocked_noirqsave(&static_fifo, &lock));
}

/* ---------------------------------------------------------------- one producer, one consumer */

#define EVENTS	2000

struct producer {
	STRUCT_KFIFO(struct event, 16) fifo;
	bool done;
};

static struct event make_event(u32 number)
{
	struct event event = { .number = (u16)number };

	memset(event.payload, (u8)number, sizeof(event.payload));
	return event;
}

static int produce(void *data)
{
	struct producer *producer = data;

	for (u32 i = 0; i < EVENTS; i++)
		if (!wait_until(kfifo_put(&producer->fifo, make_event(i))))
			break;
	smp_store_release(&producer->done, true);	/* pairs with the test's acquire */
	return 0;
}

static void producer_and_consumer_on_two_cpus_need_no_lock(struct kunit *test)
{
	struct producer *producer = kunit_kzalloc(test, sizeof(*producer), GFP_KERNEL);
	struct task_struct *thread;
	unsigned int there;
	u32 wrong = 0, seen;

	KUNIT_ASSERT_NOT_NULL(test, producer);
	SKIP_ON_ONE_CPU(test);
	INIT_KFIFO(producer->fifo);
	there = cpumask_any_but(cpu_online_mask, get_cpu());
	put_cpu();
	thread = kthread_create(produce, producer, "producer");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread);
	kthread_bind(thread, there);
	wake_up_process(thread);
	for (seen = 0; seen < EVENTS; seen++) {
		struct event event = { 0 }, want = make_event(seen);

		if (!wait_until(kfifo_get(&producer->fifo, &event)))
			break;
		wrong += memcmp(&event, &want, sizeof(event)) != 0;
	}
	KUNIT_EXPECT_TRUE(test, wait_until(smp_load_acquire(&producer->done)));
	KUNIT_EXPECT_EQ(test, seen, EVENTS);
	KUNIT_EXPECT_EQ(test, wrong, 0);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&producer->fifo));
}

static void put_from_interrupt(void *data)
{
	struct producer *producer = data;

	for (u32 i = 0; i < 3; i++)
		kfifo_put(&producer->fifo, make_event(i));
}

static void hard_interrupt_fills_what_a_task_empties(struct kunit *test)
{
	struct producer *producer = kunit_kzalloc(test, sizeof(*producer), GFP_KERNEL);
	struct event event = { 0 };

	KUNIT_ASSERT_NOT_NULL(test, producer);
	INIT_KFIFO(producer->fifo);
	for (int round = 0; round < 10; round++) {
		in_hard_irq(put_from_interrupt, producer);
		for (u16 i = 0; i < 3; i++) {
			KUNIT_ASSERT_EQ(test, kfifo_get(&producer->fifo, &event), 1);
			KUNIT_EXPECT_EQ(test, event.number, i);
		}
	}
}

static struct kunit_case kfifo_cases[] = {
	KUNIT_CASE(statically_defined_ring_is_empty_and_has_its_size),
	KUNIT_CASE(full_ring_refuses_and_keeps_what_it_has),
	KUNIT_CASE(counters_that_wrap_around_lose_nothing),
	KUNIT_CASE(blocks_are_moved_in_two_pieces_around_the_end),
	KUNIT_CASE(reset_forgets_and_reset_out_takes_all),
	KUNIT_CASE(ring_without_memory_has_no_room),
	KUNIT_CASE(allocated_ring_rounds_its_size_up_and_bad_sizes_are_refused),
	KUNIT_CASE(ring_on_a_given_buffer_rounds_its_size_down),
	KUNIT_CASE(records_keep_their_borders),
	KUNIT_CASE(long_record_needs_a_two_byte_length),
	KUNIT_CASE(locked_forms_move_the_same),
	KUNIT_CASE(producer_and_consumer_on_two_cpus_need_no_lock),
	KUNIT_CASE(hard_interrupt_fills_what_a_task_empties),
	{}
};
static struct kunit_suite kfifo_suite = { .name = "kfifo", .test_cases = kfifo_cases };
kunit_test_suite(kfifo_suite);
