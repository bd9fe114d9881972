/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of test_module. */
int number_of_second_file(void);
