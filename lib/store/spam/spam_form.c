#include "store/spam/spam_internal.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"

/* Looks ahead are bounded, because every character of a text may cause one. */
enum { TAG_MAX = 500, LINK_TEXT_MAX = 200, LINKS_READ = 10 };

/* --- reading --------------------------------------------------------------------- */

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The characters that HTML has names for. Comments that were copied from elsewhere contain them. */
static size_t
entity(const char *text, char *ret_character)
{
	static const struct { const char *name; char character; } entities[] = {
		{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' }, { "&nbsp;", ' ' },
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		if (str_starts(text, entities[i].name)) {
			*ret_character = entities[i].character;
			return strlen(entities[i].name);
		}
	return 0;
}

/* The length of an HTML tag, 0 when there is none. */
static size_t
tag(const char *text)
{
	size_t length;

	if (text[1] != '/' && !(text[1] >= 'a' && text[1] <= 'z') && !(text[1] >= 'A' && text[1] <= 'Z'))
		return 0;
	for (length = 2; length < TAG_MAX && text[length - 1] != '\0' && strchr("<>\n", text[length]) == NULL; length++)
		;
	return text[length - 1] != '\0' && text[length] == '>' ? length + 1 : 0;
}

/* False for an email address, and for a link that is the same as the one before. */
static bool
take_link(struct spam_gather *gather, const struct spam_link *link, struct spam_form *form)
{
	if (link->is_email) {
		if (++form->emails <= LINKS_READ)
			spam_link_add_host(gather, "host:", link);
		return false;
	}
	/* <a href="X">X</a> is one link. */
	if (form->last_link_length == link->length && strncmp(form->last_link, link->start, link->length) == 0)
		return false;
	form->last_link = link->start;
	form->last_link_length = link->length;
	form->links++;
	form->has_referral |= link->is_referral;
	form->has_short_link |= link->is_short;
	if (form->links <= LINKS_READ) {
		spam_link_add_host(gather, "host:", link);
		spam_link_add_path(gather, link);
	}
	return true;
}

/* The text between two characters, the first of which is near. Changes nothing when it is not found. */
static void
find_between(const char *text, char before, char after, const char **ret_from, const char **ret_to)
{
	size_t length = strnlen(text, 2 * LINK_TEXT_MAX);
	const char *from = memchr(text, before, length);
	const char *to = from == NULL ? NULL : memchr(from + 1, after, length - (size_t)(from + 1 - text));

	if (to != NULL) {
		*ret_from = from + 1;
		*ret_to = to;
	}
}

/* Finds the text of a link in markup, before or after it, and adds its words. */
static void
take_link_text(struct spam_gather *gather, const char *text, const struct spam_link *link, struct spam_form *form)
{
	const char *start = link->start, *end = start + link->length, *from = NULL, *to = NULL;
	struct spam_words words = { 0 };

	if (start - text >= 2 && start[-1] == '(' && start[-2] == ']') {
		to = start - 2;
		for (from = to; from > text && from[-1] != '[' && to - from < LINK_TEXT_MAX; from--)
			;
	} else if (start - text >= 5 && strncasecmp(start - 5, "[url=", 5) == 0) {
		form->has_bbcode = true;
		find_between(end, ']', '[', &from, &to);
	} else if (start - text >= 5 && (strncasecmp(start - 5, "href=", 5) == 0 || strncasecmp(start - 5, "ref=\"", 5) == 0)) {
		find_between(end, '>', '<', &from, &to);
	} else {
		return;
	}
	form->has_markup = true;
	if (from != NULL && to - from <= LINK_TEXT_MAX && form->links <= LINKS_READ)
		spam_words_add(gather, "link text:", arena_bytes(gather->arena, from, (size_t)(to - from)), &words);
}

/* A sign of money beside a number. after: what follows the sign. */
static bool
is_money(const char *text, const char *sign, const char *after)
{
	after += *after == ' ';
	return (*after >= '0' && *after <= '9') || (sign > text && sign[-1] >= '0' && sign[-1] <= '9');
}

static void
count_sign(struct spam_form *form, const char *text, const char *here)
{
	static const char *const money[] = { "€", "£", "¥", "￥" };

	form->exclamations += str_starts(here, "！");
	form->questions += str_starts(here, "？");
	for (size_t i = 0; i < sizeof(money) / sizeof(*money); i++)
		if (str_starts(here, money[i]))
			form->has_money |= is_money(text, here, here + strlen(money[i]));
}

static void
count_character(struct spam_form *form, const char *text, const char *here)
{
	char c = *here;
	bool capital = c >= 'A' && c <= 'Z';

	form->characters += ((unsigned char)c & 0xC0) != 0x80;
	form->capitals += capital;
	form->letters += capital || (c >= 'a' && c <= 'z');
	form->exclamations += c == '!';
	form->questions += c == '?';
	form->has_arrow |= (c == '>' && here > text && (here[-1] == '-' || here[-1] == '=' || here[-1] == '>')) || (c == '<' && here[1] == '-');
	form->has_money |= c == '$' && is_money(text, here, here + 1);
	if ((unsigned char)c >= 0xC2)
		count_sign(form, text, here);
}

/* The text with entities replaced. Without that "don&#39;t" would be three words. */
static char *
without_entities(struct arena *arena, const char *text)
{
	struct str out = str_init(arena);

	for (const char *next; (next = strchr(text, '&')) != NULL;) {
		char character = '&';
		size_t length = entity(next, &character);
		str_add_bytes(&out, text, (size_t)(next - text));
		str_add_char(&out, character);
		text = next + (length == 0 ? 1 : length);
	}
	str_add(&out, text);
	return out.bytes;
}

/*
 * Whether a link or an email address may begin here. After a dot or a hyphen only one with a scheme can, so "a.a.a…" is
 * not read once for each letter.
 */
static bool
begins_link(const char *text, const char *here)
{
	if (!is_word(*here) || (unsigned char)*here >= 0x80)
		return false;
	if (here == text || (!is_word(here[-1]) && strchr(".-_@+", here[-1]) == NULL))
		return true;
	return *here == 'h' && str_starts(here, "http");
}

char *
spam_form_read(struct spam_gather *gather, const char *text, struct spam_form *form)
{
	struct str plain = str_init(gather->arena);
	const char *here = text = without_entities(gather->arena, text), *tag_end = text;
	struct spam_link link;
	size_t length;

	while (*here != '\0') {
		if (begins_link(text, here) && spam_link_read(here, &link)) {
			if (take_link(gather, &link, form))
				take_link_text(gather, text, &link, form);
			if (here >= tag_end)
				str_add_char(&plain, '\n');
			here += link.length;
			continue;
		}
		/* A tag is no text, but there may be a link in it. */
		length = *here == '<' ? tag(here) : 0;
		if (length > 0) {
			tag_end = here + length;
			str_add_char(&plain, strncasecmp(here, "<br", 3) == 0 || strncasecmp(here, "<p", 2) == 0 ? '\n' : ' ');
		}
		if (here >= tag_end) {
			count_character(form, text, here);
			str_add_char(&plain, *here);
		}
		here++;
	}
	form->last_link_length = 0;
	return plain.bytes;
}

void
spam_form_site(struct spam_gather *gather, const char *text)
{
	struct spam_link link;

	if (spam_link_read(text, &link) && !link.is_email)
		spam_link_add_host(gather, "site:", &link);
}

/* --- features ----------------------------------------------------------------------- */

static void
add_if(struct spam_gather *gather, bool is_so, const char *name)
{
	if (is_so)
		spam_gather_add(gather, "form:", name, false);
}

/* The name of the step that a number is in. steps: upper limits with names, the last one SIZE_MAX. */
struct step {
	size_t most;
	const char *name;
};

static void
add_step(struct spam_gather *gather, size_t number, const struct step *steps)
{
	while (number > steps->most)
		steps++;
	add_if(gather, true, steps->name);
}

static void
add_script(struct spam_gather *gather, const struct spam_words *words, bool has_links)
{
	size_t letters = words->latin + words->cyrillic + words->ideographs + words->other;
	size_t most = words->latin;

	most = words->cyrillic > most ? words->cyrillic : most;
	most = words->ideographs > most ? words->ideographs : most;
	most = words->other > most ? words->other : most;
	add_if(gather, letters == 0 && !has_links, "no letters");
	if (letters == 0)
		return;
	add_if(gather, most == words->latin, "Latin script");
	add_if(gather, most == words->cyrillic, "Cyrillic or Greek script");
	add_if(gather, most == words->ideographs, "Chinese, Japanese or Korean script");
	add_if(gather, most == words->other, "another script");
	add_if(gather, most * 5 < letters * 4, "several scripts");
}

void
spam_form_add(struct spam_gather *gather, const struct spam_form *form, const struct spam_words *words)
{
	static const struct step links[] = { { 0, "links 0" }, { 1, "links 1" }, { 2, "links 2" }, { SIZE_MAX, "links 3 or more" } };
	static const struct step lengths[] = { { 20, "length up to 20" }, { 60, "length up to 60" }, { 150, "length up to 150" },
		{ 400, "length up to 400" }, { 1000, "length up to 1000" }, { 3000, "length up to 3000" }, { SIZE_MAX, "length over 3000" } };
	static const struct step spam_words[] = { { 0, "no known spam word" }, { 1, "spam words 1" }, { 2, "spam words 2" },
		{ 4, "spam words 3 to 4" }, { SIZE_MAX, "spam words 5 or more" } };

	add_step(gather, form->links, links);
	add_step(gather, form->characters, lengths);
	add_step(gather, gather->spam_words, spam_words);
	add_script(gather, words, form->links > 0);
	add_if(gather, form->links > 0 && words->words <= 2, "only a link");
	add_if(gather, form->has_markup, "markup of a link");
	add_if(gather, form->has_bbcode, "link as BBCode");
	add_if(gather, form->has_referral, "referral in a link");
	add_if(gather, form->has_short_link, "shortened link");
	add_if(gather, form->emails > 0, "email address");
	add_if(gather, words->has_long_number, "telephone number");
	add_if(gather, form->has_money, "amount of money");
	add_if(gather, words->has_code, "code");
	add_if(gather, form->letters >= 8 && form->capitals * 5 >= form->letters * 3, "capitals");
	add_if(gather, form->exclamations >= 3, "exclamation marks");
	add_if(gather, form->questions > 0, "question mark");
	add_if(gather, form->has_arrow || words->has_arrow, "arrows");
	add_if(gather, words->has_mixed_word, "word of two scripts");
	add_if(gather, words->has_long_word, "long word");
	add_if(gather, words->words >= 10 && words->repeated * 5 >= words->words, "repeated words");
}
