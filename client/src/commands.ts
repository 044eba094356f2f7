// The commands of the palette, the menus and the code lenses; package.json names the same ones.
import { commands, window, type Disposable } from 'vscode';
import { computeHessianCommand } from '../../server/src/lsp/protocol.ts';
import { installNative, selectEngine } from './engine.ts';
import { explainGradient } from './explain.ts';
import { computeHessian, findCall } from './hessian.ts';
import type { Session } from './session.ts';

type Command = (session: Session, ...given: readonly unknown[]) => Promise<void> | void;

const table: Readonly<Record<string, Command>> = {
  [computeHessianCommand]: async (session, uri, line, column) => {
    const call = await findCall(session, uri, line, column);
    if (call) await computeHessian(session, call);
  },
  'tapeLens.explainGradient': (session) => explainGradient(session),
  'tapeLens.selectEngine': (session) => selectEngine(session),
  'tapeLens.installEngine': (session) => installNative(session),
  'tapeLens.restartServer': (session) => session.server.restart(),
  'tapeLens.showLogs': (session) => session.log.show(),
};

/** Each command catches once: the log has the stack, the user a sentence. */
export function registerCommands(session: Session): Disposable[] {
  return Object.entries(table).map(([name, run]) =>
    commands.registerCommand(name, async (...given: unknown[]) => {
      try {
        await run(session, ...given);
      } catch (error) {
        session.log.error(error instanceof Error ? error : String(error));
        void window.showErrorMessage(`Tape Lens: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
}
