-- Forms that were carried out: the same form sent again leads to the result of the first and creates nothing (lib/http/once.h).

CREATE TABLE form_once (
	id      TEXT PRIMARY KEY,                -- digest of who sent it, where to, and the form's one-time id; the id itself is stored nowhere
	content TEXT NOT NULL,                   -- digest of what the fields held, keyed with the one-time id
	result  TEXT NOT NULL,                   -- the answer: where it led, or what its page showed once; sealed with the one-time id
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL                 -- no proof of such a form holds longer
) STRICT;
CREATE INDEX form_once_expires ON form_once (expires);
