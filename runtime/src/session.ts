// One run of one program: its eager execution, and everyone who is told of its gradient calls.
import { Eager } from '../../core/eager.ts';
import { findRow } from '../../core/row.ts';
import type { GradientTape } from '../../core/tape.ts';
import { isDifferentiable, type Origin, type Tensor, type Variable } from '../../core/tensor.ts';
import { NumericBackend } from './engine/backend.ts';
import type { Kernels } from './engine/tfjs.ts';

export interface Position {
  /** All count from 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A line of the program, and its file where that is not the program itself. */
export interface Where {
  readonly line: number;
  readonly file?: string;
}

/** A source of a gradient call. */
export interface Source {
  readonly name: string;
  /** What the tape goes by: for a variable its handle. */
  readonly tensor: Tensor;
  readonly variable: Variable | null;
  /** What a variable holds at the call, as it may be assigned to later; without it, what it holds now. */
  readonly value?: Tensor;
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
  /** `output_gradients`: what the targets are weighted with before they are summed; null stands for ones. */
  readonly weights?: readonly (Tensor | null)[] | null;
  readonly sources: readonly Source[];
  /** What the results are called, where there is not one for every source. */
  readonly resultNames?: readonly string[];
  readonly tape: GradientTape | null;
  /** A function is being traced: what comes of the call is None or not, but has no numbers yet. */
  readonly isTraced?: boolean;
  /** Where the target came out of a gradient call itself. */
  readonly derivativeOf: Derivative | null;
  /** Whether a derivative is differentiated here, in whatever form. */
  readonly secondOrder: boolean;
}

/** A target that is made of results of gradient calls: they themselves, or their elements moved about. */
export interface Derivative {
  readonly parts: readonly DerivativePart[];
  /** The ops from the results to the targets. */
  readonly moves: readonly Origin[];
}

export interface DerivativePart {
  readonly call: GradientCall;
  /** The place of its source in the call. */
  readonly source: number;
  /** null where the call gave None. */
  readonly result: Tensor | null;
}

export interface SessionObserver {
  /** `stop` ends the program here: whatever was wanted of it is done. */
  reached(call: GradientCall): 'continue' | 'stop';
  returned(call: GradientCall, results: readonly (Tensor | null)[], backend: NumericBackend): void;
  raised(call: GradientCall, error: { readonly type: string; readonly message: string }): void;
}

export class Session {
  readonly eager: Eager;
  readonly backend: NumericBackend;
  /** From a gradient's result to the call that gave it. */
  private readonly derivatives = new WeakMap<Tensor, DerivativePart>();
  /** The last results that were None, by what the program calls them; under null the last of all. */
  private readonly nothings = new Map<string | null, DerivativePart>();
  /** Made of numbers that a call took out of TensorFlow, and where (`Eager.place`). */
  readonly leftTensorFlow = new WeakMap<Tensor, { readonly by: string; readonly place: number }>();
  private readonly counts = new Map<string, number>();
  /** The program's own files, the program itself first. */
  files: readonly string[] = [];
  /** How to find places that nobody has asked for yet. */
  private readonly unfound: (() => Where | null)[] = [];
  /** Once true, no op is carried out any more: the program is winding up. */
  stopped = false;

  constructor(
    kernels: Kernels,
    private readonly observer: SessionObserver,
    onOperation?: (origin: Origin) => void,
  ) {
    kernels.passedOver.clear();
    this.backend = new NumericBackend(kernels);
    this.eager = new Eager(this.backend, onOperation);
  }

  /** A gradient call is reached; null when the program is to end here. */
  reach(call: Omit<GradientCall, 'occurrence' | 'derivativeOf' | 'secondOrder' | 'isTraced'>): GradientCall | null {
    const derivativeOf = this.derivativeBehind(call.targets, call.targetName);
    const isTraced = this.backend.isLazy;
    const whole: GradientCall = {
      ...call,
      sources: call.sources.map((source) => ({ ...source, value: source.variable?.value ?? source.tensor })),
      occurrence: isTraced ? 0 : this.count(call),
      derivativeOf,
      secondOrder: derivativeOf !== null,
      isTraced,
    };
    return isTraced || this.arrive(whole) ? whole : null;
  }

  /** False when the program is to end at this call. */
  arrive(call: GradientCall): boolean {
    if (this.observer.reached(call) === 'continue') return true;
    this.stopped = true;
    return false;
  }

  /** What `Eager.place` is to be for ops of a place that takes a while to find. */
  placeFoundBy(find: () => Where | null): number {
    return -this.unfound.push(find);
  }

  /** A line of the program, from 1, and a million for every file before (`sites.py`); null where it is not known. */
  placeOf(place: number): Where | null {
    if (place <= 0) return this.unfound[-place - 1]?.() ?? null;
    const file = Math.floor(place / 1_000_000);
    const name = this.files[file];
    return { line: place % 1_000_000, ...(file > 0 && name !== undefined && { file: name }) };
  }

  /** The how-manieth time this place is reached, from 1. */
  count({ position: { line, column }, method }: Pick<GradientCall, 'position' | 'method'>): number {
    const key = `${line}:${column}:${method}`;
    const occurrence = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, occurrence);
    return occurrence;
  }

  /** Follows the targets back through ops that move elements; null where anything else is behind them, or no gradient call is. */
  derivativeBehind(targets: readonly (Tensor | null)[], name: string): Derivative | null {
    const parts = new Map<Tensor | string, DerivativePart>();
    const moves = new Set<Origin>();
    const stack: Tensor[] = [];
    for (const target of targets) {
      const nothing = target ? undefined : (this.nothings.get(name) ?? this.nothings.get(null));
      if (target) stack.push(target);
      else if (nothing) parts.set(name, nothing);
      else return null;
    }
    for (let tensor = stack.shift(); tensor; tensor = stack.shift()) {
      const part = this.derivatives.get(tensor);
      const { origin } = tensor;
      if (part) parts.set(tensor, part);
      else if (!origin || moves.has(origin)) continue;
      else if (findRow(origin.name)?.dependence !== 'move') return null;
      else {
        moves.add(origin);
        stack.push(...origin.inputs.filter((t) => isDifferentiable(t.dtype)));
      }
    }
    return parts.size === 0 ? null : { parts: [...parts.values()], moves: [...moves].sort((a, b) => a.sequence - b.sequence) };
  }

  returned(call: GradientCall, results: readonly (Tensor | null)[]): void {
    this.remember(call, results);
    this.observer.returned(call, results, this.backend);
  }

  /** Of a call that nobody needs to be told of. */
  remember(call: GradientCall, results: readonly (Tensor | null)[]): void {
    results.forEach((result, source) => {
      const part = { call, source, result };
      if (result) this.derivatives.set(result, part);
      else this.nothings.set(null, part);
    });
  }

  /** What the program calls the results of a call, one after the other; null where it says nothing. */
  nameNothings(call: GradientCall, names: readonly (string | null)[]): void {
    names.forEach((name, source) => name !== null && this.nothings.set(name, { call, source, result: null }));
  }

  raised(call: GradientCall, error: { readonly type: string; readonly message: string }): void {
    this.observer.raised(call, error);
  }
}
