// Numbers of the runtime against TensorFlow's, element by element: the same weights, the same inputs (test/oracle/weights).
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createHost } from '../../runtime/src/host/host.ts';
import { readNumbers, type RecordedResult, type RecordedTensor } from './numbers.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = (name: string): string => path.join(import.meta.dirname, 'weights', name);
const text = (name: string): string => fs.readFileSync(path.join(folder(name), 'snippet.py'), 'utf8');
const host = createHost({ distDir: path.join(root, 'dist'), log: () => undefined });
afterAll(() => host.close());

/** 1e-5 of the largest element. */
function expectSame(ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
  expect(ours.length).toBe(theirs.length);
  let [scale, worst] = [0, 0];
  for (let i = 0; i < theirs.length; i++) {
    scale = Math.max(scale, Math.abs(theirs[i] ?? NaN));
    worst = Math.max(worst, Math.abs((ours[i] ?? NaN) - (theirs[i] ?? NaN)));
  }
  expect(scale).toBeGreaterThan(0);
  expect(worst / scale).toBeLessThanOrEqual(1e-5);
}

function dense(tensor: RecordedTensor): Float32Array {
  if (tensor.structure === 'dense') return tensor.values;
  const [n, a, , b] = tensor.shape;
  const whole = new Float32Array(n * a * n * b);
  tensor.blocks.forEach((block, e) => {
    for (let i = 0; i < a; i++) whole.set(block.subarray(i * b, (i + 1) * b), ((e * a + i) * n + e) * b);
  });
  return whole;
}

test('tanh_nested: the whole Hessian, from one direction per input of an example', async () => {
  const source = text('tanh_nested');
  const line = source.split('\n').findIndex((l) => l.includes('.jacobian(')) + 1;
  const reply = await host.hessian({ path: 'snippet.py', text: source, language: 'python', line });
  if (!reply.ok) throw new Error(reply.error.message);
  expect(reply.result.directions).toBe(24);
  expect(reply.result.structure).toBe('block-diagonal');
  const recorded = readNumbers(folder('tanh_nested')).get('h');
  if (!recorded || !('structure' in recorded)) throw new Error('no recorded Hessian');
  const block = reply.blocks?.[0]?.[0];
  expect(block).toBeDefined();
  expectSame(block ?? [], dense(recorded));
});

/** Every derivative that the program computes, printed by the program itself. */
async function printed(name: string, results: readonly string[]): Promise<Record<string, unknown>> {
  const parts = results.map((r) => `${JSON.stringify(r)}: numbers(${r})`).join(', ');
  const program = `${text(name)}
import json
def numbers(x):
    if x is None:
        return None
    return [numbers(v) for v in x] if isinstance(x, (list, tuple)) else x.numpy().tolist()
print("@@" + json.dumps({${parts}}))
`;
  const reply = await host.explain({ path: 'snippet.py', text: program, language: 'python' });
  if (!reply.ok || reply.ended) throw new Error(reply.ok ? reply.ended?.message : reply.error.message);
  return JSON.parse(reply.output.text.split('@@')[1] ?? '{}') as Record<string, unknown>;
}

function compare(ours: unknown, theirs: RecordedResult | undefined): void {
  if (theirs === null || theirs === undefined) expect(ours).toBeNull();
  else if (Array.isArray(theirs)) theirs.forEach((part: RecordedResult, i) => compare((ours as unknown[])[i], part));
  else expectSame([ours].flat(Infinity) as number[], dense(theirs as RecordedTensor));
}

describe.each(['penalty', 'penalty_tanh'])('%s: second-order gradients of a gradient penalty', (name) => {
  const recorded = readNumbers(folder(name));
  test.each([...recorded.keys()].filter((key) => key.endsWith('_gradients')))('%s', async (key) => {
    const ours = await printed(name, [key]);
    compare(ours[key], recorded.get(key));
  });
});
