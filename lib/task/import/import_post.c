/* One file, from its text to a rendered and saved post. */
#include "task/import/import_internal.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"
#include "page/post/post_render.h"
#include "page/post/summary.h"
#include "store/media/media_library.h"
#include "store/post/import_source.h"
#include "store/post/translation.h"

/* --- what the front matter refers to ------------------------------------------------- */

/* Finds the author by name, slug or email address. For an unknown author the import's own author is used. */
static enum status
find_author(struct import *import, const struct import_file *file, struct arena *arena, const char *name,
	int64_t *ret_id)
{
	struct user *known, found;
	enum status status;

	*ret_id = import->options.author.id;
	if (name == NULL || import->options.target != NULL)
		return OK;
	known = map_get(import->authors, name);
	if (known == NULL) {
		status = user_by_name(import->db, arena, name, &found);
		if (status == NOT_FOUND)
			status = user_by_slug(import->db, arena, name, &found);
		if (status == NOT_FOUND)
			status = user_by_email(import->db, arena, name, &found);
		if (status != OK && status != NOT_FOUND)
			return status;
		known = arena_new_of(import->arena, struct user);
		known->id = status == OK ? found.id : 0;
		(void)map_put(import->authors, arena_dup(import->arena, name), known);
	}
	if (known->id != 0)
		*ret_id = known->id;
	else
		conversion_warnings_add(import->warnings, arena_printf(arena, "unknown author, replaced with %s",
			import->options.author.name), file->path, 0, name);
	return OK;
}

static enum status
find_files(struct import *import, const struct import_file *file, struct arena *arena,
	const struct import_values *values, struct import_post *post)
{
	if (values->cover != NULL)
		TRY(import_media(import, file, arena, values->cover, values->cover_line, N_("cover not found"), &post->cover));
	if (values->recording != NULL)
		TRY(import_media(import, file, arena, values->recording, values->recording_line, N_("audio or video file not found"), &post->recording));
	return OK;
}

/* --- translations ------------------------------------------------------------------------- */

/* The original of a translation may be a post that is not part of this folder. */
static enum status
find_original(struct import *import, const struct import_file *file, struct arena *arena, const char *slug,
	struct post *post)
{
	struct post original;
	enum status status;

	if (file->base != NULL || slug == NULL)
		return OK;
	/* In an upload only a post that its author may edit, as in the editor. */
	if (import->options.target != NULL)
		status = translation_find(import->db, arena, &import->options.author, slug, &original);
	else
		status = post_by_slug(import->db, arena, slug, &original);
	if (status == OK)
		post->work_id = original.work_id;
	else if (status == NOT_FOUND)
		conversion_warnings_add(import->warnings, N_("original of this translation not found"), file->path, 0, slug);
	return status == NOT_FOUND ? OK : status;
}

/* --- the post ----------------------------------------------------------------------------- */

static void
fill_times(const struct import_file *file, const struct import_values *values, struct post *post)
{
	/* Without a date in the file, its modification time is used, unless an earlier import has set a date. */
	if (post->published == 0)
		post->published = file->modified;
	if (values->published == 0 && file->named_date == 0 && str_equal(post->state, "draft"))
		post->created = post->published; /* see post_is_timed() */
	post->updated = values->updated > post->published ? values->updated : post->published;
}

/* "published" only when nothing says or suggests that the text was not public. */
static const char *
state_of(const struct import_file *file, const struct import_values *values)
{
	if (values->visibility.hidden || file->why_draft != NULL)
		return "draft";
	return values->visibility.ended ? "unpublished" : "published";
}

static void
fill(const struct import *import, const struct import_file *file, const struct import_text *source,
	const struct import_values *values, struct post_save *save)
{
	struct post *post = &save->post;

	post->slug = file->slug;
	post->kind = file->kind;
	post->lang = file->lang;
	post->title = source->title;
	post->state = state_of(file, values);
	post->access = values->visibility.access;
	post->summary = values->summary;
	post->cover_alt = values->cover_alt == NULL ? "" : values->cover_alt;
	post->featured = values->featured;
	post->comment_access = values->comment_access;
	post->canonical_url = values->canonical_url;
	post->published = values->published != 0 ? values->published : file->named_date;
	save->text.markdown = source->body;
	save->tags = values->tags;
	save->tag_count = values->tag_count;
	save->reason = "import";
	save->source = file->source;
	save->user_id = import->options.target == NULL ? 0 : import->options.author.id;
	save->sample = import->options.sample;
}

