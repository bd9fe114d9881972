// SPDX-License-Identifier: GPL-2.0-only
/* A module with a mistake: two threads add one to the same number, each in two steps. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>

#define THREADS	2

static int counted;
module_param(counted, int, 0444);

static DECLARE_COMPLETION(through);

static int count(void *unused)
{
	int before = READ_ONCE(counted);

	WRITE_ONCE(counted, before + 1);
	kthread_complete_and_exit(&through, 0);
}

static int __init racy_init(void)
{
	int started = 0;

	while (started < THREADS && !IS_ERR(kthread_run(count, NULL, "racy/%d", started)))
		started++;
	for (int i = 0; i < started; i++)
		wait_for_completion(&through);
	return started == THREADS ? 0 : -ENOMEM;
}
module_init(racy_init);

static void __exit racy_exit(void)
{
}
module_exit(racy_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Two threads that may count to one");
