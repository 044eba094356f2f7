// Where a command's answer goes (standard output) and where everything said beside it goes (standard error).
export interface Terminal {
  /** The answer: nothing else is ever written there. */
  readonly write: (content: string | Uint8Array) => Promise<void>;
  /** A sentence beside the answer. */
  readonly say: (sentence: string) => void;
  readonly colour: boolean;
  /** True when a person sees the answer as it is written. */
  readonly isInteractive: boolean;
}

/** Exit codes, the same for every command. */
export const exitCode = { good: 0, found: 1, couldNotRun: 2 } as const;

export function processTerminal(): Terminal {
  // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exitCode.good : exitCode.couldNotRun));
  const isInteractive = process.stdout.isTTY === true;
  return {
    write: (content) => new Promise((resolve) => process.stdout.write(content, () => resolve())),
    say: (sentence) => process.stderr.write(`${sentence}\n`),
    colour: isInteractive && (process.env['NO_COLOR'] ?? '') === '',
    isInteractive,
  };
}
