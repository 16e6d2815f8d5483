/*
 * Forms: one table of fields says what a POST takes and what its form shows, and every form carries a proof that it was
 * meant by whoever sends it.
 *
 * The proof (OWASP, Cross-Site Request Forgery Prevention): for those who have signed in, a digest of their session's token
 * and the address, which no other site can know. For strangers, a time signed by the site, good for a day. With both, a browser that
 * says where a form comes from (Sec-Fetch-Site, Origin) must name this site.
 *
 * Every proof also holds a random one-time id, which it signs: no two forms carry the same proof, and a form that creates something is taken
 * once (http/form_once.h). For those who have signed in it is "ID.DIGEST", for strangers "TIME.ID.SIGNATURE". A script that sends one form
 * several times, with a file each, adds a part of its own to each proof: ".PART", up to 43 of A-Z a-z 0-9 - _.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "http/request.h"
#include "http/route_table.h"

enum { FORM_STAMP_SECONDS = 24 * 3600 };

/* What is wrong with one field, or, with an empty name, with all of it. */
struct form_problem {
	struct form_problem *next;
	const char *field;
	const char *sentence; /* translated */
};

struct form_watched;

struct form {
	const char *name;   /* for the theme: "sign-in" */
	const char *path;   /* local and encoded; where it is sent to, and what its proof is for */
	const struct field *fields; /* of that POST */
	const char *button; /* translated; NULL: buttons */
	const struct field_choice *buttons; /* several, whose values are sent as the field "do"; the first is what Enter does */
	enum proof proof;   /* of that POST */
	const char *const *instead; /* pairs that stand in their fields whatever was typed, ended by NULL; or NULL */

	/* Of a form that merges (http/form_merge.h): */
	const struct form_watched *watched; /* or NULL */
	const char *const *started; /* pairs: the texts that a MERGE_LINES field started from, as far as they are known; or NULL */
	enum status (*merge_lines)(struct request *req, const char *base, const char *mine, const char *theirs, char **ret_text,
		size_t *ret_places); /* for MERGE_LINES */
	bool repeat;        /* shown again only to look at something, as by a preview: it stays as old as it was sent */
};

/*
 * Adds <form> to parent: fields with what was typed (secrets never), what is wrong with them, and the proof. values: what
 * stands in them when nothing was typed yet, pairs of name and value ended by NULL; may be NULL. Makes the page private.
 */
enum status form_add(struct request *req, xmlNodePtr parent, const struct form *form, const char *const *values);

/* What browsers may offer for a field of the form that was added to parent last; ended by NULL. */
void form_suggest(xmlNodePtr parent, const char *field, const char *const *values);

/* Notes what is wrong, for the form that is shown again; returns INVALID. sentence: translated. */
enum status form_wrong(struct request *req, const char *field, const char *sentence);

/* --- for dispatch.c ----------------------------------------------------------------- */

/* The fields of a route and, behind them, that of the proof. */
const struct field *form_fields(struct arena *arena, const struct field *fields);

bool form_is_proof(const struct field *field);

/*
 * Reads the proof of the form that was sent: sets req->form_id when this site made it for this address and this browser, although
 * it may have expired. FORBIDDEN when it is not what the route asks for.
 */
enum status form_proof(struct request *req);

#endif
