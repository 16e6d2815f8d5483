#include "store/user/user.h"

#include <ctype.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "store/audit/audit.h"
#include "store/user/user_columns.h"

enum { NAME_LENGTH_MAX = 100, BIO_MAX = 4000, EMAIL_MAX = 254, LOCAL_PART_MAX = 64, LABEL_MAX = 63, SLUG_TRIES = 50 };

/* Leaves room for "-50" or a random suffix within the 80 characters of a slug. */
enum { SLUG_MAX = 60 };

const char *const user_roles[] = { "member", "author", "moderator", "editor", "owner", NULL };

static const struct column user_columns[] = {
	COLUMN_INT(struct user, id),
	COLUMN_TEXT(struct user, slug),
	COLUMN_TEXT(struct user, name),
	COLUMN_TEXT(struct user, email),
	COLUMN_TEXT(struct user, role),
	COLUMN_TEXT(struct user, bio),
	COLUMN_INT(struct user, created),
	COLUMN_INT(struct user, disabled),
	COLUMN_INT(struct user, revision),
	{ 0 },
};
const struct row user_row = { sizeof(struct user), user_columns };

bool
user_is_role(const char *role)
{
	for (size_t i = 0; user_roles[i] != NULL; i++)
		if (str_equal(user_roles[i], role))
			return true;
	return false;
}

static const struct {
	const char *role;
	unsigned rights;
} role_rights[] = {
	{ "member", 0 },
	{ "author", RIGHT_WRITE },
	{ "moderator", RIGHT_MODERATE },
	{ "editor", RIGHT_WRITE | RIGHT_EDIT | RIGHT_MODERATE },
	{ "owner", RIGHT_WRITE | RIGHT_EDIT | RIGHT_MODERATE | RIGHT_RUN },
};

bool
user_may(const struct user *user, enum right right)
{
	for (size_t i = 0; user != NULL && !user->disabled && i < sizeof(role_rights) / sizeof(*role_rights); i++)
		if (str_equal(role_rights[i].role, user->role))
			return (role_rights[i].rights & (unsigned)right) != 0;
	return false;
}

QUERY(by_id, "SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.id = :id");

enum status
user_by_id(struct db *db, struct arena *arena, int64_t id, struct user *ret_user)
{
	return query_one(db, arena, by_id, &user_row, ret_user, BIND(INT("id", id)));
}

QUERY(by_slug, "SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.slug = :slug");

enum status
user_by_slug(struct db *db, struct arena *arena, const char *slug, struct user *ret_user)
{
	return query_one(db, arena, by_slug, &user_row, ret_user, BIND(TEXT("slug", slug)));
}

static char *
lower_ascii(struct arena *arena, const char *text)
{
	char *lower = arena_dup(arena, text);

	for (char *c = lower; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return lower;
}

const char *
user_address_key(struct arena *arena, const char *typed)
{
	return lower_ascii(arena, str_trim(arena, typed));
}

QUERY(by_email, "SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.email = :email");

enum status
user_by_email(struct db *db, struct arena *arena, const char *email, struct user *ret_user)
{
	return query_one(db, arena, by_email, &user_row, ret_user, BIND(TEXT("email", user_address_key(arena, email))));
}

QUERY(by_name, "SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.name = :name ORDER BY u.id LIMIT 1");

enum status
user_by_name(struct db *db, struct arena *arena, const char *name, struct user *ret_user)
{
	return query_one(db, arena, by_name, &user_row, ret_user, BIND(TEXT("name", name)));
}

QUERY(eldest_owner, "SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.role = 'owner' ORDER BY u.id LIMIT 1");

enum status
user_owner(struct db *db, struct arena *arena, struct user *ret_user)
{
	return query_one(db, arena, eldest_owner, &user_row, ret_user, BIND());
}

QUERY(after, "SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.id > :after ORDER BY u.id LIMIT :most");

enum status
user_list(struct db *db, struct arena *arena, int64_t after_id, int64_t limit, struct user **ret_users,
	size_t *ret_count)
{
	return query_list(db, arena, after, &user_row, ret_users, ret_count,
		BIND(INT("after", after_id), INT("most", limit < 0 ? 0 : limit)));
}

QUERY(beginning_with,
	"SELECT" USER_COLUMNS " FROM site_user AS u WHERE u.id > :after AND u.id IN"
	" (SELECT id FROM site_user WHERE email >= :from AND email < :to"
	" UNION ALL SELECT id FROM site_user WHERE lower(name) >= :from AND lower(name) < :to) ORDER BY u.id LIMIT :most");

enum status
user_search(struct db *db, struct arena *arena, const char *beginning, int64_t after_id, int64_t limit,
	struct user **ret_users, size_t *ret_count)
{
	const char *from = lower_ascii(arena, beginning);

	/* The prefix followed by the last Unicode character (U+10FFFF) is the end of the range. */
	return query_list(db, arena, beginning_with, &user_row, ret_users, ret_count, BIND(INT("after", after_id),
		INT("most", limit < 0 ? 0 : limit), TEXT("from", from), TEXT("to", arena_printf(arena, "%s\xf4\x8f\xbf\xbf", from))));
}

/* --- adding ----------------------------------------------------------------- */

/* The part before the '@': Dot-string in RFC 5321, the only form in use. */
static bool
is_local_part(const char *text, size_t length)
{
	if (length == 0 || length > LOCAL_PART_MAX || text[0] == '.' || text[length - 1] == '.')
		return false;
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '.' && text[i + 1] == '.')
			return false;
		if (!isalnum(c) && (c >= 0x80 || c == '\0' || strchr(".!#$%&'*+-/=?^_`{|}~", c) == NULL))
			return false;
	}
	return true;
}

