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
