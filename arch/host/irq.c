// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts of the simulated machine.
 *
 * What
 *	Each CPU has a few sources: its clock, the IPIs, the lines of the controller, and functions
 *	that a scenario injects. A source that is raised is on its way for a number of steps which
 *	the strategy chooses; then it has arrived, and is taken with the first step at which
 *	interrupts are on. Taking it is calling the core's sequence of include/arch/irq.h on top of
 *	whatever ran.
 *
 *	The controller has HOST_LINES lines. A line that asks, and is not masked, interrupts one CPU
 *	of those that its affinity allows, any of them: more than a PC does, and nothing that a
 *	driver may rely on being otherwise.
 *
 * States of a line
 *	asking		latched (edge, simple: set by a raise, cleared when sent) or high (level)
 *	sent		on its way to a CPU, or arrived there; not sent again
 *	in service	level and fasteoi: from delivery to acknowledge or EOI; not sent meanwhile
 *	A masked line keeps asking, and is sent when it is unmasked. What was sent before it was masked
 *	is delivered all the same.
 *
 * Contexts
 *	Chip functions: desc->lock held, interrupts off. scenario_raise_irq(), scenario_inject():
 *	any.
 *
 * Ordering
 *	Stores before an IPI, a raise of a line or an injection are seen by the handler.
 *
 * Limits
 *	INJECTIONS_MAX functions wait at a time; one more stops the machine.
 *
 * Tests
 *	tests/scenario/machine.c, tests/scenario/irq.c
 */
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/cpumask.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/errno.h>
#include <arch/cpu.h>
#include <arch/irqflags.h>
#include <arch/ipi.h>
#include <arch/irq.h>
#include <bottomhalf/tick.h>
#include <kunit/scenario.h>
#include "host.h"

#define INJECTIONS_MAX	64

/* ---------------------------------------------------------------- sources of a CPU */

/* Ask a CPU for an interrupt that arrives delay steps from now. */
void host_raise(struct host_cpu *cpu, enum host_source source, u64 delay)
{
	u64 arrival = host_steps_now() + delay;

	if (cpu->sources_raised & BIT(source)) {
		if (arrival < cpu->arrival[source])
			cpu->arrival[source] = arrival;
	} else {
		cpu->sources_raised |= BIT(source);
		cpu->arrival[source] = arrival;
	}
	if (host_recording() && source != HOST_SOURCE_CLOCK)
		host_record_on(cpu, HOST_STEP_RAISE, NULL, source, 0, 0);
	if (cpu == host_this || host_strict)
		host_look_in(cpu == host_this ? delay : 0);
}

/* The same, as long from now as the strategy likes. */
static void raise_delayed(struct host_cpu *cpu, enum host_source source)
{
	host_raise(cpu, source, host_choose_delay(source));
}

/* The step at which the next of a CPU's raised sources arrives, or HOST_NEVER. */
u64 host_next_arrival(const struct host_cpu *cpu)
{
	unsigned int under_way = cpu->sources_raised & ~cpu->sources_arrived;
	u64 first = HOST_NEVER;

	for (unsigned int source = 0; under_way >> source; source++)
		if (under_way & BIT(source) && cpu->arrival[source] < first)
			first = cpu->arrival[source];
	return first;
}

/* What is due has arrived. */
void host_arrivals(struct host_cpu *cpu)
{
	unsigned int under_way = cpu->sources_raised & ~cpu->sources_arrived;

	for (unsigned int source = 0; under_way >> source; source++)
		if (under_way & BIT(source) && cpu->arrival[source] <= host.steps)
			cpu->sources_arrived |= BIT(source);
}

/* What is on its way to the CPU has arrived, too. */
void host_hasten(struct host_cpu *cpu)
{
	cpu->sources_arrived = cpu->sources_raised;
}

/* ---------------------------------------------------------------- taking an interrupt */

static void take_line(void);
static void take_injection(void);
static void injection_ended(void);
/* Without a file of the core that wants it, nobody sends it. */
void __weak irq_work_run(void) { }

static void (*const handlers[HOST_SOURCES])(void) = {
	[HOST_SOURCE_CLOCK] = clockevent_interrupt,
	[HOST_SOURCE_RESCHEDULE] = scheduler_ipi,
	[HOST_SOURCE_CALL_FUNCTION] = generic_smp_call_function_interrupt,
	[HOST_SOURCE_IRQ_WORK] = irq_work_run,
	[HOST_SOURCE_LINE] = take_line,
	[HOST_SOURCE_INJECTION] = take_injection,
};

/* The first source that has arrived; it may be raised anew from now on. */
static enum host_source acknowledge(struct host_cpu *cpu)
{
	enum host_source source = __ffs(cpu->sources_arrived);

