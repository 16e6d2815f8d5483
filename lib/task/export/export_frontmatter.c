/* Writes front matter with libyaml. */
#include "task/export/export.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "core/clock.h"
#include "core/str.h"

struct writing {
	yaml_emitter_t emitter;
	struct str text;
};

static int
take(void *context, unsigned char *bytes, size_t length)
{
	struct writing *writing = context;

	str_add_bytes(&writing->text, (const char *)bytes, length);
	return 1;
}

/* libyaml can only fail here when memory runs out. */
static void
emit(struct writing *writing, yaml_event_t *event, int made)
{
	if (!made || !yaml_emitter_emit(&writing->emitter, event))
		abort();
}

static void
scalar(struct writing *writing, const char *text, yaml_scalar_style_t style)
{
	yaml_event_t event;
	bool plain = style == YAML_PLAIN_SCALAR_STYLE;

	emit(writing, &event, yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text, (int)strlen(text), plain, !plain, style));
}

/* Our own words and numbers are written plain; text that a person typed is quoted. */
static void
add_word(struct writing *writing, const char *key, const char *value)
{
	scalar(writing, key, YAML_PLAIN_SCALAR_STYLE);
	scalar(writing, value, YAML_PLAIN_SCALAR_STYLE);
}

static void
add_text(struct writing *writing, const char *key, const char *value)
{
	if (str_empty(value))
		return;
	scalar(writing, key, YAML_PLAIN_SCALAR_STYLE);
	scalar(writing, value, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
}

static void
begin_list(struct writing *writing, const char *key)
{
	yaml_event_t event;

	scalar(writing, key, YAML_PLAIN_SCALAR_STYLE);
	emit(writing, &event, yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_FLOW_SEQUENCE_STYLE));
}

static void
end_list(struct writing *writing)
{
	yaml_event_t event;

	emit(writing, &event, yaml_sequence_end_event_initialize(&event));
}

static void
begin(struct writing *writing, struct arena *arena)
{
	yaml_event_t event;

	writing->text = str_init(arena);
	if (!yaml_emitter_initialize(&writing->emitter))
		abort();
	yaml_emitter_set_output(&writing->emitter, take, writing);
	yaml_emitter_set_unicode(&writing->emitter, 1);
	yaml_emitter_set_width(&writing->emitter, -1);
	emit(writing, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
	emit(writing, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
	emit(writing, &event, yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE));
}

static void
end(struct writing *writing)
{
	yaml_event_t event;

	emit(writing, &event, yaml_mapping_end_event_initialize(&event));
	emit(writing, &event, yaml_document_end_event_initialize(&event, 1));
	emit(writing, &event, yaml_stream_end_event_initialize(&event));
	yaml_emitter_delete(&writing->emitter);
}

static void
add_lists(struct writing *writing, const struct post *post, const struct export_job_slug *former, size_t former_count)
{
	if (post->tag_count > 0) {
		begin_list(writing, "tags");
		for (size_t i = 0; i < post->tag_count; i++)
			scalar(writing, post->tags[i].name, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
		end_list(writing);
	}
	if (former_count > 0) {
		begin_list(writing, "aliases");
		for (size_t i = 0; i < former_count; i++)
			scalar(writing, former[i].slug, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
		end_list(writing);
	}
}

char *
export_frontmatter(struct arena *arena, const struct post *post, const char *key, const struct export_job_slug *former, size_t former_count,
	const struct export_files *files)
{
	struct writing writing;

	begin(&writing, arena);
	add_text(&writing, "title", post->title);
	add_text(&writing, "slug", post->slug);
	if (!str_equal(post->state, "draft") || post_is_timed(post))
		add_word(&writing, "date", clock_rfc3339(arena, post->published));
	add_word(&writing, "updated", clock_rfc3339(arena, post->updated));
	add_word(&writing, "lang", post->lang);
	add_word(&writing, "kind", post->kind);
	add_word(&writing, "access", post->access);
	if (!str_equal(post->state, "published"))
		add_word(&writing, "draft", "true");
	if (post->featured)
		add_word(&writing, "featured", "true");
	if (!str_equal(post->comment_access, "open"))
		add_word(&writing, "comments", str_equal(post->comment_access, "closed") ? "false" : post->comment_access);
	add_text(&writing, "canonical", post->canonical_url);
	add_text(&writing, "translationKey", key);
	add_text(&writing, "summary", post->summary);
	add_text(&writing, "author", post->author_name);
	add_lists(&writing, post, former, former_count);
	add_text(&writing, "cover", files->cover);
	add_text(&writing, "cover_alt", post->cover_alt);
	add_text(&writing, str_equal(post->kind, "video") ? "video" : "audio", files->recording);
	end(&writing);
	/* No empty line follows, because an import would take it for part of the text. */
	return arena_printf(arena, "---\n%s---\n", writing.text.bytes);
}
