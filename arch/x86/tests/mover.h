/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A thread that moves a line round the CPUs while a case makes its device fire (claim A12).
 */
#ifndef _X86_TESTS_MOVER_H
#define _X86_TESTS_MOVER_H

#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <x86/irq.h>
#include "../../../tests/boot/thread_helpers.h"

static inline int move_line(unsigned int irq, unsigned int cpu)
{
	return irq_set_affinity(irq, cpumask_of(cpu));
}

/* A case goes on until there were as many of both. */
#define FIRES	500
#define MOVES	500

/* Moves a line round the CPUs until it is told to end. */
struct mover {
	unsigned int irq;
	bool change_number;
	bool end;
	unsigned int moves;
	unsigned int changes;	/* of numbers */
	struct actor actor;
};

static inline unsigned int vector_of(unsigned int irq)
{
	struct irq_data *data = irq_domain_get_irq_data(x86_vector_domain, irq);
	struct x86_route *route = data->chip_data;

	return READ_ONCE(route->vector);
}

/* A stranger has its number there until it has moved; not possible while the line itself still has. */
static inline int move_to_another_number(unsigned int irq, unsigned int cpu)
{
	static struct irq_desc stranger = { .handle_irq = handle_bad_irq };
	unsigned int vector = vector_of(irq);
	int error;

	if (!x86_vector_set(cpu, vector, &stranger))
		return -EBUSY;
	error = move_line(irq, cpu);
	x86_vector_set(cpu, vector, NULL);
	return error;
}

static inline void move_round(void *arg)
{
	struct mover *mover = arg;
	int error;

	for (unsigned int cpu = 0; !READ_ONCE(mover->end); cpu = (cpu + 1) % num_online_cpus()) {
		unsigned int vector = vector_of(mover->irq);

		error = mover->change_number ? move_to_another_number(mover->irq, cpu) :
					       move_line(mover->irq, cpu);
		if (!error)
			WRITE_ONCE(mover->moves, mover->moves + 1);
		mover->changes += vector_of(mover->irq) != vector;
	}
}

static inline void start_mover(struct kunit *test, struct mover *mover)
{
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	actor_start(test, &mover->actor, 1, move_round, mover);
}

static inline bool enough(const struct mover *mover, int fires)
{
	return fires >= FIRES && READ_ONCE(mover->moves) >= MOVES;
}

static inline void stop_mover(struct kunit *test, struct mover *mover)
{
	WRITE_ONCE(mover->end, true);
	KUNIT_EXPECT_TRUE(test, actor_join(&mover->actor));
	if (mover->change_number)
		KUNIT_EXPECT_GT(test, mover->changes, 10U);
	KUNIT_EXPECT_EQ(test, move_line(mover->irq, 0), 0);
}

#endif
