#include "http/form_merge.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "http/form_base.h"
#include "http/form_internal.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"

enum { SHOWN_MAX = 200 }; /* characters of a value in a message */

static const char base_name[] = "base", mine_word[] = "mine", theirs_word[] = "theirs";

/* The result of merging one field. */
enum merged {
	MERGED_SUBMITTED,   /* the sent value: nobody else changed the field, or both sides agree */
	MERGED_STORED, /* the stored value: only somebody else changed the field */
	MERGED_BOTH,   /* a merge of both changes */
	MERGED_CONFLICT,   /* the author has to choose */
};

struct merge {
	struct request *req;
	const struct form *form; /* NULL in a handler */
	const char *const *stored;
	struct form_base base;
	struct str next;         /* the base of the form that is shown */
	struct str items;        /* what was merged, one sentence per line */
};

/* --- the values that a form started from ----------------------------------------- */

static const char *
value_in(const char *const *values, const char *name)
{
	for (; values != NULL && values[0] != NULL; values += 2)
		if (str_equal(values[0], name))
			return values[1] == NULL ? "" : values[1];
	return NULL;
}

static const struct field *
field_in(const struct field *fields, const char *name)
{
	for (; fields != NULL && fields->name != NULL; fields++)
		if (str_equal(fields->name, name))
			return fields;
	return NULL;
}

/* path: of the form. sent: whether the form was sent. */
static enum status
open_base(struct merge *merge, const char *path, bool sent)
{
	const char *base = sent ? request_field(merge->req, base_name) : NULL;

	return form_base_open(merge->req, path, sent && base == NULL ? "" : base, &merge->base);
}

static bool
is_merged(const struct field *field)
{
	switch (field->type) {
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_EMAIL:
	case FIELD_CHOICE: return true;
	case FIELD_CURSOR:
	case FIELD_SECRET:
	case FIELD_HIDDEN:
	case FIELD_CURRENT:
	case FIELD_FILE:
	case FIELD_BASE: break;
	}
	return false;
}

size_t
merge_choice_fields(struct arena *arena, const struct field *fields, struct field *ret_fields)
{
	static const struct field_choice sides[] = { { mine_word, "" }, { theirs_word, "" }, { 0 } };
	size_t count = 0;

	if (field_in(fields, base_name) == NULL)
		return 0;
	for (; fields->name != NULL; fields++)
		if (is_merged(fields) && !str_equal(fields->name, "do"))
			ret_fields[count++] = (struct field){ .name = arena_printf(arena, "choose_%s", fields->name), .type = FIELD_CHOICE, .max = 6,
				.choices = sides };
	return count;
}

/* --- one field --------------------------------------------------------------------- */

static const char *
choice_sent(const struct merge *merge, const struct field *field)
{
	return request_field(merge->req, arena_printf(merge->req->arena, "choose_%s", field->name));
}

static int
place_of(const struct field *field, const char *value)
{
	int place = 0;

	while (field->choices[place].value != NULL && !str_equal(field->choices[place].value, value))
		place++;
	return place;
}

/* The side with the stricter value; NULL for a field without an order. */
static const char *
stricter(const struct field *field, const char *mine, const char *stored)
{
	bool later;

	if (field->order == ORDER_NONE || field->choices == NULL)
		return NULL;
	later = place_of(field, mine) > place_of(field, stored);
	return later == (field->order == ORDER_STRICTER_LAST) ? mine_word : theirs_word;
}

static enum merged
merged_how(const struct merge *merge, const struct field *field, const char *mine, const char *stored)
{
	bool open = form_base_asks(&merge->base, field->name), unchanged = form_base_is(&merge->base, field, field->name, stored);

	if (str_equal(mine, stored))
		return MERGED_SUBMITTED;
	if (unchanged)
		return open ? MERGED_CONFLICT : MERGED_SUBMITTED;
	if (form_base_is(&merge->base, field, field->name, mine) || (open && str_equal(choice_sent(merge, field), theirs_word)))
		return MERGED_STORED;
	return field->merge == MERGE_CHOOSE ? MERGED_CONFLICT : MERGED_BOTH;
}

static bool
has_member(struct arena *arena, const char *list, const char *wanted)
{
	const char *member;

	while ((member = text_list_next(arena, &list)) != NULL)
		if (str_equal(member, wanted))
			return true;
	return false;
}

