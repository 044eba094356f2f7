// How rules put things into words: names in backticks and clipped, what will come of a call, one sentence of at most 100 characters.
import type { NameFact } from '../analysis/facts.ts';
import type { Finding, Subject } from './rule.ts';

export const LONGEST_MESSAGE = 100;

/** Source text in backticks, on one line, clipped to `longest` characters. */
export function quote(text: string, longest = 28): string {
  const line = text.replaceAll('`', "'").replaceAll(/\s+/g, ' ').trim();
  return '`' + (line.length > longest ? line.slice(0, longest - 1) + '…' : line) + '`';
}

/** `` `x` ``, `` `x` and `w` ``, `` `x`, `w` and 3 more ``; elements of one list together: `` `weights[1, 3]` ``. */
export function quoteAll(names: readonly string[]): string {
  const elements = names.map((name) => /^(.+)\[(\d+)\]$/.exec(name));
  const [list] = elements.map((element) => element?.[1]);
  if (names.length > 1 && list !== undefined && elements.every((element) => element?.[1] === list)) {
    return quote(`${list}[${[...new Set(elements.map((element) => element?.[2]))].join(', ')}]`, 36);
  }
  const quoted = [...new Set(names)].map((name) => quote(name));
  if (quoted.length <= 2) return quoted.join(' and ');
  if (quoted.length === 3) return `${quoted[0]}, ${quoted[1]} and ${quoted[2]}`;
  return `${quoted[0]}, ${quoted[1]} and ${quoted.length - 2} more`;
}

export function sourceNames(finding: Finding): readonly string[] {
  return finding.sources.map((source) => source.name);
}

export function sources(finding: Finding): string {
  return quoteAll(sourceNames(finding));
}

export function target(finding: Finding): string {
  return quote(finding.call.target === '' ? 'the target' : finding.call.target);
}

/** The tape's name, else `the tape`. */
export function tape(finding: Finding, name?: string | null): string {
  const known = name ?? finding.call.tape?.name ?? null;
  return known === null ? 'the tape' : quote(known);
}

