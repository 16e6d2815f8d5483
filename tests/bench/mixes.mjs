// Many addresses at a time, as a real site has them, compared with the same addresses as files.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { clients } from './clients.mjs';
import { newestPost, tracking } from './pages.mjs';
import { get, processes, say } from './site.mjs';

// A fixed sequence (xorshift32), so that two runs send the same requests.
let state = 2463534242;
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

// Chooses 0 to count - 1. The n-th is chosen in proportion to 1/n (Zipf's law).
function zipf(count) {
  const sums = [];
  for (let i = 1, sum = 0; i <= count; i++) sums.push(sum += 1 / i);
  return () => {
    const wanted = random() * sums[count - 1];
    let low = 0, high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

const newestSlugs = (site, count) => execFileSync('sqlite3', ['-batch', '-readonly', path.join(site, 'renown.db'),
  `SELECT slug FROM post WHERE state = 'published' ORDER BY published DESC, id DESC LIMIT ${count}`], { encoding: 'utf8', maxBuffer: 1 << 26 }).trim().split('\n');

// Each request of ours beside the request of a file with the same bytes.
async function twins({ bench, site, port }, folder, targets, headers) {
  fs.rmSync(path.join(site, 'static/bench', folder), { recursive: true, force: true });
  const made = [];
  for (const [i, target] of targets.entries()) {
    const answer = await get(port, target, headers);
    if (answer.status !== 200) throw new Error(`${target}: ${answer.status}`);
    bench.writeFile(site, `${folder}/${i}`, answer);
    made.push({ ours: { target, headers }, file: { target: `/bench/${folder}/${i}`, headers } });
  }
  return made;
}

// The next pages of the list of posts.
async function listPages(port, count) {
  const found = ['/blog'];
  while (found.length < count) {
    const next = /href="(\/blog\?before=[^"]+)"/.exec((await get(port, found.at(-1))).text);
    if (!next) break;
    found.push(next[1].replaceAll('&amp;', '&'));
  }
  return found;
}

// A site under load has its popular pages in the microcache, so each measurement begins after the same time of load.
// 70 % posts, 15 % lists, 10 % feeds of which nine in ten are unchanged, 5 % searches, 2 % signed in (of the posts and lists).
export async function mixedLoad(tools) {
  const { site, port, cookie, loads, options } = tools, headers = clients.chromium;
  const slugs = newestSlugs(site, options.addresses);
  say(`reading ${slugs.length} posts for the mixed load`);
  const posts = await twins(tools, 'posts', slugs.map((slug) => `/blog/${encodeURIComponent(slug)}`), headers);
  const tags = [...new Set([...(await get(port, '/tags')).text.matchAll(/href="(\/tag\/[^"?#/]+)"/g)].map((found) => found[1]))].slice(0, 20);
  if (tags.length === 0) throw new Error('/tags names no tag');
  const lists = await twins(tools, 'lists', [...await listPages(port, 20), '/archive', '/tags', ...tags], headers);
  const feeds = await twins(tools, 'feeds', ['/feed.rss', '/feed.atom'], clients.reader);
  const searches = await twins(tools, 'searches', ['墨香', '印泥', 'workshop', 'window', 'letter'].map((word) => `/search?q=${encodeURIComponent(word)}`), headers);
  const unchanged = [];
  for (const { ours, file } of feeds) {
    const tagged = async (one) => ({ ...one, headers: { ...one.headers, 'If-None-Match': (await get(port, one.target, one.headers)).headers.etag } });
    unchanged.push({ ours: await tagged(ours), file: await tagged(file) });
  }
  // The reference file is the same for signed-in readers as for everybody.
  const member = ({ ours, file }) => ({ ours: { ...ours, headers: { ...ours.headers, Cookie: `sid=${cookie}` } }, file });
  const groups = [posts, lists, feeds, unchanged, searches, posts.map(member), lists.map(member)], all = groups.flat();
  const starts = groups.map((_, i) => groups.slice(0, i).reduce((sum, group) => sum + group.length, 0)), pick = groups.map((group) => zipf(group.length));
  const order = [];
  for (let i = 0; i < 200000; i++) {
    const kind = random(), isMember = random() < 0.02 / 0.85;
    const group = kind < 0.7 ? (isMember ? 5 : 0) : kind < 0.85 ? (isMember ? 6 : 1) : kind < 0.95 ? (random() < 0.9 ? 3 : 2) : 4;
    order.push(starts[group] + pick[group]());
  }
  await loads.pair('mixed load', { port, requests: all.map(({ ours }) => ours), order }, { port, requests: all.map(({ file }) => file), order },
    { against: 'the same mix as files', goal: { least: 0.8 }, warm: loads.seconds });
}

// Many readers follow links to a hundred posts. Each link has other tracking arguments.
export async function spike(tools) {
  const { site, port, loads } = tools, posts = await twins(tools, 'spike', newestSlugs(site, 100).map((slug) => `/blog/${encodeURIComponent(slug)}`), clients.chromium);
  const pick = zipf(posts.length), ours = [], files = [];
  for (let i = 0; i < 20000; i++) {
    const { ours: one, file } = posts[pick()], query = tracking(i);
    ours.push({ ...one, target: `${one.target}?${query}` });
    files.push({ ...file, target: `${file.target}?${query}` });
  }
  await loads.pair('a spike on 100 posts with tracking arguments', { port, requests: ours }, { port, requests: files }, { against: 'the same as files', goal: { least: 0.8 } });
}

// Opens connections, sends one request on each, and keeps them open.
async function openIdle(port, target, count) {
  const sockets = [];
  const one = () => new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`HEAD ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`));
    socket.once('data', () => resolve());
    socket.once('error', reject);
    sockets.push(socket);
  });
  while (sockets.length < count) await Promise.all(Array.from({ length: Math.min(100, count - sockets.length) }, one));
  return sockets;
}

// Proportional set size of all processes of the site, in KiB.
export const sharedSize = (pids) => pids.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]), 0);

// The same page with and without idle connections. nginx closes them after its keepalive_timeout, so each round opens new ones.
export async function idleConnections({ port, loads, table, options }) {
  const target = await newestPost(port), headers = clients.chromium, results = { with: [], without: [] };
  let memory = 0;
  for (let round = 0; round < options.rounds; round++) {
    results.without.push(loads.load({ port, target, headers }));
    const before = sharedSize(processes()), sockets = await openIdle(port, target, options.idle);
    memory = Math.max(memory, (sharedSize(processes()) - before) / options.idle);
    results.with.push(loads.load({ port, target, headers }));
    // Let this process notice which connections nginx has closed.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const open = sockets.filter((socket) => !socket.destroyed && socket.readyState === 'open').length;
    sockets.forEach((socket) => socket.destroy());
    if (open < options.idle) throw new Error(`only ${open} of ${options.idle} idle connections were still open`);
  }
  table.load(`${target} without idle connections`, results.without);
  table.load(`${target} beside ${options.idle} idle connections`, results.with);
  table.ratio(`${target} beside ${options.idle} idle connections`, { figure: `${Math.round(results.with[0].rate)}/s, ${memory.toFixed(1)} KiB each`, against: 'without', ratios: results.with.map((one, i) => one.rate / results.without[i].rate) });
}
