// `tf.autodiff.ForwardAccumulator`: Jacobian-vector products, computed as the program runs. TensorFlow: python/eager/forwardprop.py and, for what has no function of its own,
// c/eager/tape.h (ForwardpropFromTape).
import type { Eager } from './eager.ts';
import { callFunction } from './function.ts';
import { OpError } from './shape.ts';
import { GradientTape } from './tape.ts';
import { isDifferentiable, type Origin, type Tensor } from './tensor.ts';

/** Tangents pass through these as they are. */
const UNCHANGED: ReadonlySet<string> = new Set(['Identity', 'ReadVariableOp']);

/** In TensorFlow's own function of the tangents the axis is no constant, and the gradient no IndexedSlices. */
const DENSE: ReadonlySet<string> = new Set(['GatherV2']);
const withoutId = (): OpError => new OpError('AttributeError', "'IndexedSlices' object has no attribute '_id'");

export class ForwardAccumulator {
  private readonly tangents = new Map<number, Tensor>();
  private isBusy = false;
  /** When it was opened, counted with all tapes and accumulators. */
  private nesting = 0;

  constructor(private readonly eager: Eager) {}

  /** Watched twice, a tensor has the sum of its tangents. A variable is watched by its handle. */
  watch(primal: Tensor, tangent: Tensor): void {
    const before = this.tangents.get(primal.id);
    this.tangents.set(primal.id, before ? this.eager.operations.add(before, tangent) : tangent);
  }

  get recording(): boolean {
    return this.eager.accumulators.includes(this);
  }

  /** `__enter__`. */
  enter(): void {
    if (this.recording) throw new OpError('ValueError', 'Accumulator is already recording.');
    this.nesting = this.eager.nextNesting();
    this.eager.accumulators = [...this.eager.accumulators, this];
  }

  /** `__exit__`. */
  exit(): void {
    this.eager.accumulators = this.eager.accumulators.filter((a) => a !== this);
  }

  /** The tangent that was computed for a tensor; null for None. */
  jvp(primal: Tensor): Tensor | null {
    return this.tangents.get(primal.id) ?? null;
  }

  /** `jvp` as the program asks for it. */
  ask(primal: Tensor): Tensor | null {
    if (primal.indexedSlices) throw withoutId();
    return this.jvp(primal);
  }

  /** Looks at an op that is carried out. Tells whether the accumulators inside of this one may look too: they do not see its own work. */
  see(origin: Origin): boolean {
    if (this.isBusy) return false;
    const isCall = 'variants' in origin.attributes;
    if (!this.follows(origin.inputs, isCall)) return true;
    this.isBusy = true;
    // Its work is hidden from the tapes inside of it, and that of a call is inside of the function. Recorded in test/oracle/programs/cf_accumulator_in_tape and …_around_tape.
    const isHidden = isCall && !this.eager.inGraph;
    try {
      this.eager
        .withTapes(
          ({ nesting, seesInside }) => seesInside || (!isHidden && nesting < this.nesting),
          () => this.tangentsOf(origin),
        )
        .forEach((tangent, i) => {
          const output = origin.outputs[i];
          // An Identity that stands before a gradient of the program's own has said it first.
          if (tangent && output && !this.tangents.has(output.id)) this.tangents.set(output.id, tangent);
        });
    } finally {
      this.isBusy = false;
    }
    return true;
  }

  /** Whether it looks at an op of these inputs. In a graph a function's call is not followed for a variable's sake; recorded in test/oracle/programs/cf_accumulator_variable. */
  follows(inputs: readonly Tensor[], isCall = false): boolean {
    const passesBy = (t: Tensor): boolean => isCall && t.dtype === 'resource' && this.eager.inGraph;
    return !this.isBusy && inputs.some((t) => this.tangents.has(t.id) && isDifferentiable(t.dtype) && !passesBy(t));
  }

  /** The tangents that go into a function's call beside its inputs. */
  beside(inputs: readonly Tensor[]): readonly Tensor[] {
    return this.follows(inputs, true) ? inputs.flatMap((t) => this.tangents.get(t.id) ?? []) : [];
  }