/** The line, from 1, that an offset is on. */
export function lineOf(text: string, offset: number): number {
  if (lines.text !== text) lines = { text, starts: startsOf(text) };
  let [low, high] = [0, lines.starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lines.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
/** Where the lines of the text that was asked of last begin. */
let lines: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [0] };

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

export function line({ subject, call }: Finding, offset: number): string {
  return lineText(subject, offset, call.range.start);
}

/** `line 3`; in a notebook counted from the start of the cell, and said when it is another cell than that of `seenFrom`. */
export function lineText({ text, cells = [] }: Subject, offset: number, seenFrom: number): string {
  const startOf = (place: number): number => cells.findLast((start) => start <= place) ?? 0;
  const start = startOf(offset);
  const own = startOf(seenFrom);
  const line = `line ${lineOf(text, offset) - lineOf(text, start) + 1}`;
  return start === own ? line : `${line} of ${start < own ? 'an earlier' : 'a later'} cell`;
}

/** The callee as it is written: `tape.jacobian`. */
export function callee(finding: Finding): string {
  const text = finding.subject.text.slice(finding.call.range.start, finding.call.range.end);
  const opening = text.indexOf('(');
  return quote(opening > 0 ? text.slice(0, opening) : finding.call.method);
}

/** What comes of it, in the user's names; a shorter wording after the first where there are many sources. */
export function consequence(finding: Finding): readonly string[] {
  if (finding.exception !== null) return [`This will raise ${quote(finding.exception.type)}`];
  const none = finding.subject.program.language === 'script' ? '`null`' : '`None`';
  const { call, sources: concerned } = finding;
  const counted = `${concerned.length} of ${call.sources.length} ${noun(call.method)}s`;
  const results = concerned.length > 1 ? [resultName(finding), counted] : [resultName(finding)];
  switch (finding.consequence) {
    case 'none':
      return results.map((result) => `${result} will be ${none}`);
    case 'some':
      return concerned.length === 0
        ? [`${callee(finding)} raises on some runs`]
        : results.map((result) => `${result} is ${none} on some runs`);
    case 'zeros':
      return results.map((result) => `${result} will be zero for every input`);
    case 'raises':
      return [`${callee(finding)} will raise ${quote(call.error?.type ?? 'an exception')}`];
    case 'value':
      return results;
  }
}

/** The name that holds what the finding is about, else a description of it. */
export function resultName(finding: Finding): string {
  const { call, callIndex, sources: concerned } = finding;
  const { facts, text } = finding.subject;
  const single = concerned.length === 1 ? call.sources.indexOf(concerned[0] ?? missing) : -1;
  const held = lastNameBefore(
    facts.names,
    call.range.start,
    (name) => name.call === callIndex && name.source !== null && name.source === single,
  );
  if (held !== null) return quote(held.name);
  const whole = lastNameBefore(facts.names, call.range.start, (name) => name.call === callIndex && name.source === null);
  const only = call.sources.length === 1 ? call.sources[0] : undefined;
  const isLone =
    only !== undefined && (call.sourcesRange === null || text.slice(call.sourcesRange.start, call.sourcesRange.end).trim() === only.name);
  if (whole !== null && isLone) return quote(whole.name);
  if (isLone) return `this ${noun(call.method)}`;
  return `the ${noun(call.method)} wrt ${sources(finding)}`;
}

const missing = { name: '', range: null, outcome: 'unknown', reasons: [], shape: null, dtype: null, formula: null, remarks: [] } as const;

function noun(method: string): string {
  if (method === 'hessians') return 'Hessian';
  return method.includes('jacobian') ? 'jacobian' : method === 'jvp' ? 'product' : 'gradient';
}

/** The name written last before an offset: `d2y` in `d2y = t.gradient(dy, x)`. */
export function lastNameBefore(names: readonly NameFact[], offset: number, wanted: (name: NameFact) => boolean): NameFact | null {
  let found: NameFact | null = null;
  for (const name of names) {
    if (name.range.start < offset && wanted(name) && (found === null || name.range.start > found.range.start)) found = name;
  }
  return found;
}

/** What the target is by formula, where it is itself a derivative that can be written: `w` for `dy` with `dy/dx = w`. */
export function targetFormula(finding: Finding): string | null {
  const { facts } = finding.subject;
  const { call } = finding;
  const held = lastNameBefore(facts.names, call.range.start, (name) => name.name === call.target && name.call !== finding.callIndex);
  if (held === null) return null;
  const made = facts.calls[held.call];
  const formula = made?.sources[held.source ?? 0]?.formula ?? null;
  if (formula === null || (held.source === null && made?.sources.length !== 1)) return null;
  const equals = formula.indexOf(' = ');
  return equals < 0 ? null : formula.slice(equals + 3).trim();
}

/** The first of the clauses that fits behind one of the leads, as a sentence of at most 100 characters. */
export function sentence(leads: readonly string[], clauses: readonly string[]): string {
  const whole = clauses
    .flatMap((clause) => (leads.length === 0 ? [clause] : leads.map((lead) => `${lead}: ${clause}`)))
    .map((text) => capital(text) + '.');
  const fitting = whole.find((text) => text.length <= LONGEST_MESSAGE);
  if (fitting !== undefined) return fitting;
  const shortest = whole.reduce((best, text) => (text.length < best.length ? text : best), whole[0] ?? '');
  return clip(shortest, LONGEST_MESSAGE);
}

function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 2);
  const word = cut.slice(0, Math.max(cut.lastIndexOf(' '), longest - 30));
  const open = (word.match(/`/g) ?? []).length % 2 === 1;
  return word + (open ? '`' : '') + '…';
}

function capital(text: string): string {
  return text.startsWith('`') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** A clause as plain text, for `explain` and SARIF. */
export function plain(clause: string): string {
  return clause.replaceAll('`', '');
}
