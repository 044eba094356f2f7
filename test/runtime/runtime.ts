// A host on the built dist/, for tests, and snippets put to it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHost } from '../../runtime/src/host/host.ts';
import type { ExplainRunReply, Failure, Host, HostOptions } from '../../runtime/src/host/protocol.ts';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const distDir = join(root, 'dist');

export function openHost(options: Partial<HostOptions> = {}): Host {
  if (!existsSync(join(distDir, 'runtime', 'main.mjs'))) throw new Error('dist/ is not built: run `npm run build` first');
  return createHost({ distDir, log: () => {}, ...options });
}

export const runPython = (host: Host, text: string, timeoutSeconds = 20): Promise<ExplainRunReply> =>
  host.explain({ path: '/project/snippet.py', text, language: 'python', timeoutSeconds });

/** How the program ended, by itself or by our hand. */
export const failureOf = (reply: ExplainRunReply): Failure | null => (reply.ok ? reply.ended : reply.error);
