// The recorded op table's method: eager, nested tapes that all watch everything, each derivative contracted with a fixed generic output gradient.
import { Eager } from '../../core/eager.ts';
import { OpError } from '../../core/shape.ts';
import { GradientTape } from '../../core/tape.ts';
import type { DType, Tensor } from '../../core/tensor.ts';
import { generic } from './generic.ts';
import { numbersOf, ReferenceBackend, shapeOf } from './reference-backend.ts';

/** A word of the table's legend. */
export type Outcome = string;

/** A tensor, None, what was raised, or that an earlier one in the chain was raised. */
type Answer = Tensor | null | OpError | 'not reached';

export class Nest {
  readonly eager = new Eager(new ReferenceBackend());
  readonly #tapes: GradientTape[] = [];

  constant(values: readonly number[], shape: readonly number[], dtype: DType = 'float32'): Tensor {
    return this.eager.backend.constant(values, shape, dtype);
  }

  /** Enters tapes, outermost first, each watching all of these. */
  enter(count: number, watched: readonly Tensor[]): void {
    for (let i = 0; i < count; i++) {
      const tape = new GradientTape(this.eager, { persistent: true, watchAccessedVariables: true });
      tape.enter();
      for (const tensor of watched) tape.watch(tensor);
      this.#tapes.push(tape);
    }
  }

  /** Leaves the innermost tape and takes the gradients of a target from it. */
  leave(target: Answer, sources: readonly Tensor[], sums = false): Answer[] {
    const tape = this.#tapes.pop();
    tape?.exit();
    return this.ask(tape, target, sources, sums);
  }

  /** As `leave`, for several targets of the same tape. */
  leaveWith(targets: readonly Answer[], sources: readonly Tensor[]): Answer[][] {
    const tape = this.#tapes.pop();
    tape?.exit();
    return targets.map((target) => this.ask(tape, target, sources, false));
  }

  private ask(tape: GradientTape | undefined, target: Answer, sources: readonly Tensor[], sums: boolean): Answer[] {
    if (target === null || !tape) return sources.map(() => null);
    if (target === 'not reached' || target instanceof OpError) return sources.map(() => 'not reached');
    const upstream =
      sums || target.dtype === null || !/^float/.test(target.dtype)
        ? null
        : this.constant(generic(shapeOf(target), 71 + this.#tapes.length), shapeOf(target), target.dtype);
    try {
      return tape.gradient([target], sources, { outputGradients: [upstream] });
    } catch (error) {
      if (error instanceof OpError) return sources.map(() => error);
      throw error;
    }
  }
}

export function outcomeOf(answer: Answer | undefined): Outcome {
  if (answer === undefined || answer === 'not reached') return '-';
  if (answer === null) return 'None';
  if (answer instanceof OpError) return `error:${answer.type}: ${answer.message}`;
  const numbers = Array.from(numbersOf(answer));
  if (numbers.some((n) => Number.isNaN(n))) return 'nan';
  const largest = Math.max(0, ...numbers.map(Math.abs));
  if (largest === 0) return 'zero';
  if (largest < 1e-12) return 'value(~0)';
  return answer.indexedSlices ? 'value(IndexedSlices)' : 'value';
}

/** Whether ours is what was recorded. Rounding differs: TensorFlow's was float32, ours is float64, where a zero may come out as 1e-17. */
export function agrees(ours: Outcome, recorded: Outcome): boolean {
  if (recorded === 'value(~0)' || recorded === 'zero') return ours === 'zero' || ours === 'value(~0)';
  // The table keeps the first 60 or so characters of a message.
  return ours === recorded || (recorded.startsWith('error:') && ours.startsWith(recorded));
}
