// What the harness tells the suite: which session this is, where the workbench's window can be looked at, where reports go.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Session {
  readonly name: string;
  /** The browser's, or Electron's, address for its DevTools protocol. */
  readonly browser: string;
  readonly workspace: string;
  readonly output: string;
  readonly report: string;
  /** Runs only the tests whose titles match. */
  readonly only?: string;
}

export const session = JSON.parse(readFileSync(join(__dirname, 'session.json'), 'utf8')) as Session;

/** Says a line where the tests were started. */
export function say(text: string): void {
  console.log(`workbench: ${text}`);
}
