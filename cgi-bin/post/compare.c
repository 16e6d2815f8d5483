/* Compares two versions of a post by words. */
#include "post_list.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"
#include "page/post/text_merge.h"
#include "store/post/post_author.h"

/* How many unchanged characters are shown before and after a change. */
enum { AROUND = 160 };

const struct field compare_fields[] = {
	{ .name = "from", .type = FIELD_LINE, .max = 20 },
	{ .name = "to", .type = FIELD_LINE, .max = 20 },
	{ 0 },
};

static enum status
need_number(struct request *req, const char *field, const struct post_form *draft, struct revision *ret_revision)
{
	long long number;

	if (!str_to_integer(request_field(req, field) == NULL ? "" : request_field(req, field), &number))
		return NOT_FOUND;
	return revision_by_number(req->db, req->arena, draft->post.id, number, ret_revision);
}

static const char *
last_characters(const char *text, size_t most)
{
	size_t length = text_length(text);

	while (length-- > most)
		(void)text_next(&text);
	return text;
}

/* Adds unchanged text: its beginning after a change, its end before the next one, and a gap instead of the rest. */
static void
add_same(struct request *req, xmlNodePtr element, const char *text, bool first, bool last)
{
	if (text_length(text) <= 3 * AROUND) {
		(void)page_text(element, "same", text);
		return;
	}
	if (!first)
		(void)page_text(element, "same", text_cut(req->arena, text, AROUND));
	(void)page_element(element, "gap");
	if (!last)
		(void)page_text(element, "same", last_characters(text, AROUND));
}

static enum status
add_part(struct request *req, xmlNodePtr parent, const char *name, const char *before, const char *after)
{
	xmlNodePtr part = page_element(parent, name);
	struct change_piece *pieces;
	size_t count;

	TRY(text_merge_compare(req->arena, before, after, &pieces, &count));
	if (count > 1 || (count == 1 && pieces[0].change != CHANGE_SAME))
		page_attr(part, "changed", "yes");
	for (size_t i = 0; i < count; i++) {
		if (pieces[i].change == CHANGE_SAME)
			add_same(req, part, pieces[i].text, i == 0, i + 1 == count);
		else
			(void)page_text(part, pieces[i].change == CHANGE_OUT ? "deleted" : "inserted", pieces[i].text);
	}
	return OK;
}

static void
add_side(struct request *req, xmlNodePtr parent, const char *name, const struct post_form *draft, const struct revision *revision)
{
	xmlNodePtr side = page_element(parent, name);

	page_href(req->page, side, "href", arena_printf(req->arena, "%s/versions/%lld", post_form_path(req, draft), (long long)revision->number));
	page_attr_int(side, "number", revision->number);
	page_attr(side, "time", clock_rfc3339(req->arena, revision->created));
	page_attr(side, "time-text", clock_local(req->arena, revision->created));
	if (!str_empty(revision->user_name))
		page_attr(side, "by", revision->user_name);
}

/* GET /write/:id/compare?from=1&to=3 */
enum status
show_compare(struct request *req)
{
	struct revision from, to;
	struct post_form draft;
	xmlNodePtr comparison;

	TRY(post_form_load(req, &draft));
	TRY(need_number(req, "from", &draft, &from));
	TRY(need_number(req, "to", &draft, &to));
	TRY(post_list_page(req, "compare", draft.post.title));
	page_href(req->page, page_element(req->page->root, "all"), "href", arena_printf(req->arena, "%s/versions", post_form_path(req, &draft)));
	comparison = page_element(req->page->root, "comparison");
	add_side(req, comparison, "from", &draft, &from);
	add_side(req, comparison, "to", &draft, &to);
	TRY(add_part(req, comparison, "title", from.title, to.title));
	TRY(add_part(req, comparison, "summary", from.summary, to.summary));
	return add_part(req, comparison, "text", from.markdown, to.markdown);
}
