// Every rule has a page, a row in the index and a fixture; codes are given once; the index says what the table says.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulePage } from '../../server/src/render/pages.ts';
import { findRule, reserved, ruleTable } from '../../server/src/rules/registry.ts';

const docs = new URL('../../docs/rules/', import.meta.url);
/** Tables are padded by the formatter: runs of blanks count as one. */
const index = readFileSync(new URL('README.md', docs), 'utf8').replaceAll(/ +/g, ' ');

describe.each(ruleTable.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  it('has a page with what it means, why, and a wrong and a right example', () => {
    const page = rulePage(code) ?? '';
    expect(page.startsWith(`# ${code} ${rule.name}\n`)).toBe(true);
    for (const heading of ['## What it means', '## Why TensorFlow', '## Wrong', '## Right']) expect(page).toContain(heading);
    expect(page.match(/^```(?:python|js)$/gm)).toHaveLength(2);
  });
  it('has a row in the index that says what the table says', () => {
    expect(index).toContain(`| [${code}](${code}.md) | ${rule.name} | ${rule.severity} | ${rule.summary} |`);
  });
  it('has a fixture in which it is reported', () => {
    const fixture = new URL(`${rule.name}.md`, import.meta.url);
    expect(existsSync(fixture)).toBe(true);
    expect(readFileSync(fixture, 'utf8')).toMatch(new RegExp(`\\^ ${code}\\b`));
  });
  it('has a file of its own, with its name', () => {
    expect(existsSync(new URL(`../../server/src/rules/${rule.name}.ts`, import.meta.url))).toBe(true);
  });
  it('is found by code and by name', () => {
    expect(findRule(code.toLowerCase())).toBe(rule);
    expect(findRule(rule.name)).toBe(rule);
  });
});

describe('codes and names', () => {
  it('are given once, kept ones included', () => {
    const codes = [...ruleTable.map((rule) => rule.code), ...reserved.keys()];
    const names = [...ruleTable.map((rule) => rule.name as string), ...reserved.values()];
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(names).size).toBe(names.length);
    for (const code of codes) expect(code).toMatch(/^TL[1-5]\d\d$/);
  });
  it('have no gaps but at the end of a group', () => {
    const codes = [...ruleTable.map((rule) => rule.code), ...reserved.keys()].sort();
    for (const code of codes) if (!code.endsWith('01')) expect(codes).toContain(`TL${Number(code.slice(2)) - 1}`);
  });
  it('are in the index when they are kept', () => {
    for (const [code, name] of reserved) expect(index).toContain(`| ${code} | ${name} |`);
  });
});

describe('the index', () => {
  it('names no code that does not exist, and no page is left over', () => {
    const known = [...ruleTable.map((rule) => rule.code), ...reserved.keys()];
    for (const code of index.match(/TL\d{3}/g) ?? []) expect(known).toContain(code);
    const pages = readdirSync(docs).filter((name) => name !== 'README.md');
    expect(pages.sort()).toEqual(ruleTable.map((rule) => `${rule.code}.md`));
  });
  it('maps every case of the measured catalogue', () => {
    const ids = [
      ...numbered('A', 10),
      ...numbered('B', 21),
      ...numbered('C', 14),
      ...Array.from({ length: 20 }, (_, i) => `JS-${String(i + 1).padStart(2, '0')}`),
    ];
    for (const id of ids) expect(index).toMatch(new RegExp(`^\\| ${id} +\\|[^|]+\\|[^|]*TL\\d{3}`, 'm'));
  });
  it('has pages whose links lead somewhere', () => {
    for (const rule of ruleTable) {
      for (const [, target = ''] of (rulePage(rule.code) ?? '').matchAll(/\]\(([^)]+)\)/g))
        expect(existsSync(new URL(target, docs)), target).toBe(true);
    }
  });
});

function numbered(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
}
