/*
 * Declared fields: what a stranger may say to one route is a constant table.
 * A value reaches a handler already decoded once, through the text gate, and
 * within its limits.
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
	FIELD_TEXT,     /* many lines */
	FIELD_CURSOR,   /* a place in a keyset list, "1700000000-42" */
	FIELD_EMAIL,    /* one line; browsers offer addresses */
	FIELD_SECRET,   /* one line that is never shown again: a password */
	FIELD_HIDDEN,   /* one line that nobody types */
	FIELD_CURRENT,  /* the same; a form that is shown again says what is so now, not what was sent */
	FIELD_CHOICE,   /* one of the field's choices */
	FIELD_FILE,     /* files: such a form travels as multipart/form-data (http/multipart.h) */
	FIELD_BASE,     /* one line that nobody types: what the form started from; the form then merges (http/form_merge.h) */
};

/* How two changes of one field are merged when a form turns out to be out of date (http/form_merge.h). */
enum field_merge {
	MERGE_CHOOSE = 0, /* when both sides changed it differently, the author chooses one of the two */
	MERGE_SET,        /* names with commas between: what one side added is added, what one side removed is removed */
	MERGE_LINES,      /* lines: a place that both changed stands twice, between marks */
};

/* Which of the choices of a field allows less; without the author's choice a merge takes that one. */
enum field_order {
	ORDER_NONE = 0,
	ORDER_STRICTER_LAST,  /* the table goes from the most open choice to the strictest */
	ORDER_STRICTER_FIRST,
};

/* What a FIELD_CHOICE may be; ended by a NULL value. */
struct field_choice {
	const char *value, *label; /* label in English for lang_text() */
};

struct field {
	const char *name;     /* as in the form; NULL ends the table */
	enum field_type type;
	size_t max;           /* code points; more is TOO_LARGE on POST and cut on GET. Of a FIELD_FILE: bytes of one file */
	bool required;
	const char *help;     /* a sentence below it, likewise; or NULL */
	const char *label;    /* what stands beside it in a form, in English for lang_text() */
	const struct field_choice *choices; /* of a FIELD_CHOICE */
	const char *autocomplete; /* a token of the WHATWG's HTML, 4.10.18.7.1, or NULL */
	const char *accept;   /* of a FIELD_FILE: what browsers offer first, such as "image/png"; or NULL */
	size_t many;          /* of a FIELD_FILE: how many one form may bring; 0: one */
	enum field_merge merge;
	enum field_order order; /* of a FIELD_CHOICE */
};

/*
 * The most name=value pairs and bytes that one form may have; beyond: BAD_REQUEST, TOO_LARGE.
 * A POST may have as many more bytes as its fields can need, 12 for each character.
 */
enum { FIELD_PAIRS_MAX = 200, FIELD_QUERY_MAX = 8192 };

struct field_values;

/* The bytes that a form with these fields may need, files aside. */
size_t field_room(const struct field *fields);

/* Whether a form with these fields brings files. */
bool field_has_file(const struct field *fields);

/*
 * Reads an application/x-www-form-urlencoded query (WHATWG URL, section 5.1)
 * by a table of fields, which may be NULL for "reads no field".
 *
 * lossy (GET): bad bytes and malformed escapes become U+FFFD, long values are
 * cut, unknown names are ignored. Otherwise (POST): bad text is INVALID, an
 * unknown name or a name given twice is BAD_REQUEST, a cursor that is none INVALID.
 * With both, a required field that is missing or empty is INVALID. On INVALID the values are
 * set all the same, cleaned, so that the form can be shown again.
 */
enum status field_parse(struct arena *arena, const struct field *fields, const char *query,
	size_t length, bool lossy, struct field_values **ret_values);

/*
 * The same rules, strict, for values that come one by one and are not encoded: BAD_REQUEST for a name that is unknown, comes twice
 * or belongs to a FIELD_FILE, TOO_LARGE, else OK. field_reader_end() tells OK from INVALID.
 */
struct field_reader;
struct field_reader *field_reader_new(struct arena *arena, const struct field *fields);
enum status field_reader_take(struct field_reader *reader, const char *name, const char *bytes, size_t length);
enum status field_reader_end(struct field_reader *reader, struct field_values **ret_values);

/*
 * The value of a declared field, or NULL when it was not given. Asking for a
 * name that the table does not hold ends the process: a programming error.
 */
const char *field_value(const struct field_values *values, const char *name);

/* Gives a declared field another value for the rest of the request, such as the one that its author chose; NULL: not given. */
void field_replace(struct field_values *values, const char *name, const char *value);

/* Whether what was given for a field could not be kept: bytes that are no text, a choice that is none. */
bool field_refused(const struct field_values *values, const char *name);

/* Where the text gate refused what was given for a field; NULL when it did not. */
const struct text_fault *field_fault(const struct field_values *values, const char *name);

/* The two numbers of a FIELD_CURSOR value; false when the text is no cursor. */
bool field_cursor(const char *value, long long *ret_first, long long *ret_second);

/* Percent-decodes in place; false when an escape is malformed (those bytes stay). */
bool field_decode(char *bytes, size_t *length, bool plus_is_space);

#endif
