// Hessians put to the process as editors and the command line put them: which question a call asks, what comes of bad input, and that nothing is left behind.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HessianControl, HessianReply, HessianRequest, Host } from '../../runtime/src/host/protocol.ts';
import { openHost, runPython } from './runtime.ts';

let host: Host;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host.close());

type Options = Partial<Omit<HessianRequest, 'path' | 'text' | 'language'>>;

/** The line that holds a piece of text, from 1. */
const lineOf = (text: string, piece: string): number => text.split('\n').findIndex((line) => line.includes(piece)) + 1;

function ask(text: string, options: Options = {}, control: HessianControl = {}, on: Host = host): Promise<HessianReply> {
  return on.hessian(
    { path: '/project/snippet.py', text: `import tensorflow as tf\n${text}`, language: 'python', timeoutSeconds: 20, ...options },
    control,
  );
}
async function computed(text: string, options: Options = {}) {
  const reply = await ask(text, options);
  if (!reply.ok) throw new Error(reply.error.message);
  return { ...reply, values: reply.blocks?.map((row) => row.map((block) => Array.from(block))) };
}
async function refused(text: string, options: Options = {}) {
  const reply = await ask(text, options);
  return reply.ok ? null : reply.error;
}
/** A piece of text names the line. */
const at = (text: string, piece: string, options: Options = {}): Options => ({ ...options, line: lineOf(`\n${text}`, piece) });

const NESTED = `
x = tf.Variable([1.0, 2.0])
w = tf.Variable([3.0, 4.0])
with tf.GradientTape(persistent=True) as outer:
    with tf.GradientTape(persistent=True) as inner:
        y = tf.reduce_sum(w * x**3)
        v = w * x**3
    g = inner.gradient(y, [x, w])
    j = inner.jacobian(v, x)
    flat = tf.concat([tf.reshape(part, [-1]) for part in g], 0)
    first = g[0][1]
    turned = tf.reverse(g[0], [0])
`;