/* The sent list without what others removed, followed by what they added. */
static const char *
merge_sets(const struct merge *merge, const struct field *field, const char *mine, const char *stored)
{
	struct arena *arena = merge->req->arena;
	struct str text = str_init(arena);
	const char *member, *rest = mine;

	while ((member = text_list_next(arena, &rest)) != NULL)
		if (has_member(arena, stored, member) || !form_base_has(&merge->base, field->name, member))
			str_printf(&text, "%s%s", text.length == 0 ? "" : ", ", member);
	for (rest = stored; (member = text_list_next(arena, &rest)) != NULL;)
		if (!has_member(arena, mine, member) && !form_base_has(&merge->base, field->name, member))
			str_printf(&text, "%s%s", text.length == 0 ? "" : ", ", member);
	return text.bytes;
}

/* Merges from the text that the form started from, if it is known. */
static enum status
merge_lines(const struct merge *merge, const struct field *field, const char *mine, const char *stored, const char **ret_text, size_t *ret_places)
{
	const char *started = value_in(merge->form->started, field->name);
	char *text;

	if (started == NULL || !form_base_is(&merge->base, field, field->name, started))
		started = "";
	TRY(merge->form->merge_lines(merge->req, started, mine, stored, &text, ret_places));
	*ret_text = text;
	return OK;
}

/* --- in a handler ------------------------------------------------------------------ */

/* Applies the author's choice, if there was one. */
static enum status
take_choice(struct merge *merge, const struct field *field, const char *mine, const char *stored)
{
	const char *choice = choice_sent(merge, field);

	if (str_empty(choice))
		choice = stricter(field, mine, stored);
	if (choice == NULL)
		return form_wrong(merge->req, field->name, _("Choose which of the two to keep."));
	if (str_equal(choice, theirs_word))
		field_replace(merge->req->fields, field->name, stored);
	return OK;
}

enum status
form_merge(struct request *req, const char *const *stored, const struct form_watched *watched)
{
	struct merge merge = { .req = req };
	enum status status = OK;
	bool changed = false;

	TRY(open_base(&merge, page_encode_path(req->arena, arena_printf(req->arena, "%s%s", req->prefix, req->path)), true));
	for (const struct field *field = req->route->fields; field->name != NULL; field++) {
		const char *now = value_in(stored, field->name), *mine = now == NULL || !is_merged(field) ? NULL : request_field(req, field->name);
		enum merged merged = mine == NULL ? MERGED_SUBMITTED : merged_how(&merge, field, mine, now);
		if (merged == MERGED_SUBMITTED)
			continue;
		if (merged == MERGED_CONFLICT && form_base_asks(&merge.base, field->name) && form_base_is(&merge.base, field, field->name, now))
			status = take_choice(&merge, field, mine, now) == OK ? status : INVALID;
		else
			changed = true;
	}
	for (; watched != NULL && watched->name != NULL; watched++)
		changed = changed || !form_base_is(&merge.base, NULL, watched->name, watched->value);
	if (!changed)
		return status;
	(void)form_wrong(req, "", _("Not saved yet: this was changed elsewhere while your form was open. Check the form, then save again."));
	return CONFLICT;
}

/* --- in a form that is shown -------------------------------------------------------- */

enum status
merge_begin(struct request *req, const struct form *form, const char *const *stored, bool sent, struct merge **ret_merge)
{
	struct merge *merge;

	*ret_merge = NULL;
	if (field_in(form->fields, base_name) == NULL || stored == NULL)
		return OK;
	merge = arena_new_of(req->arena, struct merge);
	merge->req = req;
	merge->form = form;
	merge->stored = stored;
	merge->next = str_init(req->arena);
	merge->items = str_init(req->arena);
	TRY(open_base(merge, form->path, sent));
	*ret_merge = merge;
	return OK;
}

/* A value as text for a message; for a choice, its label. */
static const char *
shown(const struct merge *merge, const struct field *field, const char *value)
{
	for (const struct field_choice *choice = field->choices; choice != NULL && choice->value != NULL; choice++)
		if (str_equal(choice->value, value))
			return *choice->label == '\0' ? value : lang_text(choice->label);
	return text_shorten(merge->req->arena, value, SHOWN_MAX);
}

static void
add_item(struct merge *merge, const char *sentence)
{
	str_printf(&merge->items, "%s%s", merge->items.length == 0 ? "" : "\n", sentence);
}

