/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an interrupt controller's driver needs: numbers, chips, line data, flow handlers.
 *
 * What
 *	A line is a number for drivers, a struct irq_desc for the core, and a struct irq_data for its chip.
 *	Where chips stand one behind the other (MSI behind a vector), each has a struct irq_data of its own
 *	for the line, and parent_data leads towards the CPU; what they share is in struct irq_common_data.
 *
 *	IRQ_*	settings of a line, made at set-up by irq_modify_status()
 *	IRQD_*	its state, of which the functions irqd_*() tell
 *
 * Follows Linux 6.12, include/linux/irq.h.
 */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

#include <linux/irqnr.h>
#include <linux/irqreturn.h>
#include <linux/spinlock.h>
#include <linux/cpumask.h>
#include <linux/numa.h>

struct irq_desc;
struct irq_data;
struct irq_domain;
struct irq_affinity_desc;
struct module;
struct msi_desc;
struct msi_msg;
struct seq_file;
enum irqchip_irq_state;

/** A flow: what to do around the handlers for one kind of line. Context: hard IRQ, interrupts off. */
typedef void (*irq_flow_handler_t)(struct irq_desc *desc);

/* Trigger types, and settings of a line. */
enum {
	IRQ_TYPE_NONE		= 0x00000000,
	IRQ_TYPE_EDGE_RISING	= 0x00000001,
	IRQ_TYPE_EDGE_FALLING	= 0x00000002,
	IRQ_TYPE_EDGE_BOTH	= IRQ_TYPE_EDGE_RISING | IRQ_TYPE_EDGE_FALLING,
	IRQ_TYPE_LEVEL_HIGH	= 0x00000004,
	IRQ_TYPE_LEVEL_LOW	= 0x00000008,
	IRQ_TYPE_LEVEL_MASK	= IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_LEVEL_LOW,
	IRQ_TYPE_SENSE_MASK	= 0x0000000f,
	IRQ_TYPE_DEFAULT	= IRQ_TYPE_SENSE_MASK,
	IRQ_TYPE_PROBE		= 0x00000010,

	IRQ_LEVEL		= 1 << 8,	/* held until served */
	IRQ_PER_CPU		= 1 << 9,	/* each CPU has its own */
	IRQ_NOPROBE		= 1 << 10,	/* probe_irq_on() leaves it alone */
	IRQ_NOREQUEST		= 1 << 11,	/* not for drivers */
	IRQ_NOAUTOEN		= 1 << 12,	/* its first handler does not enable it */
	IRQ_NO_BALANCING	= 1 << 13,	/* stays on its CPU */
	IRQ_MOVE_PCNTXT		= 1 << 14,	/* may be moved by a task, at once */
	IRQ_NESTED_THREAD	= 1 << 15,	/* its handler runs in another line's thread */
	IRQ_NOTHREAD		= 1 << 16,	/* its handler cannot be made a thread */
	IRQ_PER_CPU_DEVID	= 1 << 17,	/* IRQ_PER_CPU, and a device for each CPU */
	IRQ_IS_POLLED		= 1 << 18,	/* always polled: spurious.c leaves it alone */
	IRQ_DISABLE_UNLAZY	= 1 << 19,	/* disable_irq() masks it at once */
	IRQ_HIDDEN		= 1 << 20,	/* not shown to people */
	IRQ_NO_DEBUG		= 1 << 21,	/* not watched by spurious.c */
};

#define IRQF_MODIFY_MASK	(IRQ_TYPE_SENSE_MASK | IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOAUTOEN |	\
				 IRQ_MOVE_PCNTXT | IRQ_LEVEL | IRQ_NO_BALANCING | IRQ_PER_CPU |	\
				 IRQ_NESTED_THREAD | IRQ_NOTHREAD | IRQ_PER_CPU_DEVID | IRQ_IS_POLLED | \
				 IRQ_DISABLE_UNLAZY | IRQ_HIDDEN | IRQ_NO_DEBUG)
#define IRQ_NO_BALANCING_MASK	(IRQ_PER_CPU | IRQ_NO_BALANCING)

/* What irq_chip.irq_set_affinity answers when it does not fail. */
enum {
	IRQ_SET_MASK_OK = 0,		/* done: the core remembers the mask */
	IRQ_SET_MASK_OK_NOCOPY,		/* done, and the chip has remembered it */
	IRQ_SET_MASK_OK_DONE,		/* as OK; a chip further out has nothing left to do */
};

