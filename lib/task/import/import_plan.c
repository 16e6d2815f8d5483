/* Plans what each file becomes: slug, language, and original of a translation. Nothing is written here. */
#include "task/import/import.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"
#include "store/post/import_source.h"

enum { SLUG_TRIES = 10000, DEEPEST_CHAIN = 8 };

static void
refuse(struct import *import, const char *path, const struct data_node_problem *problem)
{
	const struct import_listener *listener = &import->options.listener;

	import->refused++;
	if (listener->refused != NULL)
		listener->refused(listener->context, path, problem);
}

void
import_refuse(struct import *import, struct import_file *file, const struct data_node_problem *problem)
{
	if (file->is_refused)
		return;
	file->is_refused = true;
	refuse(import, file->path, problem);
}

void
import_refuse_path(struct import *import, const char *path, const char *words, const char *about)
{
	refuse(import, path, &(struct data_node_problem){ .words = words, .about = about });
}

/* --- reading ---------------------------------------------------------------------- */

static const char *
plan_language(struct arena *arena, const struct import_file *file, const struct import_values *values,
	const struct import_text *source)
{
	if (values->lang != NULL)
		return values->lang;
	if (file->marked_lang != NULL)
		return file->marked_lang;
	return text_guess_language(arena_printf(arena, "%s\n%.4000s", source->title, source->body));
}

static bool
is_empty(const char *body)
{
	return body[strspn(body, " \t\n")] == '\0';
}

/*
 * An upload has no permanent path, so its source is the digest of its content. The same bytes under any name are the
 * same post, and are imported once.
 */
static void
find_source(struct import *import, struct import_file *file, const char *digest)
{
	const struct import_file *twin;

	if (import->options.target == NULL)
		return;
	file->source = arena_printf(import->arena, "%s%s", import->options.prefix, digest);
	if (map_put(import->by_source, file->source, file))
		return;
	twin = map_get(import->by_source, file->source);
	import_refuse(import, file, &(struct data_node_problem){ .words = N_("identical to %s in the same import"), .about = twin->path });
}

/* Sets the members of import_file that decisions about all files together need. */
static void
note_facts(struct import *import, struct import_file *file, const struct import_text *source, const struct import_values *values)
{
	file->has_front = source->front.present;
	file->date = values->published != 0 ? values->published : file->named_date;
	file->is_dated = file->date != 0;
	file->is_hidden = values->visibility.hidden;
	file->is_chosen = values->visibility.chosen;
	file->is_marked_public = values->visibility.shown;
	file->has_kind = values->has_kind;
	/* A Hugo section without a text is only a list, which this site makes itself. */
	if (file->is_index && is_empty(source->body) && values->kind == NULL) {
		file->why_out = N_("the file is empty");
		import->empty++;
	}
}

/*
 * Reads what a Hugo or Zola section says for everything below it. The file is read again, because the values must live
 * as long as the import.
 */
static void
note_cascade(struct import *import, const struct import_file *file, const struct frontmatter *front)
{
	static const char *const names[] = { "cascade", NULL };
	struct import_text source;
	struct data_node_problem problem = { 0 };
	const char *const draft[] = { "draft", NULL };
	const struct data_node *node = NULL;
	const char *text = str_equal(file->name, "_index") && import_is_zola(import, file->path) ? frontmatter_text(front, draft, &node) : NULL;
	bool is_draft = false;

	if (text != NULL && frontmatter_flag(text, &is_draft) && is_draft)
		import_defaults_add_draft(import, file->folder, node->line, file->path);
	if (frontmatter_node(front, names) != NULL &&
		import_read(import, file, import->arena, NULL, &source, &problem) == OK && frontmatter_node(&source.front, names) != NULL)
		import_defaults_add(import, file->folder, frontmatter_node(&source.front, names), file->path);
}

/* Reads one file for the plan. Everything that is needed later is copied to the import's arena. */
static void
read_file(struct import *import, struct import_file *file)
{
	struct arena *arena = arena_new();
	struct import_text source;
	struct import_values values;
	struct data_node_problem problem = { 0 };

	if (import_read(import, file, arena, NULL, &source, &problem) != OK) {
		import_refuse(import, file, &problem);
		arena_free(arena);
		return;
	}
	import_values(arena, &source.front, import->layout, import->now, file->path, NULL, &values);
	import_visibility_read(import, file, arena, &source, &values);
	note_cascade(import, file, &source.front);
	find_source(import, file, source.digest);
	note_facts(import, file, &source, &values);
	file->lang = plan_language(arena, file, &values, &source);
	file->kind = values.kind == NULL ? "article" : values.kind;
	file->title = arena_dup(import->arena, source.title);
	file->wanted = arena_dup(import->arena, values.slug);
	file->translation_of = arena_dup(import->arena, values.translation_of);
	file->translation_key = arena_dup(import->arena, values.translation_key);
	import_name_page(import, file, &values, arena_dup(import->arena, values.address));
	arena_free(arena);
}

