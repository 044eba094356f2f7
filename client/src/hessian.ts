// "Compute Hessian": finds the call, runs the program in the runtime's process, shows the panel.
import { l10n, NotebookCellKind, ProgressLocation, Uri, window, workspace, type NotebookCell, type TextDocument } from 'vscode';
import type { Failure, HessianAnswer, Progress } from '../../runtime/src/host/protocol.ts';
import type { Subject, ToPage } from '../webview/messages.ts';
import { placeText, programOf, type Program } from './program.ts';
import { reasonsOf, withReason } from './reason.ts';
import type { Session } from './session.ts';
import { runSettings } from './settings.ts';

/** A call in a document, from 1; without a line the program's last second-order call. */
export interface HessianCall {
  readonly document: TextDocument;
  readonly line?: number;
  readonly column?: number;
}

/** The call that a code lens names (uri, line, column), or the one at the cursor. */
export async function findCall(session: Session, uri: unknown, line: unknown, column: unknown): Promise<HessianCall | null> {
  if (typeof uri === 'string') {
    const document = await workspace.openTextDocument(Uri.parse(uri, true));
    return { document, ...(typeof line === 'number' && { line }), ...(typeof column === 'number' && { column }) };
  }
  const editor = window.activeTextEditor;
  const cell = selectedCell();
  if (!editor && cell) return { document: cell.document };
  if (!editor) {
    void window.showInformationMessage(l10n.t('Open the file whose Hessian is to be computed, then run this command again.'));
    return null;
  }
  const { document } = editor;
  const explained = await session.server.explain(document.uri, editor.selection.active);
  const call = explained?.calls[0];
  return call ? { document, line: call.line, column: call.column } : { document };
}

/** The selected code cell of a notebook, where none is being edited. */
function selectedCell(): NotebookCell | undefined {
  const editor = window.activeNotebookEditor;
  return editor?.notebook.getCells(editor.selection).find(({ kind }) => kind === NotebookCellKind.Code);
}

/** From here on a computation is long, and has a notification of its own. */
const LONG_MILLISECONDS = 1000;

export async function computeHessian(session: Session, call: HessianCall): Promise<void> {
  const program = programOf(call.document);
  if (typeof program === 'string') {
    void window.showWarningMessage(program);
    return;
  }
  const subject: Subject = { file: program.nameOf(call.document.uri), uri: call.document.uri.toString(), line: call.line ?? null };
  const panel = session.panels.open(subject);
  if (!workspace.isTrusted) {
    panel.show({ kind: 'untrusted', subject });
    return;
  }
  const run = panel.start();
  const started = performance.now();
  let tell: (progress: Progress) => void = () => {};
  /** A part of the result, whose page says itself that there is more to come. */
  let isShown = false;
  const onProgress = (progress: Progress): void => {
    if (run.signal.aborted) return;
    tell(progress);
    if (!isShown) run.show({ kind: 'running', subject, progress });
  };
  onProgress({ stage: 'starting', done: 0, total: 0 });
  const computing = compute(session, program, call, {
    ...{ subject, signal: run.signal, onProgress },
    onPart: (message) => {
      isShown = true;
      run.show(message);
    },
  });
  // The panel shows progress from the start; only one that takes longer deserves a notification.
  const notifying = setTimeout(() => {
    const title = l10n.t('Computing the Hessian in {0}', program.name);
    void window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (notification, token) => {
      token.onCancellationRequested(() => run.cancel());
      tell = (progress) => notification.report({ message: stageText(progress) });
      await computing;
    });
  }, LONG_MILLISECONDS);
  const message = await computing;
  clearTimeout(notifying);
  session.log.info(`Hessian of ${program.name}: ${message.kind}, ${Math.round(performance.now() - started)} ms`);
  run.show(message);
}

/** Who is told of a computation. */
interface Watching {
  readonly subject: Subject;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onPart: (message: ToPage) => void;
}

