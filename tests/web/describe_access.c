// Prints who may do what, from the table and the routes of the program: `describe_access access`
// as Markdown for docs/access.md, `describe_access json` for tests/web/test_access.py.
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "domain/access_table.h"
#include "web/site.h"
#include "web/visit.h"

enum { DOCUMENT_MAX = 1 << 20 };

// ---- roles ----

static void put_roles(struct buf *b)
{
    buf_text(b, "### What each role does\n\n| role | in commands | over |");
    for (int d = 0; d < DUTY_COUNT; d++) {
        buf_printf(b, " %s |", duty_word((enum duty)d));
    }
    buf_text(b, "\n|---|---|---|");
    for (int d = 0; d < DUTY_COUNT; d++) {
        buf_text(b, "---|");
    }
    for (int r = 0; r < ROLE_COUNT; r++) {
        buf_printf(b, "\n| %s | `%s` | ", role_title((enum role)r), role_word((enum role)r));
        const char *between = "";
        for (int s = 0; s < SCOPE_COUNT; s++) {
            if (role_fits((enum role)r, (enum scope_of)s)) {
                buf_printf(b, "%s%s", between, scope_word((enum scope_of)s));
                between = ", ";
            }
        }
        for (int d = 0; d < DUTY_COUNT; d++) {
            bool has = (role_duties((enum role)r) & DUTY_BIT(d)) != 0;
            buf_printf(b, " | %s", has ? "yes" : "");
        }
        buf_text(b, " |");
    }
    buf_text(b, "\n\n");
    for (int d = 0; d < DUTY_COUNT; d++) {
        buf_printf(b, "- `%s`: %s\n", duty_word((enum duty)d), duty_title((enum duty)d));
    }
}

// ---- role x kind x whose it is ----

// What of a kind a role writes: all of it, some fields, nothing.
static const char *share_of(enum role r, enum kind kind)
{
    unsigned held = role_duties(r);
    const struct access_kind *k = access_of_kind(kind);
    if ((held & DUTY_BIT(k->change)) != 0) {
        return access_kind_duties(kind) & ~held ? "most" : "all";
    }
    return (access_kind_duties(kind) & held) != 0 ? "some" : NULL;
}

static void put_cell(struct buf *b, enum role r, enum kind kind, bool reaches)
{
    const char *share = reaches ? share_of(r, kind) : NULL;
    buf_printf(b, " %s |", share == NULL ? "no" : share);
}

static void put_matrix(struct buf *b)
{
    static const struct {
        const char *words;
        bool (*reaches)(enum role r);
    } whose[] = {
        {"own", access_reaches_own},
        {"in scope, not own", access_reaches_others},
        {"elsewhere", NULL},
        {"other organisation", NULL},
    };
    buf_text(b, "\n### Who writes what of whose\n\n"
                "`all`: every field; `most`: all but those fields that take another duty (next "
                "table); `some`: only such fields; `no`: refused. *Own*: the caller's person owns "
                "or checks the measure, or is named by the action, risk or project. *In scope*: "
                "held by the scope of the grant. *Elsewhere*: in the organisation, outside it.\n\n"
                "| kind | whose |");
    for (int r = 0; r < ROLE_COUNT; r++) {
        buf_printf(b, " %s |", role_word((enum role)r));
    }
    buf_text(b, "\n|---|---|");
    for (int r = 0; r < ROLE_COUNT; r++) {
        buf_text(b, "---|");
    }
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        for (size_t w = 0; w < COUNT_OF(whose); w++) {
            if (w == 0 && !access_has_owner((enum kind)k)) {
                continue; // nobody's own
            }
            buf_printf(b, "\n| %s | %s |", descriptor_of((enum kind)k)->name, whose[w].words);
            for (int r = 0; r < ROLE_COUNT; r++) {
                bool reaches = whose[w].reaches != NULL && whose[w].reaches((enum role)r);
                put_cell(b, (enum role)r, (enum kind)k, reaches);
            }
        }
    }
    buf_text(b, "\n");
}

// ---- kinds and fields ----

static void put_kinds(struct buf *b)
{
    buf_text(b, "\n### What each kind takes\n\n"
                "| kind | duty | fields that take another | where a row is |\n|---|---|---|---|\n");
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        const struct access_kind *a = access_of_kind((enum kind)k);
        buf_printf(b, "| %s | `%s` | ", d->name, duty_word(a->change));
        for (size_t i = 0; i < a->field_count; i++) {
            buf_printf(b, "%s`%s`: `%s`", i == 0 ? "" : ", ", d->columns[a->fields[i].column].name,
                       duty_word(a->fields[i].duty));
        }
        buf_printf(b, " | %s |\n", place_title(a->place));
    }
}

// ---- routes ----

