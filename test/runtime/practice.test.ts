// What a host asks of its process by itself: programs of its own, with nothing of a workspace, and an end to it.
import { expect, it } from 'vitest';
import { Practice } from '../../runtime/src/host/practice.ts';
import type { HessianRequest } from '../../runtime/src/host/protocol.ts';

it('asks for its own programs at their last line, reads no modules for them, and comes to an end', async () => {
  const practice = new Practice();
  const asked: HessianRequest[] = [];
  const ask = (request: HessianRequest): Promise<void> => Promise.resolve(void asked.push(request));
  while (asked.length < 1000 && (await practice.once(ask)));
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.length).toBeLessThan(1000);
  expect(await practice.once(ask)).toBe(false);
  for (const { text, line = 0, modules } of asked) {
    expect(modules).toEqual({});
    expect(text.split('\n')[line - 1]).toMatch(/^(outer|tape)\.(batch_jacobian|jacobian|gradient)\(/);
  }
});
