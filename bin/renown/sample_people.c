/* Users, grants, comments and settings of the sample content, from YAML files. */
#include "sample.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "page/markdown/markdown.h"
#include "store/comment/comment.h"
#include "store/comment/comment_vote.h"
#include "store/moderation/flag.h"
#include "store/maintenance/integrity.h"
#include "store/setting/setting.h"
#include "store/access/viewer.h"

enum { FILE_MAX = 1024 * 1024 };

static const char *
sample_path(struct context *context, const char *name)
{
	return arena_printf(context->arena, "%s/samples/%s", conf_data_folder(), name);
}

int
sample_read(struct context *context, const char *name, struct data_node **ret_node)
{
	const char *path = sample_path(context, name);
	char *bytes = arena_alloc(context->arena, FILE_MAX + 1), *text;
	FILE *file = fopen(path, "re");
	struct data_node_problem problem = { 0 };
	size_t length;

	if (file == NULL)
		return fail("%s cannot be read: %s. The sample content is part of the program; RENOWN_DATA can name another folder.",
			path, strerror(errno));
	length = fread(bytes, 1, FILE_MAX, file);
	(void)fclose(file);
	if (!text_accept(context->arena, bytes, length, TEXT_BLOCK, &text))
		return fail("%s is not UTF-8 text.", path);
	if (yaml_read(context->arena, text, strlen(text), 1, ret_node, &problem) != OK)
		return fail("%s:%d: %s.", path, problem.line, data_node_problem_text(context->arena, &problem));
	return DONE;
}

/* --- users ------------------------------------------------------------------------- */

/* A date in a YAML map; 0 when there is none, or when it cannot be parsed. */
static int64_t
date_of(const struct data_node *map, const char *key)
{
	int64_t time = 0;
	const char *text = data_node_text(map, key);

	return text != NULL && clock_parse_date(text, &time) ? time : 0;
}

/* Sets *changed when the user did not exist. */
static enum status
add_person(struct context *context, const struct data_node *person, bool *changed)
{
	const char *role = data_node_text(person, "role"), *scope = data_node_text(person, "grant");
	struct user user = { .slug = data_node_text(person, "slug"), .name = data_node_text(person, "name"),
		.email = data_node_text(person, "email"), .role = role, .created = date_of(person, "created") }, found;
	struct grant grant = { .scope = scope, .starts = date_of(person, "from"), .ends = date_of(person, "until"),
		.source = data_node_text(person, "source") };
	enum status status = user_by_email(context->db, context->arena, user.email, &found);
	int64_t id;

	if (status != NOT_FOUND)
		return status; /* the user and the grants exist already */
	*changed = true;
	user.bio = data_node_text(person, "bio") == NULL ? "" : data_node_text(person, "bio");
	/* A site with an owner of its own does not get a second one. */
	if (str_equal(role, "owner") && integrity_real_owner(context->db, &id) == OK)
		user.role = "author";
	TRY(user_add(context->db, context->arena, &user, true, &grant.user_id));
	if (scope == NULL)
		return OK;
	if (grant.source == NULL)
		grant.source = "sample";
	return grant_add(context->db, &grant, true, &id);
}

int
sample_add_people(struct context *context)
{
	struct data_node *people;
	bool changed = false;
	int result = sample_read(context, "people.yaml", &people);
	enum status status;

	if (result != DONE)
		return result;
	status = db_begin_write(context->db);
	for (size_t i = 0; status == OK && i < people->count; i++)
		status = add_person(context, people->items[i], &changed);
	if (status == OK && changed)
		status = db_commit(context->db);
	db_end(context->db);
	return status == OK ? DONE : fail_status(status, "Adding the sample users");
}

/* --- comments ----------------------------------------------------------------------- */

static int64_t
post_of(const struct import *import, const char *slug)
{
	for (size_t i = 0; slug != NULL && i < import->count; i++)
		if (str_equal(import->files[i]->wanted, slug) || str_equal(import->files[i]->slug, slug))
			return import->files[i]->post_id;
	return 0;
}

static enum status
render_comment(struct context *context, const char *text, const char **ret_xhtml)
{
	struct markdown *markdown;
	const char *problem;

	TRY(markdown_render(context->arena, text, MARKDOWN_COMMENT, "", NULL, &markdown, &problem));
	*ret_xhtml = fragment_write(context->arena, markdown->full);
	return OK;
}

/* What an item of the file says beside the comment itself. */
struct sample_comment {
	struct comment comment;
	const char *before; /* its first text, or NULL */
	const char *state;
	bool deleted;
};

static enum status
read_comment(struct context *context, const struct import *import, const struct data_node *node, const int64_t *ids, size_t place,
	struct sample_comment *ret_sample)
{
	const char *text = data_node_text(node, "text"), *before = data_node_text(node, "before"), *answered = data_node_text(node, "reply_to");
	struct comment *comment = &ret_sample->comment;
	struct user user;
	long long parent;
	enum status status;

