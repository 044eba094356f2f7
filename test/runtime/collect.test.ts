// Young objects are collected where they take more than half of their room, and V8's collector is within nobody else's reach.
import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { collectYoung } from '../../runtime/src/collect.ts';

function young(): { readonly used: number; readonly free: number } {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return { used: space?.space_used_size ?? 0, free: space?.space_available_size ?? 0 };
}

it('a half that is full is emptied', () => {
  let kept: number[] = [];
  while (young().used <= young().free) kept = Array.from({ length: 1000 }, (_, i) => i + 0.5);
  expect(kept).toHaveLength(1000);
  const { used } = young();
  collectYoung();
  expect(young().used).toBeLessThan(used / 2);
});

it('the collector is no global', () => {
  expect('gc' in globalThis).toBe(false);
});
