// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real time: what the clock on the wall says, and dates.
 *
 * What
 *	Monotonic time is the machine's clock as it is (<linux/timekeeping.h>). Real time is that plus an
 *	offset, 0 until somebody who has learnt the date sets it: until then the year is 1970.
 *
 * Contexts
 *	Any.
 *
 * Limits
 *	Dates from 1970 on; 64-bit nanoseconds last until 2262.
 *
 * Tests
 *	tests/boot/jiffies_test.c
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/time.h>
#include <linux/timekeeping.h>

/* One word, so a reader sees the old or the new offset, never a mixture. */
s64 timekeeping_real_offset_ns;

int do_settimeofday64(const struct timespec64 *ts)
{
	if (ts->tv_sec < 0 || ts->tv_sec >= KTIME_SEC_MAX || ts->tv_nsec < 0 || ts->tv_nsec >= NSEC_PER_SEC)
		return -EINVAL;
	WRITE_ONCE(timekeeping_real_offset_ns, timespec64_to_ns(ts) - ktime_get());
	return 0;
}

/*
 * Days from 1970-01-01 to a date. Counting years from March on puts the leap day at the end of the year,
 * where it moves no month; the lengths of the months then repeat every five, 153 days.
 */
static s64 days_since_1970(s64 year, unsigned int mon, unsigned int day)
{
	unsigned int months_since_march = (mon + 9) % 12;

	if (mon <= 2)
		year--;
	return 365 * year + year / 4 - year / 100 + year / 400 + (153 * months_since_march + 2) / 5 + day - 1 -
	       719468;
}

time64_t mktime64(unsigned int year, unsigned int mon, unsigned int day,
		  unsigned int hour, unsigned int min, unsigned int sec)
{
	return ((days_since_1970(year, mon, day) * 24 + hour) * 60 + min) * 60 + sec;
}

void time64_to_tm(time64_t totalsecs, int offset, struct tm *result)
{
	s64 seconds = totalsecs + offset, days, year;
	unsigned int month = 1;
	int rest;

	days = seconds / 86400 - (seconds % 86400 < 0);
	rest = (int)(seconds - days * 86400);
	result->tm_sec = rest % 60;
	result->tm_min = rest / 60 % 60;
	result->tm_hour = rest / 3600;
	result->tm_wday = (int)((days % 7 + 7 + 4) % 7);	/* 1970-01-01 was a Thursday */

	/* The estimate is off by one at most, in either direction. */
	year = 1970 + days * 400 / 146097;
	while (days < days_since_1970(year, 1, 1))
		year--;
	while (days >= days_since_1970(year + 1, 1, 1))
		year++;
	while (month < 12 && days >= days_since_1970(year, month + 1, 1))
		month++;
	result->tm_year = (long)(year - 1900);
	result->tm_mon = (int)month - 1;
	result->tm_mday = (int)(days - days_since_1970(year, month, 1)) + 1;
	result->tm_yday = (int)(days - days_since_1970(year, 1, 1));
}
