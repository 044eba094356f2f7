// What the parts of the extension share while it is active.
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Host } from '../../runtime/src/host/protocol.ts';
import type { Panels } from './panel.ts';
import type { Server } from './server.ts';

export interface Session {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly server: Server;
  readonly panels: Panels;
  /** The one that starts snippets' processes, made anew after the settings that it depends on have changed. */
  host(): Host;
  /** Ends it, so that the next one sees what has changed. */
  closeHost(): Promise<void>;
}
