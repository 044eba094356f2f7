// `tape-lens hessian`: runs the program up to a gradient call and gives the Hessian there.
import type { HessianReply } from '../../../runtime/src/host/protocol.ts';
import { readSource, type SourceFile } from '../files.ts';
import type { HessianCommand } from './arguments.ts';
import { failureCode, openRuntime, sayFailure, sayOutput, snippetOf } from './runtime.ts';
import { exitCode, type Terminal } from './terminal.ts';

export async function hessian(command: HessianCommand, terminal: Terminal): Promise<number> {
  const file = readSource(command.path);
  if (typeof file === 'string') {
    terminal.say(file);
    return exitCode.couldNotRun;
  }
  if (command.format === 'npy' && command.output === null && terminal.isInteractive) {
    terminal.say('npy is not text: add --output FILE, or send it on to another program.');
    return exitCode.couldNotRun;
  }
  // The program runs in a process of its own, which starts first: meanwhile this one loads the analyzer, and looks at the program.
  const [reply, { foretold, give }] = await Promise.all([compute(file, command, terminal), lookAt(file, terminal)]);
  sayOutput(reply.output, terminal);
  for (const warning of reply.warnings) terminal.say(`${file.path}: ${warning}`);
  if (!reply.ok) {
    sayFailure(file, reply.error, terminal);
    return failureCode(reply.error.kind);
  }
  return give(file, reply, foretold, command, terminal);
}

async function compute(file: SourceFile, command: HessianCommand, terminal: Terminal): Promise<HessianReply> {
  const runtime = openRuntime(terminal);
  const { line, wrt, occurrence, component, limit, newton, timeoutSeconds } = command;
  const cancelling = new AbortController();
  const cancel = (): void => cancelling.abort();
  process.once('SIGINT', cancel);
  try {
    const request = {
      ...snippetOf(file),
      engine: command.engine,
      ...(line === null ? {} : { line }),
      ...(wrt === null ? {} : { wrt }),
      ...(occurrence === null ? {} : { occurrence }),
      ...(component === null ? {} : { component }),
      ...(limit === null ? {} : { denseLimit: limit }),
      newton,
      eigenvalues: command.format !== 'npy' && command.format !== 'csv',
      ...(timeoutSeconds === null ? {} : { timeoutSeconds }),
    };
    return await runtime.hessian(request, { signal: cancelling.signal });
  } finally {
    process.removeListener('SIGINT', cancel);
    await runtime.close();
  }
}

async function lookAt(file: SourceFile, terminal: Terminal) {
  const { foretell, give } = await import('./hessian-answer.ts');
  return { foretold: await foretell(file, terminal), give };
}
