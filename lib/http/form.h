/*
 * Forms. One table of fields defines both what a POST accepts and what its form shows. Every form contains a proof
 * that its sender meant to send it.
 *
 * The proof (OWASP, Cross-Site Request Forgery Prevention): for signed-in users, a digest of the session token and
 * the address, which no other site can know. For visitors, a time signed by the site, valid for a day. In both
 * cases, if the browser says where the form comes from (Sec-Fetch-Site, Origin), that must be this site.
 *
 * Every proof also contains and signs a random one-time id. So no two forms have the same proof, and a form that
 * creates something is accepted once (http/form_once.h). The proof is "ID.DIGEST" for signed-in users and
 * "TIME.ID.SIGNATURE" for visitors. A script that sends one form several times, with one file each, adds a
 * different part to each proof: ".PART", up to 43 characters of A-Z a-z 0-9 - _.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "http/request.h"
#include "http/route_table.h"

enum { FORM_STAMP_SECONDS = 24 * 3600 };

/* A problem with one field or, with an empty name, with the whole form. */
struct form_problem {
	struct form_problem *next;
	const char *field;
	const char *sentence; /* translated */
};

struct form_watched;

struct form {
	const char *name;   /* for the theme, such as "sign-in" */
	const char *path;   /* local and encoded; where the form is sent to, and what its proof is for */
	const struct field *fields; /* of the POST route */
	const char *button; /* translated; NULL: see buttons */
	const char *direct; /* for form_add_open(): what the button says once a script has a proof; or NULL */
	const struct field_choice *buttons; /* several buttons; their values are sent as the field "do"; Enter presses the first */
	enum proof proof;   /* of the POST route */
	const char *const *instead; /* pairs of name and value, ended by NULL, that replace what was typed; or NULL */

	/* Only for a form that merges (http/form_merge.h): */
	const struct form_watched *watched; /* or NULL */
	const char *const *started; /* pairs: the texts that MERGE_LINES fields started from, as far as known; or NULL */
	enum status (*merge_lines)(struct request *req, const char *base, const char *mine, const char *theirs, char **ret_text,
		size_t *ret_places); /* for MERGE_LINES */
	bool repeat;        /* the form is shown again without being saved, as by a preview; its base stays the one that was sent */
};

/*
 * Adds <form> to parent, with its fields, the values typed so far (never secrets), the problems and the proof.
 * values: pairs of name and value, ended by NULL, shown when nothing was typed yet; may be NULL. Makes the page
 * private.
 */
enum status form_add(struct request *req, xmlNodePtr parent, const struct form *form, const char *const *values);

/*
 * Adds a form without a proof and without values, for a page that caches keep: its route has COMMENT_STAMP. Does not make the page private.
 */
enum status form_add_open(struct request *req, xmlNodePtr parent, const struct form *form);

/* Adds suggestions for a field of the form that was last added to parent. values is ended by NULL. */
void form_suggest(xmlNodePtr parent, const char *field, const char *const *values);

/*
 * Reports a problem, to be shown with the form; returns INVALID. field: "" for the whole form. sentence:
 * translated, not copied.
 */
enum status form_wrong(struct request *req, const char *field, const char *sentence);

/* --- for dispatch.c ----------------------------------------------------------------- */

/* The fields of a route, followed by those for the choices of a merge and the proof. In the arena. */
const struct field *form_fields(struct arena *arena, const struct field *fields);

/* Whether users fill in a form with these fields. */
bool form_is_typed(const struct field *fields);

/* Whether a field is that of the proof. */
bool form_is_proof(const struct field *field);

/*
 * Checks the proof of the form that was sent. FORBIDDEN when it is not valid for this route. Sets req->form_id when
 * this site made the proof for this address (and, if it is a session's proof, for this session), even if it has
 * expired or is of the kind that another route needs. NOT_FOUND: a form with COMMENT_STAMP was sent without any proof, and may only be
 * previewed. A row with CAPABILITY needs no proof in the form: its handler checks the secret in the address.
 */
enum status form_proof(struct request *req);

#endif
