// What `explain --run` tells: for every place that asks for a gradient, what came of it over all its executions.
import type { Tensor } from '../../core/tensor.ts';
import { isZero, type NumericBackend, valuesOf } from './engine/backend.ts';
import { product } from './engine/values.ts';
import { type Kind, kindsOf, outcomeOfKinds } from './hessian/outcome.ts';
import { MAXIMUM_VALUES, type RunCall, type RunSource } from './host/protocol.ts';
import { movedByRounding } from './rounding.ts';
import type { GradientCall, SessionObserver } from './session.ts';

/** Executions of a call whose zeros are looked into: it may be reached ten thousand times. */
const MOST_DOUBTED = 3;

/** Relative to the largest. TensorFlow's kernels differ from ours by a unit or two in the last place; `moved` is by up to eight: what of it exceeds four times 1e-4 says nothing of TensorFlow's. */
const MOST_MOVED = 4e-4;

interface Site {
  readonly call: GradientCall;
  executions: number;
  /** Whether anything ever came back. */
  hasReturned: boolean;
  readonly errors: { readonly type: string; readonly message: string }[];
  readonly sources: { readonly name: string; readonly seen: Set<Kind>; first: Tensor | null; moved: number; isOverflown: boolean }[];
}

export class Recorder implements SessionObserver {
  private readonly sites = new Map<string, Site>();

  reached(call: GradientCall): 'continue' {
    const site = this.siteOf(call);
    site.executions++;
    return 'continue';
  }

  returned(call: GradientCall, results: readonly (Tensor | null)[], backend: NumericBackend): void {
    const site = this.siteOf(call);
    site.hasReturned = true;
    // What is traced has no numbers yet: it is None or not.
    const numbers = call.isTraced === true ? results.map(() => null) : results;
    const isDoubtful = (result: Tensor | null, i: number): result is Tensor =>
      result !== null && ((site.sources[i]?.first == null && isTold(result)) || (site.executions <= MOST_DOUBTED && isZero(result)));
    const moved = movedByRounding(backend, numbers.filter(isDoubtful));
    const kinds = kindsOf(numbers, moved);
    const isOverflown = call.tape !== null && kinds.includes('zeros') && call.targets.some((t) => t !== null && !isFinite(t));
    results.forEach((result, i) => {
      const source = (site.sources[i] ??= {
        name: (call.resultNames ?? call.sources.map((s) => s.name))[i] ?? `[${i}]`,
        seen: new Set(),
        first: null,
        moved: 0,
        isOverflown: false,
      });
      if (call.isTraced && result !== null) return;
      if (source.first === null && result !== null) {
        source.first = result;
        source.moved = moved.get(result) ?? 0;
      }
      source.seen.add(kinds[i] as Kind);
      source.isOverflown ||= isOverflown;
    });
  }

  raised(call: GradientCall, error: { readonly type: string; readonly message: string }): void {
    const site = this.siteOf(call);
    if (call.isTraced) site.executions++;
    site.errors.push(error);
  }

  calls(): RunCall[] {
    return [...this.sites.values()].map(describe);
  }

  private siteOf(call: GradientCall): Site {
    const { line, column } = call.position;
    const key = `${line}:${column}:${call.method}`;
    const known = this.sites.get(key);
    if (known) return known;
    const site: Site = { call, executions: 0, hasReturned: false, errors: [], sources: [] };
    this.sites.set(key, site);
    return site;
  }
}

function describe({ call, executions, hasReturned, errors, sources }: Site): RunCall {
  const [error] = errors;
  // A call in which something is not supported yet gives nothing, and raises nothing of TensorFlow's.
  const outcome = !error ? (hasReturned ? 'returns' : 'unknown') : errors.length === executions ? 'raises' : 'mixed';
  return {
    ...call.position,
    method: call.method,
    target: call.targetName,
    outcome,
    ...(error && { error }),
    sources: outcome === 'raises' ? [] : sources.map(describeSource),
    executions,
  };
}

function describeSource({ name, seen, first, moved, isOverflown }: Site['sources'][number]): RunSource {
  const { outcomes, reason } = outcomeOfKinds(seen);
  const [only = 'unknown'] = outcomes;
  // Zeros in one run and a value in another are a value: only None beside something else is mixed.
  const outcome = outcomes.size <= 1 ? only : outcomes.has('none') ? 'mixed' : 'value';
  if (first === null) return { name, outcome, reason, shape: null, dtype: null };
  const { dtype } = first;
  const shape = (first.shape ?? []).map((d) => d ?? 0);
  const described = { name, shape, dtype, ...(isTold(first) && { values: [...valuesOf(first).data] }) };
  // Zero times infinity is not a number, zero times a large one times another is zero: TensorFlow multiplies in another order in a function than outside.
  if (outcome === 'zeros' && isOverflown) return { ...described, outcome: 'unknown', reason: 'zeros, but of a target that is not finite' };
  return outcome === 'value' && moved > MOST_MOVED
    ? { ...described, outcome: 'unknown', reason: reason ?? digitsLeft(moved) }
    : { ...described, outcome, reason };
}

/** A variable that is asked for itself is named by its handle, which has no numbers. */
const isFinite = (t: Tensor): boolean => t.dtype === 'resource' || valuesOf(t).data.every(Number.isFinite);

/** Whether its numbers are told, too. */
const isTold = ({ shape }: Tensor): boolean => product((shape ?? []).map((d) => d ?? 0)) <= MAXIMUM_VALUES;

function digitsLeft(moved: number): string {
  const digits = Math.floor(-Math.log10(moved));
  return `a value, but rounding leaves ${digits < 1 ? 'no digit' : digits === 1 ? 'only one digit' : `only ${digits} digits`} of its numbers certain`;
}
