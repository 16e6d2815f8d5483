// The benchmark: `make bench`, or node tests/bench/bench.mjs BUILD_FOLDER [--posts N] [--sizes A,B,C]
// [--seconds N] [--import N] [--parts throughput,search,memory,growth,posts]. One nginx with the shipped configuration serves, in turns within one run, a static file,
// a constant FastCGI program and our pages, all of the same number of bytes. Ratios are what counts: machines differ.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchPosts } from './post-list.mjs';

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const build = path.resolve(process.argv[2] ?? 'build');
const option = (name, standard) => {
  const place = process.argv.indexOf(`--${name}`);
  return place < 0 ? standard : process.argv[place + 1];
};
const posts = Number(option('posts', 100000));
const sizes = String(option('sizes', `1000,${posts}`)).split(',').map(Number);
const seconds = Number(option('seconds', 4));
const importFiles = Number(option('import', 0));
const parts = String(option('parts', 'throughput,search,memory,growth,posts')).split(',');
const connections = 16;
const workers = 2;
// Where a program is; minutes later would be late to say that it is missing.
function need(program) {
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    console.error(`bench: ${program} is missing; install nginx, spawn-fcgi, multiwatch, sqlite3 and wrk.`);
    process.exit(1);
  }
}
const [multiwatch] = ['multiwatch', 'nginx', 'spawn-fcgi', 'sqlite3', 'wrk'].map(need); // spawn-fcgi looks through no PATH
const folder = path.join(build, 'bench');
const environment = { ...process.env, RENOWN_DATA: source, RENOWN_LOCALE: path.join(build, 'po') };
const children = [];

const say = (text) => process.stderr.write(`${text}\n`);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))];
const renown = (site, ...words) =>
  execFileSync(path.join(build, 'renown'), ['--site', site, ...words], { env: environment, encoding: 'utf8' });

// What a kept site was made with: the schema, whose files may still be edited, and the program that filled it.
function madeWith() {
  const sql = path.join(source, 'lib/store/sql');
  const hash = createHash('sha256');
  for (const name of fs.readdirSync(sql).sort()) hash.update(fs.readFileSync(path.join(sql, name)));
  return hash.update(fs.readFileSync(path.join(source, 'tests/bench/fill.c'))).digest('hex');
}

// A site with so many posts, kept for the next run. The newest post has 8 KB of text.
function makeSite(count, name = 'site') {
  const site = path.join(folder, `${name}-${count}`), filled = path.join(site, 'filled');
  if (fs.existsSync(filled) && fs.readFileSync(filled, 'utf8') === madeWith()) return site;
  fs.rmSync(site, { recursive: true, force: true });
  say(`filling a site with ${count} posts`);
  renown(site, 'init', '--base-url', 'http://127.0.0.1:8090');
  renown(site, 'user', 'add', '--name', 'Bench Owner', '--email', 'owner@example.org', '--role', 'owner');
  say(execFileSync(path.join(build, 'tests/bench/fill'), [site, String(count)], { encoding: 'utf8' }).trim());
  say(execFileSync(path.join(build, 'tests/bench/fill'), [site, '1', '8192'], { encoding: 'utf8' }).trim());
  fs.writeFileSync(filled, madeWith());
  return site;
}

