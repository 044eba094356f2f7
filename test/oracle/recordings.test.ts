// The recordings themselves: that each belongs to the snippet beside it, and that the numbers are what the closed form says.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNumbers, type RecordedResult, type RecordedTensor } from './numbers.ts';

const here = import.meta.dirname;
const folders = ['cases', 'cases_js', 'examples', 'weights', 'programs', 'programs_js'].flatMap((set) =>
  fs.readdirSync(path.join(here, set)).map((name) => path.join(here, set, name)),
);
const snippetOf = (folder: string): string | undefined =>
  fs
    .readdirSync(folder)
    .filter((name) => /^snippet\.(py|js|mjs|ts)$/.test(name))
    .map((name) => path.join(folder, name))[0];

interface Site {
  readonly line: number;
  readonly method: string;
  readonly code: string;
}

function isTensor(result: RecordedResult | undefined): result is RecordedTensor {
  return result !== undefined && result !== null && 'structure' in result;
}

/** The numbers of the literal that follows `call(` in a snippet, row by row. */
function literal(text: string, call: string): number[][] {
  const from = text.indexOf(`${call}(`) + call.length + 1;
  const body = text.slice(from, text.indexOf(')\n', from)).replace(/,(\s*\])/g, '$1');
  const parsed = JSON.parse(body) as number[] | number[][];
  return parsed.map((row) => (Array.isArray(row) ? row : [row]));
}

describe('every recording', () => {
  test('there are some in each set', () => expect(folders.length).toBeGreaterThan(300));

  test.each(folders.map((folder) => [path.relative(here, folder), folder]))('%s is of the snippet beside it', (_, folder) => {
    const snippet = snippetOf(folder);
    expect(snippet).toBeDefined();
    const lines = fs.readFileSync(snippet ?? '', 'utf8').split('\n');
    const text = fs.readFileSync(path.join(folder, 'oracle.json'), 'utf8');
    expect(text).not.toMatch(/"[^"]*(\/root\/|\/home\/|\/tmp\/|\/work\/)/);
    const { sites } = JSON.parse(text) as { sites: Site[] };
    for (const site of sites) expect(lines.slice(site.line - 1).join(' ')).toContain((site.code.split('\n')[0] ?? '').trim());
  });

  test.each(fs.readdirSync(path.join(here, 'examples')))('examples/%s is the example of that name', (name) => {
    const snippet = snippetOf(path.join(here, 'examples', name)) ?? '';
    const example = path.join(here, '../../examples', name.replace(/_(ts|js)$/, '') + path.extname(snippet));
    expect(fs.readFileSync(snippet, 'utf8')).toBe(fs.readFileSync(example, 'utf8'));
  });
});

describe('numbers with the weights', () => {
  test('tanh_nested: the blocks are the Hessian of the closed form', () => {
    const folder = path.join(here, 'weights/tanh_nested');
    const text = fs.readFileSync(path.join(folder, 'snippet.py'), 'utf8');
    const xs = literal(text, 'tf.constant');
    const kernel = literal(text, 'hidden.kernel.assign');
    const bias = literal(text, 'hidden.bias.assign').flat();
    const output = literal(text, 'output.kernel.assign').flat();
    const h = readNumbers(folder).get('h');
    if (!isTensor(h) || h.structure !== 'block-diagonal') throw new Error('h is not block-diagonal');
    expect(h.shape).toEqual([100, 24, 100, 24]);
    let worst = 0;
    xs.forEach((x, example) => {
      const curvature = bias.map((b, unit) => {
        const t = Math.tanh(x.reduce((sum, value, i) => sum + value * (kernel[i]?.[unit] ?? NaN), b));
        return -2 * t * (1 - t * t) * (output[unit] ?? NaN);
      });
      for (let i = 0; i < 24; i++)
        for (let j = 0; j < 24; j++) {
          const exact = curvature.reduce((sum, c, unit) => sum + c * (kernel[i]?.[unit] ?? NaN) * (kernel[j]?.[unit] ?? NaN), 0);
          worst = Math.max(worst, Math.abs(exact - (h.blocks[example]?.[24 * i + j] ?? NaN)));
        }
    });
    expect(worst).toBeLessThan(1e-6);
  });

  test('penalty: None where TensorFlow gives None, and the penalty is the mean squared gradient', () => {
    const results = readNumbers(path.join(here, 'weights/penalty'));
    expect(results.get('h')).toBeNull();
    const gradients = results.get('penalty_gradients');
    if (!Array.isArray(gradients)) throw new Error('penalty_gradients is not a list');
    expect(gradients.map((gradient) => (isTensor(gradient) ? gradient.shape : gradient))).toEqual([[24, 10], null, [10, 1], null]);
    const [g, penalty] = [results.get('g'), results.get('penalty')];
    if (!isTensor(g) || g.structure !== 'dense' || !isTensor(penalty) || penalty.structure !== 'dense') throw new Error('not dense');
    expect(g.values.reduce((sum, value) => sum + value * value, 0) / 100).toBeCloseTo(penalty.values[0] ?? NaN, 5);
  });
});
