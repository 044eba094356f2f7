// Which engine runs the operations: choosing one, installing tfjs-node, and asking before native code runs.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { l10n, ProgressLocation, QuickPickItemKind, window, type ExtensionContext, type QuickPickItem } from 'vscode';
import { findEngines, nameOf, planEngine, storedEngine, type Engines } from '../../runtime/src/host/engines.ts';
import type { EngineChoice, NativeEngine } from '../../runtime/src/host/protocol.ts';
import { enginePlaces } from './places.ts';
import type { Session } from './session.ts';
import { chooseEngine, runSettings } from './settings.ts';

/** What was answered about native code, by the package's folder. */
const ALLOWED = 'nativeAllowed';

/** Asked once for each tfjs-node; a question that is closed without an answer is put again in the next session. */
export async function allowNative(context: ExtensionContext, engine: NativeEngine): Promise<boolean> {
  const known = context.globalState.get<Readonly<Record<string, boolean>>>(ALLOWED, {});
  const before = known[engine.folder];
  if (before !== undefined) return before;
  const use = l10n.t('Use tfjs-node');
  const embedded = l10n.t('Use the Embedded Engine');
  const question = l10n.t(
    'Run programs on {0}? It is native code, which the sandbox cannot confine: its own operations can read and write files. The embedded engine computes the same. This is asked once.',
    nameOf(engine),
  );
  const answer = await window.showWarningMessage(question, use, embedded);
  if (answer === undefined) return false;
  await context.globalState.update(ALLOWED, { ...known, [engine.folder]: answer === use });
  return answer === use;
}

interface EngineItem extends QuickPickItem {
  readonly choice?: EngineChoice | 'install';
}

export async function selectEngine(session: Session): Promise<void> {
  const { context } = session;
  const engines = findEngines(enginePlaces(context));
  const { engine: current } = runSettings(undefined);
  const chosen = await window.showQuickPick(itemsOf(engines, current), {
    title: l10n.t('Engine for computing Hessians'),
    placeHolder: l10n.t('All of them compute the same; the result says which one it was'),
  });
  if (!chosen?.choice) return;
  if (chosen.choice === 'install' || (chosen.choice === 'node' && engines.native.length === 0)) {
    await installNative(session);
    return;
  }
  // Choosing it by hand means to be asked again.
  if (chosen.choice === 'node') await context.globalState.update(ALLOWED, {});
  await chooseEngine(chosen.choice);
  await session.closeHost();
}

function itemsOf(engines: Engines, current: EngineChoice): EngineItem[] {
  const marked = (choice: EngineChoice): string => (choice === current ? '$(check) ' : '');
  const auto = planEngine('auto', () => engines, new Map());
  const now = auto.kind === 'none' ? '' : auto.kind === 'native' ? auto.reason : l10n.t('the embedded engine: {0}', auto.reason);
  const [native] = engines.native;
  const [half] = engines.halfInstalled;
  const missing = half ? l10n.t('{0} is only half installed: {1} is missing', nameOf(half), half.missing) : l10n.t('not installed');
  return [
    { choice: 'auto', label: `${marked('auto')}${l10n.t('Automatic')}`, description: l10n.t('now {0}', now) },
    { choice: 'node', label: `${marked('node')}tfjs-node`, description: native ? nameOf(native) : missing },
    { choice: 'wasm', label: `${marked('wasm')}${l10n.t('Embedded, WebAssembly')}` },
    { choice: 'cpu', label: `${marked('cpu')}${l10n.t('Embedded, JavaScript')}`, description: l10n.t('the slowest') },
    { label: '', kind: QuickPickItemKind.Separator },
    { choice: 'install', label: l10n.t('$(cloud-download) Install tfjs-node …') },
  ];
}

/** Into the extension's storage, by a process of its own that npm, pip and a compiler belong to. */
export async function installNative(session: Session): Promise<void> {
  const { context, log } = session;
  const folder = storedEngine(context.globalStorageUri.fsPath);
  const show = l10n.t('Show Logs');
  log.info(`installing tfjs-node into ${folder}`);
  const title = l10n.t('Installing tfjs-node');
  const outcome = await window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (progress, token) =>
    runInstaller(context.asAbsolutePath('dist/install-engine.mjs'), folder, {
      step: (message) => progress.report({ message }),
      log: (line) => log.info(line),
      onCancel: (cancel) => void token.onCancellationRequested(cancel),
    }),
  );
  if (outcome.kind === 'cancelled') {
    log.info('the installation was cancelled');
    return;
  }
  if (outcome.kind === 'failed') {
    log.error(outcome.message);
    if ((await window.showErrorMessage(l10n.t('tfjs-node was not installed: {0}', outcome.message), show)) === show) log.show();
    return;
  }
  await session.closeHost();
  void window.showInformationMessage(
    l10n.t('tfjs-node is installed. The setting tapeLens.engine says when it is used; now it is {0}.', runSettings(undefined).engine),
  );
}

type Outcome = { readonly kind: 'done' | 'cancelled' } | { readonly kind: 'failed'; readonly message: string };

interface Watch {
  step(text: string): void;
  log(line: string): void;
  onCancel(cancel: () => void): void;
}

function runInstaller(installer: string, folder: string, watch: Watch): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer, folder], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that cancelling ends npm and the compiler too.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let cancelled = false;
    let failure: string[] | null = null;
    watch.onCancel(() => {
      cancelled = true;
      if (child.pid === undefined) return;
      if (process.platform === 'win32') child.kill();
      else process.kill(-child.pid, 'SIGTERM');
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      watch.log(line);
      if (line.startsWith('step: ')) watch.step(line.slice('step: '.length));
      // The reason is the last that it says, and may have several lines.
      else if (line.startsWith('failed: ')) failure = [line.slice('failed: '.length)];
      else failure?.push(line);
    });
    createInterface({ input: child.stderr }).on('line', (line) => watch.log(line));
    child.on('error', (error) => resolve({ kind: 'failed', message: error.message }));
    child.on('close', (code) => {
      if (code === 0) return resolve({ kind: 'done' });
      rmSync(`${folder}.making`, { recursive: true, force: true });
      resolve(cancelled ? { kind: 'cancelled' } : { kind: 'failed', message: failure?.join('\n').trim() ?? `exit code ${code}` });
    });
  });
}
