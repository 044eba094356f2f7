// Where engines are looked for: the workspace, the extension, its storage.
import { workspace, type ExtensionContext } from 'vscode';
import type { Places } from '../../runtime/src/host/engines.ts';

export function enginePlaces(context: ExtensionContext): Places {
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
  return {
    distDir: context.asAbsolutePath('dist'),
    cacheDir: context.globalStorageUri.fsPath,
    ...(folder !== undefined && { workspaceDir: folder }),
  };
}
