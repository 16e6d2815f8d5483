/* renown comment: lists, shows and counts comments. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/str.h"
#include "core/text.h"
#include "store/comment/comment_count.h"
#include "store/post/post.h"

enum { COMMENTS_AT_ONCE = 200, DEFAULT_LIMIT = 1000000, WORDS_SHOWN = 60 };

/* --- list ---------------------------------------------------------------------- */

struct list_options {
	const char *state, *post;
	long long limit;
};

static const char *
take_list(void *state, struct arena *arena, int option, const char *argument)
{
	struct list_options *list = state;

	(void)arena;
	switch (option) {
	case 's':
		list->state = argument;
		for (size_t i = 0; comment_states[i] != NULL; i++)
			if (str_equal(argument, comment_states[i]))
				return NULL;
		return "--state must be shown, held, hidden, rejected, spam or deleted.";
	case 'p':
		list->post = argument;
		return NULL;
	default:
		return str_to_integer(argument, &list->limit) && list->limit > 0 ? NULL : "--limit must be a number above 0.";
	}
}

/* The beginning of a text in one line. */
static const char *
first_words(struct arena *arena, const char *text)
{
	char *line = arena_dup(arena, text_cut(arena, text, WORDS_SHOWN));

	for (char *c = line; *c != '\0'; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	return line;
}

static enum status
print_line(struct context *context, struct arena *arena, const struct comment *comment)
{
	struct post post;

	TRY(post_by_id(context->db, arena, comment->post_id, &post));
	say("%lld\t%s\t%s\t%s\t%s\t%s\n", (long long)comment->id, comment->state, show_time(arena, comment->created), post.slug,
		comment->name, first_words(arena, comment->text));
	return OK;
}

static int
find_post(struct context *context, const char *slug, int64_t *ret_id)
{
	struct post post;
	enum status status = post_by_slug(context->db, context->arena, slug, &post);

	if (status == NOT_FOUND)
		return fail("There is no post \"%s\"; enter its slug (`renown post list` shows it).", slug);
	if (status != OK)
		return fail_status(status, "Reading the post");
	*ret_id = post.id;
	return DONE;
}

static int
comment_list_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "state", required_argument, NULL, 's' },
		{ "post", required_argument, NULL, 'p' },
		{ "limit", required_argument, NULL, 'n' },
		{ 0 },
	};
	struct list_options list = { .state = "", .limit = DEFAULT_LIMIT };
	struct comment *comments;
	size_t count;
	int64_t below = INT64_MAX, post_id = 0;
	char **words;
	int result = read_options(context, argc, argv, options, take_list, &list, 0, 0, &words);

	if (result == DONE && list.post != NULL)
		result = find_post(context, list.post, &post_id);
	if (result != DONE)
		return result;
	do {
		struct arena *arena = arena_new();
		enum status status = comment_count_list(context->db, arena, list.state, post_id, below, COMMENTS_AT_ONCE, &comments, &count);
		for (size_t i = 0; status == OK && i < count && list.limit > 0; i++) {
			below = comments[i].id;
			list.limit--;
			status = print_line(context, arena, &comments[i]);
		}
		arena_free(arena);
		if (status != OK)
			return fail_status(status, "Reading the comments");
	} while (count == COMMENTS_AT_ONCE && list.limit > 0);
	return DONE;
}

/* --- show ---------------------------------------------------------------------- */

/* Without the digests of person and network, which say nothing to a reader. */
static void
print_comment(struct arena *arena, const struct comment *comment, const struct post *post)
{
	say("id: %lld\npost: %s\nstate: %s\nname: %s\n", (long long)comment->id, post->slug, comment->state, comment->name);
	say("author: %s\n", comment->user_id != 0 ? "account" : "guest");
	if (*comment->link != '\0')
		say("link: %s\n", comment->link);
	if (comment->parent_id != 0)
		say("reply to: %lld\n", (long long)comment->parent_id);
	say("created: %s\n", show_time(arena, comment->created));
	if (comment->edited != 0)
		say("edited: %s\n", show_time(arena, comment->edited));
	if (*comment->reason != '\0')
		say("reason: %s%s%s\n", comment->reason, *comment->reason_note == '\0' ? "" : ", ", comment->reason_note);
	if (comment->decided != 0)
		say("decided: %s\n", show_time(arena, comment->decided));
	say("version: %lld\n\n%s\n", (long long)comment->version, comment->text);
}

static int
comment_show_command(struct context *context, int argc, char **argv)
{
	struct comment comment;
	struct post post;
	long long id;
	char **words;
	int result = read_words(context, argc, argv, 1, 1, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = str_to_integer(words[0], &id) ? comment_by_id(context->db, context->arena, id, &comment) : NOT_FOUND;
	if (status == NOT_FOUND)
		return fail("There is no comment %s; `renown comment list` shows the numbers.", words[0]);
	if (status == OK)
		status = post_by_id(context->db, context->arena, comment.post_id, &post);
	if (status != OK)
		return fail_status(status, "Reading the comment");
	print_comment(context->arena, &comment, &post);
	return DONE;
}

/* --- counts --------------------------------------------------------------------- */

static int
comment_counts_command(struct context *context, int argc, char **argv)
{
	int64_t counts[COMMENT_STATES];
	char **words;
	int result = read_words(context, argc, argv, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = comment_count_states(context->db, counts);
	if (status != OK)
		return fail_status(status, "Counting the comments");
	for (size_t i = 0; comment_states[i] != NULL; i++)
		say("%s\t%lld\n", comment_states[i], (long long)counts[i]);
	return DONE;
}

const struct command comment_commands[] = {
	{ "comment", "list", "[--state STATE] [--post SLUG] [--limit N]",
		"Lists comments, the newest first: number, state, time, post, name, beginning of the text.",
		comment_list_command, NEEDS_DATABASE },
	{ "comment", "show", "ID", "Prints a comment with its text as typed.", comment_show_command, NEEDS_DATABASE },
	{ "comment", "counts", "", "Counts the comments in each state.", comment_counts_command, NEEDS_DATABASE },
	{ 0 },
};
