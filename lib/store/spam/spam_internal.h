/* Between the files of this folder: gathering the features of a comment. */
#ifndef STORE_SPAM_SPAM_INTERNAL_H
#define STORE_SPAM_SPAM_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "store/spam/spam_feature.h"

/* --- spam_gather.c: the set of features while a comment is read --------------------- */

struct spam_candidate {
	const char *name;
	uint32_t hash;
	double order; /* the smallest are kept; for words without a row in the prior set by spam_gather_end() */
};

struct spam_gather {
	struct arena *arena;
	struct spam_candidate *list;
	size_t count;
	uint32_t *slots;    /* open addressing: index in list + 1, or 0 */
	size_t unknown;     /* candidates that the prior does not know */
	size_t unknown_max; /* no more of these are taken; may be changed between two texts */
	size_t looked_at;
	size_t spam_words;  /* words and pairs that are much more frequent in spam, by the prior */
};

/* An empty set. */
void spam_gather_begin(struct arena *arena, struct spam_gather *gather);

/* Adds prefix and name, unless it is there or too long for a feature. is_word: counts for spam_words. */
void spam_gather_add(struct spam_gather *gather, const char *prefix, const char *name, bool is_word);

/* The features: at most SPAM_FEATURES_MAX. */
void spam_gather_end(struct spam_gather *gather, struct spam_features *ret_features);

/* --- spam_words.c: the words and pairs of a text -------------------------------------- */

/* What the words of a text say about its form. */
struct spam_words {
	size_t words;          /* words and pairs of ideographs */
	size_t repeated;       /* of them: the same as the word before, or as the one before that */
	size_t latin, cyrillic, ideographs, other; /* letters */
	bool has_code;         /* letters and digits mixed, as in a voucher */
	bool has_long_number;  /* seven digits or more */
	bool has_long_word;    /* too long for a feature */
	bool has_mixed_word;   /* Latin letters beside Cyrillic or Greek ones that look the same */
	bool has_arrow;
};

/*
 * Adds the words of a text that passed text_accept(), each with the prefix, and, if the prefix is empty, also neighbouring
 * words. A newline is no neighbour. Adds to *words.
 */
void spam_words_add(struct spam_gather *gather, const char *prefix, const char *text, struct spam_words *words);

/* --- spam_link.c: links and email addresses as they are typed, with or without a scheme --- */

enum { SPAM_HOST_BYTES = 56 };

struct spam_link {
	const char *start; /* in the text */
	size_t length;
	char host[SPAM_HOST_BYTES]; /* in lower case, without "www."; cut at the front when it is longer */
	const char *path;  /* what follows the host, up to start + length */
	bool is_email;     /* then host is the part after the @ */
	bool is_referral;  /* somebody is paid for who follows it */
	bool is_short;     /* its host only redirects */
};

/*
 * Reads the link or email address that begins at text, which is the beginning of a word: http://host/path, www.host,
 * host.com/path, name@host. False when there is none.
 */
bool spam_link_read(const char *text, struct spam_link *ret_link);

/* Adds the prefix with the host, and "tld:" with its end. */
void spam_link_add_host(struct spam_gather *gather, const char *prefix, const struct spam_link *link);

/* Adds "link:" with each of the first words of the path. */
void spam_link_add_path(struct spam_gather *gather, const struct spam_link *link);

/* --- spam_form.c: the links of a comment, and how it looks --------------------------------- */

struct spam_form {
	size_t links, emails;
	size_t characters;
	size_t letters, capitals; /* ASCII */
	size_t exclamations, questions;
	bool has_money, has_arrow;
	bool has_markup, has_bbcode;         /* a link as HTML or Markdown; as [url=…] */
	bool has_referral, has_short_link;
	const char *last_link;               /* to see that a link is the text of itself */
	size_t last_link_length;
};

/*
 * Reads a text: adds the features of its links, counts what it sees in *form, and returns the text without links, HTML
 * tags and email addresses, in the arena.
 */
char *spam_form_read(struct spam_gather *gather, const char *text, struct spam_form *form);

/* Adds "site:HOST" and the end of the host for an author's own link. */
void spam_form_site(struct spam_gather *gather, const char *link);

/* Adds the features of what was counted. Call it after all words of the comment. */
void spam_form_add(struct spam_gather *gather, const struct spam_form *form, const struct spam_words *words);

#endif
