// TensorFlow.js's engine, as far as gradients go: one tape for all gradient functions that run inside one another. TensorFlow.js: tfjs-core/src/engine.ts, tape.ts.
import type { Backend } from '../backend.ts';
import { Eager } from '../eager.ts';
import { primal, rowOf, type Attributes } from '../row.ts';
import { isKnown, OpError, show } from '../shape.ts';
import { newTensorId, type Tensor, type Variable } from '../tensor.ts';
import { scriptError } from './error.ts';
import { findKernel, kernelOfRow, type Kernel } from './kernel.ts';
import './kernels/index.ts';

export const NOT_ENCLOSED =
  'Cannot compute gradient of y=f(x) with respect to x. Make sure that the f you passed encloses all operations that lead from x to y.';
const NOT_A_TENSOR = 'The result y returned by f() must be a tensor.';

/** One per input; undefined where the gradient function says nothing of it. Called only for the inputs that are functions of x. */
type InputGradients = readonly ((() => Tensor) | undefined)[];

interface Node {
  readonly kernel: string;
  readonly inputNames: readonly string[];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** null where TensorFlow.js has registered none. */
  readonly gradient: ((upstream: readonly Tensor[], given: readonly boolean[]) => InputGradients) | null;
}

export interface Gradients {
  readonly value: Tensor;
  /** One per x; null where no gradient came through. */
  readonly gradients: readonly (Tensor | null)[];
}

/** What a function given to `tf.customGrad` gives back. */
export interface CustomGradient {
  readonly value: Tensor;
  readonly gradient: (upstream: Tensor, saved: readonly Tensor[]) => readonly Tensor[];
}

/** The output of an op that was kept for its gradient: TensorFlow.js clones it before the op itself is on the tape, so to a gradient around it, it does not depend on x. */
export interface CutOff {
  readonly original: Tensor;
  readonly kernel: string;
}

export class ScriptEngine extends Eager {
  private nodes: Node[] = [];
  /** How many gradient functions are running their f. */
  private gradientDepth = 0;
  /** How many kernels are running: what they do inside is not on the tape. */
  private kernelDepth = 0;
  readonly cutOff = new WeakMap<Tensor, CutOff>();

  constructor(backend: Backend) {
    super(backend);
  }

  private get recording(): boolean {
    return this.gradientDepth > 0 && this.kernelDepth === 0;
  }

