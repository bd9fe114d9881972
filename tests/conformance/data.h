/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of the unit data: what each of them observes.
 */
#ifndef CONFORMANCE_DATA_H
#define CONFORMANCE_DATA_H

void observe_fifos(void);		/* data_fifo.c */
void observe_record_fifos(void);
void observe_lists(void);		/* data_list.c */
void observe_other_lists(void);		/* data_hlist.c */
void observe_trees(void);		/* data_tree.c */
void observe_bits(void);		/* data_bits.c */
void observe_numbers(void);		/* data_numbers.c */

#endif
