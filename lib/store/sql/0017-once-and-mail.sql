-- Forms that create something are carried out once. Emails that were only written into a folder are marked.

-- Forms that were carried out. When the same form is sent again, it gets the result of the first one and creates nothing (lib/http/form_once.h).
CREATE TABLE form_once (
	id      TEXT PRIMARY KEY,                -- digest of who sent it, where to, and the form's one-time id; the id itself is stored nowhere
	content TEXT NOT NULL,                   -- digest of what the fields held, keyed with the one-time id
	result  TEXT NOT NULL,                   -- the answer: where it led, or what its page showed once; sealed with the one-time id
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL                 -- no proof of such a form holds longer
) STRICT;
CREATE INDEX form_once_expires ON form_once (expires);

-- An email that was written into a folder is finished, but was not sent.
ALTER TABLE outbox ADD COLUMN stored INTEGER NOT NULL DEFAULT 0; -- 1: 'sent' means that it was written into a folder
