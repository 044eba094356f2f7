// What a graph knows of shapes, where that is less than what an interpreter knows: a placeholder has the shape that an `input_signature` gives it, and what Python gives in a graph
// has none. TensorFlow: python/framework/func_graph.py, python/ops/script_ops.py.
import { isKnown } from './shape.ts';
import { shapesFrom } from './row.ts';
import type { Dimension, Origin, Shape, Tensor } from './tensor.ts';

/** `undefined`: nobody here can say what TensorFlow knows. */
export type GraphShape = Shape | undefined;

export class GraphShapes {
  private readonly known = new WeakMap<Tensor, { readonly shape: GraphShape }>();
  /** Whether there are any but the shapes that tensors have. */
  private differs = false;

  /** From here on a graph knows only this much of the tensor's shape. */
  declare(tensor: Tensor, shape: Shape): void {
    this.known.set(tensor, { shape });
    if (!isKnown(shape)) this.differs = true;
  }

  /** `tensor.set_shape`: what was not known is what the program says. */
  refine(tensor: Tensor, shape: readonly Dimension[]): void {
    const before = this.of(tensor);
    if (before === undefined || !this.differs) return;
    this.known.set(tensor, { shape: before === null ? shape : before.map((size, axis) => size ?? shape[axis] ?? null) });
  }

  /** A function gives this to the eager world: there its shape is known. */
  leave(outputs: readonly Tensor[]): void {
    if (this.differs) for (const output of outputs) this.known.set(output, { shape: output.shape });
  }

  of(tensor: Tensor): GraphShape {
    if (!this.differs) return tensor.shape;
    // Graphs are deep: what a tensor is made of comes first, on a stack of its own.
    const stack = [tensor];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const missing = this.known.has(top) ? [] : (top.origin?.inputs.filter((t) => !this.known.has(t)) ?? []);
      if (missing.length > 0) {
        stack.push(...missing);
        continue;
      }
      if (!this.known.has(top)) this.known.set(top, { shape: this.inferred(top) });
      stack.pop();
    }
    return this.known.get(tensor)?.shape;
  }

  private inferred(tensor: Tensor): GraphShape {
    const { origin } = tensor;
    if (!origin) return tensor.shape;
    const shapes = origin.inputs.map((t) => this.known.get(t)?.shape);
    if (origin.inputs.every((t, i) => isSame(t.shape, shapes[i]))) return tensor.shape;
    const given = shapes.filter((shape) => shape !== undefined);
    if (given.length < shapes.length) return undefined;
    if (isPassedOn(origin)) return given.every((shape) => isSame(shape, given[0])) ? given[0] : undefined;
    const { row, attributes, outputs } = origin;
    if (!row || !isPlain(origin)) return undefined;
    try {
      return shapesFrom(row, given, attributes)[outputs.indexOf(tensor)];
    } catch {
      return undefined;
    }
  }
}

/** The other side of a function's boundary. */
export const isPassedOn = ({ name, row }: Origin): boolean => row === undefined && (name === 'Identity' || name === 'Merge');

/** Whether its attributes say nothing that was read off a shape. */
const isPlain = ({ attributes }: Origin): boolean =>
  Object.entries(attributes).every(([name, value]) => !Array.isArray(value) || name === 'axes' || name === 'permutation');

function isSame(a: Shape, b: GraphShape): boolean {
  if (a === null || b === null || b === undefined) return a === b;
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
