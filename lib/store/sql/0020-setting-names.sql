-- Settings were renamed: see lib/store/setting/setting_renamed.c. The audit log keeps the names of its time.
UPDATE setting SET name = CASE name
	WHEN 'seal' THEN 'logo_letter'
	WHEN 'seal_colour' THEN 'accent_colour'
	WHEN 'seal_colour_dark' THEN 'accent_colour_dark'
	WHEN 'picture' THEN 'social_image'
	WHEN 'picture_alt' THEN 'social_image_alt'
	WHEN 'portrait' THEN 'author_photo'
	WHEN 'portrait_alt' THEN 'author_photo_alt'
	WHEN 'intro' THEN 'home_intro'
	WHEN 'members_text' THEN 'member_benefits'
	WHEN 'first_steps' THEN 'onboarding'
	ELSE 'posts_per_page'
END
WHERE name IN ('seal', 'seal_colour', 'seal_colour_dark', 'picture', 'picture_alt', 'portrait', 'portrait_alt', 'intro', 'members_text',
	'first_steps', 'posts_per_list');
