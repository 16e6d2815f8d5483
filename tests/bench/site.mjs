// A site for the benchmark: filled with posts, served by its programs and an nginx with the shipped configuration. The same nginx also
// serves files and a constant FastCGI program, with the bytes that our pages have.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { programs as programList } from '../e2e/programs.mjs';

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const children = [];
process.env.PATH += ':/usr/sbin:/sbin';
export const say = (text) => process.stderr.write(`${text}\n`);

// Finds a program. Checked at the start, because a missing one should not be reported only after minutes.
function need(program) {
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    console.error(`bench: ${program} is missing; install nginx, spawn-fcgi, multiwatch, sqlite3 and wrk.`);
    process.exit(1);
  }
}
const [multiwatch] = ['multiwatch', 'nginx', 'spawn-fcgi', 'sqlite3', 'wrk'].map(need); // spawn-fcgi does not search PATH

export const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
// One request. `bytes` is the body as it was sent, `text` the decoded one.
export function get(port, target, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: target, agent, headers: typeof headers === 'string' ? { Cookie: `sid=${headers}` } : headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks), encoding = response.headers['content-encoding'];
        const decoded = bytes.length === 0 ? bytes : encoding === 'gzip' ? zlib.gunzipSync(bytes) : encoding === 'br' ? zlib.brotliDecompressSync(bytes) : bytes;
        resolve({ status: response.statusCode, headers: response.headers, encoding, bytes, length: bytes.length, text: decoded.toString() });
      });
    });
    // A kept-alive connection that the other side has closed gives no response.
    request.on('error', (error) => (request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code) ? resolve(get(port, target, headers)) : reject(error)));
  });
}

// All processes of the sites: nginx, the programs and their supervisors.
export function processes() {
  const found = [];
  const add = (pid) => {
    found.push(pid);
    try {
      fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).forEach(add);
    } catch { /* it has ended */ }
  };
  children.forEach((child) => add(String(child.pid)));
  return found;
}

