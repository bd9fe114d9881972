/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stopping all CPUs while one does something.
 */
#ifndef _LINUX_STOP_MACHINE_H
#define _LINUX_STOP_MACHINE_H

#include <linux/cpumask.h>

/**
 * stop_machine - call a function while every other CPU spins with interrupts off
 * @fn: what to call; interrupts off, must not sleep
 * @data: its argument
 * @cpus: where to call it: on each of these; NULL: on one CPU, whichever
 *
 * Nobody is within a section of preemption off meanwhile, on any CPU.
 * Context: task, may sleep; CPUs neither come nor go meanwhile.
 * Return: what @fn returned, or 0 if all did; -ENOMEM if a thread could not be made.
 */
int stop_machine(int (*fn)(void *data), void *data, const struct cpumask *cpus);

/** stop_machine_cpuslocked - the same for a caller who holds cpus_read_lock() or cpus_write_lock() */
int stop_machine_cpuslocked(int (*fn)(void *data), void *data, const struct cpumask *cpus);

#endif