	cpu->sources_arrived &= ~BIT(source);
	cpu->sources_raised &= ~BIT(source);
	return source;
}

static void take_interrupt(unsigned long pc)
{
	bool nested = host_this->on_irq_stack;
	enum host_source source = acknowledge(host_this);

	host_outcome.interrupts++;
	host_hash(source);
	host_this->irqs_on = false;
	host_this->on_irq_stack = true;
	host_this->taking |= BIT(source);
	if (host_recording())
		host_record(HOST_STEP_IRQ_ENTER, handlers[source], source, 0, pc);
	irq_enter();
	handlers[source]();
	irq_exit();
	if (source == HOST_SOURCE_INJECTION)
		injection_ended();
	if (host_recording())
		host_record(HOST_STEP_IRQ_EXIT, handlers[source], source, 0, pc);
	host_this->taking &= ~BIT(source);
	host_this->on_irq_stack = nested;
	if (IS_ENABLED(CONFIG_PREEMPT) && !nested && should_resched())
		preempt_schedule_irq();
	/* Perhaps on another CPU than before. The return is a full barrier, as iret is. */
	host_drain(host_this);
	host_this->irqs_on = true;
}

/* Take all that has arrived, if interrupts are on. @pc: where the CPU was. */
void host_take_interrupts(unsigned long pc)
{
	while (host_this->irqs_on && host_this->sources_arrived && !host.frozen)
		take_interrupt(pc);
}

/* ---------------------------------------------------------------- the flag */

unsigned long host_irq_flag(void)
{
	return host_this->irqs_on;
}

/* The step comes first: the last chance for an interrupt. */
unsigned long host_irq_save(void)
{
	unsigned long flag;

	host_step(HOST_STEP_IRQ_OFF, NULL, HOST_CALLER);
	flag = host_this->irqs_on;
	host_this->irqs_on = false;
	if (host_recording())
		host_record(HOST_STEP_IRQ_OFF, NULL, flag, 0, HOST_CALLER);
	return flag;
}

void host_irq_disable(void)
{
	host_step(HOST_STEP_IRQ_OFF, NULL, HOST_CALLER);
	host_this->irqs_on = false;
	if (host_recording())
		host_record(HOST_STEP_IRQ_OFF, NULL, 1, 0, HOST_CALLER);
}

/* What has arrived is taken before the caller can look at anything. */
void host_irq_enable(void)
{
	host_this->irqs_on = true;
	if (host_recording())
		host_record(HOST_STEP_IRQ_ON, NULL, 0, 0, HOST_CALLER);
	if (host_this->sources_raised) {
		host_arrivals(host_this);
		host_take_interrupts(HOST_CALLER);
	}
	host_step(HOST_STEP_IRQ_ON, NULL, HOST_CALLER);
}

/* ---------------------------------------------------------------- IPIs */

/* Stores before an IPI are seen by its handler. */
static void send(unsigned int cpu, enum host_source source, unsigned long pc)
{
	host_step(HOST_STEP_IPI, NULL, pc);
	host_drain(host_this);
	if (host_recording())
		host_record(HOST_STEP_IPI, NULL, cpu, 0, pc);
	raise_delayed(&host.cpus[cpu], source);
}

void arch_send_reschedule(unsigned int cpu)
{
	send(cpu, HOST_SOURCE_RESCHEDULE, HOST_CALLER);
}

void arch_send_call_function(unsigned int cpu)
{
	send(cpu, HOST_SOURCE_CALL_FUNCTION, HOST_CALLER);
}

/* To oneself: there at once. */
void arch_send_irq_work(void)
{
	host_step(HOST_STEP_IPI, NULL, HOST_CALLER);
	host_raise(host_this, HOST_SOURCE_IRQ_WORK, 0);
	host_arrivals(host_this);
	host_take_interrupts(HOST_CALLER);
}

void arch_stop_other_cpus(void)
{
	for (unsigned int n = 0; n < host.nr_cpus; n++)
		if (&host.cpus[n] != host_this && host.cpus[n].state != HOST_CPU_OFF)
			host.cpus[n].state = HOST_CPU_HALT;
}

/* ---------------------------------------------------------------- lines */

struct line {
	enum scenario_line kind;
	bool latched;
	bool high;
	bool masked;
	bool sent;
	bool in_service;
	u32 affinity;
};

static struct line lines[HOST_LINES];
static u32 lines_lent;			/* bits: given out by scenario_lend_irq() */

static bool asks(const struct line *line)
{
	return line->kind == SCENARIO_LEVEL ? line->high && !line->in_service : line->latched;
}

