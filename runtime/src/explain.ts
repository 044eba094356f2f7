// What `explain --run` tells: for every place that asks for a gradient, what came of it over all its executions.
import type { Tensor } from '../../core/tensor.ts';
import { type NumericBackend, valuesOf } from './engine/backend.ts';
import { product } from './engine/values.ts';
import { type Kind, kindOf, kindsOf, outcomeOfKinds } from './hessian/outcome.ts';
import { MAXIMUM_VALUES, type RunCall, type RunSource } from './host/protocol.ts';
import type { GradientCall, SessionObserver } from './session.ts';

/** Executions of a call whose zeros are looked into: it may be reached ten thousand times. */
const MOST_DOUBTED = 3;

interface Site {
  readonly call: GradientCall;
  executions: number;
  /** Whether anything ever came back. */
  hasReturned: boolean;
  readonly errors: { readonly type: string; readonly message: string }[];
  readonly sources: { readonly name: string; readonly seen: Set<Kind>; first: Tensor | null }[];
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
    const kinds = site.executions > MOST_DOUBTED ? numbers.map(kindOf) : kindsOf(backend, numbers);
    results.forEach((result, i) => {
      const source = (site.sources[i] ??= {
        name: (call.resultNames ?? call.sources.map((s) => s.name))[i] ?? `[${i}]`,
        seen: new Set(),
        first: null,
      });
      if (call.isTraced && result !== null) return;
      source.first ??= result;
      source.seen.add(kinds[i] as Kind);
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

function describeSource({ name, seen, first }: Site['sources'][number]): RunSource {
  const { outcomes, reason } = outcomeOfKinds(seen);
  const [only = 'unknown'] = outcomes;
  // Zeros in one run and a value in another are a value: only None beside something else is mixed.
  const outcome = outcomes.size <= 1 ? only : outcomes.has('none') ? 'mixed' : 'value';
  if (first === null) return { name, outcome, reason, shape: null, dtype: null };
  const { dtype } = first;
  const shape = (first.shape ?? []).map((d) => d ?? 0);
  return { name, outcome, reason, shape, dtype, ...(product(shape) <= MAXIMUM_VALUES && { values: [...valuesOf(first).data] }) };
}
