// The first derivative that a question differentiates once more: gradients of its objectives, put together as the program put its own together.
import type { Eager } from '../../../core/eager.ts';
import type { Tensor } from '../../../core/tensor.ts';
import { product } from '../engine/values.ts';
import type { DerivativePart } from '../session.ts';
import { type MovedRows, type Objective, type Question, shapeOf, valueOf } from './question.ts';
import { gradients } from './trace.ts';

/** One tensor for each row source; null where it is zero for every input. */
export function gradientOf(eager: Eager, question: Question): (Tensor | null)[] {
  const found = new Map<Objective, (Tensor | null)[]>();
  return question.rows.map((row) => {
    if (row.kind === 'moved') return movedAgain(eager, row);
    const { objective } = row;
    const own = question.rows.flatMap((other) => (other.kind === 'gradient' && other.objective === objective ? [other.source.tensor] : []));
    const all = found.get(objective) ?? gradients(eager, objective.targets, own, weightsOf(eager, objective));
    found.set(objective, all);
    return all[own.indexOf(row.source.tensor)] ?? null;
  });
}

const dimensionsOf = (tensor: Tensor | undefined): readonly number[] => (tensor?.shape ?? []).map((d) => d ?? 0);

function weightsOf(eager: Eager, { targets, weights, component }: Objective): readonly (Tensor | null)[] {
  const [target] = targets;
  return component === null || !target ? (weights ?? []) : [picking(eager, target, (i) => i === component)];
}

/** Ones where a target's elements are picked, zeros elsewhere. */
function picking(eager: Eager, target: Tensor, isPicked: (place: number) => boolean): Tensor {
  const shape = dimensionsOf(target);
  const values = Float32Array.from({ length: product(shape) }, (_, i) => (isPicked(i) ? 1 : 0));
  return eager.backend.constant(values, shape, target.dtype ?? 'float32');
}

/** The program's own ops on the mathematical derivatives. */
function movedAgain(eager: Eager, { target, derivative: { parts, moves } }: MovedRows): Tensor | null {
  const truths = parts.map((part) => wholeDerivative(eager, part));
  if (target === null) return truths[0] ?? null;
  if (truths.every((truth) => truth === null)) return null;
  const now = new Map<number, Tensor>();
  parts.forEach(({ result }, i) => result && now.set(result.id, truths[i] ?? eager.operations.zerosConstant(result)));
  for (const { name, inputs, outputs, attributes } of moves) {
    const again = eager.apply(
      name,
      inputs.map((t) => now.get(t.id) ?? t),
      attributes,
    );
    outputs.forEach((t, i) => again[i] && now.set(t.id, again[i]));
  }
  return now.get(target.id) ?? null;
}

/** What a gradient call would give if every derivative were the mathematical one. */
function wholeDerivative(eager: Eager, { call, source: place }: DerivativePart): Tensor | null {
  const source = call.sources[place];
  const targets = call.targets.filter((t) => t !== null);
  const [target] = targets;
  if (!source || !target) return null;
  if (call.method !== 'jacobian' && call.method !== 'batch_jacobian')
    return gradients(eager, targets, [source.tensor], call.weights ?? [])[0] ?? null;
  const { operations } = eager;
  const shape = dimensionsOf(target);
  const [examples = 1, ...rest] = shape;
  const ofExamples = call.method === 'batch_jacobian';
  const width = ofExamples ? product(rest) : product(shape);
  const rows = Array.from({ length: width }, (_, row) => {
    const weights = picking(eager, target, (i) => (ofExamples ? i % width : i) === row);
    return gradients(eager, [target], [source.tensor], [weights])[0] ?? null;
  });
  if (rows.every((row) => row === null)) return null;
  const filled = rows.map((row) => row ?? operations.zerosConstant(valueOf(source)));
  const from = shapeOf(source);
  return operations.reshape(
    operations.stack(filled, ofExamples ? 1 : 0),
    ofExamples ? [examples, ...rest, ...from.slice(1)] : [...shape, ...from],
  );
}