/**
 * struct irq_common_data - what all chips of a line share
 * @state: IRQD_*
 * @handler_data: of a flow that is a driver's own
 * @msi_desc: of the message that the line is
 * @affinity: the CPUs that may take it
 * @effective_affinity: the one that does, if the chip says so
 */
struct irq_common_data {
	unsigned int state;		/* desc->lock */
	void *handler_data;		/* I, set with the flow */
	struct msi_desc *msi_desc;	/* I, set with the chip */
	struct cpumask affinity[1];	/* desc->lock */
	struct cpumask effective_affinity[1];	/* desc->lock */
};

/**
 * struct irq_data - a line, as one of its chips sees it
 * @mask: the chip's own, of bits
 * @irq: the number that drivers use
 * @hwirq: the chip's own number (pin)
 * @common: what all its chips share
 * @chip: the controller
 * @domain: of numbers @hwirq; NULL if it has none
 * @parent_data: the same line at the next chip towards the CPU, NULL at the last
 * @chip_data: the controller's own, for this line
 */
struct irq_data {
	u32 mask;
	unsigned int irq;		/* I */
	irq_hw_number_t hwirq;		/* I, set with the chip */
	struct irq_common_data *common;	/* I */
	struct irq_chip *chip;		/* I, set with the chip */
	struct irq_domain *domain;	/* I, set with the chip */
	struct irq_data *parent_data;	/* I, set with the chip */
	void *chip_data;		/* I, set with the chip */
};

/* irq_common_data.state; the low four bits are the trigger type, IRQ_TYPE_*. */
#define IRQD_TRIGGER_MASK		0xfU
#define IRQD_SETAFFINITY_PENDING	(1U << 8)	/* to be moved by its next interrupt */
#define IRQD_ACTIVATED			(1U << 9)	/* chips have what they need to deliver it */
#define IRQD_NO_BALANCING		(1U << 10)
#define IRQD_PER_CPU			(1U << 11)
#define IRQD_AFFINITY_SET		(1U << 12)	/* somebody has asked for a CPU */
#define IRQD_LEVEL			(1U << 13)
#define IRQD_WAKEUP_STATE		(1U << 14)
#define IRQD_MOVE_PCNTXT		(1U << 15)	/* may be moved at once */
#define IRQD_IRQ_DISABLED		(1U << 16)	/* by disable_irq(), or no handler yet */
#define IRQD_IRQ_MASKED			(1U << 17)	/* at the chip */
#define IRQD_IRQ_INPROGRESS		(1U << 18)	/* handlers are running on some CPU */
#define IRQD_AFFINITY_MANAGED		(1U << 21)	/* chosen by the kernel: people cannot change it */
#define IRQD_IRQ_STARTED		(1U << 22)
#define IRQD_MANAGED_SHUTDOWN		(1U << 23)	/* none of its CPUs is online */
#define IRQD_SINGLE_TARGET		(1U << 24)	/* the chip sends it to one CPU only */
#define IRQD_DEFAULT_TRIGGER_SET	(1U << 25)	/* somebody decided on a type before the chip was asked */
#define IRQD_CAN_RESERVE		(1U << 26)
#define IRQD_ONESHOT			(1U << 27)	/* not Linux's: its handlers said IRQF_ONESHOT */
#define IRQD_AFFINITY_ON_ACTIVATE	(1U << 28)	/* the chip is told only once the line is activated */
#define IRQD_RESEND_WHEN_IN_PROGRESS	(1U << 30)	/* fasteoi: what comes meanwhile is replayed */

