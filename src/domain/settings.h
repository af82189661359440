// Settings of a record, for all servers on it: a closed list of names, each with its bounds and
// what holds when it was never set.
#ifndef GT_DOMAIN_SETTINGS_H
#define GT_DOMAIN_SETTINGS_H

#include "domain/people.h"

struct setting {
    const char *name;     // "idle_minutes"
    const char *value;    // what holds; NULL: not set, and nothing holds instead
    const char *standard; // what holds when it is not set; NULL: nothing
    const char *about;    // one sentence
    int64_t version;      // for people_act.seen; 1: never set
};
// All there are, by name.
bool setting_list(struct db *db, struct arena *a, const struct setting **ret, size_t *ret_count,
                  struct err *e) MUST_CHECK;
// `*out` NULL: not set, without a standard.
bool setting_text(struct db *db, struct arena *a, const char *name, const char **out,
                  struct err *e) MUST_CHECK;
bool setting_yes(struct db *db, struct arena *a, const char *name, bool *out,
                 struct err *e) MUST_CHECK;
bool setting_number(struct db *db, struct arena *a, const char *name, int64_t *out,
                    struct err *e) MUST_CHECK;
// "" or NULL takes it back. ERR_USAGE for an unknown name, ERR_INPUT for a value that will not do.
bool setting_put(const struct people_act *act, const char *name, const char *value,
                 struct err *e) MUST_CHECK;

#endif
