#include "store/spam/spam_internal.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"

/*
 * Every word of a text may be asked whether it begins a link, so each look ahead is bounded: LOCAL_MAX and HOST_MAX are
 * the limits of RFC 5321, 4.5.3.1.
 */
enum { LOCAL_MAX = 64, HOST_MAX = 255, PATH_SEARCHED = 200, PATH_WORDS_MAX = 8, PATH_WORD_BYTES = 24 };

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static size_t
scheme_length(const char *text)
{
	static const char *const schemes[] = { "http://", "https://", "hxxp://", "hxxps://", "ftp://" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		if (strncasecmp(text, schemes[i], strlen(schemes[i])) == 0)
			return strlen(schemes[i]);
	return 0;
}

/* Without a scheme, "end.Then" must not be a host, so its last part must be one of these. */
static bool
is_known_end(const char *end, size_t length)
{
	static const char known[] = " com net org info biz io co me tv ly gl gd ru cn tk xyz top club online site shop vip cc pw win bid loan click"
		" link live app dev ga ml cf gq in us uk de fr br jp kr tw hk eu nl pl it es ca au id ua ws to im fm be ";
	char name[16] = " ";

	if (length < 2 || length > 8)
		return false;
	for (size_t i = 0; i < length; i++)
		name[i + 1] = lower(end[i]);
	name[length + 1] = ' ';
	return strstr(known, name) != NULL;
}

/* The length of a host name that begins here; dots and hyphens stand only between letters and digits. */
static size_t
host_length(const char *text, size_t *ret_last_part)
{
	size_t length = 0, last_part = 0;

	while (length < HOST_MAX && (is_alnum(text[length]) || ((text[length] == '-' || text[length] == '.') && length > 0 && is_alnum(text[length + 1])))) {
		if (text[length] == '.')
			last_part = length + 1;
		length++;
	}
	*ret_last_part = last_part;
	return length;
}

static void
take_host(struct spam_link *link, const char *host, size_t length)
{
	size_t count;

	if (length > 4 && strncasecmp(host, "www.", 4) == 0) {
		host += 4;
		length -= 4;
	}
	count = length < SPAM_HOST_BYTES - 1 ? length : SPAM_HOST_BYTES - 1;
	for (size_t i = 0; i < count; i++)
		link->host[i] = lower(host[length - count + i]);
	link->host[count] = '\0';
}

static bool
has_word(const char *path, size_t length, const char *const *words)
{
	for (; *words != NULL; words++)
		for (size_t i = 0, wide = strlen(*words); i + wide <= length; i++)
			if (strncasecmp(path + i, *words, wide) == 0)
				return true;
	return false;
}

static void
judge(struct spam_link *link)
{
	static const char *const referrals[] = { "ref=", "/ref/", "?r=", "aff", "friend=", "referral", "invite", "promo", NULL };
	static const char shorteners[] = " bit.ly goo.gl tinyurl.com t.co adf.ly ow.ly is.gd j.mp cutt.ly rb.gy shorturl.at buff.ly t.cn dwz.cn url.cn"
		" suo.im rebrand.ly tiny.cc bc.vc linkbucks.com shorte.st ";
	char host[SPAM_HOST_BYTES + 3];
	size_t length = strlen(link->host), path = link->length - (size_t)(link->path - link->start);

	host[0] = ' ';
	memcpy(host + 1, link->host, length);
	memcpy(host + 1 + length, " ", 2);
	link->is_short = strstr(shorteners, host) != NULL;
	link->is_referral = has_word(link->path, path < PATH_SEARCHED ? path : PATH_SEARCHED, referrals);
}

bool
spam_link_read(const char *text, struct spam_link *ret_link)
{
	struct spam_link link = { .start = text };
	size_t scheme = scheme_length(text), host, last_part, length = scheme;

	/* The part of an address before the @ may have dots, and is no host. */
	if (scheme == 0) {
		size_t local = 0;
		while (local < LOCAL_MAX && (is_alnum(text[local]) || (text[local] != '\0' && strchr("._+-", text[local]) != NULL)))
			local++;
		link.is_email = text[local] == '@';
		length = link.is_email ? local + 1 : 0;
	}
	host = host_length(text + length, &last_part);
	if (host == 0 || (scheme == 0 && last_part == 0))
		return false;
	if (scheme == 0 && !link.is_email && strncasecmp(text, "www.", 4) != 0
		&& !is_known_end(text + last_part, host - last_part))
		return false;
	take_host(&link, text + length, host);
	length += host;
	link.path = text + length;
	if (!link.is_email && strchr("/?#:", text[length]) != NULL && text[length] != '\0') {
		/* Chinese text follows a link without a space. */
		while ((unsigned char)text[length] > ' ' && (unsigned char)text[length] < 0x80 && strchr("<>\"'[]()`", text[length]) == NULL)
			length++;
	}
	link.length = length;
	judge(&link);
	*ret_link = link;
	return true;
}

void
spam_link_add_host(struct spam_gather *gather, const char *prefix, const struct spam_link *link)
{
	const char *end = strrchr(link->host, '.');

	spam_gather_add(gather, prefix, link->host, false);
	if (end != NULL)
		spam_gather_add(gather, "tld:", end + 1, false);
}

void
spam_link_add_path(struct spam_gather *gather, const struct spam_link *link)
{
	const char *here = link->path, *end = link->start + link->length;
	int words = 0;

	while (here < end && words < PATH_WORDS_MAX) {
		char word[PATH_WORD_BYTES];
		size_t length = 0;
		bool has_digit = false;
		for (; here < end && is_alnum(*here); here++, length++) {
			has_digit |= *here >= '0' && *here <= '9';
			if (length < sizeof(word) - 1)
				word[length] = lower(*here);
		}
		if (length >= 3 && length < sizeof(word) && !has_digit) {
			word[length] = '\0';
			spam_gather_add(gather, "link:", word, false);
			words++;
		}
		if (length == 0)
			here++;
	}
}
