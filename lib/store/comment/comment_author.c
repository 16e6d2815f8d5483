#include "store/comment/comment_author.h"

#include "core/str.h"
#include "core/text_name.h"
#include "core/token.h"
#include "store/auth/throttle_count.h"
#include "store/db/site_key.h"

enum status
comment_author_network(struct db *db, struct arena *arena, const char *address, const char **ret_network)
{
	const char *network = throttle_network(arena, address);

	*ret_network = "";
	return *network == '\0' ? OK : site_key_sign(db, arena, "comment", arena_printf(arena, "network %s", network), ret_network);
}

bool
comment_author_is(const struct comment_author *author, const struct comment *comment)
{
	if (author->user != NULL)
		return comment->user_id == author->user->id;
	return comment->user_id == 0 && *author->person != '\0' && token_is_same(author->person, comment->person);
}

bool
comment_author_may_edit(const struct comment *comment, int64_t now)
{
	return now - comment->created < COMMENT_OWN_SECONDS && (str_equal(comment->state, "shown") || str_equal(comment->state, "held"));
}

enum status
comment_author_secret(struct db *db, struct arena *arena, const struct comment *comment, const char **ret_secret)
{
	const char *signature;

	TRY(site_key_sign(db, arena, "comment", arena_printf(arena, "own comment %lld %lld", (long long)comment->id, (long long)comment->created), &signature));
	*ret_secret = token_of_digest(arena, signature);
	return OK;
}

enum status
comment_author_knows(struct db *db, struct arena *arena, const struct comment *comment, const char *secret, int64_t now, bool *ret_knows)
{
	const char *expected;

	TRY(comment_author_secret(db, arena, comment, &expected));
	*ret_knows = token_is_same(secret, expected) && now - comment->created < COMMENT_OWN_SECONDS;
	return OK;
}

struct staff {
	const char *name;
};
static const struct column staff_columns[] = { COLUMN_TEXT(struct staff, name), { 0 } };
static const struct row staff_row = { sizeof(struct staff), staff_columns };

/* Reads all of a small index: people who write and moderate. */
QUERY_WITH(QUERY_SORTS, staff_names, "SELECT name FROM site_user WHERE role <> 'member' ORDER BY name");

struct imitation {
	const char *folded;
	bool found;
};

static enum status
compare(void *context, struct arena *arena, void *row)
{
	struct imitation *imitation = context;
	const struct staff *staff = row;

	imitation->found = imitation->found || str_equal(text_name_fold(arena, staff->name), imitation->folded);
	return OK;
}

enum status
comment_author_imitates(struct db *db, struct arena *arena, const char *name, bool *ret_imitates)
{
	struct imitation imitation = { .folded = text_name_fold(arena, name) };

	if (*imitation.folded != '\0')
		TRY(query_each(db, staff_names, &staff_row, compare, &imitation, BIND()));
	*ret_imitates = imitation.found;
	return OK;
}

QUERY(any_shown_of_user, "SELECT EXISTS (SELECT 1 FROM comment WHERE user_id = :user AND state = 'shown')");
QUERY(any_shown_of_person, "SELECT EXISTS (SELECT 1 FROM comment WHERE person = :person AND person <> '' AND state = 'shown')");

enum status
comment_author_is_approved(struct db *db, const struct comment_author *author, bool *ret_approved)
{
	int64_t any;

	if (author->user != NULL)
		TRY(query_integer(db, any_shown_of_user, &any, BIND(INT("user", author->user->id))));
	else
		TRY(query_integer(db, any_shown_of_person, &any, BIND(TEXT("person", author->person))));
	*ret_approved = any != 0;
	return OK;
}

QUERY_WITH(QUERY_SORTS, last_name, "SELECT name FROM comment WHERE person = :person AND person <> '' AND user_id IS NULL ORDER BY id DESC LIMIT 1");

enum status
comment_author_last_name(struct db *db, struct arena *arena, const char *person, const char **ret_name)
{
	struct staff last = { .name = "" };
	enum status status = *person == '\0' ? NOT_FOUND : query_one(db, arena, last_name, &staff_row, &last, BIND(TEXT("person", person)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_name = last.name;
	return OK;
}
