// Interface texts, stylesheets, documents and headers use the standard term for each thing. This test searches for the private terms that
// the project has given up, and for some inverted sentences. It first tries each pattern on a sample that it must find and, if a false
// match is likely, on one that it must not find. Patterns ignore case and match whole words, where `_` and digits end a word.
//
// To allow a use, add a row to `legitimate` with the reason. The test fails if a row allows nothing.
//
// Not searched: NEWS, the released SQL, and C files, where old names of commands, settings and routes keep working.
import fs from 'node:fs';
import path from 'node:path';

// Where a pattern is searched for:
//   S  English interface texts (msgid of po/*.po)      Z  Chinese interface texts (msgstr)
//   D  manual pages, docs/*.md, READMEs, SECURITY,     H  headers (*.h), comments and names
//      comments of conf, tools, bootstrap, completion  T  stylesheets and templates (*.xsl, *.css, *.js, *.rng)
const terms = [
	// [where, pattern, better, a text that it must find, a text that it must not find]
	['SDHT', 'doors?', 'sign-in page, credential', 'the doors of a site', 'indoors'],
	['SDHT', 'desks?', 'post list, Posts, pages for authors', 'the desk of an author', 'a desktop'],
	['SDHT', 'houses?', 'dashboard, administration', "the owner's house", 'a warehouse'],
	['SDHT', 'rooms', 'navigation', 'the rooms of the owner', 'room for one more'],
	['SDHT', '(?:settings/|group_)keeping|keeping(?:_[a-z]+|\\.[ch])', 'storage, backup_job', 'keeping_next()', 'keeping the old value'],
	['SDHT', 'what waits', 'scheduled posts, waiting jobs', 'what waits for the owner'],
	['SDHT', 'withdr(?:aw|awn|ew|aws|awing|awal)', 'unpublish', 'a withdrawn post'],
	['SDHT', '(?<![/.-])bin(?:ned|s)?(?![/.-])', 'trash', 'a post in the bin', '/usr/local/bin/renown'],
	['SDHT', '(?:brings?|brought|bringing) back', 'restore', 'a version that is brought back'],
	['SDHT', 'throw(?:s|n|ing)? away', 'delete permanently, discard', 'to throw away'],
	['SDT', 'second factors?', 'two-factor authentication', 'who has a second factor', 'the setting second_factor'],
	['SDHT', 'reset-[f]actor', 'reset-second-factor', 'renown user reset-' + 'factor'],
	['SDHT', 'trials?', 'A/B test, experiment', 'a trial of titles', 'industrial'],
	['SDHT', 'seal(?:s|ed|ing)?', 'logo letter, accent colour; encrypted', 'the seal colour', 'the sealant'],
	['SDHT', 'wellness|what is well|well again', 'health, works again', 'the wellness of a site'],
	['SDHT', 'takeouts?', 'personal data', 'a takeout'],
	['SDHT', 'pulses?', 'heartbeat', 'the pulse of the worker', 'impulse'],
	['SDHT', 'moment(?:_[a-z]+|\\.[ch])', 'date_text', 'moment_text()', 'killed at any moment'],
	['SDHT', 'hear[sd]?|hearing', 'receive, recording', 'a program that hears nothing', 'the heart'],
	['SDHT', 'machines read|what machines|machines(?:_[a-z]+|\\.[ch])', 'metadata, sitemap, robots', 'what machines read', 'two machines'],
	['SDHT', '(?:puts?|putting) together|together\\.[ch]', 'merge, assemble', 'two texts put together', 'both together'],
	['SD', 'mine', 'this form, my change', 'yours or mine', 'determine'],
	['SDHT', "one's own|oneself|own\\.[ch]|mine\\.[ch]", "the user's, personal_data, profile", "a site of one's own", 'its own folder'],
	['SDHT', 'catalogue(?:_[a-z]+|\\.[ch])', 'mo_file', 'catalogue_read()', 'a message catalogue'],
	['SDHT', 'front page', 'home page', 'the front page of a site'],
	['S', 'next free slot', 'Add to queue', 'Publish in the next free slot'],
	['SD', 'who may read', 'access', 'Who may read this'],
	['HT', '(?<!/)unsaved(?! (?:changes|drafts))', 'autosave, not saved', 'the unsaved forms', 'You have unsaved changes'],
	['SDHT', 'audit trails?', 'audit log', 'the audit trail'],
	['SDHT', '(?:takes?|took|taken|taking) back', 'revoke, reset', 'an invitation that is taken back'],
	['SDHT', 'first[_ -]steps', 'getting started, onboarding', 'the first steps of an owner'],
	['S', 'no more of this', 'Dismiss', 'No more of this'],
	['S', 'look (?:into|at) your mail', 'Check your inbox', 'Look into your mail'],
	['S', 'password until now', 'Current password', 'Password until now'],
	['S', 'this is needed', 'Required', 'This is needed'],
	['S', 'there is no page here', 'Page not found', 'There is no page here'],
	['S', 'as the system', 'Same as system', 'As the system'],
	['SDT', '(?<!`)findings?(?!`)', 'check result', 'the findings of doctor', 'the elements `finding`'],
	['SDT', 'complaints?', 'parse error', 'the complaint of the parser'],
	['SDT', 'losses', 'import warnings', 'the losses of an import'],
	['SDHT', '(?:publishing|renown) plan|write/plan|plan (?:list|add|remove|slots)', 'publishing schedule', 'the publishing plan', 'the query plan'],
	['SDHT', '(?:before|behind|past|the|one) gates?', 'access check; private', 'files behind the gate', 'to delegate'],
	['SDHT', 'who(?:so)?ever', 'the user who, anybody who, a role', 'Whoever reads it sets the password'],
	['SD', 'the store', 'the database', 'written into the store', 'lib/store/auth'],
	['SDHT', 'the ways? in|ways? between', 'sign-in page, navigation', 'it shows the way in'],
	['SDHT', 'films?', 'video', 'sound and film', 'a filmmaker'],
	['SD', '(?<![/.`])pictures?(?![`/])', 'image', 'a picture of the owner', 'docs/pictures/a.webp'],
	['SD', '(?<![/.`])recordings?(?!`)', 'audio or video file', 'a recording with chapters', 'recorded'],
	// Inverted or personified sentences.
	['SDHT', 'nothing of (?:it|this|that|what|them)', 'say what happens: no part of it is saved', 'Nothing of it is kept'],
	['DHT', 'stands? (?:in|beside|behind|there|where|below|once|twice)', 'is', 'what stands in the row', 'it stands for a word'],
	['DHT', '(?:lies|lying|lay) (?:in|below|beside|open|closed|elsewhere|there|behind|where)', 'is', 'a file that lies open', 'it replies in time'],
	['DHT', '(?:is|are|was|were) told(?! to)', 'say who gets which value', 'a program that is told nothing', 'until it is told to stop'],
	['DH', '(?:^|[.:;] |\\* )Who (?!can |could |may |must )[a-z]+ [^?]*$', 'start with the subject: users who …', 'Who finds it taken is asked to come again.', 'Who must enter a code'],
	['SDH', '(?:^|[.:;] |\\* )What (?:is|was|are|no|nobody|has|does) [^.?]*, (?:is|are|has|gets|stays|goes|comes|does|was)(?= )', 'start with the subject', 'What is not in it, is refused.', 'What is refused'],
	// Chinese.
	['Z', '帐户|帐号', '账号', '你的帐户'],
	['Z', '登陆', '登录', '请登陆'],
	['Z', '您', '你', '您的文章'],
	['Z', '撤回', '下线, 撤销', '撤回文章'],
	['Z', '版主', '评论管理员', '版主可以删除评论'],
	['Z', '写作台|书桌|案头', '文章, 首页', '写作台'],
	['Z', '印章|印色', '徽标文字, 主题色', '印章颜色', '徽标文字'],
	['Z', '垃圾箱|废纸篓|回收箱', '回收站', '移到垃圾箱'],
	['Z', '体检|健康状况', '运行状况', '网站体检'],
	['Z', '试验', 'A/B 测试', '标题试验'],
	['Z', '进行[^，。；]{0,6}操作', 'the verb', '请进行保存操作'],
];

