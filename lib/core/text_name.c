#include "core/text_name.h"

#include <string.h>
#include <utf8proc.h>

#include "core/str.h"
#include "core/text_internal.h"

static utf8proc_category_t
category_of(int32_t code_point)
{
	return utf8proc_category(code_point);
}

static bool
is_mark(int32_t code_point)
{
	utf8proc_category_t category = category_of(code_point);

	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static bool
is_visible(int32_t code_point)
{
	utf8proc_category_t category = category_of(code_point);

	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO && !is_mark(code_point) && category != UTF8PROC_CATEGORY_MC;
}

char *
text_name_clean(struct arena *arena, const char *name)
{
	const char *rest = text_collapse(arena, name);
	struct str out = str_init(arena);
	bool visible = false;
	int marks = 0;

	for (const char *here = rest;; here = rest) {
		int32_t c = text_next(&rest);
		if (c == 0)
			break;
		marks = is_mark(c) ? marks + 1 : 0;
		if (marks > TEXT_NAME_MARKS || (marks > 0 && out.length == 0))
			continue;
		visible = visible || is_visible(c);
		str_add_bytes(&out, here, (size_t)(rest - here));
	}
	return visible ? out.bytes : arena_dup(arena, "");
}

/* The Latin letter that a folded letter looks like, or the letter itself. */
static int32_t
latin_of(int32_t code_point)
{
	static const struct { int32_t other; char latin; } pairs[] = {
		{ 0x0430, 'a' }, { 0x0432, 'b' }, { 0x0435, 'e' }, { 0x043a, 'k' }, { 0x043c, 'm' }, { 0x043d, 'h' }, { 0x043e, 'o' },
		{ 0x0440, 'p' }, { 0x0441, 'c' }, { 0x0442, 't' }, { 0x0443, 'y' }, { 0x0445, 'x' }, { 0x0455, 's' }, { 0x0456, 'i' },
		{ 0x0458, 'j' }, { 0x04bb, 'h' }, { 0x04cf, 'l' }, { 0x0501, 'd' }, { 0x051b, 'q' }, { 0x051d, 'w' }, { 0x0454, 'e' },
		{ 0x03b1, 'a' }, { 0x03b2, 'b' }, { 0x03b5, 'e' }, { 0x03b6, 'z' }, { 0x03b7, 'h' }, { 0x03b9, 'i' }, { 0x03ba, 'k' },
		{ 0x03bc, 'm' }, { 0x03bd, 'v' }, { 0x03bf, 'o' }, { 0x03c1, 'p' }, { 0x03c4, 't' }, { 0x03c5, 'u' }, { 0x03c7, 'x' },
		{ 0x03f2, 'c' }, { 0x0131, 'i' }, { 0x0251, 'a' }, { 0x0261, 'g' }, { 0x1d04, 'c' }, { 0x1d0f, 'o' },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (pairs[i].other == code_point)
			return pairs[i].latin;
	return code_point;
}

static bool
is_compared(int32_t code_point)
{
	utf8proc_category_t category = category_of(code_point);

	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || category == UTF8PROC_CATEGORY_MC ||
		(category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

char *
text_name_fold(struct arena *arena, const char *name)
{
	/* text_fold() first, because it bounds the runs of marks: utf8proc sorts a run in quadratic time. */
	const char *tame = text_fold(arena, name), *rest;
	struct str out = str_init(arena);
	char coded[4];

	rest = text_map(arena, tame, strlen(tame), UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
		UTF8PROC_IGNORE | UTF8PROC_STRIPNA);
	for (int32_t c; (c = text_next(&rest)) != 0;)
		if (is_compared(c))
			str_add_bytes(&out, coded, text_put(latin_of(c), coded));
	return out.bytes;
}
