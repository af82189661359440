// One cell of the council folder: from what stands in a spreadsheet to canonical text.
//
// A cell that is canonical already comes back as the slice it was, so a million of them cost no
// memory. Figures (COLUMN_VALUE) and periods need to know their measure: see value_cell.h and
// domain/import.
#ifndef GT_MODEL_CELL_H
#define GT_MODEL_CELL_H

#include "base/csv.h"
#include "model/descriptor.h"

// Reads `raw` for column `c`. A blank cell gives text NULL. False: `ret_why` continues the sentence
// after the quoted cell, with the remedy: "is not a date: write it as 2011-04-12".
bool cell_read(struct arena *a, const struct column *c, struct slice raw, struct slice *out,
               const char **ret_why) MUST_CHECK;

// The choices of a column as words for a message: "sum, last, mean, ratio or none".
const char *cell_choices(struct arena *a, const struct column *c);

// Whether the text is this word of ours, case aside, blanks and hyphens counting as underscores.
bool cell_is_word(struct slice s, const char *word);

enum { CELL_CODE_MAX = 100, CELL_TEXT_MAX = 500, CELL_LONG_TEXT_MAX = 20000 }; // characters

#endif
