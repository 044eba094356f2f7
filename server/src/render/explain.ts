// `explain`: what every gradient call of a file will return, and why, as data and as text.
import type { CallOutcome, GradientCall, Method, Outcome, SourceFact } from '../analysis/facts.ts';
import { callFindings, clauses, sourceFindings, startFinding } from '../rules/problems.ts';
import { rules } from '../rules/registry.ts';
import type { Finding, Subject } from '../rules/rule.ts';
import { plain } from '../rules/wording.ts';
import { Lines } from './positions.ts';

/** Lines and columns from 1, in UTF-16 code units; `endColumn` is the column after the last character. */
export interface ExplainedCall {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly method: Method;
  readonly target: string;
  readonly outcome: CallOutcome;
  /** Of a call that raises: the rule that `check` reports. */
  readonly rule?: string;
  readonly error?: { readonly type: string; readonly message: string };
  /** In the order of `tf.nest.flatten`. */
  readonly sources: readonly ExplainedSource[];
}

export interface ExplainedSource {
  readonly name: string;
  readonly outcome: Outcome;
  readonly rule: string | null;
  readonly reason: string | null;
  readonly shape: readonly (number | null)[] | null;
  readonly dtype: string | null;
  readonly formula: string | null;
  /** Only from `explain --run`: the numbers, where there are few. */
  readonly values?: unknown;
}

export interface ExplainedFile {
  readonly path: string;
  readonly language: 'python' | 'javascript' | 'typescript';
  readonly calls: readonly ExplainedCall[];
}

export function explainFile(path: string, subject: Subject): ExplainedFile {
  return { path, language: languageOf(path, subject), calls: explainCalls(subject) };
}

/** Why a call gives what it gives to a source: the rule, and a sentence with names in backticks. */
export interface Why {
  readonly rule: string;
  readonly sentence: string;
}

/** All reasons of a call, for each of its sources; one list for a call that raises. */
export function reasonsOf(subject: Subject, index: number): readonly (readonly Why[])[] {
  const call = subject.facts.calls[index];
  if (call === undefined) return [];
  const told = (findings: readonly Finding[]): readonly Why[] =>
    findings.map((finding) => ({ rule: rules[finding.cause.kind].code, sentence: asSentence(clauses(finding)[0] ?? '') }));
  if (call.outcome === 'raises') return [told(callFindings(subject, call, index))];
  const start = startFinding(subject, call, index);
  return call.sources.map((source) => told(sourceFindings(start, source)));
}

/** With a capital, unless a name comes first, and a full stop. */
export function asSentence(clause: string): string {
  return `${clause.startsWith('`') ? clause : clause.charAt(0).toUpperCase() + clause.slice(1)}.`;
}

export function explainCalls(subject: Subject): readonly ExplainedCall[] {
  const lines = new Lines(subject.text);
  return subject.facts.calls.map((call, index) => explainCall(subject, call, index, lines));
}

function explainCall(subject: Subject, call: GradientCall, index: number, lines: Lines): ExplainedCall {
  const start = startFinding(subject, call, index);
  const raising = call.error === null ? undefined : callFindings(subject, call, index)[0];
  return {
    ...lines.span({ start: call.at, end: call.range.end }),
    method: call.method,
    target: call.target,
    outcome: call.outcome,
    ...(raising === undefined ? {} : { rule: rules[raising.cause.kind].code }),
    ...(call.error === null ? {} : { error: { type: call.error.type, message: call.error.message } }),
    sources: call.sources.map((source) => explainSource(start, source)),
  };
}

function explainSource(start: Finding, source: SourceFact): ExplainedSource {
  const outcome = source.outcome === 'none' && start.call.unconnectedZero ? 'zeros' : source.outcome;
  const why = sourceFindings(start, source).find((finding) => outcome !== 'value' && finding.consequence !== 'value');
  return {
    name: source.name,
    outcome,
    rule: why === undefined ? null : rules[why.cause.kind].code,
    reason: why === undefined ? null : plain(clauses(why)[0] ?? ''),
    shape: source.shape,
    dtype: source.dtype,
    formula: source.formula,
  };
}

function languageOf(path: string, subject: Subject): ExplainedFile['language'] {
  if (subject.program.language === 'python') return 'python';
  return /\.[mc]?tsx?$/.test(path) ? 'typescript' : 'javascript';
}

export function renderExplainJson(files: readonly ExplainedFile[]): string {
  return JSON.stringify({ version: 1, files }, null, 2) + '\n';
}

/** For people: one line a call, one line a source. */
export function renderExplainText(files: readonly ExplainedFile[]): string {
  const blocks = files.map((file) => {
    if (file.calls.length === 0) return `${file.path}: no gradient calls\n`;
    return file.calls.map((call) => callText(file.path, call)).join('\n');
  });
  return blocks.join('\n');
}

function callText(path: string, call: ExplainedCall): string {
  const head = `${path}:${call.line}:${call.column} ${call.method} of ${oneLine(call.target)}`;
  const rule = call.rule === undefined ? '' : ` (${call.rule})`;
  if (call.error !== undefined) {
    const when = call.outcome === 'raises' ? 'raises' : 'raises on some runs';
    return `${head} ${when} ${call.error.type}: ${oneLine(call.error.message)}${rule}\n`;
  }
  if (call.outcome === 'unreached') return `${head} is not reached: the program ends before\n`;
  const sources = call.sources.map((source) => `  wrt ${oneLine(source.name)}: ${sourceText(source)}\n`);
  return `${head}${call.outcome === 'unknown' ? ': not known before it runs' : ''}\n${sources.join('')}`;
}

function sourceText(source: ExplainedSource): string {
  const what = {
    none: 'None',
    zeros: 'zeros, for every input',
    value: 'a value',
    mixed: 'differs between runs of the call',
    unknown: 'not known before it runs',
  }[source.outcome];
  const details = [
    source.shape === null || source.outcome === 'none' ? null : `shape ${shapeText(source.shape)}`,
    source.dtype === null || source.outcome === 'none' ? null : source.dtype,
    source.formula,
  ].filter((part) => part !== null);
  const why = source.reason === null ? '' : `: ${source.reason}${source.rule === null ? '' : ` (${source.rule})`}`;
  return what + (details.length > 0 ? `, ${details.join(', ')}` : '') + why;
}

/** As Python writes a shape: `(100, 24)`, `(None, 24)`, `(3,)`, `()`. */
export function shapeText(shape: readonly (number | null)[]): string {
  const sizes = shape.map((size) => (size === null ? 'None' : String(size)));
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
