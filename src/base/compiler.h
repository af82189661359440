// The few compiler marks the house uses, under names that say why they are there.
#ifndef GT_BASE_COMPILER_H
#define GT_BASE_COMPILER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The result says whether it worked; ignoring it is a build error.
#define MUST_CHECK __attribute__((warn_unused_result))
// Checked like printf: argument `fmt` is the format, `first` the first value.
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first), nonnull(fmt)))
// Runs `fn(&variable)` when the variable goes out of scope.
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define NORETURN __attribute__((noreturn))

// Number of elements of a true array.
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
