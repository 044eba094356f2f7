// The extension's two ends: activate starts the language server and registers commands and panels; deactivate ends every process.
import { commands, window, workspace, type ExtensionContext } from 'vscode';
import { createHost } from '../../runtime/src/host/host.ts';
import type { Host } from '../../runtime/src/host/protocol.ts';
import { registerCommands } from './commands.ts';
import { allowNative } from './engine.ts';
import { actOn } from './pageActions.ts';
import { createPanels } from './panel.ts';
import { enginePlaces } from './places.ts';
import { createServer } from './server.ts';
import type { Session } from './session.ts';
import { runSettings, SECTION } from './settings.ts';

let closing: (() => Promise<void>) | null = null;

export function activate(context: ExtensionContext): void {
  const started = performance.now();
  const log = window.createOutputChannel('Tape Lens', { log: true });
  const server = createServer(context, log);
  const fail = (error: unknown): void => {
    log.error(error instanceof Error ? error : String(error));
    void window.showErrorMessage(`Tape Lens: ${error instanceof Error ? error.message : String(error)}`);
  };
  const panels = createPanels(context, log, { act: (message, subject) => void actOn(context, message, subject).catch(fail) });
  let host: Host | null = null;
  const closeHost = async (): Promise<void> => {
    const closed = host;
    host = null;
    await closed?.close();
  };
  const session: Session = {
    context,
    log,
    server,
    panels,
    host: () => (host ??= openHost(session)),
    closeHost,
  };
  closing = closeHost;
  context.subscriptions.push(
    log,
    server,
    panels,
    ...registerCommands(session),
    followGradientCalls(session),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SECTION}.node`)) void closeHost();
    }),
  );
  server.start().catch(fail);
  log.info(`active after ${Math.round(performance.now() - started)} ms`);
}

export async function deactivate(): Promise<void> {
  await closing?.();
}

function openHost({ context, log }: Session): Host {
  const { node } = runSettings(undefined);
  return createHost({
    ...enginePlaces(context),
    log: (line) => log.info(line),
    allowNative: (engine) => allowNative(context, engine),
    ...(node !== undefined && { nodePath: node }),
  });
}

/** Keeps a context key, so that menus offer the Hessian only where there is a gradient call. */
function followGradientCalls({ server }: Session): { dispose(): void } {
  const counts = new Map<string, number>();
  const renew = (): void => {
    const uri = window.activeTextEditor?.document.uri.toString() ?? '';
    void commands.executeCommand('setContext', 'tapeLens.hasGradientCalls', (counts.get(uri) ?? 0) > 0);
  };
  server.onStatus(({ uri, gradientCalls }) => {
    counts.set(uri, gradientCalls);
    renew();
  });
  return window.onDidChangeActiveTextEditor(renew);
}
