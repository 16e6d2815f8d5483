#include "store/comment/comment_subscription.h"

#include "core/str.h"
#include "core/token.h"
#include "store/comment/rate_limit.h"
#include "store/db/site_key.h"

enum { DAY = 24 * 3600, ASKED_BY_NETWORK = 5 };

static const struct column subscriber_columns[] = {
	COLUMN_INT(struct comment_subscriber, id),
	COLUMN_TEXT(struct comment_subscriber, email),
	COLUMN_TEXT(struct comment_subscriber, person),
	COLUMN_TEXT(struct comment_subscriber, lang),
	COLUMN_INT(struct comment_subscriber, created),
	COLUMN_INT(struct comment_subscriber, confirmed),
	{ 0 },
};
static const struct row subscriber_row = { sizeof(struct comment_subscriber), subscriber_columns };

/* --- guests ------------------------------------------------------------------------ */

QUERY(subscriber_by_person,
	"SELECT id, email, person, lang, created, confirmed FROM comment_subscriber WHERE email = :email AND person = :person AND person <> ''");
QUERY(add_subscriber,
	"INSERT INTO comment_subscriber (email, person, lang, created) VALUES (:email, :person, :lang, :created) RETURNING id");
QUERY(open_again, "UPDATE comment_subscriber SET created = :now WHERE id = :id AND confirmed = 0");
QUERY(subscribe, "UPDATE comment SET subscriber_id = :subscriber WHERE id = :id");

/* Whether another email may ask the owner of the address; counts it. */
static enum status
may_ask(struct db *db, struct arena *arena, const char *email, const char *network, int64_t now, bool *ret_may)
{
	struct rate_limit address = { .name = arena_printf(arena, "confirm %s", email), .pause = DAY, .seconds = DAY };
	struct rate_limit from = { .name = arena_printf(arena, "confirm network %s", network), .most = ASKED_BY_NETWORK, .seconds = DAY };
	int64_t address_wait, network_wait;

	TRY(rate_limit_wait(db, arena, &address, now, &address_wait));
	TRY(rate_limit_wait(db, arena, &from, now, &network_wait));
	*ret_may = address_wait == 0 && network_wait == 0;
	if (!*ret_may)
		return OK;
	TRY(rate_limit_count(db, arena, &address, now));
	return rate_limit_count(db, arena, &from, now);
}

enum status
comment_subscribe(struct db *db, struct arena *arena, int64_t comment_id, const struct comment_subscriber *subscriber, const char *network, int64_t *ret_id,
	bool *ret_ask)
{
	struct comment_subscriber known = { 0 };
	enum status status = query_one(db, arena, subscriber_by_person, &subscriber_row, &known,
		BIND(TEXT("email", subscriber->email), TEXT("person", subscriber->person)));

	if (status == NOT_FOUND)
		status = query_insert(db, add_subscriber, &known.id, BIND(TEXT("email", subscriber->email), TEXT("person", subscriber->person),
			TEXT("lang", subscriber->lang), INT("created", subscriber->created)));
	TRY(status);
	TRY(query_run(db, open_again, BIND(INT("id", known.id), INT("now", subscriber->created))));
	TRY(query_run(db, subscribe, BIND(INT("id", comment_id), INT("subscriber", known.id))));
	*ret_id = known.id;
	*ret_ask = false;
	return known.confirmed != 0 ? OK : may_ask(db, arena, subscriber->email, network, subscriber->created, ret_ask);
}

QUERY(subscriber_by_id, "SELECT id, email, person, lang, created, confirmed FROM comment_subscriber WHERE id = :id");

enum status
comment_subscriber_by_id(struct db *db, struct arena *arena, int64_t id, struct comment_subscriber *ret_subscriber)
{
	return query_one(db, arena, subscriber_by_id, &subscriber_row, ret_subscriber, BIND(INT("id", id)));
}

QUERY(confirm, "UPDATE comment_subscriber SET confirmed = :now WHERE email = :email AND confirmed = 0 AND created > :since");

enum status
comment_subscriber_confirm(struct db *db, const struct comment_subscriber *subscriber, int64_t now)
{
	return query_run(db, confirm, BIND(TEXT("email", subscriber->email), INT("now", now), INT("since", now - SUBSCRIBER_OPEN_SECONDS)));
}

QUERY(remove_subscribers, "DELETE FROM comment_subscriber WHERE email = :email");

enum status
comment_subscriber_remove(struct db *db, const struct comment_subscriber *subscriber)
{
	return query_run(db, remove_subscribers, BIND(TEXT("email", subscriber->email)));
}

/* --- members ------------------------------------------------------------------------- */

struct preference {
	const char *mode;
};
static const struct column preference_columns[] = { COLUMN_TEXT(struct preference, mode), { 0 } };
static const struct row preference_row = { sizeof(struct preference), preference_columns };

QUERY(preference_of, "SELECT mode FROM reply_preference WHERE user_id = :user");

