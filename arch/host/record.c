// SPDX-License-Identifier: GPL-2.0-only
/*
 * The trace: what every CPU did, step by step, for replay; and its fingerprint, always.
 *
 * What
 *	With host_job.record each step leaves a record in a ring. The strategy does not know of it,
 *	so a recorded run is the same run. Without, only the decisions are mixed into
 *	host_outcome.hash, with their places in the code: two runs of one seed have the same, or the
 *	machine is not deterministic.
 *
 * Contexts
 *	Any, on a simulated CPU.
 *
 * Limits
 *	The last HOST_RECORDS steps. Those of an idle CPU that takes a tick are left out, or nothing
 *	else would be there after a hang; softirqs that the tick runs are shown. So are the last
 *	looks of spinning CPUs before a deadlock is declared.
 */
#include <linux/bits.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include "host.h"

host_keep struct host_record *host_records;
host_keep unsigned long host_records_written;

const char *const host_step_names[HOST_STEPS] = {
	[HOST_STEP_READ] = "read",		[HOST_STEP_WRITE] = "write",
	[HOST_STEP_ATOMIC] = "atomic",		[HOST_STEP_BARRIER] = "barrier",
	[HOST_STEP_PERCPU] = "percpu",		[HOST_STEP_PLAIN_READ] = "load",
	[HOST_STEP_PLAIN_WRITE] = "store",	[HOST_STEP_IRQ_OFF] = "irqs off",
	[HOST_STEP_IRQ_ON] = "irqs on",		[HOST_STEP_RELAX] = "relax",
	[HOST_STEP_IDLE] = "idle",		[HOST_STEP_DELAY] = "delay",
	[HOST_STEP_HALT] = "halt",		[HOST_STEP_IPI] = "ipi",
	[HOST_STEP_CLOCK] = "clock",		[HOST_STEP_TASK_SWITCH] = "switch to",
	[HOST_STEP_IRQ_ENTER] = "> irq",	[HOST_STEP_IRQ_EXIT] = "< irq",
	[HOST_STEP_RAISE] = "irq raised",	[HOST_STEP_DRAIN] = "seen by all",
};

const char *const host_source_names[HOST_SOURCES] = {
	[HOST_SOURCE_CLOCK] = "clock",
	[HOST_SOURCE_RESCHEDULE] = "reschedule",
	[HOST_SOURCE_CALL_FUNCTION] = "call function",
	[HOST_SOURCE_IRQ_WORK] = "irq work",
	[HOST_SOURCE_LINE] = "line",
	[HOST_SOURCE_INJECTION] = "injected",
};

const char *const host_strategy_names[HOST_STRATEGIES] = {
	[HOST_AUTO] = "auto", [HOST_BASE] = "base", [HOST_RANDOM] = "random",
	[HOST_PRIORITY] = "priority", [HOST_FOCUS] = "focus",
};

static void copy_name(char *to, const char *from, unsigned int size)
{
	unsigned int i;

	for (i = 0; i < size - 1 && from[i]; i++)
		to[i] = from[i];
	to[i] = '\0';
}

/* The task that runs on a CPU, without a step. */
const struct task_struct *host_current(const struct host_cpu *cpu)
{
	return *(struct task_struct **)((unsigned long)&current_task + cpu->percpu_used);
}

/* Whether the CPU idles, apart from ticks: nothing that a reader wants to see. */
static bool only_ticks(const struct host_cpu *cpu, const struct task_struct *task,
		       enum host_step kind)
{
	u32 count = *(u32 *)((unsigned long)&__preempt_count + cpu->percpu_used);

	if (kind == HOST_STEP_TASK_SWITCH || kind == HOST_STEP_IPI || kind == HOST_STEP_RAISE)
		return false;
	return task && is_idle_task(task) && !(cpu->taking & ~BIT(HOST_SOURCE_CLOCK)) &&
	       !(count & SOFTIRQ_OFFSET);
}

void host_record_on(const struct host_cpu *cpu, enum host_step kind, const volatile void *word,
		    unsigned long value, unsigned long size, unsigned long pc)
{
	const struct task_struct *task = host_current(cpu);
	struct host_record *record;

	if (host_job.learn != HOST_LEARN_NOTHING)
		host_learn_step(cpu, kind, (unsigned long)word, pc);
	if (!host_job.record || host.nudges || only_ticks(cpu, task, kind))
		return;
	record = &host_records[host_records_written++ % HOST_RECORDS];
	record->step = host_steps_now() - host.start_steps;
	record->ns = host_now() - host.start_ns;
	record->pc = pc;
	record->address = (unsigned long)word;
	record->value = value;
	record->kind = (unsigned char)kind;
	record->cpu = (unsigned char)cpu->number;
	record->size = (unsigned char)size;
	record->irqs_on = cpu->irqs_on;
	copy_name(record->task, task ? task->comm : "boot", sizeof(record->task));
}

void host_record(enum host_step kind, const volatile void *word, unsigned long value,
		 unsigned long size, unsigned long pc)
{
	host_record_on(host_this, kind, word, value, size, pc);
}

/* FNV-1a's idea on whole words, with a rotation so that high bits come down again. */
void host_hash(unsigned long word)
{
	unsigned long hash = (host_outcome.hash ^ word) * 0x100000001b3UL;

	host_outcome.hash = hash << 23 | hash >> 41;
}