describe('a gradient call asks', () => {
  it.each([
    ['the derivative of a derivative', 'outer.jacobian(g[0], x)', [[18, 0, 0, 48]]],
    ['in another variable: not square', 'outer.jacobian(g[0], w)', [[3, 0, 0, 12]]],
    [
      'all gradients laid end to end: blocks by variable',
      'outer.jacobian(flat, [x, w])',
      [
        [18, 0, 0, 48],
        [3, 0, 0, 12],
        [3, 0, 0, 12],
        [0, 0, 0, 0],
      ],
    ],
    ['one element of a gradient', 'outer.gradient(first, x)', [[0, 48]]],
    ['elements that were moved', 'outer.jacobian(turned, x)', [[0, 48, 18, 0]]],
    ['a Jacobian of a vector', 'outer.jacobian(j, x)', [[18, 0, 0, 0, 0, 0, 0, 48]]],
    ['a sum of a vector', 'outer.gradient(v, x)', [[18, 0, 0, 48]]],
    ['a weighted sum', 'outer.gradient(v, x, output_gradients=tf.constant([1.0, 10.0]))', [[18, 0, 0, 480]]],
    ['several targets', 'outer.gradient([y, v], x)', [[36, 0, 0, 96]]],
    [
      'sources in a dict',
      'outer.gradient(y, {"w": w, "x": x})',
      [
        [0, 0, 0, 0],
        [3, 0, 0, 12],
        [3, 0, 0, 12],
        [18, 0, 0, 48],
      ],
    ],
  ])('%s', async (_, call, expected) => {
    const { values } = await computed(`${NESTED}${call}\n`, at(`${NESTED}${call}`, call));
    expect(values?.flat()).toEqual(expected);
  });

  it('in one of its sources, by name or by the name of the variable', async () => {
    const text = `${NESTED}outer.gradient(y, [x, w])\n`;
    expect((await computed(text, at(text, 'outer.gradient', { wrt: 'x' }))).values).toEqual([[[18, 0, 0, 48]]]);
    const layer = `
layer = tf.keras.layers.Dense(2, kernel_initializer='ones')
with tf.GradientTape() as t:
    y = tf.reduce_sum(layer(tf.constant([[1.0, 2.0]])) ** 2)
t.gradient(y, layer.trainable_variables)
`;
    const { result, values } = await computed(layer, { wrt: 'dense/kernel' });
    expect(result.rows.map(({ shape }) => shape)).toEqual([[2, 2]]);
    expect(values).toEqual([[[2, 0, 4, 0, 0, 2, 0, 4, 4, 0, 8, 0, 0, 4, 0, 8]]]);
  });

  it('of one component of a vector, where that is chosen', async () => {
    const text = `${NESTED}outer.gradient(v, x)\n`;
    expect((await computed(text, at(text, 'outer.gradient(v', { component: [1] }))).values).toEqual([[[0, 0, 0, 48]]]);
    expect((await refused(text, at(text, 'outer.gradient(v', { component: [2] })))?.message).toContain('outside');
    expect((await refused(text, at(text, 'outer.gradient(v', { component: [0, 0] })))?.message).toContain('a component is 1 numbers');
  });

  it('of each example alone', async () => {
    const text = `
x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = x[:, 0] * x[:, 1] ** 2
    g = inner.gradient(y, x)
outer.batch_jacobian(g, x)
`;
    const { result, values } = await computed(text);
    expect(result.columns).toEqual([{ name: 'x', shape: [2] }]);
    expect(values).toEqual([[[0, 4, 4, 2, 0, 8, 8, 6]]]);
  });

  it('the n-th time it is reached, and the program is not run past it', async () => {
    const text = `
x = tf.Variable(1.0)
for i in range(5):
    with tf.GradientTape() as t:
        y = x**4
    print(i)
    g = t.gradient(y, x)
    x.assign_add(1.0)
`;
    const { values, output } = await computed(text, at(text, 't.gradient', { occurrence: 3 }));
    expect(values).toEqual([[[12 * 3 ** 2]]]);
    expect(output.text).toBe('0\n1\n2\n');
    expect((await refused(text, at(text, 't.gradient', { occurrence: 6 })))?.message).toContain('reached 5 times, fewer than 6');
  });

  it('of a target that contains a gradient: a penalty', async () => {
    const text = `
w = tf.Variable([1.0, 2.0])
x = tf.constant([0.5, -1.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = tf.reduce_sum(w * x**2)
    g = inner.gradient(y, x)
    loss = tf.reduce_sum(g**2)
outer.gradient(loss, w)
`;
    // The loss is Σ (2 w x)², its second derivative 8 x².
    expect((await computed(text)).values).toEqual([[[2, 0, 0, 8]]]);
  });

  it("where a program's variable is assigned to later, at what it held then", async () => {
    const text = `
x = tf.Variable(2.0)
with tf.GradientTape() as t:
    y = x**3
g = t.gradient(y, x)
x.assign(100.0)
`;
    const { values, result } = await computed(text);
    expect(values).toEqual([[[12]]]);
    expect(result.checks.hessian).toBeLessThan(1e-6);
  });
});

describe('two answers are kept apart', () => {
  it('where TensorFlow gives None, the Hessian is there', async () => {
    const text = `
x = tf.constant(3.0)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = x**3
    g = inner.gradient(y, x)
outer.gradient(g, x)
`;
    const { result, values } = await computed(text);
    expect(result.tensorflow.outcome).toBe('none');
    expect(values).toEqual([[[18]]]);
  });

  it('a target that is None comes from the call that gave it, by the name it has', async () => {
    const text = `
x = tf.constant(3.0)
z = tf.constant(3.0)
with tf.GradientTape() as outer:
    with tf.GradientTape(persistent=True) as inner:
        y = x**3
        u = z**2
    dy = inner.gradient(y, x)
    du = inner.gradient(u, z)
outer.gradient(dy, x)
`;
    const { result, values } = await computed(text, at(text, 'outer.gradient'));
    expect(values).toEqual([[[18]]]);
    expect(result.tensorflow).toMatchObject({ outcome: 'raises', reason: 'the target is None' });
    expect(result.notes.join()).toContain('dy is None here: line 9 gave None. The Hessian is that of y in x all the same.');
  });

  it('a second derivative that TensorFlow has not, or has wrong', async () => {
    const softsign = `
x = tf.Variable(2.0)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.nn.softsign(x)
    g = inner.gradient(y, x)
outer.gradient(g, x)
`;
    const { result, values } = await computed(softsign);
    expect(result.tensorflow.outcome).toBe('raises');
    expect(values?.[0]?.[0]?.[0]).toBeCloseTo(-2 / 27, 6);
    const moments = (call: string) => `
x = tf.Variable([[1.0, 2.0, 4.0], [0.3, 0.1, 0.7]])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        mean, variance = tf.nn.moments(x, [1])
        y = tf.reduce_sum(${call})
    g = inner.gradient(y, x)
outer.jacobian(g, x)
`;
    // Ended at the call, and run to its end.
    const text = moments('mean ** 2 * variance ** 2');
    for (const options of [at(text, 'outer.jacobian'), {}])
      expect((await computed(text, options)).result.notes.join()).toContain(
        "TensorFlow's own numbers are not these, by 0.64 of the largest",
      );
    // The mean alone has nothing that is stopped.
    const right = moments('mean ** 3 + 0.0 * variance');
    for (const options of [at(right, 'outer.jacobian'), {}]) expect((await computed(right, options)).result.notes).toEqual([]);
  });
});