enum status
reply_preference(struct db *db, struct arena *arena, int64_t user_id, const char **ret_mode)
{
	struct preference preference = { .mode = "off" };
	enum status status = query_one(db, arena, preference_of, &preference_row, &preference, BIND(INT("user", user_id)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_mode = preference.mode;
	return OK;
}

QUERY(remove_preference, "DELETE FROM reply_preference WHERE user_id = :user");
QUERY(save_preference,
	"INSERT INTO reply_preference (user_id, mode, changed) VALUES (:user, :mode, :now)"
	" ON CONFLICT (user_id) DO UPDATE SET mode = excluded.mode, changed = excluded.changed");

enum status
reply_preference_save(struct db *db, int64_t user_id, const char *mode, int64_t now)
{
	if (str_equal(mode, "off"))
		return query_run(db, remove_preference, BIND(INT("user", user_id)));
	return query_run(db, save_preference, BIND(INT("user", user_id), TEXT("mode", mode), INT("now", now)));
}

/* --- notices --------------------------------------------------------------------------- */

/* Who wrote the comment that is replied to. */
struct replied {
	int64_t user_id, subscriber_id;
	const char *person, *mode;
};
static const struct column replied_columns[] = {
	COLUMN_INT(struct replied, user_id),
	COLUMN_INT(struct replied, subscriber_id),
	COLUMN_TEXT(struct replied, person),
	COLUMN_TEXT(struct replied, mode),
	{ 0 },
};
static const struct row replied_row = { sizeof(struct replied), replied_columns };

QUERY(replied_to,
	"SELECT c.user_id, c.subscriber_id, c.person, coalesce(r.mode, '') AS mode FROM comment AS c"
	" LEFT JOIN reply_preference AS r ON r.user_id = c.user_id WHERE c.id = :id");
QUERY(add_notice, "INSERT INTO reply_notice (comment_id, due, created) VALUES (:comment, :due, :now) ON CONFLICT (comment_id) DO NOTHING");

enum status
comment_notify_shown(struct db *db, struct arena *arena, const struct comment *comment, int64_t now)
{
	struct replied to;
	enum status status = comment->parent_id == 0 ? NOT_FOUND : query_one(db, arena, replied_to, &replied_row, &to, BIND(INT("id", comment->parent_id)));
	bool wanted, own;

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	wanted = to.user_id != 0 ? *to.mode != '\0' : to.subscriber_id != 0;
	own = to.user_id != 0 ? to.user_id == comment->user_id : !str_empty(comment->person) && str_equal(to.person, comment->person);
	if (!wanted || own)
		return OK;
	/* The notices of one day are due together, so that they are one email. */
	return query_run(db, add_notice, BIND(INT("comment", comment->id), INT("now", now),
		INT("due", str_equal(to.mode, "daily") ? (now / DAY + 1) * DAY : now)));
}

static const struct column notice_columns[] = {
	COLUMN_INT(struct reply_notice, comment_id),
	COLUMN_INT(struct reply_notice, post_id),
	COLUMN_INT(struct reply_notice, user_id),
	COLUMN_INT(struct reply_notice, subscriber_id),
	COLUMN_TEXT(struct reply_notice, state),
	COLUMN_TEXT(struct reply_notice, name),
	COLUMN_TEXT(struct reply_notice, text),
	COLUMN_TEXT(struct reply_notice, email),
	COLUMN_TEXT(struct reply_notice, lang),
	COLUMN_INT(struct reply_notice, confirmed),
	{ 0 },
};
static const struct row notice_row = { sizeof(struct reply_notice), notice_columns };

/* The wish may have changed since: a member without a preference and a guest without an address have neither id. */
QUERY_WITH(QUERY_SORTS, notices_due,
	"SELECT n.comment_id, c.post_id, r.user_id, s.id AS subscriber_id, c.state, c.name, c.text, coalesce(s.email, '') AS email,"
	" coalesce(s.lang, '') AS lang, coalesce(s.confirmed, 0) AS confirmed"
	" FROM (SELECT comment_id FROM reply_notice WHERE due > 0 AND due <= :now ORDER BY due LIMIT :most) AS n"
	" JOIN comment AS c ON c.id = n.comment_id LEFT JOIN comment AS p ON p.id = c.parent_id"
	" LEFT JOIN reply_preference AS r ON r.user_id = p.user_id LEFT JOIN comment_subscriber AS s ON s.id = p.subscriber_id"
	" ORDER BY r.user_id, s.id, n.comment_id");

enum status
reply_notice_list(struct db *db, struct arena *arena, int64_t now, size_t most, struct reply_notice **ret_notices, size_t *ret_count)
{
	return query_list(db, arena, notices_due, &notice_row, ret_notices, ret_count, BIND(INT("now", now), INT("most", (long long)most)));
}

QUERY(finish_notice, "UPDATE reply_notice SET due = 0 WHERE comment_id = :comment");

enum status
reply_notice_done(struct db *db, int64_t comment_id)
{
	return query_run(db, finish_notice, BIND(INT("comment", comment_id)));
}

/* --- links and sweeping ------------------------------------------------------------------ */

static enum status
secret(struct db *db, struct arena *arena, const char *what, const char **ret_secret)
{
	const char *signature;

	TRY(site_key_sign(db, arena, "comment", what, &signature));
	*ret_secret = token_of_digest(arena, signature);
	return OK;
}

enum status
comment_confirm_secret(struct db *db, struct arena *arena, int64_t subscriber_id, const char **ret_secret)
{
	return secret(db, arena, arena_printf(arena, "confirm %lld", (long long)subscriber_id), ret_secret);
}

enum status
comment_unsubscribe_secret(struct db *db, struct arena *arena, const char *who, const char **ret_secret)
{
	return secret(db, arena, arena_printf(arena, "unsubscribe %s", who), ret_secret);
}

QUERY(subscribers_due, "SELECT EXISTS (SELECT 1 FROM comment_subscriber WHERE confirmed = 0 AND created <= :before)");

enum status
comment_subscriber_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, subscribers_due, ret_due, BIND(INT("before", now - SUBSCRIBER_OPEN_SECONDS)));
}

QUERY(sweep_subscribers,
	"DELETE FROM comment_subscriber WHERE id IN (SELECT id FROM comment_subscriber WHERE confirmed = 0 AND created <= :before"
	" ORDER BY created LIMIT 100)");

enum status
comment_subscriber_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_subscribers, BIND(INT("before", now - SUBSCRIBER_OPEN_SECONDS)));
}
