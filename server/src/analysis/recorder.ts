// Collects what happened at each place where a gradient is asked for, over all executions, and makes facts of it.
import type { Range } from '../ir/ir.ts';
import type { CallError, CallOutcome, GradientCall, Method, NameFact, Outcome, SourceFact, TapeState } from './facts.ts';

export interface Execution {
  readonly outcome: 'returns' | 'raises' | 'unknown';
  readonly error: CallError | null;
  readonly sources: readonly SourceFact[];
  readonly order: number;
  readonly tape: TapeState | null;
  readonly unconnectedZero: boolean;
  readonly certain: boolean;
}

interface Site {
  readonly range: Range;
  readonly at: number;
  readonly method: Method;
  readonly targetRange: Range | null;
  readonly sourcesRange: Range | null;
  readonly executions: Execution[];
}

export class Recorder {
  private readonly sites: Site[] = [];
  private readonly byPlace = new Map<string, number>();
  readonly names: NameFact[] = [];

  constructor(private readonly text: string) {}

  /** The number of the call at a place; the order is that of first meeting. */
  site(range: Range, method: Method, targetRange: Range | null, sourcesRange: Range | null, at = range.start): number {
    const key = `${range.start}:${range.end}:${method}`;
    const known = this.byPlace.get(key);
    if (known !== undefined) return known;
    this.sites.push({ range, at, method, targetRange, sourcesRange, executions: [] });
    this.byPlace.set(key, this.sites.length - 1);
    return this.sites.length - 1;
  }

  add(site: number, execution: Execution): void {
    this.sites[site]?.executions.push(execution);
  }

  /** What has been recorded so far: a round of a loop that is tried again is forgotten first. */
  mark(): readonly number[] {
    return [this.names.length, ...this.sites.map((s) => s.executions.length)];
  }

  rollback([names = 0, ...executions]: readonly number[]): void {
    this.names.length = names;
    this.sites.forEach((s, i) => (s.executions.length = executions[i] ?? 0));
  }

  executionsOf(site: number): readonly Execution[] {
    return this.sites[site]?.executions ?? [];
  }

  /** Name facts and calls refer to calls by number; this is the order they are given in. */
  finish(ended: Range | null): { readonly calls: readonly GradientCall[]; readonly renumber: (call: number) => number } {
    const order = this.sites.map((_, i) => i).sort((a, b) => (this.sites[a]?.range.start ?? 0) - (this.sites[b]?.range.start ?? 0));
    const place = new Map(order.map((old, now) => [old, now]));
    return {
      calls: order.flatMap((i) => (this.sites[i] ? [this.summarize(this.sites[i], ended)] : [])),
      renumber: (call) => place.get(call) ?? call,
    };
  }

  private summarize(site: Site, ended: Range | null): GradientCall {
    const { executions } = site;
    const [first] = executions;
    const { outcome, error, sources } = joined(executions, ended);
    return {
      range: site.range,
      at: site.at,
      method: site.method,
      target: site.targetRange ? this.text.slice(site.targetRange.start, site.targetRange.end) : '',
      targetRange: site.targetRange,
      sourcesRange: site.sourcesRange,
      outcome,
      error,
      sources,
      order: first ? Math.max(...executions.map((e) => e.order)) : 1,
      tape: first?.tape ?? null,
      unconnectedZero: first?.unconnectedZero ?? false,
      certain: first !== undefined && executions.every((e) => e.certain),
      executions: executions.length,
    };
  }
}

/** What comes of a call in all of its executions. */
function joined(executions: readonly Execution[], ended: Range | null): Pick<GradientCall, 'outcome' | 'error' | 'sources'> {
  const [first] = executions;
  const without = (outcome: CallOutcome, error: CallError | null = null) => ({ outcome, error, sources: [] });
  if (!first) return without(ended ? 'unreached' : 'unknown');
  if (executions.some((e) => e.outcome !== first.outcome))
    return without(executions.some((e) => e.outcome === 'unknown') ? 'unknown' : 'mixed');
  if (first.outcome === 'raises') return without('raises', first.error);
  if (first.outcome === 'unknown' || executions.some((e) => e.sources.length !== first.sources.length)) return without('unknown');
  if (executions.length === 1) return { outcome: 'returns', error: null, sources: first.sources };
  return {
    outcome: 'returns',
    error: null,
    sources: first.sources.map((s, i) =>
      joinSources(
        executions.flatMap((e) => e.sources[i] ?? []),
        s,
      ),
    ),
  };
}

/** The common answer of several executions for one source, or `mixed`. */
function joinSources(list: readonly SourceFact[], first: SourceFact): SourceFact {
  const outcomes = new Set<Outcome>(list.map((s) => s.outcome));
  if (outcomes.size === 1) {
    const shape = list.every((s) => JSON.stringify(s.shape) === JSON.stringify(first.shape)) ? first.shape : null;
    return { ...first, shape, formula: list.every((s) => s.formula === first.formula) ? first.formula : null };
  }
  // Zeros in one run and values in another is a value that may be zero; anything with None in it is mixed.
  const outcome: Outcome = outcomes.has('unknown') ? 'unknown' : outcomes.has('none') ? 'mixed' : 'value';
  return { ...first, outcome, reasons: [], shape: null, formula: null };
}
