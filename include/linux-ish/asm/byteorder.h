/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Byte order: every machine that exists here is little-endian.
 */
#ifndef _ASM_BYTEORDER_H
#define _ASM_BYTEORDER_H

#include <linux/swab.h>

#define __LITTLE_ENDIAN		1234

#define cpu_to_le16(x)		((u16)(x))
#define cpu_to_le32(x)		((u32)(x))
#define cpu_to_le64(x)		((u64)(x))
#define le16_to_cpu(x)		((u16)(x))
#define le32_to_cpu(x)		((u32)(x))
#define le64_to_cpu(x)		((u64)(x))
#define cpu_to_be16(x)		swab16(x)
#define cpu_to_be32(x)		swab32(x)
#define cpu_to_be64(x)		swab64(x)
#define be16_to_cpu(x)		swab16(x)
#define be32_to_cpu(x)		swab32(x)
#define be64_to_cpu(x)		swab64(x)

#define htons(x)		cpu_to_be16(x)
#define ntohs(x)		be16_to_cpu(x)
#define htonl(x)		cpu_to_be32(x)
#define ntohl(x)		be32_to_cpu(x)

#endif