function start(program, socket, count, args = [], env = environment) {
  fs.rmSync(socket, { force: true });
  const child = spawn('spawn-fcgi', ['-n', '-s', socket, '-M', '0660', '--', multiwatch, '-t', '1', '-s', 'TERM', '-f', String(count),
    '--', program, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  children.push(child);
  return child;
}

function stopAll() {
  for (const child of children.splice(0)) {
    // Only the supervisor, which passes it on: a worker that ends before it would be started again, as if it had crashed.
    try { process.kill(child.pid, 'SIGTERM'); } catch { /* it ended by itself */ }
  }
}

// nginx as it ships, with two addresses more: a file, and the constant program.
async function startSite(site, port, bytes) {
  const run = path.join(site, 'run');
  const log = path.join(site, 'log');
  for (const needed of [run, log, path.join(site, 'static')]) fs.mkdirSync(needed, { recursive: true });
  execFileSync(path.join(source, 'conf/generate'), ['nginx', path.join(run, 'nginx'), `SITE=${site}`, `DATA=${source}`,
    'NAMES=127.0.0.1 localhost', `LISTEN=127.0.0.1:${port}`, 'SERVE=yes']);
  const file = path.join(run, 'nginx/serve.conf');
  const conf = path.join(run, 'nginx');
  const extra = Object.keys(bytes).map((name) =>
    `location = /bench/${name}.html { root "${site}/static"; include "${conf}/headers.conf"; }
     location = /bench/${name}.constant { include "${conf}/fastcgi.conf"; fastcgi_pass "unix:${run}/constant-${name}.sock"; }`).join('\n');
  const front = path.join(conf, 'plain.conf'), written = fs.readFileSync(front, 'utf8');
  fs.writeFileSync(front, written.replace(/(include [^\n]*locations\.conf";)/, `${extra}\n$1`));
  fs.mkdirSync(path.join(site, 'static/bench'), { recursive: true });
  for (const [name, length] of Object.entries(bytes)) {
    fs.writeFileSync(path.join(site, `static/bench/${name}.html`), 'x'.repeat(length));
    start(path.join(build, 'tests/bench/constant'), path.join(run, `constant-${name}.sock`), workers, [String(length)]);
  }
  const env = { ...environment, RENOWN_SITE: site };
  start(path.join(build, 'blog'), path.join(run, 'blog.sock'), workers, [], env);
  start(path.join(build, 'feed'), path.join(run, 'feed.sock'), 1, [], env);
  start(path.join(build, 'post'), path.join(run, 'post.sock'), workers, [], env);
  const nginx = spawn('nginx', ['-p', run, '-c', file, '-e', path.join(log, 'error.log'),
    ...(process.getuid() === 0 ? ['-g', 'user root;'] : [])], { stdio: 'inherit', detached: true });
  children.push(nginx);
  for (let i = 0; i < 100; i++) {
    try {
      if ((await get(port, '/')).status === 200) return;
    } catch { /* not up yet */ }
    await sleep(100);
  }
  throw new Error('the site does not answer');
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
function get(port, target, cookie) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: target, agent, headers: cookie ? { Cookie: `sid=${cookie}` } : {} },
      (response) => {
        let length = 0;
        const chunks = [];
        response.on('data', (chunk) => { length += chunk.length; chunks.push(chunk); });
        response.on('end', () => resolve({ status: response.statusCode, length, text: Buffer.concat(chunks).toString() }));
      });
    // A kept connection that the other side closed meanwhile is no answer.
    request.on('error', (error) => (request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code) ? resolve(get(port, target, cookie)) : reject(error)));
  });
}

