// Descriptors: what exists, said once.
//
// Each kind of thing of the council folder (FORMAT.md 1) is one constant table of columns. Import,
// export, validation, the schema of the record, the data dictionary and (later) forms and the API
// walk it. A cell is always canonical text (decimals, dates, period ids, codes) or absent (NULL).
//
// Order of `enum kind`: what is referred to comes before what refers to it, so a run that writes
// kind by kind never writes a reference before its object.
#ifndef GT_MODEL_DESCRIPTOR_H
#define GT_MODEL_DESCRIPTOR_H

#include "base/compiler.h"

enum kind {
    KIND_NONE,
    KIND_ORGANISATION,
    KIND_RULE,
    KIND_UNIT,
    KIND_PERSON,
    KIND_BOARD,
    KIND_PLAN,
    KIND_AIM,
    KIND_CONTRIBUTION,
    KIND_MEASURE,
    KIND_MEASURE_AIM,
    KIND_TARGET,
    KIND_OBSERVATION,
    KIND_COMMENTARY,
    KIND_OVERRIDE,
    KIND_RISK,
    KIND_CONTROL,
    KIND_ACTION,
    KIND_PROJECT,
    KIND_GATE,
    KIND_BENEFIT,
    KIND_BUDGET,
    KIND_SAVING,
    KIND_COMPARATOR,
    KIND_COMPARATOR_VALUE,
    KIND_MEETING,
    KIND_REBASE,
    KIND_FORECAST,
    KIND_REFERRAL_RULE,
    KIND_COUNT,
};

enum column_type {
    COLUMN_CODE,      // identifier, case-sensitive, one line, <= 100 characters
    COLUMN_TEXT,      // one line, <= 500 characters
    COLUMN_LONG_TEXT, // several lines, <= 20,000 characters, line ends as LF
    COLUMN_INTEGER,   // between min and max
    COLUMN_DECIMAL,   // exact, canonical text (base/decimal.h)
    COLUMN_DATE,      // 2011-04-01
    COLUMN_MONTH,     // of a year: "04"
    COLUMN_PERIOD,    // canonical id (engine/period.h)
    COLUMN_YES_NO,    // "yes", "no"
    COLUMN_CHOICE,    // one of `choices`
    COLUMN_CHOICES,   // several of `choices`, joined with ';', in their order
    COLUMN_REFERENCE, // a code of kind `refers`
    COLUMN_VALUE,     // a figure, by the measure's value type: decimal text, "yes"/"no", or words
    COLUMN_EMAIL,
};

struct column {
    const char *name; // header in the file and column in the record
    enum column_type type;
    bool required;
    bool key;             // part of what makes a row the same row
    bool extension;       // not in FORMAT.md: exported only where some row has it
    bool soft;            // a reference that may also be plain words (a post, a name)
    bool private;         // its text never leaves its own table: the audit trail has its digest
    enum kind refers;     // COLUMN_REFERENCE
    const char *fallback; // what an absent cell means, for readers (not stored); NULL: nothing
    const char *const *choices; // COLUMN_CHOICE(S), NULL-ended
    int64_t min, max;           // COLUMN_INTEGER, and COLUMN_DECIMAL unless both are 0
    const char *label;          // for people
    const char *hint;           // for people: one sentence
};

struct descriptor {
    enum kind kind;
    const char *name;  // "measure"
    const char *file;  // "measures.csv"
    const char *table; // in the record: "measures"
    const char *about; // for people: one sentence
    const struct column *columns;
    size_t count;
    bool versioned; // superseded, never overwritten
    int known_from; // column that says since when a version is known; -1: when it was recorded
};

enum { COLUMNS_MAX = 40 }; // no kind has more

// NULL for KIND_NONE and unknown kinds.
const struct descriptor *descriptor_of(enum kind kind);
// By exact file name ("measures.csv"); NULL when there is none.
const struct descriptor *descriptor_by_file(const char *file);
// Position of a column by exact name, -1 when there is none.
int descriptor_column(const struct descriptor *d, const char *name);
// The known file or column nearest to `text` by edit distance; NULL when nothing is near enough to
// be worth naming.
const char *descriptor_nearest_file(const char *text);
const char *descriptor_nearest_column(const struct descriptor *d, const char *text);

#endif
