// The page when there is no result: running, cancelled, failed, nothing found, untrusted, restored.
import type { Failure, Progress } from '../../runtime/src/host/protocol.ts';
import { button, element, inlineLink, link, withCode, type Child } from './elements.ts';
import type { FromPage, Subject, ToPage } from './messages.ts';
import { countText } from './numbers.ts';
import { outputDetails } from './summary.ts';

type Send = (message: FromPage) => void;
type Waiting = Exclude<ToPage, { kind: 'result' | 'update' }>;

export function statePage(message: Waiting, send: Send): HTMLElement {
  switch (message.kind) {
    case 'running':
      return runningPage(message.subject, message.progress, send);
    case 'cancelled':
      return notice(
        'cancelled',
        'Cancelled',
        `${place(message.subject)}: the computation was ended before it had a result.`,
        again('Compute again', send),
      );
    case 'untrusted':
      return notice(
        'untrusted',
        'This workspace is not trusted',
        'Computing a Hessian runs the program, so it needs a trusted workspace. Problems, hovers and quick fixes work without.',
        button('Manage Workspace Trust', () => send({ kind: 'manageTrust' }), { class: 'primary' }),
        again('Try again', send),
      );
    case 'nothing':
      return notice('nothing', 'Nothing to compute', message.message, again('Try again', send));
    case 'idle':
      return notice(
        'idle',
        'Hessian',
        `${place(message.subject)}: nothing runs by itself after a reload of the window.`,
        again('Compute again', send, true),
      );
    case 'failed':
      return failedPage(message, send);
  }
}

function runningPage(subject: Subject, progress: Progress, send: Send): HTMLElement {
  const bar = element('progress', { 'aria-label': 'Progress' });
  if (progress.total > 0) {
    bar.max = progress.total;
    bar.value = progress.done;
  }
  const counted = progress.total > 0 ? ` (${countText(progress.done)} of ${countText(progress.total)} directions)` : '';
  return element(
    'section',
    { class: 'state running' },
    element('h1', {}, `Computing the Hessian, ${place(subject)}`),
    element('p', { role: 'status' }, `${stageText(progress.stage)}${counted} …`),
    bar,
    element(
      'p',
      {},
      button('Cancel', () => send({ kind: 'cancel' })),
    ),
  );
}

function stageText(stage: Progress['stage']): string {
  switch (stage) {
    case 'asking':
      return 'A notification asks whether tfjs-node may run: waiting for the answer';
    case 'starting':
      return 'Starting the runtime';
    case 'running':
      return 'Running the program';
    case 'recording':
      return 'Recording the operations';
    case 'differentiating':
      return 'Differentiating';
    case 'checking':
      return 'Checking the result';
  }
}

const FAILURES: Readonly<Record<Failure['kind'], string>> = {
  snippet: 'The program raised an error',
  unreached: 'The program never reached this call',
  timeout: 'The program took too long',
  memory: 'The program needed too much memory',
  cancelled: 'Cancelled',
  unsupported: 'The program uses something that Tape Lens does not support yet',
  crashed: 'The runtime ended unexpectedly',
  engine: 'The engine could not be started',
};

function failedPage({ error, place: where, nextStep, output }: Extract<ToPage, { kind: 'failed' }>, send: Send): HTMLElement {
  const { file, line } = error;
  const typed = error.type ? `${error.type}: ${error.message}` : error.message;
  return element(
    'section',
    { class: `state failed ${error.kind}`, role: 'alert' },
    element('h1', {}, FAILURES[error.kind]),
    element('p', { class: 'message' }, ...withCode(typed)),
    line !== undefined &&
      where !== null &&
      element(
        'p',
        {},
        link(`Go to ${where}`, () => send({ kind: 'reveal', file: file ?? null, line })),
      ),
    nextStep !== null && element('p', { class: 'next' }, nextStep),
    error.traceback !== undefined &&
      element('pre', { class: 'traceback', tabindex: '0', 'aria-label': 'Traceback' }, ...tracebackParts(error.traceback, send)),
    output !== '' && outputDetails(output),
    element('p', {}, again('Compute again', send)),
  );
}

/** The traceback with a link at each place of a file that it names: Python's `File "a.py", line 3` and JavaScript's `a.js:3:7`. */
function tracebackParts(traceback: string, send: Send): Child[] {
  const parts: Child[] = [];
  let end = 0;
  for (const match of traceback.matchAll(/File "([^"]+)", line (\d+)|([^\s()"]+\.[cm]?[jt]sx?):(\d+)(?::\d+)?/g)) {
    const file = match[1] ?? match[3] ?? '';
    const line = Number(match[2] ?? match[4]);
    parts.push(
      traceback.slice(end, match.index),
      inlineLink(match[0].replace(file, file.split(/[\\/]/).at(-1) ?? file), () => send({ kind: 'reveal', file, line }), { title: file }),
    );
    end = match.index + match[0].length;
  }
  parts.push(traceback.slice(end));
  return parts;
}

function notice(kind: string, title: string, text: string, ...actions: readonly Child[]): HTMLElement {
  return element(
    'section',
    { class: `state ${kind}`, role: 'status' },
    element('h1', {}, title),
    element('p', {}, ...withCode(text)),
    element('p', { class: 'actions' }, ...actions),
  );
}

function again(label: string, send: Send, isFirst = false): HTMLElement {
  return button(label, () => send({ kind: 'again' }), isFirst ? { class: 'primary' } : {});
}

function place(subject: Subject): string {
  return subject.line === null ? subject.file : `${subject.file}, line ${subject.line}`;
}
