#include <string.h>

#include "view/edit_choices.h"
#include "view/edit_field.h"
#include "view/words.h"

static const char *period_shown(const struct page_request *q, const char *cell)
{
    struct period p;
    return period_parse_id(cell, strlen(cell), q->council->year_start, &p)
               ? words_period(q->arena, p, q->council->year_start)
               : cell;
}

static const char *several_shown(struct arena *a, const char *cell)
{
    struct buf b = buf_new(a, 2000);
    for (const char *p = edit_choice_words(a, cell); *p != '\0'; p++) {
        buf_text(&b, *p == ';' ? ", " : NULL);
        if (*p != ';') {
            buf_char(&b, *p);
        }
    }
    return buf_cstr(&b);
}

const char *edit_cell_shown(const struct page_request *q, const struct column *c, const char *cell)
{
    day d = DAY_NONE;
    if (cell == NULL) {
        return "";
    }
    switch ((int)c->type) {
    case COLUMN_DATE: return day_parse(cell, strlen(cell), &d) ? day_shown(q->arena, d) : cell;
    case COLUMN_PERIOD: return period_shown(q, cell);
    case COLUMN_CHOICE:
    case COLUMN_YES_NO: return edit_choice_words(q->arena, cell);
    case COLUMN_CHOICES: return several_shown(q->arena, cell);
    case COLUMN_REFERENCE: return edit_choice_label(q->arena, q->council, c->refers, cell);
    default: return cell;
    }
}
