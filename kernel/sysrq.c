// SPDX-License-Identifier: GPL-2.0-only
/*
 * SysRq: what each key does, and who may say so.
 *
 * What
 *	A table with a place for each digit and letter. handle_sysrq() finds the key's operation and calls
 *	it where it is: usually in the hard interrupt of the port that heard the key, so that it works
 *	while tasks and softirqs do not.
 *
 *	0-9	what level of the log reaches the console
 *	b	reboot					o	off
 *	c	crash: a panic				p	where this CPU is
 *	h	the list of keys			q	pending timers
 *	l	where each CPU is			t	tasks, and what workqueues do
 *	m	memory					w	tasks that wait and cannot be interrupted
 *	R	the log again, from its beginning
 *
 *	These are Linux's. It has none for the following, which are ours:
 *	D	lines: the state of each descriptor	W	workqueues alone
 *
 *	I (interrupts) and S (softirqs), as in /proc, are registered by those who print them there.
 *
 * Contexts
 *	handle_sysrq(): any but NMI. Handlers print under locks and with interrupts off: this is for people
 *	who look for a hang.
 *
 * Locks
 *	table_lock: who writes the table. Readers have none: they count themselves.
 *
 * Ordering
 *	A reader counts itself, then reads the table; who takes an entry out clears it, then waits until
 *	nobody is counted; a full barrier between, on both sides:
 *
 *	CPU 0: handle_sysrq()			CPU 1: unregister_sysrq_key()
 *	running++				table[i] = NULL
 *	full barrier				full barrier
 *	op = table[i]				running? wait
 *
 *	Either CPU 0 finds NULL, or CPU 1 sees it run.
 *
 * Limits
 *	unregister_sysrq_key() waits for every key's handler, not its own key's alone.
 *
 * Differs from Linux
 *	No r, k, e, i, f, j, s, u, n, v, d, z: terminals, signals, file systems, and what else they are about,
 *	do not exist here.
 *
 * Tests
 *	tests/boot/sysrq_test.c, tests/scenario/sysrq.c; over a serial line: tools/crash
 */
#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/sysrq.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <arch/power.h>

#define EVERYTHING	1

static DEFINE_RAW_SPINLOCK(table_lock);
static atomic_t running;		/* readers of the table */
static int enabled = CONFIG_MAGIC_SYSRQ_DEFAULT_ENABLE;
static bool always_enabled;		/* I */

/* ---------------------------------------------------------------- what keys do */

static void set_loglevel(u8 key)
{
	WRITE_ONCE(console_loglevel, key - '0');
}

static const struct sysrq_key_op loglevel_op = {
	.handler = set_loglevel,
	.help_msg = "loglevel(0-9)",
	.action_msg = "console log level",
	.enable_mask = SYSRQ_ENABLE_LOG,
};

static void reboot(u8 key)
{
	arch_reboot();
}

static const struct sysrq_key_op reboot_op = {
	.handler = reboot,
	.help_msg = "reboot(b)",
	.action_msg = "reboot",
	.enable_mask = SYSRQ_ENABLE_BOOT,
};

static void power_off(u8 key)
{
	arch_shutdown(true);
}

static const struct sysrq_key_op power_off_op = {
	.handler = power_off,
	.help_msg = "off(o)",
	.action_msg = "power off",
	.enable_mask = SYSRQ_ENABLE_BOOT,
};

static void crash(u8 key)
{
	panic("a crash was asked for by SysRq");
}

