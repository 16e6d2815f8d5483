/* The languages of the interface, and words in them (gettext; po/ is the only source). */
#ifndef PAGE_LANG_H
#define PAGE_LANG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/text.h"

struct language {
	const char *code;   /* as in addresses and lang attributes: en, zh */
	const char *name;   /* in itself: English, 中文 */
	const char *gettext; /* what gettext calls it: en, zh_CN */
};

/* All that we speak, ended by a NULL code. */
extern const struct language languages[];
bool language_is(const char *code);
const char *language_name(const char *code);

/* Chooses the language of what follows, for this process. Cheap when it is the same as before. */
void lang_use(const char *code);

/* The code of the one that is in use. */
const char *lang_used(void);

/* A message in that language; N_() marks one for extraction without translating it. */
const char *lang_text(const char *message) __attribute__((format_arg(1)));
/* A message with a number; the format must hold exactly one %lld. In the arena. */
char *lang_count(struct arena *arena, const char *one, const char *many, long long count);
/* Why the text gate refused a text, where, and what to do; NULL: something else was refused. */
const char *lang_text_fault(struct arena *arena, const struct text_fault *fault);
/* "24 November 2026", "2026年11月24日": local date in the language. */
char *lang_date(struct arena *arena, int64_t time);
/* "November 2026", "2026年11月". month 1 to 12. */
char *lang_month(struct arena *arena, int year, int month);
/* "November", "11月". */
char *lang_month_name(struct arena *arena, int month);

#define _(message) lang_text(message)
#define N_(message) message

#endif
