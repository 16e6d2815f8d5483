#include "store/post/recording.h"

static const struct column recording_columns[] = {
	COLUMN_TEXT(struct recording, chapters),
	COLUMN_INT(struct recording, transcript_id),
	{ 0 },
};
static const struct row recording_row = { sizeof(struct recording), recording_columns };

QUERY(recording_of, "SELECT chapters, transcript_id FROM recording WHERE post_id = :post");

enum status
recording_get(struct db *db, struct arena *arena, int64_t post_id, struct recording *ret_recording)
{
	enum status status = query_one(db, arena, recording_of, &recording_row, ret_recording, BIND(INT("post", post_id)));

	if (status == NOT_FOUND) {
		*ret_recording = (struct recording){ .chapters = "" };
		return OK;
	}
	return status;
}

QUERY(put_recording,
	"INSERT INTO recording (post_id, chapters, transcript_id) VALUES (:post, :chapters, :transcript)"
	" ON CONFLICT (post_id) DO UPDATE SET chapters = excluded.chapters, transcript_id = excluded.transcript_id");

enum status
recording_save(struct db *db, int64_t post_id, const struct recording *recording)
{
	return query_run(db, put_recording, BIND(INT("post", post_id), TEXT("chapters", recording->chapters),
		REFERENCE("transcript", recording->transcript_id)));
}
