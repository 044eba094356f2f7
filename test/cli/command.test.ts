// The built command line, as a user runs it: answers, exit codes, and what it says of input that is no good.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tape-lens-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: Buffer;
  readonly error: string;
}

/** Runs in the temporary folder; `examples/` there means the repository's. */
function tapeLens(...args: string[]): Promise<Ended> {
  const paths = args.map((argument) => (argument.startsWith('examples') ? join(root, argument) : argument));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...paths], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const error: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out), error: Buffer.concat(error).toString() }));
  });
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

const tape = `import tensorflow as tf
x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y = x * x
g = tape.gradient(y, x)
`;

describe('check', () => {
  test('names the problems of the question that the project starts from, and exits with 1', async () => {
    const { code, out } = await tapeLens('check', 'examples/linear_persistent.py');
    expect(out.toString()).toMatch(/linear_persistent\.py:19:5 TL102 .*`None`/);
    expect(code).toBe(1);
  });

  test('exits with 0 where there are none', async () => {
    const { code, out, error } = await tapeLens('check', 'examples/cubic.py');
    expect({ code, out: out.toString(), error }).toEqual({ code: 0, out: 'No problems in 1 file.\n', error: '' });
  });

  test.each(['json', 'sarif'])('--format %s is JSON alone', async (format) => {
    const { code, out } = await tapeLens('check', '--format', format, 'examples');
    expect(JSON.parse(out.toString())).toMatchObject({ version: format === 'json' ? 1 : '2.1.0' });
    expect(code).toBe(1);
  });

  test('--format github is workflow commands', async () => {
    const { out } = await tapeLens('check', '--format', 'github', 'examples/product.py');
    expect(out.toString()).toMatch(/^::(error|warning|notice) file=.*product\.py,line=11,.*title=TL102/);
  });
});

describe('explain', () => {
  test('and explain --run say the same of a program', async () => {
    const foretold = await tapeLens('explain', '--format', 'json', 'examples/product.py');
    const run = await tapeLens('explain', '--run', '--format', 'json', 'examples/product.py');
    const outcomes = ({ out }: Ended): unknown =>
      (
        JSON.parse(out.toString()) as { files: { calls: { line: number; sources: { outcome: string; rule: string | null }[] }[] }[] }
      ).files.map(({ calls }) => calls.map(({ line, sources }) => [line, ...sources.map(({ outcome, rule }) => `${outcome} ${rule}`)]));
    expect(outcomes(foretold)).toEqual([
      [
        [10, 'value null'],
        [11, 'none TL102'],
      ],
    ]);
    expect(outcomes(run)).toEqual(outcomes(foretold));
    expect([foretold.code, run.code]).toEqual([0, 0]);
  });
});

describe('hessian', () => {
  test('as JSON keeps to the contract', async () => {
    const { code, out } = await tapeLens('hessian', '--format', 'json', 'examples/cubic.py');
    const result: unknown = JSON.parse(out.toString());
    expect(result).toMatchObject({ version: 1, call: { line: 11 }, target: { shape: [] }, tensorflow: { outcome: 'value' } });
    expect((result as { hessian: number }).hessian).toBeCloseTo(18, 4);
    expect(code).toBe(0);
  });

  test('says what TensorFlow would have returned and why', async () => {
    const { code, out } = await tapeLens('hessian', 'examples/product.py');
    expect(out.toString()).toMatch(/TensorFlow +returns None here: .*\(TL102\)/);
    expect(code).toBe(0);
  });

  test.each([
    ['npy', (content: Buffer) => content.subarray(1, 6).toString() === 'NUMPY'],
    ['csv', (content: Buffer) => content.toString().split('\n')[1]?.split(',').length === 2],
    ['html', (content: Buffer) => content.toString().startsWith('<!DOCTYPE html>')],
  ])('--format %s --output writes the file and a summary', async (format, isGood) => {
    const { code, out } = await tapeLens('hessian', 'examples/cubic.py', '--format', format, '--output', `h.${format}`);
    expect(out.toString()).toMatch(new RegExp(`Hessian of .*\nWrote h\\.${format}\n$`, 's'));
    expect(isGood(readFileSync(join(folder, `h.${format}`)))).toBe(true);
    expect(code).toBe(0);
  });
});

