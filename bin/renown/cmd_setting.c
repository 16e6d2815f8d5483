/* renown setting: reads and changes the settings of the site. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/str.h"
#include "core/text.h"
#include "input.h"
#include "page/lang/lang.h"
#include "page/theme/theme_list.h"
#include "store/setting/setting.h"

enum { LONGEST_INPUT = 1024 * 1024 };

static const struct option lang_option[] = { { "lang", required_argument, NULL, 'l' }, { 0 } };

static const char *
take_lang(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	*(const char **)state = argument;
	return argument[0] == '\0' || language_is(argument) ? NULL : "--lang must be en or zh.";
}

/* The setting of this name; NULL, with the reason printed, when there is none. */
static const struct setting *
find_setting(const char *name)
{
	const struct setting *setting = setting_find(name);

	if (setting != NULL)
		return setting;
	setting = setting_renamed(name);
	if (setting != NULL)
		notice("%s is now called %s.", name, setting->name);
	else
		(void)fail("There is no setting \"%s\"; `renown setting list` shows all.", name);
	return setting;
}

/* --- get ----------------------------------------------------------------------- */

static int
setting_get_command(struct context *context, int argc, char **argv)
{
	const char *lang = "";
	const struct setting *setting;
	struct setting_values *values;
	char **words;
	int result = read_options(context, argc, argv, lang_option, take_lang, &lang, 1, 1, &words);
	enum status status;

	if (result != DONE)
		return result;
	setting = find_setting(words[0]);
	if (setting == NULL)
		return FAILED;
	status = setting_read(context->db, context->arena, &values);
	if (status != OK)
		return fail_status(status, "Reading the settings");
	say("%s\n", setting_value(values, setting->name, lang));
	return DONE;
}

/* --- set ----------------------------------------------------------------------- */

/* NULL when the theme can be used, else the problem. */
static const char *
theme_problem(struct context *context, const char *name)
{
	const char *problem = NULL;
	struct theme *theme;

	if (theme_list_open(context->arena, &context->conf, name, NULL, &theme, &problem) == OK)
		theme_close(theme);
	return problem;
}

/* Checks the text of a value and its type. NULL, with the reason printed, when it is not accepted. */
static const char *
accept_value(struct context *context, const struct setting *setting, const char *word)
{
	const char *bytes = word, *problem;
	struct text_fault fault = { 0 };
	enum text_kind kind;
	size_t length = strlen(word);
	char *text;

	if (str_equal(word, "-"))
		bytes = input_read(context->arena, LONGEST_INPUT, &length);
	if (bytes == NULL) {
		(void)fail("The value cannot be read from standard input, or is longer than 1 MiB.");
		return NULL;
	}
	kind = setting_has_lines(setting) ? TEXT_BLOCK : TEXT_LINE;
	if (!text_accept(context->arena, bytes, length, kind, &text)) {
		(void)text_find_fault(bytes, length, kind, &fault);
		(void)fail("%s: %s", setting->name, lang_text_fault(context->arena, &fault));
		return NULL;
	}
	problem = setting_problem(context->arena, setting, text);
	if (problem == NULL && setting->type == SETTING_THEME)
		problem = theme_problem(context, text);
	if (problem != NULL) {
		(void)fail("%s: %s", setting->name, problem);
		return NULL;
	}
	return text;
}

struct set_options {
	const char *lang;
	bool reset;
};

static const char *
take_set(void *state, struct arena *arena, int option, const char *argument)
{
	struct set_options *set = state;

	if (option == 'l')
		return take_lang(&set->lang, arena, option, argument);
	set->reset = true;
	return NULL;
}

static int
setting_set_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "lang", required_argument, NULL, 'l' },
		{ "reset", no_argument, NULL, 'r' },
		{ 0 },
	};
	struct set_options set = { .lang = "" };
	const struct setting *setting;
	const char *value = NULL;
	char **words;
	int result = read_options(context, argc, argv, options, take_set, &set, 1, 2, &words);
	enum status status;

	if (result != DONE)
		return result;
	if (set.reset == (words[1] != NULL))
		return misuse(context, "Give either a value or --reset.");
	setting = find_setting(words[0]);
	if (setting == NULL)
		return FAILED;
	if (set.lang[0] != '\0' && !setting_differs(setting))
		return fail("%s has one value for all languages. Leave out --lang.", setting->name);
	if (!set.reset) {
		value = accept_value(context, setting, words[1]);
		if (value == NULL)
			return FAILED;
	}
	status = db_begin_write(context->db);
	if (status == OK)
		status = setting_save(context->db, setting->name, set.lang, value);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	return status == OK ? DONE : fail_status(status, "Saving the setting");
}

/* --- list ---------------------------------------------------------------------- */

/* Prints "name = value" or "name[zh] = value", and only the first line of a long text. */
static void
print_value(struct arena *arena, const char *name, const char *lang, const char *value)
{
	const char *end = strchr(value, '\n');
	const char *line = end == NULL ? value : arena_bytes(arena, value, (size_t)(end - value));

	if (lang[0] == '\0')
		say("%s = %s%s\n", name, line, end == NULL ? "" : " …");
	else
		say("%s[%s] = %s%s\n", name, lang, line, end == NULL ? "" : " …");
}

static int
setting_list_command(struct context *context, int argc, char **argv)
{
	const char *only = NULL;
	struct setting_values *values;
	char **words;
	int result = read_options(context, argc, argv, lang_option, take_lang, &only, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = setting_read(context->db, context->arena, &values);
	if (status != OK)
		return fail_status(status, "Reading the settings");
	for (const struct setting *setting = settings; setting->name != NULL; setting++) {
		const char *common = setting_value(values, setting->name, only == NULL ? "" : only);
		say("# %s\n", setting_command_help(setting));
		print_value(context->arena, setting->name, "", common);
		for (const struct language *language = languages;
			only == NULL && setting_differs(setting) && language->code != NULL; language++) {
			const char *own = setting_value(values, setting->name, language->code);
			if (!str_equal(own, common))
				print_value(context->arena, setting->name, language->code, own);
		}
	}
	return DONE;
}

/* --- help ---------------------------------------------------------------------- */

/* Describes one setting or all; docs/settings.sh makes the manual page from it. */
static int
setting_help_command(struct context *context, int argc, char **argv)
{
	const struct setting *only = NULL;
	char **words;
	int result = read_words(context, argc, argv, 0, 1, &words);

	if (result != DONE)
		return result;
	if (words[0] != NULL && (only = find_setting(words[0])) == NULL)
		return FAILED;
	for (const struct setting *setting = settings; setting->name != NULL; setting++)
		if (only == NULL || only == setting)
			say("%s\n\t%s%s\n\tdefault: %s\n\t%s\n", setting->name, setting_type_text(context->arena, setting),
				setting_differs(setting) ? "; one for each language, or for all" : "",
				*setting->default_value == '\0' ? "nothing" : setting->default_value, setting_command_help(setting));
	return DONE;
}

const struct command setting_commands[] = {
	{ "setting", "get", "NAME [--lang LANG]", "Prints a setting.", setting_get_command, NEEDS_DATABASE },
	{ "setting", "set", "NAME (VALUE | - | --reset) [--lang LANG]",
		"Changes a setting; - reads the value from standard input, --reset restores the default.",
		setting_set_command, NEEDS_DATABASE },
	{ "setting", "help", "[NAME]", "Explains a setting: what it does, its values and its default.", setting_help_command, NEEDS_NOTHING },
	{ "setting", "list", "[--lang LANG]", "Lists all settings with their values and what they do.", setting_list_command, NEEDS_DATABASE },
	{ 0 },
};
