// Times that were measured in the workbench, beside what they should be at most.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { say, session } from './session.ts';

/** Machines that run tests are shared: a test fails only at this many times the bar, the figure is told in any case. */
const SLACK = 4;

export function figure(what: string, milliseconds: number, bar: number): void {
  const text = `${what}: ${milliseconds.toFixed(1)} ms (at most ${bar})`;
  say(`  ${text}`);
  appendFileSync(join(session.output, 'figures.txt'), `${text}\n`);
  if (milliseconds > bar * SLACK) throw new Error(text);
}
