/* Merges the texts of two users who edited the same post, by lines, based on the version that the form started from. */
#include "post_list.h"

#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/text_merge.h"
#include "store/post/post_author.h"

static const char mark_of_end[] = N_("**⚠ End of conflict.**");

enum status
post_merge_lines(struct request *req, const char *base, const char *mine, const char *theirs, char **ret_text, size_t *ret_places)
{
	const struct text_merge_marks marks = { _("**⚠ Both of you changed this part. Your version:**"), _("**⚠ Their version:**"), lang_text(mark_of_end) };

	return text_merge_lines(req->arena, base, mine, theirs, &marks, ret_text, ret_places);
}

enum status
post_merge_started(struct request *req, const struct post_form *draft, const char *const **ret_started)
{
	const char *number = str_equal(req->method, "POST") ? request_field(req, "revision") : NULL, **started;
	struct revision base;
	enum status status;
	long long revision;

	*ret_started = NULL;
	if (draft->post.id == 0 || number == NULL || !str_to_integer(number, &revision))
		return OK;
	status = revision_by_number(req->db, req->arena, draft->post.id, revision, &base);
	if (status != OK)
		return status == NOT_FOUND ? OK : status;
	started = arena_array(req->arena, 3, sizeof(*started));
	started[0] = "text";
	started[1] = base.markdown;
	*ret_started = started;
	return OK;
}

/* Checks the marker of every language, since the merging page may have been in another one. */
bool
post_merge_is_open(const char *markdown)
{
	const char *used = lang_used();
	bool open = false;

	for (size_t i = 0; languages[i].code != NULL; i++) {
		lang_use(languages[i].code);
		open = open || strstr(markdown, lang_text(mark_of_end)) != NULL;
	}
	lang_use(used);
	return open;
}