static void
say_theirs(struct merge *merge, const struct field *field, xmlNodePtr element, const char *mine)
{
	page_attr(element, "note", *mine == '\0' ? _("Changed elsewhere. Your form had nothing here.") :
		arena_printf(merge->req->arena, _("Changed elsewhere. Your form had: %s"), shown(merge, field, mine)));
	add_item(merge, arena_printf(merge->req->arena, _("%s: changed elsewhere; the form now holds that change."), lang_text(field->label)));
}

static void
say_both(struct merge *merge, const struct field *field, xmlNodePtr element, const char *mine, const char *stored, size_t places)
{
	if (field->merge == MERGE_LINES) {
		(void)page_text(element, "mine", mine);
		(void)page_text(element, "theirs", stored);
	} else {
		page_attr(element, "note", arena_printf(merge->req->arena, _("Both changes are here. Your form had: %s"), shown(merge, field, mine)));
	}
	add_item(merge, arena_printf(merge->req->arena, places == 0 ? _("%s: the form holds both changes.") :
		_("%s: the form holds both changes. Places that both changed are marked with ⚠ and stand twice: keep one of each, and remove the marks."),
		lang_text(field->label)));
}

/* Adds the stored value, which the author can choose instead of the one in the field. */
static void
say_open(struct merge *merge, const struct field *field, xmlNodePtr element, const char *mine, const char *stored, const char *choice)
{
	xmlNodePtr other = page_text(element, "other", field->choices == NULL ? stored : shown(merge, field, stored));

	if (str_empty(choice))
		choice = stricter(field, mine, stored);
	page_attr(other, "chosen", choice);
	add_item(merge, arena_printf(merge->req->arena, _("%s: changed here and elsewhere. Choose which of the two to keep."), lang_text(field->label)));
}

static void
add_entry(struct merge *merge, const struct field *field, const char *name, const char *stored, bool open)
{
	str_printf(&merge->next, "%s%s%s:%s", merge->next.length == 0 ? "" : " ", open ? "!" : "", name,
		form_base_entry(&merge->base, field, name, stored));
}

enum status
merge_field(struct merge *merge, const struct field *field, xmlNodePtr element, const char **value)
{
	const char *mine = *value, *stored = value_in(merge->stored, field->name);
	enum merged merged = MERGED_SUBMITTED;
	size_t places = 0;

	if (stored == NULL || !is_merged(field))
		return OK;
	if (merge->base.sent != NULL && mine != NULL)
		merged = merged_how(merge, field, mine, stored);
	else
		*value = stored;
	/* A form that is only looked at (a preview) keeps what was sent, including choices that were already open. */
	if (merge->form->repeat && !(merged == MERGED_CONFLICT && form_base_asks(&merge->base, field->name)))
		return OK;
	switch (merged) {
	case MERGED_SUBMITTED:
		break;
	case MERGED_STORED:
		*value = stored;
		say_theirs(merge, field, element, mine);
		break;
	case MERGED_BOTH:
		if (field->merge == MERGE_LINES)
			TRY(merge_lines(merge, field, mine, stored, value, &places));
		else
			*value = merge_sets(merge, field, mine, stored);
		say_both(merge, field, element, mine, stored, places);
		break;
	case MERGED_CONFLICT:
		say_open(merge, field, element, mine, stored, choice_sent(merge, field));
		break;
	}
	add_entry(merge, field, field->name, stored, merged == MERGED_CONFLICT);
	return OK;
}

const char *
merge_end(struct merge *merge, xmlNodePtr form)
{
	xmlNodePtr merged;
	char *items, *item;

	for (const struct form_watched *watched = merge->form->watched; watched != NULL && watched->name != NULL; watched++) {
		if (merge->base.sent != NULL && !merge->form->repeat && !form_base_is(&merge->base, NULL, watched->name, watched->value))
			add_item(merge, arena_printf(merge->req->arena, _("%s: changed elsewhere, now %s."), watched->label,
				text_shorten(merge->req->arena, text_collapse(merge->req->arena, watched->text), SHOWN_MAX)));
		add_entry(merge, NULL, watched->name, watched->value, false);
	}
	if (merge->items.length > 0) {
		merged = page_element(form, "merged");
		items = merge->items.bytes;
		while ((item = strsep(&items, "\n")) != NULL)
			(void)page_text(merged, "item", item);
	}
	return merge->form->repeat && merge->base.sent != NULL ? merge->base.sent : merge->next.bytes;
}
