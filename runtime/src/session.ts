// One run of one program: its eager execution, and everyone who is told of its gradient calls.
import { Eager } from '../../core/eager.ts';
import type { GradientTape } from '../../core/tape.ts';
import type { Origin, Tensor, Variable } from '../../core/tensor.ts';
import { NumericBackend } from './engine/backend.ts';
import type { Kernels } from './engine/tfjs.ts';

export interface Position {
  /** All count from 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A source of a gradient call. */
export interface Source {
  readonly name: string;
  /** What the tape goes by: for a variable its handle. */
  readonly tensor: Tensor;
  readonly variable: Variable | null;
}

/** A gradient call that the program has come to, before it is carried out. */
export interface GradientCall {
  readonly method: string;
  readonly position: Position;
  /** The how-manieth time this place is reached, from 1. */
  readonly occurrence: number;
  /** Source text of the target. */
  readonly targetName: string;
  /** The target's tensors, in the order of `tf.nest.flatten`; null where it is None. */
  readonly targets: readonly (Tensor | null)[];
  readonly sources: readonly Source[];
  readonly tape: GradientTape | null;
  /** Where the target came out of a gradient call itself: which, and the place of its source there. */
  readonly derivativeOf: { readonly call: GradientCall; readonly source: number } | null;
}

export interface SessionObserver {
  /** `stop` ends the program here: whatever was wanted of it is done. */
  reached(call: GradientCall): 'continue' | 'stop';
  returned(call: GradientCall, results: readonly (Tensor | null)[]): void;
  raised(call: GradientCall, error: { readonly type: string; readonly message: string }): void;
}

export class Session {
  readonly eager: Eager;
  readonly backend: NumericBackend;
  /** From a gradient's result to the call that gave it. */
  private readonly derivatives = new WeakMap<Tensor, { readonly call: GradientCall; readonly source: number }>();
  private readonly counts = new Map<string, number>();
  /** Once true, no op is carried out any more: the program is winding up. */
  stopped = false;

  constructor(
    kernels: Kernels,
    private readonly observer: SessionObserver,
    onOperation?: (origin: Origin) => void,
  ) {
    this.backend = new NumericBackend(kernels);
    this.eager = new Eager(this.backend, onOperation);
  }

  /** A gradient call is reached; null when the program is to end here. */
  reach(call: Omit<GradientCall, 'occurrence' | 'derivativeOf'>): GradientCall | null {
    const { line, column } = call.position;
    const key = `${line}:${column}:${call.method}`;
    const occurrence = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, occurrence);
    const [target] = call.targets;
    const whole: GradientCall = { ...call, occurrence, derivativeOf: (target && this.derivatives.get(target)) ?? null };
    if (this.observer.reached(whole) === 'continue') return whole;
    this.stopped = true;
    return null;
  }

  returned(call: GradientCall, results: readonly (Tensor | null)[]): void {
    results.forEach((result, source) => result && this.derivatives.set(result, { call, source }));
    this.observer.returned(call, results);
  }

  raised(call: GradientCall, error: { readonly type: string; readonly message: string }): void {
    this.observer.raised(call, error);
  }
}
