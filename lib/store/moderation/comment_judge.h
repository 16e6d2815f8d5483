/*
 * Decides what happens to a comment that somebody wrote or edited: it is shown, held for moderation, kept as spam, or
 * refused. comment_judge() does no I/O and uses only what it is given; judge_input_read() reads it from the database.
 *
 *     struct judge_request request = { .post_id = post.id, …, .text = text };
 *     struct judge_input input;
 *     struct judge_verdict verdict;
 *
 *     TRY(judge_input_read(db, arena, settings, &request, &input));
 *     comment_judge(&input, &verdict);
 *     if (verdict.action == JUDGE_REFUSE)
 *             …: verdict.status says how, judge_verdict_text() tells the author why
 *     comment.reason = verdict.code; comment.reason_note = verdict.note;
 *     TRY(comment_add(db, arena, &comment, judge_state(verdict.action)));
 *
 * The steps are rows of one table in comment_judge.c, in this order: staff, banned, duplicate, flood, rules, links,
 * first comment, classifier. The first step passes, and the comment is shown. Of the others, the strictest result
 * decides (refuse, spam, hold); of equal ones the first. So a guest's first comment is still kept as spam when the
 * classifier is certain.
 */
#ifndef STORE_MODERATION_COMMENT_JUDGE_H
#define STORE_MODERATION_COMMENT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"
#include "store/moderation/rule.h"
#include "store/moderation/rule_match.h"
#include "store/moderation/trust.h"

struct db;
struct setting_values;
struct user;

enum judge_action {
	JUDGE_SHOW = 1,
	JUDGE_HOLD,   /* a moderator decides */
	JUDGE_SPAM,   /* stored in the state "spam"; not in the moderation queue */
	JUDGE_REFUSE, /* not stored; the form is shown again with the text */
};

/* Which comments are held although nothing speaks against them: setting comments_hold. */
enum judge_hold {
	JUDGE_HOLD_GUESTS = 1, /* the first comment of a guest */
	JUDGE_HOLD_FIRST,      /* everybody's first comment */
	JUDGE_HOLD_ALL,        /* every comment */
};

/*
 * Everything that the steps use. It never contains a right that follows from what somebody typed: the typed name, link
 * and address are in `subject`, which only rules read. The identity comes only from the account or from the signed
 * cookie of a guest.
 */
struct judge_input {
	bool staff;           /* the author of the post, or may moderate comments */
	bool member;          /* has an account */
	bool banned;          /* a ban of the account, the network or the typed name holds */
	bool duplicate;       /* this person, or somebody in this network, sent the same text to this site within a day */
	bool flood;           /* more guest comments than comments_flood in the last hour */
	bool approved_before; /* this account, or this guest's cookie, has a comment that a moderator or this function approved */
	enum trust_level trust;
	enum judge_hold hold;
	const struct rule *rules;    /* all rules of the site; matched by the step itself */
	size_t rule_count;
	struct rule_subject subject; /* name, address, text and links, folded for rules */
	size_t links;                /* in the text and in the field for a link */
	size_t links_max;            /* more are held */
	int spam;                    /* the classifier's probability in thousandths, 0 to 1000 */
	int spam_hold, spam_certain; /* from here on: held, kept as spam; 0: never */
};

struct judge_verdict {
	enum judge_action action;
	const char *code; /* of the deciding step, such as "links"; "" when no step objected. A constant */
	const char *note; /* the note of the rule that decided, as its author typed it; else "". Lives as long as the input */
	enum status status; /* OK, or how to refuse: FORBIDDEN (banned), CONFLICT (the same text again), INVALID (a rule) */
	bool quiet;       /* held in a flood: no email to moderators */
};

void comment_judge(const struct judge_input *input, struct judge_verdict *ret_verdict);

/* The state (table comment) for an action: shown, held or spam. Aborts for JUDGE_REFUSE. */
const char *judge_state(enum judge_action action);

/* One step: its code in comment.reason, and texts in English for lang_text(). */
struct judge_reason {
	const char *code;
	const char *words;  /* for moderators: why the comment is held */
	const char *refusal; /* for the author, when this step refuses; else NULL */
};

/* The reason with that code, or NULL. "" has none. */
const struct judge_reason *judge_reason_of(const char *code);

/* What is known about a comment before it is judged. Nothing in it is NULL, except user. */
struct judge_request {
	int64_t now;            /* Unix seconds */
	int64_t post_id;
	int64_t post_author_id; /* of the post, or 0 */
	int64_t comment_id;     /* the comment that is being edited, or 0; it is no duplicate of itself */
	const struct user *user;   /* NULL: a guest */
	const char *person;     /* keyed digest of the guest's cookie, from a cookie with a valid signature; "" without one */
	const char *network;    /* keyed digest of the network, or "" */
	const char *name, *link, *email; /* as typed by a guest; of a member the account's; "" when there is none */
	const char *text;       /* Markdown, as typed */
};

/* Reads what comment_judge() needs, in the arena. OK or the database's errors. Writes nothing. */
enum status judge_input_read(struct db *db, struct arena *arena, const struct setting_values *settings,
	const struct judge_request *request, struct judge_input *ret_input);

#endif
