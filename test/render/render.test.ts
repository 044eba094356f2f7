// The formats of `check` and `explain`: places, escapes, and what each format's readers rely on.
import { describe, expect, it } from 'vitest';
import type { Reason } from '../../server/src/analysis/facts.ts';
import type { CheckedFile } from '../../server/src/render/checked.ts';
import { explainFile, renderExplainJson, renderExplainText, shapeText } from '../../server/src/render/explain.ts';
import { renderGithub } from '../../server/src/render/github.ts';
import { hoverMarkdown } from '../../server/src/render/hover.ts';
import { renderJson } from '../../server/src/render/json.ts';
import { Lines } from '../../server/src/render/positions.ts';
import { renderSarif } from '../../server/src/render/sarif.ts';
import { renderText } from '../../server/src/render/text.ts';
import { problems } from '../../server/src/rules/problems.ts';
import type { Subject } from '../../server/src/rules/rule.ts';
import { at, call, facts, none, source, subject } from '../rules/hand-made.ts';

const text = `import tensorflow as tf
with tf.GradientTape() as t:
\ty = x * x; g = t.gradient(y, x)
`;
const unwatched: Reason = {
  kind: 'unwatched-tensor',
  cause: at(text, 'x * x'),
  path: [],
  watch: { tape: 't', source: 'x', before: at(text, 'y =').start },
  tape: 't',
};

function made(): Subject {
  const names = [{ range: at(text, 'g ='), name: 'g', call: 0, source: null }];
  return subject(text, facts([call(text, 't.gradient(y, x)', { sources: [none('x', unwatched)] })], { names }));
}

const files = (path = 'a b/slope.py'): readonly CheckedFile[] => [{ path, text, problems: problems(made()) }];

describe('lines and columns', () => {
  it('count from 1, in UTF-16 code units, and end behind the last character', () => {
    const lines = new Lines('a\r\n  𝑥 = f(\n1)\n');
    const start = 'a\r\n  𝑥 = '.length;
    expect(lines.span({ start, end: start + 'f(\n1)'.length })).toEqual({ line: 2, column: 8, endLine: 3, endColumn: 3 });
    expect(lines.line(1)).toBe('a');
    expect(lines.line(99)).toBe('');
  });
});

describe('text', () => {
  it('has one line a problem, the source line, and carets where the call is, behind the same tabs', () => {
    expect(renderText(files(), { colour: false })).toBe(
      [
        'a b/slope.py:3:17 TL101 `g` will be `None`: `t` does not watch `x`.',
        '3 | \ty = x * x; g = t.gradient(y, x)',
        '  | \t               ^^^^^^^^^^^^^^^^',
        '',
        '1 problem in 1 file.',
        '',
      ].join('\n'),
    );
  });
  it('has colours only when asked', () => {
    expect(renderText(files(), { colour: false })).not.toContain('\u001b');
    expect(renderText(files(), { colour: true })).toContain('\u001b[31mTL101\u001b[0m');
  });
  it('says so when there is nothing', () => {
    expect(renderText([{ path: 'a.py', text: '', problems: [] }], { colour: false })).toBe('No problems in 1 file.\n');
  });
  it('shows a part of a very long line', () => {
    const long = `${'a = 1; '.repeat(20_000)}g = t.gradient(y, x)`;
    const long_ = subject(long, facts([call(long, 't.gradient(y, x)', { sources: [none('x')] })]));
    const shown = renderText([{ path: 'a.py', text: long, problems: problems(long_) }], { colour: false });
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThan(200);
    expect(shown).toContain('^^^^^^^^^^^^^^^^');
  });
});

describe('JSON', () => {
  it('holds places, related places and fixes', () => {
    const parsed: unknown = JSON.parse(renderJson(files()));
    expect(parsed).toMatchObject({
      version: 1,
      files: [
        {
          path: 'a b/slope.py',
          problems: [
            {
              line: 3, column: 17, endLine: 3, endColumn: 33, code: 'TL101', rule: 'unwatched-tensor', severity: 'error',
              related: [{ line: 3, column: 6, message: '`t` does not watch `x`' }],
              fixes: [{ title: 'Insert `t.watch(x)`', safe: true, edits: [{ line: 3, column: 2, newText: 't.watch(x)\n\t' }] }, { safe: false }],
            },
          ],
        },
      ],
    }); // prettier-ignore
  });
});

describe('GitHub', () => {
  it('is one command a problem, escaped', () => {
    expect(renderGithub(files('a,b:c.py'))).toBe(
      '::error file=a%2Cb%3Ac.py,line=3,endLine=3,col=17,endColumn=33,title=TL101 unwatched-tensor::`g` will be `None`: `t` does not watch `x`.\n',
    );
  });
});

