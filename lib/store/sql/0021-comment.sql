-- Threads of comments: their order, states, counts and versions. See lib/store/comment/.

-- What changes only comments has numbers of its own, so that other pages stay in the caches of readers.
ALTER TABLE content_version ADD COLUMN comments INTEGER NOT NULL DEFAULT 0;         -- grows with every change of comments that readers see
ALTER TABLE content_version ADD COLUMN comments_changed INTEGER NOT NULL DEFAULT 0; -- when it last grew
ALTER TABLE content_version ADD COLUMN steps INTEGER NOT NULL DEFAULT 0;            -- grows when post.comment_step of a post changes
ALTER TABLE content_version ADD COLUMN steps_changed INTEGER NOT NULL DEFAULT 0;    -- when it last grew

-- Who may comment on a post: everybody, people with an account, readers who may read the whole post, nobody.
ALTER TABLE post ADD COLUMN comment_access TEXT NOT NULL DEFAULT 'open' CHECK (comment_access IN ('open', 'members', 'readers', 'closed'));
UPDATE post SET comment_access = 'closed' WHERE comments_open = 0;
ALTER TABLE post DROP COLUMN comments_open;
ALTER TABLE post ADD COLUMN comment_step INTEGER NOT NULL DEFAULT 0;       -- number of shown comments, rounded down to 1, 2, 5, 10, 20, 50 …; for lists of posts

DROP INDEX comment_shown;
DROP INDEX comment_post;
DROP INDEX comment_parent;
DROP INDEX comment_user;
DROP INDEX comment_waiting;

-- The comment that it replies to. It can only be removed together with the whole thread, because it stays as a placeholder while it has replies.
-- No CASCADE: SQLite follows at most 1,000 of them in a chain.
ALTER TABLE comment RENAME COLUMN parent_id TO old_parent;
ALTER TABLE comment ADD COLUMN parent_id INTEGER REFERENCES comment (id) ON DELETE SET NULL;
UPDATE comment SET parent_id = old_parent;
ALTER TABLE comment DROP COLUMN old_parent;
CREATE INDEX comment_parent ON comment (parent_id) WHERE parent_id IS NOT NULL;

-- Where it stands. Written once, when the comment is added.
ALTER TABLE comment ADD COLUMN root_id INTEGER NOT NULL DEFAULT 0;         -- the first comment of the thread; at the top its own id
ALTER TABLE comment ADD COLUMN depth INTEGER NOT NULL DEFAULT 0 CHECK (depth BETWEEN 0 AND 6); -- 0: at the top; a reply to one of depth 6 has depth 6 as well
ALTER TABLE comment ADD COLUMN path TEXT NOT NULL DEFAULT '';              -- ids of ten digits, of the comments from depth 1 down to this one; sorts a thread in reading order

-- held: awaiting moderation; hidden: by flags; rejected: by a moderator; deleted: by its author, a placeholder because it has replies
ALTER TABLE comment RENAME COLUMN state TO old_state;
ALTER TABLE comment ADD COLUMN state TEXT NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'shown', 'hidden', 'rejected', 'spam', 'deleted'));
UPDATE comment SET state = CASE old_state WHEN 'waiting' THEN 'held' ELSE old_state END;
ALTER TABLE comment DROP COLUMN old_state;
ALTER TABLE comment ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;          -- 1: has a place in its thread: it is shown, or is a placeholder above a shown reply
ALTER TABLE comment ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;         -- at the top: how many listed comments the thread has below it
ALTER TABLE comment ADD COLUMN reason TEXT NOT NULL DEFAULT '';            -- code of the step that decided the state; '' none
ALTER TABLE comment ADD COLUMN reason_note TEXT NOT NULL DEFAULT '';       -- such as the note of a rule
ALTER TABLE comment ADD COLUMN decided INTEGER NOT NULL DEFAULT 0;         -- when a person last decided about it; 0: never
ALTER TABLE comment ADD COLUMN decided_by INTEGER REFERENCES site_user (id) ON DELETE SET NULL;

-- Who wrote it. user_id NULL: a guest, or a deleted account.
ALTER TABLE comment ADD COLUMN link TEXT NOT NULL DEFAULT '';              -- URL that a guest typed
ALTER TABLE comment ADD COLUMN person TEXT NOT NULL DEFAULT '';            -- keyed digest of the guest's cookie; '' without one
ALTER TABLE comment ADD COLUMN network TEXT NOT NULL DEFAULT '';           -- keyed digest of the network; emptied after 30 days
ALTER TABLE comment ADD COLUMN stamp TEXT;                                 -- digest of the stamp that the form was sent with; NULL without one

