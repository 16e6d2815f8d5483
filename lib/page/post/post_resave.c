#include "page/post/post_resave.h"

#include "core/str.h"
#include "page/post/image.h"

static void
keep_tags(struct arena *arena, struct post_save *save)
{
	const char **tags = arena_array(arena, save->post.tag_count + 1, sizeof(*tags));

	for (size_t i = 0; i < save->post.tag_count; i++)
		tags[save->tag_count++] = save->post.tags[i].name;
	save->tags = tags;
}

enum status
post_resave_begin(struct db *db, struct arena *arena, const struct post *post, const char *markdown, struct post_save *ret_save)
{
	struct post_save save = { .post = *post, .text.markdown = markdown, .expected_revision = post->revision, .reason = "save" };
	struct post_link *links;

	keep_tags(arena, &save);
	TRY(post_links(db, arena, post->id, &links, &save.link_count));
	save.links = links;
	TRY(image_links(db, arena, &save));
	*ret_save = save;
	return OK;
}

const char *
post_resave_kind(const struct post *post, const char *type)
{
	if (str_equal(post->kind, "page"))
		return post->kind;
	if (type == NULL)
		return "article";
	return str_starts(type, "video/") ? "video" : "audio";
}
