-- What the spam classifier learned from people's decisions (lib/store/spam).

-- One row for each feature that was in a learned comment, the rarest removed when there are too many.
CREATE TABLE spam_feature (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	name    TEXT NOT NULL UNIQUE,            -- a word, two words, or another feature (spam_feature.h)
	spam    INTEGER NOT NULL,                -- in how many comments that were learned as spam it was
	ham     INTEGER NOT NULL,                -- in how many that were learned as no spam
	counted INTEGER NOT NULL                 -- when a comment with it was last learned
) STRICT;
CREATE INDEX spam_feature_rarest ON spam_feature ((spam + ham), counted, id);

-- One row.
CREATE TABLE spam_total (
	id       INTEGER PRIMARY KEY CHECK (id = 1),
	spam     INTEGER NOT NULL,               -- comments that were learned as spam
	ham      INTEGER NOT NULL,               -- comments that were learned as no spam
	features INTEGER NOT NULL                -- rows of spam_feature
) STRICT;
INSERT INTO spam_total (id, spam, ham, features) VALUES (1, 0, 0, 0);

-- The text that was learned of a comment that has another text now, so that learning can be undone.
CREATE TABLE comment_learned (
	comment_id INTEGER PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE,
	text       TEXT NOT NULL,
	replaced   INTEGER NOT NULL              -- when it was replaced; deleted after 30 days
) STRICT;
CREATE INDEX comment_learned_replaced ON comment_learned (replaced);
