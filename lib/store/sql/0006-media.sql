-- The media library: owners of files, alt texts, public or private folder, and the posts that use each file; recordings.

ALTER TABLE media ADD COLUMN alt TEXT NOT NULL DEFAULT '';          -- what it shows, for those who do not see it
ALTER TABLE media ADD COLUMN opened INTEGER NOT NULL DEFAULT 1;     -- 1: lies where the web server gives it to everybody; 0: behind the gate
ALTER TABLE media ADD COLUMN sized INTEGER NOT NULL DEFAULT 0;      -- 1: smaller sizes were made, as far as that can be
ALTER TABLE media ADD COLUMN widths TEXT NOT NULL DEFAULT '';       -- of the smaller sizes, pixels with blanks between: '480 960'
ALTER TABLE media ADD COLUMN measured INTEGER NOT NULL DEFAULT 1;   -- 0: nobody has looked yet how long this sound or film lasts
ALTER TABLE media ADD COLUMN replaced_by INTEGER REFERENCES media (id); -- what stands in for it; its own bytes are gone then
CREATE INDEX media_unsized ON media (sized, id) WHERE sized = 0 AND type IN ('image/jpeg', 'image/png', 'image/webp');
CREATE INDEX media_unmeasured ON media (measured, id) WHERE measured = 0;
CREATE INDEX media_closed ON media (opened) WHERE opened = 0;
CREATE INDEX media_replaced ON media (replaced_by) WHERE replaced_by IS NOT NULL;

-- Which users have a file in their library. Users who upload the same bytes share one row of media.
CREATE TABLE media_owner (
	user_id  INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
	media_id INTEGER NOT NULL REFERENCES media (id) ON DELETE CASCADE,
	PRIMARY KEY (user_id, media_id)
) STRICT;
CREATE INDEX media_owner_media ON media_owner (media_id);

-- Which post shows which file. post_save() updates it; access to files and the media library depend on it.
CREATE TABLE media_use (
	post_id  INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	media_id INTEGER NOT NULL REFERENCES media (id) ON DELETE CASCADE,
	teaser   INTEGER NOT NULL,               -- 1: whoever may know of the post sees it: its cover, what stands before the cut
	PRIMARY KEY (post_id, media_id)
) STRICT;
CREATE INDEX media_use_media ON media_use (media_id, teaser, post_id);
INSERT INTO media_use (post_id, media_id, teaser)
	SELECT post_id, media_id, max(teaser) FROM (
		SELECT id AS post_id, cover_id AS media_id, 1 AS teaser FROM post WHERE cover_id IS NOT NULL
		UNION ALL SELECT id, enclosure_id, 0 FROM post WHERE enclosure_id IS NOT NULL
		UNION ALL SELECT l.post_id, l.media_id, instr(t.open_xhtml, m.digest) > 0
			FROM post_link AS l JOIN media AS m ON m.id = l.media_id JOIN post_text AS t ON t.post_id = l.post_id
			WHERE instr(t.open_xhtml, m.digest) > 0 OR instr(t.full_xhtml, m.digest) > 0)
	GROUP BY post_id, media_id;

-- One row: the size of all files, so that an upload does not have to add them up.
CREATE TABLE media_total (
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	bytes INTEGER NOT NULL
) STRICT;
INSERT INTO media_total (id, bytes) SELECT 1, coalesce(sum(bytes), 0) FROM media;
CREATE TRIGGER media_added AFTER INSERT ON media
	BEGIN UPDATE media_total SET bytes = bytes + new.bytes WHERE id = 1; END;
CREATE TRIGGER media_removed AFTER DELETE ON media
	BEGIN UPDATE media_total SET bytes = bytes - old.bytes WHERE id = 1; END;
CREATE TRIGGER media_changed AFTER UPDATE OF bytes ON media
	BEGIN UPDATE media_total SET bytes = bytes + new.bytes - old.bytes WHERE id = 1; END;

-- Chapters and transcript of an audio or video post.
CREATE TABLE recording (
	post_id       INTEGER PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
	chapters      TEXT NOT NULL DEFAULT '',  -- a line each: "12:34 Title"
	transcript_id INTEGER REFERENCES media (id) -- a WebVTT file, or NULL
) STRICT;
CREATE INDEX recording_transcript ON recording (transcript_id) WHERE transcript_id IS NOT NULL;

-- Posts whose text must be rendered again, because an image was replaced or its smaller sizes were made.
CREATE INDEX post_text_stale ON post_text (renderer) WHERE renderer = '';
