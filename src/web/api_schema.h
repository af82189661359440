// The parts of the API's description that follow from the descriptors: a schema of the fields of
// each kind, and the parameters of its addresses.
#ifndef GT_WEB_API_SCHEMA_H
#define GT_WEB_API_SCHEMA_H

#include "view/row_json.h"

// "Observation": the name of its schema.
const char *api_schema_name(struct arena *a, const struct descriptor *d);
// Puts NAME, NAMERow and NAMEList into `schemas`.
void api_schema_put(struct tree *schemas, const struct descriptor *d);
// "/{measure}/{part}/{period}".
const char *api_schema_key_path(struct arena *a, const struct descriptor *d);
// Adds {org}, and with `key` those of the key; gives the list.
struct tree *api_schema_parameters(struct tree *operation, const struct descriptor *d, bool key);
void api_schema_parameter(struct tree *list, const char *name, const char *in, bool required,
                          const char *about);
// {"$ref": "#/components/schemas/NAME"}
void api_schema_ref(struct tree *parent, const char *key, const char *name);

#endif