/**
 * struct irq_chip - an interrupt controller
 * @name: for people
 * @irq_startup: the first handler arrives; default: irq_enable
 * @irq_shutdown: the last one left; default: irq_disable
 * @irq_enable: let the line fire again; default: irq_unmask
 * @irq_disable: keep it from firing; default: nothing, the line is masked if it fires
 * @irq_ack: taken; the next edge may come
 * @irq_mask, @irq_unmask: keep the line from the CPU, let it through
 * @irq_mask_ack: both in one; default: one after the other
 * @irq_eoi: done; the next interrupt may come (fasteoi, per-CPU flow)
 * @irq_set_affinity: send it to a CPU of the mask; IRQ_SET_MASK_* or -Exxx
 * @irq_retrigger: make the line fire again by hardware; non-zero when done
 * @irq_set_type: trigger type, IRQ_TYPE_*; IRQ_SET_MASK_* or -Exxx
 * @irq_set_wake: accepted, never called: there is no suspend
 * @irq_bus_lock, @irq_bus_sync_unlock: around what is done to a line whose chip is behind a slow bus;
 *	task context, may sleep, without desc->lock
 * @irq_print_chip: a word or two for /proc/interrupts
 * @irq_request_resources, @irq_release_resources: the line is going to be used, or is so no more; task,
 *	may sleep. 0 or -Exxx
 * @irq_compose_msi_msg: the message by which a device makes the line fire
 * @irq_write_msi_msg: give the device its message
 * @irq_get_irqchip_state, @irq_set_irqchip_state: what the controller knows of the line; 0 or -Exxx
 * @irq_nmi_setup, @irq_nmi_teardown: make it an NMI, or no longer one
 * @flags: IRQCHIP_*
 *
 * Context: interrupts off, desc->lock held, where nothing else is said.
 */
struct irq_chip {
	const char *name;
	unsigned int (*irq_startup)(struct irq_data *data);
	void (*irq_shutdown)(struct irq_data *data);
	void (*irq_enable)(struct irq_data *data);
	void (*irq_disable)(struct irq_data *data);
	void (*irq_ack)(struct irq_data *data);
	void (*irq_mask)(struct irq_data *data);
	void (*irq_mask_ack)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	void (*irq_eoi)(struct irq_data *data);
	int (*irq_set_affinity)(struct irq_data *data, const struct cpumask *dest, bool force);
	int (*irq_retrigger)(struct irq_data *data);
	int (*irq_set_type)(struct irq_data *data, unsigned int type);
	int (*irq_set_wake)(struct irq_data *data, unsigned int on);
	void (*irq_bus_lock)(struct irq_data *data);
	void (*irq_bus_sync_unlock)(struct irq_data *data);
	void (*irq_print_chip)(struct irq_data *data, struct seq_file *file);
	int (*irq_request_resources)(struct irq_data *data);
	void (*irq_release_resources)(struct irq_data *data);
	void (*irq_compose_msi_msg)(struct irq_data *data, struct msi_msg *msg);
	void (*irq_write_msi_msg)(struct irq_data *data, struct msi_msg *msg);
	int (*irq_get_irqchip_state)(struct irq_data *data, enum irqchip_irq_state which, bool *state);
	int (*irq_set_irqchip_state)(struct irq_data *data, enum irqchip_irq_state which, bool state);
	int (*irq_nmi_setup)(struct irq_data *data);
	void (*irq_nmi_teardown)(struct irq_data *data);
	unsigned long flags;
};

enum {
	IRQCHIP_SET_TYPE_MASKED		= 1 << 0,	/* the line is masked while its type changes */
	IRQCHIP_EOI_IF_HANDLED		= 1 << 1,	/* irq_eoi only after handlers */
	IRQCHIP_MASK_ON_SUSPEND		= 1 << 2,
	IRQCHIP_ONOFFLINE_ENABLED	= 1 << 3,
	IRQCHIP_SKIP_SET_WAKE		= 1 << 4,
	IRQCHIP_ONESHOT_SAFE		= 1 << 5,	/* needs no mask while a one-shot thread runs */
	IRQCHIP_EOI_THREADED		= 1 << 6,	/* irq_eoi when the thread is done */
	IRQCHIP_SUPPORTS_LEVEL_MSI	= 1 << 7,
	IRQCHIP_SUPPORTS_NMI		= 1 << 8,
	IRQCHIP_ENABLE_WAKEUP_ON_SUSPEND = 1 << 9,
	IRQCHIP_AFFINITY_PRE_STARTUP	= 1 << 10,	/* irq_set_affinity before irq_startup */
	IRQCHIP_IMMUTABLE		= 1 << 11,
};

/* ---- Flows */

/**
 * handle_level_irq, handle_edge_irq, handle_fasteoi_irq, handle_percpu_irq, handle_simple_irq,
 * handle_untracked_irq, handle_percpu_devid_irq, handle_bad_irq - for lines of that kind
 *
 * kernel/irq/chip.c says which is for what. Context: hard IRQ, interrupts off.
 */