function load(port, target, cookie) {
  const words = ['-t1', `-c${connections}`, `-d${seconds}s`];
  if (cookie) words.push('-H', `Cookie: sid=${cookie}`);
  const printed = execFileSync('wrk', [...words, `http://127.0.0.1:${port}${target}`], { encoding: 'utf8' });
  if (/Non-2xx/.test(printed)) throw new Error(`${target}: ${printed}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(printed)[1]);
}

const rows = [];
const row = (what, figure, ratio, goal) => rows.push([what, figure, ratio, goal]);
function printTable() {
  const heads = ['what', 'measured', 'ratio', 'goal'];
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((r) => String(r[i]).length)));
  const line = (cells) => `| ${cells.map((c, i) => String(c).padEnd(widths[i])).join(' | ')} |`;
  console.log(line(heads));
  console.log(`|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`);
  rows.forEach((r) => console.log(line(r)));
}

function programPids(name) {
  return fs.readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
    try { return fs.readlinkSync(`/proc/${pid}/exe`) === path.join(build, name); } catch { return false; }
  });
}
const kib = (pid, file, key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(fs.readFileSync(`/proc/${pid}/${file}`, 'utf8'))[1]);

async function throughput(port, cookie, slug) {
  const targets = { list: '/blog', post: `/blog/${slug}` };
  for (const [name, target] of Object.entries(targets)) {
    const figures = { file: [], cached: [], constant: [], uncached: [] };
    for (let round = 0; round < 5; round++) {
      figures.file.push(load(port, `/bench/${name}.html`));
      figures.cached.push(load(port, target));
      figures.constant.push(load(port, `/bench/${name}.constant`));
      figures.uncached.push(load(port, target, cookie));
    }
    const m = Object.fromEntries(Object.entries(figures).map(([k, v]) => [k, median(v)]));
    const ratio = (a, b) => median(figures[a].map((v, i) => v / figures[b][i])).toFixed(2);
    row(`${target}: static file of the same bytes`, `${Math.round(m.file)}/s`, '1.00', '');
    row(`${target}: anonymous`, `${Math.round(m.cached)}/s`, `${ratio('cached', 'file')} of the file`, '>= 0.90');
    row(`${target}: constant FastCGI program`, `${Math.round(m.constant)}/s`, '1.00', '');
    row(`${target}: signed in, uncached`, `${Math.round(m.uncached)}/s`, `${ratio('uncached', 'constant')} of the constant`,
      name === 'list' ? '>= 0.30' : '>= 0.40');
  }
}

async function searches(port, cookie) {
  for (const [word, held] of [['墨香', '1 in 10,000'], ['印泥', '1 in 100'], ['纸张', '9 in 10'], ['workshop', 'most English']]) {
    const times = [];
    for (let i = 0; i < 200; i++) {
      const began = performance.now();
      const answer = await get(port, `/search?q=${encodeURIComponent(word)}`, cookie);
      times.push(performance.now() - began);
      if (answer.status !== 200) throw new Error(`search: ${answer.status}`);
    }
    row(`search ${word} (${held})`, `p95 ${percentile(times, 0.95).toFixed(1)} ms`, `median ${median(times).toFixed(1)} ms`, 'p95 <= 30 ms');
  }
}

function memoryAtRest() {
  const pids = [...programPids('blog'), ...programPids('feed')];
  const pss = pids.map((pid) => kib(pid, 'smaps_rollup', 'Pss'));
  row(`workers at rest (${pids.length})`, `${(pss.reduce((a, b) => a + b, 0) / pids.length / 1024).toFixed(1)} MiB PSS each`, '', '<= 4 MiB');
}

function memoryAfter(port, cookie, slug) {
  const before = programPids('blog');
  for (const [target, count] of [['/blog', 50000], [`/blog/${slug}`, 50000], ['/search?q=workshop', 2000]])
    execFileSync('wrk', ['-t1', '-c8', `-d${Math.max(2, Math.round(count / 3000))}s`, '-H', `Cookie: sid=${cookie}`,
      `http://127.0.0.1:${port}${target}`]);
  const resident = programPids('blog').map((pid) => kib(pid, 'status', 'VmRSS') / 1024);
  const same = programPids('blog').every((pid) => before.includes(pid));
  row('a worker after the load', `${Math.max(...resident).toFixed(1)} MiB resident`, same ? 'same process' : 'replaced since', '<= 16 MiB');
}

// The same pages on sites of different size, one request at a time, in turns.
async function growth() {
  const sites = [];
  let port = 8091;
  for (const count of sizes) {
    const site = makeSite(count);
    const cookie = renown(site, 'session', 'add', 'owner@example.org').trim();
    await startSite(site, port, {});
    const deepId = Math.floor(count / 2);
    const list = (await get(port, '/blog', cookie)).text;
    const archive = (await get(port, '/archive', cookie)).text;
    const month = [...archive.matchAll(/href="(\/archive\/\d{4}-\d{2})"/g)].map((m) => m[1]).at(-3);
    const older = /href="(\/blog\?before=[^"]+)"/.exec(list)[1].replace(/&amp;/g, '&');
    const newest = Number(/before=(\d+)-/.exec(older)[1]);
    const deep = `/blog?before=${newest - 10 * 365 * 86400}-${deepId}`;
    const author = `/author/${renown(site, 'user', 'list').split('\n')[0].split('\t')[2]}`;
    sites.push({ count, port, cookie, targets: { 'front page': '/', 'first page': '/blog', 'deep page': deep, tag: '/tag/topic-7', archive: '/archive', month,
      tags: '/tags', author, feed: '/feed.rss', 'a part of the sitemap': '/sitemap/1.xml' } });
    port++;
  }
  for (const name of Object.keys(sites[0].targets)) {
    const times = sites.map(() => []);
    for (let i = 0; i < 400; i++)
      for (const [s, site] of sites.entries()) {
        const began = performance.now();
        const answer = await get(site.port, site.targets[name], site.cookie);
        if (answer.status !== 200) throw new Error(`${site.targets[name]}: ${answer.status}`);
        if (i >= 50) times[s].push(performance.now() - began);
      }
    const medians = times.map(median);
    row(`${name} at ${sizes.join(' / ')} posts`, `${medians.map((v) => v.toFixed(2)).join(' / ')} ms`,
      (Math.max(...medians) / Math.min(...medians)).toFixed(2), '<= 1.25');
  }
}

