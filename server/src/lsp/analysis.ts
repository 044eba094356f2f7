// One document's analysis: parse, analyse, find problems; and what stays on show while a line is being typed and does not parse.
import type { Facts } from '../analysis/facts.ts';
import type { Program } from '../ir/ir.ts';
import { problems, type RuleFailure } from '../rules/problems.ts';
import type { Problem, Subject } from '../rules/rule.ts';
import type { StatusParams } from './protocol.ts';
import type { Settings } from './settings.ts';
import { changeBetween, shiftAll } from './shift.ts';

/** The parts that the server is put together from; given by `main`, so that tests may put it together differently. */
export interface Analyzer {
  readonly parse: (text: string, languageId: string) => Program;
  readonly analyze: (program: Program, text: string, options?: { readonly budget?: number }) => Facts;
}

export interface Analysis {
  readonly version: number;
  readonly subject: Subject;
  readonly problems: readonly Problem[];
  readonly state: StatusParams['state'];
  /** The last analysis of a text without syntax errors: this one, or the one that it was shifted from. */
  readonly good: Analysis | null;
}

/** No TensorFlow program is this long; a data file that is called `.py` may be. */
const LONGEST_TEXT = 4_000_000;

export interface Revision {
  readonly text: string;
  /** Of a notebook: where in the text its cells start. */
  readonly cells?: readonly number[];
  readonly version: number;
  readonly languageId: string;
}

export function analyse(
  revision: Revision,
  before: Analysis | null,
  analyzer: Analyzer,
  settings: Settings,
  onFailure: RuleFailure,
): Analysis {
  const { text, version } = revision;
  if (text.length > LONGEST_TEXT) return empty(revision, 'too large');
  const program = analyzer.parse(text, revision.languageId);
  const good = before?.good ?? null;
  if (program.errors.length > 0 && good !== null) return shifted(revision, program, good);
  const facts = analyzer.analyze(program, text, settings.budget === null ? {} : { budget: settings.budget });
  if (facts.failure !== null) onFailure('analysis', facts.failure);
  const subject: Subject = { program, text, ...(revision.cells && { cells: revision.cells }), facts };
  const found = withSeverities(problems(subject, onFailure), settings);
  const state = facts.exhausted || facts.failure !== null ? 'partial' : 'current';
  const now: Analysis = { version, subject, problems: found, state, good: null };
  return program.errors.length > 0 ? now : { ...now, good: now };
}

/** The last good facts where their places are now. A call that the edit cut through is left out; fixes are: they were made for another text. */
function shifted(revision: Revision, program: Program, good: Analysis): Analysis {
  const change = changeBetween(good.subject.text, revision.text);
  const facts = shiftAll(good.subject.facts, change);
  const found = shiftAll(good.problems, change)
    .filter((problem) => problem.range.end > problem.range.start)
    .map((problem) => ({ ...problem, fixes: () => [] }));
  return {
    version: revision.version,
    subject: { program, text: revision.text, ...(revision.cells && { cells: revision.cells }), facts },
    problems: found,
    state: 'stale',
    good,
  };
}

/** What is shown of a document that could not be analysed. */
export function empty(revision: Revision, state: StatusParams['state']): Analysis {
  const language = ['python', 'notebook'].includes(revision.languageId) ? 'python' : 'script';
  const program: Program = { language, body: [], errors: [], suppressions: [] };
  const facts: Facts = { language, calls: [], tapes: [], names: [], exception: null, exhausted: false, failure: null };
  return { version: revision.version, subject: { program, text: revision.text, facts }, problems: [], state, good: null };
}

function withSeverities(found: readonly Problem[], settings: Settings): readonly Problem[] {
  if (settings.severity.size === 0) return found;
  return found.flatMap((problem) => {
    const wanted = settings.severity.get(problem.code) ?? settings.severity.get(problem.rule);
    if (wanted === undefined) return [problem];
    return wanted === 'off' ? [] : [{ ...problem, severity: wanted }];
  });
}
