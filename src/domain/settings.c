#include "domain/settings.h"

#include <stdlib.h>
#include <string.h>

#include "domain/people_event.h"
#include "model/nearest.h"
#include "store/sessions.h"

enum { VALUE_MAX_BYTES = 500 };

enum setting_type { SETTING_YES_NO, SETTING_NUMBER, SETTING_TEXT, SETTING_ADDRESS };

static const struct known {
    const char *name;
    enum setting_type type;
    int64_t least, most; // of a number
    const char *standard, *about;
} known[] = {
    {"absolute_hours", SETTING_NUMBER, 1, 24, "10",
     "Hours after signing in that a session ends in any case, 1 to 24."},
    {"idle_minutes", SETTING_NUMBER, 2, 120, "30",
     "Minutes without a request after which a session ends, 2 to 120."},
    {"oidc_client_id", SETTING_TEXT, 0, 0, NULL,
     "What the sign-on service knows this record by (client ID)."},
    {"oidc_client_secret_file", SETTING_TEXT, 0, 0, NULL,
     "File on the server with the secret the sign-on service gave (client secret)."},
    {"oidc_issuer", SETTING_ADDRESS, 0, 0, NULL,
     "Address of the sign-on service (issuer), https://..."},
    {"oidc_match_email", SETTING_YES_NO, 0, 0, "no",
     "Whether the first sign-on may find its account by an e-mail address the service has "
     "verified."},
    {"oidc_name", SETTING_TEXT, 0, 0, NULL, "What the button for the sign-on service says."},
    {"oidc_second_factor", SETTING_YES_NO, 0, 0, "no",
     "Whether the sign-on service asks for a second factor itself, so that we need not."},
    {"require_second_factor", SETTING_YES_NO, 0, 0, "no",
     "Whether every account must have a second factor to sign in."},
    {"security_contact", SETTING_TEXT, 0, 0, NULL,
     "Whom to tell of a hole in security, for /.well-known/security.txt: an e-mail address, or "
     "https://..."},
};

static const struct known *find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (strcmp(known[i].name, name) == 0) {
            return &known[i];
        }
    }
    return NULL;
}

static bool unknown(const char *name, struct err *e)
{
    struct nearest n = nearest_start(name);
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        nearest_offer(&n, known[i].name);
    }
    const char *near = nearest_found(&n);
    return err_set(e, ERR_USAGE, "There is no setting \"%s\"%s%s%s", name,
                   near == NULL ? "" : "; did you mean ", near == NULL ? "" : near,
                   near == NULL ? "; list them to see those there are." : "?");
}

static bool one(struct db *db, struct arena *a, const struct known *k, struct setting *out,
                struct err *e)
{
    struct store_setting row;
    if (!store_setting(db, a, k->name, &row, e)) {
        return false;
    }
    bool set = row.value != NULL && row.value[0] != '\0';
    *out = (struct setting){k->name, set ? row.value : k->standard, k->standard, k->about,
                            row.version + 1};
    return true;
}

bool setting_list(struct db *db, struct arena *a, const struct setting **ret, size_t *ret_count,
                  struct err *e)
{
    struct setting *list = ARENA_ARRAY(a, COUNT_OF(known), struct setting);
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (!one(db, a, &known[i], &list[i], e)) {
            return false;
        }
    }
    *ret = list;
    *ret_count = COUNT_OF(known);
    return true;
}

bool setting_text(struct db *db, struct arena *a, const char *name, const char **out, struct err *e)
{
    const struct known *k = find(name);
    struct setting s;
    if (k == NULL) {
        return unknown(name, e);
    }
    if (!one(db, a, k, &s, e)) {
        return false;
    }
    *out = s.value;
    return true;
}

bool setting_yes(struct db *db, struct arena *a, const char *name, bool *out, struct err *e)
{
    const char *text = NULL;
    if (!setting_text(db, a, name, &text, e)) {
        return false;
    }
    *out = text != NULL && strcmp(text, "yes") == 0;
    return true;
}

bool setting_number(struct db *db, struct arena *a, const char *name, int64_t *out, struct err *e)
{
    const char *text = NULL;
    if (!setting_text(db, a, name, &text, e)) {
        return false;
    }
    *out = text == NULL ? 0 : strtoll(text, NULL, 10);
    return true;
}

// ---- changing one ----

static bool is_number(const char *text, int64_t least, int64_t most)
{
    size_t length = strlen(text);
    bool digits = length > 0 && length < 10 && strspn(text, "0123456789") == length;
    int64_t value = digits ? strtoll(text, NULL, 10) : -1;
    return digits && value >= least && value <= most;
}

static bool is_plain(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || (unsigned char)*c == 0x7f) {
            return false;
        }
    }
    return strlen(text) <= VALUE_MAX_BYTES;
}

static bool will_do(const struct known *k, const char *value, struct err *e)
{
    switch (k->type) {
    case SETTING_YES_NO:
        return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0 ||
               err_set(e, ERR_INPUT, "%s is yes or no, not \"%s\".", k->name, value);
    case SETTING_NUMBER:
        return is_number(value, k->least, k->most) ||
               err_set(e, ERR_INPUT, "%s is a whole number from %lld to %lld, not \"%s\".", k->name,
                       (long long)k->least, (long long)k->most, value);
    case SETTING_ADDRESS:
        return (is_plain(value) && strpbrk(value, " \"<>?#") == NULL &&
                (strncmp(value, "https://", 8) == 0 ||
                 strncmp(value, "http://127.0.0.1", 16) == 0 ||
                 strncmp(value, "http://localhost", 16) == 0)) ||
               err_set(e, ERR_INPUT,
                       "%s is an address that begins with https://, without ? and #, not \"%s\".",
                       k->name, value);
    default:
        return is_plain(value) || err_set(e, ERR_INPUT, "%s is one line of at most %d characters.",
                                          k->name, (int)VALUE_MAX_BYTES);
    }
}

bool setting_put(const struct people_act *act, const char *name, const char *value, struct err *e)
{
    const struct known *k = find(name);
    struct store_setting row;
    if (k == NULL) {
        return unknown(name, e);
    }
    if ((value != NULL && value[0] != '\0' && !will_do(k, value, e)) ||
        !store_setting(act->db, act->arena, k->name, &row, e)) {
        return false;
    }
    if (act->seen != 0 && act->seen != row.version + 1) {
        return err_set(e, ERR_CONFLICT,
                       "Somebody else changed %s meanwhile; look at it again and then decide.",
                       k->name);
    }
    const char *before = row.value == NULL || row.value[0] == '\0' ? NULL : row.value;
    const char *after = value == NULL || value[0] == '\0' ? NULL : value;
    if (before == after || (before != NULL && after != NULL && strcmp(before, after) == 0)) {
        return true;
    }
    const struct people_field field = {"value", before, after, false};
    const struct people_event event = {before == NULL  ? "create"
                                       : after == NULL ? "retire"
                                                       : "change",
                                       "setting",
                                       {k->name},
                                       &field,
                                       1};
    row.value = after == NULL ? "" : after;
    row.version++;
    return store_setting_put(act->db, &row, act->now, e) && people_event(act, &event, e);
}
