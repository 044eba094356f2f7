// The forms of the recorded op table that are programs: what the analyzer says of them, held against what TensorFlow answered.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GradientCall } from '../../server/src/analysis/facts.ts';
import { check } from '../rules/harness.ts';
import { binaryForm, unaryForm } from './forms.ts';
import { mixedProgram, numbersOfB, ordersProgram, PROGRAMS, PROGRAMS_OF_TWO, UNKNOWN } from './forms/python.ts';
import type { Outcome } from './nested.ts';

interface Unary {
  readonly 'y=f(x)': readonly Outcome[];
  readonly 'y=w*f(x)': readonly Outcome[];
  readonly 'y=f(x)^2': readonly Outcome[];
  readonly mixed: Readonly<Record<string, Outcome>>;
}
interface Table {
  readonly unary: Readonly<Record<string, Unary>>;
  readonly binary: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
}
const table = JSON.parse(readFileSync(new URL('../oracle/op_table.json', import.meta.url), 'utf8')) as Table;

/** Each call's answers in the table's words, in the order of the program. */
const answers = (text: string): string[][] =>
  check(text, 'python').subject.facts.calls.map((call: GradientCall) =>
    call.outcome === 'returns'
      ? call.sources.map((s) => ({ none: 'None', zeros: 'zero', value: 'value' })[s.outcome as string] ?? s.outcome)
      : [call.outcome === 'raises' ? `error:${call.error?.type}: ${call.error?.message}` : call.outcome],
  );

/** A value may be zero by chance, and rounding makes zeros of values: those are not told apart here. `undefined`: nothing was asked any more. */
function differs(ours: string | undefined, recorded: Outcome | undefined): string | null {
  if (ours === undefined || recorded === undefined || recorded === '-') return null;
  if (recorded.startsWith('error:')) return ours.split(': ')[0] === recorded.split(': ')[0] ? null : `${ours}, recorded ${recorded}`;
  const seen = recorded.startsWith('value') ? 'value' : recorded;
  return ours === seen || (ours === 'value' && seen === 'zero') ? null : `${ours}, recorded ${recorded}`;
}
/** The orders as far as the one before has a gradient to go on from. */
function orders(body: string, wrap: string, recorded: readonly Outcome[]): string[] {
  const ours = answers(ordersProgram(body, wrap));
  const end = recorded.findIndex((outcome) => !/^(value|zero)/.test(outcome));
  return recorded
    .slice(0, end < 0 ? recorded.length : end + 1)
    .flatMap((outcome, i) => differs(ours[i]?.[0] ?? 'not found', outcome) ?? []);
}
/** Names of the first derivatives, and under each of them those of its own two. */
type Names = Readonly<Record<string, readonly [string, string]>>;
function mixed(program: (asked: 0 | 1) => string, recorded: Readonly<Record<string, Outcome>>, names: Names): string[] {
  const firsts = Object.keys(names);
  return ([0, 1] as const).flatMap((asked) => {
    const [ours = [], seconds = []] = answers(program(asked));
    const held = (list: readonly string[], under: readonly string[]): string[] =>
      under.flatMap((name, j) => {
        const wrong = differs(list[list.length === 1 ? 0 : j] ?? 'not found', recorded[name]);
        return wrong === null ? [] : [`${name}: ${wrong}`];
      });
    const first = firsts[asked] ?? '';
    // Of None nothing is asked, and where the first derivatives raise there is nothing to ask of.
    const goesOn = /^(value|zero)/.test(recorded[first] ?? 'value') && !ours[0]?.startsWith('error');
    return [...(asked === 0 ? held(ours, firsts) : []), ...(goesOn ? held(seconds, names[first] ?? []) : [])];
  });
}

describe.each(Object.entries(PROGRAMS).filter(([key]) => !UNKNOWN.has(key)))('%s', (key, body) => {
  const recorded = table.unary[key] as Unary;
  it('f', () => expect(orders(body, 'f(x)', recorded['y=f(x)'])).toEqual([]));
  it('w*f', () => expect(orders(body, 'w * f(x)', recorded['y=w*f(x)'])).toEqual([]));
  it('f²', () => expect(orders(body, 'tf.square(f(x))', recorded['y=f(x)^2'])).toEqual([]));
  it('mixed partials', () => {
    const program = (asked: 0 | 1): string => mixedProgram(body, ['x', 'w'], 'w * f(x)', 'tf.constant(1.3)', asked);
    const names: Names = { 'dy/dx': ['d2y/dx2', 'd2y/dxdw'], 'dy/dw': ['d2y/dwdx', 'd2y/dw2'] };
    expect(mixed(program, { 'dy/dx': recorded['y=w*f(x)'][0] ?? '-', ...recorded.mixed }, names)).toEqual([]);
  });
});
describe.each(Object.entries(PROGRAMS_OF_TWO).filter(([key]) => !UNKNOWN.has(key)))('%s', (key, body) => {
  it('partials', () => {
    const program = (asked: 0 | 1): string => mixedProgram(body, ['a', 'b'], 'f(a, b)', numbersOfB, asked);
    const names: Names = { 'dy/da': ['d2/da2', 'd2/da db'], 'dy/db': ['d2/db da', 'd2/db2'] };
    expect(mixed(program, table.binary[key] ?? {}, names)).toEqual([]);
  });
});

describe('the table', () => {
  it('is expressed, all of it', () => {
    expect(Object.keys(table.unary).filter((key) => unaryForm(key) === null && !(key in PROGRAMS))).toEqual([]);
    expect(Object.keys(table.binary).filter((key) => binaryForm(key) === null && !(key in PROGRAMS_OF_TWO))).toEqual([]);
  });
  it('is decided but for 3 % of it, each of which says why', () => {
    expect([...UNKNOWN.keys()].filter((key) => !(key in PROGRAMS) && !(key in PROGRAMS_OF_TWO))).toEqual([]);
    const all = Object.keys(table.unary).length + Object.keys(table.binary).length;
    expect(UNKNOWN.size).toBeLessThanOrEqual(0.03 * all);
  });
});
