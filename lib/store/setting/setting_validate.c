/* Validates the values of settings. */
#include "store/setting/setting.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/field.h"
#include "core/str.h"
#include "core/text.h"

#define N_(message) message /* translated where it is shown */

/* The page backgrounds of the default theme, to which the owner's colours need enough contrast. */
static const unsigned char paper[3] = { 0xfb, 0xfa, 0xf7 }, dark_paper[3] = { 0x17, 0x16, 0x14 };

/* The fifth root of a number from 0 to 1, by Newton's method, so that no program needs the mathematics library. */
static double
fifth_root(double number)
{
	double root = 1;

	for (int i = 0; i < 60; i++)
		root -= (root - number / (root * root * root * root)) / 5;
	return root;
}

/*
 * Converts a channel of sRGB to linear light: x to the power of 2.4, with a linear part near 0 (WCAG 2.1, "relative
 * luminance").
 */
static double
linear(unsigned char channel)
{
	double part = channel / 255.0, x = (part + 0.055) / 1.055;

	if (part <= 0.04045)
		return part / 12.92;
	return x * x * fifth_root(x * x);
}

static double
luminance(const unsigned char colour[3])
{
	return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/* WCAG 2.1, "contrast ratio". */
static double
contrast(const unsigned char a[3], const unsigned char b[3])
{
	double one = luminance(a) + 0.05, other = luminance(b) + 0.05;

	return one > other ? one / other : other / one;
}

static bool
read_colour(const char *value, unsigned char ret_colour[3])
{
	unsigned int red, green, blue;

	if (value[0] != '#' || strspn(value + 1, "0123456789abcdefABCDEF") != 6 || value[7] != '\0'
		|| sscanf(value + 1, "%2x%2x%2x", &red, &green, &blue) != 3)
		return false;
	ret_colour[0] = (unsigned char)red;
	ret_colour[1] = (unsigned char)green;
	ret_colour[2] = (unsigned char)blue;
	return true;
}

bool
setting_contrast(const char *value, bool dark, double *ret_contrast)
{
	unsigned char colour[3];
	double found;

	if (!read_colour(value, colour))
		return false;
	found = contrast(colour, dark ? dark_paper : paper);
	/* Rounded down, so that no message says "4.5 is less than 4.5". */
	*ret_contrast = (double)(int)(found * 100) / 100;
	return true;
}

static const char *
colour_problem(struct arena *arena, const char *value, bool dark)
{
	double found;

	if (!setting_contrast(value, dark, &found))
		return N_("Enter a colour as #rrggbb, such as #a8281c.");
	if (found >= SETTING_CONTRAST_MIN)
		return NULL;
	return arena_printf(arena, "the colour has a contrast of %.2f to 1 on the paper; 4.50 are needed, so choose a %s one",
		found, dark ? "lighter" : "darker");
}

/* --- menus ------------------------------------------------------------------ */

/* A local path, or an https URL, whose page cannot be changed on the way. */
static bool
is_link_address(const char *text)
{
	if (strpbrk(text, "<>\"\\") != NULL)
		return false;
	if (text[0] == '/')
		return text[1] != '/';
	return str_starts(text, "https://") && isalnum((unsigned char)text[strlen("https://")]);
}

/* Reads the next line that is not empty. Its last word is the address, the words before are the label. */
static bool
next_link(struct arena *arena, const char **at, struct setting_link *ret_link)
{
	while (**at != '\0') {
		size_t length = strcspn(*at, "\n");
		const char *line = str_trim(arena, arena_bytes(arena, *at, length)), *space = strrchr(line, ' ');
		*at += length + ((*at)[length] == '\n');
		if (*line == '\0')
			continue;
		ret_link->words = space == NULL ? "" : str_trim(arena, arena_bytes(arena, line, (size_t)(space - line)));
		ret_link->address = space == NULL ? line : space + 1;
		return true;
	}
	return false;
}

size_t
setting_links(struct arena *arena, const char *value, struct setting_link *ret_links)
{
	size_t count = 0;

	while (count < SETTING_LINKS_MAX && next_link(arena, &value, &ret_links[count]))
		if (*ret_links[count].words != '\0' && is_link_address(ret_links[count].address))
			count++;
	return count;
}

static const char *
links_problem(struct arena *arena, const char *value)
{
	struct setting_link link;
	size_t count = 0;

	while (next_link(arena, &value, &link)) {
		if (*link.words == '\0')
			return N_("each line needs a label and then an address, such as Essays /tag/essays");
		if (!is_link_address(link.address))
			return N_("each line ends with an address, which begins with / for a page of this site, or with https://");
		if (++count > SETTING_LINKS_MAX)
			return N_("A menu can have at most 12 items.");
	}
	return NULL;
}

/* --- images ------------------------------------------------------------------- */

/* "ab/", a digest of 64 hexadecimal digits that begins with the same two, and the suffix of an image. */
static bool
is_picture(const char *value)
{
	static const char *const endings[] = { ".webp", ".png", ".jpg", ".avif", ".gif", NULL };
	bool known = false;

	for (size_t i = 0; endings[i] != NULL; i++)
		known = known || str_ends(value, endings[i]);
	return known && strspn(value, "0123456789abcdef") == 2 && value[2] == '/' && strspn(value + 3, "0123456789abcdef") == 64
		&& value[67] == '.' && strncmp(value, value + 3, 2) == 0;
}

bool
setting_is_theme(const char *name)
{
	size_t length = strlen(name);

	return length >= 1 && length <= SETTING_THEME_MAX && name[0] != '-'
		&& strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* Like clock_use_zone(), but does not change the time zone. */
static bool
is_zone(const char *value)
{
	char path[128];
	int length = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", value);
	char magic[4];
	FILE *file;
	bool found;

	if (str_equal(value, "UTC"))
		return true;
	if (str_empty(value) || value[0] == '/' || strstr(value, "..") != NULL || length >= (int)sizeof(path))
		return false;
	file = fopen(path, "rbe");
	if (file == NULL)
		return false;
	found = fread(magic, 1, sizeof(magic), file) == sizeof(magic) && memcmp(magic, "TZif", sizeof(magic)) == 0;
	(void)fclose(file);
	return found;
}

static const char *
text_problem(struct arena *arena, const char *value, enum text_kind kind, size_t most)
{
	if (!text_keeps_all(value, strlen(value), kind))
		return kind == TEXT_LINE && strchr(value, '\n') != NULL ? N_("Enter a single line.")
			: N_("The text contains damaged or invisible characters. Remove them and try again.");
	if (text_length(value) > most)
		return arena_printf(arena, "the value is longer than %zu characters", most);
	return NULL;
}

const char *
setting_problem(struct arena *arena, const struct setting *setting, const char *value)
{
	const char *problem;
	long long number;

	switch (setting->type) {
	case SETTING_LINE:
		return text_problem(arena, value, TEXT_LINE, SETTING_LINE_MAX);
	case SETTING_TEXT:
		return text_problem(arena, value, TEXT_BLOCK, SETTING_TEXT_MAX);
	case SETTING_CHARACTER:
		problem = text_problem(arena, value, TEXT_LINE, SETTING_LINE_MAX);
		if (problem == NULL && (text_length(value) > 1 || (*value != '\0' && *text_collapse(arena, value) == '\0')))
			problem = N_("Enter one character, or leave this empty.");
		return problem;
	case SETTING_LANGUAGE:
		return str_equal(value, "en") || str_equal(value, "zh") ? NULL : N_("Enter en or zh.");
	case SETTING_LANGUAGES:
		return str_equal(value, "en") || str_equal(value, "zh") || str_equal(value, "en zh") ? NULL
			: "the value must be en, zh or \"en zh\"";
	case SETTING_ZONE:
		return is_zone(value) ? NULL : N_("The system doesn't know this time zone. Enter one such as Europe/Berlin or Asia/Shanghai.");
	case SETTING_COLOUR:
	case SETTING_COLOUR_DARK:
		return colour_problem(arena, value, setting->type == SETTING_COLOUR_DARK);
	case SETTING_LINKS:
		problem = text_problem(arena, value, TEXT_BLOCK, SETTING_TEXT_MAX);
		return problem != NULL ? problem : links_problem(arena, value);
	case SETTING_PICTURE:
		return *value == '\0' || is_picture(value) ? NULL
			: N_("Enter the image's path in the media folder: the part of its address after /media/.");
	case SETTING_CHOICE:
		for (const struct field_choice *choice = setting_choices(setting); choice->value != NULL; choice++)
			if (str_equal(value, choice->value))
				return NULL;
		return N_("Choose one of the options listed.");
	case SETTING_THEME:
		return setting_is_theme(value) ? NULL : N_("Enter a theme name made of lowercase letters, digits and hyphens, such as default.");
	case SETTING_NUMBER:
		return str_to_integer(value, &number) && number >= 0 && number <= SETTING_NUMBER_MAX ? NULL
			: N_("Enter a whole number from 0 to 1000000000.");
	case SETTING_COUNT:
		return str_to_integer(value, &number) && number >= 1 && number <= SETTING_COUNT_MAX ? NULL
			: N_("Enter a number from 1 to 50.");
	case SETTING_FLAG:
		return str_equal(value, "yes") || str_equal(value, "no") ? NULL : N_("Enter yes or no.");
	}
	abort();
}
