// SPDX-License-Identifier: GPL-2.0-only
/*
 * The keyboard controller's driver on a controller that is memory: found, listened to, mad.
 */
#include <kunit/test.h>
#include <linux/i8042.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/sysrq.h>
#include "thread_helpers.h"

enum broken { SANE, FLOATING, DEAF, MUTE, NEVER_EMPTY, FAILS_TEST, BROKEN_WIRES };

static struct fake {
	struct i8042 ctl;
	enum broken broken;
	u8 bytes[512];			/* to be read */
	unsigned int first, last;
	bool mouse;			/* they are its */
	u8 control, waits_for;		/* the command whose byte comes next */
	unsigned int commands;
} fake;

static void says(u8 byte)
{
	fake.bytes[fake.last++ % sizeof(fake.bytes)] = byte;
}

static u8 fake_status(struct i8042 *ctl)
{
	switch (fake.broken) {
	case FLOATING:
		return 0xff;
	case DEAF:
		return I8042_STR_IBF;
	case NEVER_EMPTY:
		return I8042_STR_OBF;
	default:
		return fake.first == fake.last ? 0 : I8042_STR_OBF | (fake.mouse ? I8042_STR_AUXDATA : 0);
	}
}

static u8 fake_data(struct i8042 *ctl)
{
	return fake.first == fake.last ? 0 : fake.bytes[fake.first++ % sizeof(fake.bytes)];
}

static void fake_command(struct i8042 *ctl, u8 command)
{
	fake.commands++;
	fake.waits_for = command;
	if (fake.broken == MUTE)
		return;
	if (command == (u8)I8042_CMD_CTL_TEST)
		says(fake.broken == FAILS_TEST ? 0xfc : 0x55);
	if (command == (u8)I8042_CMD_CTL_RCTR)
		says(fake.control);
	if (command == (u8)I8042_CMD_KBD_TEST)
		says(fake.broken == BROKEN_WIRES ? 1 : 0);
}

static void fake_write(struct i8042 *ctl, u8 byte)
{
	if (fake.waits_for == (u8)I8042_CMD_CTL_WCTR)
		fake.control = byte;
	if (fake.waits_for == (u8)I8042_CMD_KBD_LOOP)
		says(byte);
}

/* What was heard. */
static u8 heard[512];
static unsigned int nr_heard;
static bool wrong_context;

static void hear(void *data, u8 code)
{
	wrong_context |= !in_serving_softirq() || data != &fake;
	if (nr_heard < sizeof(heard))
		heard[nr_heard] = code;
	WRITE_ONCE(nr_heard, nr_heard + 1);
}

static int i8042_test_init(struct kunit *test)
{
	memset(&fake, 0, sizeof(fake));
	fake.ctl.read_status = fake_status;
	fake.ctl.read_data = fake_data;
	fake.ctl.write_command = fake_command;
	fake.ctl.write_data = fake_write;
	fake.control = I8042_CTR_AUXINT;
	nr_heard = 0;
	wrong_context = false;
	return 0;
}

static void start(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, i8042_start(&fake.ctl), 0);
	KUNIT_ASSERT_EQ(test, i8042_listen(&fake.ctl, hear, &fake), 0);
}

static void take(void *unused)
{
	while (i8042_take_byte(&fake.ctl) == IRQ_HANDLED)
		;
}

static void types(const u8 *codes, unsigned int n)
{
	while (n--)
		says(*codes++);
	in_hard_irq(take, NULL);
}

/* ---- found, or not */

static void controller_that_is_sane_is_set_up(struct kunit *test)
{
	says(0x1e);	/* left over from before */
	start(test);
	KUNIT_EXPECT_EQ(test, fake.control, I8042_CTR_KBDINT | I8042_CTR_AUXDIS | I8042_CTR_XLATE);
	KUNIT_EXPECT_EQ(test, fake.first, fake.last);
	i8042_stop(&fake.ctl);
	KUNIT_EXPECT_EQ(test, fake.control & I8042_CTR_KBDINT, 0);
}

