// The table of all rules: every kind of cause that the facts know has one, and numbers kept for rules that are not written yet.
import type { Rule, RuleName } from './rule.ts';
import { complexTarget } from './complex-target.ts';
import { constantDerivative } from './constant-derivative.ts';
import { graphOnlyApi } from './graph-only-api.ts';
import { hiddenNone } from './hidden-none.ts';
import { innerGradientOutsideOuterTape } from './inner-gradient-outside-outer-tape.ts';
import { integerDtype } from './integer-dtype.ts';
import { jacobianShape } from './jacobian-shape.ts';
import { lateWatch } from './late-watch.ts';
import { leftTensorflow } from './left-tensorflow.ts';
import { missingKernelGradient } from './missing-kernel-gradient.ts';
import { nonDifferentiableOp } from './non-differentiable-op.ts';
import { noneTarget } from './none-target.ts';
import { noneUsedAsTensor } from './none-used-as-tensor.ts';
import { notEnclosed } from './not-enclosed.ts';
import { outerTapeNotWatching } from './outer-tape-not-watching.ts';
import { outsideTape } from './outside-tape.ts';
import { raisingCall } from './raising-call.ts';
import { reboundSource } from './rebound-source.ts';
import { rowSum } from './row-sum.ts';
import { secondGradientMissing } from './second-gradient-missing.ts';
import { singularDerivative } from './singular-derivative.ts';
import { stateThroughAssign } from './state-through-assign.ts';
import { stoppedGradient } from './stopped-gradient.ts';
import { sumOfSoftmax } from './sum-of-softmax.ts';
import { summedTarget } from './summed-target.ts';
import { tapeStillRecording } from './tape-still-recording.ts';
import { unconnected } from './unconnected.ts';
import { unsupportedTarget } from './unsupported-target.ts';
import { unwatchedTensor } from './unwatched-tensor.ts';
import { usedUpTape } from './used-up-tape.ts';
import { wrongSecondDerivative } from './wrong-second-derivative.ts';
import { wrongSecondDerivativeInTensorflow } from './wrong-second-derivative-in-tensorflow.ts';
import { zeroHessian } from './zero-hessian.ts';

export const rules: { readonly [K in RuleName]: Rule<K> } = {
  'unwatched-tensor': unwatchedTensor,
  'constant-derivative': constantDerivative,
  'outside-tape': outsideTape,
  'rebound-source': reboundSource,
  'left-tensorflow': leftTensorflow,
  'integer-dtype': integerDtype,
  'non-differentiable-op': nonDifferentiableOp,
  'stopped-gradient': stoppedGradient,
  'inner-gradient-outside-outer-tape': innerGradientOutsideOuterTape,
  'outer-tape-not-watching': outerTapeNotWatching,
  'late-watch': lateWatch,
  'state-through-assign': stateThroughAssign,
  'none-target': noneTarget,
  unconnected: unconnected,
  'used-up-tape': usedUpTape,
  'tape-still-recording': tapeStillRecording,
  'graph-only-api': graphOnlyApi,
  'none-used-as-tensor': noneUsedAsTensor,
  'unsupported-target': unsupportedTarget,
  'jacobian-shape': jacobianShape,
  'second-gradient-missing': secondGradientMissing,
  'raising-call': raisingCall,
  'zero-hessian': zeroHessian,
  'summed-target': summedTarget,
  'hidden-none': hiddenNone,
  'row-sum': rowSum,
  'wrong-second-derivative-in-tensorflow': wrongSecondDerivativeInTensorflow,
  'sum-of-softmax': sumOfSoftmax,
  'singular-derivative': singularDerivative,
  'complex-target': complexTarget,
  'not-enclosed': notEnclosed,
  'wrong-second-derivative': wrongSecondDerivative,
  'missing-kernel-gradient': missingKernelGradient,
};

/** Numbers are given once, in DESIGN's order; these wait for their rules. */
export const reserved: ReadonlyMap<string, string> = new Map([
  ['TL304', 'overwritten-tape'],
  ['TL307', 'batch-dependent-rows'],
  ['TL401', 'gradient-inside-tape'],
  ['TL402', 'jacobian-of-batch'],
  ['TL403', 'undeleted-persistent-tape'],
  ['TL404', 'hessian-too-large'],
  ['TL504', 'async-in-gradient'],
  ['TL505', 'data-read-in-gradient'],
  ['TL506', 'leaked-tensors'],
  ['TL507', 'no-trainable-connection'],
]);

/** In the order of their codes. */
export const ruleTable: readonly Rule[] = Object.values<Rule>(rules).sort((a, b) => a.code.localeCompare(b.code));

/** By code or by name, in any case. */
export function findRule(codeOrName: string): Rule | null {
  const wanted = codeOrName.trim().toLowerCase();
  return ruleTable.find((rule) => rule.code.toLowerCase() === wanted || rule.name === wanted) ?? null;
}
