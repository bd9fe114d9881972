/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device registers: how they are mapped, and (asm/io.h) how they are read and written.
 */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/types.h>
#include <asm/io.h>
#include <asm/page.h>

/**
 * ioremap - make device registers reachable, uncached
 * @phys: their physical address, of any alignment
 * @size: bytes
 *
 * Context: task, may sleep. Lifetime: for ever (see iounmap()).
 * Return: where the first one is, for readl() and its kin; NULL when there is no room.
 */
static inline void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	return (void __iomem *)arch_ioremap(phys, size);
}

/**
 * iounmap - give back what ioremap() returned
 * @addr: it
 *
 * Context: task. The mapping stays: the address space for devices is large, and is never handed out
 * twice.
 */
static inline void iounmap(volatile void __iomem *addr)
{
}

#define ioread8(addr)		readb(addr)
#define ioread16(addr)		readw(addr)
#define ioread32(addr)		readl(addr)
#define iowrite8(value, addr)	writeb(value, addr)
#define iowrite16(value, addr)	writew(value, addr)
#define iowrite32(value, addr)	writel(value, addr)

#endif
