// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rows b, c and f of a device: QEMU's edu, by its pin and by message.
 *
 * What
 *	A store to RAISE makes the device interrupt at once; the handler reads STATUS, acknowledges it, and
 *	starts what the case is about: nothing, a tasklet, a softirq, a work, the line's thread. Where a case is
 *	idle, the store is done in another interrupt, which ends hlt. A bare handler stores the
 *	acknowledgement, and does nothing else.
 *
 * Contexts
 *	As bench.h says. The line is taken for each case, so that one that is run alone finds it.
 *
 * Limits
 *	A kernel that leaves a softirq to ksoftirqd, as Linux 6.1 does while that is awake, makes such a turn
 *	another row: it is done again.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/workqueue.h>

#include "bench.h"

#define NAME_SIZE	128
#define ENTRY		IRQ_POLL_SOFTIRQ
#define AGAIN_MOST	10000

enum { EDU_LIVENESS = 0x04, EDU_STATUS = 0x24, EDU_RAISE = 0x60, EDU_ACK = 0x64 };
enum { NOTHING, TASKLET, TASKLET_HI, SOFTIRQ, WORK_BOUND, WORK_HIGHPRI, WORK_UNBOUND, THREAD, BY_MESSAGE = 16 };

static const char *const action_names[] = {
	"none", "tasklet", "tasklet_hi", "softirq", "work_bound", "work_highpri", "work_unbound",
	"thread",
};

static void __iomem *regs;
static struct workqueue_struct *bound, *highpri, *unbound;
static unsigned int action;
static bool complete_it;
static u64 handler_at, acted_at, returned_at, entered;

static void enter(void)
{
	entered = stamp();
	if (complete_it)
		complete(&bench_done);
}

static void enter_tasklet(struct tasklet_struct *t)
{
	enter();
}

static void enter_work(struct work_struct *w)
{
	enter();
}

static DECLARE_TASKLET(normal, enter_tasklet);
static DECLARE_TASKLET(hi, enter_tasklet);
static DECLARE_WORK(work, enter_work);

static irqreturn_t handler(int irq, void *dev)
{
	u32 status;

	handler_at = stamp();
	status = readl(regs + EDU_STATUS);
	if (!status)
		return IRQ_NONE;
	writel(status, regs + EDU_ACK);
	acted_at = stamp();
	switch (action) {
	case TASKLET:
		tasklet_schedule(&normal);
		break;
	case TASKLET_HI:
		tasklet_hi_schedule(&hi);
		break;
	case SOFTIRQ:
		raise_softirq_irqoff(ENTRY);
		break;
	case WORK_BOUND:
		queue_work_on(0, bound, &work);
		break;
	case WORK_HIGHPRI:
		queue_work_on(0, highpri, &work);
		break;
	case WORK_UNBOUND:
		queue_work(unbound, &work);
		break;
	case THREAD:
		returned_at = stamp();
		return IRQ_WAKE_THREAD;
	}
	returned_at = stamp();
	return IRQ_HANDLED;
}

static irqreturn_t thread_fn(int irq, void *dev)
{
	enter();
	return IRQ_HANDLED;
}

static irqreturn_t bare_handler(int irq, void *dev)
{
	handler_at = stamp();
	writel(1, regs + EDU_ACK);
	returned_at = stamp();
	return IRQ_HANDLED;
}

static void raise_it(void)
{
	writel(1, regs + EDU_RAISE);
}

/* what begins with _ where the action is a part of the name. */
static void report_device(char rows, unsigned int which, const char *what, unsigned int series,
			  unsigned int stamps)
{
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "%c_edu_%s_%s%s", rows, which & BY_MESSAGE ? "msi" : "intx",
		 *what == '_' ? action_names[action] : "", what);
	report(name, series, SAMPLES, stamps, 1);
}

/* Return: whether the device is there, and its line taken. */
static bool begin(unsigned int which)
{
	action = which & ~BY_MESSAGE;
	regs = edu_request(which & BY_MESSAGE, handler, action == THREAD ? thread_fn : NULL);
	if (!regs)
		return false;
	bound = alloc_workqueue("bench-bound", 0, 0);
	highpri = alloc_workqueue("bench-highpri", WQ_HIGHPRI, 0);
	unbound = alloc_workqueue("bench-unbound", WQ_UNBOUND, 0);
	open_softirq(ENTRY, enter);
	settle();
	return true;
}

static void end(void)
{
	edu_free();
	destroy_workqueue(bound);
	destroy_workqueue(highpri);
	destroy_workqueue(unbound);
	settle();
}

