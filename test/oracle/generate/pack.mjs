#!/usr/bin/env node
// Packs recorded programs into one file, with what a comparison reads of them: node pack.mjs FOLDER… FILE.jsonl.br
// One line of JSON for each program: name, snippet, oracle. `compare.mjs` takes such a file as it takes a folder. Programs that timed out are left out.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const places = process.argv.slice(2, -1);
const file = process.argv.at(-1);
if (places.length === 0 || !file?.endsWith('.jsonl.br')) {
  console.error('Usage: node test/oracle/generate/pack.mjs FOLDER… FILE.jsonl.br; each folder has recorded programs in it, the file is written.');
  process.exit(2);
}

/** Seven digits are what a float32 has. */
const rounded = (x) => (Array.isArray(x) ? x.map(rounded) : typeof x === 'number' ? Number(x.toPrecision(7)) : x);
const siteOf = ({ line, col, method, phase, outcome, outcome_per_source, errors, n_calls, results = [] }) => ({
  line,
  col,
  method,
  ...(phase && { phase }),
  outcome,
  ...(outcome_per_source && { outcome_per_source }),
  ...(errors?.[0] && { errors: [{ type: errors[0].type }] }),
  n_calls,
  results: results.map((r) => ({ verdict: r.verdict, ...(r.first?.values && { first: { values: rounded(r.first.values) } }) })),
});
const lineOf = ({ line }) => ({ line });

const lines = places.flatMap((place) =>
  fs.readdirSync(place).sort().flatMap((name) => {
    const recording = path.join(place, name, 'oracle.json');
    if (!fs.existsSync(recording)) return [];
    const oracle = JSON.parse(fs.readFileSync(recording, 'utf8'));
    if (oracle.timed_out) return [];
    const { tf, sites = [], unreached_sites = [], indirect_sites = [] } = oracle;
    const kept = { tf, sites: sites.map(siteOf), unreached_sites: unreached_sites.map(lineOf), indirect_sites: indirect_sites.map(lineOf) };
    return JSON.stringify({ name, snippet: fs.readFileSync(path.join(place, name, 'snippet.py'), 'utf8'), oracle: kept });
  }),
);
fs.writeFileSync(file, zlib.brotliCompressSync(`${lines.join('\n')}\n`, { params: { [zlib.constants.BROTLI_PARAM_LGWIN]: 24 } }));
console.log(`${lines.length} programs, ${(fs.statSync(file).size / 1024).toFixed(0)} KB: ${file}`);
