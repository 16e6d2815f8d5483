/* An update and who may see the post: what the file said at the last import, what it says now, and what the site says. */
#include "import.h"

#include <string.h>

#include "core/str.h"

/* --- what is stored ------------------------------------------------------------------ */

/* Words of ours, without blanks. */
const char *
import_said_write(struct arena *arena, const char *digest, const struct import_said *said)
{
	return arena_printf(arena, "%s %s %s %lld", digest, said->state, said->access, (long long)said->published);
}

/* The word at *text, which is moved to the next one; NULL at the end. */
static const char *
next_word(struct arena *arena, const char **text)
{
	size_t length = strcspn(*text, " ");
	const char *word = length == 0 ? NULL : arena_bytes(arena, *text, length);

	*text += length + strspn(*text + length, " ");
	return word;
}

bool
import_said_read(struct arena *arena, const char *stored, struct import_said *ret_said)
{
	const char *digest = next_word(arena, &stored), *state = next_word(arena, &stored), *access = next_word(arena, &stored);
	const char *published = next_word(arena, &stored);
	long long time;

	if (digest == NULL || published == NULL || !str_to_integer(published, &time))
		return false;
	*ret_said = (struct import_said){ .state = state, .access = access, .published = time };
	return true;
}

/* --- how public something is ------------------------------------------------------------ */

static int64_t
openness_of_state(const char *state)
{
	return str_equal(state, "published") ? 1 : 0;
}

static int64_t
openness_of_access(const char *access)
{
	return str_equal(access, "public") ? 2 : str_equal(access, "members") ? 1 : 0;
}

/* Of times that are to come the earlier is the more public one; all that is past is the same. */
static int64_t
openness_of_time(int64_t published, int64_t time)
{
	return published <= time ? 0 : -published;
}

/* --- one of the three at a time ----------------------------------------------------------- */

struct facet {
	bool known;             /* before is known */
	bool is_same, was_same; /* the file says what it said; the site says what the file said */
	int64_t now, site;      /* how public the file and the site make it */
	bool decided;           /* somebody has published or unpublished it on the site since */
	bool force;
};

/* Whether the file's is taken. */
static bool
takes_file(const struct facet *facet)
{
	bool is_stricter = facet->now < facet->site;

	if (!facet->known)
		return is_stricter && (facet->force || !facet->decided);
	if (facet->is_same)
		return is_stricter && facet->force;
	return facet->was_same || is_stricter;
}

void
import_said_complete(struct arena *arena, const struct origin *origin, const struct import_file *file, bool is_hidden,
	struct import_said *said)
{
	struct import_said before;
	bool known = import_said_read(arena, origin->source_digest, &before);

	if (file->why_draft != NULL && !is_hidden)
		said->state = known ? before.state : origin->state;
	if (file->has_front || !known)
		return;
	if (openness_of_state(before.state) < openness_of_state(said->state))
		said->state = before.state;
	if (openness_of_access(before.access) < openness_of_access(said->access))
		said->access = before.access;
	if (said->published < before.published)
		said->published = before.published;
}

void
import_said_merge(struct arena *arena, const struct origin *origin, const struct import_said *now, bool force, int64_t time,
	struct import_said *ret_said)
{
	struct import_said before = { .state = "", .access = "" };
	struct facet all = { .known = import_said_read(arena, origin->source_digest, &before), .decided = origin->decided != 0,
		.force = force };
	struct facet state = all, access = all, published = all;

	state.is_same = str_equal(now->state, before.state);
	state.was_same = str_equal(origin->state, before.state);
	state.now = openness_of_state(now->state);
	state.site = openness_of_state(origin->state);
	access.is_same = str_equal(now->access, before.access);
	access.was_same = str_equal(origin->access, before.access);
	access.now = openness_of_access(now->access);
	access.site = openness_of_access(origin->access);
	access.decided = false;
	published.is_same = now->published == before.published;
	published.was_same = origin->published == before.published;
	published.now = openness_of_time(now->published, time);
	published.site = openness_of_time(origin->published, time);
	published.decided = false;
	*ret_said = (struct import_said){ .state = origin->state, .access = origin->access, .published = origin->published };
	if (origin->binned != 0)
		return;
	if (takes_file(&state))
		ret_said->state = now->state;
	if (takes_file(&access))
		ret_said->access = now->access;
	/* Without a date in the file it is the site that says when; between two that are past the file does. */
	if (now->published != 0 && (takes_file(&published) || (published.now == published.site && !published.is_same)))
		ret_said->published = now->published;
}
