-- Moderation of comments: rules, bans, trust, flags, decisions and their undo. See lib/store/moderation/.

-- What makes a comment be held, kept as spam or refused.
CREATE TABLE moderation_rule (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	field      TEXT NOT NULL CHECK (field IN ('word', 'name', 'address', 'host')), -- what it is compared with
	pattern    TEXT NOT NULL,                -- folded; * stands for any characters
	action     TEXT NOT NULL CHECK (action IN ('hold', 'spam', 'refuse')),
	note       TEXT NOT NULL,                -- the reason, for moderators and for the author of a refused comment
	created    INTEGER NOT NULL,
	created_by INTEGER REFERENCES site_user (id) ON DELETE SET NULL,
	UNIQUE (field, pattern)
) STRICT;
CREATE INDEX moderation_rule_created_by ON moderation_rule (created_by) WHERE created_by IS NOT NULL;

-- Who may not comment.
CREATE TABLE moderation_ban (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	kind       TEXT NOT NULL CHECK (kind IN ('account', 'network', 'name')),
	subject    TEXT NOT NULL,                -- id of the account, keyed digest of the network, or folded name
	user_id    INTEGER REFERENCES site_user (id) ON DELETE CASCADE, -- of an account
	name       TEXT NOT NULL,                -- as moderators see it
	note       TEXT NOT NULL,                -- why
	created    INTEGER NOT NULL,
	created_by INTEGER REFERENCES site_user (id) ON DELETE SET NULL,
	expires    INTEGER NOT NULL,             -- first second without the ban; 0: no end. A network's ends within 30 days
	UNIQUE (kind, subject)
) STRICT;
CREATE INDEX moderation_ban_user ON moderation_ban (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX moderation_ban_created_by ON moderation_ban (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX moderation_ban_expires ON moderation_ban (expires) WHERE expires > 0;

-- Everything that a banned person wrote, still to be rejected by the job "moderation".
CREATE TABLE moderation_purge (
	ban_id     INTEGER PRIMARY KEY REFERENCES moderation_ban (id) ON DELETE CASCADE,
	user_id    INTEGER REFERENCES site_user (id) ON DELETE CASCADE, -- the moderator who decided it
	created    INTEGER NOT NULL              -- newer comments stay
) STRICT;
CREATE INDEX moderation_purge_user ON moderation_purge (user_id) WHERE user_id IS NOT NULL;

-- Levels of trust that a moderator set by hand.
CREATE TABLE moderation_trust (
	user_id    INTEGER PRIMARY KEY REFERENCES site_user (id) ON DELETE CASCADE,
	level      INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
	created    INTEGER NOT NULL,
	created_by INTEGER REFERENCES site_user (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX moderation_trust_created_by ON moderation_trust (created_by) WHERE created_by IS NOT NULL;

-- What moderators decided, and what is needed to undo it.
CREATE TABLE moderation_decision (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	action      TEXT NOT NULL CHECK (action IN ('approve', 'reject', 'spam', 'edit', 'ban', 'trust')),
	comment_id  INTEGER REFERENCES comment (id) ON DELETE SET NULL, -- NULL: about a person, or the comment was deleted
	post_id     INTEGER REFERENCES post (id) ON DELETE CASCADE,     -- of the comment; NULL: about a person
	user_id     INTEGER REFERENCES site_user (id) ON DELETE SET NULL, -- the moderator
	created     INTEGER NOT NULL,
	heading     TEXT NOT NULL,               -- heading of the rules page that a rejection names, or ''
	note        TEXT NOT NULL,               -- for moderators and, with the log "full", for readers
	version     INTEGER NOT NULL,            -- of the comment after the decision; an undo needs it unchanged
	old_state   TEXT NOT NULL,               -- of the comment before
	old_reason  TEXT NOT NULL,               -- likewise
	old_reason_note TEXT NOT NULL,           -- likewise
	old_flags   INTEGER NOT NULL,            -- likewise
	old_text    TEXT NOT NULL,               -- before an edit, else ''; emptied after 30 days
	old_xhtml   TEXT NOT NULL,               -- likewise, rendered
	undone      INTEGER NOT NULL,            -- when it was undone; 0: it holds
	undone_by   INTEGER REFERENCES site_user (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX moderation_decision_comment ON moderation_decision (comment_id, id) WHERE comment_id IS NOT NULL;
CREATE INDEX moderation_decision_post ON moderation_decision (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX moderation_decision_user ON moderation_decision (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX moderation_decision_undone_by ON moderation_decision (undone_by) WHERE undone_by IS NOT NULL;
CREATE INDEX moderation_decision_text ON moderation_decision (created) WHERE old_text <> '';

-- Comments that members reported.
CREATE TABLE comment_flag (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	comment_id  INTEGER NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL REFERENCES site_user (id) ON DELETE CASCADE,
	reason      TEXT NOT NULL CHECK (reason IN ('spam', 'rude', 'off-topic', 'other')),
	note        TEXT NOT NULL,               -- what the member wrote with it, or ''
	weight      INTEGER NOT NULL,            -- in tenths of a flag, see flag.h
	created     INTEGER NOT NULL,
	outcome     TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'upheld', 'declined')), -- '': not decided yet
	decision_id INTEGER REFERENCES moderation_decision (id) ON DELETE SET NULL, -- which decided it
	UNIQUE (comment_id, user_id)
) STRICT;
CREATE INDEX comment_flag_user ON comment_flag (user_id, outcome);
CREATE INDEX comment_flag_decision ON comment_flag (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX comment_name ON comment (name, id);
CREATE INDEX site_user_moderators ON site_user (role, id) WHERE role <> 'member';
CREATE INDEX comment_flagged ON comment (created, id) WHERE flags > 0;

-- Comments whose decision the classifier has not learned yet.
CREATE TABLE moderation_lesson (
	comment_id INTEGER PRIMARY KEY REFERENCES comment (id) ON DELETE CASCADE
) STRICT;

-- Links in emails to moderators, each for one moderator, one comment and one decision.
CREATE TABLE moderation_link (
	digest     TEXT PRIMARY KEY,             -- of the token in the link
	comment_id INTEGER NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
	user_id    INTEGER NOT NULL REFERENCES site_user (id) ON DELETE CASCADE,
	action     TEXT NOT NULL CHECK (action IN ('approve', 'reject')),
	expires    INTEGER NOT NULL              -- first second in which it no longer works
) STRICT;
CREATE INDEX moderation_link_comment ON moderation_link (comment_id, user_id);
CREATE INDEX moderation_link_user ON moderation_link (user_id);
CREATE INDEX moderation_link_expires ON moderation_link (expires);

-- When each moderator last got the digest of what is waiting.
CREATE TABLE moderation_digest (
	user_id INTEGER PRIMARY KEY REFERENCES site_user (id) ON DELETE CASCADE,
	sent    INTEGER NOT NULL
) STRICT;

-- Secret addresses of personal feeds, /my/TOKEN/…; several per person, each shown once.
CREATE TABLE feed_address (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES site_user (id) ON DELETE CASCADE,
	name    TEXT NOT NULL,                   -- what the person calls it, such as the name of a feed reader
	digest  TEXT NOT NULL UNIQUE,            -- of the token
	created INTEGER NOT NULL
) STRICT;
CREATE INDEX feed_address_user ON feed_address (user_id, id);
