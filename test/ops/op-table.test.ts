// The recorded op table: what TensorFlow answered at orders 1 to 3, held against our rows and tape for every form that is a function of tensors; the others are in op-table-programs.test.ts.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../core/tensor.ts';
import { binaryForm, Tensorflow, unaryForm } from './forms.ts';
import { generic } from './generic.ts';
import { agrees, Nest, type Outcome, outcomeOf } from './nested.ts';

interface Unary {
  readonly 'y=f(x)': readonly Outcome[];
  readonly 'y=w*f(x)': readonly Outcome[];
  readonly 'y=f(x)^2': readonly Outcome[];
  readonly mixed: Readonly<Record<string, Outcome>>;
  readonly 'plain sums (no output_gradients) [d1,d2]': readonly Outcome[];
}
interface Table {
  readonly unary: Readonly<Record<string, Unary>>;
  readonly binary: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
}
const table = JSON.parse(readFileSync(new URL('../oracle/op_table.json', import.meta.url), 'utf8')) as Table;

type Wrap = (y: Tensor, tf: Tensorflow, w: Tensor) => Tensor;
/** Booleans become floats; integers stay what they are, and w becomes one of them. */
const number = (y: Tensor, tf: Tensorflow): Tensor => (y.dtype === 'bool' ? tf.o.cast(y, 'float32') : y);
const alone: Wrap = (y) => y;
const weighted: Wrap = (y, tf, w) => tf.o.mul(tf.o.cast(w, number(y, tf).dtype), number(y, tf));
const squared: Wrap = (y, tf) => tf.o.square(number(y, tf));

function start(key: string): { nest: Nest; tf: Tensorflow; x: Tensor; w: Tensor; f: (wrap: Wrap) => Tensor } {
  const form = unaryForm(key);
  if (!form) throw new Error(`no form for ${key}`);
  const nest = new Nest();
  const tf = new Tensorflow(nest.eager.operations);
  const x = nest.constant(generic(form.shape, 3, form.domain), form.shape);
  const w = nest.constant([1.3], []);
  return { nest, tf, x, w, f: (wrap) => wrap(form.f(x, tf), tf, w) };
}

function orders(key: string, wrap: Wrap, count: number, sums = false): Outcome[] {
  const { nest, x, w, f } = start(key);
  // Recorded with a variable for w, which every tape watches.
  nest.enter(count, [x, w]);
  const answers = [];
  let target: Parameters<Nest['leave']>[0] = f(wrap);
  for (let order = 0; order < count; order++) {
    [target = null] = nest.leave(target, [x], sums);
    answers.push(outcomeOf(target));
  }
  return answers;
}

function mixed(key: string): Record<string, Outcome> {
  const { nest, x, w, f } = start(key);
  nest.enter(2, [x, w]);
  const [byX = null, byW = null] = nest.leave(f(weighted), [x, w]);
  const error = [byX, byW].map(outcomeOf).find((outcome) => outcome.startsWith('error'));
  if (error !== undefined) return { error };
  const [[, xw] = [], [wx, ww] = []] = nest.leaveWith([byX, byW], [x, w]);
  return { 'dy/dw': outcomeOf(byW), 'd2y/dxdw': outcomeOf(xw), 'd2y/dw2': outcomeOf(ww), 'd2y/dwdx': outcomeOf(wx) };
}

function partials(key: string): Record<string, Outcome> {
  const form = binaryForm(key);
  if (!form) throw new Error(`no form for ${key}`);
  const nest = new Nest();
  const tf = new Tensorflow(nest.eager.operations);
  const a = nest.constant(generic(form.a, 3, form.domains[0]), form.a);
  const b = nest.constant(generic(form.b, 4, form.domains[1]), form.b);
  nest.enter(2, [a, b]);
  const [byA = null, byB = null] = nest.leave(form.f(a, b, tf), [a, b]);
  const [[aa, ab] = [], [ba, bb] = []] = nest.leaveWith([byA, byB], [a, b]);
  nest.enter(2, [a]);
  const [alone = null] = nest.leave(form.f(a, b, tf), [a]);
  const [second] = nest.leave(alone, [a]);
  return {
    'dy/da': outcomeOf(byA),
    'dy/db': outcomeOf(byB),
    'd2/da2': outcomeOf(aa),
    'd2/da db': outcomeOf(ab),
    'd2/db da': outcomeOf(ba),
    'd2/db2': outcomeOf(bb),
    'd2/da2 (only a watched)': outcomeOf(second),
  };
}

/** Zero by algebra, in all or in some of what was asked, but recorded as more than 2e-6, or as 0·∞, from float32's rounding. */
const ROUNDED: ReadonlyMap<string, Outcome> = new Map([
  ['x/x', 'value'],
  ['fused_batch_norm training', 'value'],
  ['keras BatchNormalization training (2D input)', 'value'],
  ['keras GroupNormalization', 'value'],
  ['tf.signal.rfft abs', 'value'],
  ['tf.signal.stft abs', 'value'],
  ['tf.reduce_euclidean_norm', 'nan'],
]);

const isZero = (outcome: Outcome | undefined): boolean => outcome === 'zero' || outcome === 'value(~0)';
/** What differs, as "question: ours, recorded …". */
const differences = (
  ours: Readonly<Record<string, Outcome | undefined>>,
  recorded: Readonly<Record<string, Outcome>>,
  key = '',
): string[] =>
  Object.entries(recorded).flatMap(([question, answer]) =>
    agrees(ours[question] ?? '-', isZero(ours[question]) && ROUNDED.get(key) === answer ? 'zero' : answer)
      ? []
      : [`${question}: ${ours[question]}, recorded ${answer}`],
  );
/** Where one of the plain sums raised, the recorder kept that alone. */
const firstError = (list: readonly Outcome[]): readonly Outcome[] => {
  const error = list.find((outcome) => outcome.startsWith('error'));
  return error === undefined ? list : [error];
};
const numbered = (list: readonly Outcome[]): Record<string, Outcome> =>
  Object.fromEntries(list.map((outcome, i) => [`order ${i + 1}`, outcome]));

const expressible = (keys: readonly string[], form: (key: string) => unknown): [string][] =>
  keys.filter((key) => form(key) !== null).map((key) => [key]);
const unary = expressible(Object.keys(table.unary), unaryForm);
const binary = expressible(Object.keys(table.binary), binaryForm);

describe('forms of one tensor', () => {
  describe.each(unary)('%s', (key) => {
    const recorded = table.unary[key] as Unary;
    it('f', () => expect(differences(numbered(orders(key, alone, 3)), numbered(recorded['y=f(x)']), key)).toEqual([]));
    it('w*f', () => expect(differences(numbered(orders(key, weighted, 3)), numbered(recorded['y=w*f(x)']), key)).toEqual([]));
    it('f²', () => expect(differences(numbered(orders(key, squared, 3)), numbered(recorded['y=f(x)^2']), key)).toEqual([]));
    it('mixed partials', () => expect(differences(mixed(key), recorded.mixed)).toEqual([]));
    it('plain sums', () =>
      expect(
        differences(numbered(firstError(orders(key, alone, 2, true))), numbered(recorded['plain sums (no output_gradients) [d1,d2]']), key),
      ).toEqual([]));
  });
});

describe('forms of two tensors', () => {
  it.each(binary)('%s', (key) => expect(differences(partials(key), table.binary[key] ?? {})).toEqual([]));
});
