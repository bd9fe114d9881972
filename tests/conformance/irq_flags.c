// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: IRQF_ flags. Which two users may share a line, what each flag makes of a line.
 *
 * What
 *	Whether a second user may join depends on the trigger type, IRQF_ONESHOT, IRQF_COND_ONESHOT and
 *	IRQF_PERCPU of both: all of these are tried with each other. Of what they have no part in,
 *	each flag is tried alone.
 */
#include "irq_line.h"

#ifndef IRQF_COND_ONESHOT		/* before 6.9 */
#define IRQF_COND_ONESHOT	0
#endif

static struct line_user first, second, third;

static void begin(void)
{
	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	second = (struct line_user){ .letter = '2', .answer = IRQ_HANDLED };
	third = (struct line_user){ .letter = '3', .answer = IRQ_HANDLED };
	forget_notes();
}

/* request_irq() adds IRQF_COND_ONESHOT; this does not. */
static int request(int irq, unsigned long flags, struct line_user *user)
{
	return request_threaded_irq(irq, line_handler, NULL, flags, "conformance", user);
}

/* ---- two users ---- */

struct kind {
	char name[32];
	unsigned long flags;
};

static const struct kind types[] = {
	{ "any", 0 }, { "rising", IRQF_TRIGGER_RISING }, { "high", IRQF_TRIGGER_HIGH },
};

static const struct kind oneshots[] = {
	{ "", 0 }, { "+oneshot", IRQF_ONESHOT },
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)
	{ "+cond", IRQF_COND_ONESHOT },
#endif
};

static const struct kind percpus[] = {
	{ "", 0 }, { "+percpu", IRQF_PERCPU },
};

enum { KINDS = ARRAY_SIZE(types) * ARRAY_SIZE(oneshots) * ARRAY_SIZE(percpus) };

static struct kind kinds[KINDS];

static void make_kinds(void)
{
	const struct kind *type, *oneshot, *percpu;
	struct kind *kind = kinds;
	unsigned int i;

	for (i = 0; i < KINDS; i++, kind++) {
		type = &types[i % ARRAY_SIZE(types)];
		oneshot = &oneshots[i / ARRAY_SIZE(types) % ARRAY_SIZE(oneshots)];
		percpu = &percpus[i / ARRAY_SIZE(types) / ARRAY_SIZE(oneshots)];
		snprintf(kind->name, sizeof(kind->name), "%s%s%s", type->name, oneshot->name, percpu->name);
		kind->flags = IRQF_SHARED | type->flags | oneshot->flags | percpu->flags;
	}
}

/* What a second user's request answers while a first has the line. */
static int join(unsigned long held, unsigned long flags)
{
	int irq = line_make(&line_chip, handle_level_irq);
	int error;

	begin();
	if (request(irq, held, &first))
		return -1000;
	error = request(irq, flags, &second);
	if (!error)
		free_irq(irq, &second);
	line_drop(irq, &first);
	return error;
}

static void observe_joining(const struct kind *held)
{
	static char text[KINDS * sizeof(kinds[0].name)];
	const struct kind *kind;
	char name[32];
	int error, used = 0;

	text[0] = 0;
	for (kind = kinds; kind < kinds + KINDS; kind++) {
		error = join(held->flags, kind->flags);
		if (!error)
			used += snprintf(text + used, sizeof(text) - used, " %s", kind->name);
		else if (error != -EBUSY)
			used += snprintf(text + used, sizeof(text) - used, " %s:%d", kind->name, error);
	}
	strscpy(name, held->name, sizeof(name));
	strreplace(name, '+', '_');
	OBSERVE("irq_flags.%s_is_joined_by", "%s", name, text[0] ? text + 1 : "nobody");
}

/* ---- three users ---- */

/* A type that the chip took is no type that others must agree with; one that a second user named is. */
static void observe_third(const char *name, unsigned long one, unsigned long two, unsigned long three)
{
	int irq = line_make(&line_chip, handle_level_irq);
	int error, another;

	begin();
	if (request(irq, IRQF_SHARED | one, &first))
		return;
	error = request(irq, IRQF_SHARED | two, &second);
	another = request(irq, IRQF_SHARED | three, &third);
	OBSERVE("irq_flags.three_%s", "%d, %d, %s", name, error, another, line_state(irq));
	if (!another)
		free_irq(irq, &third);
	if (!error)
		free_irq(irq, &second);
	line_drop(irq, &first);
}

static void observe_three(void)
{
	observe_third("high_rising_high", IRQF_TRIGGER_HIGH, IRQF_TRIGGER_RISING, IRQF_TRIGGER_HIGH);
	observe_third("high_rising_rising", IRQF_TRIGGER_HIGH, IRQF_TRIGGER_RISING, IRQF_TRIGGER_RISING);
	observe_third("high_high_rising", IRQF_TRIGGER_HIGH, IRQF_TRIGGER_HIGH, IRQF_TRIGGER_RISING);
	observe_third("any_any_high", 0, 0, IRQF_TRIGGER_HIGH);
	observe_third("any_high_rising", 0, IRQF_TRIGGER_HIGH, IRQF_TRIGGER_RISING);
	observe_third("oneshot_cond_any", IRQF_ONESHOT, IRQF_COND_ONESHOT, 0);
	observe_third("cond_cond_oneshot", IRQF_COND_ONESHOT, IRQF_COND_ONESHOT, IRQF_ONESHOT);
}

