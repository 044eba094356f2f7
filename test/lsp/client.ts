// A plain JSON-RPC client: starts the built server over stdio, frames messages by hand, and uses no library of VS Code.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}
export interface Diagnostic {
  readonly range: Range;
  readonly severity: number;
  readonly code: string;
  readonly codeDescription?: { readonly href: string };
  readonly source: string;
  readonly message: string;
  readonly relatedInformation?: readonly { readonly location: { readonly uri: string; readonly range: Range }; readonly message: string }[];
}
export interface CodeAction {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred?: boolean;
  readonly diagnostics?: readonly Diagnostic[];
  readonly edit: {
    readonly documentChanges?: readonly {
      readonly textDocument: { readonly uri: string; readonly version: number };
      readonly edits: readonly TextEdit[];
    }[];
    readonly changes?: Readonly<Record<string, readonly TextEdit[]>>;
  };
}
export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** How long an answer may take before the test gives up. */
const PATIENCE = 50_000;

export class Client {
  /** What `workspace/configuration` is answered with: the object below `tapeLens`. */
  settings: unknown = {};
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  readonly log: string[] = [];
  exitCode: number | null = null;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly answers = new Map<number, (message: Message) => void>();
  private readonly listeners = new Set<() => void>();
  private buffer = Buffer.alloc(0);
  private nextId = 1;

  constructor() {
    const server = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));
    if (!existsSync(server)) throw new Error(`${server} is not there: run "npm run build" first`);
    this.child = spawn(process.execPath, [server, '--stdio']);
    this.child.stdout.on('data', (chunk: Buffer) => this.receive(chunk));
    this.child.stderr.on('data', (chunk: Buffer) => this.log.push(chunk.toString()));
    this.child.on('exit', (code) => {
      this.exitCode = code ?? -1;
      this.wake();
    });
  }

  async start(options: { readonly capabilities?: object; readonly initializationOptions?: object } = {}): Promise<Record<string, unknown>> {
    const capabilities = options.capabilities ?? {
      workspace: { configuration: true, workspaceEdit: { documentChanges: true }, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: { publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true } },
    };
    const result = await this.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions: options.initializationOptions,
    });
    this.notify('initialized', {});
    return result as Record<string, unknown>;
  }

  async stop(): Promise<void> {
    if (this.exitCode !== null) return;
    await this.request('shutdown', undefined);
    this.notify('exit', undefined);
    await this.until(() => this.exitCode !== null, 'the server to exit');
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${method}; log: ${this.log.join('').slice(-2000)}`)), PATIENCE);
      this.answers.set(id, ({ result, error }) => {
        clearTimeout(timer);
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${error.message} (${error.code})`));
      });
      this.send({ jsonrpc: '2.0', id, method, params });
    });
  }

  notify(method: string, params: unknown): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  open(uri: string, text: string, languageId = 'python', version = 1): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  change(uri: string, version: number, ...contentChanges: readonly (TextEdit | { readonly text: string })[]): void {
    const changes = contentChanges.map((one) => ('newText' in one ? { range: one.range, text: one.newText } : one));
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: changes });
  }

  /** The diagnostics of one version of a document, without the hints that only repeat them at their cause. */
  async diagnostics(uri: string, version = 1): Promise<readonly Diagnostic[]> {
    return (await this.published(uri, version)).filter((diagnostic) => diagnostic.severity !== 4);
  }

  async published(uri: string, version = 1): Promise<readonly Diagnostic[]> {
    const find = (): Published | undefined =>
      this.notifications
        .filter(({ method }) => method === 'textDocument/publishDiagnostics')
        .map(({ params }) => params as Published)
        .findLast((params) => params.uri === uri && params.version === version);
    await this.until(() => find() !== undefined, `diagnostics of ${uri} version ${version}`);
    return find()?.diagnostics ?? [];
  }

  async notified(method: string, wanted: (params: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    const find = () =>
      this.notifications
        .filter((one) => one.method === method)
        .map((one) => one.params as Record<string, unknown>)
        .findLast(wanted);
    await this.until(() => find() !== undefined, method);
    return find() ?? {};
  }

  /** Bytes that are no message. */
  sendRaw(text: string): void {
    this.child.stdin.write(text);
  }

  private send(message: object): void {
    const body = Buffer.from(JSON.stringify(message), 'utf8');
    this.child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.child.stdin.write(body);
  }

  private receive(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const headerEnd = this.buffer.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.buffer.subarray(0, headerEnd).toString())?.[1]);
      if (!Number.isInteger(length)) throw new Error(`a message without a length: ${this.buffer.subarray(0, headerEnd).toString()}`);
      if (this.buffer.length < headerEnd + 4 + length) return;
      const message = JSON.parse(this.buffer.subarray(headerEnd + 4, headerEnd + 4 + length).toString()) as Message;
      this.buffer = this.buffer.subarray(headerEnd + 4 + length);
      this.handle(message);
    }
  }

  private handle(message: Message): void {
    if (message.method === undefined) {
      const answer = this.answers.get(Number(message.id));
      this.answers.delete(Number(message.id));
      answer?.(message);
    } else if (message.id !== undefined) {
      const items = (message.params as { items?: unknown[] } | undefined)?.items ?? [];
      this.send({
        jsonrpc: '2.0',
        id: message.id,
        result: message.method === 'workspace/configuration' ? items.map(() => this.settings) : null,
      });
    } else {
      if (message.method === 'window/logMessage') this.log.push(`${(message.params as { message: string }).message}\n`);
      this.notifications.push({ method: message.method, params: message.params });
    }
    this.wake();
  }

  private wake(): void {
    for (const listener of this.listeners) listener();
  }

  private until(done: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.listeners.delete(listen);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`waited in vain for ${what}; log: ${this.log.join('').slice(-2000)}`));
      }, PATIENCE);
      const listen = (): void => {
        if (!done()) return;
        stop();
        resolve();
      };
      this.listeners.add(listen);
      listen();
    });
  }
}

/** Where something is written. */
export function positionOf(text: string, written: string, offset = 0): Position {
  const at = text.indexOf(written);
  if (at < 0) throw new Error(`the text does not contain ${written}`);
  const before = text.slice(0, at + offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

export function rangeOf(text: string, written: string): Range {
  return { start: positionOf(text, written), end: positionOf(text, written, written.length) };
}

export function textIn(text: string, range: Range): string {
  const lines = text.split('\n');
  const offset = (position: Position) => lines.slice(0, position.line).reduce((sum, line) => sum + line.length + 1, 0) + position.character;
  return text.slice(offset(range.start), offset(range.end));
}

/** A text after edits, as an editor applies them. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = (position: Position) => lines.slice(0, position.line).reduce((sum, line) => sum + line.length + 1, 0) + position.character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((after, edit) => after.slice(0, offset(edit.range.start)) + edit.newText + after.slice(offset(edit.range.end)), text);
}