/*
 * Applies the author's rights to an upload: some values need an editor, and all posts become drafts unless publishing
 * was requested.
 */
static void
apply_rights(struct import *import, const struct import_file *file, const struct import_values *values, struct post *post)
{
	const struct import_target *target = import->options.target;

	if (target == NULL)
		return;
	if (!target->publish)
		post->state = "draft";
	if (values->author != NULL && !str_equal(values->author, import->options.author.name))
		conversion_warnings_add(import->warnings, N_("author ignored; a post belongs to the person who imports it"), file->path, 0, values->author);
	if (user_may(&import->options.author, RIGHT_EDIT))
		return;
	if (str_equal(post->kind, "page")) {
		conversion_warnings_add(import->warnings, N_("page imported as an article; only editors can create pages"), file->path, 0, NULL);
		post->kind = "article";
		/* A former page without a date must not be published with today's date. */
		if (!file->is_dated)
			post->state = "draft";
	}
	if (post->featured) {
		conversion_warnings_add(import->warnings, N_("\"featured\" ignored; only editors can feature a post on the home page"), file->path, 0, NULL);
		post->featured = 0;
	}
}

struct rendering {
	struct import *import;
	const struct import_file *file;
	int line; /* number of the body's first line, minus one */
};

/* Groups a warning such as "HTML became text: <span class="x">" by its kind and the name of the element. */
static void
warn(void *context, int line, const char *what)
{
	const struct rendering *rendering = context;
	const char *colon = strstr(what, ": ");
	struct arena *arena = arena_new();
	const char *kind = what, *detail = NULL;

	if (colon != NULL) {
		size_t name = strspn(colon + 2, "</");
		detail = colon + 2;
		kind = arena_bytes(arena, what, (size_t)(colon - what));
		if (name > 0) {
			size_t length = strcspn(detail + name, " />\n");
			kind = arena_printf(arena, "%s: <%.*s>", kind, length < 20 ? (int)length : 20, detail + name);
		}
	}
	conversion_warnings_add(rendering->import->warnings, kind, rendering->file->path, line > 0 ? rendering->line + line : 0, detail);
	arena_free(arena);
}

/* --- one file ---------------------------------------------------------------------------------- */

/* Reads the file again, and all files that it refers to. */
static enum status
gather(struct import *import, struct import_file *file, struct arena *arena, struct import_values *values, struct import_post *post,
	struct data_node_problem *problem)
{
	struct import_text *source = &post->source;

	TRY(import_read(import, file, arena, import->warnings, source, problem));
	import_values(arena, &source->front, import->layout, import->now, file->path, import->warnings, values);
	import_visibility_read(import, file, arena, source, values);
	if (source->cleaned > 0)
		conversion_warnings_count(import->warnings, N_("damaged or unsupported character, replaced with U+FFFD"), file->path, source->cleaned_line, NULL, source->cleaned);
	fill(import, file, source, values, &post->save);
	apply_rights(import, file, values, &post->save.post);
	TRY(find_author(import, file, arena, values->author, &post->save.post.author_id));
	TRY(find_original(import, file, arena, values->translation_of, &post->save.post));
	TRY(find_files(import, file, arena, values, post));
	return import_links(import, file, arena, source->body, source->body_line, &post->links, problem);
}

/* Compares it with the stored post, and renders it if it is to be saved. */
static enum status
finish(struct import *import, struct import_file *file, struct arena *arena, const struct import_values *values,
	struct import_post *post, enum import_outcome *ret_outcome, struct data_node_problem *problem)
{
	struct rendering rendering = { .import = import, .file = file, .line = post->source.body_line - 1 };
	const struct post_render_warnings warnings = { .warn = warn, .context = &rendering };