describe('scripts', () => {
  test('cubic.ts: 18, as TensorFlow.js has it', async () => {
    const { code, out, error } = await tapeLens('hessian', 'examples/cubic.ts');
    expect(out.toString()).toMatch(/cubic\.ts:12:1 Hessian of f\(x\) wrt x\n/);
    expect(out.toString()).toMatch(/TensorFlow\.js +returns a value here: its value 18 is right\n {2}Hessian +18\n/);
    expect(error).toBe('Tensor\n    9\nTensor\n    18\n');
    expect(code).toBe(0);
  });

  test('xtanh.js: the truth, what TensorFlow.js gives in its place, and why', async () => {
    const { code, out } = await tapeLens('hessian', 'examples/xtanh.js', '--format', 'json');
    expect(JSON.parse(out.toString())).toMatchObject({
      version: 1,
      call: { line: 8, column: 1 },
      rows: [{ name: 'x', shape: [] }],
      hessian: expect.closeTo(0.732417, 5) as unknown,
      tensorflow: {
        library: 'TensorFlow.js',
        outcome: 'value',
        rule: 'TL502',
        reason: expect.stringMatching(/^its value 1\.2695 is wrong, the true one is 0\.73242/) as unknown,
      },
      checks: { asymmetry: 0 },
    });
    expect(code).toBe(0);
  });

  test.each([
    ['npy', (content: Buffer) => content.subarray(1, 6).toString() === 'NUMPY'],
    ['csv', (content: Buffer) => /^,x\nx,0\.7324/.test(content.toString())],
    ['html', (content: Buffer) => content.toString().startsWith('<!DOCTYPE html>') && content.toString().includes('TensorFlow.js')],
  ])('--format %s', async (format, isGood) => {
    const { code } = await tapeLens('hessian', 'examples/xtanh.js', '--format', format, '--output', `s.${format}`);
    expect(isGood(readFileSync(join(folder, `s.${format}`)))).toBe(true);
    expect(code).toBe(0);
  });

  test('--wrt, --occurrence and a line', async () => {
    const path = file(
      'many.mjs',
      "import * as tf from '@tensorflow/tfjs';\nconst a = tf.scalar(2), b = tf.scalar(3);\nfor (const k of [1, 2])\n  tf.grads((p, q) => p.pow(3).mul(q).mul(k))([a, b]);\n",
    );
    const { code, out } = await tapeLens('hessian', `${path}:4`, '--wrt', 'a', '--occurrence', '2', '--format', 'json');
    expect(JSON.parse(out.toString())).toMatchObject({ columns: [{ name: 'a' }], hessian: 72 });
    expect(code).toBe(0);
  });

  test('explain and explain --run say the same of them', async () => {
    const said = async (...flags: string[]): Promise<unknown> => {
      const { out } = await tapeLens('explain', ...flags, '--format', 'json', 'examples/cubic.ts', 'examples/xtanh.js');
      const { files } = JSON.parse(out.toString()) as {
        files: {
          language: string;
          calls: { line: number; column: number; outcome: string; sources: { name: string; outcome: string; formula: string }[] }[];
        }[];
      };
      return files.map(({ language, calls }) => [
        language,
        ...calls.map(({ line, column, outcome, sources }) => [
          line,
          column,
          outcome,
          ...sources.map((s) => [s.name, s.outcome, s.formula]),
        ]),
      ]);
    };
    const foretold = await said();
    expect(foretold).toMatchObject([
      ['typescript', [11, 1, 'returns', ['x', 'value', expect.any(String)]], [12, 1, 'returns', ['x', 'value', expect.any(String)]]],
      ['javascript', [8, 1, 'returns', ['x', 'value', expect.any(String)]]],
    ]);
    expect(await said('--run')).toEqual(foretold);
  });

  test('imports what lies beside them, and names what it cannot', async () => {
    file('beside.ts', "import type { Tensor } from '@tensorflow/tfjs';\nexport const f = (x: Tensor): Tensor => x.pow(4);\n");
    const good = file('main.ts', "import * as tf from '@tensorflow/tfjs';\nimport { f } from './beside';\ntf.grad(f)(tf.scalar(2));\n");
    expect((await tapeLens('hessian', good)).out.toString()).toMatch(/Hessian +48\n/);
    const bad = file('bad.js', "import * as tf from '@tensorflow/tfjs';\n\nawait tf.loadLayersModel('https://example.org/m.json');\n");
    const { code, error } = await tapeLens('hessian', bad);
    expect(error).toBe('bad.js:3: SandboxError: A snippet run by Tape Lens has no network.\n');
    expect(code).toBe(1);
    const broken = file('broken.ts', 'const a: number = 1;\nconst b: = 2;\n');
    expect((await tapeLens('hessian', broken)).error).toMatch(
      /^broken\.ts:2:.*SyntaxError: .* at column 10\..*mend this line and run it again\.\n$/s,
    );
  });
});

