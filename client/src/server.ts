// The language server: started in the editor's own Node over IPC, restarted by hand or after a crash, and asked about gradient calls.
import { languages, LanguageStatusSeverity, l10n, type Disposable, type ExtensionContext, type LogOutputChannel, type Uri } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  explainRequest,
  statusNotification,
  type ExplainParams,
  type ExplainResult,
  type StatusParams,
} from '../../server/src/lsp/protocol.ts';
import { documentSelector } from './languages.ts';
import { serverArguments } from './server-arguments.ts';
import { SECTION } from './settings.ts';

export interface Server extends Disposable {
  start(): Promise<void>;
  restart(): Promise<void>;
  /** What the gradient calls of a document return; with a position (from 0) only those there. Null when the server does not answer. */
  explain(uri: Uri, position?: { readonly line: number; readonly character: number }): Promise<ExplainResult | null>;
  onStatus(listener: (status: StatusParams) => void): void;
}

export function createServer(context: ExtensionContext, log: LogOutputChannel): Server {
  const listeners: ((status: StatusParams) => void)[] = [];
  const item = languages.createLanguageStatusItem('tapeLens.analysis', documentSelector);
  item.name = 'Tape Lens';
  item.text = 'Tape Lens';
  item.command = { command: 'tapeLens.showLogs', title: l10n.t('Show Logs') };
  const heard = (status: StatusParams): void => {
    item.severity = severities[status.state];
    item.detail = status.message || l10n.t('{0} gradient calls, {1} problems', status.gradientCalls, status.problems);
    for (const listener of listeners) listener(status);
  };
  let loading: Promise<LanguageClient> | null = null;
  const load = (): Promise<LanguageClient> => (loading ??= createClient(context, log, heard));
  return {
    start: async () => (await load()).start(),
    restart: async () => {
      log.info('restarting the language server');
      const client = await load();
      // A client that is starting cannot be stopped: then this waits for it.
      if (client.isRunning()) await client.restart();
      else await client.start();
    },
    explain: async (uri, position) => {
      try {
        const client = await load();
        const params: ExplainParams = { textDocument: { uri: client.code2ProtocolConverter.asUri(uri) }, ...(position && { position }) };
        return await client.sendRequest<ExplainResult>(explainRequest, params);
      } catch (error) {
        log.warn(`${explainRequest}: ${String(error)}`);
        return null;
      }
    },
    onStatus: (listener) => void listeners.push(listener),
    dispose: () => {
      item.dispose();
      // While it is still starting it cannot be stopped; the process then ends with its connection.
      loading?.then((client) => client.dispose()).catch((error: unknown) => log.debug(String(error)));
    },
  };
}

/** Loading the client's library takes longer than all the rest of the extension: it waits until the extension is active. */
async function createClient(
  context: ExtensionContext,
  log: LogOutputChannel,
  heard: (status: StatusParams) => void,
): Promise<LanguageClient> {
  await new Promise((resolve) => setImmediate(resolve));
  const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
  const module = context.asAbsolutePath('dist/server.cjs');
  const client = new LanguageClient(
    SECTION,
    'Tape Lens',
    {
      run: { module, transport: TransportKind.ipc, options: { execArgv: [...serverArguments] } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: [...serverArguments, '--inspect=6199'] } },
    },
    { documentSelector, outputChannel: log },
  );
  client.onNotification(statusNotification, heard);
  return client;
}

/** Half-typed text is no reason to draw the eye to the status bar. */
const severities: Readonly<Record<StatusParams['state'], LanguageStatusSeverity>> = {
  current: LanguageStatusSeverity.Information,
  stale: LanguageStatusSeverity.Information,
  partial: LanguageStatusSeverity.Warning,
  'too large': LanguageStatusSeverity.Warning,
  failed: LanguageStatusSeverity.Error,
};