// [file, line, reason]
const legitimate = [
	[/^docs\/DESIGN\.md$/, /`bin`|< bin`/, 'the folder bin'],
	[/^docs\/renown-comment\.8$/, /\/comment\/ID\/mine/, 'the address of the sender\'s own comment'],
	[/^docs\/THEMES\.md$/, /theirs/, 'the values of a merged form are "mine" and "theirs", as in other merge tools'],
	[/\/marks\.xsl$/, /seal stamp/, 'the shape of the default logo'],
	[/^samples\/make\//, /\bseals?\b/i, 'the sample site is about books and their seals'],
];

function pattern(text) {
	const whole = /^[\x00-\x7f]*$/.test(text) && !text.startsWith('(?:^') && !text.startsWith('(?:settings');
	return new RegExp(whole ? `(?<![A-Za-z])(?:${text})(?![A-Za-z])` : text, text.startsWith('(?:^') ? 'g' : 'gi');
}

const rows = terms.map(([where, text, better, hit, miss]) => ({ where, text, better, hit, miss, regexp: pattern(text) }));
const matches = (row, text) => [...text.matchAll(row.regexp)];

let number = 0, failed = false;
function result(name, problems) {
	console.log(`${problems.length === 0 ? 'ok' : 'not ok'} ${++number} - ${name}`);
	problems.forEach((problem) => console.log(`# ${problem}`));
	failed ||= problems.length > 0;
}

// --- the texts: pieces { file, line, text, next }; next is the beginning of the next line ---------------------------------------------

function tree(folder, wanted) {
	return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const name = path.join(folder, entry.name);
		if (entry.isDirectory())
			return /^(node_modules|build|\.git)$/.test(entry.name) ? [] : tree(name, wanted);
		return entry.isFile() && wanted.test(name) ? [name] : [];
	}).sort();
}

