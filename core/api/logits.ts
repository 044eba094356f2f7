// Keras remembers what logits a softmax or a sigmoid was made of, and its cross entropies take those. Source: Keras 2.15, backend.py, _get_logits.
import type { Operations } from '../operations.ts';
import type { Tensor } from '../tensor.ts';

/** Gives the output back. */
export function rememberLogits(output: Tensor, logits: Tensor): Tensor {
  output.logits = logits;
  return output;
}
/** The logits behind probabilities, if they are known; in a graph the op that made them tells. */
export function logitsBehind(probabilities: Tensor, row: 'Softmax' | 'Sigmoid', o: Operations): Tensor | null {
  const { origin } = probabilities;
  const fromOp = o.eager.inGraph && origin?.row?.name === row ? origin.inputs[0] : undefined;
  return probabilities.logits ?? fromOp ?? null;
}
