// Saving posts through nginx compared with bare SQLite, and the list of an author with very many posts.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fieldsIn, problems } from '../e2e/forms.mjs';

const clients = 8;
const sqlite = (site, text) => execFileSync('sqlite3', ['-batch', '-bail', path.join(site, 'renown.db')], { input: text, encoding: 'utf8', maxBuffer: 1 << 26 }).trim();

// The fields that a browser sends for a new article of some 600 words. wrk numbers the titles, so that each post has its own address, and
// the suffixes of the proof, so that each counts as another form (lib/http/form.h).
function fieldsOf(form) {
  const text = 'The paper was old and the light of the window fell on it slowly. '.repeat(50);
  return new URLSearchParams({ ...form, proof: `${form.proof}.PART`, title: 'TITLE', text, tags: 'paper, ink', do: 'publish' }).toString();
}

function submission(site, body, run) {
  const script = path.join(site, 'run', 'submit.lua');
  fs.writeFileSync(script, `local body = ${JSON.stringify(body)}
local count = 0
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
request = function()
  count = count + 1
  return wrk.format("POST", nil, nil, (body:gsub("TITLE", "Bench+${run}+" .. count, 1):gsub("PART", "${run}-" .. count, 1)))
end
`);
  return script;
}

// The rows that one submission writes, written by the sqlite3 shell: one transaction per post, with the same durability.
function bareScript(site, count, run) {
  const known = new Map();
  const columns = (table) => {
    if (!known.has(table)) known.set(table, sqlite(site, `SELECT group_concat(name) FROM pragma_table_info('${table}')`).split(','));
    return known.get(table);
  };
  const post = sqlite(site, "SELECT max(id) FROM post WHERE slug LIKE 'bench-%'");
  const tables = sqlite(site, `SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'post_id' WHERE m.type = 'table'`).split('\n');
  const left = tables.filter((table) => sqlite(site, `SELECT EXISTS (SELECT 1 FROM ${table} WHERE post_id = ${post})`) === '1');
  const search = sqlite(site, `SELECT search_id FROM post WHERE id = ${post}`);
  const copy = (table, changed, where) => {
    const names = columns(table).filter((name) => changed[name] !== null);
    return `INSERT INTO ${table} (${names}) SELECT ${names.map((name) => changed[name] ?? name)} FROM ${table} WHERE ${where};`;
  };
  let script = 'PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;\n';
  for (let i = 1; i <= count; i++) {
    const id = `(SELECT max(id) FROM post)`;
    script += 'BEGIN IMMEDIATE;\n' + copy('post', { id: '(SELECT max(id) + 1 FROM post)', slug: `'bare-${run}-${i}'`, search_id: `search_id + ${run * 100000 + i}` }, `id = ${post}`);
    for (const table of left)
      script += copy(table, { id: columns(table).includes('id') ? null : undefined, post_id: id }, `post_id = ${post}`);
    script += `INSERT INTO post_search (rowid, title, summary, opened, closed, facets) SELECT rowid + ${run * 100000 + i}, title, summary, opened, closed, facets FROM post_search WHERE rowid = ${search};`
      + 'UPDATE tag_count SET posts = posts + 1 WHERE tag_id IN (SELECT tag_id FROM post_tag WHERE post_id = ' + post + `);INSERT INTO form_once SELECT 'bare-${run}-${i}', content, result, created, expires FROM form_once LIMIT 1;` + 'UPDATE content_version SET counter = counter + 1;\nCOMMIT;\n';
  }
  return script;
}

async function submissions({ site, port, cookie, get, seconds, rounds, table, median }) {
  const form = fieldsIn((await get(port, '/write/new', cookie)).text, 'post');
  const body = fieldsOf(form);
  const first = await fetch(`http://127.0.0.1:${port}/write/new`, { method: 'POST', body: body.replace('TITLE', 'Bench+first'), redirect: 'manual',
    headers: { Cookie: `sid=${cookie}`, 'content-type': 'application/x-www-form-urlencoded' } });
  if (first.status !== 303) throw new Error(`a submission is refused: ${first.status} ${problems(await first.text())}`);
  const rates = [], ratios = [];
  for (let run = 1; run <= rounds; run++) {
    const count = () => Number(sqlite(site, 'SELECT count(*) FROM post'));
    const before = count(), began = performance.now();
    const said = execFileSync('wrk', ['-t1', `-c${clients}`, `-d${seconds}s`, '-s', submission(site, body, `${began}`.replace('.', 'x')), '-H', `Cookie: sid=${cookie}`, `http://127.0.0.1:${port}/write/new`], { encoding: 'utf8' });
    const ours = (count() - before) / seconds;
    if (ours < 1) throw new Error(`no submission was accepted: ${said}`);
    const script = bareScript(site, 500, run), start = performance.now();
    sqlite(site, script);
    const bare = 500 / ((performance.now() - start) / 1000);
    rates.push([ours, bare]);
    ratios.push(ours / bare);
  }
  const rate = (which) => `${Math.round(median(rates.map((one) => one[which])))}/s`;
  table.ratio(`posts submitted, ${clients} clients`, { figure: rate(0), against: `bare SQLite, the same rows, ${rate(1)}`, ratios, goal: { least: 0.5 } });
}

async function lists({ port, cookie, get, samples, table, median, percentile }) {
  const targets = ['/write', '/write?state=draft', '/write?state=published', '/write/queue'];
  for (const target of targets) {
    const times = [];
    for (let i = 0; i < samples / 2; i++) {
      const began = performance.now();
      const answer = await get(port, target, cookie);
      times.push(performance.now() - began);
      if (answer.status !== 200) throw new Error(`${target}: ${answer.status}`);
    }
    const p95 = percentile(times, 0.95);
    table.add(`list ${target}, p95`, { figure: `${p95.toFixed(1)} ms`, against: `median ${median(times).toFixed(1)} ms`, goal: { most: 30 }, unit: ' ms', value: p95 });
  }
}

// tools: a running site with its port and its author's cookie, and the measuring functions of bench.mjs.
export async function benchPosts(tools) {
  await lists(tools);
  await submissions(tools);
}
