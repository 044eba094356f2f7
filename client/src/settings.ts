// The settings that the extension itself reads; the language server reads its own (server/src/lsp/settings.ts).
import { ConfigurationTarget, workspace, type Uri } from 'vscode';
import { DEFAULT_DENSE_LIMIT, DEFAULT_LIMITS, type EngineChoice } from '../../runtime/src/host/protocol.ts';

export const SECTION = 'tapeLens';

export interface RunSettings {
  readonly engine: EngineChoice;
  /** A Node to run snippets with; undefined for the editor's own. */
  readonly node: string | undefined;
  readonly timeoutSeconds: number;
  /** Up to how many unknowns a Hessian is given whole. */
  readonly denseLimit: number;
}

export function runSettings(scope: Uri | undefined): RunSettings {
  const settings = workspace.getConfiguration(SECTION, scope);
  const timeout = settings.get<number>('timeout', DEFAULT_LIMITS.timeoutSeconds);
  return {
    engine: settings.get<EngineChoice>('engine', 'auto'),
    node: settings.get<string>('node', '').trim() || undefined,
    timeoutSeconds: timeout > 0 ? timeout : DEFAULT_LIMITS.timeoutSeconds,
    denseLimit: settings.get<number>('denseLimit', DEFAULT_DENSE_LIMIT),
  };
}

/** Where it is set already, else for the user. */
export async function chooseEngine(engine: EngineChoice): Promise<void> {
  const settings = workspace.getConfiguration(SECTION);
  const isOfWorkspace = settings.inspect('engine')?.workspaceValue !== undefined;
  await settings.update('engine', engine, isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global);
}
