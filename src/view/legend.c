#include "view/legend.h"

#include "view/words.h"
#include "view/words_rule.h"

struct used {
    const struct rule_version *rule;
    int measures;
};

// Adds to the count of `rule`, which is new when none of the first `count` is it.
static size_t count_rule(struct used *used, size_t count, const struct rule_version *rule)
{
    for (size_t i = 0; i < count; i++) {
        if (used[i].rule == rule) {
            used[i].measures++;
            return count;
        }
    }
    used[count] = (struct used){rule, 1};
    return count + 1;
}

// Most used first; where two are used alike, in the order they were met.
static void sort_used(struct used *used, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct used moved = used[i];
        size_t at = i;
        while (at > 0 && used[at - 1].measures < moved.measures) {
            used[at] = used[at - 1];
            at--;
        }
        used[at] = moved;
    }
}

void part_rules(struct page_request *q, struct tree *parent, const char *key, const struct scope *s)
{
    const struct reading *all = page_readings(q);
    struct used *used = ARENA_ARRAY(q->arena, s->count + 1, struct used);
    size_t count = 0;
    int without = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct rule_version *rule = all[s->measures[i]->index].rule;
        if (rule == NULL) {
            without++;
        } else {
            count = count_rule(used, count, rule);
        }
    }
    sort_used(used, count);
    struct tree *list = tree_list(parent, key);
    for (size_t i = 0; i < count; i++) {
        const struct rule_version *v = used[i].rule;
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "code", v->code);
        tree_text(item, "title", v->title);
        tree_text(item, "words", words_rule(q->arena, &v->rule, NULL));
        tree_text(item, "since", words_rule_version(q->arena, v));
        tree_int(item, "measures", used[i].measures);
        tree_text(item, "used",
                  arena_printf(q->arena, "Used by %s here",
                               words_count(q->arena, used[i].measures, "measure", "measures")));
    }
    tree_number(parent, arena_printf(q->arena, "%s_without", key),
                without == 0 ? DEC_NONE : dec_int(without), 0);
}
