// What the server practises on, and when.
import { afterEach, expect, it, vi } from 'vitest';
import { practice, practiseInIdleTime, type PracticeProgram } from '../../server/src/lsp/practice.ts';
import { ruleTable } from '../../server/src/rules/registry.ts';
import { createReader } from '../../server/src/subjects.ts';

afterEach(() => vi.useRealTimers());

it('reads whole programs, those of the pages too, each as often as the others', async () => {
  const read = await createReader();
  const times = new Map<PracticeProgram, number>();
  const languages = new Set<string>();
  let gradientCalls = 0;
  const see = (program: PracticeProgram): void => {
    times.set(program, (times.get(program) ?? 0) + 1);
    languages.add(program.language);
    if (times.get(program) !== 1) return;
    const { program: parsed, facts } = read({ path: 'practice', ...program });
    expect(parsed.errors, program.text).toEqual([]);
    expect(facts, program.text).toMatchObject({ exhausted: false, failure: null });
    gradientCalls += facts.calls.length;
  };
  const steps = [...practice(see)];
  expect(languages).toContain('python');
  expect(languages).toContain('javascript');
  // A wrong and a right program for each rule.
  expect(times.size).toBeGreaterThan(2 * ruleTable.length);
  expect(gradientCalls).toBeGreaterThan(times.size);
  expect(new Set(times.values()).size).toBe(1);
  expect(steps.length).toBe([...times.values()].reduce((sum, count) => sum + count, 0));
});

it('begins when nothing has been asked for a second, stops where something is, and goes on a second later', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
  const done: string[] = [];
  const practising = practiseInIdleTime(() => {
    done.push('program');
    if (done.length === 3) setImmediate(() => practising.postpone());
  });
  vi.advanceTimersByTime(900);
  practising.postpone();
  vi.advanceTimersByTime(900);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(done).toHaveLength(3);
  vi.advanceTimersByTime(900);
  expect(done).toHaveLength(3);
  vi.advanceTimersByTime(200);
  expect(done.length).toBeGreaterThan(3);
  vi.advanceTimersByTime(60_000);
  const end = done.length;
  practising.postpone();
  vi.advanceTimersByTime(60_000);
  expect(done).toHaveLength(end);
});
