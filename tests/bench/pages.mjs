// One page at a time: with and without compression, feeds, tracking arguments, signed-in readers, latency.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { clients, plain } from './clients.mjs';
import { median } from './load.mjs';
import { get, processes } from './site.mjs';

const kinds = [['keep-alive', true], ['new connections', false]];
// The test of the benchmark measures only the first of each group (--variants 1).
export const some = (group, { variants }) => group.slice(0, variants);

// The address of the newest post.
export async function newestPost(port) {
  return /href="(\/blog\/[^"?#]+)"/.exec((await get(port, '/blog')).text)[1];
}

// Writes our response to this client as a file, and returns both requests.
async function sides({ bench, site, port }, name, target, headers) {
  await get(port, target, headers);
  const answer = await get(port, target, headers);
  if (answer.status !== 200) throw new Error(`${target}: ${answer.status}`);
  bench.writeFile(site, name, answer);
  return { answer, ours: { port, target, headers }, file: { port, target: `/bench/${name}`, headers } };
}

export async function plainPages(tools) {
  const { port, loads, options } = tools;
  for (const [name, target] of some([['list', '/blog'], ['post', await newestPost(port)], ['feed', '/feed.rss']], options)) {
    const { ours, file } = await sides(tools, `plain-${name}`, target, plain);
    for (const [kind, keepAlive] of some(kinds, options))
      await loads.pair(`${target}, no compression, ${kind}`, ours, file, { keepAlive, against: 'static file', goal: { least: name === 'feed' ? 0.9 : 0.95 } });
  }
}

export async function compressedPages(tools) {
  const { port, loads, options } = tools;
  for (const [name, target] of some([['list', '/blog'], ['post', await newestPost(port)]], options)) {
    for (const client of some(['chromium', 'crawler'], options)) {
      const { ours, file } = await sides(tools, `${client}-${name}`, target, clients[client]);
      for (const [kind, keepAlive] of some(kinds, options))
        await loads.pair(`${target}, ${client}, ${kind}`, ours, file, { keepAlive, against: 'gzip_static', goal: { least: 0.9 } });
    }
  }
}

