// What of an organisation somebody sees, and the council as they see it.
//
// `visibility_council` makes a council that has nothing else in it: not the titles, not the codes,
// not the counts. Every page, format, search and roll-up is made of that council, so none of them
// has to know who asks. It is made from the council as a whole, already judged and with its small
// numbers kept back (domain/protect.h), and shares the figures with it: what is kept back in the
// whole is kept back in every part, and no two views can be subtracted from one another.
//
// What a scope shows:
//   organisation  everything
//   unit          the units of its subtree, their measures, plans, people, money; the risks of
//                 those plans' aims or those people; what is done about any of these
//   board         the board, its meetings, its plans; the measures their aims have; the risks of
//                 their aims; what is done about these
//   measure       the measure, and what is done about it
// Of what is seen all is seen: figures, targets, commentary, comparisons, the names of those who
// answer for it, the unit it belongs to. As *published* (role public) less is: measures that are
// public, plans and aims; no person's name, nothing of risks, actions, projects, money, meetings.
//
// Where something seen refers to what is not, the reference is left out: an aim whose parent is in
// a plan that is not seen stands at the top of its own. A measure worked out by a formula keeps its
// figures; the formula is shown only where every measure it uses is seen too.
#ifndef GT_DOMAIN_VISIBILITY_H
#define GT_DOMAIN_VISIBILITY_H

#include "base/err.h"
#include "domain/access.h"
#include "domain/council.h"

struct visible_scope {
    enum scope_of scope;
    const char *code; // "" for the organisation
    bool published;   // only what is public
};

// Equal visibilities have equal keys. Without a scope nothing is seen but the organisation's name.
struct visibility {
    const char *key;
    const struct visible_scope *scopes; // sorted, none twice
    size_t count;
};

// `whole` as it is seen, in a new arena that the caller frees (council->arena), before `whole`. The
// texts and figures are the whole's.
bool visibility_council(const struct council *whole, const struct visibility *v,
                        const struct council **ret, struct err *e) MUST_CHECK;

#endif
