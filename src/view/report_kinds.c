#include "view/report_kinds.h"

#include <string.h>

#include "view/quarterly.h"

const struct report_kind report_kinds[] = {
    {"quarterly", "The quarter for the Executive, scrutiny and the public: exceptions first.",
     "report_file.html", view_quarterly},
    {NULL, NULL, NULL, NULL},
};

const struct report_kind *report_kind_of(const char *name)
{
    for (const struct report_kind *r = report_kinds; r->name != NULL; r++) {
        if (strcmp(r->name, name) == 0) {
            return r;
        }
    }
    return NULL;
}