static enum status
find_stored(struct import *import, struct import_file *file)
{
	struct arena *arena = arena_new();
	struct import_source source;
	enum status status = import_source_find(import->db, arena, file->source, &source);

	if (status == OK) {
		file->stored_id = source.id;
		file->post_id = source.id;
		file->work_id = source.work_id;
		/* An existing post keeps its slug unless the file requests another. */
		if (file->wanted == NULL)
			file->slug = arena_dup(import->arena, source.slug);
	}
	arena_free(arena);
	return status == NOT_FOUND ? OK : status;
}

/* --- translations ------------------------------------------------------------------ */

/* translation_of may be a path, a page's name, or a slug. */
static struct import_file *
find_base(struct import *import, const struct import_file *file)
{
	struct arena *arena = arena_new();
	const char *path = import_clean_path(arena, file->folder, file->translation_of);
	struct import_file *base = path == NULL ? NULL : map_get(import->by_path, path);
	const char *slash = strrchr(file->page, '/');

	if (base == NULL)
		base = map_get(import->by_path, file->translation_of);
	if (base == NULL && slash != NULL)
		base = import_page(import, NULL, arena_printf(arena, "%.*s/%s", (int)(slash - file->page), file->page,
			file->translation_of));
	if (base == NULL)
		base = import_page(import, NULL, file->translation_of);
	arena_free(arena);
	return base;
}

static bool
may_be_base(const struct import_file *base, const struct import_file *file)
{
	const struct import_file *above = base;

	if (base == NULL || base == file || base->is_refused || base->why_out != NULL || str_equal(base->lang, file->lang))
		return false;
	for (int depth = 0; above != NULL && depth < DEEPEST_CHAIN; depth++, above = above->base)
		if (above == file)
			return false;
	return true;
}

/* In each group of translations, the original is the first file without a language in its name, or else the first file. */
static void
link_groups(struct import *import)
{
	struct map *plain = map_new(import->arena), *marked = map_new(import->arena), *keys = map_new(import->arena);

	for (size_t i = 0; i < import->count; i++) {
		struct import_file *file = import->files[i];
		if (file->is_refused || file->why_out != NULL)
			continue;
		(void)map_put(file->marked_lang == NULL ? plain : marked, file->key, file);
		if (file->translation_key != NULL)
			(void)map_put(keys, file->translation_key, file);
	}
	for (size_t i = 0; i < import->count; i++) {
		struct import_file *file = import->files[i], *base = NULL;
		if (file->is_refused || file->why_out != NULL)
			continue;
		if (file->translation_of != NULL) {
			base = find_base(import, file);
		} else if (file->translation_key != NULL) {
			base = map_get(keys, file->translation_key);
		} else if (file->marked_lang != NULL) {
			base = map_get(plain, file->key);
			if (base == NULL)
				base = map_get(marked, file->key);
		}
		if (may_be_base(base, file))
			file->base = base;
	}
	for (size_t i = 0; i < import->count; i++)
		while (import->files[i]->base != NULL && import->files[i]->base->base != NULL)
			import->files[i]->base = import->files[i]->base->base;
}

/* --- addresses ---------------------------------------------------------------------- */

/* The slug from the file's name, or from the title if the name has no letters. */
static const char *
derived_slug(struct import *import, const struct import_file *file)
{
	const char *name = file->name, *slash, *slug;
	bool says = false;

	if (file->is_index) {
		slash = strrchr(file->key, '/');
		name = slash == NULL ? file->key : slash + 1;
	}
	slug = text_slug(import->arena, name);
	for (const char *c = slug; *c != '\0'; c++)
		says = says || !((*c >= '0' && *c <= '9') || *c == '-');
	if (!says)
		slug = text_slug(import->arena, file->title);
	if (*slug == '\0')
		slug = text_slug(import->arena, name);
	return *slug == '\0' ? "post" : slug;
}