describe('rule', () => {
  test('prints the page of a code', async () => {
    const { code, out } = await tapeLens('rule', 'TL102');
    expect(out.toString()).toContain('constant-derivative');
    expect(code).toBe(0);
  });

  test('knows no other', async () => {
    const { code, error } = await tapeLens('rule', 'TL999');
    expect(error).toContain("There is no rule 'TL999'");
    expect(code).toBe(2);
  });
});

describe('input that is no good', () => {
  test.each<[args: string[], code: number, error: RegExp]>([
    [[], 2, /Say what to do/],
    [['check', 'nothing.py'], 2, /nothing\.py: there is no such file/],
    [['explain', 'nothing.py'], 2, /nothing\.py: there is no such file/],
    [['hessian', 'nothing.py:3'], 2, /nothing\.py: there is no such file/],
    [['hessian', 'examples'], 2, /examples: this is a folder/],
    [['hessian', 'examples/cubic.py', '--output', 'no/such/folder/h.json'], 2, /cannot be written/],
  ])('%j', async (args, code, error) => {
    const ended = await tapeLens(...args);
    expect(ended.error).toMatch(error);
    expect(ended.error).not.toContain('    at ');
    expect(ended.code).toBe(code);
  });

  test.each<[name: string, content: string | Uint8Array, code: number, error: RegExp]>([
    ['binary.py', new Uint8Array([1, 0, 2]), 2, /binary\.py: this is not text/],
    ['syntax.py', 'import tensorflow as tf\nx = (1,\n', 1, /syntax\.py:\d+: .*SyntaxError|syntax\.py:\d+: SyntaxError/],
    ['unknown.py', `import tensorflow as tf\nimport no_such_module\n${tape}`, 1, /unknown\.py:2: .*no_such_module/],
    ['notape.py', 'import tensorflow as tf\nprint(tf.constant(1.0))\n', 1, /notape\.py: .*gradient/],
    ['raises.py', `import tensorflow as tf\nraise ValueError('on purpose')\n${tape}`, 1, /raises\.py:2: ValueError: on purpose/],
    [
      'unsupported.py',
      `import tensorflow as tf\ntf.edit_distance(1.0)\n${tape}`,
      1,
      /unsupported\.py:2: .*tensorflow\.edit_distance is not supported by Tape Lens yet/,
    ],
    ['loop.py', `import tensorflow as tf\nwhile True:\n    pass\n${tape}`, 1, /loop\.py: .*did not finish in 3 s/],
    ['wordy.py', `import tensorflow as tf\nwhile True:\n    print('x' * 1000000)\n${tape}`, 1, /wordy\.py: .*did not finish in 3 s/],
  ])('hessian %s', async (name, content, code, error) => {
    const ended = await tapeLens('hessian', file(name, content), '--timeout', '3');
    expect(ended.error.slice(-2000)).toMatch(error);
    expect(ended.out.length).toBe(0);
    expect(ended.code).toBe(code);
  });

  test('check tells where a program does not parse', async () => {
    const { code, error } = await tapeLens('check', file('half.py', 'import tensorflow as tf\nx = (1,\n'));
    expect(error).toMatch(/half\.py:\d+:\d+: .*Mend it and run again/);
    expect(code).toBe(2);
  });
});

test('server --stdio answers', async () => {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'server', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('"hoverProvider"')) resolve(text);
    });
    child.on('close', () => resolve(text));
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
  child.kill();
  expect(answer).toContain('"hoverProvider"');
});
