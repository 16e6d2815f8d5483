/* Converts shortcodes of Hugo and tags of Jekyll's Liquid. */
#include "task/convert/convert.h"

#include <string.h>

#include "page/lang/lang.h"

enum { CODE_MAX = 2000 };

/* --- parsing ------------------------------------------------------------------------- */

/* Returns the next word, without its quotes, and moves *text behind it. NULL at the end. */
static const char *
next_word(struct arena *arena, const char **text)
{
	const char *start = *text + strspn(*text, " \t\n");
	size_t length;
	char quote = *start;

	if (*start == '\0')
		return NULL;
	if (quote == '"' || quote == '\'' || quote == '`') {
		const char *end = strchr(start + 1, quote);
		length = end == NULL ? strlen(start + 1) : (size_t)(end - start - 1);
		*text = start + 1 + length + (end != NULL);
		return arena_bytes(arena, start + 1, length);
	}
	length = strcspn(start, " \t\n");
	*text = start + length;
	return arena_bytes(arena, start, length);
}

/* The value of name="value". For name NULL, the first word that has no name. */
static const char *
parameter(struct arena *arena, const char *words, const char *name)
{
	while (*(words += strspn(words, " \t\n")) != '\0') {
		size_t length = strcspn(words, "= \t\n\"'`");
		if (words[length] == '=' && length > 0) {
			const char *rest = words + length + 1;
			const char *value = next_word(arena, &rest);
			if (name != NULL && strlen(name) == length && strncmp(words, name, length) == 0)
				return value;
			words = rest;
		} else {
			const char *value = next_word(arena, &words);
			if (name == NULL)
				return value;
		}
	}
	return NULL;
}

/* The text between open and close, which may be on a later line; NULL when close is missing. */
static const char *
inside(struct arena *arena, const char *text, const char *open, const char *close, const char **ret_end)
{
	const char *end;

	if (!str_starts(text, open))
		return NULL;
	text += strlen(open);
	end = memmem(text, strnlen(text, CODE_MAX), close, strlen(close));
	if (end == NULL)
		return NULL;
	*ret_end = end + strlen(close);
	return str_trim(arena, arena_bytes(arena, text, (size_t)(end - text)));
}

/* --- Hugo ---------------------------------------------------------------------------- */

static bool
write_figure(struct convert *convert, const char *words, struct str *out)
{
	const char *address = parameter(convert->arena, words, "src"), *alt = parameter(convert->arena, words, "alt");
	const char *caption = parameter(convert->arena, words, "caption");

	if (str_empty(caption))
		caption = parameter(convert->arena, words, "title");
	if (str_empty(address))
		return false;
	str_printf(out, "![%s](<%s>", alt != NULL ? alt : caption != NULL ? caption : "", address);
	if (!str_empty(caption) && strpbrk(caption, "\"\\\n") == NULL)
		str_printf(out, " \"%s\"", caption);
	str_add_char(out, ')');
	return true;
}

/* Videos and posts on other sites become links, because pages here load nothing from other sites. */
static bool
write_embed(struct convert *convert, const char *name, const char *words, struct str *out)
{
	static const struct { const char *name, *address; } embeds[] = {
		{ "youtube", "https://www.youtube.com/watch?v=" }, { "vimeo", "https://vimeo.com/" },
		{ "bilibili", "https://www.bilibili.com/video/" }, { "tweet", "https://twitter.com/i/status/" },
		{ "instagram", "https://www.instagram.com/p/" },
	};
	const char *id = parameter(convert->arena, words, NULL);

	if (id == NULL)
		id = parameter(convert->arena, words, "id");
	for (size_t i = 0; id != NULL && i < sizeof(embeds) / sizeof(*embeds); i++)
		if (str_equal(name, embeds[i].name)) {
			str_printf(out, "<%s%s>", embeds[i].address, id);
			convert_warn(convert, N_("embedded player replaced with a link"), name);
			return true;
		}
	return false;
}