void handle_level_irq(struct irq_desc *desc);
void handle_edge_irq(struct irq_desc *desc);
void handle_fasteoi_irq(struct irq_desc *desc);
void handle_percpu_irq(struct irq_desc *desc);
void handle_percpu_devid_irq(struct irq_desc *desc);
void handle_simple_irq(struct irq_desc *desc);
void handle_untracked_irq(struct irq_desc *desc);
void handle_bad_irq(struct irq_desc *desc);

/**
 * handle_nested_irq - a line whose handler runs here, in the thread of the line that it is behind
 * @nested_irq: the line; irq_set_nested_thread() was said of it
 *
 * Context: task, may sleep: the thread of the other line.
 */
void handle_nested_irq(unsigned int nested_irq);

/* A chip without hardware: its functions do nothing. And the chip of a line that has none. */
extern struct irq_chip dummy_irq_chip, no_irq_chip;

/* ---- Numbers. kernel/irq/irqdesc.c */

/**
 * __irq_alloc_descs - take numbers, each with a descriptor that has no chip yet
 * @irq: the first number, or -1: any
 * @from: with -1: where to look from
 * @cnt: how many, one after the other
 * @node: without effect
 * @owner: without effect
 * @affinity: where each may go, an array of @cnt, or NULL
 *
 * Context: task, may sleep; or early boot.
 * Return: the first; -EEXIST if @irq is not free; -ENOSPC or -ENOMEM; -EINVAL for @cnt 0, a bad @irq, or one that
 * may go nowhere.
 */
int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int node, struct module *owner,
		      const struct irq_affinity_desc *affinity);

#define irq_alloc_descs(irq, from, cnt, node)	__irq_alloc_descs(irq, from, cnt, node, NULL, NULL)
#define irq_alloc_desc(node)			irq_alloc_descs(-1, 1, 1, node)
#define irq_alloc_desc_at(at, node)		irq_alloc_descs(at, at, 1, node)
#define irq_alloc_desc_from(from, node)		irq_alloc_descs(-1, from, 1, node)
#define irq_alloc_descs_from(from, cnt, node)	irq_alloc_descs(-1, from, cnt, node)

/**
 * irq_free_descs - give numbers back
 * @irq: the first
 * @cnt: how many
 *
 * A line that still has handlers is reported, and kept. Context: task, may sleep.
 */
void irq_free_descs(unsigned int irq, unsigned int cnt);

/** irq_free_desc - the same for one */
static inline void irq_free_desc(unsigned int irq)
{
	irq_free_descs(irq, 1);
}

/** irq_descs_in_use - how many numbers are taken. Not Linux's. Context: any. */
unsigned int irq_descs_in_use(void);

/* ---- Setting a line up. Context of all: any but NMI, before the line has a handler. */

/** irq_set_chip - give a line its controller; NULL: none. Return: 0, or -EINVAL for a bad number. */
int irq_set_chip(unsigned int irq, const struct irq_chip *chip);

/**
 * irq_set_chip_and_handler_name - give a line its controller and its flow
 * @irq: the line
 * @chip: its controller; NULL: no such line any more
 * @flow: how its interrupts are handled
 * @name: of the flow, for people ("edge"), or NULL
 */
void irq_set_chip_and_handler_name(unsigned int irq, const struct irq_chip *chip, irq_flow_handler_t flow,
				   const char *name);

/** irq_set_chip_and_handler - the same, without a name for the flow */
static inline void irq_set_chip_and_handler(unsigned int irq, const struct irq_chip *chip,
					    irq_flow_handler_t flow)
{
	irq_set_chip_and_handler_name(irq, chip, flow, NULL);
}

void __irq_set_handler(unsigned int irq, irq_flow_handler_t flow, int is_chained, const char *name);

/** irq_set_handler - change the flow of a line that is not in use */
static inline void irq_set_handler(unsigned int irq, irq_flow_handler_t flow)
{
	__irq_set_handler(irq, flow, 0, NULL);
}

/**
 * irq_set_chained_handler - a flow of the driver's own, for a controller behind this line
 *
 * The line is started at once, and no handler can be put on it.
 */
static inline void irq_set_chained_handler(unsigned int irq, irq_flow_handler_t flow)
{
	__irq_set_handler(irq, flow, 1, NULL);
}

