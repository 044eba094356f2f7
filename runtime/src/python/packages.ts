// Our own Python packages, put where Python finds them, and a memory snapshot that holds them ready.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PyodideInterface } from 'pyodide';
import {
  allFunctions,
  allInitializers,
  allLosses,
  functionObjects,
  listedNames,
  namedLayers,
  RESIZE_METHODS,
} from '../../../core/api/index.ts';
import { load } from './boot.ts';

/** Python with our packages imported, as bytes that `bootPython` starts from. */
export async function makeMemorySnapshot(runtimeDir: string): Promise<Uint8Array> {
  const pyodide = await load(runtimeDir, { _makeSnapshot: true });
  installOurs(pyodide, runtimeDir);
  return (pyodide as unknown as { makeMemorySnapshot(): Uint8Array }).makeMemorySnapshot();
}

/** Makes our packages importable and imports them, so that a snapshot holds them ready. */
export function installOurs(pyodide: PyodideInterface, runtimeDir: string): void {
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
    modules: listedNames(),
    functions: allFunctions().map(({ names, signature, fields = [] }) => ({ names, signature, fields })),
    layers: namedLayers().map(([name, spec]) => ({
      name,
      class: spec.name,
      signature: spec.signature,
      call: spec.callSignature ?? 'training=None',
      many: spec.many ?? null,
      copies: spec.copies ?? [],
      mask: spec.mask === undefined || spec.mask === 'passed on' ? (spec.mask ?? null) : 'by a rule',
      attributes: spec.attributes !== undefined,
    })),
    losses: allLosses().map(({ name, function: wrapped, extra }) => ({ name, function: wrapped, extra })),
    initializers: allInitializers().map(({ name, signature }) => ({ name, signature })),
    objects: (['regularizers', 'constraints'] as const).flatMap((kind) =>
      functionObjects(kind).map(([name, spec]) => ({ kind, name, class: spec.name, signature: spec.signature })),
    ),
    resizeMethods: RESIZE_METHODS,
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
