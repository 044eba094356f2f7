// Which engine a request gets, and why: looks for tfjs-node where it may lie, notices one that is only half installed, and chooses. It loads none.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EngineChoice, NativeEngine } from './protocol.ts';

type Owner = NativeEngine['owner'];

/** The GPU's first: who has installed it wants it, and where it does not start the next one is tried. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** A package that is there and cannot work. */
export interface HalfInstalled {
  readonly package: string;
  readonly owner: Owner;
  readonly folder: string;
  /** What is missing. */
  readonly missing: string;
}

export interface Places {
  /** The workspace: its own packages, and those of the folders above it. */
  readonly workspaceDir?: string;
  /** The extension's dist/ folder: an engine that `npm run engine:tfjs-node` made lies beside it. */
  readonly distDir: string;
  /** The extension's storage, where "Install tfjs-node" puts one. */
  readonly cacheDir?: string;
}

export interface Engines {
  readonly native: readonly NativeEngine[];
  readonly halfInstalled: readonly HalfInstalled[];
}

export type Plan =
  | { readonly kind: 'embedded'; readonly reason: string }
  | { readonly kind: 'native'; readonly engine: NativeEngine; readonly reason: string }
  /** What was asked for is not there. */
  | { readonly kind: 'none'; readonly message: string };

const ENGINE_FOLDER = join('engines', 'tfjs-node');

/** Where "Install tfjs-node" puts one. */
export function storedEngine(cacheDir: string): string {
  return join(cacheDir, ENGINE_FOLDER);
}

/** In the order in which they are taken. */
export function findEngines({ workspaceDir, distDir, cacheDir }: Places): Engines {
  const native: NativeEngine[] = [];
  const halfInstalled: HalfInstalled[] = [];
  const look = (folder: string, owner: Owner): void => {
    for (const name of PACKAGES) {
      const found = inspect(join(folder, 'node_modules', name), name, owner);
      if (found === null) continue;
      if ('missing' in found) halfInstalled.push(found);
      else native.push(found);
    }
  };
  if (workspaceDir !== undefined) for (const folder of withParents(workspaceDir)) look(folder, 'workspace');
  look(join(dirname(distDir), '.engines', 'tfjs-node'), 'project');
  if (cacheDir !== undefined) look(storedEngine(cacheDir), 'storage');
  return { native, halfInstalled };
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}

/** Null where there is no such package. */
function inspect(path: string, name: string, owner: Owner): NativeEngine | HalfInstalled | null {
  if (!existsSync(path)) return null;
  const folder = realpathSync(path);
  const half = (missing: string): HalfInstalled => ({ package: name, owner, folder, missing });
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return half('its package.json');
  }
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
  if (!bindings(folder).some((binding) => existsSync(join(binding, 'tfjs_binding.node')))) return half('its native binding');
  if (!hasLibrary(folder)) return half('the TensorFlow library');
  // Packages that a package manager links lie beside the real folder, not beside the link.
  const readable = [...new Set([dirname(dirname(path)), nodeModulesAround(folder)])];
  return { package: name, version, owner, folder, readable };
}

function bindings(folder: string): string[] {
  return namesIn(join(folder, 'lib'))
    .filter((name) => name.startsWith('napi-v'))
    .map((name) => join(folder, 'lib', name));
}

/** Linux and macOS keep the library in deps/lib; on Windows it may have been moved beside the binding. */
function hasLibrary(folder: string): boolean {
  const isLibrary = (name: string): boolean => /^(lib)?tensorflow(_cc)?\.(so|dll|.*dylib)/.test(name);
  return [join(folder, 'deps', 'lib'), ...bindings(folder)].some((place) =>
    namesIn(place).some((name) => isLibrary(name) && existsSync(join(place, name))),
  );
}

function nodeModulesAround(folder: string): string {
  const at = folder.lastIndexOf('node_modules');
  return at < 0 ? folder : folder.slice(0, at + 'node_modules'.length);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `find`: what there is to choose from, looked at where it matters. `refused` says of an engine why it is passed over: it did not start, or was not allowed. */
export function planEngine(choice: EngineChoice, find: () => Engines, refused: ReadonlyMap<string, string>): Plan {
  if (choice === 'wasm' || choice === 'cpu') return { kind: 'embedded', reason: 'as asked' };
  const engines = find();
  const engine = engines.native.find(({ folder }) => !refused.has(folder));
  const passedOver = [
    ...engines.native.flatMap((one) => (refused.has(one.folder) ? [`${nameOf(one)} ${refused.get(one.folder) ?? ''}`] : [])),
    ...engines.halfInstalled.map((one) => `${nameOf(one)} is only half installed: ${one.missing} is missing`),
  ];
  const also = passedOver.length > 0 ? `; ${passedOver.join('; ')}` : '';
  if (engine) return { kind: 'native', engine, reason: `${nameOf(engine)}${choice === 'node' ? ', as asked' : ''}${also}` };
  if (choice === 'node') {
    const why =
      passedOver.length > 0
        ? `${passedOver.join('; ')}.`
        : 'There is no tfjs-node in this workspace, nor one that Tape Lens has installed.';
    return { kind: 'none', message: `${why} ${INSTALL_HINT}` };
  }
  return { kind: 'embedded', reason: passedOver.length > 0 ? passedOver.join('; ') : 'there is no tfjs-node here' };
}

const INSTALL_HINT =
  'Install it (in the editor "Tape Lens: Install tfjs-node", in a workspace `npm install @tensorflow/tfjs-node`), or choose the engine `auto`.';

const OWNERS: Readonly<Record<Owner, string>> = {
  workspace: 'of this workspace',
  project: 'in .engines',
  storage: 'installed by Tape Lens',
};

/** `tfjs-node 4.22.0 of this workspace`. */
export function nameOf(engine: NativeEngine | HalfInstalled): string {
  const version = 'version' in engine ? ` ${engine.version}` : '';
  return `${engine.package.replace('@tensorflow/', '')}${version} ${OWNERS[engine.owner]}`;
}