describe('what is said beside the numbers', () => {
  it('a quadratic target is the same for every input; a cubic one is not', async () => {
    const of = (y: string) => computed(`x = tf.Variable([1.0, 2.0])\nwith tf.GradientTape() as t:\n    y = ${y}\nt.gradient(y, x)\n`);
    expect((await of('tf.reduce_sum(tf.square(x)) + x[0] * x[1]')).result).toMatchObject({ constant: true, structure: 'dense' });
    expect((await of('tf.reduce_sum(x**3)')).result.constant).toBeUndefined();
  });

  it('zero for every input, nearly everywhere, or only here', async () => {
    const of = async (y: string) =>
      (await computed(`x = tf.Variable([0.0, 2.0])\nwith tf.GradientTape() as t:\n    y = ${y}\nt.gradient(y, x)\n`)).result;
    expect(await of('3.0 * x')).toMatchObject({ structure: 'zero', notes: [] });
    expect((await of('tf.nn.relu(x)')).notes.join()).toContain('nearly everywhere');
    expect((await of('x[0] ** 3')).notes.join()).toContain('at this point, though not for every input');
  });

  it('eigenvalues, inertia and the Newton step, on request', async () => {
    const text = 'x = tf.Variable([1.0, 2.0])\nwith tf.GradientTape() as t:\n    y = x[0] ** 2 - 3.0 * x[1] ** 2\nt.gradient(y, x)\n';
    const { result, newtonStep } = await computed(text, { eigenvalues: true, newton: true });
    expect(result.eigenvalues).toMatchObject({
      values: [-6, 2],
      isAll: true,
      condition: 3,
      inertia: { positive: 1, negative: 1, zero: 0 },
    });
    expect(result.newton?.descends).toBe(false);
    expect(Array.from(newtonStep?.[0] ?? [])).toEqual([-1, -2]);
    expect((await computed(text)).result.eigenvalues).toBeUndefined();
  });

  it('single precision where the program has double, and kernels that the engine lacks or has wrong', async () => {
    const of = async (x: string, y: string) =>
      (
        await computed(`x = tf.Variable(${x})\nwith tf.GradientTape() as t:\n    y = ${y}\nt.gradient(y, x)\n`, { denseLimit: 10 })
      ).result.notes.join();
    expect(await of('tf.ones([2], tf.float64)', 'tf.abs(tf.complex(x, x * x))')).toContain('complex128 is computed in complex64');
    expect(await of('tf.ones([2], tf.float64)', 'tf.exp(x)')).toBe('');
    // Small tensors are pure JavaScript's in any case beside the embedded engine: nothing is passed over.
    const small = await of('tf.ones([3])', 'tf.nn.relu6(x) ** 2');
    if (process.env['TAPE_LENS_TEST_ENGINE'] === 'node') expect(small).toContain('Relu6 ran in pure JavaScript');
    else expect(small).toBe('');
    expect(await of('tf.ones([5000])', 'tf.nn.relu6(x) ** 2')).toContain('Relu6 ran in pure JavaScript');
  });

  it('one that is too large to be held whole comes as its elements', async () => {
    const text = 'x = tf.Variable(tf.ones([50]))\nwith tf.GradientTape() as t:\n    y = tf.reduce_sum(x ** 4)\nt.gradient(y, x)\n';
    const { blocks, sparse } = await computed(text, { denseLimit: 49 });
    expect(blocks).toBeNull();
    expect(sparse?.[0]?.[0]).toMatchObject({ kind: 'coordinates', rows: 50, columns: 50 });
  });

  it('or, where it is dense, as what products tell', async () => {
    const text = 'x = tf.Variable(tf.ones([60]))\nwith tf.GradientTape() as t:\n    y = tf.reduce_sum(x) ** 2\nt.gradient(y, x)\n';
    const { blocks, result, eigenvectors } = await computed(text, { denseLimit: 50 });
    expect(blocks).toBeNull();
    expect(result.spectrum?.largest[0]).toBeCloseTo(120, 2);
    expect(result.spectrum?.trace?.value).toBeCloseTo(120, 2);
    expect(Math.abs(eigenvectors?.largest[0]?.[0] ?? 0)).toBeCloseTo(1 / Math.sqrt(60), 4);
  });
});

