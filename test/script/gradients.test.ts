// TensorFlow.js's gradients as they are, the silently wrong ones too: our engine on reference numbers beside TensorFlow.js itself, at orders 1 to 3, and the recorded op table.
import { readFileSync } from 'node:fs';
import * as tfjs from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { allKernels } from '../../core/script/index.ts';
import { generic } from '../ops/generic.ts';
import { ourSurface, type Surface } from './facade.ts';
import { type Form, FORMS } from './forms.ts';

type Outcome = string;
interface Table {
  readonly unary: Readonly<Record<string, Readonly<Record<string, Outcome | readonly Outcome[]>>>>;
  readonly gradientSaves: Readonly<Record<string, { readonly outputsToSave: readonly boolean[] }>>;
  readonly kernelsWithoutGradient: readonly string[];
}
const table = JSON.parse(readFileSync(new URL('../oracle/op_table_tfjs.json', import.meta.url), 'utf8')) as Table;

beforeAll(async () => {
  await tfjs.setBackend('cpu');
  await tfjs.ready();
});

/** The gradient of order `n` of Σ c·f(x), or what is thrown on the way. */
function derivative(tf: Surface, { f, shape, domain }: Form, order: number, wrap: (y: Surface) => Surface): number[] | string {
  const x = tf.tensor(Float32Array.from(generic(shape, 3, domain)), shape);
  let target: (t: Surface) => Surface = (t) => contracted(tf, wrap(f(tf, t)));
  for (let i = 1; i < order; i++) {
    const inner = target;
    target = (t) => contracted(tf, tf.grad(inner)(t));
  }
  try {
    return [...(tf.grad(target)(x).dataSync() as ArrayLike<number> & Iterable<number>)];
  } catch (e) {
    return e instanceof Error ? (e.message.split('\n')[0] ?? '') : String(e);
  }
}
const contracted = (tf: Surface, y: Surface): Surface => {
  const size = (y.shape as number[]).reduce((a, b) => a * b, 1);
  return y.mul(tf.tensor(Float32Array.from(generic([size], 71)), y.shape)).sum();
};

const WRAPS: Readonly<Record<string, (y: Surface) => Surface>> = { 'f(x)': (y) => y, 'f(x)²': (y) => y.square() };

describe.each(Object.entries(FORMS))('%s', (_, form) => {
  describe.each(Object.entries(WRAPS))('%s', (_name, wrap) => {
    it.each([1, 2, 3])('order %i', (order) => {
      const [ours, theirs] = [derivative(ourSurface(), form, order, wrap), derivative(tfjs, form, order, wrap)];
      if (typeof theirs === 'string' || typeof ours === 'string') expect(ours).toContain(theirs);
      else {
        const scale = Math.max(1, ...theirs.map(Math.abs));
        expect(ours.length).toBe(theirs.length);
        ours.forEach((v, i) =>
          expect(Math.abs(v - (theirs[i] ?? NaN)), `element ${i}: ${ours.join()} and ${theirs.join()}`).toBeLessThan(2e-4 * scale),
        );
      }
    });
  });
});

describe('the table of kernels', () => {
  const kernels = allKernels();
  it('has a gradient just where TensorFlow.js has one', () => {
    const registered = new Set(Object.keys(table.gradientSaves));
    for (const { name, gradient } of kernels) expect([name, gradient !== null]).toEqual([name, registered.has(name)]);
  });
  it('keeps outputs where TensorFlow.js does', () => {
    for (const { name, savesOutput } of kernels)
      expect([name, savesOutput]).toEqual([name, table.gradientSaves[name]?.outputsToSave.includes(true) ?? false]);
  });
  it('lists the kernels with gradients that wait', () => {
    const known = new Set(kernels.map((k) => k.name));
    console.log(
      `kernels with gradients that no row carries yet: ${Object.keys(table.gradientSaves)
        .filter((k) => !known.has(k))
        .join(', ')}`,
    );
  });
});
