// A notebook as one program: magics left out, lines found again.
import { expect, test } from 'vitest';
import { joinCells } from '../../client/src/notebook.ts';
import { readPageMessage } from '../../client/src/pageMessages.ts';
import { withReason } from '../../client/src/reason.ts';
import { zero } from '../webview/results.ts';

const cells = [
  { uri: 'cell:1', text: '%matplotlib inline\nimport tensorflow as tf\n!pip install x\nif True:\n    %time\ntf.constant?' },
  { uri: 'cell:2', text: '%%bash\nls -la' },
  { uri: 'cell:3', text: '%%time\nx = (10\n  %tf.rank(0))\ns = """\n!not a shell\n"""  # (\ny = 5 \\\n  %x' },
];

test('magics, shell lines and questions are emptied, Python stays as it is, line for line', () => {
  const { text } = joinCells(cells);
  const expected = [
    '',
    'import tensorflow as tf',
    '',
    'if True:',
    '    pass',
    '',
    '',
    '',
    '',
    'x = (10',
    '  %tf.rank(0))',
    's = """',
    '!not a shell',
    '"""  # (',
    'y = 5 \\',
    '  %x',
    '',
  ];
  expect(text.split('\n')).toEqual(expected);
});

test('lines of cells and of the program lead to each other', () => {
  const joined = joinCells(cells);
  expect(joined.programLine('cell:3', 2)).toBe(10);
  expect(joined.cellLine(10)).toEqual({ uri: 'cell:3', line: 2 });
  expect(joined.programLine('cell:3', 99)).toBeNull();
  expect(joined.programLine('cell:4', 1)).toBeNull();
  expect(joined.cellLine(99)).toBeNull();
});

test('what the page says is checked', () => {
  expect(readPageMessage({ kind: 'reveal', file: null, line: 3, more: 1 })).toEqual({ kind: 'reveal', file: null, line: 3 });
  expect(readPageMessage({ kind: 'save', format: 'npy', name: 'hessian-y.npy', bytes: new Uint8Array(3) })).toMatchObject({
    format: 'npy',
  });
  const wrong: unknown[] = [
    null,
    'ready',
    { kind: 'other' },
    { kind: 'reveal', file: null, line: 0 },
    { kind: 'reveal', file: 7, line: 1 },
    { kind: 'rule', code: '../../secret' },
    { kind: 'save', format: 'exe', name: 'a.exe', bytes: new Uint8Array(1) },
    { kind: 'save', format: 'csv', name: '../a.csv', bytes: new Uint8Array(1) },
    { kind: 'save', format: 'csv', name: 'a.csv', bytes: [1] },
  ];
  for (const message of wrong) expect(readPageMessage(message)).toBeNull();
});

test('the reason comes from the language server where both tell the same outcome', () => {
  const source = { name: 'xs', outcome: 'none', rule: 'TL101', reason: 'not watched', shape: null, dtype: null, formula: null } as const;
  const call = {
    line: 14,
    column: 5,
    endLine: 15,
    endColumn: 3,
    method: 'jacobian',
    target: 'g',
    outcome: 'returns',
    sources: [source],
  } as const;
  const unexplained = { ...zero.result, tensorflow: { outcome: 'none', rule: null, reason: null } } as const;
  expect(withReason(unexplained, [call], 14).tensorflow).toEqual({ outcome: 'none', rule: 'TL101', reason: 'not watched' });
  expect(withReason(unexplained, [call], 13).tensorflow.rule).toBeNull();
  expect(
    withReason({ ...unexplained, tensorflow: { ...unexplained.tensorflow, outcome: 'value' } }, [call], 14).tensorflow.rule,
  ).toBeNull();
  expect(withReason(zero.result, [call], 14).tensorflow.rule).toBe('TL102');
  const raising = { ...call, outcome: 'raises', rule: 'TL201', error: { type: 'RuntimeError', message: 'used up' }, sources: [] } as const;
  const unknown = { ...unexplained, tensorflow: { outcome: 'unknown', rule: null, reason: null } } as const;
  expect(withReason(unknown, [raising], 14).tensorflow).toEqual({ outcome: 'raises', rule: 'TL201', reason: 'RuntimeError: used up' });
});
