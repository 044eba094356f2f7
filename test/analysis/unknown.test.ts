// What comes by way of something unknown is missing from a gradient: of what depends on that nothing is claimed, and nothing is reported.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tape-lens-unknown-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function run(text: string, ...command: readonly string[]): string {
  const file = path.join(folder, 'a.py');
  fs.writeFileSync(file, `import tensorflow as tf\nimport mystery\n${text}`);
  return spawnSync(process.execPath, [path.join(root, 'dist', 'cli.js'), ...command, file], { encoding: 'utf8' }).stdout;
}

interface Explained {
  readonly files: readonly {
    readonly calls: readonly { readonly outcome: string; readonly sources: readonly { readonly outcome: string }[] }[];
  }[];
}

/** Of each call, what is said of its sources, or of it. */
function said(text: string): string[] {
  const explained = JSON.parse(run(text, 'explain', '--format', 'json')) as Explained;
  const calls = explained.files.flatMap((file) => file.calls);
  return calls.map(({ outcome, sources }) => sources.map((s) => s.outcome).join(' ') || outcome);
}

const nested = (z: string): string => `
x = tf.constant([1.0, 2.0])
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        z = ${z}
    g = t1.gradient(z, x)
h = t2.gradient(g, x)
j = t2.jacobian(g, x)
`;

const symbolic = (z: string): string => `
@tf.function
def f(x):
    return tf.hessians(${z}, x)
f(tf.constant([1.0, 2.0]))
`;

describe('beside an unknown', () => {
  it.each([
    ['derivatives of a gradient', nested('tf.reduce_sum(x) + tf.reduce_sum(mystery.of(x))'), ['value', 'unknown', 'unknown']],
    ['zeros', nested('tf.reduce_sum(0.0 * x) + tf.reduce_sum(mystery.of(x))'), ['unknown', 'unknown', 'unknown']],
    ['a Hessian', symbolic('tf.reduce_sum(x) + tf.reduce_sum(mystery.of(x))'), ['unknown']],
    ['a Hessian of it alone', symbolic('tf.reduce_sum(mystery.of(x))'), ['unknown']],
  ])('%s: nothing is claimed', (_, text, expected) => {
    expect(said(text)).toEqual(expected);
    expect(run(text, 'check')).toBe('No problems in 1 file.\n');
  });

  it('and without one it is', () => {
    expect(said(nested('tf.reduce_sum(x)'))).toEqual(['value', 'none', 'none']);
    expect(said(symbolic('tf.reduce_sum(tf.ones_like(x))'))).toEqual(['raises']);
  });
});

/** What is claimed of the calls of a program: nothing where what TensorFlow does is not known. */
const claimed = (text: string): string[] => said(text).filter((outcome) => outcome !== 'unknown');

describe('what TensorFlow fails at in ways of its own', () => {
  it.each([
    {
      // AssertionError.
      what: 'tf.recompute_grad in a condition',
      text: `
x = tf.constant([1.0, 2.0])
soft = tf.recompute_grad(lambda v: tf.math.softplus(v))
f = tf.function(lambda a: tf.cond(tf.reduce_sum(a) > 0.0, lambda: soft(a), lambda: a))
with tf.GradientTape() as t:
    t.watch(x)
    y = f(x)
g = t.gradient(y, x)
`,
      without: ['tf.recompute_grad(lambda v: tf.math.softplus(v))', 'tf.math.softplus'],
      then: ['value'],
    },
    {
      // TypeError: the accumulator has no tangents of what the function puts into a list.
      what: 'a Jacobian through a list, under an accumulator',
      text: `
x = tf.constant([1.0, 2.0])
@tf.function
def f(a):
    c = tf.TensorArray(tf.float32, size=1)
    c = c.write(0, a * a)
    return tf.reduce_sum(c.stack(), 0)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.nn.leaky_relu(f(x * 3.0))
    j = t.jacobian(y, x)
`,
      without: ['jacobian', 'gradient'],
      then: ['value'],
    },
    {
      // TypeError at the call of the function: TensorFlow works out tangents while it traces it, and loses count of them.
      what: 'a function that takes in what an accumulator follows',
      text: `
x = tf.constant([1.0, 2.0])
f = tf.function(lambda a: tf.exp(x) * a)
with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(tf.constant([3.0, 4.0]))
    g = t.gradient(y, x)
`,
      without: ['tf.exp(x)', 'x'],
      then: ['value'],
    },
    {
      // TypeError: tangents that TensorFlow worked out while it traced the function are out of scope.
      what: 'a function with an op that is not known, of what an accumulator follows',
      text: `
x = tf.constant([0.3, 0.6])
with tf.GradientTape() as t:
    t.watch(x)
    with tf.autodiff.ForwardAccumulator(x, tf.ones([2])):
        z = x * 2.0
        f = tf.function(lambda p: p * tf.raw_ops.Betainc(a=p, b=p, x=z / 3.0))
        y = f(tf.constant([1.0, 2.0]))
g = t.gradient(y, x)
`,
      without: ['tf.raw_ops.Betainc(a=p, b=p, x=z / 3.0)', 'p'],
      then: ['none'],
    },
  ])('$what: nothing is claimed', ({ text, without: [from = '', to = ''], then }) => {
    expect(claimed(text)).toEqual([]);
    expect(claimed(text.replace(from, to))).toEqual(then);
  });
});
