/*
 * Video, audio and images in boxes (ISO 14496-12; 3GPP TS 26.244, 8; QuickTime's user data and metadata; AVIF). For
 * each box that contains boxes there is a list of those that are kept. Any other box becomes free space, because
 * telephones, cameras and drones all use their own boxes for their position. A track whose samples are positions is
 * data of the recording itself and stays.
 */
#include "store/media/media_strip_blank.h"

#include "core/str.h"

enum { BOXES_MAX = 5000000, META_MAX = 1024 * 1024, HEAD_BYTES = 16, LOOK_BYTES = 32 };

enum level { WHOLE_FILE, MOVIE, TRACK, TRACK_MEDIA, MEDIA_INFO, SAMPLE_TABLE, FRAGMENT, TRACK_FRAGMENT, USER_DATA, TAG_LIST, TAGS, TAG, PICTURE_META, LEVELS };

/* Which boxes are kept in which box, and which boxes contain boxes. */
static const struct {
	const char *kept; /* types of four bytes, each followed by a space */
} levels[LEVELS] = {
	[WHOLE_FILE] = { "ftyp styp moov moof mdat imda mfra sidx ssix pdin prft meta wide " },
	[MOVIE] = { "mvhd iods trak mvex pssh udta meta " },
	[TRACK] = { "tkhd tref trgr edts tapt mdia udta meta " },
	[TRACK_MEDIA] = { "mdhd hdlr elng minf udta meta " },
	[MEDIA_INFO] = { "vmhd smhd hmhd sthd nmhd gmhd hdlr dinf stbl " },
	[SAMPLE_TABLE] = { "stsd stts ctts cslg stsc stsz stz2 stco co64 stss stps stsh padb stdp sdtp sbgp sgpd subs saiz saio " },
	[FRAGMENT] = { "mfhd traf pssh udta meta " },
	[TRACK_FRAGMENT] = { "tfhd tfdt trun sdtp sbgp sgpd subs saiz saio senc udta meta " },
	[USER_DATA] = { "\251nam \251ART \251alb \251day covr chpl meta " },
	[TAG_LIST] = { "hdlr ilst " },
	[TAGS] = { "\251nam \251ART \251alb \251day covr " },
	[TAG] = { "data " },
	[PICTURE_META] = { "hdlr pitm iloc iinf iprp idat iref grpl dinf ipro " },
};

static const struct {
	const char *type;
	enum level inside;
} holders[] = {
	{ "moov", MOVIE }, { "trak", TRACK }, { "mdia", TRACK_MEDIA }, { "minf", MEDIA_INFO }, { "stbl", SAMPLE_TABLE }, { "moof", FRAGMENT },
	{ "traf", TRACK_FRAGMENT }, { "udta", USER_DATA }, { "ilst", TAGS },
};

struct mp4 {
	const struct strip_file *strip_file;
	int boxes; /* how many more boxes may be read */
};

struct box {
	int64_t at, inside, end;
	char type[6]; /* followed by a space, as in the lists */
	bool open;    /* the last box of the file, without a length or with one beyond the end */
};

static bool
is_kept(enum level level, const struct box *box)
{
	return memchr(box->type, ' ', 4) == NULL && memchr(box->type, '\0', 4) == NULL && strstr(levels[level].kept, box->type) != NULL;
}

static bool
is_type(const struct box *box, const char *type)
{
	return memcmp(box->type, type, 4) == 0;
}

/*
 * *ret_found false: no box begins here. The last box of a file may be longer than the file, which is then truncated.
 */
static enum status
read_box(const struct mp4 *mp4, int64_t at, int64_t end, enum level level, struct box *ret_box, bool *ret_found)
{
	struct box box = { .at = at, .inside = at + 8 };
	unsigned char head[HEAD_BYTES];
	struct span span;
	uint64_t size;

	*ret_found = false;
	if (end - at < 8)
		return OK;
	TRY(blank_read(mp4->strip_file, at, head, end - at < HEAD_BYTES ? 8 : HEAD_BYTES, &span));
	size = big32(&span, 0);
	memcpy(box.type, head + 4, 4);
	box.type[4] = ' ';
	if (size == 1) {
		size = (uint64_t)big32(&span, 8) << 32 | big32(&span, 12);
		box.inside = at + HEAD_BYTES;
	}
	box.open = level == WHOLE_FILE && is_kept(level, &box) && (size == 0 || size > (uint64_t)(end - at));
	if (box.open)
		size = (uint64_t)(end - at);
	if (box.inside > end || size < (uint64_t)(box.inside - at) || size > (uint64_t)(end - at))
		return OK;
	box.end = at + (int64_t)size;
	*ret_box = box;
	*ret_found = true;
	return OK;
}