	TRY(import_compare(import, file, arena, values->visibility.hidden, post, ret_outcome));
	/* An existing post is not replaced by a text that contains its unreadable front matter. */
	if (*ret_outcome == IMPORT_READY && post->save.post.id != 0 && post->source.unclear != NULL) {
		*problem = *post->source.unclear;
		return INVALID;
	}
	import_note_visibility(import, file, &values->visibility, &post->save.post);
	if (*ret_outcome != IMPORT_READY)
		return OK;
	fill_times(file, values, &post->save.post);
	post->save.links = post->links.links;
	post->save.link_count = post->links.count;
	post->aliases = values->aliases;
	post->alias_count = values->alias_count;
	TRY(post_render_prepare(arena, import->conf, &post->save, &warnings, &problem->words));
	if (summary_reveals_cut(arena, &post->save)) {
		conversion_warnings_add(import->warnings, N_("summary that repeats text that is not public, left out"), file->path, 0, NULL);
		post->save.post.summary = "";
	}
	return OK;
}

enum status
import_prepare(struct import *import, struct import_file *file, struct arena *arena, struct import_post *ret_post,
	enum import_outcome *ret_outcome)
{
	struct import_post post = { .file = file };
	struct import_values values;
	struct data_node_problem problem = { 0 };
	enum status status = gather(import, file, arena, &values, &post, &problem);

	*ret_outcome = IMPORT_REFUSED;
	if (status == OK)
		status = finish(import, file, arena, &values, &post, ret_outcome, &problem);
	if ((status == INVALID || status == TOO_LARGE) && problem.words != NULL) {
		*ret_outcome = IMPORT_REFUSED;
		import_refuse(import, file, &problem);
		return OK;
	}
	TRY(status);
	*ret_post = post;
	return OK;
}

/* --- saving -------------------------------------------------------------------------------- */

/* "/2019/old-name/" was an address of this post. Its last part becomes a former slug that redirects to it. */
static enum status
save_aliases(struct import *import, struct arena *arena, const struct import_post *post)
{
	for (size_t i = 0; i < post->alias_count; i++) {
		char *alias = arena_bytes(arena, post->aliases[i], strcspn(post->aliases[i], "?#"));
		const char *slug;
		size_t length = strlen(alias);
		enum status status;
		while (length > 0 && alias[length - 1] == '/')
			alias[--length] = '\0';
		if (str_ends(alias, ".html"))
			alias[length - strlen(".html")] = '\0';
		slug = text_slug(arena, strrchr(alias, '/') == NULL ? alias : strrchr(alias, '/') + 1);
		if (*slug == '\0' || str_equal(slug, post->file->slug))
			continue;
		status = post_add_former_slug(import->db, post->file->post_id, slug);
		if (status == CONFLICT)
			conversion_warnings_add(import->warnings, N_("old URL already used by another post"), post->file->path, 0, post->aliases[i]);
		else
			TRY(status);
	}
	return OK;
}

static enum status
need_media(struct import *import, struct media *media, int64_t *ret_id)
{
	if (media == NULL)
		return OK;
	if (import->options.target != NULL)
		TRY(media_library_add(import->db, import->arena, import->conf->media, &import->options.author, media));
	else
		TRY(media_find_or_add(import->db, media, import->options.sample));
	*ret_id = media->id;
	return OK;
}

/* A work has at most one post in each language; the editor follows the same rule. */
static enum status
check_translation(struct import *import, const struct import_file *file, struct post_save *save)
{
	enum status status;

	if (import->options.target == NULL || save->post.work_id == 0)
		return OK;
	status = translation_free(import->db, save->post.work_id, save->post.lang, save->post.id);
	if (status != CONFLICT)
		return status;
	conversion_warnings_add(import->warnings, N_("a translation in this language already exists; imported as a separate post"), file->path, 0, NULL);
	save->post.work_id = 0;
	return OK;
}

enum status
import_save(struct import *import, struct arena *arena, struct import_post *post)
{
	struct import_file *file = post->file;
	struct post_save *save = &post->save;

	if (post->unpublishes)
		return import_source_unpublish(import->db, arena, save->post.id, save->source_digest, import->now);
	TRY(need_media(import, post->cover, &save->post.cover_id));
	TRY(need_media(import, post->recording, &save->post.enclosure_id));
	for (size_t i = 0; i < post->links.count; i++)
		TRY(need_media(import, post->links.media[i], &post->links.links[i].media_id));
	if (file->base != NULL && file->base->work_id != 0)
		save->post.work_id = file->base->work_id;
	TRY(check_translation(import, file, save));
	TRY(post_save(import->db, arena, save, &file->post_id));
	file->work_id = save->post.work_id != 0 ? save->post.work_id : file->post_id;
	return save_aliases(import, arena, post);
}
