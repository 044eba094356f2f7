// What TensorFlow itself would have given at the call: asked of the program's own tape.
import { OpError } from '../../../core/shape.ts';
import type { Tensor } from '../../../core/tensor.ts';
import { isZero, type NumericBackend } from '../engine/backend.ts';
import type { HessianResult, SourceOutcome } from '../host/protocol.ts';
import { movedByRounding } from '../rounding.ts';
import type { GradientCall, Session } from '../session.ts';

type TensorFlow = HessianResult['tensorflow'];

/** Of a call that was not carried out: the tape is walked once, as it stands. */
export function predictedOutcome(session: Session, { tape, targets, sources }: GradientCall): TensorFlow {
  const present = targets.filter((t) => t !== null);
  if (tape === null) return { outcome: 'unknown', rule: null, reason: null };
  if (present.length < targets.length) return raises('the target is None');
  const outer = session.eager.tapes;
  session.eager.tapes = [];
  try {
    if (tape.state.usedUp || tape.state.phase === 'new') return raises('the tape is used up');
    return outcomeOf(
      session.backend,
      tape.walk(
        present,
        sources.map((s) => s.tensor),
        null,
      ),
    );
  } catch (error) {
    if (error instanceof OpError) return raises(`${error.type}: ${error.message}`);
    throw error;
  } finally {
    session.eager.tapes = outer;
  }
}

const raises = (reason: string): TensorFlow => ({ outcome: 'raises', rule: null, reason });

/** `rounding`: zeros here, and in TensorFlow what its own rounding leaves. */
export type Kind = 'none' | 'zeros' | 'rounding' | 'value';

/** What one result of a call is, by its numbers. An IndexedSlices is a value, whatever is in it. */
export const kindOf = (result: Tensor | null): Kind =>
  result === null ? 'none' : !result.indexedSlices && isZero(result) ? 'zeros' : 'value';

/** What the results of a call are. `moved`: how far rounding moves those of them that are zeros. */
export function kindsOf(results: readonly (Tensor | null)[], moved: ReadonlyMap<Tensor, number>): Kind[] {
  return results.map((result) => {
    const kind = kindOf(result);
    return kind === 'zeros' && result !== null && (moved.get(result) ?? 0) > 0 ? 'rounding' : kind;
  });
}

/** Where the same thing, or things alike, were of these kinds: what TensorFlow gives, and why where that is not plain. */
export function outcomeOfKinds(kinds: ReadonlySet<Kind>): {
  readonly outcomes: ReadonlySet<SourceOutcome>;
  readonly reason: string | null;
} {
  const outcomes = new Set(Array.from(kinds, (kind) => (kind === 'rounding' ? 'value' : kind)));
  const isOnlyRounding = kinds.size === 1 && kinds.has('rounding');
  return { outcomes, reason: isOnlyRounding ? 'its terms cancel, and nothing but rounding is left' : null };
}

/** Of a call's results: None, zeros or values for all of its sources, or mixed. */
export function outcomeOf(backend: NumericBackend, results: readonly (Tensor | null)[]): TensorFlow {
  const zeros = results.filter((result): result is Tensor => result !== null && isZero(result));
  const { outcomes, reason } = outcomeOfKinds(new Set(kindsOf(results, movedByRounding(backend, zeros))));
  const [only = 'unknown'] = outcomes;
  return { outcome: outcomes.size > 1 ? 'mixed' : only, rule: null, reason };
}
