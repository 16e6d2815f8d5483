/*
 * The languages of the interface, and its translated messages (gettext; po/
 * is the only source).
 */
#ifndef PAGE_LANG_H
#define PAGE_LANG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/text.h"

struct language {
	const char *code;   /* as in URLs and lang attributes: en, zh */
	const char *name;   /* in the language itself: English, 中文 */
	const char *gettext; /* its gettext name: en, zh_CN */
};

/*
 * All languages, ended by a NULL code. language_name() returns the code
 * itself if it is unknown.
 */
extern const struct language languages[];
bool language_is(const char *code);
const char *language_name(const char *code);

/*
 * Sets the current language of this process; an unknown code means English. Cheap when it does
 * not change.
 */
void lang_use(const char *code);

/* The code of the current language. */
const char *lang_used(void);

/*
 * A message in the current language, or the message itself if it has no translation. N_() only
 * marks a message for extraction.
 */
const char *lang_text(const char *message) __attribute__((format_arg(1)));
/* A message with a number. The format must contain exactly one %lld. In the arena. */
char *lang_count(struct arena *arena, const char *one, const char *many, long long count);
/*
 * Explains why a text was refused, where, and what to do. NULL: a value that is not text was
 * refused.
 */
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