async function compute(
  session: Session,
  program: Program,
  call: HessianCall,
  { subject, signal, onProgress, onPart }: Watching,
): Promise<ToPage> {
  const { engine, timeoutSeconds, denseLimit } = runSettings(program.uri);
  const { document, line, column } = call;
  const request = {
    ...program.snippet,
    engine,
    timeoutSeconds,
    denseLimit,
    eigenvalues: true,
    ...(line !== undefined && { line: program.lineOf(document.uri, line) }),
    ...(column !== undefined && { column }),
  };
  try {
    const explaining = session.server.explain(document.uri);
    const describe = async (answer: HessianAnswer, isPart: boolean): Promise<ToPage> => {
      const place = program.placeOf(answer.result.call.line);
      // In a notebook the call may be in another cell than the one that was asked about.
      const isHere = place.uri.toString() === document.uri.toString();
      const there = await (isHere ? explaining : session.server.explain(place.uri));
      return resultMessage(answer, program, place.line, subject, there ?? { calls: [], reasons: [] }, isPart);
    };
    let parts = Promise.resolve();
    const reply = await session.host().hessian(request, {
      signal,
      onProgress,
      onPart: (answer) => (parts = parts.then(async () => onPart(await describe(answer, true)))),
    });
    await parts;
    const explained = await explaining;
    if (reply.ok) return await describe(reply, false);
    if (reply.error.kind === 'cancelled' || signal.aborted) return { kind: 'cancelled', subject };
    if (reply.error.kind === 'unreached' && line === undefined && explained?.calls.length === 0) {
      return { kind: 'nothing', subject, message: l10n.t('{0} holds no gradient call that Tape Lens knows.', program.name) };
    }
    return failureMessage(reply.error, reply.output.text, program, subject);
  } catch (error) {
    session.log.error(error instanceof Error ? error : String(error));
    const message = error instanceof Error ? error.message : String(error);
    return failureMessage({ kind: 'crashed', message }, '', program, subject);
  }
}

function resultMessage(
  reply: HessianAnswer,
  program: Program,
  line: number,
  subject: Subject,
  explained: Parameters<typeof reasonsOf>[1],
  isPart: boolean,
): ToPage {
  const result = withReason(reply.result, explained.calls, line);
  return {
    kind: 'result',
    subject,
    result,
    reasons: reasonsOf(reply.result, explained, line),
    place: placeText(program, result.call.line),
    blocks: reply.packed,
    output: outputText(reply),
    warnings: reply.warnings,
    isPart,
  };
}

function outputText({ output }: HessianAnswer): string {
  const dropped = output.droppedBytes > 0 ? l10n.t('\n… and {0} bytes more, which were not kept', output.droppedBytes) : '';
  return output.text + dropped;
}

function failureMessage(error: Failure, output: string, program: Program, subject: Subject): ToPage {
  const isOwn = error.file === undefined || error.file === program.snippet.path;
  const place =
    error.line === undefined ? null : isOwn ? placeText(program, error.line) : l10n.t('{0}, line {1}', error.file ?? '', error.line);
  return { kind: 'failed', subject, error, place, nextStep: nextStep(error.kind), output };
}

/** Beyond what the runtime's own message says. */
function nextStep(kind: Failure['kind']): string | null {
  switch (kind) {
    case 'unreached':
      return l10n.t('Put the cursor on another gradient call, or make the program come to this one, and compute again.');
    case 'timeout':
      return l10n.t('Make the program shorter up to this call, or raise the setting tapeLens.timeout.');
    case 'memory':
      return l10n.t('Take fewer examples or a smaller model, and compute again.');
    case 'crashed':
      return l10n.t('The log (Tape Lens: Show Logs) says more; computing again starts a fresh process.');
    case 'engine':
      return l10n.t('Set tapeLens.engine to auto, or look into the log (Tape Lens: Show Logs).');
    case 'snippet':
    case 'unsupported':
    case 'cancelled':
      return null;
  }
}

function stageText({ stage, done, total }: Progress): string {
  const counted = total > 0 ? ` ${done}/${total}` : '';
  switch (stage) {
    case 'asking':
      return l10n.t('waiting for an answer');
    case 'starting':
      return l10n.t('starting the runtime') + counted;
    case 'running':
      return l10n.t('running the program') + counted;
    case 'recording':
      return l10n.t('recording the operations') + counted;
    case 'differentiating':
      return l10n.t('differentiating') + counted;
    case 'checking':
      return l10n.t('checking the result') + counted;
  }
}