static const char *const method_words[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

static void put_methods(struct buf *b, unsigned methods, const char *quote)
{
    const char *between = "";
    for (size_t m = 0; m < COUNT_OF(method_words); m++) {
        if ((methods & METHOD(m)) != 0) {
            buf_printf(b, "%s%s%s%s", between, quote, method_words[m], quote);
            between = ", ";
        }
    }
}

static void put_who(struct buf *b, const struct action_route *r)
{
    if (r->duty == DUTY_COUNT) {
        buf_text(b, r->needs_sign_in ? "whoever is signed in" : "everyone");
        return;
    }
    const char *between = "";
    for (int role = 0; role < ROLE_COUNT; role++) {
        bool nobody = role == ROLE_PUBLIC && r->needs_sign_in;
        if (!nobody && (role_duties((enum role)role) & DUTY_BIT(r->duty)) != 0) {
            buf_printf(b, "%s%s", between, role_word((enum role)role));
            between = ", ";
        }
    }
}

static void put_routes(struct buf *b)
{
    buf_text(b, "\n### Addresses\n\n"
                "Pages that are read, each as HTML, `.json` and `.csv`; for every role that reads, "
                "made of what it sees.\n\n| address | what |\n|---|---|\n");
    for (size_t i = 0; i < site_route_count(); i++) {
        const struct route *r = site_route_at(i);
        buf_printf(b, "| `/{org}%s%s%s` | %s |\n", r->folder[0] == '\0' ? "" : "/", r->folder,
                   r->takes_code ? "/{code}" : "", r->about);
    }
    buf_text(b, "\nPages that act. Who may open one; what they may do there is decided row by row, "
                "as above.\n\n| address | methods | who | what |\n|---|---|---|---|\n");
    for (size_t i = 0; i < action_route_count(); i++) {
        const struct action_route *r = action_route_at(i);
        buf_printf(b, "| `%s` | ", r->path);
        put_methods(b, r->methods, "");
        buf_text(b, " | ");
        put_who(b, r);
        buf_printf(b, " | %s |\n", r->about);
    }
}

// ---- for the test ----

static void put_bits(struct buf *b, const char *name, unsigned bits, int count,
                     const char *(*word)(int))
{
    buf_printf(b, "\"%s\":[", name);
    const char *between = "";
    for (int i = 0; i < count; i++) {
        if ((bits & (1u << (unsigned)i)) != 0) {
            buf_printf(b, "%s\"%s\"", between, word(i));
            between = ",";
        }
    }
    buf_char(b, ']');
}

static const char *word_of_duty(int d)
{
    return duty_word((enum duty)d);
}

static const char *word_of_scope(int s)
{
    return scope_word((enum scope_of)s);
}

static void put_json_roles(struct buf *b)
{
    for (int r = 0; r < ROLE_COUNT; r++) {
        unsigned fits = 0;
        for (int s = 0; s < SCOPE_COUNT; s++) {
            fits |= role_fits((enum role)r, (enum scope_of)s) ? 1u << (unsigned)s : 0;
        }
        buf_printf(b, "%s{\"role\":\"%s\",\"others\":%s,", r == 0 ? "" : ",",
                   role_word((enum role)r), access_reaches_others((enum role)r) ? "true" : "false");
        put_bits(b, "duties", role_duties((enum role)r), DUTY_COUNT, word_of_duty);
        buf_char(b, ',');
        put_bits(b, "scopes", fits, SCOPE_COUNT, word_of_scope);
        buf_char(b, '}');
    }
}

static void put_json_kinds(struct buf *b)
{
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        const struct access_kind *a = access_of_kind((enum kind)k);
        buf_printf(b,
                   "%s{\"kind\":\"%s\",\"file\":\"%s\",\"create\":\"%s\",\"change\":\"%s\","
                   "\"retire\":\"%s\",\"owned\":%s,\"columns\":{",
                   k == KIND_NONE + 1 ? "" : ",", d->name, d->file, duty_word(a->create),
                   duty_word(a->change), duty_word(a->retire),
                   access_has_owner((enum kind)k) ? "true" : "false");
        for (size_t c = 0; c < d->count; c++) {
            buf_printf(b, "%s\"%s\":\"%s\"", c == 0 ? "" : ",", d->columns[c].name,
                       duty_word(access_of_field((enum kind)k, (int)c)));
        }
        buf_text(b, "}}");
    }
}

static void put_json_routes(struct buf *b)
{
    buf_text(b, "\"pages\":[");
    for (size_t i = 0; i < site_route_count(); i++) {
        const struct route *r = site_route_at(i);
        buf_printf(b, "%s{\"folder\":\"%s\",\"takes_code\":%s}", i == 0 ? "" : ",", r->folder,
                   r->takes_code ? "true" : "false");
    }
    buf_text(b, "],\"actions\":[");
    for (size_t i = 0; i < action_route_count(); i++) {
        const struct action_route *r = action_route_at(i);
        buf_printf(b, "%s{\"path\":\"%s\",\"methods\":[", i == 0 ? "" : ",", r->path);
        put_methods(b, r->methods, "\"");
        buf_printf(b, "],\"duty\":%s%s%s,\"needs_sign_in\":%s,\"api\":%s}",
                   r->duty == DUTY_COUNT ? "" : "\"",
                   r->duty == DUTY_COUNT ? "null" : duty_word(r->duty),
                   r->duty == DUTY_COUNT ? "" : "\"", r->needs_sign_in ? "true" : "false",
                   (r->manner & ACTION_API) != 0 ? "true" : "false");
    }
    buf_char(b, ']');
}

static void put_json(struct buf *b)
{
    buf_text(b, "{\"roles\":[");
    put_json_roles(b);
    buf_text(b, "],\"kinds\":[");
    put_json_kinds(b);
    buf_text(b, "],");
    put_json_routes(b);
    buf_text(b, "}\n");
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a)) {
        return 3;
    }
    struct buf b = buf_new(a, DOCUMENT_MAX);
    if (argc == 2 && strcmp(argv[1], "access") == 0) {
        put_roles(&b);
        put_matrix(&b);
        put_kinds(&b);
        put_routes(&b);
    } else if (argc == 2 && strcmp(argv[1], "json") == 0) {
        put_json(&b);
    } else {
        fprintf(stderr, "describe_access access or describe_access json\n");
        return 2;
    }
    fputs(buf_cstr(&b), stdout);
    arena_free(a);
    return 0;
}
