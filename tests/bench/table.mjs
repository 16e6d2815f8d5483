// The tables at the end of a run. Nothing in them is constant except the goals.
import fs from 'node:fs';
import os from 'node:os';
import { median } from './load.mjs';

const number = (value) => (value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

export function makeTable() {
  const rows = [], loads = [];

  // goal: { least: N } or { most: N }, which `value` must keep.
  function add(what, { figure, against = '', ratio = '', spread = '', goal, value, unit = '' }) {
    const kept = goal && (goal.least !== undefined ? value >= goal.least : value <= goal.most);
    const wanted = goal ? (goal.least !== undefined ? `at least ${goal.least}` : `at most ${goal.most}`) + (goal.unit ?? unit) : '';
    rows.push([what, wanted, figure, against, ratio, spread, goal ? (kept ? 'met' : 'missed') : '']);
  }
  return {
    add,
    ratio(what, { figure, against, ratios, goal }) {
      add(what, { figure, against, ratio: median(ratios).toFixed(2), spread: `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`, goal, value: median(ratios) });
    },
    load(what, results) {
      const of = (key) => results.map((one) => one[key]);
      loads.push([what, String(results.length), Math.round(median(of('rate'))), `${Math.round(Math.min(...of('rate')))}-${Math.round(Math.max(...of('rate')))}`,
        number(median(of('cpu'))), Math.round(median(of('bytes'))), number(median(of('p50'))), number(median(of('p99'))), of('broken').reduce((a, b) => a + b, 0)]);
    },
    print({ rounds, seconds, connections }) {
      const draw = (heads, body) => {
        const widths = heads.map((head, i) => Math.max(head.length, ...body.map((row) => String(row[i]).length)));
        const line = (cells) => `| ${cells.map((cell, i) => String(cell).padEnd(widths[i])).join(' | ')} |`;
        return [line(heads), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line), ''].join('\n');
      };
      const load = fs.readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
      console.log(`machine: ${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} processors, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}`);
      console.log(`run: ${rounds} rounds of ${seconds} s, ${connections} connections; load average at the end ${load}\n`);
      console.log(draw(['what', 'goal', 'measured', 'compared with', 'ratio', 'spread', 'result'], rows));
      if (loads.length > 0) console.log(draw(['load', 'rounds', 'requests/s', 'spread', 'CPU us', 'bytes', 'p50 ms', 'p99 ms', 'broken'], loads));
    },
  };
}
