// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks that sleep: mutexes, counting semaphores, reader/writer semaphores.
 *
 * What
 *	Trylocks and predicates, what waits return, in which order waiters come in.
 *
 * Limits
 *	Who waits is started when the one before sleeps, so the order of coming is known. Linux lets a task
 *	that did not wait take a mutex before those that do: nobody comes late here.
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>

#include "actors.h"
#include "observe.h"

#define MANY	3
static struct actor actors[MANY];
static struct trail trail;

/* Who still sleeps, of those started. */
static int asleep_now(int started)
{
	int i, n = 0;

	for (i = 0; i < started; i++)
		n += !!(READ_ONCE(actors[i].task->__state) & TASK_NORMAL);
	return n;
}

static void start(int n, void (*fn)(struct actor *))
{
	int i;

	trail_clear(&trail);
	for (i = 0; i < n; i++)
		actor_start_asleep(&actors[i], (char)('a' + i), fn);
}

static void join(int n)
{
	int i;

	for (i = 0; i < n; i++)
		actor_join(&actors[i]);
}

/* One asks and goes away again. */
static long ask(void (*fn)(struct actor *))
{
	actor_start(&actors[0], 'a', fn);
	actor_join(&actors[0]);
	return actors[0].result;
}

/* ---- mutexes ---- */

static DEFINE_MUTEX(mutex);

static void try_mutex(struct actor *actor)
{
	actor->result = mutex_trylock(&mutex);
	if (actor->result)
		mutex_unlock(&mutex);
}

static void lock_mutex(struct actor *actor)
{
	mutex_lock(&mutex);
	trail_add(&trail, actor->mark);
	mutex_unlock(&mutex);
}

static void lock_mutex_interruptible(struct actor *actor)
{
	actor->result = mutex_lock_interruptible(&mutex);
	trail_add(&trail, actor->mark);
	mutex_unlock(&mutex);
}

static void observe_mutex(unsigned int here)
{
	bool free_before, held, held_after;
	int got, killable, interruptible;
	long other;

	free_before = mutex_is_locked(&mutex);
	got = mutex_trylock(&mutex);
	held = mutex_is_locked(&mutex);
	other = ask(try_mutex);
	mutex_unlock(&mutex);
	held_after = mutex_is_locked(&mutex);
	OBSERVE("mutex.is_locked", "at first %d, held %d, unlocked %d", free_before, held, held_after);
	OBSERVE("mutex.trylock_of_a_free_one", "%d", got);
	OBSERVE("mutex.trylock_of_a_held_one", "%ld", other);
	OBSERVE("mutex.trylock_after_unlock", "%ld", ask(try_mutex));

	interruptible = mutex_lock_interruptible(&mutex);
	mutex_unlock(&mutex);
	killable = mutex_lock_killable(&mutex);
	mutex_unlock(&mutex);
	OBSERVE("mutex.lock_interruptible", "%d, killable %d", interruptible, killable);

	mutex_lock(&mutex);
	start(MANY, lock_mutex);
	held = mutex_is_locked(&mutex);
	OBSERVE("mutex.waiters_while_it_is_held", "%d asleep, got it '%s'", asleep_now(MANY), trail.text);
	mutex_unlock(&mutex);
	join(MANY);
	OBSERVE("mutex.waiters_get_it_in_order", "%s, then locked %d", trail.text, mutex_is_locked(&mutex));

	/* Unlocked, and the waiter, which is bound to this CPU, has not run yet. */
	trail_clear(&trail);
	mutex_lock(&mutex);
	actor_start_on(&actors[0], (int)here, 'a', lock_mutex);
	actor_asleep(&actors[0]);
	preempt_disable();
	mutex_unlock(&mutex);
	held = mutex_is_locked(&mutex);
	got = mutex_trylock(&mutex);
	preempt_enable();
	if (got)
		mutex_unlock(&mutex);
	join(1);
	OBSERVE("mutex.unlocked_before_the_waiter_ran", "locked %d, trylock %d", held, got);

	mutex_lock(&mutex);
	start(1, lock_mutex_interruptible);
	mutex_unlock(&mutex);
	join(1);
	OBSERVE("mutex.lock_interruptible_that_waited", "%ld", actors[0].result);

	mutex_init(&mutex);
	OBSERVE("mutex.is_locked_after_init", "%d", mutex_is_locked(&mutex));
}

