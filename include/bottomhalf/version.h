/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _BOTTOMHALF_VERSION_H
#define _BOTTOMHALF_VERSION_H

#define BOTTOMHALF_VERSION	"0.1"

#endif
