// What holds for whole programs: recorded examples are read without a gap, and no text, however broken, long or deep, makes the front end throw.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grammarFiles } from '../../server/src/syntax/grammars.ts';
import { createParser, type DocumentLanguage } from '../../server/src/syntax/parser.ts';
import { repairPython } from '../../server/src/syntax/python/repair.ts';
import { misplaced, nodesOf, unknowns } from './tree-properties.ts';

const parser = await createParser(grammarFiles());
const oracle = join(dirname(fileURLToPath(import.meta.url)), '../oracle');

interface Example {
  readonly name: string;
  readonly language: DocumentLanguage;
  readonly source: string;
}

const languages: readonly [string, DocumentLanguage][] = [
  ['.py', 'python'],
  ['.js', 'javascript'],
  ['.mjs', 'javascript'],
  ['.ts', 'typescript'],
];

const examples: Example[] = ['cases', 'cases_js', 'examples', 'programs'].flatMap((folder) =>
  readdirSync(join(oracle, folder), { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const language = languages.find(([ending]) => name.endsWith(ending))?.[1];
    return language === undefined
      ? []
      : [{ name: `${folder}/${name}`, language, source: readFileSync(join(oracle, folder, name), 'utf8') }];
  }),
);
const python = examples.filter((example) => example.language === 'python');

describe('recorded examples', () => {
  test('there are some of both languages', () => {
    expect(python.length).toBeGreaterThan(150);
    expect(examples.length).toBeGreaterThan(python.length);
  });

  test.each(examples)('$name', ({ source, language }) => {
    const program = parser.parse(source, language);
    expect(program.errors).toEqual([]);
    expect(unknowns(program, source)).toEqual([]);
    expect(misplaced(program, source)).toEqual([]);
    expect(program.body.length).toBeGreaterThan(0);
  });

  test.each(python)('nothing is missing in $name', ({ source }) => {
    expect(repairPython(source)).toEqual([]);
  });

  test.each(python)('names of $name are where they are written', ({ source }) => {
    for (const { node } of nodesOf(parser.parse(source, 'python'))) {
      const text = source.slice(node.range.start, node.range.end);
      // An f-string's conversions are calls that stand for what is written between the braces.
      if (node.kind === 'name' && 'name' in node && !text.startsWith('{')) expect(text).toBe(node.name);
    }
  });
});

describe('half-typed programs', () => {
  const typed = examples.filter((_, index) => index % 25 === 0);

  test.each(typed)('beginnings of $name', ({ source, language }) => {
    const step = Math.max(1, Math.floor(source.length / 150));
    for (let end = 0; end <= source.length; end += step) {
      const text = source.slice(0, end);
      expect(misplaced(parser.parse(text, language), text)).toEqual([]);
    }
  });

  test('with one line replaced by what was typed of it, the other lines of a Python program stay', () => {
    const before = 'import tensorflow as tf\nx = tf.Variable(1.0)\n';
    const after = '\nwith tf.GradientTape() as tape:\n    y = x * x\ndy = tape.gradient(y, x)\n';
    for (const line of [
      'z = tf.sin(',
      'z = x.',
      'z = [x, (x',
      'z = "abc',
      'if x',
      'with tf.GradientTape() as t',
      'def f(a',
      'z = x +',
      'for i in',
      'z = f"{x',
      'z = x)',
    ]) {
      const { body, errors } = parser.parse(before + line + after, 'python');
      expect(errors.length, line).toBeGreaterThan(0);
      expect(
        body.map((statement) => statement.kind).filter((kind) => kind !== 'unknown statement'),
        line,
      ).toEqual(expect.arrayContaining(['import', 'assign', 'with', 'assign']));
      expect(body.at(-1)?.kind, line).toBe('assign');
      expect(body.at(-2)?.kind, line).toBe('with');
    }
  });

  test('programs with pieces cut out, doubled and swapped', () => {
    const sources = fc.constantFrom(...examples);
    const edits = fc.array(
      fc.record({
        from: fc.nat(),
        length: fc.nat(12),
        insert: fc.constantFrom('', '(', ')', '{', '\n', '"', "'''", ':', '=', ' if ', '\\', '.', '`', '*'),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(sources, edits, ({ source, language }, changes) => {
        let text = source;
        for (const { from, length, insert } of changes) {
          const at = from % (text.length + 1);
          text = text.slice(0, at) + insert + text.slice(at + length);
        }
        expect(misplaced(parser.parse(text, language), text)).toEqual([]);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('any characters at all', () => {
    const language = fc.constantFrom<DocumentLanguage>(
      'python',
      'notebook',
      'javascript',
      'javascriptreact',
      'typescript',
      'typescriptreact',
    );
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(text, language, (source, chosen) => {
        expect(misplaced(parser.parse(source, chosen), source)).toEqual([]);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('long and deep programs', () => {
  const many = 10_000;
  const deep: readonly [string, string, DocumentLanguage][] = [
    ['brackets', `x = ${'['.repeat(many)}${']'.repeat(many)}\ny = 1\n`, 'python'],
    ['brackets without an end', `x = ${'('.repeat(many)}\ny = 1\n`, 'python'],
    ['sums', `x = ${'1 + '.repeat(many)}1\ny = 1\n`, 'python'],
    ['calls', `x = f${'()'.repeat(many)}\ny = 1\n`, 'python'],
    ['blocks', Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}if x:\n`).join('') + `${' '.repeat(1000)}y = 1\n`, 'python'],
    ['elifs', `if x:\n  a\n${'elif x:\n  a\n'.repeat(many)}`, 'python'],
    ['dotted name', `import a${'.a'.repeat(many)}\n`, 'python'],
    ['brackets', `x = ${'['.repeat(many)}${']'.repeat(many)};\ny = 1;\n`, 'javascript'],
    ['blocks', `${'{'.repeat(many)}${'}'.repeat(many)}`, 'javascript'],
    ['arrows', `x = ${'() => '.repeat(many)}1;`, 'typescript'],
    ['else ifs', `if (x) a();${' else if (x) a();'.repeat(many)}`, 'javascript'],
    ['template', `x = ${'`${'.repeat(many)}1${'}`'.repeat(many)}`, 'javascript'],
  ];
  test.each(deep)('%s, ten thousand of them', (_, source, language) => {
    const program = parser.parse(source, language);
    expect(misplaced(program, source)).toEqual([]);
    expect(program.body.length).toBeGreaterThan(0);
  });

  test.each<[string, string, DocumentLanguage]>([
    ['Python list', `x = [${'1, '.repeat(350_000)}]`, 'python'],
    ['Python string', `x = "${'a'.repeat(1_000_000)}"`, 'python'],
    ['Python string without an end', `x = "${'a'.repeat(1_000_000)}`, 'python'],
    ['Python blanks', ' '.repeat(1_000_000), 'python'],
    ['Python opening brackets', '('.repeat(1_000_000), 'python'],
    ['JavaScript array', `x = [${'1, '.repeat(350_000)}]`, 'javascript'],
  ])('a megabyte on one line: %s', (_, source, language) => {
    const started = performance.now();
    parser.parse(source, language);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