static void no_controller_is_no_error_and_no_message(struct kunit *test)
{
	u64 seq = printk_next_seq();

	fake.broken = FLOATING;
	KUNIT_EXPECT_EQ(test, i8042_start(&fake.ctl), -ENODEV);
	KUNIT_EXPECT_FALSE(test, logged_since(seq, "i8042"));
	KUNIT_EXPECT_EQ(test, fake.commands, 0U);
	KUNIT_EXPECT_EQ(test, i8042_run(&fake.ctl, NULL, I8042_CMD_KBD_ENABLE), -ENODEV);
}

static void expect_given_up(struct kunit *test, enum broken how, const char *why)
{
	u64 seq = printk_next_seq();

	i8042_test_init(test);
	fake.broken = how;
	KUNIT_EXPECT_EQ(test, i8042_start(&fake.ctl), -EIO);
	KUNIT_EXPECT_TRUE_MSG(test, logged_since(seq, why), "it was not said: %s", why);
}

static void controller_that_hangs_or_is_broken_is_given_up_by_name(struct kunit *test)
{
	expect_given_up(test, DEAF, "it takes no command: given up");
	expect_given_up(test, MUTE, "it does not answer its self test: given up");
	expect_given_up(test, NEVER_EMPTY, "it never runs out of bytes: given up");
	expect_given_up(test, FAILS_TEST, "it fails its self test: given up");
	expect_given_up(test, BROKEN_WIRES, "the wires to the keyboard are broken: given up");
}

static void command_that_is_not_answered_ends_in_time(struct kunit *test)
{
	u8 byte;

	start(test);
	fake.broken = MUTE;
	KUNIT_EXPECT_EQ(test, i8042_run(&fake.ctl, &byte, I8042_CMD_CTL_RCTR), -EIO);
	fake.broken = SANE;
	KUNIT_EXPECT_EQ(test, i8042_run(&fake.ctl, &byte, I8042_CMD_CTL_RCTR), 0);
	i8042_stop(&fake.ctl);
}

/* ---- scancodes */

static void scancodes_reach_the_listener_in_order_in_a_tasklet(struct kunit *test)
{
	static const u8 codes[] = { 0x1e, 0x9e, 0xe0, 0x48 };

	start(test);
	types(codes, sizeof(codes));
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(nr_heard) == sizeof(codes)));
	KUNIT_EXPECT_EQ(test, memcmp(heard, codes, sizeof(codes)), 0);
	KUNIT_EXPECT_FALSE(test, wrong_context);
	i8042_stop(&fake.ctl);
}

static void ring_that_is_full_drops_the_newest_and_counts(struct kunit *test)
{
	struct bh_counts counts;
	u8 codes[I8042_RING + 6];

	for (unsigned int i = 0; i < sizeof(codes); i++)
		codes[i] = (u8)(i + 1) & 0x1f;
	start(test);
	tasklet_disable(&fake.ctl.tasklet);
	types(codes, sizeof(codes));
	bh_ring_counts(&fake.ctl.ring, &counts);
	KUNIT_EXPECT_EQ(test, counts.dropped, 6UL);
	tasklet_enable(&fake.ctl.tasklet);
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(nr_heard) == I8042_RING));
	KUNIT_EXPECT_EQ(test, memcmp(heard, codes, I8042_RING), 0);
	i8042_stop(&fake.ctl);
}

static void bytes_of_the_mouse_are_counted_and_dropped(struct kunit *test)
{
	start(test);
	fake.mouse = true;
	types((const u8 *)"\x08\x01\x01", 3);
	fake.mouse = false;
	types((const u8 *)"\x1e", 1);
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(nr_heard) == 1));
	KUNIT_EXPECT_EQ(test, fake.ctl.foreign, 3UL);
	i8042_stop(&fake.ctl);
}

static void second_listener_is_refused_until_the_first_leaves(struct kunit *test)
{
	start(test);
	KUNIT_EXPECT_EQ(test, i8042_listen(&fake.ctl, hear, NULL), -EBUSY);
	KUNIT_EXPECT_EQ(test, i8042_listen(&fake.ctl, NULL, NULL), 0);
	types((const u8 *)"\x1e", 1);
	KUNIT_EXPECT_EQ(test, i8042_listen(&fake.ctl, hear, &fake), 0);
	types((const u8 *)"\x1f", 1);
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(nr_heard) >= 1));
	KUNIT_EXPECT_EQ(test, heard[nr_heard - 1], 0x1f);
	i8042_stop(&fake.ctl);
}