const LONG = `
x = tf.Variable(tf.random.normal([3000]))
with tf.GradientTape() as t:
    y = tf.exp(tf.reduce_mean(x * x)) + tf.reduce_sum(tf.sin(x) * tf.roll(x, 1, 0))
t.gradient(y, x)
`.replace('tf.roll(x, 1, 0)', 'tf.concat([x[1:], x[:1]], 0)');

describe('bad input', () => {
  it('a line that is never reached', async () => {
    const text = `x = tf.Variable(1.0)\nwith tf.GradientTape() as t:\n    y = x * x\nif False:\n    t.gradient(y, x)\n`;
    expect(await refused(text, { line: 6 })).toMatchObject({ kind: 'unreached', line: 6 });
    expect(await refused('x = 1\n')).toMatchObject({ kind: 'unreached' });
  });

  it('a target that is None for no reason that a gradient call gave', async () => {
    expect(
      await refused('x = tf.Variable(1.0)\ny = None\nt = tf.GradientTape()\nwith t: x * x\nt.gradient(y, x)\n', { line: 6 }),
    ).toMatchObject({
      kind: 'unreached',
      message: expect.stringContaining('The target y is None here'),
      line: 6,
    });
  });

  it('sources that hold integers', async () => {
    const text = (sources: string): string =>
      `x = tf.Variable(1.0)\nn = tf.constant(2)\nwith tf.GradientTape() as t:\n    t.watch(x)\n    y = x**3 * tf.cast(n, tf.float32)\nt.gradient(y, ${sources})\n`;
    expect((await refused(text('n')))?.message).toBe('n holds integers, which have no derivatives.');
    const { result, values } = await computed(text('[x, n]'));
    expect(values).toEqual([[[12]]]);
    expect(result.notes.join()).toContain('n left out: integers have no derivatives.');
  });

  it('a source that the target does not depend on, or is the target', async () => {
    const of = (y: string) => computed(`x = tf.Variable([1.0, 2.0])\nwith tf.GradientTape() as t:\n    y = ${y}\nt.gradient(y, x)\n`);
    expect((await of('tf.constant(1.0)')).result.structure).toBe('zero');
    expect((await of('x')).result.structure).toBe('zero');
  });

  it('a source without elements', async () => {
    const { result, values } = await computed(
      'x = tf.Variable(tf.zeros([0]))\nwith tf.GradientTape() as t:\n    y = tf.reduce_sum(x * x)\nt.gradient(y, x)\n',
    );
    expect(values).toEqual([[[]]]);
    expect(result.notes.join()).toContain('no elements');
  });

  it('an exception half-way, before the call and after it', async () => {
    const text = `x = tf.Variable(1.0)\nwith tf.GradientTape() as t:\n    y = x * x\nraise ValueError('half-way')\nt.gradient(y, x)\n`;
    expect(await refused(text)).toMatchObject({ kind: 'snippet', type: 'ValueError', message: 'half-way', line: 5 });
    const after = `x = tf.Variable(1.0)\nwith tf.GradientTape() as t:\n    y = x * x\nt.gradient(y, x)\nraise ValueError('later')\n`;
    expect((await computed(after)).result.notes.join()).toContain('ValueError: later');
  });

  it('a name that is not a source', async () => {
    const text = 'x = tf.Variable(1.0)\nwith tf.GradientTape() as t:\n    y = x * x\nt.gradient(y, x)\n';
    expect((await refused(text, { wrt: 'z' }))?.message).toBe('The call has no source named z. Its sources are x.');
  });

  it('NaN and infinities are numbers like others', async () => {
    const { values, result } = await computed(
      'x = tf.Variable([0.0, 4.0])\nwith tf.GradientTape() as t:\n    y = tf.sqrt(x)\nt.gradient(y, x)\n',
    );
    expect(values?.[0]?.[0]?.[0]).toBe(-Infinity);
    expect(values?.[0]?.[0]?.[3]).toBeCloseTo(-1 / 32, 6);
    expect(result.eigenvalues).toBeUndefined();
  });

  it.each([
    [
      'the op that made it',
      'y = tf.reduce_sum(x * x) + 1.0\n    y = y * tf.math.log(0.0 * x[0])',
      { kind: 'operation', operation: 'Log', line: 5 },
    ],
    [
      'the derivative of an op',
      'y = tf.reduce_sum(x * x)\n    y = y + tf.reduce_sum(tf.sqrt(x))',
      { kind: 'derivative', operation: 'Sqrt', line: 5 },
    ],
    [
      'a source that holds it',
      'x.assign([0.0, float("nan")])\n    y = tf.reduce_sum(x**3)',
      { kind: 'source', operation: 'x', value: 'NaN' },
    ],
    [
      'an op of a layer',
      'y = tf.reduce_sum(x)\n    y = tf.keras.layers.Activation(tf.math.log)(0.0 * y)',
      { kind: 'operation', operation: 'Log', line: 5 },
    ],
    ['a constant', 'y = tf.reduce_sum(x * x)\n    y = y * tf.constant(float("nan"))', { kind: 'constant', operation: 'Mul', line: 5 }],
    [
      'the op that matters, not one before it',
      'mask = 1.0 / (1.0 / tf.constant(0.0))\n    y = mask + tf.reduce_sum(tf.sqrt(x))',
      { kind: 'derivative', operation: 'Sqrt', line: 5 },
    ],
  ])('the first of them is traced to %s', async (_, body, expected) => {
    const { result } = await computed(`x = tf.Variable([0.0, 4.0])\nwith tf.GradientTape() as t:\n    ${body}\nt.gradient(y, x)\n`);
    expect(result.fault).toMatchObject(expected);
    expect(result.notes.join()).toContain(expected.kind === 'source' ? 'x itself holds NaN' : 'at line 5');
  });

  it('and to its file, where that is another', async () => {
    const reply = await host.hessian({
      path: '/project/snippet.py',
      text: 'import tensorflow as tf\nimport losses\nx = tf.Variable(0.0)\nwith tf.GradientTape() as t:\n    y = losses.of(x)\nt.gradient(y, x)\n',
      language: 'python',
      modules: { '/project/losses.py': 'import tensorflow as tf\n\ndef of(x):\n    return tf.math.log(x * x)\n' },
    });
    expect(reply.ok && reply.result.fault).toMatchObject({ operation: 'Log', line: 4, file: '/project/losses.py' });
  });
});

