// The audit trail as bytes, event by event: whoever takes them may be a file, a page or a pipe.
#ifndef GT_DOMAIN_AUDIT_EXPORT_H
#define GT_DOMAIN_AUDIT_EXPORT_H

#include "store/audit.h"

// Takes a piece; false: it could not be written, and the export ends.
typedef bool (*audit_take)(void *context, const char *bytes, size_t length);

// Events from `from` on. JSON: one canonical line each with its hash (store/audit.h), ended by a
// line feed; the line without `,"hash":"..."` is what the hash is of. CSV: the same members as
// columns, for spreadsheets, so texts that would be taken for formulas have a ' before them.
bool audit_export(struct db *db, struct arena *a, uint64_t from, bool csv, audit_take take,
                  void *context, struct err *e) MUST_CHECK;

// The head, for whoever writes it down outside the record.
bool audit_head(struct db *db, struct audit_head *out, struct err *e) MUST_CHECK;

#endif
