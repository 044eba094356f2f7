// Young objects are collected where they take more than half of their room, and V8's collector is within nobody else's reach.
import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { collectYoung } from '../../runtime/src/collect.ts';

function young(): { readonly used: number; readonly free: number } {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return { used: space?.space_used_size ?? 0, free: space?.space_available_size ?? 0 };
}

it('a half that is full is emptied', () => {
  // What is there already, of this test's own making too, may be in use: what is made now is not.
  const emptied = Array.from({ length: 5 }, () => {
    while (young().used <= young().free) Array.from({ length: 1000 }, (_, i) => i + 0.5);
    const { used } = young();
    collectYoung();
    return young().used < used / 2;
  });
  expect(emptied.filter(Boolean).length).toBeGreaterThanOrEqual(3);
});

it('the collector is no global', () => {
  expect('gc' in globalThis).toBe(false);
});