/** Processes of ours that are still there. */
const children = (): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || !existsSync(`/proc/${pid}/stat`)) return false;
    try {
      const [, state, parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return parent === String(process.pid) && (state === 'Z' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('runtime/main.mjs'));
    } catch {
      return false;
    }
  });

describe('an end by force', () => {
  it('cancelled at any moment: said so, or answered, and the next request works', { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tape-lens-test-'));
    vi.stubEnv('TMPDIR', folder);
    const own = openHost();
    const kinds = new Set<string>();
    let state = 12345;
    for (let round = 0; round < 100; round++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      const controller = new AbortController();
      const reply = ask(LONG, {}, { signal: controller.signal }, own);
      setTimeout(() => controller.abort(), (state / 2 ** 32) * 900);
      const answer = await reply;
      kinds.add(answer.ok ? 'answered' : answer.error.kind);
    }
    expect([...kinds].filter((kind) => kind !== 'cancelled' && kind !== 'answered')).toEqual([]);
    expect(kinds.has('cancelled')).toBe(true);
    const next = await ask('x = tf.Variable(1.0)\nwith tf.GradientTape() as t:\n    y = x * x\nt.gradient(y, x)\n', {}, {}, own);
    expect(next.ok).toBe(true);
    await own.close();
    vi.unstubAllEnvs();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it('leaves no process behind, dead or alive', async () => {
    const others = children();
    const own = openHost();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1200);
    await ask('while True: pass\n', {}, { signal: controller.signal }, own);
    await own.close();
    await expect.poll(() => children().filter((pid) => !others.includes(pid)), { timeout: 10_000 }).toEqual([]);
  });

  it('killed from outside: a crash that is told, and the next request works', async () => {
    let pid = 0;
    const own = openHost({ log: (line) => (pid = Number(/process (\d+)/.exec(line)?.[1] ?? pid)) });
    const reply = ask('print("on its way", flush=True)\nwhile True: pass\n', {}, { onProgress: () => {} }, own);
    const killing = setInterval(() => pid > 0 && process.kill(pid, 'SIGKILL'), 400);
    const answer = await reply;
    clearInterval(killing);
    expect(answer.ok ? null : answer.error).toMatchObject({ kind: 'crashed', message: expect.stringContaining('SIGKILL') });
    expect((await runPython(own, 'print(1)')).output.text).toBe('1\n');
    await own.close();
  });

  it('out of memory: said so, and the next request works', { timeout: 240_000 }, async () => {
    // Well above what an idle process takes: 210 MB, with tfjs-node 425 MB.
    // A process with tfjs-node has 425 MB before it does anything.
    const own = openHost({ limits: { memoryBytes: (process.env['TAPE_LENS_TEST_ENGINE'] === 'node' ? 800 : 400) * 2 ** 20 } });
    const text =
      'x = tf.Variable(tf.ones([8000]))\nwith tf.GradientTape() as t:\n    y = tf.reduce_sum(tf.exp(x[:, None] * x[None, :]))\nt.gradient(y, x)\n';
    const answer = await ask(text, { timeoutSeconds: 200 }, {}, own);
    expect(answer.ok ? null : answer.error.kind).toBe('memory');
    expect((await runPython(own, 'print(1)')).output.text).toBe('1\n');
    await own.close();
  });

  it('cut short, a spectrum keeps what was found', async () => {
    const controller = new AbortController();
    const text = LONG.replace('[3000]', '[30000]');
    const reply = await ask(
      text,
      { denseLimit: 100 },
      {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          if (total > 0 && done > total / 2) controller.abort();
        },
      },
    );
    if (!reply.ok) throw new Error(reply.error.message);
    expect(reply.result.spectrum?.largest.length).toBeGreaterThan(0);
    expect(reply.result.spectrum?.isComplete).toBe(false);
    expect(reply.result.notes.join()).toContain('Cancelled');
  });

  it('cut short over its eigenvalues, a Hessian keeps its numbers and its checks', async () => {
    const controller = new AbortController();
    const reply = await ask(
      LONG.replace('[3000]', '[900]'),
      { eigenvalues: true },
      { signal: controller.signal, onPart: () => controller.abort() },
    );
    if (!reply.ok) throw new Error(reply.error.message);
    expect(reply.blocks?.[0]?.[0]).toHaveLength(900 * 900);
    expect(reply.result).toMatchObject({ structure: 'dense', checks: { hessian: expect.any(Number) } });
    expect(reply.result.eigenvalues).toBeUndefined();
    expect(reply.result.notes.at(-1)).toBe('This is what was found before the end: Cancelled.');
  });
});

