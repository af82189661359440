// A disc that can lose power: an SQLite VFS that keeps everything in memory and tells what was
// written from what was synced.
//
// What is written goes into a cache. xSync brings a file's bytes to the disc; a name that was made
// or removed is on the disc once its directory is synced (as SQLite's own VFS does: with the first
// sync of a new journal, and where xDelete is asked to). When the power goes, each 512-byte sector
// of each write that was not synced is kept or lost by chance, and so is each change of length (the
// bytes of a longer file that nobody wrote are junk) and each change of a name, the later ones only
// with the earlier.
#ifndef GT_TESTS_POWER_DISC_H
#define GT_TESTS_POWER_DISC_H

#include <stdbool.h>
#include <stdint.h>

// Becomes SQLite's default VFS for good.
void power_install(void);

// An empty disc.
void power_empty(void);

// The state of the whole disc, everything synced; one may be kept, to begin again from.
void power_keep(void);
void power_begin(void);

// The power goes at the n-th write, sync, truncation or deletion from now (0: never).
void power_cut_at(int n);
bool power_is_cut(void);
int power_steps(void); // since power_begin

// The n-th read, write, sync, truncation, deletion or opening from now fails, and where `for_good`
// all after it as well; the disc itself goes on (0: none any more). Whether one did fail.
void power_fail_at(int n, bool for_good);
bool power_has_failed(void);

// What is found when it comes back, chosen by `seed`.
void power_return(uint64_t seed);

#endif
