// Loading tfjs-node: on a Node that lacks what its version 4.22 calls, and without the way to make code from strings.
import util from 'node:util';
import { expect, it } from 'vitest';
import { startNative } from '../../runtime/src/engine/native.ts';
import { NATIVE_ENGINE } from './native.ts';

const float32 = (values: readonly number[], shape: readonly number[]) => ({
  data: Float32Array.from(values),
  shape,
  storage: 'float32' as const,
});

it('loads and computes where util.isNullOrUndefined is gone, as on Node 23 and later', async () => {
  Reflect.deleteProperty(util, 'isNullOrUndefined');
  expect(Reflect.get(util, 'isNullOrUndefined')).toBeUndefined();
  const engine = await startNative(NATIVE_ENGINE ?? '');
  const product = engine.run(
    'BatchMatMul',
    { a: float32([1, 2, 3, 4], [1, 2, 2]), b: float32([5, 6], [1, 2, 1]) },
    { transposeA: false, transposeB: false },
  );
  expect(product).toEqual({ data: Float32Array.from([17, 39]), shape: [1, 2, 1], storage: 'float32' });
  // The kernel that asks.
  expect(Array.from(engine.run('TopK', { x: float32([3, 1, 2], [3]) }, { k: 2, sorted: true }).data)).toEqual([3, 2]);
});