describe('SARIF', () => {
  const log = JSON.parse(renderSarif(files(), { version: '1.2.3' })) as {
    version: string;
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      results: { ruleId: string; ruleIndex: number; level: string; locations: unknown[] }[];
    }[];
  };
  it('is version 2.1.0, and every result leads to its rule', () => {
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run?.results).toHaveLength(1);
    for (const result of run?.results ?? []) expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
  });
  it('has places with encoded relative URIs', () => {
    expect(log.runs[0]?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/slope.py' },
          region: { startLine: 3, startColumn: 17, endLine: 3, endColumn: 33 },
        },
      },
    ]);
  });
});

describe('explain', () => {
  it('is the contract: outcome, rule and reason for each source', () => {
    const parsed: unknown = JSON.parse(renderExplainJson([explainFile('slope.py', made())]));
    expect(parsed).toEqual({
      version: 1,
      files: [
        {
          path: 'slope.py',
          language: 'python',
          calls: [
            {
              line: 3, column: 17, endLine: 3, endColumn: 33, method: 'gradient', target: 'y', outcome: 'returns',
              sources: [{ name: 'x', outcome: 'none', rule: 'TL101', reason: 't does not watch x', shape: null, dtype: null, formula: null }],
            },
          ],
        },
      ],
    }); // prettier-ignore
  });

  it('carries the rule that check reports for every None and every raise', () => {
    const error = { type: 'RuntimeError', message: 'used up', reason: null };
    const sources = [none('x', unwatched), none('w')];
    for (const fact of [{ sources }, { outcome: 'raises', error } as const]) {
      const one = subject(text, facts([call(text, 't.gradient(y, x)', fact)]));
      const reported = problems(one).map((problem) => problem.code);
      const [explained] = explainFile('a.py', one).calls;
      const carried = [explained?.rule, ...(explained?.sources.map((from) => from.rule) ?? [])].filter((code) => code != null);
      expect(carried.length).toBeGreaterThan(0);
      for (const code of carried) expect(reported).toContain(code);
    }
  });

  it('says zeros where ZERO makes them of None', () => {
    const zeroed = subject(
      text,
      facts([
        call(text, 't.gradient(y, x)', { unconnectedZero: true, sources: [none('x', { kind: 'unconnected', cause: null, path: [] })] }),
      ]),
    );
    expect(explainFile('a.py', zeroed).calls[0]?.sources[0]?.outcome).toBe('zeros');
  });

  it('reads as text', () => {
    expect(renderExplainText([explainFile('slope.py', made())])).toBe(
      'slope.py:3:17 gradient of y\n  wrt x: None: t does not watch x (TL101)\n',
    );
    expect(renderExplainText([{ path: 'a.py', language: 'python', calls: [] }])).toBe('a.py: no gradient calls\n');
  });

  it('writes shapes as Python does', () => {
    expect([[], [3], [null, 24]].map(shapeText)).toEqual(['()', '(3,)', '(None, 24)']);
  });
});

describe('hover', () => {
  const tape = {
    name: 't',
    creation: at(text, 'tf.GradientTape()'),
    creationArguments: null,
    persistent: false,
    watchAccessedVariables: true,
    watched: [],
    state: 'recording',
  } as const;
  it('says what comes back, why, with a link, and how the tape stands', () => {
    const one = subject(text, facts([call(text, 't.gradient(y, x)', { tape, sources: [none('x', unwatched)] })]));
    const shown = hoverMarkdown(one, 0, null, { link: (code) => `page:${code}` }) ?? '';
    expect(shown).toContain('**gradient** of `y` wrt `x`');
    expect(shown).toContain('**None**');
    expect(shown).toContain('`t` does not watch `x`. [TL101](page:TL101)');
    expect(shown).toContain('Tape `t` (line 2): not persistent, recording here; watches every trainable variable it reads.');
  });
  it('shows formula, shape and dtype of a value', () => {
    const value = source('x', { formula: 'dy/dx = 2·x', shape: [100, 24], dtype: 'float32' });
    const shown =
      hoverMarkdown(subject(text, facts([call(text, 't.gradient(y, x)', { sources: [value] })])), 0, null, { link: () => null }) ?? '';
    expect(shown).toContain('**a value**, shape `(100, 24)`, `float32`');
    expect(shown).toContain('`dy/dx = 2·x`');
  });
  it('shows the first of many sources', () => {
    const many = Array.from({ length: 50 }, (_, index) => source(`w${index}`));
    const shown =
      hoverMarkdown(subject(text, facts([call(text, 't.gradient(y, x)', { sources: many })])), 0, null, { link: () => null }) ?? '';
    expect(shown).toContain('… and 42 more sources');
  });
});
