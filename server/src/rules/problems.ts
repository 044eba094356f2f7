// From facts to problems: one for every reason, in source order, without what the author silenced.
import type { GradientCall, Reason, SourceFact, Step } from '../analysis/facts.ts';
import type { Range } from '../ir/ir.ts';
import { suppress } from './edits.ts';
import { rules } from './registry.ts';
import type { Cause, Finding, Problem, Rule, Severity, Subject } from './rule.ts';
import { consequence, lineOf, sentence } from './wording.ts';

/** Called with a rule's code and its exception when a rule throws: what it would have said, or its fixes, are left out, the others go on. */
export type RuleFailure = (code: string, error: unknown) => void;

export function problems(subject: Subject, onFailure: RuleFailure = () => {}): readonly Problem[] {
  const found: Problem[] = [];
  for (const finding of findings(subject)) {
    const rule: Rule = rules[finding.cause.kind];
    try {
      const problem = toProblem(rule, finding, onFailure);
      if (!isSuppressed(subject, problem)) found.push(problem);
    } catch (error) {
      onFailure(rule.code, error);
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** Every cause at every call, the sources that share one taken together. */
export function findings(subject: Subject): readonly Finding[] {
  const found = subject.facts.calls.flatMap((call, index) => callFindings(subject, call, index));
  const { exception } = subject.facts;
  const origin = exception?.fromCall == null ? undefined : subject.facts.calls[exception.fromCall];
  if (exception?.fromCall == null || origin === undefined) return found;
  const cause: Cause = { kind: 'none-used-as-tensor', cause: origin.range, path: [] };
  const raisedByCall = subject.facts.calls.some((call) => call.outcome === 'raises' && covers(call.range, exception.range));
  return raisedByCall
    ? found
    : [...found, { ...startFinding(subject, origin, exception.fromCall), cause, consequence: 'raises', exception }];
}

/** The findings of one call, the ones that decide its outcome first. */
export function callFindings(subject: Subject, call: GradientCall, callIndex: number): readonly Finding[] {
  const start = startFinding(subject, call, callIndex);
  if (call.outcome === 'unreached' || call.outcome === 'unknown') return [];
  if (call.error !== null && (call.outcome === 'raises' || call.outcome === 'mixed')) {
    const cause: Cause = call.error.reason ?? { kind: 'raising-call', cause: null, path: [] };
    return [{ ...start, cause, consequence: call.outcome === 'raises' ? 'raises' : 'some' }];
  }
  return merge(call.sources.flatMap((source) => sourceFindings(start, source)));
}

/** The findings of one source: why it is None, why it is zero, what is remarkable about its value. */
export function sourceFindings(start: Finding, source: SourceFact): readonly Finding[] {
  const of = (cause: Cause, what: Finding['consequence']): Finding => ({ ...start, cause, consequence: what, sources: [source] });
  const remarks = source.remarks.map((remark) => of(remark, 'value'));
  const reasons = source.reasons.map((reason) => of(reason, 'none'));
  const givesZeros = source.outcome === 'zeros' || (source.outcome === 'none' && start.call.unconnectedZero);
  if (givesZeros) {
    const zero = reasons.filter(({ cause }) => cause.kind === 'zero-hessian').map((finding) => of(finding.cause, 'zeros'));
    return [...zero, ...hidden(source, reasons, of), ...remarks];
  }
  if (source.outcome === 'none') {
    const unexplained: Reason = { kind: 'unconnected', cause: null, path: [] };
    return [...(reasons.length > 0 ? reasons : [of(unexplained, 'none')]), ...remarks];
  }
  if (source.outcome === 'mixed') return [...source.reasons.map((reason) => of(reason, 'some')), ...remarks];
  return remarks;
}

/** Zeros in the place of a None: worth a word where zero is not the true value. */
function hidden(
  source: SourceFact,
  reasons: readonly Finding[],
  of: (cause: Cause, what: Finding['consequence']) => Finding,
): readonly Finding[] {
  const isTruth = source.reasons.some((reason) => reason.kind === 'constant-derivative' && reason.zeroIsTruth);
  const isSaid = source.remarks.some((remark) => remark.kind === 'hidden-none');
  const broken = reasons.find(({ cause }) => cause.kind !== 'zero-hessian' && cause.kind !== 'unconnected');
  if (broken === undefined || isTruth || isSaid) return [];
  const finding = of({ kind: 'hidden-none', operation: null, cause: broken.cause.cause, path: broken.cause.path }, 'value');
  return [{ ...finding, hidden: clauses(broken) }];
}

/** Sources of one call that share a cause make one finding. */
function merge(found: readonly Finding[]): readonly Finding[] {
  const byCause = new Map<string, Finding>();
  for (const finding of found) {
    const { path: _path, ...cause } = finding.cause;
    const key = JSON.stringify([finding.consequence, finding.hidden, cause]);
    const same = byCause.get(key);
    byCause.set(key, same === undefined ? finding : { ...same, sources: [...same.sources, ...finding.sources] });
  }
  return [...byCause.values()];
}

/** A finding about a call, before its cause is known. */
export function startFinding(subject: Subject, call: GradientCall, callIndex: number): Finding {
  const cause: Cause = { kind: 'raising-call', cause: null, path: [] };
  return { cause, call, callIndex, sources: [], consequence: 'value', exception: null, hidden: [], subject };
}

/** Why, in the rule's words; the most telling first. */
export function clauses(finding: Finding): readonly string[] {
  const rule: Rule = rules[finding.cause.kind];
  return rule.because(finding);
}

function toProblem(rule: Rule, finding: Finding, onFailure: RuleFailure): Problem {
  const { subject, call, callIndex, exception } = finding;
  const range = exception?.range ?? call.range;
  const message = sentence(rule.whole === true ? [] : consequence(finding), rule.because(finding));
  const place = { code: rule.code, range };
  return {
    ...place,
    rule: rule.name,
    severity: isCertain(finding) ? rule.severity : lower(rule.severity),
    message,
    related: related(rule, finding),
    echo: echo(subject.text, range, placeOf(rule, finding)),
    fixes: whenAsked(
      () => [...(rule.fixes?.(finding) ?? []), ...suppress(subject, place)],
      (error) => onFailure(rule.code, error),
    ),
    call: callIndex,
  };
}

/** A list that is made once, at the first asking; none where making it throws. */
function whenAsked<T>(make: () => readonly T[], onFailure: (error: unknown) => void): () => readonly T[] {
  let made: readonly T[] | null = null;
  return () => {
    if (made !== null) return made;
    try {
      made = make();
    } catch (error) {
      made = [];
      onFailure(error);
    }
    return made;
  };
}

function isCertain(finding: Finding): boolean {
  return finding.consequence !== 'some' && (finding.call.certain || finding.exception !== null);
}

function lower(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : severity === 'warning' ? 'information' : 'hint';
}

/** The path, and at its end the place of the cause where the path does not show it. */
function related(rule: Rule, finding: Finding): readonly Step[] {
  const { path } = finding.cause;
  const place = placeOf(rule, finding);
  const isHere = place !== null && finding.exception === null && same(place, finding.call.range);
  if (place === null || isHere || path.some((step) => same(step.range, place))) return path;
  return [...path, { range: place, message: rule.here?.(finding) ?? 'the cause is here' }];
}

function placeOf(rule: Rule, finding: Finding): Range | null {
  return rule.place?.(finding) ?? finding.cause.cause;
}

function same(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

function echo(text: string, range: Range, cause: Range | null): Range | null {
  return cause === null || lineOf(text, cause.start) === lineOf(text, range.start) ? null : cause;
}

function isSuppressed(subject: Subject, problem: Problem): boolean {
  const line = lineOf(subject.text, problem.range.start) - 1;
  return subject.program.suppressions.some(
    (suppression) =>
      suppression.line === line &&
      (suppression.codes.length === 0 || suppression.codes.some((code) => code === problem.code || code === problem.rule)),
  );
}

function covers(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