/*
 * The slug to try in round number: as it is, with the language, with the folder, then with numbers. NULL when the round
 * does not apply.
 */
static const char *
candidate(struct arena *arena, const struct import_file *file, const char *slug, int number)
{
	const char *slash, *folder;

	if (number == 0)
		return slug;
	if (number == 1)
		return file->base == NULL && file->marked_lang == NULL ? NULL
			: arena_printf(arena, "%s-%s", slug, file->lang);
	if (number > 2)
		return arena_printf(arena, "%s-%d", slug, number - 1);
	slash = strrchr(file->key, '/');
	if (file->wanted != NULL || slash == NULL)
		return NULL;
	folder = arena_bytes(arena, file->key, (size_t)(slash - file->key));
	slash = strrchr(folder, '/');
	folder = text_slug(arena, slash == NULL ? folder : slash + 1);
	return *folder == '\0' ? NULL : text_slug(arena, arena_printf(arena, "%s-%s", folder, slug));
}

/* Gives the file the first free slug. */
static enum status
choose_slug(struct import *import, struct map *taken, struct import_file *file)
{
	const char *slug = file->wanted != NULL ? file->wanted : derived_slug(import, file);

	for (int number = 0; number < SLUG_TRIES; number++) {
		const char *wanted = candidate(import->arena, file, slug, number);
		int64_t holder;
		enum status status;
		if (wanted == NULL || map_get(taken, wanted) != NULL)
			continue;
		status = import_source_slug_holder(import->db, wanted, &holder);
		if (status != NOT_FOUND && status != OK)
			return status;
		/* In an upload, a requested slug that is in use is not replaced: most likely the same post is already there. */
		if (status == OK && number == 0 && holder != file->stored_id && import->options.target != NULL && file->wanted != NULL) {
			file->holder_id = holder;
			return OK;
		}
		if (status == OK && holder != file->stored_id)
			continue;
		if (number > 0 && file->wanted != NULL && file->base == NULL)
			conversion_warnings_add(import->warnings, N_("slug already used by another post, replaced with a new one"), file->path, 0, wanted);
		file->slug = wanted;
		(void)map_put(taken, wanted, file);
		return OK;
	}
	return CONFLICT;
}

static enum status
choose_slugs(struct import *import)
{
	struct map *taken = map_new(import->arena);

	for (size_t i = 0; i < import->count; i++)
		if (import->files[i]->slug != NULL)
			(void)map_put(taken, import->files[i]->slug, import->files[i]);
	/* Requested slugs come first, then those from names. Within a round the first file in the order gets the slug. */
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < import->count; i++) {
			struct import_file *file = import->files[i];
			if (file->is_refused || file->why_out != NULL || file->slug != NULL || (file->wanted != NULL) != (round == 0))
				continue;
			TRY(choose_slug(import, taken, file));
		}
	return OK;
}

/* --- order ---------------------------------------------------------------------------- */

/* Translations come after all possible originals; otherwise sorted by path. */
static int
by_order(const void *a, const void *b)
{
	const struct import_file *first = *(struct import_file *const *)a, *second = *(struct import_file *const *)b;

	if ((first->base == NULL) != (second->base == NULL))
		return first->base == NULL ? -1 : 1;
	return strcmp(first->path, second->path);
}

static enum status
plan_addresses(struct import *import)
{
	for (size_t i = 0; i < import->count; i++)
		if (!import->files[i]->is_refused)
			TRY(find_stored(import, import->files[i]));
	link_groups(import);
	import_articles(import);
	if (import->count > 0)
		qsort(import->files, import->count, sizeof(*import->files), by_order);
	TRY(choose_slugs(import));
	for (size_t i = 0; i < import->count; i++)
		if (import->files[i]->base != NULL && import->files[i]->base->holder_id != 0)
			import->files[i]->base = NULL; /* the original is not imported */
	/* translation_of and links may also use the slug. */
	for (size_t i = 0; i < import->count; i++)
		if (import->files[i]->slug != NULL)
			(void)map_put(import->by_page, import->files[i]->slug, import->files[i]);
	return OK;
}

enum status
import_plan(struct import *import)
{
	const struct import_listener *listener = &import->options.listener;

	import_defaults_read(import);
	for (size_t i = 0; i <= import->count; i++) {
		if (listener->step != NULL)
			listener->step(listener->context, "Reading", (int64_t)i, (int64_t)import->count);
		if (i < import->count)
			read_file(import, import->files[i]);
	}
	return plan_addresses(import);
}
