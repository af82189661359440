// Export: an organisation as a council folder again, in canonical order and form.
//
// What stands now is written, one file a kind that has rows, rows by key, columns in the
// descriptors' order; a column that is no part of the plain format (retired_on, mark, notice ...)
// only where some row uses it. Importing what was exported changes nothing, and exporting that
// gives the same bytes. Periods are written so that they read back for their measure: a month that
// could also be a financial year ("2010-11") as "Nov 2010" where the measure does not settle it.
// Small numbers are written as they are: the folder is the council's own (domain/protect.h).
#ifndef GT_DOMAIN_EXPORT_H
#define GT_DOMAIN_EXPORT_H

#include "base/err.h"

struct db;

struct export_file {
    const char *name;
    size_t rows;
};

// Makes `folder` when it is not there. Each file is written whole or not at all.
bool export_folder(struct db *db, struct arena *a, const char *organisation, const char *folder,
                   const struct export_file **ret_files, size_t *ret_count,
                   struct err *e) MUST_CHECK;

#endif