/** irq_set_chained_handler_and_data - the same, with data for irq_desc_get_handler_data() */
void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t flow, void *data);

/** irq_set_handler_locked - change flow (and its name) from a chip's function. Context: desc->lock held. */
void irq_set_handler_locked(struct irq_data *data, irq_flow_handler_t flow);
void irq_set_chip_handler_name_locked(struct irq_data *data, const struct irq_chip *chip,
				      irq_flow_handler_t flow, const char *name);

/** irq_set_chip_data, irq_set_handler_data - for a line. Return: 0, or -EINVAL for a bad number. */
int irq_set_chip_data(unsigned int irq, void *data);
int irq_set_handler_data(unsigned int irq, void *data);
/** irq_set_msi_desc - the message that a line is, which is told the line; NULL: none. Return: 0, or -EINVAL for a bad number. */
int irq_set_msi_desc(unsigned int irq, struct msi_desc *entry);
/** irq_set_hwirq - the chip's own number of a line without a domain. Not Linux's. */
void irq_set_hwirq(unsigned int irq, irq_hw_number_t hwirq);
/**
 * irq_set_irq_type - change the trigger type of a line
 *
 * Context: any but NMI; task for a chip behind a slow bus. Return: 0; -EINVAL if there is no such line, or each CPU
 * has its own (enable_percpu_irq()); or the chip's error.
 */
int irq_set_irq_type(unsigned int irq, unsigned int type);

/**
 * irq_modify_status - change settings of a line
 * @irq: the line
 * @clr: IRQ_* that are taken away
 * @set: IRQ_* that are given
 */
void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set);

/** irq_set_status_flags, irq_clear_status_flags - one half of irq_modify_status() */
static inline void irq_set_status_flags(unsigned int irq, unsigned long set)
{
	irq_modify_status(irq, 0, set);
}

static inline void irq_clear_status_flags(unsigned int irq, unsigned long clr)
{
	irq_modify_status(irq, clr, 0);
}

/** irq_set_noprobe, irq_set_probe - whether probe_irq_on() may look at it */
static inline void irq_set_noprobe(unsigned int irq)	{ irq_modify_status(irq, 0, IRQ_NOPROBE); }
static inline void irq_set_probe(unsigned int irq)	{ irq_modify_status(irq, IRQ_NOPROBE, 0); }
/** irq_set_nothread, irq_set_thread - whether its handler may be made a thread */
static inline void irq_set_nothread(unsigned int irq)	{ irq_modify_status(irq, 0, IRQ_NOTHREAD); }
static inline void irq_set_thread(unsigned int irq)	{ irq_modify_status(irq, IRQ_NOTHREAD, 0); }

/** irq_set_nested_thread - whether its handler runs in the thread of another line */
static inline void irq_set_nested_thread(unsigned int irq, bool nest)
{
	irq_modify_status(irq, nest ? 0 : IRQ_NESTED_THREAD, nest ? IRQ_NESTED_THREAD : 0);
}

/**
 * irq_set_percpu_devid - a line of which each CPU has its own, for request_percpu_irq()
 *
 * Context: any, before it is requested. Return: 0; -EINVAL if there is no such line, or it is one already.
 */
int irq_set_percpu_devid(unsigned int irq);
/**
 * irq_set_parent - say in whose thread a nested line is handled; a replay asks that line
 *
 * Context: any, at set-up. Return: 0, or -EINVAL if there is no line @irq.
 */
int irq_set_parent(int irq, int parent_irq);

/* ---- Asking */

/**
 * irq_get_irq_data, irq_get_chip, irq_get_chip_data, irq_get_handler_data, irq_get_msi_desc,
 * irq_get_trigger_type, irq_get_affinity_mask, irq_get_effective_affinity_mask - of a line
 *
 * Context: any. Return: NULL (or 0) if there is no such line.
 */

struct irq_data *irq_get_irq_data(unsigned int irq);
struct irq_chip *irq_get_chip(unsigned int irq);
void *irq_get_chip_data(unsigned int irq);
void *irq_get_handler_data(unsigned int irq);
struct msi_desc *irq_get_msi_desc(unsigned int irq);
unsigned int irq_get_trigger_type(unsigned int irq);
const struct cpumask *irq_get_affinity_mask(int irq);
const struct cpumask *irq_get_effective_affinity_mask(unsigned int irq);

