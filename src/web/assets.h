// Style sheet, icons: built into the binary, addressed by their digest, kept for a year.
#ifndef GT_WEB_ASSETS_H
#define GT_WEB_ASSETS_H

#include "http/server.h"

// "/assets/goldthread-1a2b3c4d.css"; the plain address when there is no such asset.
const char *asset_href(struct arena *a, const char *name);
// Answers /assets/NAME, with or without the digest in it.
bool asset_answer(const struct http_request *req, struct http_response *res,
                  struct err *e) MUST_CHECK;

#endif