/* ---- semaphores ---- */

static struct semaphore sem;

static void take_sem(struct actor *actor)
{
	down(&sem);
	trail_add(&trail, actor->mark);
}

static void take_sem_in_time(struct actor *actor)
{
	actor->result = down_timeout(&sem, PATIENCE);
	trail_add(&trail, actor->mark);
}

static void take_sem_interruptibly(struct actor *actor)
{
	actor->result = down_interruptible(&sem);
	trail_add(&trail, actor->mark);
}

static void up_from_tasklet(struct tasklet_struct *unused)
{
	up(&sem);
}

static DECLARE_TASKLET(up_tasklet, up_from_tasklet);

static void observe_semaphore(void)
{
	int first, second, third, fourth, i;

	sema_init(&sem, 2);
	first = down_trylock(&sem);
	second = down_trylock(&sem);
	third = down_trylock(&sem);
	up(&sem);
	fourth = down_trylock(&sem);
	OBSERVE("mutex.down_trylock_of_2", "%d %d %d, after up %d", first, second, third, fourth);

	sema_init(&sem, 0);
	first = down_timeout(&sem, 1);
	second = down_timeout(&sem, 0);
	OBSERVE("mutex.down_timeout_of_0", "%d, without time %d", first, second);
	up(&sem);
	OBSERVE("mutex.up_after_timeouts_is_not_lost", "down_trylock %d", down_trylock(&sem));
	sema_init(&sem, 3);
	first = down_timeout(&sem, 5);
	second = down_interruptible(&sem);
	third = down_killable(&sem);
	OBSERVE("mutex.down_of_3", "timeout %d, interruptible %d, killable %d", first, second, third);

	/* Given back more often than taken: it grows. */
	sema_init(&sem, 0);
	up(&sem);
	up(&sem);
	first = down_trylock(&sem);
	second = down_trylock(&sem);
	third = down_trylock(&sem);
	OBSERVE("mutex.up_twice_of_0", "down_trylock %d %d %d", first, second, third);

	sema_init(&sem, 0);
	start(MANY, take_sem);
	up(&sem);
	in_the_end(atomic_read(&trail.count) == 1);
	OBSERVE("mutex.up_lets_one_in", "%s, asleep %d", trail.text, asleep_now(MANY));
	for (i = 2; i <= MANY; i++) {
		up(&sem);
		in_the_end(atomic_read(&trail.count) == i);
	}
	join(MANY);
	OBSERVE("mutex.down_waiters_come_in_in_order", "%s", trail.text);

	/* What is given to a waiter cannot be taken by another, even if that one runs first. */
	sema_init(&sem, 0);
	start(1, take_sem);
	preempt_disable();
	up(&sem);
	first = down_trylock(&sem);
	preempt_enable();
	join(1);
	OBSERVE("mutex.down_trylock_when_up_had_a_waiter", "%d", first);

	start(1, take_sem_in_time);
	tasklet_schedule(&up_tasklet);
	join(1);
	OBSERVE("mutex.down_timeout_in_time_up_by_a_tasklet", "%ld", actors[0].result);
	tasklet_kill(&up_tasklet);
	start(1, take_sem_interruptibly);
	up(&sem);
	join(1);
	OBSERVE("mutex.down_interruptible_that_waited", "%ld", actors[0].result);
}

/* ---- reader/writer semaphores ---- */

static DECLARE_RWSEM(rwsem);
static atomic_t inside;
static atomic_t all_were_inside;

static void try_read(struct actor *actor)
{
	actor->result = down_read_trylock(&rwsem);
	if (actor->result)
		up_read(&rwsem);
}

static void try_write(struct actor *actor)
{
	actor->result = down_write_trylock(&rwsem);
	if (actor->result)
		up_write(&rwsem);
}

#define OBSERVE_RWSEM(name) do {					\
	int __locked = !!rwsem_is_locked(&rwsem);			\
	int __contended = !!rwsem_is_contended(&rwsem);			\
	long __read = ask(try_read);					\
	long __write = ask(try_write);					\
									\
	OBSERVE("mutex.rwsem_" name, "locked %d, contended %d, others may read %ld, write %ld",	\
		__locked, __contended, __read, __write);		\
} while (0)

