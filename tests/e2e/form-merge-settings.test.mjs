// A form with settings, or with the role of a user, stays open while the same values are saved elsewhere. The stricter value wins unless
// the owner chooses.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from './content.mjs';
import { png, sendFiles } from './files.mjs';
import { mergeSite, otherOf } from './form-merge.mjs';
import { fieldsIn } from './forms.mjs';

describe('an open form of settings and a save from elsewhere', () => {
	const { site, cookies, open, send, save, everyField } = mergeSite();

	describe('settings', () => {
		const form = (group) => () => ({ where: `/admin/settings/${group}`, name: 'settings', who: 'Owner', files: group.startsWith('branding') && !group.includes('/'), buttons: group === 'theme' });
		for (const [group, other, fields] of [
			['general', ['tagline', 'Start', 'Another tagline'], [['title', 'Start', 'Mine', 'Theirs'], ['tagline', 'Start', 'Mine', 'Theirs'], ['description', '', 'Mine', 'Theirs'], ['author_name', 'Start', 'Mine', 'Theirs'],
				['logo_letter', '甲', '乙', '丙'], ['home_intro', 'Start', 'Mine\n\nLines', 'Theirs'], ['member_benefits', '', 'Mine', 'Theirs'], ['footer', 'Start', 'Mine', 'Theirs']]],
			['general/zh', ['tagline', 'Start', 'Another tagline'], [['title', 'Start', 'Mine', 'Theirs'], ['tagline', 'Start', 'Mine', 'Theirs'], ['description', '', 'Mine', 'Theirs'], ['author_name', 'Start', 'Mine', 'Theirs'],
				['logo_letter', '甲', '乙', '丙'], ['home_intro', 'Start', 'Mine', 'Theirs'], ['member_benefits', '', 'Mine', 'Theirs'], ['footer', 'Start', 'Mine', 'Theirs']]],
			['branding', ['social_image_alt', 'Start', 'Another'], [['author_photo_alt', 'Start', 'Mine', 'Theirs'], ['social_image_alt', 'Start', 'Mine', 'Theirs']]],
			['branding/zh', ['social_image_alt', 'Start', 'Another'], [['author_photo_alt', 'Start', 'Mine', 'Theirs'], ['social_image_alt', 'Start', 'Mine', 'Theirs']]],
			['theme', ['accent_colour', '#a8281c', '#7a1f4a'], [['accent_colour', '#a8281c', '#1f4a7a', '#1f7a4a'], ['accent_colour_dark', '#ff8e78', '#8ef0ff', '#f0ff8e']]],
			['membership', ['posts_per_feed', '20', '7'], [['posts_per_page', '20', '5', '6'], ['posts_per_feed', '20', '5', '6'], ['registration', 'open', 'invitation', 'off'], ['search_engines', 'yes', 'no', 'no']]],
			['comments', ['comments_days', '0', '30'], [['comments_shown', 'yes', 'no', 'no'], ['comments_from', 'everybody', 'members', 'nobody'], ['comment_access', 'open', 'members', 'closed'],
				['comments_days', '0', '10', '20'], ['votes_from', 'members', 'everybody', 'everybody'], ['comments_pause', '15', '20', '30'], ['comments_burst', '10', '5', '6'], ['comments_flood', '60', '50', '70'],
				['comments_hold', 'guests', 'all', 'first'], ['comments_links', '2', '0', '1'], ['comments_flags', '5', '3', '8'], ['rules_page', '', 'about', 'colophon'], ['spam_hold', '60', '50', '70'],
				['spam_certain', '98', '95', '99'], ['trust_basic_comments', '1', '2', '3'], ['trust_basic_days', '0', '1', '2'], ['trust_regular_comments', '10', '11', '12'], ['trust_regular_days', '14', '15', '16'],
				['trust_trusted_comments', '50', '51', '52'], ['trust_trusted_days', '90', '91', '92'], ['moderation_log', 'off', 'anonymous', 'full'], ['moderation_email', 'yes', 'no', 'no'],
				['moderation_digest', '24', '0', '48']]],
			['storage', ['backups_kept', '3', '9'], [['onboarding', 'yes', 'no', 'no'], ['media_quota', '10000', '11', '12'], ['backups_kept', '3', '5', '6']]],
			['language', ['languages', 'en zh', 'en'], [['time_zone', 'UTC', 'Europe/Berlin', 'Asia/Shanghai'], ['languages', 'en zh', 'en', 'en']]],
		])
			describe(group, () => everyField(form(group), fields, other, { branding: ['logo', 'author_photo', 'social_image'], theme: ['theme'], membership: ['second_factor'], language: ['language'] }[group]));

		test('a menu that both sides changed is offered as a choice', async () => {
			const made = form('navigation')(), old = await open(made);
			await save(made, { navigation: 'Theirs /tag/theirs' });
			const answer = await send(made, { ...old, navigation: 'Mine /tag/mine' });
			assert.equal(answer.status, 409);
			assert.equal(otherOf(answer.text, 'navigation'), 'Theirs /tag/theirs');
			assert.equal((await send(made, { ...fieldsIn(answer.text, 'settings'), choose_navigation: 'mine' })).status, 303);
			assert.equal((await open(made)).navigation, 'Mine /tag/mine');
		});

		test('without a choice the stricter setting wins', async () => {
			const made = form('membership')();
			for (const [mine, theirs, wanted] of [['open', 'off', 'off'], ['off', 'open', 'off']]) {
				await save(made, { registration: 'invitation' });
				const old = await open(made);
				await save(made, { registration: theirs });
				const fields = fieldsIn((await send(made, { ...old, registration: mine })).text, 'settings');
				delete fields.choose_registration;
				assert.equal((await send(made, fields)).status, 303);
				assert.equal((await open(made)).registration, wanted);
			}
		});

		test('a setting changed by the command counts as a save', async () => {
			const made = form('general')(), old = await open(made);
			site.renown('setting', 'set', 'footer', 'From the command');
			const answer = await send(made, { ...old, title: 'From the form' });
			assert.equal(answer.status, 409);
			assert.equal(fieldsIn(answer.text, 'settings').footer, 'From the command');
		});

		test('an image uploaded with an old form is in the media library, and can be chosen', async () => {
			const made = form('branding')(), old = await open(made);
			await save(made, { author_photo_alt: 'Another save' });
			const answer = await sendFiles(site, made.where, Object.entries({ ...old, social_image_alt: 'Mine' }), [['author_photo_file', 'me.png', png(40, 50, 'green')]], { cookie: cookies.Owner });
			assert.equal(answer.status, 409);
			const fields = fieldsIn(answer.text, 'settings');
			assert.match(fields.author_photo, /^[0-9a-f]{2}\/[0-9a-f]{64}\.png$/);
			assert.match(answer.text, /me\.png/);
			assert.equal((await send(made, fields)).status, 303);
			const now = await open(made);
			assert.deepEqual([now.author_photo, now.author_photo_alt, now.social_image_alt], [fields.author_photo, 'Another save', 'Mine']);
			/* Both sides uploaded an image: the author chooses, and theirs may stay. */
			const stale = await open(made);
			const theirs = await sendFiles(site, made.where, Object.entries(stale), [['author_photo_file', 'theirs.png', png(41, 50, 'red')]], { cookie: cookies.Owner });
			assert.equal(theirs.status, 303);
			const both = await sendFiles(site, made.where, Object.entries(stale), [['author_photo_file', 'mine.png', png(42, 50, 'blue')]], { cookie: cookies.Owner });
			assert.equal(both.status, 409);
			const saved = (await open(made)).author_photo, mine = fieldsIn(both.text, 'settings').author_photo;
			assert.notEqual(mine, saved);
			assert.match(both.text, /class="other">theirs\.png</);
			assert.equal((await send(made, { ...fieldsIn(both.text, 'settings'), choose_author_photo: 'theirs' })).status, 303);
			assert.equal((await open(made)).author_photo, saved);
		});

		test('a form with the same theme is saved', async () => {
			const made = form('theme')(), old = await open(made);
			assert.equal(old.theme, 'default');
			assert.equal((await send(made, { ...old, theme: 'default' })).status, 303);
		});
	});

	test('without a choice, the role with fewer rights wins', async () => {
		const made = { where: '/admin/users/4', name: 'change', who: 'Owner' };
		for (const [start, mine, theirs, wanted] of [['author', 'editor', 'member', 'member'], ['author', 'member', 'owner', 'member'], ['member', 'moderator', 'author', 'author']]) {
			await save(made, { role: start, enabled: 'yes' });
			const old = await open(made);
			await save(made, { role: theirs });
			const answer = await send(made, { ...old, role: mine }), form = fieldsIn(answer.text, 'change');
			assert.equal(answer.status, 409);
			delete form.choose_role;
			assert.equal((await send(made, form)).status, 303);
			assert.equal((await open(made)).role, wanted, `${mine} and ${theirs}`);
		}
		await save(made, { role: 'member', enabled: 'yes' });
		const old = await open(made);
		await save(made, { enabled: 'no' });
		const answer = await send(made, { ...old, role: 'author' });
		assert.equal(answer.status, 409);
		assert.deepEqual([fieldsIn(answer.text, 'change').role, fieldsIn(answer.text, 'change').enabled], ['author', 'no']);
		assert.equal((await send(made, fieldsIn(answer.text, 'change'))).status, 303);
		assert.equal(sql(site, 'SELECT role || disabled FROM site_user WHERE id = 4'), 'author1');
	});
});
