// SPDX-License-Identifier: GPL-2.0-only
/*
 * A storm of interrupts from several devices, while everything about their lines changes (claims A7, A8, A12).
 *
 * What
 *	Each source is a device that asks for an interrupt when it is told to: the raiser's thread numbers its
 *	raises, stores the number, then tells the device. The handler takes the request back, then reads the
 *	number. So nothing is lost exactly when, after the last raise, some run has read the last number; and
 *	each run takes at least one raise, so there are never more runs than raises.
 *
 *	e1000, edu	a network card and QEMU's teaching device, by INTx or message, as their line allows
 *	UART		the second serial port, its receiver fed by its own transmitter (loopback)
 *	timer		a timer of the CPU that raises, run by the tick of the local APIC
 *
 *	Meanwhile the lines are given to other CPUs, disabled and enabled, get a second handler and lose it, and
 *	the last CPU goes down and comes up. After some raises the raiser waits until its last number is seen, after others
 *	it goes on at once.
 *
 *	"storm.raises=N" on the command line: so many raises in all (make check-storm: a million; make check-long:
 *	10 million). Without it, a thousand. Lines "# storm: ..." have the figures; lines "# so far: ..." show a long
 *	storm's progress.
 *
 * Contexts
 *	Threads, and what they cause.
 *
 * Limits
 *	A raise that is not seen for PATIENCE fails, with the state of the line.
 *
 * Tests
 *	This is one: suite "irq_storm".
 */
#include <kunit/test.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/timer.h>
#include <linux/wait.h>

#include "../../kernel/irq/internals.h"
#include "pci_source.h"
#include "thread_helpers.h"

#define RAISES_UNASKED	1000		/* without storm.raises */
#define RAISES_AT_LEAST	16U		/* of each source, though others be quicker */
#define TOGETHER	4U		/* raises, after which the raiser waits for the handler; then one at a time */

#define SAY_EVERY	500000		/* raises, between two lines of progress */

#define STAY_EVERY	16U		/* turns, in one of which a line is left off, or shared, until it is raised */
#define ARRIVES_US	100U
/* So many runs of handlers for each change of all lines, and for each CPU that goes down: faster, little else would happen. */
#define RUNS_PER_CHANGE	5U
#define RUNS_PER_DOWN	200U
#define CHANGES_IN_A_ROW 32U

static int raises_wanted = RAISES_UNASKED;

static int __init parse_raises(char *value)
{
	return kstrtoint(value, 0, &raises_wanted);
}
early_param("storm.raises", parse_raises);

/**
 * struct source - a device that asks when it is told to
 * @name: for people
 * @open: find it, make it quiet, learn its line; false: there is none
 * @raise: make it ask
 * @asked: whether it asks; takes the request back
 * @close: make it quiet for good
 */
struct source {
	const char *name;
	bool (*open)(struct source *source);
	void (*raise)(struct source *source);
	bool (*asked)(struct source *source);
	void (*close)(struct source *source);
	unsigned int irq;
	struct pci_source pci;
	struct timer_list timer;

	unsigned int raised;		/* the raiser's, stored before the device is told; read by the handler */
	unsigned int told;		/* the raiser's, stored after it */
	unsigned int seen;		/* the handler's: the last number that it read after taking the request */
	unsigned int runs;		/* the handler's */
	bool present;
	bool late;			/* a raise was not seen in time */
	unsigned int cpu;		/* the mover's: where it goes */
	unsigned int moves, switches, comings;
	atomic_t strangers;		/* runs of second handlers */
	wait_queue_head_t ran;
	struct actor raiser;
};

/* Its request was taken back: from now on the device asks anew, so what the number says now is seen. */
static void saw_request(struct source *source)
{
	WRITE_ONCE(source->seen, READ_ONCE(source->raised));
	WRITE_ONCE(source->runs, source->runs + 1);
	wake_up_all(&source->ran);
}

static irqreturn_t handle_source(int irq, void *arg)
{
	struct source *source = arg;

	if (!source->asked(source))
		return IRQ_NONE;
	saw_request(source);
	return IRQ_HANDLED;
}

/* ---- e1000: any cause that is set by ICS is shown, and ended, by reading ICR ---- */

#define E1000_ICR		0xc0
#define E1000_ICS		0xc8
#define E1000_IMS		0xd0
#define E1000_IMC		0xd8
#define E1000_LINK_CHANGE	4U

static bool open_pci(struct source *source, unsigned int vendor, unsigned int id)
{
	if (!pci_source_open(&source->pci, vendor, id, PCI_IRQ_ALL_TYPES))
		return false;
	source->irq = source->pci.irq;
	return true;
}