function importing(count) {
  const site = path.join(folder, 'site-import');
  const files = path.join(folder, `markdown-${count}`);
  if (!fs.existsSync(path.join(files, 'made'))) {
    say(`writing ${count} Markdown files`);
    const words = 'paper ink seal carving river morning slowly teacher brush stone learned reading letter winter window'.split(' ');
    for (let i = 0; i < count; i++) {
      const below = path.join(files, String(Math.floor(i / 1000)));
      if (i % 1000 === 0) fs.mkdirSync(below, { recursive: true });
      let text = '';
      for (let w = 0; text.length < 600; w++) text += `${words[(i * 7 + w * w) % words.length]}${w % 14 === 13 ? '.\n\n' : ' '}`;
      fs.writeFileSync(path.join(below, `post-${i}.md`),
        `---\ntitle: Post number ${i}\ndate: 20${10 + (i % 15)}-0${1 + (i % 9)}-1${i % 10}\ntags: [topic ${i % 50}]\n---\n${text}\n`);
    }
    fs.writeFileSync(path.join(files, 'made'), '');
  }
  fs.rmSync(site, { recursive: true, force: true });
  renown(site, 'init', '--base-url', 'http://127.0.0.1:8090');
  renown(site, 'user', 'add', '--name', 'Bench Owner', '--email', 'owner@example.org', '--role', 'owner');
  const began = performance.now();
  renown(site, 'import', 'markdown', files);
  const took = (performance.now() - began) / 1000;
  row(`import of ${count} Markdown posts`, `${Math.round(count / took)} posts/s`, `${took.toFixed(0)} s`, '>= 500/s');
}

// One site: pages in turns with a file and a constant program, searches, memory.
async function oneSite() {
  const site = makeSite(posts);
  const cookie = renown(site, 'session', 'add', 'owner@example.org').trim();
  const port = 8090;
  // First once only to learn how many bytes our pages have.
  await startSite(site, port, {});
  const list = await get(port, '/blog');
  const slug = decodeURIComponent(/href="\/blog\/([^"?]+)"/.exec(list.text)[1]);
  const post = await get(port, `/blog/${slug}`);
  stopAll();
  await sleep(1500);
  await startSite(site, port, { list: list.length, post: post.length });
  memoryAtRest();
  say(`/blog ${list.length} bytes, /blog/${slug} ${post.length} bytes; measuring`);
  if (parts.includes('throughput')) await throughput(port, cookie, slug);
  if (parts.includes('search')) await searches(port, cookie);
  if (parts.includes('memory')) memoryAfter(port, cookie, slug);
  stopAll();
  await sleep(1500);
}

// A site of its own: what is submitted stays, and would make the others' feeds longer.
async function postSite() {
  const site = makeSite(posts, 'posts'), port = 8089;
  const cookie = renown(site, 'session', 'add', 'owner@example.org').trim();
  await startSite(site, port, {});
  await benchPosts({ site, port, cookie, get, seconds, row, median, percentile });
  stopAll();
  await sleep(1500);
}

try {
  fs.mkdirSync(folder, { recursive: true });
  if (parts.some((part) => !['growth', 'posts'].includes(part))) await oneSite();
  if (parts.includes('posts')) await postSite();
  if (sizes.length > 1 && parts.includes('growth')) await growth();
  stopAll();
  if (importFiles > 0) importing(importFiles);
  printTable();
  stopAll();
  process.exit(0);
} catch (error) {
  printTable(); // what was measured until then
  console.error(error);
  stopAll();
  process.exit(1);
} finally {
  stopAll();
  agent.destroy();
}