  /** An op by its row's name: the kernel that carries the row in TensorFlow.js. */
  override apply(name: string, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor[] {
    const kernel = kernelOfRow(name);
    return kernel ? this.run(kernel, inputs, attributes) : this.carryOut(name, inputs, attributes);
  }

  /** A kernel by TensorFlow.js's name for it. */
  kernel(name: string, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
    const kernel = findKernel(name);
    if (!kernel) throw new Error(`no kernel ${name}`);
    return this.run(kernel, inputs, attributes)[0] as Tensor;
  }

  private run(kernel: Kernel, inputs: readonly Tensor[], attributes: Attributes): Tensor[] {
    const outputs = this.unrecorded(() =>
      typeof kernel.forward === 'string'
        ? this.carryOut(kernel.forward, inputs, attributes)
        : [...kernel.forward(inputs, attributes, this.operations)],
    );
    if (!this.recording) return outputs;
    // What a gradient reads of its outputs is cloned here, before the op's own node.
    const kept = kernel.savesOutput ? outputs.map((y) => this.keep(y, kernel.name)) : outputs;
    const { gradient } = kernel;
    this.nodes.push({
      kernel: kernel.name,
      inputNames: kernel.inputs,
      inputs,
      outputs,
      gradient:
        gradient &&
        ((upstream, given) => {
          const named = Object.fromEntries(kernel.inputs.map((name, i) => [name, inputs[i]]));
          const needs = inputs.map(() => true);
          const c = { ...named, inputs, outputs: kept, y: kept[0], attributes, dy: upstream[0], upstream, given, needs };
          return gradient(c as unknown as Parameters<typeof gradient>[0], this.operations, this);
        }),
    });
    return outputs;
  }

  /** The row's numbers, with the mathematical gradient as where they came from. */
  private carryOut(name: string, inputs: readonly Tensor[], attributes: Attributes): Tensor[] {
    const row = rowOf(name);
    const outputs = asScriptErrors(() => this.backend.run(row, inputs, attributes));
    const { gradient } = row;
    const backward =
      typeof gradient === 'string'
        ? gradient
        : (upstream: readonly Tensor[], needs: readonly boolean[], given: readonly boolean[]) =>
            this.unrecorded(() =>
              gradient(
                Object.assign(primal(row, inputs, outputs, attributes), { dy: upstream[0] as Tensor, upstream, needs, given }),
                this.operations,
              ),
            );
    this.trace({ sequence: this.sequence++, name, inputs, outputs, attributes, backward });
    return outputs;
  }

  /** TensorFlow.js's `clone`, which is on the tape even where a kernel is running. */
  private clone(x: Tensor): Tensor {
    const y = this.unrecorded(() => this.carryOut('Identity', [x], {})[0] as Tensor);
    if (this.gradientDepth > 0)
      this.nodes.push({
        kernel: 'clone',
        inputNames: ['x'],
        inputs: [x],
        outputs: [y],
        gradient: ([dy]) => [() => this.operations.cast(dy as Tensor, 'float32')],
      });
    return y;
  }

  private keep(y: Tensor, kernel: string): Tensor {
    const saved = this.clone(y);
    this.cutOff.set(saved, { original: y, kernel });
    return saved;
  }

  /** Runs something that no tape sees. */
  unrecorded<T>(body: () => T): T {
    this.kernelDepth++;
    try {
      return body();
    } finally {
      this.kernelDepth--;
    }
  }

  /** A variable is a tensor of its own: reading it records nothing. */
  override read(variable: Variable): Tensor {
    return variable.value;
  }

  /**
   * `tf.customGrad(f)` called: `f` gets the inputs and a function that keeps tensors for the gradient; its gradient is asked for all inputs at once.
   * Errors are as tfjs-core's engine.customGrad words them; what `f` gives back is for the caller to check.
   */
  customGrad(inputs: readonly Tensor[], f: (save: (tensors: readonly Tensor[]) => void) => CustomGradient): Tensor {
    let saved: readonly Tensor[] = [];
    const isOn = this.recording;
    const before = newTensorId();
    const { value, gradient } = this.unrecorded(() =>
      f((tensors) => {
        // What was made inside is not on the tape, and neither is its way to x.
        if (isOn) saved = tensors.map((t) => (t.id > before ? this.keep(t, 'customGrad') : this.clone(t)));
      }),
    );
    if (isOn)
      this.nodes.push({
        kernel: 'customGrad',
        inputNames: inputs.map((_, i) => String(i)),
        inputs,
        outputs: [value],
        gradient: ([dy]) => {
          const found = gradient(dy as Tensor, saved);
          return inputs.map((_, i) => () => found[i] as Tensor);
        },
      });
    return value;
  }

  /**
   * `ENGINE.gradients`: runs `f` (null where it gives no tensor) with the tape on, then goes backwards from its result to every x. Throws OpError of type Error as TensorFlow.js
   * does; with `allowNone` a result that no x leads to is none.
   */
  gradients(f: () => Tensor | null, xs: readonly Tensor[], dy: Tensor | null, allowNone = false): Gradients {
    if (xs.length === 0) throw scriptError('gradients() received an empty list of xs.');
    if (dy?.dtype && dy.dtype !== 'float32') throw scriptError(`dy must have 'float32' dtype, but has '${dy.dtype}'`);
    if (this.gradientDepth === 0) this.nodes = [];
    this.gradientDepth++;
    let value: Tensor | null;
    try {
      value = f();
    } finally {
      this.gradientDepth--;
    }
    if (value === null) throw scriptError(NOT_A_TENSOR);
    const { path, fromX } = between(this.nodes, xs, value);
    if (!allowNone && path.length === 0) throw scriptError(NOT_ENCLOSED);
    const found = new Map([[value.id, dy ?? this.operations.full(1, value.shape, 'float32')]]);
    for (const node of path) this.backThrough(node, found, fromX);
    if (this.gradientDepth === 0) this.nodes = [];
    return { value, gradients: xs.map((x) => found.get(x.id) ?? null) };
  }

  private backThrough(node: Node, found: Map<number, Tensor>, fromX: ReadonlySet<number>): void {
    const { kernel, gradient } = node;
    const given = node.outputs.map((y) => found.has(y.id));
    const upstream = node.outputs.map((y) => found.get(y.id) ?? this.operations.zerosConstant(y));
    if (gradient === null) throw scriptError(`Cannot compute gradient: gradient function not found for ${kernel}.`);
    const gradients = gradient(upstream, given);
    node.inputs.forEach((x, i) => {
      if (!fromX.has(x.id)) return;
      const name = node.inputNames[i] ?? String(i);
      const thunk = gradients[i];
      if (!thunk) {
        const available = node.inputNames.filter((_, k) => gradients[k] !== undefined);
        throw scriptError(`Cannot backprop through input ${name}. Available gradients found: ${available.join(',')}.`);
      }
      const dx = thunk();
      if (dx.dtype !== null && dx.dtype !== 'float32')
        throw scriptError(
          `Error in gradient for op ${kernel}. The gradient of input ${name} must have 'float32' dtype, but has '${dx.dtype}'`,
        );
      if (isKnown(dx.shape) && isKnown(x.shape) && show(dx.shape) !== show(x.shape))
        throw scriptError(
          `Error in gradient for op ${kernel}. The gradient of input '${name}' has shape '${dx.shape.join(',')}', which does not match the shape of the input '${x.shape.join(',')}'`,
        );
      const sofar = found.get(x.id);
      found.set(x.id, sofar ? this.operations.add(sofar, dx) : dx);
    });
  }
}

/** The nodes that lead from x to y, last first: one pass forward and one back, each in the order of the tape. TensorFlow.js: tape.ts, getFilteredNodesXToY. */
function between(nodes: readonly Node[], xs: readonly Tensor[], y: Tensor): { readonly path: Node[]; readonly fromX: ReadonlySet<number> } {
  const fromX = new Set(xs.map((x) => x.id));
  const forward = nodes.map((node) => {
    const isFromX = node.inputs.some((t) => fromX.has(t.id));
    if (isFromX) for (const output of node.outputs) fromX.add(output.id);
    return isFromX;
  });
  const toY = new Set([y.id]);
  const path: Node[] = [];
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Node;
    if (!node.outputs.some((t) => toY.has(t.id))) continue;
    for (const input of node.inputs) toY.add(input.id);
    if (forward[i]) path.push(node);
  }
  return { path, fromX };
}

/** What a row refuses, TensorFlow.js refuses as an Error. */
function asScriptErrors<T>(body: () => T): T {
  try {
    return body();
  } catch (e) {
    if (e instanceof OpError) throw scriptError(e.message);
    throw e;
  }
}
