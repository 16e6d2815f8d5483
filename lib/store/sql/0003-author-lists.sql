-- Indexes for the list of an author's posts: newest first, in one state or in all.
CREATE INDEX post_author ON post (author_id);
CREATE INDEX post_author_state ON post (author_id, state);
-- Not on all states: SQLite would use such an index for lists of published posts, and sort.
CREATE INDEX post_draft ON post (state) WHERE state = 'draft';
CREATE INDEX post_withdrawn ON post (state) WHERE state = 'withdrawn';
