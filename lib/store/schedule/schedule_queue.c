/* Moving posts in the publishing queue, inside one write transaction. */
#include "core/str.h"
#include "store/schedule/schedule.h"

/*
 * The slots that a user may change, in ascending order: free ones, and those taken by a single post that the user may
 * edit.
 */
struct places {
	struct schedule_entry *list;
	size_t count;
};

static bool
is_alone(const struct schedule_entry *entries, size_t count, size_t i)
{
	return (i == 0 || entries[i - 1].time != entries[i].time) && (i + 1 == count || entries[i + 1].time != entries[i].time);
}

static enum status
load_places(struct db *db, struct arena *arena, const struct user *user, int64_t now, struct places *ret_places)
{
	struct places places = { 0 };
	struct schedule_entry *entries;
	int64_t until;
	size_t count;

	TRY(schedule_last(db, now, &until));
	if (until < now + (int64_t)SCHEDULE_WEEKS * SCHEDULE_WEEK)
		until = now + (int64_t)SCHEDULE_WEEKS * SCHEDULE_WEEK;
	TRY(schedule_entries(db, arena, user, now, until, &entries, &count));
	places.list = arena_array(arena, count + 1, sizeof(*places.list));
	for (size_t i = 0; i < count; i++)
		if (entries[i].slot && entries[i].may && is_alone(entries, count, i))
			places.list[places.count++] = entries[i];
	*ret_places = places;
	return OK;
}

/* OK when the post is scheduled for `from` and the user may edit it. */
static enum status
need_post(struct db *db, struct arena *arena, const struct user *user, int64_t post_id, int64_t from, int64_t now)
{
	struct post post;

	TRY(post_by_id(db, arena, post_id, &post));
	if (!user_may(user, RIGHT_WRITE) || (post.author_id != user->id && !user_may(user, RIGHT_EDIT)))
		return NOT_FOUND;
	return post.published == from && from > now && str_equal(post.state, "published") ? OK : CONFLICT;
}

enum status
schedule_move(struct db *db, struct arena *arena, const struct user *user, int64_t post_id, int64_t from, bool later, int64_t now)
{
	struct places places;
	size_t own = 0, other;

	TRY(need_post(db, arena, user, post_id, from, now));
	TRY(load_places(db, arena, user, now, &places));
	while (own < places.count && (places.list[own].post == NULL || places.list[own].post->id != post_id))
		own++;
	if (own == places.count)
		return NOT_FOUND;
	other = later ? own + 1 : own - 1;
	if (later ? other == places.count : own == 0)
		return NOT_FOUND;
	TRY(post_set_time(db, arena, post_id, places.list[other].time, user->id));
	if (places.list[other].post == NULL)
		return OK;
	return post_set_time(db, arena, places.list[other].post->id, from, user->id);
}

enum status
schedule_unschedule(struct db *db, struct arena *arena, const struct user *user, int64_t post_id, int64_t from, int64_t now)
{
	TRY(need_post(db, arena, user, post_id, from, now));
	return post_set_state(db, arena, post_id, "draft", now);
}

enum status
schedule_close_gaps(struct db *db, struct arena *arena, const struct user *user, int64_t now)
{
	struct places places;
	size_t filled = 0;

	TRY(load_places(db, arena, user, now, &places));
	for (size_t i = 0; i < places.count; i++) {
		if (places.list[i].post == NULL)
			continue;
		if (filled != i)
			TRY(post_set_time(db, arena, places.list[i].post->id, places.list[filled].time, user->id));
		filled++;
	}
	return OK;
}
