// The panels that show Hessians, one for each document: made, filled, restored after a reload.
import { readFileSync } from 'node:fs';
import { l10n, Uri, ViewColumn, window, type Disposable, type ExtensionContext, type LogOutputChannel, type WebviewPanel } from 'vscode';
import { renderPanel } from '../webview/page.ts';
import type { FromPage, Subject, ToPage } from '../webview/messages.ts';
import { readPageMessage } from './pageMessages.ts';

export const PANEL_TYPE = 'tapeLens.hessian';

export interface Panels extends Disposable {
  /** The document's panel, brought to the front or made beside the editor. */
  open(subject: Subject): Panel;
}

export interface Panel {
  show(message: ToPage): void;
  /** A computation of its own; the one before is cancelled and has no more say. */
  start(): Run;
}

export interface Run {
  /** Aborted when the user cancels in the panel or closes it, or when a newer run takes the panel. */
  readonly signal: AbortSignal;
  cancel(): void;
  /** Shows the message unless a newer run has taken the panel. */
  show(message: ToPage): void;
}

export interface PanelActions {
  /** Everything that the page asks for except what the panel does itself. */
  act(message: Exclude<FromPage, { kind: 'ready' | 'cancel' }>, subject: Subject): void;
}

export function createPanels(context: ExtensionContext, log: LogOutputChannel, actions: PanelActions): Panels {
  const panels = new Map<string, { readonly view: WebviewPanel; readonly panel: Panel }>();

  const fill = (view: WebviewPanel, first: ToPage): Panel => {
    let last = first;
    let current: AbortController | null = null;
    const { uri } = first.subject;
    view.iconPath = Uri.joinPath(context.extensionUri, 'images', 'icon.png');
    view.webview.options = { enableScripts: true, localResourceRoots: [] };
    view.webview.onDidReceiveMessage((data: unknown) => {
      const message = readPageMessage(data);
      if (!message) log.warn('a message from the panel was not understood');
      else if (message.kind === 'ready') void view.webview.postMessage(last);
      else if (message.kind === 'cancel') current?.abort();
      else actions.act(message, last.subject);
    });
    view.onDidDispose(() => {
      current?.abort();
      panels.delete(uri);
    });
    // The page says that it is ready, and is then sent the last message: the first time, and whenever it was hidden.
    view.webview.html = renderPanel(titleOf(first.subject), webviewFile(context, 'panel.js'), webviewFile(context, 'panel.css'));
    const panel: Panel = {
      show: (message) => {
        void view.webview.postMessage(addsTo(last, message) ? { ...message, kind: 'update', blocks: undefined } : message);
        last = message;
      },
      start: () => {
        current?.abort();
        const own = new AbortController();
        current = own;
        return {
          signal: own.signal,
          cancel: () => own.abort(),
          show: (message) => {
            if (current === own && panels.has(uri)) panel.show(message);
          },
        };
      },
    };
    panels.set(uri, { view, panel });
    return panel;
  };

  const serializer = window.registerWebviewPanelSerializer(PANEL_TYPE, {
    deserializeWebviewPanel: (view, state: unknown) => {
      const subject = readSubject(state);
      if (subject && !panels.has(subject.uri)) fill(view, { kind: 'idle', subject });
      else view.dispose();
      return Promise.resolve();
    },
  });

  return {
    open: (subject) => {
      const known = panels.get(subject.uri);
      if (known) {
        known.view.reveal(undefined, true);
        return known.panel;
      }
      const view = window.createWebviewPanel(PANEL_TYPE, titleOf(subject), { viewColumn: ViewColumn.Beside, preserveFocus: true });
      return fill(view, { kind: 'running', subject, progress: { stage: 'starting', done: 0, total: 0 } });
    },
    // The views stay: the window closes them itself where it has to, and gets back those that were open when it was reloaded.
    dispose: () => serializer.dispose(),
  };
}

/** Whether all that is new is told beside the numbers, which the page has already. */
function addsTo(shown: ToPage, message: ToPage): boolean {
  return shown.kind === 'result' && message.kind === 'result' && shown.isPart && shown.blocks === message.blocks;
}

function titleOf(subject: Subject): string {
  return l10n.t('Hessian: {0}', subject.file);
}

function webviewFile(context: ExtensionContext, name: string): string {
  return readFileSync(Uri.joinPath(context.extensionUri, 'dist', 'webview', name).fsPath, 'utf8');
}

/** What the page has kept of a panel from before a reload. */
function readSubject(state: unknown): Subject | null {
  if (typeof state !== 'object' || state === null || !('subject' in state)) return null;
  const { subject } = state;
  if (typeof subject !== 'object' || subject === null || !('file' in subject) || !('uri' in subject)) return null;
  const { file, uri } = subject;
  if (typeof file !== 'string' || typeof uri !== 'string' || uri === '') return null;
  const line = 'line' in subject && typeof subject.line === 'number' ? subject.line : null;
  return { file, uri, line };
}
