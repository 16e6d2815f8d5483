/*
 * Declared fields: a constant table lists what a request to one route may contain. A value reaches the handler
 * decoded once, as valid text (core/text.h) and within its limits.
 */
#ifndef CORE_FIELD_H
#define CORE_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/status.h"
#include "core/text.h"

enum field_type {
	FIELD_LINE = 1, /* one line of text */
	FIELD_TEXT,     /* several lines */
	FIELD_CURSOR,   /* a position in a keyset list, "1700000000-42" */
	FIELD_EMAIL,    /* one line; browsers suggest email addresses */
	FIELD_SECRET,   /* one line that is never sent back: a password */
	FIELD_HIDDEN,   /* one line in a hidden input */
	FIELD_CURRENT,  /* hidden, too; when the form is shown again it holds the current value, not the submitted one */
	FIELD_CHOICE,   /* one of the field's choices */
	FIELD_FILE,     /* files; the form is sent as multipart/form-data (http/multipart.h) */
	FIELD_BASE,     /* hidden: the values that the form started from, so that it can be merged (http/form_merge.h) */
};

/* How two changes to one field are merged when a submitted form is out of date (http/form_merge.h). */
enum field_merge {
	MERGE_CHOOSE = 0, /* when both sides changed it differently, the author chooses one of the two */
	MERGE_SET,        /* names separated by commas: additions and removals of both sides are applied */
	MERGE_LINES,      /* lines: a part that both sides changed appears twice, between conflict markers */
};

/* Which choices of a field allow less. When the author has not decided, a merge takes the stricter one. */
enum field_order {
	ORDER_NONE = 0,
	ORDER_STRICTER_LAST,  /* the table goes from the most open choice to the strictest */
	ORDER_STRICTER_FIRST,
};

/* The values of a FIELD_CHOICE; ended by a NULL value. */
struct field_choice {
	const char *value, *label; /* label in English for lang_text() */
};

struct field {
	const char *name;     /* as in the form; NULL ends the table */
	enum field_type type;
	size_t max;           /* code points; more is TOO_LARGE on POST and cut on GET. FIELD_FILE: bytes of one file */
	bool required;
	const char *help;     /* one sentence of help, in English for lang_text(); or NULL */
	const char *label;    /* its label in the form, in English for lang_text() */
	const struct field_choice *choices; /* for a FIELD_CHOICE */
	const char *autocomplete; /* a token of HTML (WHATWG, 4.10.18.7.1), or NULL */
	const char *accept;   /* for a FIELD_FILE: the types that browsers offer first, such as "image/png"; or NULL */
	size_t many;          /* for a FIELD_FILE: how many files one form may contain; 0: one */
	enum field_merge merge;
	enum field_order order; /* for a FIELD_CHOICE */
};

/*
 * The most name=value pairs, and the most bytes, of one form; more is BAD_REQUEST or TOO_LARGE. In a POST, the most
 * that its fields can need (12 bytes per character) is added to the bytes.
 */
enum { FIELD_PAIRS_MAX = 200, FIELD_QUERY_MAX = 8192 };

struct field_values;

/* The most bytes that a form with these fields may have, without files. */
size_t field_room(const struct field *fields);

/* Whether a form with these fields contains files. */
bool field_has_file(const struct field *fields);

/*
 * Parses an application/x-www-form-urlencoded query (WHATWG URL, section 5.1) by a table of fields. fields may be
 * NULL: no field is read.
 *
 * With lossy (GET), bad bytes and malformed escapes become U+FFFD, long values are cut and unknown names are
 * ignored. Without it (POST), bad text and a bad cursor are INVALID, an unknown name or a name given twice is
 * BAD_REQUEST, and a value longer than its field is TOO_LARGE. In both, a required field that is missing or empty
 * is INVALID.
 *
 * On INVALID, and when a value is too long, *ret_values is still set, cleaned and not cut, so that the form can be
 * shown again. It is not set on BAD_REQUEST, nor when the whole query is too long (TOO_LARGE). The values are in
 * the arena.
 */
enum status field_parse(struct arena *arena, const struct field *fields, const char *query,
	size_t length, bool lossy, struct field_values **ret_values);

/*
 * Reads the same form from single, unencoded values, with the rules of POST. field_reader_take() returns
 * BAD_REQUEST for a name that is unknown, given twice or of a FIELD_FILE, else OK. field_reader_end() returns OK,
 * INVALID or TOO_LARGE and always sets the values.
 */
struct field_reader;
struct field_reader *field_reader_new(struct arena *arena, const struct field *fields);
enum status field_reader_take(struct field_reader *reader, const char *name, const char *bytes, size_t length);
enum status field_reader_end(struct field_reader *reader, struct field_values **ret_values);

/*
 * The value of a declared field, or NULL when it was not given. Aborts for a name that is not in the table, which
 * is a programming error.
 */
const char *field_value(const struct field_values *values, const char *name);

/*
 * Replaces the value of a declared field for the rest of the request, such as by the author's choice. NULL: not
 * given.
 */
void field_replace(struct field_values *values, const char *name, const char *value);

/* Whether a field's value was not acceptable as sent: not valid text, not one of the choices, or too long. */
bool field_refused(const struct field_values *values, const char *name);

/* Where text_accept() rejected the text of a field; NULL when it did not. */
const struct text_fault *field_fault(const struct field_values *values, const char *name);

/* Reads the two numbers of a FIELD_CURSOR value; false when the text is not a cursor. */
bool field_cursor(const char *value, long long *ret_first, long long *ret_second);

/* Decodes percent escapes in place. False when an escape is malformed; its bytes stay as they are. */
bool field_decode(char *bytes, size_t *length, bool plus_is_space);

#endif
