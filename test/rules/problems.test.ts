// From facts to problems: what is said, where, how severely, and what is left unsaid.
import { describe, expect, it } from 'vitest';
import type { Reason, Remark } from '../../server/src/analysis/facts.ts';
import { problems } from '../../server/src/rules/problems.ts';
import { rules, ruleTable } from '../../server/src/rules/registry.ts';
import type { Cause, Finding, Problem, RuleName, Subject } from '../../server/src/rules/rule.ts';
import { consequence, LONGEST_MESSAGE, sentence } from '../../server/src/rules/wording.ts';
import { at, call, facts, none, source, subject } from './hand-made.ts';

const brief = (found: readonly Problem[]) => found.map(({ code, message }) => `${code} ${message}`);

const product = `import tensorflow as tf
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = w * x
    dy = t1.gradient(y, x)
d2y = t2.gradient(dy, x)
`;
const constant: Reason = { kind: 'constant-derivative', cause: null, path: [], zeroIsTruth: true };
const unconnected: Reason = { kind: 'unconnected', cause: null, path: [] };
const names = [
  { range: at(product, 'dy'), name: 'dy', call: 0, source: null },
  { range: at(product, 'd2y'), name: 'd2y', call: 1, source: null },
];

function productFacts(...reasons: Reason[]): Subject {
  const first = call(product, 't1.gradient(y, x)', { sources: [source('x', { formula: 'dy/dx = w' })] });
  return subject(product, facts([first, call(product, 't2.gradient(dy, x)', { order: 2, sources: [none('x', ...reasons)] })], { names }));
}

describe('what is said', () => {
  it('names the result, the target and its formula', () => {
    expect(brief(problems(productFacts(constant)))).toEqual(['TL102 `d2y` will be `None`: `dy` is `w`, which does not depend on `x`.']);
  });

  it('is one problem for each reason, at the call', () => {
    const outer: Reason = {
      kind: 'outer-tape-not-watching',
      cause: null,
      path: [],
      watch: { tape: 't2', source: 'x', before: at(product, 'with', 2).start },
      tape: 't2',
    };
    const found = problems(productFacts(outer, constant));
    expect(brief(found)).toEqual([
      'TL110 `d2y` will be `None`: the outer tape `t2` does not watch `x`.',
      'TL102 `d2y` will be `None`: `dy` is `w`, which does not depend on `x`.',
    ]);
    expect(found.map(({ range }) => product.slice(range.start, range.end))).toEqual(['t2.gradient(dy, x)', 't2.gradient(dy, x)']);
  });

  it('takes a None without a reason for unconnected', () => {
    expect(brief(problems(productFacts()))).toEqual(['TL114 `d2y` will be `None`: nothing that the tape recorded leads from `x` to `dy`.']);
  });

  it('does not call a list by the name of one of its elements', () => {
    const text = 'grads = t.gradient(y, [a, b])\n';
    const made = facts([call(text, 't.gradient(y, [a, b])', { sources: [source('a'), none('b', unconnected)] })], {
      names: [{ range: at(text, 'grads'), name: 'grads', call: 0, source: null }],
    });
    expect(brief(problems(subject(text, made)))[0]).toMatch(/^TL114 The gradient wrt `b` will be `None`: /);
  });

  it('takes sources with the same cause together', () => {
    const text = 'ga, gb = t.gradient(y, [a, b])\n';
    const made = facts([call(text, 't.gradient(y, [a, b])', { sources: [none('a', unconnected), none('b', unconnected)] })]);
    const found = brief(problems(subject(text, made)));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('`a` and `b`');
  });

  it('tells a program that ends by using a None at the line where it ends', () => {
    const text = `${product}print(d2y.shape)\n`;
    const { facts: made } = productFacts(constant);
    const exception = {
      range: at(text, 'd2y.shape'),
      type: 'AttributeError',
      message: "'NoneType' object has no attribute 'shape'",
      fromCall: 1,
    };
    const found = problems(subject(text, { ...made, exception }));
    expect(brief(found)[1]).toBe('TL204 This will raise `AttributeError`: `d2y` from line 6 is `None`.');
    expect(found[1]?.range).toEqual(exception.range);
    expect(found[1]?.related.map(({ range }) => text.slice(range.start, range.end))).toEqual(['t2.gradient(dy, x)']);
  });

  it('tells a raise without a reason in TensorFlow’s words', () => {
    const text = 'g = t.gradient(y, x)\n';
    const error = { type: 'ValueError', message: 'Unknown value for unconnected_gradients', reason: null };
    const found = problems(subject(text, facts([call(text, 't.gradient(y, x)', { outcome: 'raises', error })])));
    expect(brief(found)).toEqual(['TL208 `t.gradient` will raise `ValueError`: `Unknown value for unconnected_gradients`.']);
  });
});