/* Turns a box into free space. Existing free space is overwritten too, because it can contain anything. */
static enum status
drop(const struct mp4 *mp4, const struct box *box)
{
	if (box->open)
		return blank_zero(mp4->strip_file, box->at, box->end - box->at);
	TRY(blank_put(mp4->strip_file, box->at + 4, "free", 4));
	return blank_zero(mp4->strip_file, box->inside, box->end - box->inside);
}

static enum status walk(struct mp4 *mp4, int64_t at, int64_t end, enum level level);

/* --- metadata ------------------------------------------------------------------------- */

static enum status
blank_stretch(void *context, int64_t at, int64_t bytes)
{
	return bytes <= 0 ? INVALID : blank_zero(context, at, bytes);
}

/* Removes the items of an image that are metadata (media_strip_avif.c). */
static enum status
drop_items(struct mp4 *mp4, const struct box *box)
{
	size_t length = (size_t)(box->end - box->inside);
	unsigned char *bytes;
	struct span span;

	if (length > META_MAX)
		return INVALID;
	bytes = arena_alloc(mp4->strip_file->arena, length);
	TRY(blank_read(mp4->strip_file, box->inside, bytes, length, &span));
	return span.length <= 4 ? INVALID : media_strip_avif_items(span.bytes + 4, span.length - 4, blank_stretch, (void *)mp4->strip_file);
}

/*
 * Keeps an image's items or iTunes' list of tags. Any other metadata, such as Apple's keys, is free text and is
 * removed. ISO's box has four bytes before its first inner box, QuickTime's has not.
 */
static enum status
clean_meta(struct mp4 *mp4, const struct box *box)
{
	unsigned char look[LOOK_BYTES] = { 0 };
	struct span span;
	struct box first;
	int64_t inside;
	bool found;

	TRY(blank_read(mp4->strip_file, box->inside, look, box->end - box->inside < LOOK_BYTES ? (size_t)(box->end - box->inside) : LOOK_BYTES, &span));
	inside = box->inside + (HAS(&span, 4, "hdlr") ? 0 : 4);
	TRY(read_box(mp4, inside, box->end, TAG_LIST, &first, &found));
	if (!found || !is_type(&first, "hdlr") || first.end - first.inside < 12)
		return drop(mp4, box);
	TRY(blank_read(mp4->strip_file, first.inside + 8, look, 4, &span));
	if (HAS(&span, 0, "pict") && inside > box->inside) {
		TRY(drop_items(mp4, box));
		return walk(mp4, inside, box->end, PICTURE_META);
	}
	return HAS(&span, 0, "mdir") ? walk(mp4, inside, box->end, TAG_LIST) : drop(mp4, box);
}

/* The image of a cover is in a box "data", after its type and language. */
static enum status
clean_cover(struct mp4 *mp4, const struct box *cover)
{
	struct box data;
	bool found, kept = false;

	TRY(read_box(mp4, cover->inside, cover->end, TAG, &data, &found));
	if (found && is_type(&data, "data") && data.end - data.inside > 8)
		TRY(blank_cover(mp4->strip_file, data.inside + 8, data.end - data.inside - 8, &kept));
	if (!kept)
		return drop(mp4, cover);
	return blank_zero(mp4->strip_file, data.end, cover->end - data.end);
}

/* --- traversal --------------------------------------------------------------------------- */

static enum status
clean(struct mp4 *mp4, const struct box *box, enum level level)
{
	if (!is_kept(level, box))
		return drop(mp4, box);
	if (is_type(box, "meta"))
		return clean_meta(mp4, box);
	if (is_type(box, "covr"))
		return clean_cover(mp4, box);
	if (level == TAGS)
		return walk(mp4, box->inside, box->end, TAG);
	for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
		if (is_type(box, holders[i].type))
			return walk(mp4, box->inside, box->end, holders[i].inside);
	return OK;
}

/* Cleans all boxes in a range. Bytes after the last box are overwritten. */
static enum status
walk(struct mp4 *mp4, int64_t at, int64_t end, enum level level)
{
	struct box box;
	bool found;

	for (;; at = box.end) {
		TRY(read_box(mp4, at, end, level, &box, &found));
		if (!found)
			return blank_zero(mp4->strip_file, at, end - at);
		if (mp4->boxes-- == 0)
			return INVALID;
		TRY(clean(mp4, &box, level));
	}
}

enum status
blank_mp4(struct strip_file *strip_file)
{
	struct mp4 mp4 = { .strip_file = strip_file, .boxes = BOXES_MAX };

	return walk(&mp4, 0, strip_file->bytes, WHOLE_FILE);
}
