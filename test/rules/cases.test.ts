// The recorded programs, examples included: whatever they are, check and explain agree, messages are short, and fixes keep the program parsing and work.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainCalls } from '../../server/src/render/explain.ts';
import { applyEdits } from '../../server/src/rules/edits.ts';
import { findRule } from '../../server/src/rules/registry.ts';
import { LONGEST_MESSAGE } from '../../server/src/rules/wording.ts';
import type { DocumentLanguage } from '../../server/src/syntax/parser.ts';
import { check } from './harness.ts';

const root = new URL('../oracle/', import.meta.url);
const LANGUAGES = { py: 'python', js: 'javascript', ts: 'typescript' } as const;
const programs = ['cases', 'programs', 'examples', 'cases_js', 'programs_js']
  .flatMap((folder) => snippets(new URL(`${folder}/`, root)))
  .map(([url, language]) => [url.pathname.split('/').slice(-3, -1).join('/'), readFileSync(url, 'utf8'), language] as const);

function snippets(folder: URL): readonly (readonly [URL, DocumentLanguage])[] {
  return readdirSync(folder).flatMap((name) =>
    Object.entries(LANGUAGES)
      .map(([extension, language]) => [new URL(`${name}/snippet.${extension}`, folder), language] as const)
      .filter(([url]) => existsSync(url)),
  );
}

it('there are programs', () => expect(programs.length).toBeGreaterThan(380));

describe.each(programs)('%s', (_name, text, language) => {
  const { subject, problems } = check(text, language);

  it('has a rule for every None and every raise, the one that check reports', () => {
    const silenced = subject.program.suppressions.length > 0;
    for (const call of explainCalls(subject)) {
      const carried = [
        ...(call.outcome === 'raises' ? [call.rule] : []),
        ...call.sources.filter((source) => source.outcome === 'none').map((source) => source.rule),
      ];
      for (const code of carried) {
        expect(findRule(code ?? ''), `${call.line}:${call.column}`).not.toBeNull();
        if (!silenced) expect(problems.map((problem) => problem.code)).toContain(code);
      }
    }
  });

  it('has short messages, and fixes that keep it parsing and remove their own problem', () => {
    const broken = subject.program.errors.length;
    for (const problem of problems) {
      expect(problem.message.length, problem.message).toBeLessThanOrEqual(LONGEST_MESSAGE);
      // TensorFlow's own words may have it.
      expect(problem.message.replace('Tensor.op is undefined', '')).not.toMatch(/undefined|\[object/);
      const count = problems.filter((other) => other.code === problem.code).length;
      for (const fix of problem.fixes()) {
        const fixed = check(applyEdits(text, fix.edits), language);
        expect(fixed.subject.program.errors.length, fix.title).toBeLessThanOrEqual(broken);
        expect(fixed.problems.filter((other) => other.code === problem.code).length, `${fix.title} leaves ${problem.code}`).toBeLessThan(
          count,
        );
      }
    }
  });
});
