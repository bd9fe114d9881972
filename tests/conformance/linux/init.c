// SPDX-License-Identifier: GPL-2.0-only
/*
 * The only program of the machine that runs the conformance units on Linux: load, stay, unload.
 *
 * What
 *	It is /init of the initramfs that tools/conformance makes. /plan there has a line for each
 *	run, "UNIT STAY PARAMETERS": /UNIT.ko is loaded with these parameters, left alone for
 *	STAY ms, and unloaded; it stays for good if that is "-". Then the machine is turned off. For
 *	each run it says
 *
 *		run: UNIT: begin
 *		run: UNIT: init = 0
 *		run: UNIT: exit = 0
 *
 *	where a failed call is its negative errno, as the module returned it. A unit whose init
 *	failed is not unloaded. The last line is "run: done".
 *
 * Contexts
 *	It is process 1 and statically linked; nothing else exists. The kernel boots quietly; the
 *	level of the console is raised here, so that the console holds what the units say and little
 *	else. Its own lines go through the kernel's log too, in order with those.
 *
 * Tests
 *	Every make conformance; what is read from the console, tests/tools/test_conformance.py.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { SET_CONSOLE_LEVEL = 8, INFO_AND_ABOVE = 7 };

static int log_file = -1;

__attribute__((format(printf, 1, 2)))
static void say(const char *format, ...)
{
	char line[256];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (write(log_file, line, length) < 0)
		perror(line);
}

static void turn_off(void)
{
	say("<6>run: done");
	sync();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

static int load(const char *unit, const char *parameters)
{
	char path[64];
	int file, error;

	snprintf(path, sizeof(path), "/%s.ko", unit);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return -errno;
	error = syscall(SYS_finit_module, file, parameters, 0) ? -errno : 0;
	close(file);
	return error;
}

static int unload(const char *unit)
{
	return syscall(SYS_delete_module, unit, O_NONBLOCK) ? -errno : 0;
}

static void stay(long ms)
{
	struct timespec left = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	while (nanosleep(&left, &left) && errno == EINTR)
		;
}

/* "unit stay parameters", to the end of the line. */
static void run(char *line)
{
	const char *unit = strtok(line, " \n");
	const char *ms = strtok(NULL, " \n");
	const char *parameters = strtok(NULL, "\n");
	int error;

	if (!unit || !ms)
		return;
	say("<6>run: %s: begin", unit);
	error = load(unit, parameters ? parameters : "");
	say("<6>run: %s: init = %d", unit, error);
	if (error || !strcmp(ms, "-"))
		return;
	stay(strtol(ms, NULL, 10));
	say("<6>run: %s: exit = %d", unit, unload(unit));
}

static void prepare(void)
{
	int level = INFO_AND_ABOVE + 1;

	mkdir("/dev", 0755);
	mount("dev", "/dev", "devtmpfs", 0, NULL);
	mkdir("/proc", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	log_file = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	klogctl(SET_CONSOLE_LEVEL, NULL, level);
}

int main(void)
{
	char line[1024];
	FILE *plan;

	prepare();
	plan = fopen("/plan", "re");
	if (!plan)
		say("<3>run: there is no /plan: %s", strerror(errno));
	while (plan && fgets(line, sizeof(line), plan))
		run(line);
	turn_off();
}
