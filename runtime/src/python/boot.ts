// Starts CPython (Pyodide): out of a memory snapshot where there is one that loads, else from nothing. Runs no snippet.
import { join } from 'node:path';
import { loadPyodide, type PyodideInterface } from 'pyodide';

export interface Boot {
  readonly pyodide: PyodideInterface;
  readonly from: 'snapshot' | 'cold';
}

/** What Pyodide calls itself, without the parts that its types keep to themselves. */
type LoadOptions = NonNullable<Parameters<typeof loadPyodide>[0]> & { _makeSnapshot?: boolean; _loadSnapshot?: Promise<Uint8Array> };

/** Python's memory as it is being read. */
export interface Snapshot {
  /** In bytes. */
  readonly size: number;
  readonly bytes: Promise<Uint8Array>;
}

/** Names that Python would reach JavaScript or native code by. */
const REFUSED: Readonly<Record<string, string>> = {
  js: 'a snippet has no way into JavaScript.',
  pyodide_js: 'a snippet has no way into JavaScript.',
  _pyodide_core: 'a snippet has no way into JavaScript.',
  ctypes: 'a snippet has no way into native code.',
  _ctypes: 'a snippet has no way into native code.',
};

export async function bootPython(runtimeDir: string, snapshot: Snapshot | null): Promise<Boot> {
  if (snapshot) {
    try {
      return { pyodide: await withRoomFor(snapshot.size, () => load(runtimeDir, { _loadSnapshot: snapshot.bytes })), from: 'snapshot' };
    } catch (error) {
      process.stderr.write(`the memory snapshot of Python does not load here: ${String(error)}\n`);
    }
  }
  const pyodide = await load(runtimeDir, {});
  const { installOurs } = await import('./packages.ts');
  installOurs(pyodide, runtimeDir);
  return { pyodide, from: 'cold' };
}

const PAGE_BYTES = 64 * 1024;

/** Pyodide copies a snapshot into the memory that Python's module begins with, 30 MB: for a larger one that memory is made to grow as soon as it is there. */
async function withRoomFor<T>(size: number, start: () => Promise<T>): Promise<T> {
  const { instantiate } = WebAssembly;
  const grow = async (...given: Parameters<typeof instantiate>): Promise<unknown> => {
    const made: unknown = await instantiate(...given);
    const { memory, Py_InitializeEx: python } = isInstantiated(made) ? made.instance.exports : {};
    if (python !== undefined && memory instanceof WebAssembly.Memory) {
      // The head of a snapshot is shorter than a page.
      const missing = Math.floor((size - memory.buffer.byteLength) / PAGE_BYTES);
      if (missing > 0) memory.grow(missing);
    }
    return made;
  };
  Object.assign(WebAssembly, { instantiate: grow });
  try {
    return await start();
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
}

const isInstantiated = (made: unknown): made is WebAssembly.WebAssemblyInstantiatedSource =>
  typeof made === 'object' && made !== null && 'instance' in made;

/** After the start, however it went: a new random sequence, and the ways to JavaScript shut. A function that is there already: text would be compiled first, by a cold Python. */
export function closePython(pyodide: PyodideInterface): void {
  pyodide.setStdin({ stdin: () => null });
  const program = pyodide.pyimport('_tape_lens.program') as { seed(): void; close(refused: string): void; destroy(): void };
  program.seed();
  program.close(JSON.stringify(REFUSED));
  program.destroy();
}

export async function load(runtimeDir: string, options: LoadOptions): Promise<PyodideInterface> {
  const full: LoadOptions = {
    indexURL: `${join(runtimeDir, 'pyodide')}/`,
    // Python sees no JavaScript at all.
    jsglobals: { Object, setTimeout, clearTimeout },
    convertNullToNone: true,
    env: { HOME: '/home/snippet', PYTHONHASHSEED: '0' },
    ...options,
  };
  return loadPyodide(full);
}
