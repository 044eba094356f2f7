// tfjs-node, WebAssembly and pure JavaScript give the same Hessians, to 1e-4 of the largest number.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Block, EngineName, Host, HessianReply } from '../../runtime/src/host/protocol.ts';
import { openHost, root } from '../runtime/runtime.ts';
import { NATIVE_ENGINE } from './native.ts';

const engines: readonly EngineName[] = ['node', 'wasm', 'cpu'];
const hosts = new Map<EngineName, Host>();
beforeAll(() => {
  expect(NATIVE_ENGINE, 'run these by `npm test -- test/engines`').not.toBeNull();
  for (const engine of engines) hosts.set(engine, openHost());
});
afterAll(async () => {
  for (const host of hosts.values()) await host.close();
});

async function compute(engine: EngineName, name: string, text: string): Promise<Extract<HessianReply, { ok: true }>> {
  const reply = await hosts.get(engine)?.hessian({ path: join(root, 'examples', name), text, language: 'python', engine });
  if (!reply?.ok) throw new Error(`${name} on ${engine}: ${reply?.error.message}`);
  return reply;
}

/** The largest difference, relative to the largest number. */
function difference(left: Block, right: Block): number {
  let largest = 0;
  let most = 0;
  for (let index = 0; index < right.length; index++) {
    const value = right[index] ?? NaN;
    largest = Math.max(largest, Math.abs(value));
    most = Math.max(most, Math.abs((left[index] ?? NaN) - value));
  }
  return most / (largest || 1);
}

/** The same random numbers on every engine. */
const seeded = (text: string): string => text.replace('import tensorflow as tf', 'import tensorflow as tf\ntf.random.set_seed(7)');

const deeper = `import tensorflow as tf
x = tf.random.normal([6, 8])
images = tf.random.normal([2, 6, 6, 3])
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation='softplus'), tf.keras.layers.Dense(5, activation='softmax')])
labels = tf.one_hot([0, 1, 2, 3, 4, 0], 5)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        loss = tf.reduce_mean(tf.keras.losses.categorical_crossentropy(labels, model(x))) + tf.reduce_sum(tf.math.sigmoid(x) ** 3)
    g = inner.gradient(loss, x)
h = outer.jacobian(g, x)
`;

const programs: readonly (readonly [string, string])[] = [
  ...readdirSync(join(root, 'examples'))
    .filter((name) => name.endsWith('.py'))
    .map((name) => [name, seeded(readFileSync(join(root, 'examples', name), 'utf8'))] as const),
  ['softmax and softplus', seeded(deeper)],
];

describe('the same Hessian', () => {
  it.each(programs)('%s', async (name, text) => {
    const [native, ...others] = await Promise.all(engines.map((engine) => compute(engine, name, text)));
    expect(native?.result.engine).toBe('node');
    for (const other of others) {
      expect(other.result.rows).toEqual(native?.result.rows);
      other.blocks?.forEach((row, i) =>
        row.forEach((block, j) => expect(difference(native?.blocks?.[i]?.[j] ?? block.slice(0, 0), block)).toBeLessThan(1e-4)),
      );
    }
  });

  it('the result names the engine and what its sandbox leaves open', async () => {
    const { result } = await compute('node', 'cubic.py', programs.find(([name]) => name === 'cubic.py')?.[1] ?? '');
    expect(result.engineReason).toBe('tfjs-node 4.22.0 in .engines, as asked');
    expect(result.weakness).toMatch(/^tfjs-node is native code/);
    const embedded = await compute('wasm', 'cubic.py', programs.find(([name]) => name === 'cubic.py')?.[1] ?? '');
    expect(embedded.result.weakness).toBeNull();
  });
});