// The lines of a file. next has no comment leader, so that a term with a line break inside is found as well.
function lines(file, kept = () => true) {
	const all = fs.readFileSync(file, 'utf8').split('\n');
	return all.map((text, at) => ({ file, line: at + 1, text, next: (all[at + 1] || '').replace(/^[\s*#/.]*/, '').split(' ').slice(0, 3).join(' ') }))
		.filter((piece) => kept(piece.text));
}

// The texts of a catalogue, each as one piece with the number of its first line.
function catalogue(file, keyword) {
	const pieces = [];
	let piece = null;
	fs.readFileSync(file, 'utf8').split('\n').forEach((text, at) => {
		const [, word, value] = /^(?:([a-z_]+(?:\[\d\])?) )?"(.*)"$/.exec(text) || [];
		if (word !== undefined && keyword.test(word))
			pieces.push(piece = { file, line: at + 1, text: value, next: '' });
		else if (word !== undefined || value === undefined)
			piece = null;
		else if (piece)
			piece.text += value;
	});
	return pieces.filter((one) => !one.text.startsWith('Project-Id-Version'));
}

const catalogues = tree('po', /\.po$/);
const comments = (text) => text.includes('#');
const pieces = {
	S: catalogues.flatMap((file) => catalogue(file, /^msgid/)),
	Z: catalogues.filter((file) => /zh/.test(file)).flatMap((file) => catalogue(file, /^msgstr/)),
	D: ['README.md', 'README.zh-CN.md', 'SECURITY', ...tree('docs', /\.([158]|md|sh)$/)].flatMap((file) => lines(file))
		.concat([...tree('conf', /./), ...tree('tools', /./), ...tree('completion', /./), 'bootstrap', 'configure.ac', ...tree('samples/make', /\.(sh|py)$/)]
			.flatMap((file) => lines(file, comments))),
	H: ['lib', 'bin', 'cgi-bin'].flatMap((folder) => tree(folder, /\.h$/)).flatMap((file) => lines(file, (text) => !/^#(?:ifndef|define) [A-Z0-9_]+_H$/.test(text))),
	T: tree('templates', /\.(xsl|css|js|rng)$/).flatMap((file) => lines(file)),
};

// --- the test ---------------------------------------------------------------------------------------------------------------------

result('each pattern finds its sample', rows.filter((row) => matches(row, row.hit).length === 0).map((row) => `${row.text} does not find "${row.hit}"`));
result('no pattern finds its near miss', rows.filter((row) => row.miss !== undefined && matches(row, row.miss).length > 0)
	.map((row) => `${row.text} finds "${row.miss}"`));
for (const [where, name] of [['S', 'English interface texts'], ['Z', 'Chinese interface texts'], ['D', 'documents'], ['H', 'headers'], ['T', 'stylesheets and templates']])
	result(`there are ${name} to read`, pieces[where].length > 100 ? [] : [`only ${pieces[where].length} lines`]);

const used = new Set();
function allowed(piece) {
	const row = legitimate.find(([file, text]) => file.test(piece.file) && text.test(piece.text));
	if (row)
		used.add(row);
	return row !== undefined;
}
for (const row of rows)
	result(`nothing says ${row.text}`, [...row.where].flatMap((where) => pieces[where].flatMap((piece) =>
		matches(row, `${piece.text} ${piece.next}`).filter((match) => match.index < piece.text.length).slice(0, 1)
			.filter(() => !allowed(piece)).map(() => `${piece.file}:${piece.line}: ${piece.text.trim().slice(0, 120)} (better: ${row.better})`))));
result('each legitimate use still is one', legitimate.filter((row) => !used.has(row)).map(([file, text]) => `${file} ${text} allows nothing`));
process.exit(failed ? 1 : 0);
