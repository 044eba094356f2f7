// The analysis of one program: IR to facts. Pure, within a budget, and it does not throw whatever the program is.
import '../../../core/api/index.ts';
import { Undetermined } from '../../../core/shape.ts';
import type { Expression, Program, Range, Statement } from '../ir/ir.ts';
import type { Facts, GradientCall, ProgramError, TapeFact } from './facts.ts';
import { execute } from './execute.ts';
import { callPlain } from './functions.ts';
import { joiner } from './join.ts';
import { type Decisions, Exhausted, Machine, ProgramRaise } from './machine.ts';
import { newScope } from './names.ts';
import { isUndecided, refined, replay } from './replay.ts';
import { callAt, UNKNOWN } from './values.ts';

export interface AnalyzeOptions {
  /** How many steps (roughly: expressions and ops) may be taken. */
  readonly budget?: number;
}

const BUDGET = 400_000;

export function analyze(program: Program, text: string, options: AnalyzeOptions = {}): Facts {
  const budget = options.budget ?? BUDGET;
  const { facts, machine } = run(program, text, budget, null);
  if (facts.exhausted || facts.failure !== null || machine.openQuestions.size === 0 || !facts.calls.some(isUndecided)) return facts;
  const replays = replay(machine.openQuestions, budget - machine.stepsTaken, (decisions, left) => {
    const replayed = run(program, text, left, decisions);
    return { facts: replayed.facts, steps: replayed.machine.stepsTaken, isCutOff: replayed.isCutOff };
  });
  return replays ? refined(facts, replays) : facts;
}

function run(
  program: Program,
  text: string,
  budget: number,
  decisions: Decisions | null,
): { readonly facts: Facts; readonly machine: Machine; readonly isCutOff: boolean } {
  const m = new Machine(program.language, text, program.body, budget, decisions);
  m.join = joiner(m);
  const scope = newScope(null, 'module');
  let exception: ProgramError | null = null;
  let exhausted = false;
  let failure: string | null = null;
  let isCutOff = false;
  try {
    execute(m, program.body, scope);
  } catch (e) {
    if (e instanceof ProgramRaise) exception = m.uncertain === 0 ? e.exception : null;
    else if (e instanceof Exhausted) exhausted = true;
    else if (e instanceof Undetermined) isCutOff = true;
    else failure = stackOf(e);
  }
  if (!exhausted && failure === null && !decisions) ({ exhausted, failure } = tryUncalled(m));
  const ended = exception?.range ?? null;
  if (ended) for (const call of unreachedCalls(program.body, ended)) m.recorder.site(call.range, call.method, call.target, null);
  const { calls, renumber } = m.recorder.finish(ended);
  const facts: Facts = {
    language: program.language,
    calls,
    tapes: tapeFacts(m, calls),
    names: distinctNames(m.recorder.names.map((n) => ({ ...n, call: renumber(n.call) }))),
    exception: exception && { ...exception, fromCall: exception.fromCall === null ? null : renumber(exception.fromCall) },
    exhausted: exhausted || m.gaveUp,
    failure,
  };
  m.release();
  return { facts, machine: m, isCutOff };
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Functions that nothing calls are tried with arguments that are not known; what they raise ends only them. */
function tryUncalled(m: Machine): { readonly exhausted: boolean; readonly failure: string | null } {
  let failure: string | null = null;
  m.speculative = true;
  m.eager.tapes = [];
  for (const [definition, f] of m.uncalled()) {
    if (m.called.has(definition)) continue;
    try {
      callPlain(m, f, callAt(definition.range), f.owner ? UNKNOWN : null);
    } catch (e) {
      if (e instanceof Exhausted) return { exhausted: true, failure };
      if (!(e instanceof ProgramRaise || e instanceof Undetermined)) failure ??= stackOf(e);
    }
    m.eager.tapes = [];
  }
  return { exhausted: false, failure };
}

// ------------------------------------------------------------------------------------------------ facts of places

function tapeFacts(m: Machine, calls: readonly GradientCall[]): TapeFact[] {
  const found = new Map<number, TapeFact>();
  for (const { creation } of m.tapes) {
    const last = calls.findLastIndex((c) => c.tape?.creation.start === creation.range.start);
    found.set(creation.range.start, {
      creation: creation.range,
      withRange: creation.withRange,
      name: creation.name,
      hessianCall: last < 0 ? null : last,
    });
  }
  return [...found.values()].sort((a, b) => a.creation.start - b.creation.start);
}

function distinctNames<T extends { readonly range: Range }>(names: readonly T[]): T[] {
  return [...new Map(names.map((n) => [n.range.start, n])).values()].sort((a, b) => a.range.start - b.range.start);
}

const METHODS = new Set(['gradient', 'jacobian', 'batch_jacobian']);

interface Unreached {
  readonly range: Range;
  readonly method: 'gradient' | 'jacobian' | 'batch_jacobian';
  readonly target: Range | null;
}

/** Gradient calls that stand after the place where the program ends: they are written, and never made. */
function unreachedCalls(statements: readonly Statement[], ended: Range): Unreached[] {
  const found: Unreached[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const e = node as Partial<Expression>;
    if (e.kind === 'call' && e.callee?.kind === 'attribute' && METHODS.has(e.callee.name) && e.range && e.range.start > ended.end)
      found.push({ range: e.range, method: e.callee.name as Unreached['method'], target: e.args?.[0]?.value.range ?? null });
    if (e.kind === ('function statement' as string)) return;
    for (const [key, value] of Object.entries(node)) if (key !== 'range') visit(value);
  };
  visit(statements);
  return found;
}
