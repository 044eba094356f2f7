// The examples on the rules' pages: the wrong one is reported with the page's code, the right one is not, and has no other problem of its kind.
import { describe, expect, it } from 'vitest';
import { rulePage } from '../../server/src/render/pages.ts';
import { ruleTable } from '../../server/src/rules/registry.ts';
import { check, codeBlocks, languageOf, waiting } from './harness.ts';

describe.each(ruleTable.map((rule) => [rule.code, rule.name] as const))('%s %s', (code) => {
  const [wrong, right] = codeBlocks(rulePage(code) ?? '');
  const codes = (block: typeof wrong) => check(block?.text ?? '', languageOf(block?.fence ?? '')).problems.map((problem) => problem.code);

  (waiting.includes(code) ? it.fails : it)('reports the wrong example', () => expect(codes(wrong)).toContain(code));
  it('has nothing to say of the right example', () => expect(codes(right)).toEqual([]));
});