describe('what is not said', () => {
  it('nothing of calls that are unknown, unreached or fine', () => {
    const text = 'g = t.gradient(y, x)\n';
    for (const outcome of ['unknown', 'unreached', 'returns'] as const) {
      const made = facts([
        call(text, 't.gradient(y, x)', { outcome, sources: [source('x', { outcome: outcome === 'returns' ? 'value' : 'none' })] }),
      ]);
      expect(problems(subject(text, made))).toEqual([]);
    }
  });

  it('nothing of an unknown source', () => {
    const text = 'g = t.gradient(y, x)\n';
    expect(problems(subject(text, facts([call(text, 't.gradient(y, x)', { sources: [source('x', { outcome: 'unknown' })] })])))).toEqual(
      [],
    );
  });

  it('nothing where ZERO tells the truth, something where it hides a broken path', () => {
    const text = 'g = t.gradient(y, x)\n';
    const zeroed = (...reasons: Reason[]) =>
      brief(problems(subject(text, facts([call(text, 't.gradient(y, x)', { unconnectedZero: true, sources: [none('x', ...reasons)] })]))));
    expect(zeroed(constant)).toEqual([]);
    expect(zeroed(unconnected)).toEqual([]);
    expect(zeroed({ kind: 'unwatched-tensor', cause: null, path: [], watch: null, tape: 't' })).toEqual([
      'TL303 Zeros hide a `None` here: `t` does not watch `x`.',
    ]);
  });

  it('nothing on a line that the author silenced, by code, by name or altogether', () => {
    const silenced = (comment: string) => {
      const text = product.replace('(dy, x)', `(dy, x)  ${comment}`);
      const { facts: made } = productFacts(constant);
      return problems(subject(text, made));
    };
    expect(silenced('# a remark')).toHaveLength(1);
    expect(silenced('# tape-lens: ignore[TL101]')).toHaveLength(1);
    expect(silenced('# tape-lens: ignore[TL101, TL102]')).toEqual([]);
    expect(silenced('# tape-lens: ignore[constant-derivative]')).toEqual([]);
    expect(silenced('# tape-lens: ignore')).toEqual([]);
  });
});

describe('how severely', () => {
  const severity = (certain: boolean, outcome: 'none' | 'mixed') => {
    const text = 'g = t.gradient(y, x)\n';
    const reason: Reason = { kind: 'unwatched-tensor', cause: null, path: [], watch: null, tape: 't' };
    return problems(
      subject(text, facts([call(text, 't.gradient(y, x)', { certain, sources: [source('x', { outcome, reasons: [reason] })] })])),
    )[0];
  };
  it('a step lower where it does not happen on every run', () => {
    expect(severity(true, 'none')?.severity).toBe('error');
    expect(severity(false, 'none')?.severity).toBe('warning');
    expect(severity(true, 'mixed')?.severity).toBe('warning');
    expect(severity(true, 'mixed')?.message).toBe('This gradient is `None` on some runs: `t` does not watch `x`.');
  });
});

describe('a rule that throws', () => {
  const outer: Reason = { kind: 'outer-tape-not-watching', cause: null, path: [], watch: null, tape: 't2' };
  const foundWith = (field: keyof typeof constant) => {
    const broken: Reason = Object.assign<object, Reason>({}, constant);
    Object.defineProperty(broken, field, { get: () => { throw new Error('on purpose'); }, enumerable: false }); // prettier-ignore
    const failures: string[] = [];
    return { failures, found: problems(productFacts(broken, outer), (code, error) => failures.push(`${code} ${String(error)}`)) };
  };

  it('is reported and skipped, and the others go on', () => {
    const { found, failures } = foundWith('cause');
    expect(found.map(({ code }) => code)).toEqual(['TL110']);
    expect(failures).toEqual(['TL102 Error: on purpose']);
  });

  it('leaves the problem when only its fixes cannot be made, and says so once', () => {
    const { found, failures } = foundWith('zeroIsTruth');
    expect(found.map(({ code }) => code)).toEqual(['TL102', 'TL110']);
    expect(failures).toEqual([]);
    expect([found[0]?.fixes(), found[0]?.fixes()]).toEqual([[], []]);
    expect(failures).toEqual(['TL102 Error: on purpose']);
    expect(found[1]?.fixes().length).toBeGreaterThan(0);
  });
});

describe('every message', () => {
  const long = 'a_very_long_name_for_something_that_is_differentiated[index_of_it][another]';
  const everything = {
    operation: long,
    tape: long,
    watch: null,
    watchRange: { start: 3, end: 4 },
    zeroIsTruth: false,
    keptOutputOf: long,
    computation: { start: 1, end: 2 },
  };
  const causeOf = (kind: RuleName): Cause => ({ ...everything, name: long, rebound: null, dtype: 'int32', literal: null, variable: long, creation: null, firstUse: { start: 1, end: 2 }, kind, cause: null, path: [] }) as Cause; // prettier-ignore

  it.each(ruleTable.map((rule) => [rule.code, rule] as const))(
    '%s is one sentence of at most 100 characters, whatever the names',
    (_code, rule) => {
      for (const name of ['x', long]) {
        const text = `${name} = ${name}.gradient(${name}, ${name})\n`;
        const error = { type: 'RuntimeError', message: `${long} ${long}`, reason: null };
        const made = call(text, `${name}.gradient(${name}, ${name})`, { error, sources: [source(name)] });
        const cause = causeOf(rule.name);
        for (const what of ['none', 'zeros', 'raises', 'value', 'some'] as const) {
          const finding: Finding = {
            cause,
            call: made,
            callIndex: 0,
            sources: made.sources,
            consequence: what,
            exception: null,
            hidden: [`${long} is ${long}`],
            subject: subject(text, facts([made])),
          };
          const message = sentence(rule.whole === true ? [] : consequence(finding), rule.because(finding));
          expect(message.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
          expect(message).toMatch(/^[`A-Z].*[.…]$/s);
          expect((message.match(/`/g) ?? []).length % 2, message).toBe(0);
          expect(message).not.toMatch(/undefined|null\b|\n/);
        }
      }
    },
  );

  it('has remarks and reasons for every kind in the table', () => {
    const remark: Remark['kind'] = 'row-sum';
    expect(rules[remark].name).toBe(remark);
    expect(ruleTable).toHaveLength(Object.keys(rules).length);
  });
});
