// The process that runs snippets: what it answers, what it is stopped for, and that the next request always finds it well.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../runtime/src/host/protocol.ts';
import { OUTPUT_LIMIT_BYTES } from '../../runtime/src/host/protocol.ts';
import { distDir, failureOf, openHost, runPython } from './runtime.ts';

let host: Host;
let host2: Host;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host.close());

describe('a program', () => {
  it('runs to its end, and what it prints arrives', async () => {
    const reply = await runPython(host, 'import sys\nprint("é", __name__, __file__)\nprint("err", file=sys.stderr)\n');
    expect(failureOf(reply)).toBeNull();
    expect(reply.output).toEqual({ text: 'é __main__ /project/snippet.py\nerr\n', droppedBytes: 0 });
  });

  it('sees nothing of the one before', async () => {
    await runPython(host, 'left = 1\nimport builtins\n');
    const failure = failureOf(await runPython(host, 'print(left)'));
    expect(failure).toMatchObject({ kind: 'snippet', type: 'NameError', line: 1, file: '/project/snippet.py' });
  });

  it('draws other random numbers each time it starts', async () => {
    const draw = async (h: Host): Promise<string> => (await runPython(h, 'import random\nprint(random.random())')).output.text;
    const other = openHost();
    const drawn = [await draw(host), await draw(host), await draw(other)];
    await other.close();
    expect(new Set(drawn).size).toBe(3);
  });

  it("draws numpy's numbers anew each time, and the same from the same seed", async () => {
    const draw = async (text: string): Promise<string> => (await runPython(host, `import numpy as np\n${text}`)).output.text;
    const [first, second] = [await draw('print(np.random.rand())'), await draw('print(np.random.rand())')];
    expect(first).not.toBe(second);
    const twice = 'np.random.seed(3)\na = np.random.rand()\nnp.random.seed(3)\nb = np.random.rand()\nprint(a == b, a != np.random.rand())';
    expect(await draw(twice)).toBe('True True\n');
    expect(await draw('print(np.random.default_rng(3).random() == np.random.RandomState(3).random())')).toBe('True\n');
  });

  it('imports the modules that lie beside it, each time anew', async () => {
    const ask = (value: number) =>
      host.explain({
        path: '/project/a.py',
        text: 'import pack.b\nprint(pack.b.value)',
        language: 'python',
        modules: { '/project/pack/__init__.py': '', '/project/pack/b.py': `value = ${value}` },
      });
    expect((await ask(1)).output.text).toBe('1\n');
    expect((await ask(2)).output.text).toBe('2\n');
  });
});

describe('threads that compile and collect', () => {
  it.runIf(process.platform === 'linux')('give way to the one that computes', async () => {
    const said: string[] = [];
    const other = openHost({ defaultEngine: 'wasm', log: (line) => said.push(line) });
    await runPython(other, 'print(1)');
    const pid = /process (\d+) is ready/.exec(said.join(' '))?.[1] ?? '';
    const threads = readdirSync(`/proc/${pid}/task`).filter((thread) => thread !== pid);
    const nice = getPriority(Number(pid));
    const later = threads.filter((thread) => getPriority(Number(thread)) > nice);
    await other.close();
    expect(nice).toBe(getPriority());
    // V8 has four; whatever was begun later has the main thread's.
    expect(later.length).toBeGreaterThanOrEqual(4);
  });
});

describe('a program that fails', () => {
  it('is told by type, message, line, and its own frames alone', async () => {
    const failure = failureOf(await runPython(host, 'def f(n):\n    return 1 / n\n\nf(0)\n'));
    expect(failure).toMatchObject({ kind: 'snippet', type: 'ZeroDivisionError', message: 'division by zero', line: 2 });
    expect(failure?.traceback).toMatch(/^Traceback.*\n {2}File "\/project\/snippet.py", line 4, in <module>\n {4}f\(0\)/);
    expect(failure?.traceback).not.toContain('tape lens');
  });

  it('because it does not parse is told where', async () => {
    expect(failureOf(await runPython(host, 'x = 1\ny = (\n'))).toMatchObject({
      type: 'SyntaxError',
      line: 2,
      message: "'(' was never closed",
    });
  });

  it('because a module is missing names it', async () => {
    expect(failureOf(await runPython(host, '\nimport nowhere_to_be_found\n'))).toMatchObject({
      type: 'ModuleNotFoundError',
      line: 2,
      message:
        "No module named 'nowhere_to_be_found'. A snippet run by Tape Lens has Python's standard library, numpy and tensorflow: take out what needs more.",
    });
  });

  it('by recursing without an end gets RecursionError', async () => {
    expect(failureOf(await runPython(host, 'def f(n): return f(n + 1)\nf(0)'))).toMatchObject({ type: 'RecursionError', line: 1 });
  });

  it('by leaving: sys.exit is heard', async () => {
    expect(failureOf(await runPython(host, 'import sys\nsys.exit(3)'))).toMatchObject({ type: 'SystemExit', line: 2 });
    expect(failureOf(await runPython(host, 'import sys\nsys.exit()'))).toBeNull();
  });
});