ALTER TABLE comment ADD COLUMN lang TEXT NOT NULL DEFAULT '';              -- '' is that of its post
ALTER TABLE comment ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;          -- when its author or a moderator last changed the text; 0: never
ALTER TABLE comment ADD COLUMN version INTEGER NOT NULL DEFAULT 1;         -- grows with every change of text or state
ALTER TABLE comment ADD COLUMN helpful INTEGER NOT NULL DEFAULT 0;         -- weight of votes
ALTER TABLE comment ADD COLUMN not_helpful INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;            -- Wilson lower bound of the share of helpful votes, 0 to 1,000,000
ALTER TABLE comment ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;           -- weight of flags
ALTER TABLE comment ADD COLUMN learned TEXT NOT NULL DEFAULT '' CHECK (learned IN ('', 'spam', 'ham')); -- as what the classifier learned it

-- Existing rows get their place.
WITH RECURSIVE place (id, root_id, depth, path) AS (
	SELECT c.id, c.id, 0, '' FROM comment AS c WHERE c.parent_id IS NULL
	UNION ALL
	SELECT c.id, p.root_id, CASE WHEN p.depth < 6 THEN p.depth + 1 ELSE 6 END,
		CASE WHEN p.depth < 6 THEN p.path ELSE substr(p.path, 1, 50) END
			|| substr('0000000000', 1, 10 - length(CAST(c.id AS TEXT))) || CAST(c.id AS TEXT)
	FROM place AS p JOIN comment AS c ON c.parent_id = p.id
)
UPDATE comment SET root_id = place.root_id, depth = place.depth, path = place.path FROM place WHERE place.id = comment.id;
WITH RECURSIVE seen (id) AS (
	SELECT c.id FROM comment AS c WHERE c.state = 'shown'
	UNION
	SELECT c.parent_id FROM seen JOIN comment AS c ON c.id = seen.id WHERE c.parent_id IS NOT NULL
)
UPDATE comment SET listed = 1 WHERE id IN (SELECT seen.id FROM seen);

-- Top-level comments of a post: the best first; by age. A whole thread.
CREATE INDEX comment_best ON comment (post_id, rank DESC, id) WHERE listed = 1 AND parent_id IS NULL;
CREATE INDEX comment_top ON comment (post_id, id) WHERE listed = 1 AND parent_id IS NULL;
CREATE INDEX comment_thread ON comment (root_id, path) WHERE listed = 1;
UPDATE comment SET replies = (SELECT count(*) FROM comment AS r WHERE r.root_id = comment.id AND r.listed = 1 AND r.id <> comment.id)
	WHERE parent_id IS NULL;

-- Lists for moderators.
CREATE INDEX comment_state ON comment (state, created, id);
CREATE INDEX comment_post ON comment (post_id, id);
CREATE INDEX comment_user ON comment (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX comment_user_state ON comment (user_id, state, id) WHERE user_id IS NOT NULL;
CREATE INDEX comment_person ON comment (person, state, id) WHERE person <> '';
CREATE INDEX comment_network ON comment (network, created, id) WHERE network <> '';
CREATE INDEX comment_network_age ON comment (created) WHERE network <> '';
CREATE INDEX comment_newest ON comment (created, id);
CREATE INDEX comment_decided_by ON comment (decided_by) WHERE decided_by IS NOT NULL;
CREATE UNIQUE INDEX comment_stamp ON comment (stamp) WHERE stamp IS NOT NULL;

-- One row per post that ever had a comment.
CREATE TABLE thread (
	post_id INTEGER PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
	shown   INTEGER NOT NULL,                -- number of shown comments
	waiting INTEGER NOT NULL,                -- number of held comments
	version INTEGER NOT NULL,                -- grows with every change of what readers see of the comments
	changed INTEGER NOT NULL                 -- when it last grew
) STRICT;
INSERT INTO thread (post_id, shown, waiting, version, changed)
	SELECT post_id, sum(CASE WHEN state = 'shown' THEN 1 ELSE 0 END), sum(CASE WHEN state = 'held' THEN 1 ELSE 0 END), 1, max(created)
	FROM comment GROUP BY post_id;
UPDATE post SET comment_step = (SELECT CASE
		WHEN shown >= 5000 THEN 5000 WHEN shown >= 2000 THEN 2000 WHEN shown >= 1000 THEN 1000
		WHEN shown >= 500 THEN 500 WHEN shown >= 200 THEN 200 WHEN shown >= 100 THEN 100
		WHEN shown >= 50 THEN 50 WHEN shown >= 20 THEN 20 WHEN shown >= 10 THEN 10
		WHEN shown >= 5 THEN 5 WHEN shown >= 2 THEN 2 ELSE shown END
	FROM thread WHERE thread.post_id = post.id)
	WHERE id IN (SELECT thread.post_id FROM thread);
