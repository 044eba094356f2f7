// A parser that has read the text before gives what one gives that reads it for the first time, whatever was typed in between.
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { grammarFiles } from '../../server/src/syntax/grammars.ts';
import { createParser, type DocumentLanguage, type Parser } from '../../server/src/syntax/parser.ts';

const root = path.resolve(import.meta.dirname, '../..');
let used: Parser;
beforeAll(async () => {
  used = await createParser(grammarFiles());
});

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const TYPED = [
  'x',
  '\n',
  '    ',
  '(',
  ')',
  ':',
  '"',
  '# ünï🙂\n',
  'if x:\n    y = 1\n',
  '=',
  ',',
  '.',
  '🙂',
  ' + 1',
  "'''",
  '[0]',
  '\\\n',
  '{',
  '}',
  ';',
];

/** Texts as they come when someone types, deletes and undoes. */
function* versions(start: string, random: (below: number) => number, count: number): Generator<string> {
  let text = start;
  const before: string[] = [];
  for (let i = 0; i < count; i++) {
    before.push(text);
    const at = random(text.length + 1);
    const kind = random(4);
    if (kind === 0) text = text.slice(0, at) + text.slice(Math.min(text.length, at + 1 + random(30)));
    else if (kind === 1) text = before[random(before.length)] ?? start;
    else text = text.slice(0, at) + (TYPED[random(TYPED.length)] ?? '') + text.slice(at);
    yield text;
  }
}

/** Texts in which whole lines come and go, and words and numbers change: most of them parse, so that much is taken over from the one before. */
function* revisions(start: string, comment: string, random: (below: number) => number, count: number): Generator<string> {
  let lines = start.split('\n');
  for (let i = 0; i < count; i++) {
    if (i % 15 === 0) lines = start.split('\n');
    const at = random(lines.length);
    const line = lines[at] ?? '';
    const changed = [
      [],
      [line, lines[random(lines.length)] ?? ''],
      [`${comment} ünï🙂`, line],
      [`${line}  ${comment} x`],
      ['', line],
      [`    ${line}`],
      [line.replace(/\d/, () => String(random(1000)))],
      [line.replace(/[a-z]\b/, (letter) => `${letter}z`)],
    ];
    lines.splice(at, 1, ...(changed[random(changed.length)] ?? []));
    yield lines.join('\n');
  }
}

const SETS: readonly (readonly [DocumentLanguage, string, readonly string[]])[] = [
  ['python', 'test/oracle/programs', ['022_custom_training_loop_keras', 'real_wgan_gp', 'real_transformer']],
  ['typescript', 'test/oracle/cases_js', []],
];

it.each(SETS)('%s', { timeout: 120_000 }, async (language, folder, names) => {
  const isThere = (name: string) => fs.existsSync(path.join(root, folder, name, 'snippet.ts'));
  const chosen = names.length > 0 ? names : fs.readdirSync(path.join(root, folder)).filter(isThere).slice(0, 3);
  expect(chosen).toHaveLength(3);
  for (const [seed, name] of chosen.entries()) {
    const place = path.join(root, folder, name);
    const file = fs.readdirSync(place).find((f) => /^snippet\.(py|ts)$/.test(f)) ?? '';
    let step = 0;
    for (const text of versions(fs.readFileSync(path.join(place, file), 'utf8'), seeded(seed + 1), 150)) {
      const fresh = await createParser(grammarFiles());
      expect(used.parse(text, language), `${name}, step ${++step}`).toEqual(fresh.parse(text, language));
    }
  }
});

it.each(SETS)('%s, line by line', { timeout: 120_000 }, async (language, folder, names) => {
  const isThere = (name: string) => fs.existsSync(path.join(root, folder, name, 'snippet.ts'));
  const chosen = names.length > 0 ? names : fs.readdirSync(path.join(root, folder)).filter(isThere).slice(0, 3);
  const fresh = await createParser(grammarFiles());
  let whole = 0;
  for (const [seed, name] of chosen.entries()) {
    const place = path.join(root, folder, name);
    const file = fs.readdirSync(place).find((f) => /^snippet\.(py|ts)$/.test(f)) ?? '';
    const start = fs.readFileSync(path.join(place, file), 'utf8');
    let step = 0;
    for (const text of revisions(start, `${language === 'python' ? '#' : '//'} tape-lens: ignore`, seeded(seed + 1), 300)) {
      // A text in another grammar makes a parser forget what it has read.
      fresh.parse('', 'typescriptreact');
      const program = used.parse(text, language);
      expect(program, `${name}, step ${++step}`).toEqual(fresh.parse(text, language));
      if (program.errors.length === 0) whole++;
    }
  }
  expect(whole).toBeGreaterThan(300);
});
