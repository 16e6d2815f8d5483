/* Adding a comment, declared in comment.h. */
#include "core/clock.h"
#include "core/str.h"
#include "store/comment/comment.h"
#include "store/comment/comment_path.h"
#include "store/comment/comment_place.h"

QUERY(add,
	"INSERT INTO comment (post_id, parent_id, user_id, name, link, person, network, state, reason, reason_note, text, xhtml, lang,"
	" created, stamp, sample) VALUES (:post, :parent, :user, :name, :link, :person, :network, :state, :reason, :reason_note, :text,"
	" :xhtml, :lang, :created, CASE WHEN :stamp = '' THEN NULL ELSE :stamp END, :sample) RETURNING id");
QUERY(set_place, "UPDATE comment SET root_id = :root, depth = :depth, path = :path WHERE id = :id");

static const char *
given(const char *text)
{
	return text == NULL ? "" : text;
}

/* Sets what follows from the parent. */
static enum status
take_parent(struct db *db, struct arena *arena, struct comment *comment)
{
	struct comment parent;
	enum status status;

	comment->root_id = comment->id;
	comment->path = "";
	if (comment->parent_id == 0)
		return OK;
	status = comment_by_id(db, arena, comment->parent_id, &parent);
	if (status == NOT_FOUND)
		return INVALID;
	TRY(status);
	if (parent.post_id != comment->post_id || !str_equal(parent.state, "shown"))
		return INVALID;
	comment->root_id = parent.root_id;
	comment->depth = parent.depth < COMMENT_DEPTH_MAX ? parent.depth + 1 : COMMENT_DEPTH_MAX;
	comment->path = parent.path;
	return OK;
}

enum status
comment_add(struct db *db, struct arena *arena, const struct comment *comment, const char *state, int64_t *ret_id)
{
	struct comment added = *comment;
	bool shown = str_equal(state, "shown");

	added.depth = added.listed = 0;
	TRY(take_parent(db, arena, &added));
	TRY(query_insert(db, add, &added.id, BIND(INT("post", added.post_id), REFERENCE("parent", added.parent_id),
		REFERENCE("user", added.user_id), TEXT("name", given(added.name)), TEXT("link", given(added.link)),
		TEXT("person", given(added.person)), TEXT("network", given(added.network)), TEXT("state", state),
		TEXT("reason", given(added.reason)), TEXT("reason_note", given(added.reason_note)), TEXT("text", given(added.text)),
		TEXT("xhtml", given(added.xhtml)), TEXT("lang", given(added.lang)),
		INT("created", added.created != 0 ? added.created : clock_now()), TEXT("stamp", given(added.stamp)),
		INT("sample", added.sample))));
	if (added.id >= COMMENT_ID_END)
		return FULL;
	if (added.parent_id == 0)
		added.root_id = added.id;
	else
		added.path = comment_path_add(arena, added.path, added.id);
	TRY(query_run(db, set_place, BIND(INT("id", added.id), INT("root", added.root_id), INT("depth", added.depth), TEXT("path", added.path))));
	if (shown)
		TRY(comment_place(db, arena, &added));
	if (shown || str_equal(state, "held"))
		TRY(thread_change(db, added.post_id, &(struct thread_change){ .shown = shown, .waiting = !shown, .seen = shown }));
	*ret_id = added.id;
	return OK;
}
