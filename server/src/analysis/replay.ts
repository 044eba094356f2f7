// Branches that nobody can decide: the program is run again once for every way through them, and what comes out the same each time is known after all.
import type { Facts, GradientCall, ProgramError, SourceFact } from './facts.ts';
import type { Decisions } from './machine.ts';

/** So many runs at most, and together so many steps. */
const MOST_RUNS = 16;
const MOST_STEPS = 80_000;

export const isUndecided = (call: GradientCall): boolean =>
  call.outcome === 'unknown' || call.outcome === 'mixed' || call.sources.some((s) => s.outcome === 'unknown' || s.outcome === 'mixed');

/** `isCutOff`: from some place on nobody knows what TensorFlow does. */
interface Replayed {
  readonly facts: Facts;
  readonly steps: number;
  readonly isCutOff: boolean;
}

/** Facts of every way through the open questions; null where there are too many, or a run does not come to its end. */
export function replay(
  questions: ReadonlySet<number>,
  budget: number,
  run: (decisions: Decisions, budget: number) => Replayed,
): readonly Facts[] | null {
  const found: Facts[] = [];
  let left = Math.min(budget, MOST_STEPS);
  // The ways are counted up like a number whose digits are the decisions.
  let way: readonly number[] | null = [];
  while (way !== null) {
    if (found.length === MOST_RUNS || left <= 0) return null;
    const taken: number[] = [];
    const choices: number[] = [];
    const before: readonly number[] = way;
    const decide = (place: number, branches: number): number | null => {
      if (!questions.has(place)) return null;
      const choice = before[taken.length] ?? 0;
      taken.push(choice);
      choices.push(branches);
      return choice;
    };
    const { facts, steps, isCutOff } = run({ decide }, left);
    if (isCutOff || facts.exhausted || facts.failure !== null) return null;
    found.push(facts);
    left -= steps;
    way = next(taken, choices);
  }
  return found;
}

/** The way after this one; null after the last. */
function next(taken: readonly number[], choices: readonly number[]): readonly number[] | null {
  for (let i = taken.length - 1; i >= 0; i--) {
    const choice = (taken[i] ?? 0) + 1;
    if (choice < (choices[i] ?? 0)) return [...taken.slice(0, i), choice];
  }
  return null;
}

/** The facts of the first look, with the undecided calls as the replays agree on them. */
export function refined(first: Facts, replays: readonly Facts[]): Facts {
  const keyOf = (call: GradientCall): string => `${call.range.start}:${call.range.end}:${call.method}`;
  const byKey = replays.map(({ calls }) => new Map(calls.map((call) => [keyOf(call), call])));
  const calls = first.calls.map((call) => {
    if (!isUndecided(call)) return call;
    const seen = byKey.flatMap((known) => known.get(keyOf(call)) ?? []);
    const made = seen.filter((c) => c.executions > 0);
    return agreed(call, made, made.length === replays.length);
  });
  const places = new Map(first.calls.map((call, i) => [keyOf(call), i]));
  const exceptions = replays.map((facts) => {
    const { exception } = facts;
    const from = exception?.fromCall == null ? undefined : facts.calls[exception.fromCall];
    return exception && { ...exception, fromCall: from ? (places.get(keyOf(from)) ?? null) : null };
  });
  return { ...first, calls, exception: first.exception ?? sameException(exceptions) };
}

function agreed(call: GradientCall, made: readonly GradientCall[], always: boolean): GradientCall {
  const [one] = made;
  if (!one || made.some((c) => c.outcome !== one.outcome || c.sources.length !== one.sources.length)) return call;
  const certain = always && made.every((c) => c.certain);
  if (one.outcome === 'raises') return made.every((c) => c.error?.type === one.error?.type) ? { ...one, certain } : call;
  if (one.outcome !== 'returns') return call;
  return {
    ...one,
    certain,
    sources: one.sources.map((s, i) =>
      agreedSource(
        s,
        made.flatMap((c) => c.sources[i] ?? []),
      ),
    ),
  };
}

function agreedSource(one: SourceFact, all: readonly SourceFact[]): SourceFact {
  if (all.some((s) => s.outcome !== one.outcome)) return { ...one, outcome: 'unknown', reasons: [], shape: null, formula: null };
  const same = <T>(read: (s: SourceFact) => T): boolean => all.every((s) => JSON.stringify(read(s)) === JSON.stringify(read(one)));
  const reasons = one.reasons.filter((r) => all.every((s) => s.reasons.some((other) => other.kind === r.kind)));
  return {
    ...one,
    reasons: reasons.length > 0 ? reasons : one.reasons,
    shape: same((s) => s.shape) ? one.shape : null,
    formula: same((s) => s.formula) ? one.formula : null,
  };
}

function sameException(all: readonly (ProgramError | null)[]): ProgramError | null {
  const [one] = all;
  return one && all.every((e) => e?.type === one.type && e.range.start === one.range.start) ? one : null;
}
