/*
 * Parts of a text that only some readers could see in its own system. This site has no such parts, so the whole text is
 * not public.
 */
#include "task/import/import_internal.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"

/* Typecho and WordPress: "[hide]…[/hide]", "{hide}…{/hide}". Hugo: "{{< password x >}}…{{< /password >}}". */
static const char *const pairs[] = { "hide", "hidden", "hidecontent", "hide_content", "login", "loggedin", "loginview", "reply", "reply2view",
	"secret", "private", "private_content", "protected", "protect", "password", "encrypt", "encrypted", "hugo-encryptor", "member", "members",
	"members_only", "membersonly", "vip", "paid", "pay", "paywall", "premium", "subscriber", "subscribers", "restrict", "restricted", "access",
	"um_loggedin", "wcm_restrict" };

/* Comments that start a restricted part, such as Ghost's "<!--members-only-->". */
static const char *const marks[] = { "members-only", "reply start", "reply_start", "hide start", "login start", "secret start", "vip start",
	"paywall", NULL };

enum { PAIRS = sizeof(pairs) / sizeof(*pairs) };

/* The index of the word in pairs[], or PAIRS. */
static size_t
pair_of(const char *word, size_t length)
{
	size_t i = 0;

	while (i < PAIRS && (strlen(pairs[i]) != length || strncasecmp(pairs[i], word, length) != 0))
		i++;
	return i;
}

/* True when "/word" follows somewhere after one of these signs. */
static bool
ends(const char *text, const char *word, size_t length)
{
	while ((text = strchr(text, '/')) != NULL) {
		const char *sign = text;
		while (sign[-1] == ' ')
			sign--;
		if (strchr("[{<%", sign[-1]) != NULL && strncasecmp(text + 1, word, length) == 0 &&
			strchr("]} >%", text[1 + length]) != NULL)
			return true;
		text++;
	}
	return false;
}

/*
 * The mark that begins a restricted part at text, as it is shown in the report, without what may be a password. NULL
 * when no part begins there. endless: for each pair, whether it is known to have no end, so that a text is searched
 * only once for each.
 */
static const char *
part_at(struct arena *arena, const char *text, bool endless[PAIRS])
{
	static const struct { const char *opens, *closes; } forms[] = { { "{{<", "" }, { "{{%", "" }, { "[", "]" }, { "{", "}" } };

	if (str_starts(text, "<!--")) {
		const char *word = text + strlen("<!--") + strspn(text + strlen("<!--"), " ");
		for (size_t i = 0; marks[i] != NULL; i++)
			if (strncasecmp(word, marks[i], strlen(marks[i])) == 0)
				return arena_printf(arena, "<!--%s", marks[i]);
		return NULL;
	}
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		const char *word = text + strlen(forms[i].opens);
		size_t length, pair;
		if (!str_starts(text, forms[i].opens))
			continue;
		word += strspn(word, " ");
		length = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
		pair = pair_of(word, length);
		if (pair == PAIRS || endless[pair])
			return NULL;
		endless[pair] = !ends(word, word, length);
		if (endless[pair])
			return NULL;
		return arena_printf(arena, "%s%s%.*s%s", forms[i].opens, i < 2 ? " " : "", (int)length, word, forms[i].closes);
	}
	return NULL;
}

const char *
import_find_part(struct arena *arena, const char *body, int line, int *ret_line)
{
	bool endless[PAIRS] = { false };

	for (; *body != '\0'; body++) {
		const char *part = *body == '[' || *body == '{' || *body == '<' ? part_at(arena, body, endless) : NULL;
		if (part != NULL) {
			*ret_line = line;
			return part;
		}
		line += *body == '\n';
	}
	return NULL;
}
