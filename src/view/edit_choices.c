#include "view/edit_choices.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

static const char *labelled(struct arena *a, const char *code, const char *name)
{
    return name == NULL || strcmp(name, code) == 0 ? code : arena_printf(a, "%s (%s)", name, code);
}

static void add(struct grow *g, const char *code, const char *name)
{
    struct edit_choice *last =
        g->count == 0 ? NULL : &((struct edit_choice *)g->items)[g->count - 1];
    if (last != NULL && strcmp(last->code, code) == 0) {
        return; // another version of the same rule
    }
    struct edit_choice *choice = grow_add(g);
    choice->code = code;
    choice->label = labelled(g->arena, code, name);
}

static int by_label(const void *a, const void *b)
{
    const struct edit_choice *x = a, *y = b;
    int order = strcasecmp(x->label, y->label);
    return order != 0 ? order : strcmp(x->code, y->code);
}

#define ADD_ALL(array, count, name)                                                                \
    for (size_t i = 0; i < c->count; i++) {                                                        \
        add(&g, c->array[i].code, c->array[i].name);                                               \
    }                                                                                              \
    break

const struct edit_choice *edit_choices(struct arena *a, const struct council *c, enum kind refers,
                                       size_t *ret_count)
{
    struct grow g = grow_new(a, sizeof(struct edit_choice));
    switch ((int)refers) {
    case KIND_UNIT: ADD_ALL(units, unit_count, name);
    case KIND_BOARD: ADD_ALL(boards, board_count, name);
    case KIND_PLAN: ADD_ALL(plans, plan_count, title);
    case KIND_AIM: ADD_ALL(aims, aim_count, title);
    case KIND_MEASURE: ADD_ALL(measures, measure_count, title);
    case KIND_RULE: ADD_ALL(rules, rule_count, title);
    case KIND_RISK: ADD_ALL(risks, risk_count, title);
    case KIND_PROJECT: ADD_ALL(projects, project_count, title);
    case KIND_PERSON:
        for (size_t i = 0; i < c->person_count; i++) {
            const struct person *p = &c->people[i];
            bool gone = p->left_on != DAY_NONE && p->left_on < c->today;
            add(&g, p->code, gone ? arena_printf(a, "%s, has left", p->name) : p->name);
        }
        break;
    default: break;
    }
    if (g.count > 1) {
        qsort(g.items, g.count, sizeof(struct edit_choice), by_label);
    }
    *ret_count = g.count;
    return g.items;
}

#define LABEL(type, name)                                                                          \
    {                                                                                              \
        const struct type *found = council_##type(c, code);                                        \
        return found == NULL ? code : labelled(a, code, found->name);                              \
    }

const char *edit_choice_label(struct arena *a, const struct council *c, enum kind refers,
                              const char *code)
{
    switch ((int)refers) {
    case KIND_UNIT: LABEL(unit, name)
    case KIND_BOARD: LABEL(board, name)
    case KIND_PERSON: LABEL(person, name)
    case KIND_PLAN: LABEL(plan, title)
    case KIND_AIM: LABEL(aim, title)
    case KIND_MEASURE: LABEL(measure, title)
    case KIND_RISK: LABEL(risk, title)
    case KIND_PROJECT: LABEL(project, title)
    default: return code;
    }
}

const char *edit_choice_words(struct arena *a, const char *code)
{
    char *text = arena_text(a, code);
    for (char *p = text; *p != '\0'; p++) {
        *p = *p == '_' ? ' ' : *p;
    }
    if (text[0] >= 'a' && text[0] <= 'z') {
        text[0] = (char)(text[0] - 'a' + 'A');
    }
    return text;
}