/* Labels of letters, digits and inner hyphens, separated by dots (RFC 1123, section 2.1). */
static bool
is_domain(const char *text)
{
	size_t label = 0;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '.') {
			if (label == 0 || text[-1] == '-')
				return false;
			label = 0;
			continue;
		}
		if (c >= 0x80 || (!isalnum(c) && (c != '-' || label == 0)) || ++label > LABEL_MAX)
			return false;
	}
	return label > 0 && text[-1] != '-';
}

/* Normalises an email address; false when it cannot be one. */
static bool
accept_email(struct arena *arena, const char *email, const char **ret_email)
{
	char *lower;
	const char *at;

	if (email == NULL)
		return false;
	lower = lower_ascii(arena, str_trim(arena, email));
	at = strrchr(lower, '@');
	if (at == NULL || strlen(lower) > EMAIL_MAX || !is_local_part(lower, (size_t)(at - lower)) || !is_domain(at + 1))
		return false;
	*ret_email = lower;
	return true;
}

const char *
user_address(struct arena *arena, const char *email)
{
	const char *accepted;

	return accept_email(arena, email, &accepted) ? accepted : NULL;
}

static bool
accept_text(struct arena *arena, const char *text, enum text_kind kind, size_t most, const char **ret_text)
{
	char *accepted;

	if (text == NULL || !text_accept(arena, text, strlen(text), kind, &accepted))
		return false;
	accepted = kind == TEXT_LINE ? text_collapse(arena, accepted) : str_trim(arena, accepted);
	if (text_length(accepted) > most)
		return false;
	*ret_text = accepted;
	return true;
}

bool
user_accept_name(struct arena *arena, const char *text, const char **ret_name)
{
	const char *name;

	if (!accept_text(arena, text, TEXT_LINE, NAME_LENGTH_MAX, &name) || *name == '\0')
		return false;
	*ret_name = name;
	return true;
}

bool
user_accept_bio(struct arena *arena, const char *text, const char **ret_bio)
{
	return accept_text(arena, text, TEXT_BLOCK, BIO_MAX, ret_bio);
}

QUERY(slug_taken, "SELECT 1 FROM site_user WHERE slug = :slug");

/* The wanted slug, or the first of slug-2, slug-3 … that is free; after many tries, one with a random suffix. */
static enum status
free_slug(struct db *db, struct arena *arena, const char *wanted, const char **ret_slug)
{
	for (int number = 1; number <= SLUG_TRIES; number++) {
		const char *slug = number == 1 ? wanted : arena_printf(arena, "%s-%d", wanted, number);
		int64_t taken;
		enum status status = query_integer(db, slug_taken, &taken, BIND(TEXT("slug", slug)));
		if (status == NOT_FOUND) {
			*ret_slug = slug;
			return OK;
		}
		TRY(status);
	}
	*ret_slug = arena_printf(arena, "%s-%s", wanted, token_short(arena));
	return OK;
}

static const char *
wanted_slug(struct arena *arena, const struct user *user, const char *name)
{
	char *slug = !str_empty(user->slug) && text_is_slug(user->slug)
		? arena_dup(arena, user->slug) : text_slug(arena, name);
	const char *rest = slug;

	for (size_t i = 0; i < SLUG_MAX && *rest != '\0'; i++)
		(void)text_next(&rest);
	slug[rest - slug] = '\0';
	while (rest > slug && rest[-1] == '-')
		slug[--rest - slug] = '\0';
	return *slug == '\0' ? "reader" : slug;
}

QUERY(add,
	"INSERT INTO site_user (slug, name, email, role, bio, created, disabled, sample)"
	" VALUES (:slug, :name, :email, :role, :bio, :created, :disabled, :sample) RETURNING id");

enum status
user_add(struct db *db, struct arena *arena, const struct user *user, bool sample, int64_t *ret_id)
{
	const char *name, *email, *slug, *bio = "";

	if (!user_is_role(user->role) || !accept_email(arena, user->email, &email)
		|| !user_accept_name(arena, user->name, &name) || (user->bio != NULL && !user_accept_bio(arena, user->bio, &bio)))
		return INVALID;
	TRY(free_slug(db, arena, wanted_slug(arena, user, name), &slug));
	TRY(query_insert(db, add, ret_id, BIND(TEXT("slug", slug), TEXT("name", name), TEXT("email", email),
		TEXT("role", user->role), TEXT("bio", bio),
		INT("created", user->created != 0 ? user->created : clock_now()),
		INT("disabled", user->disabled != 0), INT("sample", sample))));
	return audit_add_user(db, AUDIT_USER_ADDED, *ret_id, NULL, user->role);
}
