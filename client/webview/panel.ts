// The page's script: shows the result that is embedded in the page, or what the extension sends.
import { element } from './elements.ts';
import type { ExportFormat, FromPage, Subject, ToPage } from './messages.ts';
import { receive, receiveEmbedded } from './receive.ts';
import { resultPage, type ResultPage } from './result.ts';
import { statePage } from './states.ts';
import { followTheme } from './theme.ts';

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare const acquireVsCodeApi: undefined | (() => EditorApi);

const main = document.getElementById('page') ?? document.body.appendChild(element('main', { id: 'page' }));
const editor = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : null;
const send = editor && ((message: FromPage): void => editor.postMessage(message));
let shown: ResultPage | null = null;

function show(message: ToPage): void {
  if (message.kind === 'result') {
    performance.mark('tape-lens-received');
    shown = resultPage(message, send, save);
    main.replaceChildren(shown.page);
    shown.layOut();
    performance.measure('tape-lens-painted', 'tape-lens-received');
    requestAnimationFrame(() => performance.mark('tape-lens-presented'));
    return;
  }
  if (message.kind === 'update') {
    // Without the numbers there is nothing to add to: they are asked for.
    if (!shown) return send?.({ kind: 'ready' });
    shown.update(message);
    shown.layOut();
    return;
  }
  shown = null;
  if (!send) return;
  const isSameState = message.kind === 'running' && main.firstElementChild?.classList.contains('running');
  const hadFocus = isSameState && main.contains(document.activeElement);
  main.replaceChildren(statePage(message, send));
  // Progress redraws the page: the focus stays on its only button.
  if (hadFocus) main.querySelector('button')?.focus();
}

function save(format: ExportFormat, name: string, bytes: Uint8Array): void {
  if (send) {
    send({ kind: 'save', format, name, bytes });
    return;
  }
  const anchor = element('a');
  anchor.href = URL.createObjectURL(new Blob([bytes.slice()]));
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}

followTheme(() => shown?.layOut());
let laidOutWidth = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === laidOutWidth && !shown) return;
  laidOutWidth = innerWidth;
  shown?.layOut();
});

const embedded = document.getElementById('tape-lens-data');
if (embedded) {
  const message = receiveEmbedded(embedded.textContent ?? '');
  if (message) show(message);
  else
    main.replaceChildren(
      element(
        'p',
        { class: 'state failed' },
        'This file holds no Hessian that can be shown: make it again with tape-lens hessian --format html.',
      ),
    );
} else {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = receive(event.data);
    if (!message) {
      console.error('Tape Lens: a message from the extension was not understood');
      return;
    }
    // What the panel is about, so that the extension can restore it after a reload: from the first message on, it may come while the program runs.
    keep(message.subject);
    show(message);
  });
  send?.({ kind: 'ready' });
}

function keep(subject: Subject): void {
  const state = asFields(editor?.getState());
  if (JSON.stringify(subject) !== JSON.stringify('subject' in state ? state.subject : null)) editor?.setState({ ...state, subject });
}

function asFields(state: unknown): object {
  return typeof state === 'object' && state !== null ? state : {};
}
