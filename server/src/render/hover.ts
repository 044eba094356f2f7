// What a hover says of a gradient call, in Markdown: outcome, reason, formula, shape and dtype, and the tape as it stands there.
import type { GradientCall, SourceFact, TapeState } from '../analysis/facts.ts';
import { callFindings, clauses, sourceFindings, startFinding } from '../rules/problems.ts';
import { rules } from '../rules/registry.ts';
import type { Finding, Subject } from '../rules/rule.ts';
import { lineText, quote, quoteAll } from '../rules/wording.ts';
import { asSentence, shapeText } from './explain.ts';

export interface HoverOptions {
  /** Where a rule's page is, or null where there is none to link to. */
  readonly link: (code: string) => string | null;
}

/** A structure may have hundreds of leaves; a hover shows the first. */
const MOST_SOURCES = 8;

/** `source`: the one that the hovered name holds; null for the whole call. */
export function hoverMarkdown(subject: Subject, callIndex: number, source: number | null, options: HoverOptions): string | null {
  const call = subject.facts.calls[callIndex];
  if (call === undefined) return null;
  const start = startFinding(subject, call, callIndex);
  const chosen = source === null ? call.sources : call.sources.slice(source, source + 1);
  const parts = [head(call), ...callLines(subject, call, callIndex, options)];
  if (call.outcome !== 'raises' && call.outcome !== 'unreached') {
    parts.push(...chosen.slice(0, MOST_SOURCES).map((fact) => sourceLines(start, fact, chosen.length > 1, options)));
    if (chosen.length > MOST_SOURCES) parts.push(`… and ${chosen.length - MOST_SOURCES} more sources`);
  }
  if (call.tape !== null) parts.push(tapeLine(call.tape, lineText(subject, call.tape.creation.start, call.range.start)));
  return parts.join('\n\n');
}

function head(call: GradientCall): string {
  const order = call.order === 2 ? ' (second order)' : call.order > 2 ? ` (order ${call.order})` : '';
  const wrt = call.sources.length > 0 ? ` wrt ${quoteAll(call.sources.map((source) => source.name))}` : '';
  return `**${call.method}**${call.target === '' ? '' : ` of ${quote(call.target)}`}${wrt}${order}`;
}

function callLines(subject: Subject, call: GradientCall, callIndex: number, options: HoverOptions): readonly string[] {
  if (call.outcome === 'unreached') return ['Not reached: the program ends before this line.'];
  if (call.outcome === 'unknown' && call.sources.length === 0) return ['Not known before it runs.'];
  if (call.error === null) return [];
  const when = call.outcome === 'raises' ? 'Raises' : 'Raises on some runs:';
  const error = `${when} \`${call.error.type}\`: ${escape(call.error.message)}`;
  return [error, ...callFindings(subject, call, callIndex).map((finding) => reasonLine(finding, options))];
}

function sourceLines(start: Finding, source: SourceFact, named: boolean, options: HoverOptions): string {
  const lead = named ? `wrt ${quote(source.name)}: ` : '';
  const zeroed = source.outcome === 'none' && start.call.unconnectedZero;
  const outcome = zeroed
    ? 'zeros, because `unconnected_gradients` says so'
    : outcomeText(source, start.subject.program.language === 'script');
  const findings = sourceFindings(start, source);
  const formula = source.formula === null ? [] : ['`' + source.formula.replaceAll('`', "'") + '`'];
  return [`${lead}**${outcome}**${kindText(source)}`, ...formula, ...findings.map((finding) => reasonLine(finding, options))].join('  \n');
}

function outcomeText(source: SourceFact, isScript: boolean): string {
  switch (source.outcome) {
    case 'none':
      return isScript ? 'null' : 'None';
    case 'zeros':
      return 'zeros, for every input';
    case 'value':
      return 'a value';
    case 'mixed':
      return 'differs between runs of this call';
    case 'unknown':
      return 'not known before it runs';
  }
}

function kindText(source: SourceFact): string {
  if (source.outcome === 'none') return '';
  const parts = [
    source.shape === null ? null : `shape \`${shapeText(source.shape)}\``,
    source.dtype === null ? null : `\`${source.dtype}\``,
  ];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? '' : `, ${known.join(', ')}`;
}

function reasonLine(finding: Finding, options: HoverOptions): string {
  const { code } = rules[finding.cause.kind];
  const link = options.link(code);
  return `${asSentence(clauses(finding)[0] ?? '')} ${link === null ? code : `[${code}](${link})`}`;
}

function tapeLine(tape: TapeState, line: string): string {
  const name = tape.name === null ? 'The tape' : `Tape ${quote(tape.name)}`;
  const watched = [
    ...(tape.watched.length > 0 ? [quoteAll(tape.watched)] : []),
    ...(tape.watchAccessedVariables ? ['every trainable variable it reads'] : []),
  ];
  const state = { new: 'not entered yet', recording: 'recording here', exited: 'no longer recording here', 'used up': 'used up' }[
    tape.state
  ];
  return `${name} (${line}): ${tape.persistent ? 'persistent' : 'not persistent'}, ${state}; watches ${watched.join(' and ') || 'nothing'}.`;
}

function escape(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/([\\`*_{}[\]<>#|])/g, '\\$1');
}
