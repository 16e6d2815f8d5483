-- Writing comments: limits, earlier versions, votes, and emails about replies.

-- How fast comments are written. Keyed digests of people, networks and posts. See lib/store/comment/rate_limit.h.
CREATE TABLE rate_limit (
	id      TEXT PRIMARY KEY,                -- keyed digest of what is limited
	last    INTEGER NOT NULL,                -- when one was last counted
	started INTEGER NOT NULL,                -- when the current window began
	count   INTEGER NOT NULL,                -- counted in the current window
	before  INTEGER NOT NULL,                -- counted in the window before
	expires INTEGER NOT NULL                 -- from then on the row says nothing
) STRICT;
CREATE INDEX rate_limit_expires ON rate_limit (expires);

-- Texts of comments before they were edited, for moderators; removed after 30 days.
CREATE TABLE comment_revision (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	comment_id INTEGER NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
	version    INTEGER NOT NULL,             -- comment.version that had this text
	text       TEXT NOT NULL,                -- as typed
	replaced   INTEGER NOT NULL              -- when it was replaced
) STRICT;
CREATE INDEX comment_revision_comment ON comment_revision (comment_id, id);
CREATE INDEX comment_revision_age ON comment_revision (replaced);

-- Votes "helpful" and "not helpful": one per person and subject. A row stays when its account is deleted or its network is
-- forgotten, without saying whose it was, so that the counts stay right.
CREATE TABLE vote (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	post_id    INTEGER REFERENCES post (id) ON DELETE CASCADE,      -- one of the two is set
	comment_id INTEGER REFERENCES comment (id) ON DELETE CASCADE,
	user_id    INTEGER REFERENCES site_user (id) ON DELETE SET NULL, -- NULL: a guest, or a deleted account
	network    TEXT NOT NULL DEFAULT '',     -- keyed digest of a guest's network; emptied after 30 days
	value      INTEGER NOT NULL CHECK (value IN (1, -1)), -- 1: helpful
	weight     INTEGER NOT NULL,             -- what it adds to the count
	created    INTEGER NOT NULL,
	CHECK ((post_id IS NULL) <> (comment_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX vote_post_user ON vote (post_id, user_id) WHERE post_id IS NOT NULL AND user_id IS NOT NULL;
CREATE UNIQUE INDEX vote_comment_user ON vote (comment_id, user_id) WHERE comment_id IS NOT NULL AND user_id IS NOT NULL;
CREATE UNIQUE INDEX vote_post_network ON vote (post_id, network) WHERE post_id IS NOT NULL AND network <> '';
CREATE UNIQUE INDEX vote_comment_network ON vote (comment_id, network) WHERE comment_id IS NOT NULL AND network <> '';
CREATE INDEX vote_post ON vote (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX vote_comment ON vote (comment_id) WHERE comment_id IS NOT NULL;
CREATE INDEX vote_user ON vote (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX vote_network_age ON vote (created) WHERE network <> '';

ALTER TABLE thread ADD COLUMN helpful INTEGER NOT NULL DEFAULT 0;     -- weight of the votes on the post itself
ALTER TABLE thread ADD COLUMN not_helpful INTEGER NOT NULL DEFAULT 0;

-- Guests who asked for emails about replies. Nothing is sent to an address before its owner confirmed it.
CREATE TABLE comment_subscriber (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	email     TEXT NOT NULL,                 -- one address, lower case
	person    TEXT NOT NULL,                 -- comment.person of who typed it; '' without a cookie: then only for one comment
	lang      TEXT NOT NULL,                 -- of the emails
	created   INTEGER NOT NULL,
	confirmed INTEGER NOT NULL DEFAULT 0     -- when the owner of the address confirmed it; 0: not yet, and removed after two days
) STRICT;
CREATE UNIQUE INDEX comment_subscriber_person ON comment_subscriber (email, person) WHERE person <> '';
CREATE INDEX comment_subscriber_email ON comment_subscriber (email, id);
CREATE INDEX comment_subscriber_open ON comment_subscriber (created) WHERE confirmed = 0;
ALTER TABLE comment ADD COLUMN subscriber_id INTEGER REFERENCES comment_subscriber (id) ON DELETE SET NULL; -- who is emailed about replies to a guest's comment
CREATE INDEX comment_subscription ON comment (subscriber_id) WHERE subscriber_id IS NOT NULL;

-- Members who want emails about replies to their comments. No row: no emails.
CREATE TABLE reply_preference (
	user_id INTEGER PRIMARY KEY REFERENCES site_user (id) ON DELETE CASCADE,
	mode    TEXT NOT NULL CHECK (mode IN ('now', 'daily')),
	changed INTEGER NOT NULL
) STRICT;

-- Names that guests may not use.
CREATE INDEX site_user_staff ON site_user (name) WHERE role <> 'member';

-- Replies that somebody is to be told about. A row stays as long as the reply, so nobody is told twice.
CREATE TABLE reply_notice (
	comment_id INTEGER PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE, -- the reply
	due        INTEGER NOT NULL,             -- when it is sent; 0: it was sent, or nobody wants it
	created    INTEGER NOT NULL
) STRICT;
CREATE INDEX reply_notice_due ON reply_notice (due) WHERE due > 0;

-- How an email can be unsubscribed from (RFC 8058).
ALTER TABLE outbox ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT ''; -- URL that a POST unsubscribes with; '': none
