// Who may do what: decided here, from one table (domain/access_table.h), for pages, forms, the API
// and imports alike.
//
// A *grant* gives one role over a scope: an organisation (or every one, "*"), the subtree of a
// unit, what belongs to a board's plans, or one measure. A role is a set of *duties*. A kind of
// thing, and where it differs each of its fields, says which duty it takes to write it. So whether
// a caller may write a row is: for each field that changes, is there a grant whose role has the
// duty and whose scope holds the row, both as it stands and as it would stand?
//
// Three rules are not of the table: the role `owner` writes only what is its person's own (owner
// or checker of the measure, owner of the action or risk); a token has at most the duties it was
// made with; and in an open record (no account exists) everyone reads and nobody writes this way.
//
// docs/access.md has the table, made from it.
#ifndef GT_DOMAIN_ACCESS_H
#define GT_DOMAIN_ACCESS_H

#include "base/err.h"
#include "domain/who.h"

struct db;

enum role {
    ROLE_PUBLIC, // what a grant to `public` opens: published measures, plans and aims
    ROLE_VIEWER,
    ROLE_CONTRIBUTOR, // enters figures and commentary
    ROLE_OWNER,       // answers for the measures whose owner or checker they are
    ROLE_HEAD,        // of a service, or director: approves for a unit
    ROLE_PERFORMANCE, // officer
    ROLE_MEMBER,      // councillor
    ROLE_SCRUTINY,
    ROLE_PARTNER, // reads its board's or its measures', nothing else
    ROLE_AUDITOR,
    ROLE_ADMINISTRATOR,
    ROLE_COUNT
};

enum scope_of { SCOPE_ORGANISATION, SCOPE_UNIT, SCOPE_BOARD, SCOPE_MEASURE, SCOPE_COUNT };

struct grant {
    enum role role;
    const char *organisation; // "*": every one
    enum scope_of scope;
    const char *code; // of the unit, board or measure; NULL for SCOPE_ORGANISATION
};

// Who asks; made by domain/session, domain/token or caller_public().
struct caller {
    const char *account; // code; NULL: nobody signed in (the public)
    const char *name;
    const char *session; // for the audit trail: first 16 digits of its hash; "token:..." for tokens
    const struct grant *grants; // those to `public` among them
    size_t grant_count;
    const char *const *people; // pairs of organisation and person code, NULL-ended; NULL: none
    unsigned duties_limit;     // bits of a token's duties; ACCESS_ALL_DUTIES for people
    bool second_factor_done;   // false while one is asked for and not yet shown
    bool must_change_password; // until then, as without the factor, they have no duty at all
    bool open_record;          // no account exists: everyone reads everything
};

enum duty {
    DUTY_READ,
    DUTY_ENTER,    // figures
    DUTY_COMMENT,  // commentary and notes
    DUTY_FORECAST, // where the owner expects a year to end
    DUTY_TARGET,   // targets, of figures, risks and savings
    DUTY_JUDGE,    // a status set by judgement
    DUTY_DELIVER,  // actions, projects, risks
    DUTY_PLAN,     // plans, aims, what contributes to what
    DUTY_DEFINE,   // measures, rules, step changes, comparators
    DUTY_ORGANISE, // units, people, boards, meetings, the organisation
    DUTY_MONEY,    // budgets and savings
    DUTY_APPROVE,  // signs off: who owns a measure, what a gate decided
    DUTY_IMPORT,   // files; each row is asked for as well
    DUTY_AUDIT,    // reads the audit trail
    DUTY_ACCOUNTS, // accounts, grants, tokens, settings
    DUTY_COUNT
};

#define DUTY_BIT(duty) (1u << (unsigned)(duty))
#define ACCESS_ALL_DUTIES (DUTY_BIT(DUTY_COUNT) - 1u)

// Words of files, commands and pages: "performance", "organisation", "enter". The `_from_` forms
// give the COUNT of their enumeration for a word that is none.
const char *role_word(enum role r);
const char *scope_word(enum scope_of s);
const char *duty_word(enum duty d);
enum role role_from_word(const char *word);
enum scope_of scope_from_word(const char *word);
enum duty duty_from_word(const char *word);
// For people: "performance officer"; "enters figures".
const char *role_title(enum role r);
const char *duty_title(enum duty d);

// The duties of a role, as bits.
unsigned role_duties(enum role r);
// Whether a role may be granted over such a scope: an administrator's is a whole organisation, a
// partner's a board or a measure.
bool role_fits(enum role r, enum scope_of s);

// Whether the grant is one over (something of) this organisation. One that should never have been
// made, a partner's over everything, counts for nothing.
bool access_grant_counts(const struct grant *g, const char *organisation);

// Over any scope in the organisation: for furniture, and whether a page is worth opening.
bool access_may(const struct caller *c, enum duty d, const char *organisation);
// The bits of all duties over any scope in it: for cache keys and links.
unsigned access_duties(const struct caller *c, const char *organisation);
// Over the organisation as a whole, as settings and accounts need. "*": over the whole record.
bool access_may_whole(const struct caller *c, enum duty d, const char *organisation);

// What of an organisation the caller sees; NULL: everything. Equal visibilities have equal keys.
struct visibility;
const struct visibility *access_visibility(struct arena *a, const struct caller *c,
                                           const char *organisation);
// Printable, of bounded length; "" for everything (NULL).
const char *visibility_key(const struct visibility *v);

// For the door: decides per kind, record (unit subtree, measure owner) and field. `db` is the
// connection whose transaction writes; what `out` was told stands for that one transaction.
bool access_who(struct db *db, struct arena *a, const struct caller *c, const char *organisation,
                struct who *out, struct err *e) MUST_CHECK;
// Whether the row, as it stands, is one the caller may change anything of, or audits: what lists of
// rows for those who edit them hold. `who` is access_who's.
bool access_touches(const struct who *who, const char *organisation, const struct descriptor *kind,
                    const char *const *cells);

#endif
