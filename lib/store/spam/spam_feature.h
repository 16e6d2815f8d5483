/*
 * The features of a comment, by which the spam classifier compares it with others. A feature is a short text, so that a
 * moderator can read what affected a decision:
 *
 *   word                 a folded word of the text (core/text.h); letters repeated more than twice are cut to two
 *   word word            two neighbouring words
 *   微信                 two neighbouring ideographs, as search_tokenizer.h cuts them
 *   form:…               how the comment looks: links, length, scripts, capitals (spam_form.c)
 *   host:…, tld:…        the host of a link, and the end of it
 *   link:…, link text:…  a word of a link's path, and of its text
 *   name:…, site:…       a word of the author's name, and the host of the author's own link
 *
 * No email address and no long number is a feature, so none is stored with the counts.
 *
 * The features follow from the comment alone, never from what was learned. So learning a comment can be undone with
 * the same features.
 */
#ifndef STORE_SPAM_SPAM_FEATURE_H
#define STORE_SPAM_SPAM_FEATURE_H

#include <stddef.h>
#include <stdint.h>

enum {
	SPAM_FEATURES_MAX = 400,     /* features of one comment */
	SPAM_FEATURE_BYTES = 64,     /* of one feature, with the NUL */
	SPAM_TEXT_HEAD = 16 * 1024,  /* of a longer text only so many bytes of its beginning and end are read */
	SPAM_TEXT_TAIL = 6 * 1024,
	SPAM_UNKNOWN_MAX = 3072,     /* different features without a row in the prior, after which only those with one count */
};

/* What is known of a comment. Each text may be NULL. Text that is not UTF-8 is cleaned (text_clean()). */
struct spam_comment {
	const char *text; /* Markdown, as it was typed */
	const char *name; /* of its author */
	const char *link; /* of its author, as it was typed */
};

struct spam_feature {
	const char *name;
	int64_t spam, ham; /* in how many comments of each kind it was; set by spam_count.h or spam_table.h, else 0 */
	double weight;     /* > 0: speaks for spam; set by spam_score.h */
	double surprise;   /* how unlikely the weight is by chance, >= 0; set by spam_score.h */
};

struct spam_features {
	struct spam_feature *list; /* in the arena, each once */
	size_t count;              /* at most SPAM_FEATURES_MAX */
	size_t looked_at;          /* how many words, pairs and other features were considered: the work that was done */
};

#endif
