/* Two who wrote on the same post: both texts, and a proposal of the two put together. */
#include "desk.h"

#include <string.h>

#include "core/str.h"
#include "page/lang.h"
#include "page/merge.h"
#include "store/desk.h"

static const char *
sent(const struct request *req, const char *name)
{
	const char *value = request_field(req, name);

	return value == NULL ? "" : value;
}

/* A line that only one of them changed; what both changed stays with whoever sends now. */
static const char *
line_of(const char *base, const char *mine, const char *theirs)
{
	return str_equal(mine, base) ? theirs : mine;
}

/* What this form began with; nothing when that version is not known. */
static enum status
base_of(struct request *req, const struct draft *draft, int64_t number, struct revision *ret_base)
{
	enum status status = revision_by_number(req->db, req->arena, draft->post.id, number, ret_base);

	if (status == NOT_FOUND) {
		*ret_base = (struct revision){ .title = "", .summary = "", .markdown = "" };
		return OK;
	}
	return status;
}

enum status
together_propose(struct request *req, const struct draft *draft, const char *const **ret_instead)
{
	const struct merge_marks marks = { _("**⚠ Both of you changed this place. Yours:**"), _("**⚠ Theirs:**"), _("**⚠ Until here.**") };
	const char *mine = sent(req, "text"), **instead;
	long long number;
	struct revision base;
	size_t places = 0;
	xmlNodePtr conflict;
	char *text;

	if (draft->post.id == 0 || !str_to_integer(sent(req, "revision"), &number) || number == draft->post.revision)
		return OK;
	TRY(base_of(req, draft, number, &base));
	TRY(merge_texts(req->arena, base.markdown, mine, draft->markdown, &marks, &text, &places));
	conflict = page_element(req->page->root, "conflict");
	page_attr_int(conflict, "places", (int64_t)places);
	(void)page_text(conflict, "mine", mine);
	(void)page_text(conflict, "theirs", draft->markdown);
	instead = arena_array(req->arena, 7, sizeof(*instead));
	instead[0] = "text", instead[1] = text;
	instead[2] = "title", instead[3] = line_of(base.title, sent(req, "title"), draft->post.title);
	instead[4] = "summary", instead[5] = line_of(base.summary, sent(req, "summary"), draft->post.summary);
	*ret_instead = instead;
	return OK;
}

bool
together_is_open(const char *markdown)
{
	return strstr(markdown, _("**⚠ Until here.**")) != NULL;
}
