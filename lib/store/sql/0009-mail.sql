-- Outgoing emails, and what their links and codes allow.

-- Outgoing emails. They are added in the transaction that causes them; `renown work` sends them.
CREATE TABLE outbox (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	message_id TEXT NOT NULL UNIQUE,         -- the Message-ID's part before the '@': the same in every try
	kind       TEXT NOT NULL,                -- what it is about, such as 'sign-in'
	recipient  TEXT NOT NULL,                -- one address, lower case
	subject    TEXT NOT NULL,
	body       TEXT NOT NULL,                -- plain text; '' once it is sent or given up, since it may hold a secret
	lang       TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'given up')),
	created    INTEGER NOT NULL,
	expires    INTEGER NOT NULL,             -- when it is of no use any more
	next_try   INTEGER NOT NULL,
	tries      INTEGER NOT NULL DEFAULT 0,
	handed     INTEGER NOT NULL DEFAULT 0,   -- 1: this try may have been taken by the other side, whatever comes
	problem    TEXT NOT NULL DEFAULT '',     -- why the last try failed, in words for the owner
	done       INTEGER NOT NULL DEFAULT 0    -- when it was sent or given up; 0: neither
) STRICT;
CREATE INDEX outbox_due ON outbox (next_try, id) WHERE state = 'queued';
CREATE INDEX outbox_sending ON outbox (state) WHERE state = 'sending';
CREATE INDEX outbox_done ON outbox (state, done) WHERE done > 0;
CREATE INDEX outbox_recipient ON outbox (recipient, id);

-- Sign-ins and sign-ups that wait until the link or the code from an email is used.
CREATE TABLE pending (
	id      TEXT PRIMARY KEY,                -- digest_text() of the token in the mail's link
	page    TEXT NOT NULL UNIQUE,            -- the same of the token in the address of the page that asks for the code
	code    TEXT NOT NULL,                   -- digest of the code, keyed with the page's token, which stands nowhere
	tries   INTEGER NOT NULL DEFAULT 0,      -- wrong codes
	user_id INTEGER REFERENCES user (id) ON DELETE CASCADE, -- who will be signed in; NULL: nobody, or an account to be made
	email   TEXT NOT NULL DEFAULT '',        -- of the account to be made; '': none is
	name    TEXT NOT NULL DEFAULT '',        -- likewise
	hash    TEXT NOT NULL DEFAULT '',        -- its password, as in credential; '': none
	invitation TEXT NOT NULL DEFAULT '',     -- the invitation that it uses up and takes its role from; '': none, a member
	next    TEXT NOT NULL DEFAULT '',        -- where to go then
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_expires ON pending (expires);
CREATE INDEX pending_user ON pending (user_id) WHERE user_id IS NOT NULL;

-- Invitations. Each creates one account and is then removed.
CREATE TABLE invitation (
	id      TEXT PRIMARY KEY,                -- digest_text() of its token
	role    TEXT NOT NULL CHECK (role IN ('member', 'author', 'moderator', 'editor', 'owner')),
	email   TEXT NOT NULL,                   -- whom it was sent to; '': given by hand
	user_id INTEGER REFERENCES user (id) ON DELETE CASCADE, -- who invites; NULL: the command line
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL
) STRICT;
CREATE INDEX invitation_recent ON invitation (created DESC, id DESC);
CREATE INDEX invitation_expires ON invitation (expires);
CREATE INDEX invitation_user ON invitation (user_id) WHERE user_id IS NOT NULL;