static u32 running_cpus(void)
{
	u32 mask = 0;

	for (unsigned int n = 0; n < host.nr_cpus; n++)
		if (host.cpus[n].state != HOST_CPU_OFF && host.cpus[n].state != HOST_CPU_HALT)
			mask |= BIT(n);
	return mask;
}

static unsigned int any_of(u32 mask)
{
	u64 skip = host_random_below(hweight32(mask));

	while (skip--)
		mask &= mask - 1;
	return __ffs(mask);
}

/* Send a line that asks to a CPU. */
static void dispatch(unsigned int irq)
{
	struct line *line = &lines[irq];
	u32 allowed = line->affinity & running_cpus();
	struct host_cpu *cpu;

	if (line->masked || line->sent || !asks(line) || !allowed)
		return;
	cpu = &host.cpus[any_of(allowed)];
	line->sent = true;
	line->latched = false;
	cpu->lines |= BIT(irq);
	raise_delayed(cpu, HOST_SOURCE_LINE);
}

static void take_line(void)
{
	unsigned int irq = __ffs(host_this->lines);

	host_this->lines &= ~BIT(irq);
	if (host_this->lines)
		raise_delayed(host_this, HOST_SOURCE_LINE);
	lines[irq].sent = false;
	lines[irq].in_service = lines[irq].kind == SCENARIO_LEVEL;
	generic_handle_irq_desc(irq_to_desc(irq));
}

static void chip_mask(struct irq_data *data)
{
	lines[data->irq].masked = true;
}

static void chip_unmask(struct irq_data *data)
{
	lines[data->irq].masked = false;
	dispatch(data->irq);
}

/* Acknowledge and EOI are the same thing here: the line may ask anew. */
static void chip_done(struct irq_data *data)
{
	lines[data->irq].in_service = false;
	irq_move_irq(data);
	dispatch(data->irq);
}

static int chip_set_type(struct irq_data *data, unsigned int type)
{
	bool level = type & IRQ_TYPE_LEVEL_MASK;

	return level == (lines[data->irq].kind == SCENARIO_LEVEL) ? 0 : -EINVAL;
}

static int chip_set_affinity(struct irq_data *data, const struct cpumask *dest, bool force)
{
	u32 mask = (u32)(cpumask_bits(dest)[0] & cpumask_bits(cpu_online_mask)[0]);

	if (!mask)
		return -EINVAL;
	lines[data->irq].affinity = mask;
	irq_data_update_effective_affinity(data, dest);
	return 0;
}

static int chip_retrigger(struct irq_data *data)
{
	lines[data->irq].latched = true;
	dispatch(data->irq);
	return 1;
}

static struct irq_chip host_chip = {
	.name = "host",
	.irq_mask = chip_mask,
	.irq_unmask = chip_unmask,
	.irq_ack = chip_done,
	.irq_eoi = chip_done,
	.irq_set_type = chip_set_type,
	.irq_set_affinity = chip_set_affinity,
	.irq_retrigger = chip_retrigger,
};

/* Which numbers are which kind of line: arch-impl/irq.h tells people. */
static const struct {
	unsigned int first, end;
	enum scenario_line kind;
	irq_flow_handler_t flow;
	const char *name;
} line_kinds[] = {
	{ 0, 16, SCENARIO_EDGE, handle_edge_irq, "edge" },
	{ 16, 24, SCENARIO_LEVEL, handle_fasteoi_irq, "fasteoi" },
	{ 24, 28, SCENARIO_EDGE, handle_edge_irq, "edge" },
	{ 28, HOST_LINES, SCENARIO_SIMPLE, handle_simple_irq, "simple" },
};

void arch_irq_init(void)
{
	_Static_assert(HOST_LINES <= NR_IRQS, "the core has a number for each line");

	for (size_t i = 0; i < sizeof(line_kinds) / sizeof(line_kinds[0]); i++)
		for (unsigned int irq = line_kinds[i].first; irq < line_kinds[i].end; irq++) {
			if (irq >= NR_IRQS_LEGACY)
				irq_alloc_desc_at(irq, NUMA_NO_NODE);
			lines[irq] = (struct line){
				.kind = line_kinds[i].kind,
				.masked = line_kinds[i].kind != SCENARIO_SIMPLE,
				.affinity = ~0U,
			};
			irq_set_chip_and_handler_name(irq, &host_chip, line_kinds[i].flow,
						      line_kinds[i].name);
			irq_set_status_flags(irq, IRQ_MOVE_PCNTXT);
		}
}

int arch_irq_startup_check(unsigned int irq)
{
	return irq < HOST_LINES ? 0 : -ENXIO;
}