describe('what cancels but for rounding', () => {
  it('is a value in TensorFlow, and why; every time the same', async () => {
    const text = `x = tf.Variable([1.25, 1.61])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = tf.reduce_sum(tf.nn.softmax(x))
    g = t1.gradient(y, x)
t2.jacobian(g, x)
`;
    const told = [await computed(text), await computed(text), await computed(text, { line: 7 })].map(({ result }) => result.tensorflow);
    const [first] = told;
    expect(first).toEqual({ outcome: 'value', rule: null, reason: 'its terms cancel, and nothing but rounding is left' });
    for (const other of told) expect(other).toEqual(first);
  });

  it('is zeros where it stays so however ops round', async () => {
    const text = `x = tf.Variable([1.25, 1.61])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = tf.reduce_sum(tf.nn.relu(-tf.exp(x)) * 0.7)
    g = t1.gradient(y, x)
t2.jacobian(g, x)
`;
    expect((await computed(text)).result.tensorflow).toEqual({ outcome: 'zeros', rule: null, reason: null });
  });
});

describe('what takes longer comes later', () => {
  const QUADRATIC = `x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = x[0] * x[0] * x[1]
    g = t1.gradient(y, x)
t2.jacobian(g, x)
`;
  const HESSIAN = [4, 2, 2, 0];

  it('first the numbers, then a part with the checks, then the eigenvalues', async () => {
    const told: unknown[] = [];
    const reply = await ask(
      QUADRATIC,
      { eigenvalues: true },
      {
        onNumbers: ({ blocks, packed }) => told.push([...(blocks?.[0]?.[0] ?? [])], packed),
        onPart: ({ result, packed, blocks }) => told.push(result.eigenvalues, result.checks.hessian, packed, blocks),
      },
    );
    if (!reply.ok) throw new Error(reply.error.message);
    const { packed, blocks, result } = reply;
    expect(told).toEqual([HESSIAN, packed, undefined, result.checks.hessian, packed, blocks]);
    // What came is not made again.
    expect(told[1]).toBe(packed);
    expect(told[5]).toBe(blocks);
    expect(result.eigenvalues?.values).toHaveLength(2);
  });

  it('arrays are the same in memory that was made ready for them', async () => {
    const text = `x = tf.range(400, dtype=tf.float32) / 400.0
with tf.GradientTape() as t2:
    t2.watch(x)
    with tf.GradientTape() as t1:
        t1.watch(x)
        y = tf.reduce_sum(x[1:] ** 2 * x[:-1] + tf.sin(x[:-1]))
    g = t1.gradient(y, x)
t2.jacobian(g, x)
`;
    const [made, later] = [await ask(text, {}, { wantsArrays: true }), await ask(text)];
    if (!made.ok || !later.ok) throw new Error('no Hessian');
    expect(made.result.structure).toBe('banded');
    expect(made.blocks?.[0]?.[0]).toHaveLength(160_000);
    expect(made.blocks).toEqual(later.blocks);
  });

  it('nothing that takes longer: no part', async () => {
    const told: string[] = [];
    const reply = await ask(QUADRATIC, {}, { onNumbers: () => told.push('numbers'), onPart: () => told.push('part') });
    expect(reply.ok && [...(reply.blocks?.[0]?.[0] ?? [])]).toEqual(HESSIAN);
    expect(told).toEqual(['numbers']);
  });

  it('what is too large to be held has no numbers, and parts as more is known', async () => {
    const told: (readonly number[])[] = [];
    const reply = await ask(
      LONG,
      { denseLimit: 100 },
      { onNumbers: () => told.push([]), onPart: ({ result }) => told.push(result.spectrum?.largest ?? []) },
    );
    expect(reply.ok && reply.packed).toBeNull();
    expect(told.length).toBeGreaterThan(1);
    expect(told.every((largest) => largest.length > 0)).toBe(true);
  });
});