	*ret_sample = (struct sample_comment){ .state = data_node_text(node, "state"), .deleted = data_node_text(node, "deleted") != NULL };
	comment->post_id = post_of(import, data_node_text(node, "post"));
	comment->name = data_node_text(node, "name");
	comment->created = date_of(node, "date");
	comment->edited = data_node_text(node, "edited") == NULL ? 0 : date_of(node, "edited");
	comment->reason = data_node_text(node, "reason");
	comment->sample = true;
	if (comment->post_id == 0 || text == NULL || comment->name == NULL)
		return NOT_FOUND;
	comment->text = str_trim(context->arena, text);
	ret_sample->before = before == NULL ? NULL : str_trim(context->arena, before);
	if (ret_sample->state == NULL)
		ret_sample->state = "shown";
	status = user_by_name(context->db, context->arena, comment->name, &user);
	if (status == OK)
		comment->user_id = user.id;
	else if (status != NOT_FOUND)
		return status;
	if (answered != NULL && str_to_integer(answered, &parent) && parent >= 0 && (size_t)parent < place)
		comment->parent_id = ids[parent];
	return OK;
}

static enum status
edit_comment(struct context *context, const struct comment *comment, int64_t id)
{
	struct comment stored;
	const char *xhtml;

	TRY(render_comment(context, comment->text, &xhtml));
	TRY(comment_by_id(context->db, context->arena, id, &stored));
	return comment_save_text(context->db, context->arena, id, stored.version, comment->text, xhtml, comment->edited);
}

/* Votes of the people that "helpful" names. */
static enum status
add_votes(struct context *context, const struct data_node *node, int64_t id)
{
	const char *names = data_node_text(node, "helpful"), *name;
	struct comment comment;
	struct user user;

	if (names == NULL)
		return OK;
	TRY(comment_by_id(context->db, context->arena, id, &comment));
	while ((name = text_list_next(context->arena, &names)) != NULL) {
		struct vote_subject subject = { .post_id = comment.post_id, .comment = &comment };
		struct comment_author voter = { .user = &user, .person = "", .network = "" };
		enum status status = user_by_name(context->db, context->arena, name, &user);
		if (status != NOT_FOUND)
			TRY(status);
		if (status == OK && user.id != comment.user_id)
			TRY(vote_save(context->db, context->arena, &subject, &voter, 1, comment.created));
	}
	return OK;
}

/* A flag of the member that "flagged" names, as spam. */
static enum status
add_flag(struct context *context, const struct data_node *node, int64_t id, int64_t created)
{
	const char *name = data_node_text(node, "flagged");
	struct user user;
	enum status status;

	if (name == NULL)
		return OK;
	status = user_by_name(context->db, context->arena, name, &user);
	if (status != OK)
		return status == NOT_FOUND ? OK : status;
	return flag_add(context->db, context->arena, &(struct flag){ .comment_id = id, .user_id = user.id, .reason = flag_reasons[0].value, .note = "",
		.weight = FLAG_ONE, .created = created }, 0);
}

/* ids contains the ids of the earlier comments. *ret_id: 0 when its post does not exist. */
static enum status
add_comment(struct context *context, const struct import *import, const struct data_node *node, const int64_t *ids,
	size_t place, bool *changed, int64_t *ret_id)
{
	struct sample_comment sample;
	struct comment first;
	enum status status = read_comment(context, import, node, ids, place, &sample);

	*ret_id = 0;
	if (status != OK)
		return status == NOT_FOUND ? OK : status;
	TRY(comment_find(context->db, sample.comment.post_id, sample.comment.created, sample.deleted ? "" : sample.comment.text, ret_id));
	if (*ret_id != 0)
		return OK;
	*changed = true;
	first = sample.comment;
	if (sample.before != NULL)
		first.text = sample.before;
	TRY(render_comment(context, first.text, &first.xhtml));
	TRY(comment_add(context->db, context->arena, &first, sample.state, ret_id));
	TRY(add_votes(context, node, *ret_id));
	TRY(add_flag(context, node, *ret_id, first.created));
	return sample.before == NULL ? OK : edit_comment(context, &sample.comment, *ret_id);
}

/* Removes those that are placeholders in the end, after all have their replies. */
static enum status
remove_comments(struct context *context, const struct data_node *comments, const int64_t *ids)
{
	struct comment comment;

	for (size_t i = 0; i < comments->count; i++) {
		if (data_node_text(comments->items[i], "deleted") == NULL || ids[i] == 0)
			continue;
		TRY(comment_by_id(context->db, context->arena, ids[i], &comment));
		if (!str_equal(comment.state, "deleted"))
			TRY(comment_remove(context->db, context->arena, ids[i]));
	}
	return OK;
}

int
sample_add_comments(struct context *context, const struct import *import)
{
	struct data_node *comments;
	int64_t *ids;
	bool changed = false;
	int result = sample_read(context, "comments.yaml", &comments);
	enum status status;

	if (result != DONE)
		return result;
	ids = arena_array(context->arena, comments->count + 1, sizeof(*ids));
	status = db_begin_write(context->db);
	for (size_t i = 0; status == OK && i < comments->count; i++)
		status = add_comment(context, import, comments->items[i], ids, i, &changed, &ids[i]);
	if (status == OK)
		status = remove_comments(context, comments, ids);
	if (status == OK && changed)
		status = db_commit(context->db);
	db_end(context->db);
	return status == OK ? DONE : fail_status(status, "Adding the sample comments");
}

