// The command line, `tape-lens`: reads the arguments, carries out one command, and exits with its code.
import { createRequire } from 'node:module';
import { version } from '../../package.json';
import { readCommand, usage, UsageError, type Command } from './cli/arguments.ts';
import { exitCode, processTerminal, type Terminal } from './cli/terminal.ts';

const terminal = processTerminal();
try {
  process.exitCode = await carryOut(readCommand(process.argv.slice(2)), terminal);
} catch (error) {
  process.exitCode = exitCode.couldNotRun;
  if (error instanceof UsageError) terminal.say(`${error.message}\ntape-lens --help shows every command.`);
  else
    terminal.say(
      `Tape Lens failed. That is a mistake in Tape Lens; please report it.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
}

/** Each command's part is loaded with it, so that none waits for another's. */
async function carryOut(command: Command, { write }: Terminal): Promise<number> {
  switch (command.name) {
    case 'check': {
      const { check } = await import('./cli/check.ts');
      return check(command, terminal);
    }
    case 'explain': {
      const { explain } = await import('./cli/explain.ts');
      return explain(command, terminal);
    }
    case 'hessian': {
      const { hessian } = await import('./cli/hessian.ts');
      return hessian(command, terminal);
    }
    case 'rule': {
      const { rule } = await import('./cli/rule.ts');
      return rule(command.code, terminal);
    }
    case 'server':
      // A bundle of its own, so that no other command loads it. It lives as long as its connection does.
      createRequire(import.meta.url)('./server.cjs');
      return exitCode.good;
    case 'help':
      await write(`${usage}\n`);
      return exitCode.good;
    case 'version':
      await write(`${version}\n`);
      return exitCode.good;
  }
}