export async function feeds(tools) {
  const { port, loads, options } = tools;
  for (const target of some(['/feed.rss', '/feed.atom'], options)) {
    const { answer, ours, file } = await sides(tools, `feed-${target.slice(-4)}`, target, clients.reader);
    const stored = await get(port, file.target, clients.reader);
    const unchanged = (side, { headers }) => ({ ...side, headers: { ...side.headers, 'If-None-Match': headers.etag } });
    for (const [kind, keepAlive] of some(kinds, options)) {
      await loads.pair(`${target}, ${kind}`, ours, file, { keepAlive, against: 'gzip_static', goal: { least: 0.9 } });
      const again = unchanged(ours, answer);
      if ((await get(port, target, again.headers)).status !== 304) throw new Error(`${target}: not 304`);
      await loads.pair(`${target}, 304, ${kind}`, again, unchanged(file, stored), { keepAlive, against: 'gzip_static', goal: { least: 0.9 } });
    }
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
// Arguments that social networks and newsletters add. Each number gives others.
export function tracking(number) {
  let id = '';
  for (let i = 0, x = number * 2654435761 + 12345; i < 40; i++, x = (x * 1103515245 + 12345) % 2147483648) id += letters[Math.floor(x / 7) % 64];
  return `fbclid=${id}&utm_source=${['facebook', 'newsletter', 'wechat', 'x'][number % 4]}&utm_medium=social&from=timeline&isappinstalled=0`;
}

export async function trackedPages(tools) {
  const { bench, site, port, loads, table, options } = tools;
  const headers = clients.chromium, variants = Array.from({ length: 1000 }, (_, i) => ({ target: `/blog?${tracking(i)}`, headers }));
  if ((await get(port, variants[0].target, headers)).status !== 200) throw new Error('tracking arguments are refused');
  // The same number of equal requests, so that wrk has the same work.
  await loads.pair('/blog with 1,000 variants of tracking arguments', { port, requests: variants }, { port, requests: variants.map(() => ({ target: '/blog', headers })) },
    { against: 'without arguments', goal: { least: 0.95 } });
  // Once more, not timed, with a log of what the programs got.
  await bench.stopAll();
  await bench.startSite(site, port, { counting: true });
  await get(port, '/blog', headers);
  const log = path.join(site, 'log/reached.log'), lines = () => fs.readFileSync(log, 'utf8').split('\n').length - 1;
  const before = lines(), { count } = loads.load({ port, requests: variants }), reached = (lines() - before) / options.seconds;
  table.add('requests that reach the program, 1,000 variants', { figure: `${reached.toFixed(1)}/s`, against: `${count} requests`, goal: { most: 2 }, unit: '/s', value: reached });
  await bench.stopAll();
  await bench.startSite(site, port);
}

// Time on the processor in nanoseconds, without that of ended processes (the kernel's documentation of /proc/PID/schedstat).
function processorNanoseconds() {
  return processes().reduce((sum, pid) => sum + Number(fs.readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]), 0);
}

// A sqlite3 shell that stays open. run() returns when the statement has been committed.
function openShell(site) {
  const shell = spawn('sqlite3', ['-batch', path.join(site, 'renown.db')], { stdio: ['pipe', 'pipe', 'inherit'] });
  let waiting = null;
  shell.stdout.on('data', () => waiting?.());
  return {
    run: (text) => new Promise((resolve) => { waiting = resolve; shell.stdin.write(`${text}\nSELECT 'done';\n`); }),
    close: () => shell.stdin.end(),
  };
}

// The changes after which a page is requested. The newest post is on both pages that are measured, with its reading time, which never
// comes back to an earlier value: a page that was the same before would be found in the cache.
const changes = {
  'a change elsewhere': 'UPDATE content_version SET counter = counter + 1;',
  'a change of the page': `UPDATE post SET reading_minutes = reading_minutes + 1 WHERE id = (SELECT id FROM post WHERE kind != 'page' ORDER BY published DESC, id DESC LIMIT 1);
    UPDATE content_version SET counter = counter + 1;`,
};

// The processor time of one request right after a change, compared with that of the constant program.
async function afterChange({ site, port, table, options }, change, what, target, constant, headers) {
  const shell = openShell(site), ratios = [], ours = [], reference = [];
  await shell.run('PRAGMA busy_timeout = 5000;');
  const requests = Math.max(10, Math.min(200, options.seconds * 50));
  for (let round = 0; round < options.rounds; round++) {
    const used = { ours: 0, reference: 0 };
    for (let i = 0; i < requests; i++) {
      await shell.run(changes[change]);
      for (const name of i % 2 ? ['ours', 'reference'] : ['reference', 'ours']) {
        const before = processorNanoseconds();
        await get(port, name === 'ours' ? target : constant, headers);
        used[name] += processorNanoseconds() - before;
      }
    }
    ours.push(used.ours / requests / 1000);
    reference.push(used.reference / requests / 1000);
    ratios.push(used.reference / used.ours);
  }
  shell.close();
  table.ratio(`${what}, first request after ${change}`, { figure: `${Math.round(median(ours))} us CPU`, against: `constant program, ${Math.round(median(reference))} us CPU`, ratios, goal: { least: 0.3 } });
}

export async function signedIn(tools) {
  const { bench, site, port, cookie, loads, options } = tools;
  const headers = { ...clients.chromium, Cookie: `sid=${cookie}` };
  for (const [name, target] of some([['list', '/blog'], ['post', await newestPost(port)]], options)) {
    const answer = await get(port, target, headers), constant = `/bench-constant/${name}`;
    await bench.startConstant(site, port, name, answer);
    // Not the same bytes while pages contain a new form token each time.
    await loads.pair(`${target}, signed in`, { port, target, headers }, { port, target: constant, headers }, { same: false, against: 'constant program', goal: { least: 0.6 } });
    for (const change of Object.keys(changes)) await afterChange(tools, change, `${target}, signed in`, target, constant, headers);
  }
}

// The page and the file, each at half of the rate that the page can reach.
export async function latency(tools) {
  const { port, loads, table, options } = tools;
  for (const [name, target] of some([['list', '/blog'], ['post', await newestPost(port)]], options)) {
    const { ours, file } = await sides(tools, `latency-${name}`, target, clients.chromium);
    const rate = loads.load(ours).rate / 2, results = { ours: [], file: [] };
    for (let round = 0; round < options.rounds; round++) {
      results.file.push(loads.load(file, { rate, many: 64 }));
      results.ours.push(loads.load(ours, { rate, many: 64 }));
    }
    table.load(`${target} at half load`, results.ours);
    table.load(`${target} at half load: gzip_static`, results.file);
    const more = results.ours.map((one, i) => one.p99 - results.file[i].p99), p99 = (side) => median(results[side].map((one) => one.p99)).toFixed(2);
    table.add(`${target}, p99 at half load`, { figure: `${p99('ours')} ms`, against: `gzip_static, ${p99('file')} ms`, ratio: `${median(more).toFixed(2)} ms more`,
      spread: `${Math.min(...more).toFixed(2)}-${Math.max(...more).toFixed(2)}`, goal: { most: 2, unit: ' ms more' }, value: median(more) });
  }
}
