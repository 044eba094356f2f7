// What stays on show while a line is being typed: ranges move with the text around them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBetween, shiftAll, shiftRange } from '../../server/src/lsp/shift.ts';
import { at } from '../rules/hand-made.ts';

describe('a change between two texts', () => {
  it('turns the one into the other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (head, middle, tail) => {
        const [before, after] = [head + tail, head + middle + tail];
        for (const [a, b] of [[before, after], [after, before], [head, middle]] as const) {
          const change = changeBetween(a, b);
          expect(a.slice(0, change.start) + b.slice(change.start, change.newEnd) + a.slice(change.end)).toBe(b);
        } // prettier-ignore
      }),
    );
  });
});

describe('a range after a change', () => {
  const before = 'a = 1\ng = t.gradient(y, x)\nb = 2\n';
  const range = at(before, 't.gradient(y, x)');
  const moved = (after: string) => {
    const { start, end } = shiftRange(range, changeBetween(before, after));
    return after.slice(start, end);
  };
  it.each([
    ['before it', 'a = 100\ng = t.gradient(y, x)\nb = 2\n', 't.gradient(y, x)'],
    ['behind it', 'a = 1\ng = t.gradient(y, x)\nb = (\n', 't.gradient(y, x)'],
    ['inside it', 'a = 1\ng = t.gradient(y, x + )\nb = 2\n', 't.gradient(y, x + )'],
    ['through its end', 'a = 1\ng = t.gradient(y\n', ''],
    ['around it', '', ''],
  ])('%s', (_where, after, expected) => expect(moved(after)).toBe(expected));

  it('is found wherever it is in the data, with offsets of fixes, and all else stays', () => {
    const data = { range, nested: [{ cause: range, watch: { tape: 't', before: range.start } }], name: 'g', none: null };
    const by = 2;
    const there = { start: range.start + by, end: range.end + by };
    expect(shiftAll(data, changeBetween(before, `##${before}`))).toEqual({
      range: there,
      nested: [{ cause: there, watch: { tape: 't', before: there.start } }],
      name: 'g',
      none: null,
    });
  });
});
