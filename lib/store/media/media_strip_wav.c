/*
 * WAV (Multimedia Programming Interface and Data Specifications 1.0, RIFF; EBU Tech 3285 for what broadcasters add): chunks that are not kept become
 * "JUNK", which is room for later by that specification. Lengths are even, with a byte more where they are not.
 */
#include "store/media/media_strip_blank.h"

enum { HEAD = 8, CHUNKS_MOST = 100000 };

static const char outer[] = "fmt  data fact cue  plst smpl inst PEAK LIST ";
static const char info[] = "INAM IART IPRD ICRD "; /* title, artist, album, date */
static const char labels[] = "labl "; /* of the marks that "cue " sets: chapters */

static bool
is_kept(const char *kept, const unsigned char *name)
{
	char word[6] = { (char)name[0], (char)name[1], (char)name[2], (char)name[3], ' ', '\0' };
	const char *found = memchr(name, '\0', 4) != NULL ? NULL : strstr(kept, word);

	return found != NULL && (found - kept) % 5 == 0;
}

/* Whether a chunk may begin there: four letters, digits or blanks. */
static enum status
begins_chunk(const struct blanking *blanking, int64_t at, bool *ret_begins)
{
	unsigned char name[4];
	struct span span;

	TRY(blank_read(blanking, at, name, sizeof(name), &span));
	*ret_begins = span.length == sizeof(name);
	for (size_t i = 0; i < span.length; i++)
		*ret_begins = *ret_begins && name[i] >= ' ' && name[i] < 0x7F;
	return OK;
}

static enum status
drop(const struct blanking *blanking, int64_t at, int64_t end)
{
	TRY(blank_put(blanking, at, "JUNK", 4));
	return blank_zero(blanking, at + HEAD, end - at - HEAD);
}

/* Chunks from one place to another. What is no whole chunk goes; of the outermost ones, sound that is cut short is the last. */
static enum status
walk(const struct blanking *blanking, int64_t at, int64_t end, const char *kept)
{
	for (int i = 0; i < CHUNKS_MOST; i++) {
		unsigned char head[HEAD + 4] = { 0 };
		struct span span;
		int64_t next;
		bool follows;
		if (end - at < HEAD)
			return blank_zero(blanking, at, end - at);
		TRY(blank_read(blanking, at, head, sizeof(head), &span));
		next = at + HEAD + (int64_t)little32(&span, 4);
		TRY(begins_chunk(blanking, next, &follows));
		if (kept == outer && HAS(&span, 0, "data") && (next > end || (next == at + HEAD && !follows)))
			return OK; /* no length was filled in, or the file is cut short: all of the rest is sound */
		if (next > end || HAS(&span, 0, "\0\0\0\0"))
			return blank_zero(blanking, at, end - at);
		if (!is_kept(kept, head))
			TRY(drop(blanking, at, next));
		else if (HAS(&span, 0, "LIST") && next - at < HEAD + 4)
			TRY(drop(blanking, at, next));
		else if (HAS(&span, 0, "LIST") && (HAS(&span, HEAD, "INFO") || HAS(&span, HEAD, "adtl")))
			TRY(walk(blanking, at + HEAD + 4, next, HAS(&span, HEAD, "INFO") ? info : labels));
		else if (HAS(&span, 0, "LIST"))
			TRY(drop(blanking, at, next));
		at = next;
		/* Some leave the byte out. */
		if ((little32(&span, 4) & 1) != 0 && at < end && !follows)
			TRY(blank_zero(blanking, at++, 1));
	}
	return INVALID;
}

/* To the end of the file: recorders that lost their power have not filled in how long it is. */
enum status
blank_wav(struct blanking *blanking)
{
	return blanking->bytes < 12 ? INVALID : walk(blanking, 12, blanking->bytes, outer);
}