describe('what a program says of its derivatives itself', () => {
  /** Σ sin(v)·v², twice differentiated. */
  const CURVED = [0.7, 2].map((v) => (2 - v * v) * Math.sin(v) + 4 * v * Math.cos(v));
  const asked = (definition: string, source = 'tf.Variable([0.7, 2.0])'): string =>
    `x = ${source}\n${definition}\nwith tf.GradientTape() as t2:\n    t2.watch(x)\n    with tf.GradientTape() as t1:\n        t1.watch(x)\n        y = tf.reduce_sum(f(x))\n    g = t1.gradient(y, x)\nt2.jacobian(g, x)\n`;
  const body = 'tf.sin(v) * v ** 2';
  const diagonal = async (text: string) => {
    const { values, result } = await computed(text);
    const block = values?.[0]?.[0] ?? [];
    expect([block[1], block[2]]).toEqual([0, 0]);
    return { result, found: [block[0] ?? NaN, block[3] ?? NaN] };
  };
  const expectCurved = (found: readonly number[]): void => CURVED.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));

  it.each([
    ['recompute_grad', `f = tf.recompute_grad(lambda v: ${body})`],
    ['recompute_grad with a variable inside', `w = tf.Variable(1.0)\nf = tf.recompute_grad(lambda v: w * ${body})`],
    ['recompute_grad in a function', `f = tf.function(tf.recompute_grad(lambda v: ${body}))`],
    ['py_function', `f = lambda v: tf.py_function(lambda v: ${body}, [v], tf.float32)`],
    ['py_function in a function', `f = tf.function(lambda v: tf.py_function(lambda v: ${body}, [v], tf.float32))`],
  ])('%s: the true one, whatever TensorFlow makes of it', async (_, definition) => {
    for (const source of ['tf.Variable([0.7, 2.0])', 'tf.constant([0.7, 2.0])']) {
      const { found, result } = await diagonal(asked(definition, source));
      expectCurved(found);
      expect(result.structure).toBe('diagonal');
      expect(result.checks.gradient).toBeLessThan(1e-5);
      expect(result.checks.hessian).toBeLessThan(1e-5);
    }
  });

  it('TensorFlow itself raises, or gives None', async () => {
    const { result } = await computed(asked(`f = tf.recompute_grad(lambda v: ${body})`));
    expect(result.tensorflow).toMatchObject({ outcome: 'raises', reason: expect.stringContaining('NotImplementedError') });
    const { result: once } = await computed(asked(`f = lambda v: tf.py_function(lambda v: ${body}, [v], tf.float32)`));
    expect(once.tensorflow.outcome).toBe('none');
  });

  it('a penalty goes through py_function, whose second derivative TensorFlow does not have', async () => {
    const text = `x = tf.Variable([0.7, 2.0])\nf = lambda v: tf.py_function(lambda v: ${body}, [v], tf.float32)\nwith tf.GradientTape() as t2:\n    with tf.GradientTape() as t1:\n        y = tf.reduce_sum(f(x)) + tf.reduce_sum(x ** 2)\n    g = t1.gradient(y, x)\nt2.jacobian(g, x)\n`;
    const { found, result } = await diagonal(text);
    expectCurved(found.map((value) => value - 2));
    expect(result.notes.join()).toContain('a tf.py_function is not differentiated twice');
  });

  it('what comes of numpy_function is a constant, and said', async () => {
    const { found, result } = await diagonal(asked('f = lambda v: tf.numpy_function(lambda a: a * a, [v], tf.float32) * v ** 2'));
    [2 * 0.49, 2 * 4].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
    expect(result.notes).toEqual(['tf.numpy_function (line 3) takes numbers out of TensorFlow: what is made of them is a constant.']);
    expect(result.checks.hessian).toBeLessThan(1e-5);
  });

  it('custom_gradient and stop_gradient are respected, and named', async () => {
    const own = 'f = tf.custom_gradient(lambda v: (v ** 3, lambda dy: dy * 5.0 * v))';
    const { found, result } = await diagonal(asked(own));
    expect(found).toEqual([5, 5]);
    expect(result.notes).toEqual(['The gradient of your own tf.custom_gradient <lambda> (line 8) is taken as it is.']);
    const { found: stopped, result: withStop } = await diagonal(asked('f = lambda v: tf.stop_gradient(v) * v ** 2'));
    [1.4, 4].forEach((value, i) => expect(stopped[i]).toBeCloseTo(value, 5));
    expect(withStop.notes).toEqual(['tf.stop_gradient (line 3) makes a constant of what it is given.']);
    // Differences respect it as well.
    expect(withStop.checks.gradient).toBeLessThan(1e-5);
    expect(withStop.checks.hessian).toBeLessThan(1e-5);
  });
});

describe('a result', () => {
  it('gives its blocks as they came, and as arrays that are made once', async () => {
    const text = `x = tf.Variable([1.0, 2.0, 3.0])\nwith tf.GradientTape() as t2:\n    with tf.GradientTape() as t1:\n        y = tf.reduce_sum(x ** 3)\n    g = t1.gradient(y, x)\nh = t2.jacobian(g, x)\n`;
    const reply = await ask(text);
    if (!reply.ok) throw new Error(reply.error.message);
    expect(reply.packed).toEqual([
      [{ kind: 'coordinates', rows: 3, columns: 3, positions: Int32Array.of(0, 4, 8), values: Float32Array.of(6, 12, 18) }],
    ]);
    expect(reply.blocks).toEqual([[Float32Array.of(6, 0, 0, 0, 12, 0, 0, 0, 18)]]);
    expect(reply.blocks).toBe(reply.blocks);
  });
});
