// Inside domain/password: what people try first, in families (a list of our own making; it is no
// list of passwords that leaked).
#ifndef GT_DOMAIN_PASSWORD_WORDS_H
#define GT_DOMAIN_PASSWORD_WORDS_H

extern const char *const password_words[]; // small letters; NULL-ended
extern const char
    *const password_sequences[]; // rows of keys and orders, read both ways; NULL-ended

#endif