/* What has been sent here, and cannot be taken any more, is sent elsewhere. */
void arch_irq_offline(void)
{
	u32 mine = host_this->lines;

	host_this->lines = 0;
	host_this->sources_raised &= ~BIT(HOST_SOURCE_LINE);
	host_this->sources_arrived &= ~BIT(HOST_SOURCE_LINE);
	for (unsigned int irq = 0; irq < HOST_LINES; irq++) {
		if (!(mine & BIT(irq)))
			continue;
		lines[irq].sent = false;
		lines[irq].latched = lines[irq].kind != SCENARIO_LEVEL;
		dispatch(irq);
	}
}

/* From the last line down: the low numbers are left to those who ask for a number themselves. */
int scenario_lend_irq(enum scenario_line kind)
{
	for (int irq = HOST_LINES - 1; irq >= 0; irq--)
		if (lines[irq].kind == kind && !(lines_lent & BIT(irq))) {
			lines_lent |= BIT(irq);
			return irq;
		}
	return -ENXIO;
}

void scenario_raise_irq(unsigned int irq)
{
	host_step(HOST_STEP_RAISE, NULL, HOST_CALLER);
	host_drain(host_this);
	lines[irq].latched = lines[irq].kind != SCENARIO_LEVEL;
	lines[irq].high = lines[irq].kind == SCENARIO_LEVEL;
	dispatch(irq);
}

void scenario_lower_irq(unsigned int irq)
{
	host_step(HOST_STEP_RAISE, NULL, HOST_CALLER);
	host_drain(host_this);
	lines[irq].high = false;
}

/* ---------------------------------------------------------------- injected functions */

static struct {
	void (*fn)(void *arg);
	void *arg;
	int cpu;
} injections[INJECTIONS_MAX];
/* Slots in use, bits; and functions that have not returned yet, their interrupts' ends included. */
static u64 injections_used;
static unsigned int injections_waiting;

static void inject(struct host_cpu *cpu, void (*fn)(void *arg), void *arg)
{
	unsigned int slot;

	host_drain(host_this);
	if (!~injections_used)
		host_broken("more than %d injected functions wait", INJECTIONS_MAX);
	slot = __ffs(~injections_used);
	injections_used |= BIT(slot);
	injections[slot].fn = fn;
	injections[slot].arg = arg;
	injections[slot].cpu = (int)cpu->number;
	injections_waiting++;
	raise_delayed(cpu, HOST_SOURCE_INJECTION);
}

/* The CPU goes: what was to be injected there is for others. */
void host_pass_injections_on(void)
{
	u32 others = running_cpus() & ~BIT(host_this->number);

	for (unsigned int slot = 0; slot < INJECTIONS_MAX; slot++) {
		if (!(injections_used & BIT(slot)) || injections[slot].cpu != (int)host_this->number)
			continue;
		injections[slot].cpu = (int)any_of(others);
		raise_delayed(&host.cpus[injections[slot].cpu], HOST_SOURCE_INJECTION);
	}
}

/* The slots whose functions are for this CPU. */
static u64 my_injections(void)
{
	u64 mine = 0;

	for (unsigned int slot = 0; slot < INJECTIONS_MAX; slot++)
		if (injections_used & BIT(slot) && injections[slot].cpu == (int)host_this->number)
			mine |= BIT(slot);
	return mine;
}

/* One of them, any; the next interrupt is for the rest. */
static void take_injection(void)
{
	u64 mine = my_injections();
	unsigned int slot;

	for (u64 skip = host_random_below(hweight64(mine)); skip; skip--)
		mine &= mine - 1;
	slot = __ffs(mine);
	injections_used &= ~BIT(slot);
	if (my_injections())
		raise_delayed(host_this, HOST_SOURCE_INJECTION);
	injections[slot].fn(injections[slot].arg);
}

/* The interrupt is over, with its softirqs if they ran at its end. */
static void injection_ended(void)
{
	host_drain(host_this);
	injections_waiting--;
}

void scenario_inject(void (*fn)(void *arg), void *arg)
{
	inject(&host.cpus[any_of(running_cpus())], fn, arg);
}

void scenario_inject_on(unsigned int cpu, void (*fn)(void *arg), void *arg)
{
	cpu %= host.nr_cpus;
	inject(&host.cpus[running_cpus() & BIT(cpu) ? cpu : any_of(running_cpus())], fn, arg);
}

void scenario_settle(void)
{
	while (READ_ONCE(injections_waiting))
		arch_cpu_relax();
}

bool scenario_simulated(void)
{
	return true;
}

unsigned int scenario_choose(unsigned int n)
{
	return (unsigned int)host_random_below(n);
}