/* ---- one user ---- */

/* What the request answers, what the line is then, what the chip was asked; the same after free_irq(). */
static void observe_alone(const char *name, unsigned long flags, struct irq_chip *chip)
{
	int irq = line_make(chip, handle_level_irq);
	int error;

	begin();
	error = request(irq, flags, &first);
	OBSERVE("irq_flags.%s_request", "%d, %s; %s", name, error, line_state(irq), noted());
	if (!error) {
		forget_notes();
		line_fire(irq);
		OBSERVE("irq_flags.%s_fired", "%s", name, noted());
		forget_notes();
		free_irq(irq, &first);
		OBSERVE("irq_flags.%s_freed", "%s; %s", name, line_state(irq), noted());
	}
	line_unmake(irq);
}

static struct irq_chip masking_chip;	/* its type is set while it is masked */

static void observe_each_alone(void)
{
	masking_chip = line_chip;
	masking_chip.flags = IRQCHIP_SET_TYPE_MASKED;
	observe_alone("none", 0, &line_chip);
	observe_alone("rising", IRQF_TRIGGER_RISING, &line_chip);
	observe_alone("falling", IRQF_TRIGGER_FALLING, &line_chip);
	observe_alone("both_edges", IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING, &line_chip);
	observe_alone("high", IRQF_TRIGGER_HIGH, &line_chip);
	observe_alone("low", IRQF_TRIGGER_LOW, &line_chip);
	observe_alone("high_of_a_masking_chip", IRQF_TRIGGER_HIGH, &masking_chip);
	observe_alone("probe", IRQF_TRIGGER_PROBE, &line_chip);
	observe_alone("shared", IRQF_SHARED, &line_chip);
	observe_alone("probe_shared", IRQF_PROBE_SHARED, &line_chip);
	observe_alone("timer", IRQF_TIMER, &line_chip);
	observe_alone("percpu", IRQF_PERCPU, &line_chip);
	observe_alone("nobalancing", IRQF_NOBALANCING, &line_chip);
	observe_alone("irqpoll", IRQF_IRQPOLL, &line_chip);
	observe_alone("oneshot", IRQF_ONESHOT, &line_chip);
	observe_alone("no_suspend", IRQF_NO_SUSPEND, &line_chip);
	observe_alone("force_resume", IRQF_FORCE_RESUME, &line_chip);
	observe_alone("no_thread", IRQF_NO_THREAD, &line_chip);
	observe_alone("early_resume", IRQF_EARLY_RESUME, &line_chip);
	observe_alone("cond_suspend", IRQF_COND_SUSPEND, &line_chip);
	observe_alone("no_autoen", IRQF_NO_AUTOEN, &line_chip);
	observe_alone("no_debug", IRQF_NO_DEBUG, &line_chip);
	observe_alone("cond_oneshot", IRQF_COND_ONESHOT, &line_chip);
	observe_alone("percpu_no_autoen", IRQF_PERCPU | IRQF_NO_AUTOEN, &line_chip);
	observe_alone("percpu_nobalancing", IRQF_PERCPU | IRQF_NOBALANCING, &line_chip);
}

/* ---- every combination ---- */

/* The flags that a request looks at. */
static const unsigned long judged[] = {
	IRQF_SHARED, IRQF_ONESHOT, IRQF_NO_AUTOEN, IRQF_COND_SUSPEND, IRQF_NO_SUSPEND, IRQF_PERCPU,
	IRQF_PROBE_SHARED, IRQF_COND_ONESHOT,
};

enum { COMBINATIONS = 1 << ARRAY_SIZE(judged) };

static unsigned long combination(unsigned int bits)
{
	unsigned long flags = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(judged); i++)
		if (bits & (1U << i))
			flags |= judged[i];
	return flags;
}

/*
 * Of all combinations: how many are taken and refused, and a number that is another one if any answer
 * is.
 */
static void observe_combinations(const char *name, irq_handler_t handler, irq_handler_t thread, void *dev)
{
	int irq = line_make(&line_chip, handle_level_irq);
	unsigned int bits, taken = 0, invalid = 0;
	u32 digest = 0;
	int error;

	begin();
	for (bits = 0; bits < COMBINATIONS; bits++) {
		error = request_threaded_irq(irq, handler, thread, combination(bits), "conformance", dev);
		taken += !error;
		invalid += error == -EINVAL;
		digest = digest * 31 + (u32)error;
		if (!error)
			free_irq(irq, dev);
	}
	OBSERVE("irq_flags.every_combination_%s", "%u taken, %u invalid, %08x", name, taken, invalid,
		digest);
	line_unmake(irq);
}

static irqreturn_t no_thread(int irq, void *dev)
{
	return IRQ_HANDLED;
}

static int __init irq_flags_conformance_init(void)
{
	unsigned int i;

	stay_on_cpu_0();
	make_kinds();
	for (i = 0; i < KINDS; i++)
		observe_joining(&kinds[i]);
	observe_three();
	observe_each_alone();
	observe_combinations("with_handler", line_handler, NULL, &first);
	observe_combinations("with_handler_and_no_dev", line_handler, NULL, NULL);
	observe_combinations("with_thread", NULL, no_thread, &first);
	observe_combinations("with_both", line_handler, no_thread, &first);
	return all_lines_unmade();
}

static void __exit irq_flags_conformance_exit(void)
{
}

module_init(irq_flags_conformance_init);
module_exit(irq_flags_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: the flags of a request");
