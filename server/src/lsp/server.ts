// The language server: puts requests, documents and settings together. It is the one place where an exception is caught, logged and answered.
import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  NotebookDocuments,
  PositionEncodingKind,
  TextDocumentSyncKind,
  TextDocuments,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse, empty, type Analysis, type Analyzer } from './analysis.ts';
import { codeActions } from './code-action.ts';
import { codeLenses } from './code-lens.ts';
import type { ClientAbilities, RequestContext } from './context.ts';
import { diagnostics } from './diagnostics.ts';
import { explain } from './explain.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hint.ts';
import { explainRequest, fixAllKind, statusNotification, type ExplainParams, type ExplainResult, type StatusParams } from './protocol.ts';
import { asRecord, defaultSettings, readSettings, type Settings } from './settings.ts';
import { documentSource, notebookSource, type Source } from './source.ts';

export interface ServerParts {
  /** Ready once the grammars are loaded; requests wait for it. */
  readonly analyzer: Promise<Analyzer>;
  /** The rule's page on this machine. */
  readonly pageUrl: (code: string) => string | null;
  readonly version: string;
}

/** An analysis slower than this is not started at every keystroke. */
const INSTANT = 20;
const LONGEST_WAIT = 1000;

export function startServer(connection: Connection, parts: ServerParts): void {
  const documents = new TextDocuments(TextDocument);
  const notebooks = new NotebookDocuments(TextDocument);
  /** How often each notebook has changed: cells have versions of their own. */
  const notebookVersions = new Map<string, number>();
  const analyses = new Map<string, Analysis>();
  const settings = new Map<string, Promise<Settings>>();
  const timers = new Map<string, NodeJS.Timeout>();
  const costs = new Map<string, number>();
  let client: ClientAbilities = { relatedInformation: false, codeDescription: false, versionedEdits: false };
  let answersConfiguration = false;
  let registersConfiguration = false;
  let refreshesLenses = false;
  let refreshesHints = false;
  let pushes = true;
  let rulePages: string | null = null;
  let globalSettings = defaultSettings;

  const log = (what: string, error: unknown): void => {
    connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };

  /** A handler that throws is logged and answered empty: one bad request never costs the session. */
  const guarded = async <T>(what: string, otherwise: T, handle: () => Promise<T>): Promise<T> => {
    try {
      return await handle();
    } catch (error) {
      log(what, error);
      return otherwise;
    }
  };

  const link = (code: string): string | null => (rulePages === null ? parts.pageUrl(code) : `${rulePages}${code}.md`);

  const settingsOf = (uri: string): Promise<Settings> => {
    if (!answersConfiguration) return Promise.resolve(globalSettings);
    let known = settings.get(uri);
    if (known === undefined) {
      known = connection.workspace.getConfiguration({ scopeUri: uri, section: 'tapeLens' }).then(readSettings, (error: unknown) => {
        log('reading the settings', error);
        return defaultSettings;
      });
      settings.set(uri, known);
    }
    return known;
  };

  /** What a document, a cell or a notebook belongs to, as it is now. */
  const sourceOf = (uri: string): Source | null => {
    const document = documents.get(uri);
    if (document !== undefined) return documentSource(document);
    const notebook = notebooks.getNotebookDocument(uri) ?? notebooks.findNotebookDocumentForCell(uri);
    if (notebook === undefined) return null;
    const cells = notebook.cells.flatMap((cell) => notebooks.getCellTextDocument(cell) ?? []);
    return notebookSource(
      notebook.uri,
      notebookVersions.get(notebook.uri) ?? 0,
      cells.filter(({ languageId }) => languageId === 'python'),
    );
  };

  /** The document with the analysis of its source's present version: the one at hand, or a new one. For a notebook, its first cell. */
  const contextOf = async (uri: string): Promise<RequestContext | null> => {
    const analyzer = await parts.analyzer;
    const own = await settingsOf(sourceOf(uri)?.uri ?? uri);
    const source = sourceOf(uri);
    if (source === null) return null;
    const piece = source.pieces.find(({ document }) => document.uri === uri) ?? source.pieces[0];
    const known = analyses.get(source.uri);
    const analysis = known?.version === source.version ? known : renew(source, known ?? null, analyzer, own);
    return { document: piece.document, source, analysis, settings: own, client, link };
  };

  const renew = (source: Source, before: Analysis | null, analyzer: Analyzer, own: Settings): Analysis => {
    const { uri, text, version, languageId, pieces } = source;
    const revision = { text, version, languageId, ...(languageId === 'notebook' && { cells: pieces.map(({ start }) => start) }) };
    const started = performance.now();
    let analysis: Analysis;
    try {
      analysis = analyse(revision, before, analyzer, own, (code, error) => log(`rule ${code} in ${uri}`, error));
    } catch (error) {
      log(`analysing ${uri}`, error);
      analysis = { ...empty(revision, 'failed'), good: before?.good ?? null };
    }
    costs.set(uri, performance.now() - started);
    analyses.set(uri, analysis);
    return analysis;
  };

  /** Of a document, or of every cell of a notebook. */
  const publish = (uri: string): Promise<void> =>
    guarded(`diagnostics of ${uri}`, undefined, async () => {
      const context = await contextOf(uri);
      if (context === null) return;
      for (const { document } of context.source.pieces) {
        if (pushes)
          await connection.sendDiagnostics({
            uri: document.uri,
            version: document.version,
            diagnostics: diagnostics({ ...context, document }),
          });
        await connection.sendNotification(statusNotification, statusOf(document.uri, context.analysis));
      }
    });

  const schedule = (uri: string): void => {
    clearTimeout(timers.get(uri));
    const cost = costs.get(uri) ?? 0;
    const wait = cost < INSTANT ? 0 : Math.min(LONGEST_WAIT, 3 * cost);
    timers.set(
      uri,
      setTimeout(() => {
        timers.delete(uri);
        void publish(uri);
      }, wait),
    );
  };

  /** No problems any more for documents that are gone. */
  const clear = (uris: readonly string[]): void => {
    if (pushes) for (const uri of uris) void connection.sendDiagnostics({ uri, diagnostics: [] });
  };

  const forget = (uri: string, shown: readonly string[]): void => {
    clearTimeout(timers.get(uri));
    for (const kept of [timers, analyses, settings, costs, notebookVersions]) kept.delete(uri);
    clear(shown);
  };

  const settingsChanged = (): void => {
    settings.clear();
    for (const [uri, known] of analyses) {
      analyses.set(uri, { ...known, version: -1 });
      schedule(uri);
    }
    if (refreshesLenses) void guarded('refreshing code lenses', undefined, () => connection.sendRequest(CodeLensRefreshRequest.type));
    if (refreshesHints) void guarded('refreshing inlay hints', undefined, () => connection.languages.inlayHint.refresh());
  };

  connection.onInitialize((params): InitializeResult => {
    const options = asRecord(params.initializationOptions);
    const { workspace, textDocument } = params.capabilities;
    client = abilities(params);
    answersConfiguration = workspace?.configuration === true;
    registersConfiguration = workspace?.didChangeConfiguration?.dynamicRegistration === true;
    refreshesLenses = workspace?.codeLens?.refreshSupport === true;
    refreshesHints = workspace?.inlayHint?.refreshSupport === true;
    // A client that can do both would show everything twice; pushing is quicker.
    pushes = textDocument?.publishDiagnostics !== undefined || textDocument?.diagnostic === undefined;
    rulePages = typeof options['rulePages'] === 'string' ? options['rulePages'] : null;
    globalSettings = readSettings(options['settings']);
    return {
      serverInfo: { name: 'Tape Lens', version: parts.version },
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        notebookDocumentSync: { notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }] },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix', fixAllKind] },
        codeLensProvider: { resolveProvider: false },
        inlayHintProvider: true,
        ...(pushes ? {} : { diagnosticProvider: { identifier: 'tape-lens', interFileDependencies: false, workspaceDiagnostics: false } }),
      },
    };
  });

  connection.onInitialized(() => {
    if (!registersConfiguration) return;
    void guarded('registering for settings', undefined, async () => {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'tapeLens' });
    });
  });

  connection.onDidChangeConfiguration((change) => {
    const sent = asRecord(change.settings)['tapeLens'];
    if (sent !== undefined) globalSettings = readSettings(sent);
    settingsChanged();
  });

  documents.onDidChangeContent(({ document }) => schedule(document.uri));
  documents.onDidClose(({ document }) => forget(document.uri, [document.uri]));

  const notebookChanged = (uri: string): void => {
    notebookVersions.set(uri, (notebookVersions.get(uri) ?? 0) + 1);
    schedule(uri);
  };
  notebooks.onDidOpen(({ uri }) => notebookChanged(uri));
  notebooks.onDidChange(({ notebookDocument, cells }) => {
    clear(cells?.removed.map(({ document }) => document) ?? []);
    if (cells !== undefined) notebookChanged(notebookDocument.uri);
  });
  notebooks.onDidClose(({ uri, cells }) =>
    forget(
      uri,
      cells.map(({ document }) => document),
    ),
  );

  /** Answers a request about a document, at its present version. */
  const answer = <T>(what: string, uri: string, otherwise: T, handle: (context: RequestContext) => T): Promise<T> =>
    guarded(`${what} in ${uri}`, otherwise, async () => {
      const context = await contextOf(uri);
      return context === null ? otherwise : handle(context);
    });

  connection.onHover(({ textDocument, position }) =>
    answer('hover', textDocument.uri, null, (context) => (context.settings.enable ? hover(context, position) : null)),
  );
  connection.onCodeAction((params) =>
    answer('code action', params.textDocument.uri, [], (context) => (context.settings.enable ? codeActions(context, params) : [])),
  );
  connection.onCodeLens(({ textDocument }) => answer('code lens', textDocument.uri, [], codeLenses));
  connection.languages.inlayHint.on(({ textDocument, range }) =>
    answer('inlay hints', textDocument.uri, [], (context) => inlayHints(context, range)),
  );
  connection.languages.diagnostics.on(async ({ textDocument }) => ({
    kind: 'full',
    items: await answer('diagnostics', textDocument.uri, [], diagnostics),
  }));
  connection.onRequest(explainRequest, (params: ExplainParams): Promise<ExplainResult> =>
    answer(
      'explain',
      String(asRecord(asRecord(params)['textDocument'])['uri']),
      { version: 1, calls: [], reasons: [], markdown: '' },
      (context) => explain(context, params),
    ),
  );

  documents.listen(connection);
  notebooks.listen(connection);
  connection.listen();
}

function abilities(params: InitializeParams): ClientAbilities {
  const { workspace, textDocument } = params.capabilities;
  return {
    relatedInformation: (textDocument?.publishDiagnostics ?? textDocument?.diagnostic)?.relatedInformation === true,
    codeDescription: (textDocument?.publishDiagnostics ?? textDocument?.diagnostic)?.codeDescriptionSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
  };
}

function statusOf(uri: string, analysis: Analysis): StatusParams {
  const messages: Readonly<Record<StatusParams['state'], string>> = {
    current: '',
    stale: 'The text does not parse at the moment: the last good answers are shown.',
    partial: 'The analysis ran out of its budget (tapeLens.budget): what is shown is right, but not complete.',
    'too large': 'The file is too large to be analysed.',
    failed: 'The analysis failed; the log says why.',
  };
  const { version, state, problems, subject } = analysis;
  return { uri, version, state, message: messages[state], gradientCalls: subject.facts.calls.length, problems: problems.length };
}