/* Turns in which a softirq was left to ksoftirqd do not count. */
static void on_a_busy_cpu(unsigned int which)
{
	unsigned int again = 0;
	u64 start, resumed;
	int i;

	if (!begin(which))
		return;
	complete_it = false;
	for_each_turn(i) {
		if (!(i & 15))
			rest();
		entered = 0;
		start = stamp();
		raise_it();
		resumed = stamp();
		if (action != NOTHING && !entered && again++ < AGAIN_MOST) {
			rest();
			i--;
			continue;
		}
		keep(0, i, start, handler_at);
		keep(1, i, returned_at, resumed);
		keep(2, i, start, resumed);
		keep(3, i, acted_at, returned_at);
		keep(4, i, acted_at, entered);
		keep(5, i, returned_at, entered);
		keep(6, i, entered, resumed);
		keep(7, i, handler_at, acted_at);
	}
	end();
	report_device('b', which, "_raise_to_handler", 0, 1);
	report_device('b', which, "_handler_ret_to_resume", 1, 1);
	report_device('b', which, "_roundtrip(3stamps)", 2, 4);
	if (action == NOTHING) {
		report_device('b', which, "handler_status_ack_mmio", 7, 1);
		return;
	}
	report_device('c', which, "_schedule_in_handler", 3, 1);
	report_device('c', which, "_schedule_to_fn", 4, 2);
	report_device('c', which, "_handler_ret_to_fn", 5, 1);
	report_device('c', which, "_fn_to_resume", 6, 1);
}

static void with_a_thread_behind(unsigned int which)
{
	u64 start, running;
	int i;

	if (!begin(which))
		return;
	complete_it = true;
	for_each_turn(i) {
		reinit_completion(&bench_done);
		start = stamp();
		raise_it();
		wait_for_completion(&bench_done);
		running = stamp();
		keep(1, i, acted_at, entered);
		keep(2, i, start, running);
		keep(3, i, acted_at, returned_at);
	}
	end();
	report_device('f', which, "_schedule_in_handler", 3, 1);
	report_device('f', which, "_handler_to_threadfn(interrupted=running kthread that then sleeps)", 1, 1);
	report_device('f', which, "_raise_to_waiter_running", 2, 1);
}

static void raise_from_interrupt(void)
{
	bench_mark();
	raise_it();
}

static void on_an_idle_cpu(unsigned int which)
{
	u64 running;
	int i;

	if (!begin(which))
		return;
	complete_it = true;
	if (!hard_irq_open(raise_from_interrupt)) {
		for_each_turn(i) {
			reinit_completion(&bench_done);
			hard_irq_soon();
			wait_for_completion(&bench_done);
			running = stamp();
			keep(1, i, acted_at, entered);
			keep(2, i, handler_at, running);
		}
		hard_irq_close();
		report_device('f', which, "_handler_to_fn_CPU_IDLE", 1, 1);
		report_device('f', which, "_handler_to_waiter_running_CPU_IDLE", 2, 1);
	}
	end();
}

static void with_a_bare_handler(unsigned int unused)
{
	u64 start, resumed;
	int i;

	regs = edu_request(true, bare_handler, NULL);
	if (!regs)
		return;
	settle();
	for_each_turn(i) {
		start = stamp();
		raise_it();
		resumed = stamp();
		keep(0, i, start, handler_at);
		keep(1, i, handler_at, returned_at);
		keep(2, i, returned_at, resumed);
		keep(3, i, start, resumed);
	}
	edu_free();
	report_row("b_edu_msi_bare_raise_to_handler", 0);
	report_row("b_edu_msi_bare_handler(1 writel)", 1);
	report_row("b_edu_msi_bare_handler_ret_to_resume", 2);
	report("b_edu_msi_bare_roundtrip", 3, SAMPLES, 3, 1);
}

static void a_write_alone(unsigned int unused)
{
	int i;

	if (!begin(NOTHING))
		return;
	for_each_turn(i)
		keep_time(0, i, writel(0, regs + EDU_LIVENESS));
	end();
	report_row("b_edu_mmio_write_alone", 0);
}

#define BUSY(name, which)	{ "edu_" name, on_a_busy_cpu, which }
#define BEHIND(name, which)	{ "edu_" name, with_a_thread_behind, which }
#define IDLE(name, which)	{ "edu_idle_" name, on_an_idle_cpu, which }
#define ALL(how, by)									\
	BUSY(how "_none", by | NOTHING), BUSY(how "_tasklet", by | TASKLET),		\
	BUSY(how "_tasklet_hi", by | TASKLET_HI), BUSY(how "_softirq", by | SOFTIRQ),	\
	BEHIND(how "_work_bound", by | WORK_BOUND), BEHIND(how "_work_highpri", by | WORK_HIGHPRI),	\
	BEHIND(how "_work_unbound", by | WORK_UNBOUND), BEHIND(how "_thread", by | THREAD),	\
	IDLE(how "_tasklet", by | TASKLET), IDLE(how "_tasklet_hi", by | TASKLET_HI),	\
	IDLE(how "_softirq", by | SOFTIRQ), IDLE(how "_work_bound", by | WORK_BOUND),	\
	IDLE(how "_work_highpri", by | WORK_HIGHPRI), IDLE(how "_work_unbound", by | WORK_UNBOUND), \
	IDLE(how "_thread", by | THREAD)

const struct bench_case bench_device[] = {
	{ "edu_a_write_alone", a_write_alone },
	{ "edu_msi_bare", with_a_bare_handler },
	ALL("msi", BY_MESSAGE),
	ALL("intx", 0),
	{}
};