static void answer_of_a_command_is_no_key(struct kunit *test)
{
	u8 byte = 0x7e;

	start(test);
	KUNIT_EXPECT_EQ(test, i8042_run(&fake.ctl, &byte, I8042_CMD_KBD_LOOP), 0);
	KUNIT_EXPECT_EQ(test, byte, 0x7e);
	in_hard_irq(take, NULL);
	KUNIT_EXPECT_EQ(test, nr_heard, 0U);
	i8042_stop(&fake.ctl);
}

static void take_once(void *unused)
{
	i8042_take_byte(&fake.ctl);
}

static void interrupts(int times)
{
	while (times--)
		in_hard_irq(take_once, NULL);
}

static void status_of_ones_is_a_glitch_and_then_the_end(struct kunit *test)
{
	u64 seq = printk_next_seq();

	start(test);
	fake.broken = FLOATING;
	interrupts(5);
	fake.broken = SANE;
	types((const u8 *)"\x1e", 1);
	fake.broken = FLOATING;
	interrupts(7);
	KUNIT_EXPECT_TRUE(test, fake.ctl.there);
	interrupts(1);
	KUNIT_EXPECT_FALSE(test, fake.ctl.there);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "i8042: its status reads as ones: given up"));
	i8042_stop(&fake.ctl);
}

/* ---- SysRq */

static unsigned int nr_keys;
static u8 last_key;

static void note_key(u8 key)
{
	nr_keys++;
	last_key = key;
}

static const struct sysrq_key_op lower = { .handler = note_key, .help_msg = "x(x)", .action_msg = "x" };
static const struct sysrq_key_op upper = { .handler = note_key, .help_msg = "X(X)", .action_msg = "X" };

#define ALT		0x38
#define SYSRQ		0x54
#define SHIFT		0x2a
#define X		0x2d
#define UP(code)	(0x80 | (code))

static void alt_sysrq_and_a_key_are_sysrq(struct kunit *test)
{
	static const u8 with_both[] = { ALT, SYSRQ, X, UP(X), UP(SYSRQ), UP(ALT) };
	static const u8 with_shift[] = { ALT, SYSRQ, SHIFT, X };
	static const u8 let_go[] = { UP(ALT), X, ALT, X, UP(SHIFT) };

	if (!IS_ENABLED(CONFIG_MAGIC_SYSRQ))
		kunit_skip(test, "no SysRq (CONFIG_MAGIC_SYSRQ)");
	nr_keys = 0;
	register_sysrq_key('x', &lower);
	register_sysrq_key('X', &upper);
	start(test);
	types(with_both, sizeof(with_both));
	KUNIT_EXPECT_EQ(test, nr_keys, 1U);
	KUNIT_EXPECT_EQ(test, last_key, (u8)'x');
	types(with_shift, sizeof(with_shift));
	KUNIT_EXPECT_EQ(test, nr_keys, 2U);
	KUNIT_EXPECT_EQ(test, last_key, (u8)'X');
	types(let_go, sizeof(let_go));
	KUNIT_EXPECT_EQ(test, nr_keys, 2U);
	i8042_stop(&fake.ctl);
	unregister_sysrq_key('X', &upper);
	unregister_sysrq_key('x', &lower);
}

static struct kunit_case i8042_cases[] = {
	KUNIT_CASE(controller_that_is_sane_is_set_up),
	KUNIT_CASE(no_controller_is_no_error_and_no_message),
	KUNIT_CASE(controller_that_hangs_or_is_broken_is_given_up_by_name),
	KUNIT_CASE(command_that_is_not_answered_ends_in_time),
	KUNIT_CASE(scancodes_reach_the_listener_in_order_in_a_tasklet),
	KUNIT_CASE(ring_that_is_full_drops_the_newest_and_counts),
	KUNIT_CASE(bytes_of_the_mouse_are_counted_and_dropped),
	KUNIT_CASE(second_listener_is_refused_until_the_first_leaves),
	KUNIT_CASE(answer_of_a_command_is_no_key),
	KUNIT_CASE(status_of_ones_is_a_glitch_and_then_the_end),
	KUNIT_CASE(alt_sysrq_and_a_key_are_sysrq),
	{}
};

static struct kunit_suite i8042_suite = {
	.name = "i8042", .init = i8042_test_init, .test_cases = i8042_cases,
};
kunit_test_suite(i8042_suite);
