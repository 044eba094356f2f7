// A host on the built dist/, for tests, and snippets put to it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NATIVE_ENGINE } from '../engines/native.ts';
import { createHost } from '../../runtime/src/host/host.ts';
import type {
  EngineChoice,
  EngineName,
  ExplainRunReply,
  Failure,
  HessianReply,
  Host,
  HostOptions,
} from '../../runtime/src/host/protocol.ts';

/** Not whatever is there: a run of tests is made on one engine (scripts/test.mjs). */
export const TEST_ENGINE: EngineName = NATIVE_ENGINE === null ? 'wasm' : 'node';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const distDir = join(root, 'dist');

export function openHost(options: Partial<HostOptions> = {}): Host {
  if (!existsSync(join(distDir, 'runtime', 'main.mjs'))) throw new Error('dist/ is not built: run `npm run build` first');
  return createHost({ distDir, log: () => {}, defaultEngine: TEST_ENGINE, ...options });
}

export const runPython = (host: Host, text: string, timeoutSeconds = 20): Promise<ExplainRunReply> =>
  host.explain({ path: '/project/snippet.py', text, language: 'python', timeoutSeconds });

/** A script, by default as a JavaScript file; `modules` are the files beside it. */
export interface ScriptOptions {
  readonly path?: string;
  readonly timeoutSeconds?: number;
  readonly modules?: Readonly<Record<string, string>>;
  readonly engine?: EngineChoice;
}

const scriptRequest = (text: string, { path = '/project/snippet.js', timeoutSeconds = 20, modules = {}, engine }: ScriptOptions) => ({
  path,
  text,
  language: /\.[mc]?tsx?$/.test(path) ? ('typescript' as const) : ('javascript' as const),
  timeoutSeconds,
  modules,
  ...(engine && { engine }),
});

export const runScript = (host: Host, text: string, options: ScriptOptions = {}): Promise<ExplainRunReply> =>
  host.explain(scriptRequest(text, options));

export interface Asked {
  readonly line?: number;
  readonly wrt?: string;
  readonly occurrence?: number;
}

export const hessianOfScript = (host: Host, text: string, options: ScriptOptions & Asked = {}): Promise<HessianReply> => {
  const { line, wrt, occurrence, ...rest } = options;
  const asked = { ...(line !== undefined && { line }), ...(wrt !== undefined && { wrt }), ...(occurrence !== undefined && { occurrence }) };
  return host.hessian({ ...scriptRequest(text, rest), ...asked });
};

/** How the program ended, by itself or by our hand. */
export const failureOf = (reply: ExplainRunReply): Failure | null => (reply.ok ? reply.ended : reply.error);
