// Cases written as Markdown: a fence in a language, then a fence `ir` with what it is lowered to, and a fence `errors` where it does not parse.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printProgram } from '../../server/src/ir/print.ts';
import type { Program } from '../../server/src/ir/ir.ts';
import type { DocumentLanguage, Parser } from '../../server/src/syntax/parser.ts';
import { misplaced } from './tree-properties.ts';

const languages: Readonly<Record<string, DocumentLanguage>> = {
  python: 'python',
  notebook: 'notebook',
  javascript: 'javascript',
  jsx: 'javascriptreact',
  typescript: 'typescript',
  tsx: 'typescriptreact',
};

interface Case {
  readonly section: string;
  readonly line: number;
  readonly language: DocumentLanguage;
  readonly source: string;
  readonly expected: string;
}

const fence = /^```(\w+)\n([\s\S]*?)^```\n/gm;

function readCases(markdown: string): Case[] {
  const cases: Case[] = [];
  for (const match of markdown.matchAll(fence)) {
    const [, name = '', body = ''] = match;
    const before = markdown.slice(0, match.index);
    const language = languages[name];
    const last = cases[cases.length - 1];
    if (language !== undefined) {
      const section = /(?:^|\n)#+ ([^\n]*)\n(?![\s\S]*\n#+ )/.exec(before)?.[1] ?? '';
      cases.push({ section, line: before.split('\n').length, language, source: body.replace(/\n$/, ''), expected: '' });
    } else if (last !== undefined) {
      cases[cases.length - 1] = { ...last, expected: `${last.expected}\`\`\`${name}\n${body}\`\`\`\n` };
    }
  }
  return cases;
}

function rendered(program: Program, source: string): string {
  const errors = program.errors.map(({ range, message }) => {
    const lines = source.slice(0, range.start).split('\n');
    return `${lines.length}:${(lines[lines.length - 1] ?? '').length + 1} ${message}\n`;
  });
  const exported = (program.exports ?? []).map(({ name, local }) => `export ${local === name ? name : `${local} as ${name}`}\n`);
  const suppressions = program.suppressions.map(
    ({ line, codes }) => `ignore ${codes.length === 0 ? 'all' : codes.join(' ')} on line ${line + 1}\n`,
  );
  const body = printProgram(program.body);
  const ir = `\`\`\`ir\n${body === '' ? '' : `${body}\n`}${exported.join('')}${suppressions.join('')}\`\`\`\n`;
  return errors.length === 0 ? ir : `${ir}\`\`\`errors\n${errors.join('')}\`\`\`\n`;
}

/** Runs every case of a Markdown file; with UPDATE_EXPECTED=1 in the environment it writes what is, to be read before it is committed. */
export function check(path: string, parser: Parser): void {
  const markdown = readFileSync(path, 'utf8');
  const cases = readCases(markdown);
  test('there are cases', () => expect(cases.length).toBeGreaterThan(10));
  if (process.env['UPDATE_EXPECTED'] === '1') update(path, markdown, parser);
  for (const { section, line, language, source, expected } of cases) {
    test(`${section}, line ${line}: ${source.split('\n')[0]}`, () => {
      const program = parser.parse(source, language);
      expect(rendered(program, source)).toBe(expected);
      expect(misplaced(program, source)).toEqual([]);
    });
  }
}

function update(path: string, markdown: string, parser: Parser): void {
  const withoutExpected = markdown.replaceAll(/^```(?:ir|errors)\n[\s\S]*?^```\n/gm, '');
  const updated = withoutExpected.replaceAll(fence, (whole, name: string, body: string) => {
    const language = languages[name];
    const source = body.replace(/\n$/, '');
    return language === undefined ? whole : whole + rendered(parser.parse(source, language), source);
  });
  writeFileSync(path, updated);
}