  private tangentsOf(origin: Origin): readonly (Tensor | null)[] {
    const { inputs, outputs } = origin;
    const { operations } = this.eager;
    const given = inputs.map((t) => this.tangents.get(t.id) ?? null);
    // Tangents that nobody gave are zeros.
    const differentiable = inputs.flatMap((t, i) => (isDifferentiable(t.dtype) && t.dtype !== 'resource' ? [i] : given[i] ? [i] : []));
    const filled = differentiable.map((i) => given[i] ?? operations.zerosConstant(inputs[i] as Tensor));
    if (!origin.row && origin.name !== 'ReadVariableOp') return this.transposed(origin, place(differentiable, filled, inputs.length));
    // An op's own products are one call of a function.
    const present: number[] = [];
    const found = callFunction(this.eager, `${origin.name}_jvp`, [...inputs, ...outputs, ...filled], (stand) => {
      const [ins, outs] = [stand.slice(0, inputs.length), stand.slice(inputs.length, inputs.length + outputs.length)];
      const tangents = stand.slice(inputs.length + outputs.length);
      const inner = UNCHANGED.has(origin.name)
        ? tangents.map((t) => operations.identity(t))
        : this.transposed({ ...this.eager.bound(origin, ins, outs) }, place(differentiable, tangents, inputs.length), true);
      return inner.flatMap((t, i) => (t ? (present.push(i), [t]) : []));
    });
    return place(present, found, outputs.length);
  }

  /**
   * The gradients of an op are linear in the upstream ones: the gradient of that, with the tangents as upstream, are the tangents of the outputs. `unconnectedZero`: an input
   * without gradient has zeros.
   */
  private transposed(origin: Origin, tangents: readonly (Tensor | null)[], unconnectedZero = false): readonly (Tensor | null)[] {
    const { inputs, outputs, backward } = origin;
    const { operations, backend } = this.eager;
    if (!outputs.some((t) => isDifferentiable(t.dtype))) return outputs.map(() => null);
    if (backward === 'missing') throw new OpError('LookupError', `gradient registry has no entry for: ${origin.name}`);
    if (backward === 'none') return outputs.map(() => null);
    const tape = new GradientTape(this.eager, { persistent: true, watchAccessedVariables: false });
    const aids = outputs.map((t) => backend.detach(operations.onesLikeConstant(t)));
    const differentiable = outputs.map((t) => isDifferentiable(t.dtype));
    const needs = inputs.map((t) => isDifferentiable(t.dtype));
    tape.enter();
    aids.forEach((aid, i) => differentiable[i] && tape.watch(aid));
    let gradients: readonly (Tensor | null)[];
    try {
      const found = backward(
        aids,
        needs,
        outputs.map((_, i) => differentiable[i] === true),
      );
      if (origin.row && found.some((g) => g?.indexedSlices) && !DENSE.has(origin.name)) throw withoutId();
      gradients = found.map((g) => (g?.indexedSlices ? operations.identity(g) : g));
    } finally {
      tape.exit();
    }
    const targets: Tensor[] = [];
    const upstream: Tensor[] = [];
    inputs.forEach((input, i) => {
      const gradient = gradients[i] ?? (unconnectedZero && needs[i] ? operations.zerosConstant(input) : null);
      if (!gradient) return;
      // A variable of a function that is called eagerly has one, too: zeros.
      const isFilled = input.dtype === 'resource' && 'variants' in origin.attributes && !this.eager.inGraph;
      const tangent = tangents[i] ?? (isFilled ? operations.zerosConstant(gradient) : null);
      if (!tangent) return;
      targets.push(gradient);
      upstream.push(tangent);
    });
    const found = tape.walk(targets, aids, upstream);
    return found.map((t, i) => (differentiable[i] ? t : null));
  }
}

/** A list with these values at these places, null elsewhere. */
function place(places: readonly number[], values: readonly Tensor[], length: number): (Tensor | null)[] {
  const list: (Tensor | null)[] = Array.from({ length }, () => null);
  places.forEach((at, i) => (list[at] = values[i] ?? null));
  return list;
}