#define irq_data_get_irq_chip(d)	((d)->chip)
#define irq_data_get_irq_chip_data(d)	((d)->chip_data)
#define irq_data_get_irq_handler_data(d) ((d)->common->handler_data)
#define irq_data_get_msi_desc(d)	((d)->common->msi_desc)
#define irq_data_get_affinity_mask(d)	((const struct cpumask *)(d)->common->affinity)
#define irq_data_get_effective_affinity_mask(d)	((const struct cpumask *)(d)->common->effective_affinity)
#define irqd_to_hwirq(d)		((d)->hwirq)

/** irq_data_update_effective_affinity - a chip says where it sends a line. Context: desc->lock held. */
static inline void irq_data_update_effective_affinity(struct irq_data *d, const struct cpumask *mask)
{
	cpumask_copy(d->common->effective_affinity, mask);
}

/** irq_data_update_affinity - a chip that answers IRQ_SET_MASK_OK_NOCOPY. Context: desc->lock held. */
static inline void irq_data_update_affinity(struct irq_data *d, const struct cpumask *mask)
{
	cpumask_copy(d->common->affinity, mask);
}

#define __irqd_is(d, bits)		(!!((d)->common->state & (bits)))
#define irqd_is_setaffinity_pending(d)	__irqd_is(d, IRQD_SETAFFINITY_PENDING)
#define irqd_is_per_cpu(d)		__irqd_is(d, IRQD_PER_CPU)
#define irqd_can_balance(d)		(!__irqd_is(d, IRQD_PER_CPU | IRQD_NO_BALANCING))
#define irqd_affinity_was_set(d)	__irqd_is(d, IRQD_AFFINITY_SET)
#define irqd_is_level_type(d)		__irqd_is(d, IRQD_LEVEL)
#define irqd_can_move_in_process_context(d) __irqd_is(d, IRQD_MOVE_PCNTXT)
#define irqd_irq_disabled(d)		__irqd_is(d, IRQD_IRQ_DISABLED)
#define irqd_irq_masked(d)		__irqd_is(d, IRQD_IRQ_MASKED)
#define irqd_irq_inprogress(d)		__irqd_is(d, IRQD_IRQ_INPROGRESS)
#define irqd_affinity_is_managed(d)	__irqd_is(d, IRQD_AFFINITY_MANAGED)
#define irqd_is_activated(d)		__irqd_is(d, IRQD_ACTIVATED)
#define irqd_is_started(d)		__irqd_is(d, IRQD_IRQ_STARTED)
#define irqd_is_managed_and_shutdown(d)	__irqd_is(d, IRQD_MANAGED_SHUTDOWN)
#define irqd_is_single_target(d)	__irqd_is(d, IRQD_SINGLE_TARGET)
#define irqd_can_reserve(d)		__irqd_is(d, IRQD_CAN_RESERVE)
#define irqd_affinity_on_activate(d)	__irqd_is(d, IRQD_AFFINITY_ON_ACTIVATE)
#define irqd_needs_resend_when_in_progress(d) __irqd_is(d, IRQD_RESEND_WHEN_IN_PROGRESS)
#define irqd_get_trigger_type(d)	((d)->common->state & IRQD_TRIGGER_MASK)

/** irqd_trigger_type_was_set - whether irqd_set_trigger_type() chose a type */
static inline bool irqd_trigger_type_was_set(struct irq_data *d)
{
	return d->common->state & IRQD_DEFAULT_TRIGGER_SET;
}

/** irqd_set_trigger_type - remember a type, without telling the chip. Context: at set-up, or desc->lock held. */
static inline void irqd_set_trigger_type(struct irq_data *d, unsigned int type)
{
	d->common->state &= ~IRQD_TRIGGER_MASK;
	d->common->state |= (type & IRQD_TRIGGER_MASK) | IRQD_DEFAULT_TRIGGER_SET;
}

/** irqd_set_single_target - the chip sends the line to one CPU, not to a set. Context: at set-up. */
static inline void irqd_set_single_target(struct irq_data *d)
{
	d->common->state |= IRQD_SINGLE_TARGET;
}

/** irqd_set_affinity_on_activate - the chip is told of a mask only once the line is activated */
static inline void irqd_set_affinity_on_activate(struct irq_data *d)
{
	d->common->state |= IRQD_AFFINITY_ON_ACTIVATE;
}

