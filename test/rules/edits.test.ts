// The edits behind the quick fixes: right indentation, right line endings, and a program that still parses.
import { describe, expect, it } from 'vitest';
import { applyEdits, makeFloat, makePersistent, returnZeros, suppress, watchFix } from '../../server/src/rules/edits.ts';
import type { Fix } from '../../server/src/rules/rule.ts';
import { at, facts, subject } from './hand-made.ts';

/** Applies the first fix and makes sure that what comes out parses; `null` where none is offered. */
function applied(text: string, fixes: readonly Fix[]): string | null {
  const [fix] = fixes;
  if (fix === undefined) return null;
  const after = applyEdits(text, fix.edits);
  expect(subject(after, facts([])).program.errors, after).toEqual([]);
  return after;
}

const of = (text: string) => subject(text, facts([]));

describe('watch', () => {
  const inserted = (text: string, statement: string) =>
    applied(text, watchFix(of(text), { tape: 't', source: 'x', before: at(text, statement).start }));
  it.each([
    ['spaces', 'with T() as t:\n    y = x\n', 'with T() as t:\n    t.watch(x)\n    y = x\n'],
    ['tabs', 'if a:\n\twith T() as t:\n\t\ty = x\n', 'if a:\n\twith T() as t:\n\t\tt.watch(x)\n\t\ty = x\n'],
    ['CRLF', 'with T() as t:\r\n  y = x\r\n', 'with T() as t:\r\n  t.watch(x)\r\n  y = x\r\n'],
    ['the line of the with', 'with T() as t: y = x\n', 'with T() as t: t.watch(x); y = x\n'],
    ['after a semicolon', 'with T() as t: a = 1; y = x\n', 'with T() as t: a = 1; t.watch(x); y = x\n'],
  ])('%s', (_name, before, after) => expect(inserted(before, 'y = x')).toBe(after));
});

describe('persistent', () => {
  const made = (args: string) => {
    const text = `with tf.GradientTape${args} as t:\n    pass\n`;
    const after = applied(text, makePersistent(of(text), at(text, args), 't'));
    return after === null ? null : after.slice('with tf.GradientTape'.length, after.indexOf(' as t:'));
  };
  it.each([
    ['()', '(persistent=True)'],
    ['(  )', '(persistent=True)'],
    ['(watch_accessed_variables=False)', '(watch_accessed_variables=False, persistent=True)'],
    ['(watch_accessed_variables=False,)', '(watch_accessed_variables=False, persistent=True,)'],
    ['(persistent=False)', '(persistent=True)'],
    ['(persistent = False, watch_accessed_variables=False)', '(persistent = True, watch_accessed_variables=False)'],
    ['(False)', '(True)'],
    ['(\n    watch_accessed_variables=False  # a remark\n)', '(\n    watch_accessed_variables=False, persistent=True  # a remark\n)'],
    ['(**options)', null],
  ])('%s', (before, after) => expect(made(before)).toBe(after));
});

describe('zeros', () => {
  const zeroed = (imports: string, written = 't.gradient(y, x)') => {
    const text = `${imports}\ng = ${written}\n`;
    return (
      applied(text, returnZeros(of(text), at(text, written)))
        ?.split('g = ')[1]
        ?.trimEnd() ?? null
    );
  };
  it.each([
    ['import tensorflow as tf', 't.gradient(y, x, unconnected_gradients=tf.UnconnectedGradients.ZERO)'],
    ['import tensorflow as flow', 't.gradient(y, x, unconnected_gradients=flow.UnconnectedGradients.ZERO)'],
    ['import tensorflow', 't.gradient(y, x, unconnected_gradients=tensorflow.UnconnectedGradients.ZERO)'],
    ['import tensorflow.compat.v2 as tf2', 't.gradient(y, x, unconnected_gradients=tf2.UnconnectedGradients.ZERO)'],
    ['from tensorflow import GradientTape', "t.gradient(y, x, unconnected_gradients='zero')"],
  ])('%s', (imports, after) => expect(zeroed(imports)).toBe(after));
  it('replaces what is given already', () => {
    expect(zeroed('import tensorflow as tf', 't.jacobian(y, x, unconnected_gradients=tf.UnconnectedGradients.NONE)')).toBe(
      't.jacobian(y, x, unconnected_gradients=tf.UnconnectedGradients.ZERO)',
    );
  });
  it('knows what has no such argument', () => expect(zeroed('import tensorflow as tf', 't.batch_jacobian(y, x)')).toBeNull());
});

describe('float', () => {
  const floated = (literal: string) => {
    const text = `x = tf.constant(${literal})\n`;
    return applied(text, makeFloat(of(text), at(text, literal)))?.slice('x = tf.constant('.length, -2) ?? null;
  };
  it.each([
    ['10', '10.0'],
    ['-3', '-3.0'],
    ['1_000', '1_000.0'],
    ['[1, 2.5, [3]]', '[1.0, 2.5, [3.0]]'],
    ['0x10', null],
    ['2.0', null],
  ])('%s', (before, after) => expect(floated(before)).toBe(after));
});

describe('suppress', () => {
  const suppressed = (text: string, written = 't.gradient(y, x)') =>
    applied(text, suppress(of(text), { code: 'TL101', range: at(text, written) }));
  it.each([
    ['g = t.gradient(y, x)\n', 'g = t.gradient(y, x)  # tape-lens: ignore[TL101]\n'],
    ['g = t.gradient(y, x)', 'g = t.gradient(y, x)  # tape-lens: ignore[TL101]'],
    ['g = t.gradient(y, x)   \r\nz = 1\r\n', 'g = t.gradient(y, x)  # tape-lens: ignore[TL101]\r\nz = 1\r\n'],
    ['g = t.gradient(y, x)  # tape-lens: ignore[TL102]\n', 'g = t.gradient(y, x)  # tape-lens: ignore[TL102, TL101]\n'],
    ['if a:\n    g = t.gradient(y, x)  # here\n', 'if a:\n    # tape-lens: ignore[TL101]\n    g = t.gradient(y, x)  # here\n'],
    ['g = t.gradient(y, x) + \\\n  1\n', '# tape-lens: ignore[TL101]\ng = t.gradient(y, x) + \\\n  1\n'],
    ['g = 1 + \\\n  t.gradient(y, x) + \\\n  1\n', null],
    ['f(t.gradient(y, x), """a\nb""")\n', null],
  ])('%j', (before, after) => {
    const result = suppressed(before);
    expect(result).toBe(after);
    if (result !== null) {
      const line = result.slice(0, result.indexOf('t.gradient')).split('\n').length - 1;
      expect(of(result).program.suppressions.some((one) => one.line === line && one.codes.includes('TL101'))).toBe(true);
    }
  });
});
