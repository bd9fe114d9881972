/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

#include <linux/types.h>
#include <linux/time64.h>

/**
 * mktime64 - seconds since 1970-01-01 00:00:00 UTC of a date in the Gregorian calendar
 * @year: four digits, 1970 or later
 * @mon: 1 to 12
 * @day: 1 to 31
 * @hour: 0 to 24
 * @min: 0 to 59
 * @sec: 0 to 60
 *
 * Context: any. The fields are not checked.
 */
time64_t mktime64(unsigned int year, unsigned int mon, unsigned int day,
		  unsigned int hour, unsigned int min, unsigned int sec);

/** A date, in the fields that C programs know: tm_mon from 0, tm_year from 1900, tm_wday from Sunday. */
struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	long tm_year;
	int tm_wday;
	int tm_yday;
};

/**
 * time64_to_tm - the date of a number of seconds since 1970
 * @totalsecs: seconds, may be negative
 * @offset: seconds to add first (a time zone)
 * @result: filled in
 *
 * Context: any.
 */
void time64_to_tm(time64_t totalsecs, int offset, struct tm *result);

#endif
