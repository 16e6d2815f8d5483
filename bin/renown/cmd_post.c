/* renown post and renown render: lists, shows and renders posts, and changes their state. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "core/str.h"
#include "page/post/post_render.h"
#include "progress.h"
#include "store/post/post.h"

enum { POSTS_AT_ONCE = 200, DEFAULT_LIMIT = 1000000 };

/* --- list ---------------------------------------------------------------------- */

struct list_options {
	const char *state, *kind, *lang;
	long long limit;
};

static const char *
take_list(void *state, struct arena *arena, int option, const char *argument)
{
	struct list_options *list = state;

	(void)arena;
	switch (option) {
	case 's':
		/* "withdrawn" is the former name of that state. */
		list->state = str_equal(argument, "withdrawn") ? "unpublished" : argument;
		return str_equal(list->state, "draft") || str_equal(list->state, "published") ||
			str_equal(list->state, "unpublished") ? NULL : "--state must be draft, published or unpublished.";
	case 'k':
		list->kind = argument;
		return str_equal(argument, "article") || str_equal(argument, "audio") || str_equal(argument, "video") ||
			str_equal(argument, "page") ? NULL : "--kind must be article, audio, video or page.";
	case 'l':
		list->lang = argument;
		return NULL;
	default:
		return str_to_integer(argument, &list->limit) && list->limit > 0 ? NULL
			: "--limit must be a number above 0.";
	}
}

static bool
is_wanted(const struct list_options *list, const struct post *post)
{
	return (list->state == NULL || str_equal(list->state, post->state)) &&
		(list->kind == NULL || str_equal(list->kind, post->kind)) &&
		(list->lang == NULL || str_equal(list->lang, post->lang));
}

static void
print_line(struct arena *arena, const struct context *context, const struct post *post)
{
	const char *state = str_equal(post->state, "published") && post->published > context->now ? "due"
		: post->state;

	say("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", post->slug, state, show_time(arena, post->published), post->lang,
		post->kind, post->access, post->title);
}

static int
post_list_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "state", required_argument, NULL, 's' },
		{ "kind", required_argument, NULL, 'k' },
		{ "lang", required_argument, NULL, 'l' },
		{ "limit", required_argument, NULL, 'n' },
		{ 0 },
	};
	struct list_options list = { .limit = DEFAULT_LIMIT };
	struct post *posts;
	size_t count;
	int64_t after = 0;
	char **words;
	int result = read_options(context, argc, argv, options, take_list, &list, 0, 0, &words);

	if (result != DONE)
		return result;
	do {
		struct arena *arena = arena_new();
		enum status status = post_list_by_id(context->db, arena, after, POSTS_AT_ONCE, &posts, &count);
		for (size_t i = 0; status == OK && i < count; i++) {
			after = posts[i].id;
			if (list.limit > 0 && is_wanted(&list, &posts[i])) {
				list.limit--;
				print_line(arena, context, &posts[i]);
			}
		}
		arena_free(arena);
		if (status != OK)
			return fail_status(status, "Reading the posts");
	} while (count == POSTS_AT_ONCE && list.limit > 0);
	return DONE;
}

/* --- show ---------------------------------------------------------------------- */

static int
find_post(struct context *context, const char *slug, struct post *ret_post)
{
	enum status status = post_by_slug(context->db, context->arena, slug, ret_post);

	if (status == NOT_FOUND)
		status = post_by_former_slug(context->db, context->arena, slug, ret_post);
	if (status == NOT_FOUND)
		return fail("There is no post \"%s\"; enter its slug (`renown post list` shows it).", slug);
	return status == OK ? DONE : fail_status(status, "Reading the post");
}

static void
print_post(struct arena *arena, const struct post *post)
{
	say("title: %s\nslug: %s\nstate: %s\nkind: %s\naccess: %s\nlang: %s\nauthor: %s\n", post->title, post->slug,
		post->state, post->kind, post->access, post->lang, post->author_name);
	say("published: %s\nupdated: %s\nrevision: %lld\nminutes: %lld\n", show_time(arena, post->published),
		show_time(arena, post->updated), (long long)post->revision, (long long)post->reading_minutes);
	say("tags:");
	for (size_t i = 0; i < post->tag_count; i++)
		say("%s %s", i == 0 ? "" : ",", post->tags[i].name);
	say("\nsummary: %s%s\n", post_summary(post), *post->summary == '\0' ? " (generated)" : "");
}