static const char *
write_shortcode(struct convert *convert, const char *text, struct str *out)
{
	const char *end = NULL, *words = inside(convert->arena, text, "{{<", ">}}", &end), *name, *target;

	if (words == NULL)
		words = inside(convert->arena, text, "{{%", "%}}", &end);
	/* Hugo does not run a shortcode inside a comment, but shows it. */
	if (words == NULL || str_starts(words, "/*"))
		return NULL;
	name = next_word(convert->arena, &words);
	if (name == NULL)
		return NULL;
	if (str_equal(name, "ref") || str_equal(name, "relref")) {
		target = parameter(convert->arena, words, NULL);
		if (target == NULL)
			target = parameter(convert->arena, words, "path");
		if (target != NULL) {
			str_add(out, target);
			return end;
		}
	}
	if ((str_equal(name, "figure") && write_figure(convert, words, out)) || write_embed(convert, name, words, out))
		return end;
	if (name[0] != '/')
		convert_warn(convert, arena_printf(convert->arena, "%s: %.40s", N_("shortcode left as is"), name), NULL);
	str_add_bytes(out, text, (size_t)(end - text));
	return end;
}

/* --- Jekyll --------------------------------------------------------------------------- */

static const char *
write_tag(struct convert *convert, const char *text, struct str *out)
{
	const char *end = NULL, *words = inside(convert->arena, text, "{%", "%}", &end), *name, *target;

	if (words == NULL || (name = next_word(convert->arena, &words)) == NULL)
		return NULL;
	if (str_equal(name, "-"))
		name = next_word(convert->arena, &words);
	if (str_equal(name, "raw") || str_equal(name, "endraw"))
		return end;
	target = parameter(convert->arena, words, NULL);
	if ((str_equal(name, "post_url") || str_equal(name, "link")) && target != NULL) {
		/* post_url names a file in _posts; a link names a file below the root. */
		str_printf(out, "/%s%s", target, str_equal(name, "post_url") ? ".md" : "");
		return end;
	}
	if (name != NULL && !str_starts(name, "end"))
		convert_warn(convert, arena_printf(convert->arena, "%s: %.40s", N_("template tag left as is"), name), NULL);
	str_add_bytes(out, text, (size_t)(end - text));
	return end;
}

/* {{ site.baseurl }} is empty here, and {{ "/x" | relative_url }} is /x. */
static const char *
write_variable(struct convert *convert, const char *text, struct str *out)
{
	const char *end = NULL, *words = inside(convert->arena, text, "{{", "}}", &end);

	if (words == NULL)
		return NULL;
	if (str_equal(words, "site.baseurl") || str_equal(words, "site.url"))
		return end;
	if ((*words == '"' || *words == '\'') && (strstr(words, "relative_url") != NULL || strstr(words, "absolute_url") != NULL)) {
		str_add(out, next_word(convert->arena, &words));
		return end;
	}
	return NULL;
}

const char *
convert_code(struct convert *convert, const char *text, struct str *out)
{
	if (str_starts(text, "{{<") || str_starts(text, "{{%"))
		return write_shortcode(convert, text, out);
	if (str_starts(text, "{%"))
		return write_tag(convert, text, out);
	if (str_starts(text, "{{"))
		return write_variable(convert, text, out);
	return NULL;
}

/* --- listings ------------------------------------------------------------------------- */

const char *
convert_listing(struct arena *arena, const char *line, const char **ret_close)
{
	static const struct { const char *open, *end, *close; } kinds[] = {
		{ "{{< highlight ", ">}}", "{{< /highlight >}}" }, { "{{<highlight ", ">}}", "{{</highlight" },
		{ "{{% highlight ", "%}}", "{{% /highlight" }, { "{% highlight ", "%}", "{% endhighlight" },
		{ "{% codeblock", "%}", "{% endcodeblock" },
	};

	line += strspn(line, " \t");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const char *end = NULL, *words = inside(arena, line, kinds[i].open, kinds[i].end, &end), *language;
		/* Only if the opening tag is alone on its line. */
		if (words == NULL || end[strspn(end, " \t")] != '\0')
			continue;
		*ret_close = kinds[i].close;
		language = parameter(arena, words, "lang");
		if (language == NULL)
			language = parameter(arena, words, NULL);
		return language == NULL || strpbrk(language, "`~") != NULL ? "" : language;
	}
	return NULL;
}