static bool e1000_open(struct source *source)
{
	if (!open_pci(source, PCI_VENDOR_ID_INTEL, 0x100e))
		return false;
	writel(~0U, source->pci.regs + E1000_IMC);
	readl(source->pci.regs + E1000_ICR);
	writel(E1000_LINK_CHANGE, source->pci.regs + E1000_IMS);
	return true;
}

static void e1000_raise(struct source *source)
{
	writel(E1000_LINK_CHANGE, source->pci.regs + E1000_ICS);
}

static bool e1000_asked(struct source *source)
{
	return readl(source->pci.regs + E1000_ICR) & E1000_LINK_CHANGE;
}

static void e1000_close(struct source *source)
{
	writel(~0U, source->pci.regs + E1000_IMC);
	pci_source_close(&source->pci);
}

/* ---- edu ---- */

static bool edu_open(struct source *source)
{
	return open_pci(source, EDU_VENDOR, EDU_DEVICE);
}

static void edu_raise(struct source *source)
{
	writel(1, source->pci.regs + EDU_RAISE);
}

static bool edu_asked(struct source *source)
{
	u32 status = readl(source->pci.regs + EDU_STATUS);

	if (status)
		writel(status, source->pci.regs + EDU_ACK);
	return status;
}

static void edu_close(struct source *source)
{
	pci_source_close(&source->pci);
}

/* ---- UART: what it sends comes back, and asks ---- */

#define UART_PORT		0x2f8
#define UART_IRQ		3
#define UART_DATA		0	/* receiver buffer, transmitter holding register */
#define UART_IER		1
#define UART_FCR		2	/* written; read: IIR */
#define UART_IIR		2
#define UART_LCR		3
#define UART_MCR		4
#define UART_LSR		5
#define UART_SCRATCH		7
#define UART_IER_RECEIVED	0x01
#define UART_IIR_NOTHING	0x01
#define UART_LCR_8BITS		0x03
#define UART_MCR_OUT2		0x08	/* lets the request out to the line */
#define UART_MCR_LOOP		0x10
#define UART_LSR_RECEIVED	0x01

static u8 uart_read(unsigned int reg)
{
	return inb(UART_PORT + reg);
}

static void uart_write(unsigned int value, unsigned int reg)
{
	outb((u8)value, UART_PORT + reg);
}

static void uart_drain(void)
{
	while (uart_read(UART_LSR) & UART_LSR_RECEIVED)
		uart_read(UART_DATA);
}

static bool uart_open(struct source *source)
{
	uart_write(0x5a, UART_SCRATCH);
	if (uart_read(UART_SCRATCH) != 0x5a)
		return false;
	uart_write(0, UART_IER);
	uart_write(0, UART_FCR);
	uart_write(UART_LCR_8BITS, UART_LCR);
	uart_write(UART_MCR_LOOP | UART_MCR_OUT2, UART_MCR);
	uart_drain();
	uart_write(UART_IER_RECEIVED, UART_IER);
	source->irq = UART_IRQ;
	return true;
}

/* A byte that comes before the last one is fetched overruns it: the request stands. */
static void uart_raise(struct source *source)
{
	uart_write(source->raised & 0xff, UART_DATA);
}

static bool uart_asked(struct source *source)
{
	if (uart_read(UART_IIR) & UART_IIR_NOTHING)
		return false;
	uart_drain();
	return true;
}

static void uart_close(struct source *source)
{
	uart_write(0, UART_IER);
	uart_write(0, UART_MCR);
	uart_drain();
}

/* ---- the local APIC's timer, by way of a timer: no line ---- */

static void timer_ran(struct timer_list *timer)
{
	saw_request(timer_container_of((struct source *)NULL, timer, timer));
}

static bool timer_open(struct source *source)
{
	timer_setup(&source->timer, timer_ran, 0);
	return true;
}

static void timer_raise(struct source *source)
{
	mod_timer(&source->timer, jiffies);
}

static void timer_close(struct source *source)
{
	timer_delete_sync(&source->timer);
}

static struct source sources[] = {
	{ .name = "e1000", .open = e1000_open, .raise = e1000_raise, .asked = e1000_asked, .close = e1000_close },
	{ .name = "edu", .open = edu_open, .raise = edu_raise, .asked = edu_asked, .close = edu_close },
	{ .name = "uart", .open = uart_open, .raise = uart_raise, .asked = uart_asked, .close = uart_close },
	{ .name = "timer", .open = timer_open, .raise = timer_raise, .close = timer_close },
};

