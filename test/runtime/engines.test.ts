// Which engine a request gets, and why: what is found, what is only half there, what does not start, what was not allowed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findEngines, planEngine, storedEngine } from '../../runtime/src/host/engines.ts';
import type { EngineChoice, HessianReply, HostOptions } from '../../runtime/src/host/protocol.ts';
import { openHost } from './runtime.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tape-lens-engines-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => join(folder, ...parts);
const places = () => ({ workspaceDir: at('workspace', 'inner'), distDir: at('checkout', 'dist'), cacheDir: at('storage') });
const BINDING = 'lib/napi-v8/tfjs_binding.node';
const LIBRARY = 'deps/lib/libtensorflow.so.2';

/** A package that looks like tfjs-node; `main` is what it does when it is loaded. */
function install(
  owner: string,
  { name = '@tensorflow/tfjs-node', files = [BINDING, LIBRARY], main = 'throw new Error("it is made of paper")' } = {},
): string {
  const place = join(owner, 'node_modules', name);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  };
  write('package.json', JSON.stringify({ name, version: '4.22.0', main: 'index.js' }));
  write('index.js', main);
  for (const file of files) write(file, '');
  return place;
}

const plan = (choice: EngineChoice, refused: ReadonlyMap<string, string> = new Map()) =>
  planEngine(choice, () => findEngines(places()), refused);

describe('what is found', () => {
  it('is nothing where nothing is', () => {
    expect(findEngines(places())).toEqual({ native: [], halfInstalled: [] });
    expect(plan('auto')).toEqual({ kind: 'embedded', reason: 'there is no tfjs-node here' });
    expect(plan('node')).toMatchObject({ kind: 'none', message: expect.stringMatching(/There is no tfjs-node.*Install it/) as string });
  });

  it('the workspace goes before .engines, and .engines before the storage', () => {
    const owners = () => findEngines(places()).native.map(({ owner }) => owner);
    install(storedEngine(at('storage')));
    install(at('checkout', '.engines', 'tfjs-node'));
    expect(owners()).toEqual(['project', 'storage']);
    // In a folder above the one that is opened: there npm puts what several packages share.
    install(at('workspace'));
    expect(owners()).toEqual(['workspace', 'project', 'storage']);
    expect(plan('auto')).toMatchObject({ kind: 'native', reason: 'tfjs-node 4.22.0 of this workspace' });
    expect(plan('node')).toMatchObject({ kind: 'native', reason: 'tfjs-node 4.22.0 of this workspace, as asked' });
    expect(plan('wasm')).toEqual({ kind: 'embedded', reason: 'as asked' });
  });

  it("the GPU's goes before the other", () => {
    install(at('workspace'));
    install(at('workspace'), { name: '@tensorflow/tfjs-node-gpu' });
    expect(plan('auto')).toMatchObject({ reason: 'tfjs-node-gpu 4.22.0 of this workspace' });
  });

  it.each([
    ['its native binding', [LIBRARY]],
    ['the TensorFlow library', [BINDING]],
  ])('one that is half installed is named and passed over: %s is missing', (missing, files) => {
    install(at('workspace'), { files });
    expect(plan('auto')).toEqual({ kind: 'embedded', reason: `tfjs-node of this workspace is only half installed: ${missing} is missing` });
    expect(plan('node')).toMatchObject({
      kind: 'none',
      message: expect.stringContaining(`half installed: ${missing} is missing`) as string,
    });
    install(storedEngine(at('storage')));
    expect(plan('auto')).toMatchObject({ kind: 'native', engine: { owner: 'storage' } });
  });

  it('an empty folder is half installed too', () => {
    mkdirSync(at('workspace', 'node_modules', '@tensorflow', 'tfjs-node'), { recursive: true });
    expect(plan('auto')).toMatchObject({ reason: 'tfjs-node of this workspace is only half installed: its package.json is missing' });
  });

  it('one that was refused is passed over, with the reason', () => {
    const place = install(at('workspace'));
    const refused = new Map([[place, 'was not allowed to run']]);
    expect(plan('auto', refused)).toEqual({ kind: 'embedded', reason: 'tfjs-node 4.22.0 of this workspace was not allowed to run' });
  });
});

const PROGRAM = {
  path: '/project/a.py',
  text: 'import tensorflow as tf\nx = tf.Variable(2.0)\nwith tf.GradientTape() as t:\n  y = x ** 3\nt.gradient(y, x)',
  language: 'python',
} as const;

describe('a computation', () => {
  const compute = async (engine: EngineChoice, options: Partial<HostOptions> = {}): Promise<HessianReply> => {
    const host = openHost({ workspaceDir: at('workspace'), ...options });
    try {
      return await host.hessian({ ...PROGRAM, engine });
    } finally {
      await host.close();
    }
  };

  it('says which engine it was, why, and that the sandbox is whole', async () => {
    const reply = await compute('wasm');
    expect(reply).toMatchObject({ ok: true, result: { engine: 'wasm', engineReason: 'as asked', weakness: null } });
  });

  it('an engine that does not start is named and passed over', async () => {
    install(at('workspace'));
    const reply = await compute('node');
    const reason = 'tfjs-node 4.22.0 of this workspace does not start (it is made of paper)';
    if (reply.ok) expect(reply.result.engineReason).toContain(reason);
    else expect(reply.error).toMatchObject({ kind: 'engine', message: expect.stringContaining(reason) as string });
  });

  it('native code is asked for once, and passed over where it is not allowed', async () => {
    const place = install(at('workspace'));
    const asked: string[] = [];
    const host = openHost({
      workspaceDir: at('workspace'),
      allowNative: (engine) => {
        asked.push(engine.folder);
        return Promise.resolve(false);
      },
    });
    const replies = [await host.hessian({ ...PROGRAM, engine: 'auto' }), await host.hessian({ ...PROGRAM, engine: 'auto' })];
    await host.close();
    for (const reply of replies)
      expect(reply).toMatchObject({
        ok: true,
        result: { engineReason: expect.stringContaining('tfjs-node 4.22.0 of this workspace was not allowed to run') as string },
      });
    expect(asked.filter((folder) => folder === place)).toEqual([place]);
  });

  it('from one engine to another and back', async () => {
    const host = openHost();
    const engines: string[] = [];
    for (const engine of ['wasm', 'cpu', 'wasm'] as const) {
      const reply = await host.hessian({ ...PROGRAM, engine });
      engines.push(reply.ok ? reply.result.engine : reply.error.message);
      expect(reply.ok && reply.blocks?.[0]?.[0]?.[0]).toBe(12);
    }
    await host.close();
    expect(engines).toEqual(['wasm', 'cpu', 'wasm']);
  });
});