/**
 * irqd_set_resend_when_in_progress - the chip forgets what it delivers while the handlers run
 *
 * As of messages that may arrive on another CPU, after the line was moved: the fasteoi flow then
 * remembers one, and replays it. Without it the device must still be asking. Context: at set-up.
 */
static inline void irqd_set_resend_when_in_progress(struct irq_data *d)
{
	d->common->state |= IRQD_RESEND_WHEN_IN_PROGRESS;
}

/* ---- Moving a line in its interrupt. Context: a chip's function in the flow, desc->lock held. */

/* The line is masked at the chip. */
void irq_move_masked_irq(struct irq_data *data);
void __irq_move_irq(struct irq_data *data);

/** irq_move_irq - move the line if that waits for its interrupt; for irq_ack or irq_eoi */
static inline void irq_move_irq(struct irq_data *data)
{
	if (unlikely(irqd_is_setaffinity_pending(data)))
		__irq_move_irq(data);
}

/* ---- Running a line */

/**
 * generic_handle_irq - run a line's flow
 *
 * Context: hard IRQ, interrupts off; the _safe form any, and turns them off itself. Return: 0 or -EINVAL.
 */
int generic_handle_irq(unsigned int irq);
int generic_handle_irq_safe(unsigned int irq);

/**
 * irq_inject_interrupt - make a line fire, for tests
 * @irq: the line, in use
 *
 * Context: any but NMI; task for a chip behind a slow bus.
 * Return: 0; -EINVAL if there is no such line, or it is not in use, or a level; -EBUSY if a replay of it is on
 * its way.
 */
int irq_inject_interrupt(unsigned int irq);

/**
 * irq_is_replay - whether this flow runs for an interrupt that came earlier, by software
 *
 * Not Linux's. For flows that ask their controller whether it is in earnest: now it knows nothing of it.
 * Context: in a flow.
 */
bool irq_is_replay(void);

/**
 * irq_chip_compose_msi_msg - the message of a line, by the first chip towards the CPU that knows
 *
 * Context: desc->lock held. Return: 0, or -ENOSYS if none does.
 */
int irq_chip_compose_msi_msg(struct irq_data *data, struct msi_msg *msg);

/*
 * For chips that only pass on: the next chip towards the CPU does it. Context: as of the member.
 * -ENOSYS where it has no such function.
 */
unsigned int irq_chip_startup_parent(struct irq_data *data);
void irq_chip_shutdown_parent(struct irq_data *data);
void irq_chip_enable_parent(struct irq_data *data);
void irq_chip_disable_parent(struct irq_data *data);
void irq_chip_ack_parent(struct irq_data *data);
void irq_chip_mask_parent(struct irq_data *data);
void irq_chip_mask_ack_parent(struct irq_data *data);
void irq_chip_unmask_parent(struct irq_data *data);
void irq_chip_eoi_parent(struct irq_data *data);
int irq_chip_set_affinity_parent(struct irq_data *data, const struct cpumask *dest, bool force);
int irq_chip_retrigger_hierarchy(struct irq_data *data);
int irq_chip_set_type_parent(struct irq_data *data, unsigned int type);
int irq_chip_set_wake_parent(struct irq_data *data, unsigned int on);
int irq_chip_request_resources_parent(struct irq_data *data);
void irq_chip_release_resources_parent(struct irq_data *data);
int irq_chip_get_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool *state);
int irq_chip_set_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool state);

/**
 * irq_migrate_all_off_this_cpu - no line is sent to this CPU any more; it is offline, others are stopped
 *
 * Return: 0, or -ENOSPC if the others have no place for one: it stays here.
 */
int irq_migrate_all_off_this_cpu(void);

/* ---- For people: kernel/irq/debug.c. Not Linux's. */

/** irq_dump_all - print each line that is used or has fired, with its state. Context: any but NMI. */
void irq_dump_all(void);
/** irq_describe_states - names of the states that a line is in. Context: any. Return: characters of @text */
int irq_describe_states(unsigned int irq, char *text, int size);

/* kernel/irq/irqdesc.c, at boot. */
void early_irq_init(void);

/* As on Linux, where drivers that include this one use both. */
#include <linux/irqdesc.h>

#endif
