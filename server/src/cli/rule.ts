// `tape-lens rule CODE`: what a code means; without one, all of them.
import { rulePage } from '../render/pages.ts';
import { findRule, ruleTable } from '../rules/registry.ts';
import { exitCode, type Terminal } from './terminal.ts';

export async function rule(code: string | null, terminal: Terminal): Promise<number> {
  if (code === null) {
    await terminal.write(ruleTable.map((entry) => `${entry.code}  ${entry.name}: ${entry.summary}\n`).join(''));
    return exitCode.good;
  }
  const found = findRule(code);
  if (found === null) {
    terminal.say(`There is no rule '${code}'. tape-lens rule lists all of them.`);
    return exitCode.couldNotRun;
  }
  await terminal.write(rulePage(code) ?? `${found.code} ${found.name}: ${found.summary}\n`);
  return exitCode.good;
}