describe('limits', () => {
  it('end a loop without an end, and the next request is answered', async () => {
    const began = performance.now();
    const failure = failureOf(await runPython(host, 'print("before", flush=True)\nwhile True: pass', 1));
    expect(failure).toMatchObject({ kind: 'timeout' });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect((await runPython(host, 'print(1)')).output.text).toBe('1\n');
  });

  it('turn too much memory into MemoryError, with its line', async () => {
    const failure = failureOf(await runPython(host, 'a = bytearray(10**9)\nb = bytearray(10**9)'));
    expect(failure).toMatchObject({ kind: 'memory', type: 'MemoryError', line: 2 });
  });

  it('keep a flood of output out of memory, and count it', async () => {
    const before = process.memoryUsage().rss;
    const reply = await runPython(host, 'line = "x" * 999_999\nfor _ in range(1000): print(line)', 50);
    expect(failureOf(reply)).toBeNull();
    expect(reply.output.text.length).toBe(OUTPUT_LIMIT_BYTES);
    expect(reply.output.text.length + reply.output.droppedBytes).toBe(1_000_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });

  it('end the whole process where it outgrows its size', async () => {
    const small = openHost({ limits: { memoryBytes: 100 * 2 ** 20 } });
    const reply = await runPython(small, 'while True: pass');
    await small.close();
    expect(failureOf(reply)).toMatchObject({ kind: 'memory', message: expect.stringContaining('100 MB') });
  });
});

it('Python starts from the snapshot that the build made, however large it is', async () => {
  const lines: string[] = [];
  const own = openHost({ log: (line) => lines.push(line) });
  expect((await runPython(own, 'print(1)')).output.text).toBe('1\n');
  expect(lines.join()).toContain('Python: snapshot');
  await own.close();
});

describe('a start without a snapshot that loads', () => {
  it('is slower, and makes one for the next', { timeout: 240_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tape-lens-'));
    try {
      cpSync(join(distDir, 'runtime'), join(folder, 'dist/runtime'), {
        recursive: true,
        filter: (path) => !/python\.snapshot|\.map$/.test(path),
      });
      const cacheDir = join(folder, 'cache');
      const lines: string[] = [];
      const made = new Promise<void>((resolve) => {
        const log = (line: string) => {
          lines.push(line);
          if (line.startsWith('Made a memory snapshot')) resolve();
        };
        host2 = openHost({ distDir: join(folder, 'dist'), defaultEngine: 'wasm', cacheDir, log });
      });
      expect((await runPython(host2, 'print(1)')).output.text).toBe('1\n');
      expect(lines.join('\n')).toContain('Python: cold');
      await made;
      await host2.close();
      const next = openHost({ distDir: join(folder, 'dist'), defaultEngine: 'wasm', cacheDir, log: (line) => lines.push(line) });
      expect((await runPython(next, 'print(2)')).output.text).toBe('2\n');
      await next.close();
      expect(lines.at(-1)).toContain('Python: snapshot');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a request', () => {
  it('is cancelled at once, and the next is answered', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const began = performance.now();
    const reply = await host.explain(
      { path: '/project/a.py', text: 'while True: pass', language: 'python' },
      { signal: controller.signal },
    );
    expect(failureOf(reply)?.kind).toBe('cancelled');
    expect(performance.now() - began).toBeLessThan(5000);
    expect((await runPython(host, 'print(2)')).output.text).toBe('2\n');
  });

  it('waits for its turn', async () => {
    const replies = await Promise.all([1, 2, 3].map((n) => runPython(host, `print(${n})`)));
    expect(replies.map((reply) => reply.output.text)).toEqual(['1\n', '2\n', '3\n']);
  });

  it('that ends Python itself is told so, and the next is answered', async () => {
    expect(failureOf(await runPython(host, 'import os\nos.abort()'))?.kind).toBe('crashed');
    expect((await runPython(host, 'print(3)')).output.text).toBe('3\n');
  });

  it('says what to do where nothing is built', async () => {
    const nowhere = openHost({ distDir: '/nowhere', defaultEngine: 'wasm' });
    expect(failureOf(await runPython(nowhere, 'print(1)'))).toMatchObject({
      kind: 'crashed',
      message: expect.stringContaining('npm run build'),
    });
  });
});