static const struct sysrq_key_op crash_op = {
	.handler = crash,
	.help_msg = "crash(c)",
	.action_msg = "crash",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void show_tasks(u8 key)
{
	show_state();
	show_all_workqueues();
}

static const struct sysrq_key_op tasks_op = {
	.handler = show_tasks,
	.help_msg = "tasks(t)",
	.action_msg = "tasks",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void show_blocked(u8 key)
{
	show_state_filter(TASK_UNINTERRUPTIBLE);
}

static const struct sysrq_key_op blocked_op = {
	.handler = show_blocked,
	.help_msg = "blocked-tasks(w)",
	.action_msg = "tasks that wait and cannot be interrupted",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void show_workqueues(u8 key)
{
	show_all_workqueues();
}

static const struct sysrq_key_op workqueues_op = {
	.handler = show_workqueues,
	.help_msg = "workqueues(W)",
	.action_msg = "workqueues",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void show_lines(u8 key)
{
	irq_dump_all();
}

static const struct sysrq_key_op lines_op = {
	.handler = show_lines,
	.help_msg = "lines(D)",
	.action_msg = "interrupt lines",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void show_timers(u8 key)
{
	sysrq_timer_list_show();
}

static const struct sysrq_key_op timers_op = {
	.handler = show_timers,
	.help_msg = "timers(q)",
	.action_msg = "pending timers",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void show_memory(u8 key)
{
	pr_info("memory: %lu of %lu pages are free\n", nr_free_pages(), totalram_pages());
}

static const struct sysrq_key_op memory_op = {
	.handler = show_memory,
	.help_msg = "memory(m)",
	.action_msg = "memory",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void show_this_cpu(u8 key)
{
	dump_stack();
}

static const struct sysrq_key_op this_cpu_op = {
	.handler = show_this_cpu,
	.help_msg = "this-cpu(p)",
	.action_msg = "this CPU",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

static void show_one_cpu(void *unused)
{
	dump_stack();
}

static void show_other_cpus(struct work_struct *work)
{
	smp_call_function(show_one_cpu, NULL, 0);
}

static DECLARE_WORK(other_cpus_work, show_other_cpus);

/*
 * Where there is no NMI the others are asked by a task: here interrupts are off, and two CPUs could wait for
 * each other.
 */
static void show_all_cpus(u8 key)
{
	if (trigger_all_cpu_backtrace())
		return;
	dump_stack();
	schedule_work(&other_cpus_work);
}

static const struct sysrq_key_op all_cpus_op = {
	.handler = show_all_cpus,
	.help_msg = "all-cpus(l)",
	.action_msg = "all CPUs",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

/* Up to the newest line now: what this prints is none of it. */
static void replay_log(u8 key)
{
	static DEFINE_RAW_SPINLOCK(lock);
	static struct printk_record record;	/* lock */
	u64 end = printk_next_seq();
	unsigned long flags;

	raw_spin_lock_irqsave(&lock, flags);
	for (u64 seq = 0; printk_read(seq, &record) && record.seq < end; seq = record.seq + 1)
		pr_info("log> %s\n", record.text);
	raw_spin_unlock_irqrestore(&lock, flags);
}

static const struct sysrq_key_op replay_op = {
	.handler = replay_log,
	.help_msg = "replay-log(R)",
	.action_msg = "the log again",
	.enable_mask = SYSRQ_ENABLE_DUMP,
};

/* ---------------------------------------------------------------- the table */

#define DIGIT(key)	((key) - '0')
#define LOWER(key)	(10 + (key) - 'a')
#define UPPER(key)	(36 + (key) - 'A')
#define KEYS		62

static const struct sysrq_key_op *table[KEYS] = {	/* table_lock to write */
	[DIGIT('0')] = &loglevel_op, [DIGIT('1')] = &loglevel_op, [DIGIT('2')] = &loglevel_op,
	[DIGIT('3')] = &loglevel_op, [DIGIT('4')] = &loglevel_op, [DIGIT('5')] = &loglevel_op,
	[DIGIT('6')] = &loglevel_op, [DIGIT('7')] = &loglevel_op, [DIGIT('8')] = &loglevel_op,
	[DIGIT('9')] = &loglevel_op,
	[LOWER('b')] = &reboot_op,
	[LOWER('c')] = &crash_op,
	[LOWER('l')] = &all_cpus_op,
	[LOWER('m')] = &memory_op,
	[LOWER('o')] = &power_off_op,
	[LOWER('p')] = &this_cpu_op,
	[LOWER('q')] = &timers_op,
	[LOWER('t')] = &tasks_op,
	[LOWER('w')] = &blocked_op,
	[UPPER('D')] = &lines_op,
	[UPPER('R')] = &replay_op,
	[UPPER('W')] = &workqueues_op,
};

static int place_of(u8 key)
{
	if (key >= '0' && key <= '9')
		return DIGIT(key);
	if (key >= 'a' && key <= 'z')
		return LOWER(key);
	if (key >= 'A' && key <= 'Z')
		return UPPER(key);
	return -1;
}

static int replace(u8 key, const struct sysrq_key_op *old, const struct sysrq_key_op *new)
{
	int place = place_of(key);
	unsigned long flags;
	int result = -1;

	if (place < 0)
		return -1;
	raw_spin_lock_irqsave(&table_lock, flags);
	if (table[place] == old) {
		WRITE_ONCE(table[place], new);
		result = 0;
	}
	raw_spin_unlock_irqrestore(&table_lock, flags);
	return result;
}

int register_sysrq_key(u8 key, const struct sysrq_key_op *op)
{
	return replace(key, NULL, op);
}

int unregister_sysrq_key(u8 key, const struct sysrq_key_op *op)
{
	might_sleep();
	if (!op || replace(key, op, NULL))
		return -1;
	/* The entry is gone, then: who is inside? Pairs with the barrier in __handle_sysrq(). */
	smp_mb();
	/* pairs with smp_mb__before_atomic() in __handle_sysrq() */
	while (atomic_read_acquire(&running))
		cond_resched();
	return 0;
}

/* ---------------------------------------------------------------- a key */

int sysrq_mask(void)
{
	return always_enabled ? EVERYTHING : READ_ONCE(enabled);
}

int sysrq_toggle_support(int enable_mask)
{
	WRITE_ONCE(enabled, enable_mask);
	return 0;
}

static bool is_allowed(int mask)
{
	int allowed = sysrq_mask();

	return allowed == EVERYTHING || !mask || (allowed & mask);
}

/* One line, each operation once. */
static void list_keys(void)
{
	char text[256];
	int n = 0;

	for (int i = 0; i < KEYS; i++) {
		const struct sysrq_key_op *op = READ_ONCE(table[i]);

		if (op && (!i || op != READ_ONCE(table[i - 1])))
			n += scnprintf(text + n, sizeof(text) - n, " %s", op->help_msg);
	}
	pr_info("sysrq: keys:%s\n", text);
}

/* Counted in @running. */
static void run_key(u8 key, bool check_mask)
{
	int place = place_of(key);
	const struct sysrq_key_op *op = place < 0 ? NULL : READ_ONCE(table[place]);

	if (!op) {
		list_keys();
	} else if (check_mask && !is_allowed(op->enable_mask)) {
		pr_info("sysrq: %s: not allowed by the mask %#x\n", op->action_msg, sysrq_mask());
	} else {
		pr_info("sysrq: %s\n", op->action_msg);
		op->handler(key);
	}
}

void __handle_sysrq(u8 key, bool check_mask)
{
	int level = console_loglevel;

	/* Whoever asks wants to read it; a handler that sets the level has the last word. */
	WRITE_ONCE(console_loglevel, CONSOLE_LOGLEVEL_DEBUG);
	atomic_inc(&running);
	/* pairs with smp_mb() in unregister_sysrq_key() */
	smp_mb__after_atomic();
	run_key(key, check_mask);
	/* What the handler did, then: gone. Pairs with atomic_read_acquire() in unregister_sysrq_key(). */
	smp_mb__before_atomic();
	atomic_dec(&running);
	if (console_loglevel == CONSOLE_LOGLEVEL_DEBUG)
		WRITE_ONCE(console_loglevel, level);
}

void handle_sysrq(u8 key)
{
	if (sysrq_mask())
		__handle_sysrq(key, true);
}

/* ---------------------------------------------------------------- options */

static int __init set_mask(char *value)
{
	return kstrtoint(value, 0, &enabled);
}
early_param_accepts("sysrq", set_mask, "0 (off), 1 (everything), or a sum of SYSRQ_ENABLE_* values");

static int __init set_always(char *value)
{
	if (value)
		return -EINVAL;
	always_enabled = true;
	return 0;
}
early_param_accepts("sysrq_always_enabled", set_always, "no value");