/* Readers stay in until all of them are in, or until it is clear that they cannot be. */
static void read_together(struct actor *actor)
{
	down_read(&rwsem);
	if (atomic_inc_return(&inside) == MANY)
		atomic_set(&all_were_inside, 1);
	in_the_end(atomic_read(&all_were_inside));
	atomic_dec(&inside);
	up_read(&rwsem);
}

static void write_alone(struct actor *actor)
{
	down_write(&rwsem);
	trail_add(&trail, actor->mark);
	up_write(&rwsem);
}

static void read_once(struct actor *actor)
{
	down_read(&rwsem);
	trail_add(&trail, actor->mark);
	up_read(&rwsem);
}

static void observe_rwsem_alone(void)
{
	OBSERVE_RWSEM("free");
	down_read(&rwsem);
	OBSERVE_RWSEM("read");
	up_read(&rwsem);
	down_write(&rwsem);
	OBSERVE_RWSEM("written");
	downgrade_write(&rwsem);
	OBSERVE_RWSEM("downgraded");
	up_read(&rwsem);
	OBSERVE_RWSEM("free_again");
	OBSERVE("mutex.rwsem_down_read_interruptible", "%d", down_read_interruptible(&rwsem));
	up_read(&rwsem);
	OBSERVE("mutex.rwsem_down_write_killable", "%d", down_write_killable(&rwsem));
	up_write(&rwsem);
}

static void observe_rwsem_waiters(unsigned int here)
{
	static struct actor late;
	int locked, read, write;
	long refused;

	/* All readers that wait are let in together. */
	atomic_set(&inside, 0);
	atomic_set(&all_were_inside, 0);
	down_write(&rwsem);
	start(MANY, read_together);
	OBSERVE("mutex.rwsem_contended_by_readers", "%d", !!rwsem_is_contended(&rwsem));
	up_write(&rwsem);
	join(MANY);
	OBSERVE("mutex.rwsem_readers_inside_together", "%s", yes_no(atomic_read(&all_were_inside)));

	/* One writer after the other, in order. */
	down_write(&rwsem);
	start(MANY, write_alone);
	up_write(&rwsem);
	join(MANY);
	OBSERVE("mutex.rwsem_writers_in_order", "%s", trail.text);

	/* A writer waits for a reader: who comes to read now stands behind the writer. */
	down_read(&rwsem);
	start(1, write_alone);
	actor_start_asleep(&late, 'r', read_once);
	actor_start(&actors[1], 't', try_read);
	actor_join(&actors[1]);
	refused = actors[1].result;
	up_read(&rwsem);
	join(1);
	actor_join(&late);
	OBSERVE("mutex.rwsem_reader_behind_a_waiting_writer", "%s, trylock meanwhile %ld", trail.text,
		refused);

	/* Given back, and the writer that waits, which is bound to this CPU, has not run yet. */
	down_write(&rwsem);
	actor_start_on(&late, (int)here, 'l', write_alone);
	actor_asleep(&late);
	preempt_disable();
	up_write(&rwsem);
	locked = !!rwsem_is_locked(&rwsem);
	read = down_read_trylock(&rwsem);
	write = down_write_trylock(&rwsem);
	preempt_enable();
	if (read)
		up_read(&rwsem);
	if (write)
		up_write(&rwsem);
	actor_join(&late);
	OBSERVE("mutex.rwsem_given_back_before_the_writer_ran",
		"locked %d, trylock to read %d, to write %d", locked, read, write);

	/* After a downgrade, readers that waited come in beside it; a writer does not. */
	trail_clear(&trail);
	down_write(&rwsem);
	actor_start_asleep(&late, 'r', read_once);
	downgrade_write(&rwsem);
	actor_join(&late);
	OBSERVE("mutex.rwsem_downgrade_lets_readers_in", "%s", trail.text);
	up_read(&rwsem);
}

static int __init mutex_module_init(void)
{
	unsigned int here = cpumask_first(cpu_online_mask);

	set_cpus_allowed_ptr(current, cpumask_of(here));
	observe_mutex(here);
	observe_semaphore();
	observe_rwsem_alone();
	observe_rwsem_waiters(here);
	set_cpus_allowed_ptr(current, cpu_online_mask);
	return 0;
}

static void __exit mutex_module_exit(void)
{
}

module_init(mutex_module_init);
module_exit(mutex_module_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Observations: mutexes, semaphores, reader/writer semaphores");