#define for_each_source(s)	for ((s) = sources; (s) < sources + ARRAY_SIZE(sources); (s)++) if ((s)->present)
#define for_each_line(s)	for_each_source(s) if ((s)->asked)

static atomic_t raises_left;		/* of all lines together: a card may hold its requests back, and be slow */
static atomic_t lines_left;		/* whose raiser is not done */
static DECLARE_COMPLETION(storm_begins);
static struct kunit *storm;

static bool storm_is_over(void)
{
	return atomic_read(&lines_left) == 0;
}

static unsigned int runs_of_all(void)
{
	const struct source *source;
	unsigned int runs = 0;

	for_each_line(source)
		runs += READ_ONCE(source->runs);
	return runs;
}

/* For so many runs of all lines. Does not sleep: whoever is woken by each run takes time and locks from those that run. */
static void wait_for_runs(unsigned int count)
{
	unsigned int before = runs_of_all();

	do
		schedule_timeout_uninterruptible(1);
	while (runs_of_all() - before < count && !storm_is_over());
}

/* ---- raising ---- */

static bool has_seen_last(struct source *source)
{
	return READ_ONCE(source->seen) == source->raised;
}

/* The last raise is seen in time, whatever the others do to the line meanwhile. */
static bool is_seen(struct source *source)
{
	return wait_event_timeout(source->ran, has_seen_last(source), PATIENCE) > 0;
}

static void raise_number(struct source *source, unsigned int n)
{
	WRITE_ONCE(source->raised, n);
	source->raise(source);
	WRITE_ONCE(source->told, n);
	if (n % (2 * TOGETHER) >= TOGETHER)
		source->late = !is_seen(source);
}

static bool take_raise(void)
{
	int left = atomic_dec_if_positive(&raises_left);
	int done = raises_wanted - left;

	if (left < 0)
		return false;
	if (done % SAY_EVERY == 0)
		kunit_info(storm, "so far: %d of %d raises\n", done, raises_wanted);
	return true;
}

static void raise_all(void *arg)
{
	struct source *source = arg;
	unsigned int n;

	wait_for_completion(&storm_begins);
	for (n = 1; !source->late && (take_raise() || n <= RAISES_AT_LEAST); n++)
		raise_number(source, n);
	source->late = !is_seen(source);
	if (source->late)
		atomic_set(&raises_left, 0);
	atomic_dec(&lines_left);
}

/* A timer is no faster than the tick: as many as there are. */
static void raise_timers(void *arg)
{
	struct source *source = arg;
	unsigned int n;

	for (n = 1; !source->late && (!storm_is_over() || n <= RAISES_AT_LEAST); n++)
		raise_number(source, n);
	source->late = !is_seen(source);
}

/* ---- what goes on meanwhile: each until the raisers are done ---- */

static void change_lines(void (*change)(struct source *source, unsigned int turn))
{
	struct source *source;
	unsigned int turn;

	for (turn = 0; !storm_is_over(); turn++) {
		for_each_line(source)
			change(source, turn);
		if (turn % CHANGES_IN_A_ROW == 0)
			wait_for_runs(RUNS_PER_CHANGE * CHANGES_IN_A_ROW);
	}
}

/* To the next CPU. That may go down meanwhile: then it is refused. */
static void move_line(struct source *source, unsigned int turn)
{
	source->cpu = cpumask_next(source->cpu, cpu_online_mask);
	if (source->cpu >= nr_cpu_ids)
		source->cpu = cpumask_first(cpu_online_mask);
	if (!irq_set_affinity(source->irq, cpumask_of(source->cpu)))
		source->moves++;
}

/*
 * Mostly not for long. Now and then until the device has been told once more, and its request has had time to
 * arrive; but its raiser may be waiting for a run.
 */
static void stay_for_a_raise(const struct source *source, unsigned int turn)
{
	unsigned int before = READ_ONCE(source->told);
	unsigned long end = jiffies + 2;

	cond_resched();
	if (turn % STAY_EVERY)
		return;
	while (READ_ONCE(source->told) == before && time_before(jiffies, end))
		yield();
	udelay(ARRIVES_US);
}

static void switch_line(struct source *source, unsigned int turn)
{
	if (turn % 2)
		disable_irq(source->irq);
	else
		disable_irq_nosync(source->irq);
	if (turn % 8 == 0) {
		disable_hardirq(source->irq);
		enable_irq(source->irq);
	}
	stay_for_a_raise(source, turn);
	enable_irq(source->irq);
	source->switches++;
}

