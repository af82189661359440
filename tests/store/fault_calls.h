// Calls to the system that fail at the n-th, whoever makes them: our own code, SQLite's library.
// The program that links fault_calls.c has its own open, connect, write, fsync and rename before
// the C library's.
#ifndef GT_TESTS_STORE_FAULT_CALLS_H
#define GT_TESTS_STORE_FAULT_CALLS_H

#include <stdbool.h>

// The `n`-th call from now on fails (n from 1), and none after it; 0: none fails.
void fault_calls_arm(int n);
// Whether one was made to fail since then; and none will be any more.
bool fault_calls_disarm(void);

#endif
