// The benchmark: `make bench`, or node tests/bench/bench.mjs BUILD_FOLDER [--parts 'A B'] [--rounds N] [--seconds N] [--posts N] [--sizes A,B,C]
// [--import N] [--requests N] [--idle N] [--samples N] [--addresses N] [--connections N] [--port N] [--variants N] [--folder DIR] [--peers 'NAME=URL ...']. docs/PERFORMANCE.md explains the parts and the table.
// Only ratios within one run count, because machines differ.
import fs from 'node:fs';
import path from 'node:path';
import { makeLoads, median, percentile } from './load.mjs';
import { idleConnections, mixedLoad, spike } from './mixes.mjs';
import { compressedPages, feeds, latency, plainPages, signedIn, trackedPages } from './pages.mjs';
import { benchPosts } from './post-list.mjs';
import { peers } from './peers.mjs';
import { growth, importing, memory, searches } from './resources.mjs';
import { agent, get, makeBench, say } from './site.mjs';
import { makeTable } from './table.mjs';

// These use one site. The others start their own.
const onOneSite = { gzip: compressedPages, plain: plainPages, feed: feeds, tracking: trackedPages, member: signedIn, mixed: mixedLoad, spike, idle: idleConnections, latency, search: searches, memory, peers };
const names = [...Object.keys(onOneSite), 'posts', 'growth', 'import'];
const standard = { parts: names.filter((name) => name !== 'peers').join(' '), rounds: 5, seconds: 4, posts: 100000, sizes: '', import: 100000, requests: 100000, idle: 10000, samples: 400, addresses: 10000, connections: 16, port: 8090, variants: 1000, folder: '', peers: '' };
const usage = (text) => {
  console.error(`bench: ${text}\nparts: ${names.join(' ')}\noptions: ${Object.keys(standard).map((name) => `--${name}`).join(' ')}`);
  process.exit(2);
};
const words = process.argv.slice(3), options = { ...standard };
for (let i = 0; i < words.length; i += 2) {
  const name = words[i].replace(/^--/, '');
  if (!Object.hasOwn(standard, name) || words[i + 1] === undefined) usage(`unknown: ${words[i]}`);
  options[name] = typeof standard[name] === 'number' ? Number(words[i + 1]) : words[i + 1];
  if (Number.isNaN(options[name])) usage(`not a number: ${words[i + 1]}`);
}
options.sizes = (options.sizes || `1000,${options.posts}`).split(',').map(Number);
const parts = options.parts.split(/[\s,]+/).filter(Boolean);
for (const part of parts) if (!names.includes(part)) usage(`no part is called ${part}`);

const build = path.resolve(process.argv[2] ?? 'build'), folder = path.resolve(options.folder || path.join(build, 'bench')), { port } = options;
const bench = makeBench({ build, folder }), table = makeTable(), loads = makeLoads({ ...options, folder, table });

// Serves one site and gives it to the part.
async function withSite(site, work) {
  const cookie = bench.renown(site, 'session', 'add', 'owner@example.org').trim();
  await bench.startSite(site, port);
  await work({ bench, site, port, cookie, loads, table, options, get });
  await bench.stopAll();
}

async function runPart(part) {
  say(`part ${part}`);
  if (onOneSite[part]) await withSite(bench.makeSite(options.posts), onOneSite[part]);
  // A separate site, because submitted posts stay and would make the other sites' feeds longer.
  else if (part === 'posts') await withSite(bench.makeSite(options.posts, 'posts'), (tools) => benchPosts({ ...tools, ...options, median, percentile }));
  else if (part === 'growth') await growth({ bench, port, table, options });
  else await importing({ bench, table, options });
}

let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => { isStopped = true; bench.stopAll().then(() => process.exit(1)); });
let failed = 0;
fs.mkdirSync(folder, { recursive: true });
for (const part of parts) {
  if (isStopped) break;
  try {
    await runPart(part);
  } catch (error) {
    failed = 1;
    console.error(`part ${part} failed:`, error);
  }
  await bench.stopAll();
}
table.print(options);
agent.destroy();
process.exit(failed);
