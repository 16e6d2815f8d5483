// Sends load with wrk and measures it: requests per second, latency, bytes on the wire, and the processor time of all processes of the site.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { get, processes } from './site.mjs';

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'requests.lua');
const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b), middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
export const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))];

// User and system time in seconds, with that of processes that have ended and were waited for (proc(5)).
function processorTime() {
  let sum = 0;
  for (const pid of processes()) {
    try {
      sum += fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ').slice(11, 15).reduce((all, one) => all + Number(one), 0);
    } catch { /* it has ended */ }
  }
  return sum / ticks;
}

function rawRequest(port, { target, headers }) {
  return `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

export function makeLoads({ folder, seconds, rounds, connections, table }) {
  // what: { port, target, headers } for one request, or { port, requests: [{ target, headers }], order: [0, 2, 1...] } for many.
  // rate: requests per second; without it as many as possible. keepAlive: false opens a connection for each request.
  function load({ port, target = '/', headers = {}, requests, order }, { rate, keepAlive = true, time = seconds, many = connections } = {}) {
    const closing = keepAlive ? {} : { Connection: 'close' };
    const words = ['-t1', `-c${many}`, `-d${time}s`, '--latency', '-s', script];
    for (const [name, value] of Object.entries({ ...headers, ...closing })) words.push('-H', `${name}: ${value}`);
    words.push(`http://127.0.0.1:${port}${target}`);
    const all = requests ?? (rate ? [{ target, headers }] : null);
    if (all) {
      const file = path.join(folder, 'requests'), numbers = path.join(folder, 'order');
      fs.writeFileSync(file, all.map((one) => `${rawRequest(port, { ...one, headers: { ...one.headers, ...closing } })}\x1e`).join(''));
      fs.writeFileSync(numbers, (order ?? all.map((_, i) => i)).map((i) => i + 1).join(' '));
      words.push('--', file, numbers, ...(rate ? [String(rate), String(many)] : []));
    }
    const before = processorTime();
    const printed = execFileSync('wrk', words, { encoding: 'utf8' });
    const used = processorTime() - before;
    const [duration, count, bytes, statuses, broken, p50, p99] = /^RESULT (.*)$/m.exec(printed)[1].split(' ').map(Number);
    if (count === 0 || statuses > 0) throw new Error(`${target}: ${count} responses, ${statuses} of them errors`);
    return { rate: count / (duration / 1e6), count, bytes: bytes / count, cpu: (used * 1e6) / count, p50: p50 / 1000, p99: p99 / 1000, broken };
  }

  // Both must give the same status and, unless it is `same: false`, the same text.
  async function compareResponses(ours, reference, same) {
    const [a, b] = await Promise.all([ours, reference].map(({ port, target, headers }) => get(port, target, headers)));
    if (a.status !== b.status) throw new Error(`${ours.target} has status ${a.status}, ${reference.target} has ${b.status}`);
    if (same && a.text !== b.text) throw new Error(`${ours.target} and ${reference.target} have different text`);
    if (same && a.encoding === b.encoding && !a.bytes.equals(b.bytes)) throw new Error(`${ours.target} and ${reference.target} have different bytes`);
    return [a, b];
  }

  // Measures ours and the reference alternately. Each round gives one ratio. warm: seconds of the same load before each measurement,
  // because the microcache forgets unused pages within seconds.
  async function pair(what, ours, reference, { goal, against, warm = 0, same = true, ...how } = {}) {
    if (!ours.requests) await compareResponses(ours, reference, same);
    const results = { ours: [], reference: [] };
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 ? ['ours', 'reference'] : ['reference', 'ours']) {
        const what = name === 'ours' ? ours : reference;
        if (warm > 0) load(what, { ...how, time: warm });
        results[name].push(load(what, how));
      }
    }
    const ratios = results.ours.map((one, i) => one.rate / results.reference[i].rate);
    table.load(what, results.ours);
    table.load(`${what}: ${against}`, results.reference);
    table.ratio(what, { figure: `${Math.round(median(results.ours.map((one) => one.rate)))}/s`, against: `${against}, ${Math.round(median(results.reference.map((one) => one.rate)))}/s`, ratios, goal });
    return results;
  }

  return { load, pair, seconds, rounds, connections };
}
