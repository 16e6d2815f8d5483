-- Typed summaries and summaries generated from the text get separate columns. Until now generated ones were stored in
-- post.summary and revision.summary as if they had been typed, and kept showing text that was restricted or deleted later.

ALTER TABLE post ADD COLUMN generated_summary TEXT NOT NULL DEFAULT ''; -- from the open part, by every rendering; shown where summary is ''

-- The former values of these columns, until it is decided which were typed (page/post/summary.h compares the texts of all versions).
CREATE TABLE former_summary (
	post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	number  INTEGER NOT NULL,                -- of the revision that held it; 0: the post itself
	summary TEXT NOT NULL,
	origin  TEXT NOT NULL DEFAULT '' CHECK (origin IN ('', 'generated', 'unknown')), -- '': not decided yet; a typed one goes back, its row is deleted
	decided INTEGER NOT NULL DEFAULT 0,      -- when
	PRIMARY KEY (post_id, number)
) STRICT;
CREATE INDEX former_summary_waiting ON former_summary (post_id) WHERE origin = '';
CREATE INDEX former_summary_unknown ON former_summary (post_id) WHERE origin = 'unknown';
CREATE INDEX former_summary_decided ON former_summary (decided) WHERE origin = 'generated';

INSERT INTO former_summary (post_id, number, summary) SELECT id, 0, summary FROM post WHERE summary <> '';
INSERT INTO former_summary (post_id, number, summary) SELECT post_id, number, summary FROM revision WHERE summary <> '';
UPDATE revision SET summary = '' WHERE summary <> '';

-- Until it is decided, a public post keeps showing its summary, and a restricted one shows none.
UPDATE post SET generated_summary = summary WHERE access = 'public';
UPDATE post SET summary = '' WHERE summary <> '';
UPDATE post_search SET summary = '' WHERE rowid IN (SELECT search_id FROM post WHERE access <> 'public');

-- For the check whether the clock was set back: the time of the newest version.
CREATE INDEX revision_created ON revision (created);

UPDATE post_text SET renderer = '' WHERE post_id IN (SELECT post_id FROM former_summary);
UPDATE change SET counter = counter + 1;