export function makeBench({ build, folder }) {
  const environment = { ...process.env, RENOWN_DATA: source, RENOWN_LOCALE: path.join(build, 'po') };
  const renown = (site, ...words) => execFileSync(path.join(build, 'renown'), ['--site', site, ...words], { env: environment, encoding: 'utf8', maxBuffer: 1 << 26 });

  // A digest of what a stored site was made from: the schema, whose files may still change, and the program that filled it.
  function madeWith() {
    const sql = path.join(source, 'lib/store/sql');
    const hash = createHash('sha256');
    for (const name of fs.readdirSync(sql).sort()) hash.update(fs.readFileSync(path.join(sql, name)));
    return hash.update(fs.readFileSync(path.join(source, 'tests/bench/fill.c'))).digest('hex');
  }

  function makeEmptySite(site) {
    fs.rmSync(site, { recursive: true, force: true });
    renown(site, 'init', '--base-url', 'http://127.0.0.1:8090');
    renown(site, 'user', 'add', '--name', 'Bench Owner', '--email', 'owner@example.org', '--role', 'owner');
    return site;
  }

  // A site with that many posts, kept for the next run. The newest post has 8 KB of text.
  function makeSite(count, name = 'site') {
    const site = path.join(folder, `${name}-${count}`), filled = path.join(site, 'filled');
    if (fs.existsSync(filled) && fs.readFileSync(filled, 'utf8') === madeWith()) return site;
    say(`filling a site with ${count} posts`);
    makeEmptySite(site);
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

  // Ends everything that was started and waits for it.
  async function stopAll() {
    const ending = children.splice(0);
    for (const child of ending) {
      // Only the supervisor, which passes the signal on. A worker that ends before it would be restarted, as after a crash.
      try { process.kill(child.pid, 'SIGTERM'); } catch { /* it ended by itself */ }
    }
    const isAlive = (child) => child.exitCode === null && child.signalCode === null;
    for (let i = 0; i < 100 && ending.some(isAlive); i++) await sleep(100);
  }

  // programs: their names, or all of them with their usual numbers of workers. counting: a second log has one line for each request that
  // a program got, also for those that renew the cache in the background.
  async function startSite(site, port, { programs = ['blog', 'feed', 'post'], workers = 2, counting = false } = {}) {
    const run = path.join(site, 'run'), log = path.join(site, 'log'), conf = path.join(run, 'nginx');
    for (const needed of [run, log, path.join(site, 'static/bench')]) fs.mkdirSync(needed, { recursive: true });
    for (const name of ['access.log', 'reached.log']) fs.rmSync(path.join(log, name), { force: true });
    // The cache is in memory, as it is on a server and with ./bootstrap serve.
    const cache = fs.mkdtempSync('/dev/shm/renown-bench-');
    process.on('exit', () => fs.rmSync(cache, { recursive: true, force: true }));
    execFileSync(path.join(source, 'conf/generate'), ['nginx', conf, `SITE=${site}`, `DATA=${source}`, 'NAMES=127.0.0.1 localhost', `LISTEN=127.0.0.1:${port}`, `CACHE=${cache}/pages`, 'SERVE=yes']);
    const change = (name, from, to) => {
      const file = path.join(conf, name), text = fs.readFileSync(file, 'utf8');
      if (!from.test(text)) throw new Error(`bench: ${name} has changed: it no longer matches ${from}`);
      fs.writeFileSync(file, text.replace(from, to));
    };
    // Files are served as nginx does it best: compressed in advance, without a check for symbolic links.
    change('plain.conf', /(include [^\n]*\/locations\.conf";)/, `location ^~ /bench/ {
      root "${site}/static"; disable_symlinks off; gzip off; gzip_static on; types { } default_type text/html; include "${conf}/headers.conf";
    }
    ${['list', 'post'].map((name) => `location = /bench-constant/${name} { include "${conf}/fastcgi.conf"; fastcgi_pass "unix:${run}/constant-${name}.sock"; }`).join('\n')}
    ${counting ? `log_subrequest on; access_log "${log}/reached.log" bench_reached if=$bench_reached;` : ''}\n$1`);
    change('serve.conf', /worker_connections \d+;/, 'worker_connections 16384;');
    // volatile: a background request shares the variables of the reader's request.
    if (counting)
      change('serve.conf', /\nhttp \{/, '$&\nlog_format bench_reached "$upstream_cache_status $request_uri";\nmap $upstream_addr $bench_reached { volatile; "" 0; default 1; }\n');
    const env = { ...environment, RENOWN_SITE: site };
    for (const program of programList) {
      if (programs === 'all' || programs.includes(program.name))
        start(path.join(build, program.name), path.join(run, program.socket), programs === 'all' ? program.workers : program.name === 'feed' ? 1 : workers, [], env);
    }
    children.push(spawn('nginx', ['-p', run, '-c', path.join(conf, 'serve.conf'), '-e', path.join(log, 'error.log'), ...(process.getuid() === 0 ? ['-g', 'user root;'] : [])],
      { stdio: 'inherit', detached: true }));
    for (let i = 0; i < 300; i++) {
      try {
        if ((await get(port, '/')).status === 200) return;
      } catch { /* not up yet */ }
      await sleep(100);
    }
    throw new Error('the site does not answer');
  }

  // Writes a response of ours as a file for nginx. If ours was compressed with gzip, the .gz file has exactly its bytes.
  function writeFile(site, name, answer) {
    const file = path.join(site, 'static/bench', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, answer.text);
    fs.writeFileSync(`${file}.gz`, answer.encoding === 'gzip' ? answer.bytes : zlib.gzipSync(answer.text, { level: 6 }));
    return file;
  }

  // Starts the constant program at /bench-constant/NAME (list or post) with the bytes of a response of ours.
  async function startConstant(site, port, name, answer) {
    const file = path.join(site, 'static', `constant-${name}`);
    fs.writeFileSync(file, answer.bytes);
    const child = start(path.join(build, 'tests/bench/constant'), path.join(site, `run/constant-${name}.sock`), 2, [file, ...(answer.encoding ? [answer.encoding] : [])]);
    for (let i = 0; i < 100; i++) {
      if ((await get(port, `/bench-constant/${name}`)).status === 200) return child;
      await sleep(100);
    }
    throw new Error('the constant program does not answer');
  }

  return { build, folder, environment, renown, makeEmptySite, makeSite, startSite, stopAll, writeFile, startConstant };
}
