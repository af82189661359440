// Inside domain/: has a text the form of a token?
#ifndef GT_DOMAIN_TOKEN_READ_H
#define GT_DOMAIN_TOKEN_READ_H

#include "base/compiler.h"

bool token_is_one(const char *text);

#endif
