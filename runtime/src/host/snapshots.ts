// Where Python's memory snapshot is: the one shipped in dist/, or one made for this Node and kept in the extension's storage.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Place {
  readonly distDir: string;
  readonly cacheDir: string | undefined;
  readonly nodePath: string;
}

export const SNAPSHOT_FILE = 'python.snapshot';
/** Beside the snapshot: a digest of all that it was made from. */
export const SNAPSHOT_KEY_FILE = 'python.snapshot.key';

/** An open snapshot, or null where there is none. One made for this Node goes before the shipped one, which was found not to load. */
export function openSnapshot(place: Place): number | null {
  const cached = cachedPath(place);
  const shipped = join(place.distDir, 'runtime', SNAPSHOT_FILE);
  for (const path of cached === null ? [shipped] : [cached, shipped]) {
    try {
      return openSync(path, 'r');
    } catch {
      // Not there: the next one, or a start without.
    }
  }
  return null;
}

/** Named by Node, Python and our own version: what changes any of these makes a new one. */
function cachedPath({ distDir, cacheDir, nodePath }: Place): string | null {
  if (cacheDir === undefined) return null;
  const key = createHash('sha256').update(nodePath === process.execPath ? process.versions.node : nodePath);
  try {
    key.update(readFileSync(join(distDir, 'runtime', SNAPSHOT_KEY_FILE)));
  } catch {
    // No shipped snapshot: the maker itself stands for the version.
    key.update(readFileSync(join(distDir, 'runtime', 'snapshot.mjs')));
  }
  return join(cacheDir, `python-${key.digest('hex').slice(0, 16)}.snapshot`);
}

/** Makes a snapshot for this Node and gives back its path. No snippet is run for it. */
export async function makeSnapshot(place: Place & { readonly cacheDir: string }): Promise<string> {
  const path = cachedPath(place);
  if (path === null) throw new Error('there is no folder to keep it in');
  mkdirSync(place.cacheDir, { recursive: true });
  await runMaker(place, path);
  if (!existsSync(path)) throw new Error('the maker wrote nothing');
  // Those of other versions, and what was never finished, are more than 30 MB each.
  for (const name of readdirSync(place.cacheDir)) {
    const old = join(place.cacheDir, name);
    if (/^python-[0-9a-f]+\.snapshot/.test(name) && old !== path) rmSync(old, { force: true });
  }
  return path;
}

function runMaker({ distDir, nodePath }: Place, output: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const maker = spawn(nodePath, [join(distDir, 'runtime', 'snapshot.mjs'), output], {
      env: { ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    maker.unref();
    let errors = '';
    maker.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    maker.on('error', reject);
    maker.on('close', (code) => (code === 0 ? resolve() : reject(new Error(errors.trim().split('\n').at(-1) ?? `exit code ${code}`))));
  });
}
