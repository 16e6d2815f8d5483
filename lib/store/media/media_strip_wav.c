/*
 * WAV (Multimedia Programming Interface and Data Specifications 1.0, RIFF; EBU Tech 3285 for broadcast extensions).
 * Chunks that are not kept become "JUNK", which that specification defines as filler. A chunk of odd length is
 * followed by a padding byte.
 */
#include "store/media/media_strip_blank.h"

enum { HEAD = 8, CHUNKS_MAX = 100000 };

static const char outer[] = "fmt  data fact cue  plst smpl inst PEAK LIST ";
static const char info[] = "INAM IART IPRD ICRD "; /* title, artist, album, date */
static const char labels[] = "labl "; /* labels of the marks in "cue ": chapters */

static bool
is_kept(const char *kept, const unsigned char *name)
{
	char word[6] = { (char)name[0], (char)name[1], (char)name[2], (char)name[3], ' ', '\0' };
	const char *found = memchr(name, '\0', 4) != NULL ? NULL : strstr(kept, word);

	return found != NULL && (found - kept) % 5 == 0;
}

/* Whether a chunk can begin here: four printable ASCII characters. */
static enum status
begins_chunk(const struct strip_file *strip_file, int64_t at, bool *ret_begins)
{
	unsigned char name[4];
	struct span span;

	TRY(blank_read(strip_file, at, name, sizeof(name), &span));
	*ret_begins = span.length == sizeof(name);
	for (size_t i = 0; i < span.length; i++)
		*ret_begins = *ret_begins && name[i] >= ' ' && name[i] < 0x7F;
	return OK;
}

static enum status
drop(const struct strip_file *strip_file, int64_t at, int64_t end)
{
	TRY(blank_put(strip_file, at, "JUNK", 4));
	return blank_zero(strip_file, at + HEAD, end - at - HEAD);
}

/*
 * Cleans the chunks in a range. Bytes that are not a whole chunk are overwritten. At the top level, truncated audio
 * data is the last chunk.
 */
static enum status
walk(const struct strip_file *strip_file, int64_t at, int64_t end, const char *kept)
{
	for (int i = 0; i < CHUNKS_MAX; i++) {
		unsigned char head[HEAD + 4] = { 0 };
		struct span span;
		int64_t next;
		bool follows;
		if (end - at < HEAD)
			return blank_zero(strip_file, at, end - at);
		TRY(blank_read(strip_file, at, head, sizeof(head), &span));
		next = at + HEAD + (int64_t)little32(&span, 4);
		TRY(begins_chunk(strip_file, next, &follows));
		if (kept == outer && HAS(&span, 0, "data") && (next > end || (next == at + HEAD && !follows)))
			return OK; /* the length was not filled in or the file is truncated: the rest is audio data */
		if (next > end || HAS(&span, 0, "\0\0\0\0"))
			return blank_zero(strip_file, at, end - at);
		if (!is_kept(kept, head))
			TRY(drop(strip_file, at, next));
		else if (HAS(&span, 0, "LIST") && next - at < HEAD + 4)
			TRY(drop(strip_file, at, next));
		else if (HAS(&span, 0, "LIST") && (HAS(&span, HEAD, "INFO") || HAS(&span, HEAD, "adtl")))
			TRY(walk(strip_file, at + HEAD + 4, next, HAS(&span, HEAD, "INFO") ? info : labels));
		else if (HAS(&span, 0, "LIST"))
			TRY(drop(strip_file, at, next));
		at = next;
		/* Some programs omit the padding byte. */
		if ((little32(&span, 4) & 1) != 0 && at < end && !follows)
			TRY(blank_zero(strip_file, at++, 1));
	}
	return INVALID;
}

/* Reads to the end of the file, because a recorder that lost power has not filled in the length of the file. */
enum status
blank_wav(struct strip_file *strip_file)
{
	return strip_file->bytes < 12 ? INVALID : walk(strip_file, 12, strip_file->bytes, outer);
}