static int
post_show_command(struct context *context, int argc, char **argv)
{
	struct post post;
	struct post_text text;
	char **words;
	int result = read_words(context, argc, argv, 1, 1, &words);
	enum status status;

	if (result == DONE)
		result = find_post(context, words[0], &post);
	if (result != DONE)
		return result;
	status = post_text(context->db, context->arena, post.id, &text);
	if (status != OK)
		return fail_status(status, "Reading the text");
	print_post(context->arena, &post);
	say("\n%s%s", text.markdown, str_ends(text.markdown, "\n") ? "" : "\n");
	return DONE;
}

/* --- publish, unpublish -------------------------------------------------------- */

static int
set_state(struct context *context, int argc, char **argv, const char *state)
{
	struct post post;
	char **words;
	int result = read_words(context, argc, argv, 1, 1, &words);
	enum status status;

	if (result == DONE)
		result = find_post(context, words[0], &post);
	if (result != DONE)
		return result;
	if (str_equal(post.state, state) && post.published <= context->now) {
		say("%s is already %s.\n", post.slug, state);
		return DONE;
	}
	status = db_begin_write(context->db);
	if (status == OK)
		status = post_set_state(context->db, context->arena, post.id, state, context->now);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status != OK)
		return fail_status(status, "Changing the post");
	say("%s is now %s.\n", post.slug, state);
	return DONE;
}

static int
post_publish_command(struct context *context, int argc, char **argv)
{
	return set_state(context, argc, argv, "published");
}

static int
post_unpublish_command(struct context *context, int argc, char **argv)
{
	return set_state(context, argc, argv, "unpublished");
}

/* --- render -------------------------------------------------------------------- */

static const char *
take_all(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

/* Renders one page of posts. Stops at the first post that cannot be saved. */
static enum status
render_some(struct context *context, struct arena *arena, const struct post *posts, size_t count, bool force,
	struct progress *progress, long long *done, long long *refused)
{
	for (size_t i = 0; i < count; i++) {
		bool renewed = false;
		enum status status = post_render_refresh(context->db, arena, &context->conf, posts[i].id, force, &renewed);
		if (status == TOO_LARGE) {
			(*refused)++;
			(void)fail("%s exceeds a limit of the renderer and was not rendered again. Shorten it.", posts[i].slug);
		} else if (status != OK && status != NOT_FOUND) {
			return status;
		}
		*done += renewed;
		progress_step(progress, 1);
	}
	return OK;
}

static int
render_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "all", no_argument, NULL, 'a' }, { 0 } };
	struct progress progress;
	struct post *posts;
	bool force = false;
	size_t count = POSTS_AT_ONCE;
	int64_t after = 0, highest = 0;
	long long done = 0, refused = 0;
	char **words;
	int result = read_options(context, argc, argv, options, take_all, &force, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = post_highest_id(context->db, &highest);
	progress_start(&progress, "Rendering", highest);
	while (status == OK && count == POSTS_AT_ONCE) {
		struct arena *arena = arena_new();
		status = post_list_by_id(context->db, arena, after, POSTS_AT_ONCE, &posts, &count);
		if (status == OK && count > 0) {
			after = posts[count - 1].id;
			status = render_some(context, arena, posts, count, force, &progress, &done, &refused);
		}
		arena_free(arena);
	}
	progress_end(&progress);
	if (status != OK)
		return fail_status(status, "Rendering");
	say("%lld %s rendered again.\n", done, done == 1 ? "post was" : "posts were");
	return refused == 0 ? DONE : FAILED;
}

const struct command post_commands[] = {
	{ "post", "list", "[--state STATE] [--kind KIND] [--lang LANG] [--limit N]",
		"Lists posts and pages: slug, state, time, language, kind, access, title.",
		post_list_command, NEEDS_DATABASE },
	{ "post", "show", "SLUG", "Prints a post with its source.", post_show_command, NEEDS_DATABASE },
	{ "post", "publish", "SLUG", "Publishes a draft or an unpublished post.", post_publish_command, NEEDS_DATABASE },
	{ "post", "unpublish", "SLUG", "Takes a published post off the site; its text stays in the database.",
		post_unpublish_command, NEEDS_DATABASE },
	{ "render", NULL, "[--all]", "Renders the posts again that an older renderer rendered; --all renders every post.",
		render_command, NEEDS_DATABASE },
	{ 0 },
};
