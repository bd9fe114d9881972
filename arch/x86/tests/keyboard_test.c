// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PC's keyboard controller: scancodes by real interrupts. The controller itself is asked to say them, as if
 * the keyboard had: nobody has to type.
 */
#include <kunit/test.h>
#include <linux/i8042.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/sysrq.h>

#define PATIENCE_JIFFIES	(20 * HZ)

static struct i8042 *pc;
static u8 heard[256];
static unsigned int nr_heard;

static void hear(void *data, u8 code)
{
	if (nr_heard < sizeof(heard))
		heard[nr_heard] = code;
	WRITE_ONCE(nr_heard, nr_heard + 1);
}

static void begin(struct kunit *test)
{
	pc = i8042_pc();
	if (!pc)
		kunit_skip(test, "no keyboard controller");
	nr_heard = 0;
	KUNIT_ASSERT_EQ(test, i8042_listen(pc, hear, NULL), 0);
}

static void end(void)
{
	i8042_listen(pc, NULL, NULL);
}

static bool reaches(const unsigned int *word, unsigned int n)
{
	unsigned long until = jiffies + PATIENCE_JIFFIES;

	while (READ_ONCE(*word) < n && time_before(jiffies, until))
		schedule_timeout_uninterruptible(1);
	return READ_ONCE(*word) == n;
}

static unsigned long nr_taken(void)
{
	struct bh_counts counts;

	bh_ring_counts(&pc->ring, &counts);
	return counts.put + counts.dropped;
}

/* One at a time: the controller holds one byte. */
static bool types(u8 code)
{
	unsigned long until = jiffies + PATIENCE_JIFFIES, before = nr_taken();

	if (i8042_command(&code, I8042_CMD_KBD_SAYS))
		return false;
	while (nr_taken() == before && time_before(jiffies, until))
		schedule_timeout_uninterruptible(1);
	return nr_taken() == before + 1;
}

static void scancodes_come_by_interrupt_in_order(struct kunit *test)
{
	begin(test);
	for (u8 code = 1; code <= 20; code++)
		KUNIT_ASSERT_TRUE(test, types(code));
	KUNIT_EXPECT_TRUE(test, reaches(&nr_heard, 20));
	for (u8 i = 0; i < 20; i++)
		KUNIT_EXPECT_EQ(test, heard[i], i + 1);
	end();
}

static void overflow_drops_the_newest_and_counts(struct kunit *test)
{
	struct bh_counts before, after;

	begin(test);
	bh_ring_counts(&pc->ring, &before);
	tasklet_disable(&pc->tasklet);
	for (unsigned int i = 0; i < I8042_RING + 4; i++)
		KUNIT_EXPECT_TRUE(test, types((u8)(i % 20 + 1)));
	bh_ring_counts(&pc->ring, &after);
	tasklet_enable(&pc->tasklet);
	KUNIT_EXPECT_EQ(test, after.dropped - before.dropped, 4UL);
	KUNIT_EXPECT_TRUE(test, reaches(&nr_heard, I8042_RING));
	for (unsigned int i = 0; i < I8042_RING; i++)
		KUNIT_EXPECT_EQ(test, heard[i], i % 20 + 1);
	end();
}

static unsigned int keys;

static void note_key(u8 key)
{
	WRITE_ONCE(keys, keys + 1);
}

static const struct sysrq_key_op op = { .handler = note_key, .help_msg = "keyboard(x)", .action_msg = "keyboard" };

static void alt_sysrq_and_a_key_are_sysrq(struct kunit *test)
{
	static const u8 codes[] = { 0x38, 0x54, 0x2d, 0xad, 0xd4, 0xb8 };

	if (!IS_ENABLED(CONFIG_MAGIC_SYSRQ))
		kunit_skip(test, "no SysRq (CONFIG_MAGIC_SYSRQ)");
	begin(test);
	keys = 0;
	KUNIT_EXPECT_EQ(test, register_sysrq_key('x', &op), 0);
	for (unsigned int i = 0; i < sizeof(codes); i++)
		KUNIT_EXPECT_TRUE(test, types(codes[i]));
	KUNIT_EXPECT_EQ(test, READ_ONCE(keys), 1U);
	unregister_sysrq_key('x', &op);
	end();
}

static struct kunit_case keyboard_cases[] = {
	KUNIT_CASE(scancodes_come_by_interrupt_in_order),
	KUNIT_CASE(overflow_drops_the_newest_and_counts),
	KUNIT_CASE(alt_sysrq_and_a_key_are_sysrq),
	{}
};

static struct kunit_suite keyboard_suite = { .name = "x86-keyboard", .test_cases = keyboard_cases };
kunit_test_suite(keyboard_suite);
