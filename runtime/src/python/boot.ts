// Starts CPython (Pyodide): out of a memory snapshot where there is one that loads, else from nothing. Runs no snippet.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allFunctions, allInitializers, namedLayers, functionObjects, allLosses } from '../../../core/api/index.ts';
import { loadPyodide, type PyodideInterface } from 'pyodide';

export interface Boot {
  readonly pyodide: PyodideInterface;
  readonly from: 'snapshot' | 'cold';
}

/** What Pyodide calls itself, without the parts that its types keep to themselves. */
type LoadOptions = NonNullable<Parameters<typeof loadPyodide>[0]> & { _makeSnapshot?: boolean; _loadSnapshot?: Uint8Array };

/** Names that Python would reach JavaScript or native code by. */
const REFUSED: Readonly<Record<string, string>> = {
  js: 'a snippet has no way into JavaScript.',
  pyodide_js: 'a snippet has no way into JavaScript.',
  _pyodide_core: 'a snippet has no way into JavaScript.',
  ctypes: 'a snippet has no way into native code.',
  _ctypes: 'a snippet has no way into native code.',
};

export async function bootPython(runtimeDir: string, snapshot: Uint8Array | null): Promise<Boot> {
  if (snapshot) {
    try {
      return { pyodide: await withRoomFor(snapshot, () => load(runtimeDir, { _loadSnapshot: snapshot })), from: 'snapshot' };
    } catch (error) {
      process.stderr.write(`the memory snapshot of Python does not load here: ${String(error)}\n`);
    }
  }
  const pyodide = await load(runtimeDir, {});
  installOurs(pyodide, runtimeDir);
  return { pyodide, from: 'cold' };
}

const PAGE_BYTES = 64 * 1024;

/** Pyodide copies a snapshot into the memory that Python's module begins with, 30 MB: for a larger one that memory is made to grow as soon as it is there. */
async function withRoomFor<T>(snapshot: Uint8Array, start: () => Promise<T>): Promise<T> {
  const { instantiate } = WebAssembly;
  const grow = async (...given: Parameters<typeof instantiate>): Promise<unknown> => {
    const made: unknown = await instantiate(...given);
    const { memory, Py_InitializeEx: python } = isInstantiated(made) ? made.instance.exports : {};
    if (python !== undefined && memory instanceof WebAssembly.Memory) {
      // The head of a snapshot is shorter than a page.
      const missing = Math.floor((snapshot.byteLength - memory.buffer.byteLength) / PAGE_BYTES);
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

/** Python with our packages imported, as bytes that `bootPython` starts from. */
export async function makeMemorySnapshot(runtimeDir: string): Promise<Uint8Array> {
  const pyodide = await load(runtimeDir, { _makeSnapshot: true });
  installOurs(pyodide, runtimeDir);
  return (pyodide as unknown as { makeMemorySnapshot(): Uint8Array }).makeMemorySnapshot();
}

/** After the start, however it went: a new random sequence, and the ways to JavaScript shut. */
export function closePython(pyodide: PyodideInterface): void {
  pyodide.setStdin({ stdin: () => null });
  pyodide.runPython(`
import sys
from _tape_lens import sources as _sources, program as _program
_program.seed()
_program.close()
_sources.REFUSED.update(${JSON.stringify(REFUSED)})
for _name in _sources.REFUSED:
    for _loaded in [m for m in sys.modules if m == _name or m.startswith(_name + '.')]:
        del sys.modules[_loaded]
del _sources, _program, _name, _loaded
`);
}

async function load(runtimeDir: string, options: LoadOptions): Promise<PyodideInterface> {
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

/** Makes our packages importable and imports them, so that a snapshot holds them ready. */
function installOurs(pyodide: PyodideInterface, runtimeDir: string): void {
  const root = join(runtimeDir, 'python');
  const files: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (entry.endsWith('.py')) files[entry.replaceAll('\\', '/')] = readFileSync(join(root, entry), 'utf8');
  }
  pyodide.runPython(`
import json, sys, types
_first = types.ModuleType('_tape_lens.sources')
exec(compile(${JSON.stringify(files['_tape_lens/sources.py'])}, '<tape lens>/_tape_lens/sources.py', 'exec'), _first.__dict__)
sys.modules['_tape_lens.sources'] = _first
_first.install(json.loads(${JSON.stringify(JSON.stringify(files))}))
import _tape_lens
_tape_lens.sources = _first
from _tape_lens import catalog as _catalog
_catalog.install(${JSON.stringify(catalogText())})
from _tape_lens import program as _program
for _name in ${JSON.stringify(PRELOADED)}:
    __import__(_name)
for _name in _first.OURS:
    if not _name.startswith('_tape_lens.sources'):
        __import__(_name)
_program.settle()
del _first, _program, _catalog, _name, _tape_lens
`);
}

/** What the core knows by name, as `_tape_lens/catalog.py` reads it. */
function catalogText(): string {
  return JSON.stringify({
    functions: allFunctions().map(({ names, signature, fields = [] }) => ({ names, signature, fields })),
    layers: namedLayers().map(([name, spec]) => ({
      name,
      class: spec.name,
      signature: spec.signature,
      call: spec.callSignature ?? 'training=None',
      many: spec.many ?? null,
      copies: spec.copies ?? [],
      attributes: spec.attributes !== undefined,
    })),
    losses: allLosses().map(({ name, function: wrapped, extra }) => ({ name, function: wrapped, extra })),
    initializers: allInitializers().map(({ name, signature }) => ({ name, signature })),
    objects: (['regularizers', 'constraints'] as const).flatMap((kind) =>
      functionObjects(kind).map(([name, spec]) => ({ kind, name, class: spec.name, signature: spec.signature })),
    ),
  });
}

/** Parts of the standard library that programs import: they are in the snapshot, so that importing them costs nothing. */
const PRELOADED = [
  'abc',
  'argparse',
  'ast',
  'bisect',
  'collections',
  'contextlib',
  'copy',
  'csv',
  'dataclasses',
  'datetime',
  'decimal',
  'enum',
  'functools',
]
  .concat([
    'heapq',
    'inspect',
    'io',
    'itertools',
    'json',
    'logging',
    'math',
    'operator',
    'os',
    'pathlib',
    'pickle',
    'pprint',
    'random',
    're',
    'statistics',
  ])
  .concat(['string', 'tempfile', 'textwrap', 'time', 'timeit', 'traceback', 'types', 'typing', 'unittest', 'uuid', 'warnings', 'weakref']);
