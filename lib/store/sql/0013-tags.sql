-- A copy of a post's tags in the post's row. Lists, feeds and pages show them, and would otherwise join three tables. post_save() writes it.

ALTER TABLE post ADD COLUMN tag_text TEXT NOT NULL DEFAULT ''; -- "id TAB slug TAB name" lines, as post_tag orders them; a tag never changes
UPDATE post SET tag_text = coalesce((SELECT group_concat(line, char(10)) FROM
	(SELECT t.id || char(9) || t.slug || char(9) || t.name AS line FROM post_tag AS pt JOIN tag AS t ON t.id = pt.tag_id
	WHERE pt.post_id = post.id ORDER BY pt.place)), '');