static irqreturn_t handle_stranger(int irq, void *arg)
{
	struct source *source = container_of((atomic_t *)arg, struct source, strangers);

	atomic_inc(&source->strangers);
	return IRQ_NONE;
}

static void share_line(struct source *source, unsigned int turn)
{
	if (request_irq(source->irq, handle_stranger, IRQF_SHARED, "stranger", &source->strangers))
		return;
	stay_for_a_raise(source, turn);
	free_irq(source->irq, &source->strangers);
	source->comings++;
}

static void move_lines(void *unused)
{
	change_lines(move_line);
}

static void switch_lines(void *unused)
{
	change_lines(switch_line);
}

static void share_lines(void *unused)
{
	change_lines(share_line);
}

static unsigned int downs;

static void take_down_and_up(void *unused)
{
#ifdef CONFIG_HOTPLUG_CPU
	unsigned int cpu = cpumask_last(cpu_online_mask);

	while (cpu && !storm_is_over()) {
		if (WARN_ON(remove_cpu(cpu)) || WARN_ON(add_cpu(cpu)))
			return;
		downs++;
		wait_for_runs(RUNS_PER_DOWN);
	}
#endif
}

static void (*const changers[])(void *unused) = { move_lines, switch_lines, share_lines, take_down_and_up };
static struct actor changer_actors[ARRAY_SIZE(changers)];

/* ---- the case ---- */

static void open_sources(struct kunit *test)
{
	unsigned int count = 0;
	struct source *source;

	for (source = sources; source < sources + ARRAY_SIZE(sources); source++) {
		init_waitqueue_head(&source->ran);
		source->present = source->open(source);
		count += source->present && source->asked;
	}
	if (!count)
		kunit_skip(test, "no device on a line");
	for_each_line(source)
		KUNIT_ASSERT_EQ(test, request_irq(source->irq, handle_source, IRQF_SHARED, source->name, source), 0);
	atomic_set(&raises_left, raises_wanted);
	atomic_set(&lines_left, (int)count);
}

static void close_sources(void)
{
	struct source *source;

	for_each_line(source)
		free_irq(source->irq, source);
	for_each_source(source)
		source->close(source);
}

/* Nothing is left of it: no line remembers a request, or is off. */
static void expect_at_rest(struct kunit *test, struct source *source)
{
	const struct irq_desc *desc = irq_to_desc(source->irq);

	KUNIT_EXPECT_FALSE(test, desc->istate & (IRQS_PENDING | IRQS_REPLAY));
	KUNIT_EXPECT_EQ(test, desc->depth, 0u);
	KUNIT_EXPECT_FALSE(test, irqd_irq_disabled(&desc->irq_data));
	KUNIT_EXPECT_FALSE(test, irqd_irq_inprogress(&desc->irq_data));
}

static void nothing_is_lost(struct kunit *test)
{
	struct source *source;
	unsigned int i;
	int raised = 0;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
	storm = test;
	reinit_completion(&storm_begins);
	open_sources(test);
	for_each_source(source)
		actor_start(test, &source->raiser, -1, source->asked ? raise_all : raise_timers, source);
	for (i = 0; i < ARRAY_SIZE(changers); i++)
		actor_start(test, &changer_actors[i], -1, changers[i], NULL);
	complete_all(&storm_begins);
	for_each_source(source)
		wait_for_completion(&source->raiser.done);
	for (i = 0; i < ARRAY_SIZE(changers); i++)
		wait_for_completion(&changer_actors[i].done);

	for_each_source(source) {
		kunit_info(test, "storm: %s: %u raises, %u runs, %u moves, %u times disabled, %u comings, %d runs of strangers\n",
			   source->name, source->raised, source->runs, source->moves, source->switches,
			   source->comings, atomic_read(&source->strangers));
		KUNIT_EXPECT_FALSE(test, source->late);
		KUNIT_EXPECT_GE(test, source->raised, RAISES_AT_LEAST);
		KUNIT_EXPECT_EQ(test, source->seen, source->raised);
		KUNIT_EXPECT_LE(test, source->runs, source->raised);
	}
	for_each_line(source) {
		raised += (int)source->raised;
		expect_at_rest(test, source);
	}
	KUNIT_EXPECT_GE(test, raised, raises_wanted);
	kunit_info(test, "storm: a CPU went down and up %u times\n", downs);
	close_sources();
}

static struct kunit_case irq_storm_cases[] = {
	KUNIT_CASE(nothing_is_lost),
	{}
};

static struct kunit_suite irq_storm_suite = {
	.name = "irq_storm",
	.test_cases = irq_storm_cases,
};
kunit_test_suite(irq_storm_suite);
