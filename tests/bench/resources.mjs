// Memory, growth of a site, search, import.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { clients } from './clients.mjs';
import { median, percentile } from './load.mjs';
import { sharedSize } from './mixes.mjs';
import { newestPost, some } from './pages.mjs';
import { get, processes, say } from './site.mjs';

const executable = (pid) => { try { return fs.readlinkSync(`/proc/${pid}/exe`); } catch { return ''; } };
// In KiB; 0 when the process has ended.
function kib(pid, file, key) {
  try {
    return Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(fs.readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
const pidsOf = (bench, name) => processes().filter((pid) => executable(pid) === path.join(bench.build, name));

export async function searches({ port, cookie, table, options }) {
  for (const [word, held] of [['墨香', '1 in 10,000'], ['印泥', '1 in 100'], ['纸张', '9 in 10'], ['workshop', 'most English']]) {
    const times = [];
    for (let i = 0; i < options.samples / 2; i++) {
      const began = performance.now();
      const answer = await get(port, `/search?q=${encodeURIComponent(word)}`, cookie);
      times.push(performance.now() - began);
      if (answer.status !== 200) throw new Error(`search: ${answer.status}`);
    }
    const p95 = percentile(times, 0.95);
    table.add(`search ${word} (${held}), p95`, { figure: `${p95.toFixed(1)} ms`, against: `median ${median(times).toFixed(1)} ms`, goal: { most: 30 }, unit: ' ms', value: p95 });
  }
}

// The workers of the program blog after many requests of all kinds, and then all programs of a small site.
export async function memory(tools) {
  const { bench, site, port, cookie, loads, table, options } = tools, post = await newestPost(port);
  const before = pidsOf(bench, 'blog'), mib = (value) => (value / 1024).toFixed(1);
  let sent = 0;
  while (sent < options.requests) {
    for (const target of some(['/blog', post, '/', '/archive', '/search?q=workshop'], options))
      for (const headers of [{ ...clients.chromium, Cookie: `sid=${cookie}` }, { Cookie: `sid=${cookie}` }, clients.chromium])
        sent += loads.load({ port, target, headers }, { many: 8 }).count * (headers.Cookie ? 1 : 0); // anonymous readers get copies from nginx
  }
  const pids = pidsOf(bench, 'blog'), resident = Math.max(...pids.map((pid) => kib(pid, 'status', 'VmRSS'))), pss = Math.max(...pids.map((pid) => kib(pid, 'smaps_rollup', 'Pss')));
  table.add(`a worker of blog after ${sent} requests`, { figure: `${mib(resident)} MiB resident`, against: `${mib(pss)} MiB PSS, ${pids.every((pid) => before.includes(pid)) ? 'same processes' : 'replaced meanwhile'}`,
    goal: { most: 14 }, unit: ' MiB', value: resident / 1024 });
  await bench.stopAll();
  const small = bench.makeSite(Math.min(1000, options.posts)), smallCookie = bench.renown(small, 'session', 'add', 'owner@example.org').trim();
  await bench.startSite(small, port, { programs: 'all' });
  for (const target of ['/', '/blog', '/feed.rss', '/account', '/write', '/write/new', '/admin', '/zh/blog', '/sign-in'])
    for (let i = 0; i < 20; i++) await get(port, target, i % 2 ? { Cookie: `sid=${smallCookie}` } : {});
  const programs = processes().filter((pid) => !/\/nginx$/.test(executable(pid))), total = sharedSize(programs);
  table.add(`all programs of a site with ${Math.min(1000, options.posts)} posts, without nginx`, { figure: `${mib(total)} MiB PSS`, against: `${programs.length} processes`, goal: { most: 48 }, unit: ' MiB', value: total / 1024 });
  await bench.stopAll();
  await bench.startSite(site, port);
}

// The same pages on sites of different size, one request at a time, alternately.
export async function growth({ bench, port: first, table, options }) {
  const sites = [];
  let port = first + 1;
  for (const count of options.sizes) {
    const site = bench.makeSite(count), cookie = bench.renown(site, 'session', 'add', 'owner@example.org').trim();
    await bench.startSite(site, port);
    const list = (await get(port, '/blog', cookie)).text, archive = (await get(port, '/archive', cookie)).text;
    const month = [...archive.matchAll(/href="(\/archive\/\d{4}-\d{2})"/g)].map((found) => found[1]).at(-3);
    const older = /href="(\/blog\?before=[^"]+)"/.exec(list)[1].replace(/&amp;/g, '&'), newest = Number(/before=(\d+)-/.exec(older)[1]);
    const author = `/author/${bench.renown(site, 'user', 'list').split('\n')[0].split('\t')[2]}`;
    sites.push({ count, port, cookie, targets: { 'home page': '/', 'first page of /blog': '/blog', 'deep page of /blog': `/blog?before=${newest - 10 * 365 * 86400}-${Math.floor(count / 2)}`, 'a post': await newestPost(port),
      tag: '/tag/topic-7', archive: '/archive', 'an old month': month, 'all tags': '/tags', author, feed: '/feed.rss', 'a part of the sitemap': '/sitemap/1.xml' } });
    port++;
  }
  for (const name of Object.keys(sites[0].targets)) {
    const times = sites.map(() => []), warm = Math.ceil(options.samples / 8);
    for (let i = 0; i < options.samples; i++)
      for (const [s, site] of sites.entries()) {
        const began = performance.now(), answer = await get(site.port, site.targets[name], site.cookie);
        if (answer.status !== 200) throw new Error(`${site.targets[name]}: ${answer.status}`);
        if (i >= warm) times[s].push(performance.now() - began);
      }
    const medians = times.map(median), ratio = Math.max(...medians) / Math.min(...medians);
    table.add(`${name} at ${options.sizes.join(' / ')} posts`, { figure: `${medians.map((value) => value.toFixed(2)).join(' / ')} ms`, ratio: ratio.toFixed(2), goal: { most: 1.25 }, value: ratio });
  }
  await bench.stopAll();
}

function makeMarkdown(folder, count) {
  if (fs.existsSync(path.join(folder, 'made'))) return;
  say(`writing ${count} Markdown files`);
  const words = 'paper ink seal carving river morning slowly teacher brush stone learned reading letter winter window'.split(' ');
  for (let i = 0; i < count; i++) {
    const below = path.join(folder, String(Math.floor(i / 1000)));
    if (i % 1000 === 0) fs.mkdirSync(below, { recursive: true });
    let text = '';
    for (let w = 0; text.length < 600; w++) text += `${words[(i * 7 + w * w) % words.length]}${w % 14 === 13 ? '.\n\n' : ' '}`;
    fs.writeFileSync(path.join(below, `post-${i}.md`), `---\ntitle: Post number ${i}\ndate: 20${10 + (i % 15)}-0${1 + (i % 9)}-1${i % 10}\ntags: [topic ${i % 50}]\n---\n${text}\n`);
  }
  fs.writeFileSync(path.join(folder, 'made'), '');
}

// Time and peak memory of an import. VmHWM only grows, so the last value that is read before the end is the peak of all but the last moment.
export async function importing({ bench, table, options }) {
  const count = options.import, files = path.join(bench.folder, `markdown-${count}`), site = path.join(bench.folder, 'site-import');
  makeMarkdown(files, count);
  bench.makeEmptySite(site);
  const largest = Math.max(...fs.readdirSync(files, { recursive: true }).map((name) => fs.statSync(path.join(files, name))).filter((one) => one.isFile()).map((one) => one.size)) / 1024;
  const began = performance.now(), child = spawn(path.join(bench.build, 'renown'), ['--site', site, 'import', 'markdown', files], { env: bench.environment, stdio: ['ignore', 'ignore', 'inherit'] });
  let peak = 0;
  const timer = setInterval(() => { peak = Math.max(peak, kib(child.pid, 'status', 'VmHWM')); }, 5);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`the import ended with status ${code}`);
  const rate = count / ((performance.now() - began) / 1000), more = (peak - largest) / 1024;
  table.add(`import of ${count} Markdown posts`, { figure: `${Math.round(rate)} posts/s`, goal: { least: 1000 }, unit: ' posts/s', value: rate });
  table.add('peak memory of the import', { figure: `${(peak / 1024).toFixed(1)} MiB`, against: `largest file ${largest.toFixed(0)} KiB`, ratio: `${more.toFixed(1)} MiB more`, goal: { most: 64, unit: ' MiB more' }, value: more });
}