/* --- settings ------------------------------------------------------------------------ */

/* A value in settings.yaml. */
struct sample_value {
	const struct setting *setting;
	const char *lang, *value;
};

/* settings.yaml names the portrait by its file in samples/media. The setting is its path below the media folder. */
static enum status
fill_value(struct context *context, struct sample_value *value, bool store)
{
	const char *path = sample_path(context, arena_printf(context->arena, "media/%s", value->value));
	struct media media, known;
	enum status status;

	if (!str_equal(value->setting->name, "author_photo"))
		return OK;
	if (!store) {
		int file = open(path, O_RDONLY | O_CLOEXEC);
		if (file < 0)
			return NOT_FOUND;
		status = import_media_probe(context->arena, file, &media);
		(void)close(file);
		TRY(status);
		value->value = media_path(context->arena, &media);
		return OK;
	}
	TRY(media_store_file(context->arena, context->conf.media, path, &media));
	value->value = media_path(context->arena, &media);
	status = media_by_digest(context->db, context->arena, media.digest, &known);
	if (status != NOT_FOUND)
		return status;
	status = db_begin_write(context->db);
	if (status == OK)
		status = media_find_or_add(context->db, &media, true);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	return status;
}

static int
read_values(struct context *context, bool store, struct sample_value **ret_values, size_t *ret_count)
{
	struct sample_value *values;
	struct data_node *root;
	size_t count = 0;
	int result = sample_read(context, "settings.yaml", &root);

	if (result != DONE)
		return result;
	values = arena_array(context->arena, root->count * 4 + 1, sizeof(*values));
	for (size_t i = 0; i < root->count; i++) {
		const struct data_node *item = root->items[i];
		const struct setting *setting = setting_find(root->keys[i]);
		if (setting == NULL)
			return fail("samples/settings.yaml:%d: there is no setting \"%s\".", item->line, root->keys[i]);
		if (item->type == DATA_NODE_SCALAR)
			values[count++] = (struct sample_value){ setting, "", item->text };
		for (size_t lang = 0; item->type == DATA_NODE_MAP && lang < item->count && lang < 4; lang++)
			values[count++] = (struct sample_value){ setting, item->keys[lang],
				str_trim(context->arena, item->items[lang]->text) };
	}
	for (size_t i = 0; i < count; i++)
		if (fill_value(context, &values[i], store) != OK)
			return fail("The sample portrait could not be stored in %s; see above.", context->conf.media);
	*ret_values = values;
	*ret_count = count;
	return DONE;
}

/* True if the values of the setting, in all languages, are defaults or sample values. */
static bool
is_untouched(const struct setting_values *now, const struct sample_value *values, size_t count,
	const struct setting *setting)
{
	static const char *const langs[] = { "", "en", "zh" };

	for (size_t lang = 0; lang < 3; lang++) {
		const char *value = setting_value(now, setting->name, langs[lang]);
		bool known = str_equal(value, setting->default_value);
		for (size_t i = 0; i < count && !known; i++)
			known = values[i].setting == setting && str_equal(values[i].value, value);
		if (!known)
			return false;
	}
	return true;
}

static enum status
save_value(struct context *context, const struct sample_value *value, const char *text)
{
	enum status status = db_begin_write(context->db);

	if (status == OK)
		status = setting_save(context->db, value->setting->name, value->lang, text);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	return status;
}

int
sample_add_settings(struct context *context)
{
	struct sample_value *values;
	struct setting_values *now;
	size_t count = 0;
	enum status status = setting_read(context->db, context->arena, &now);
	int result = status == OK ? read_values(context, true, &values, &count) : fail_status(status, "Reading the settings");

	for (size_t i = 0; result == DONE && i < count; i++) {
		const struct sample_value *value = &values[i];
		if (!is_untouched(now, values, count, value->setting) ||
			str_equal(setting_value(now, value->setting->name, value->lang), value->value))
			continue;
		status = save_value(context, value, value->value);
		if (status != OK)
			result = fail_status(status, "Saving the sample settings");
	}
	return result;
}

int
sample_remove_settings(struct context *context)
{
	struct sample_value *values;
	struct setting_values *now;
	size_t count = 0;
	enum status status = setting_read(context->db, context->arena, &now);
	int result = status == OK ? read_values(context, false, &values, &count) : fail_status(status, "Reading the settings");

	for (size_t i = 0; result == DONE && i < count; i++) {
		const struct sample_value *value = &values[i];
		if (!str_equal(setting_value(now, value->setting->name, value->lang), value->value))
			continue;
		status = save_value(context, value, NULL);
		if (status != OK)
			result = fail_status(status, "Resetting the sample settings");
	}
	return result;
}
