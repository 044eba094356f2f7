// `compile`, `fit` and their kin: a model trained by Keras, through the program's own `train_step` where it has one.
import { findLoss, reduceLoss } from '../../../core/api/index.ts';
import type { GradientTape } from '../../../core/tape.ts';
import { attribute } from './attributes.ts';
import { callValue, unknownCall } from './call.ts';
import { classAttribute } from './classes.ts';
import { asTensor, guarded, plainCall, unknownTensor } from './convert.ts';
import { freshElement } from './datasets.ts';
import { oneCall } from './graph/function.ts';
import { items } from './iterate.ts';
import { lossNamed } from './keras.ts';
import { forgetWeights, makesWeights } from './keras-layers.ts';
import type { Machine } from './machine.ts';
import { truth } from './operators.ts';
import { optimizerNamed } from './optimizers.ts';
import { flatten, pack } from './structure.ts';
import { isOpen, layersIn, variablesOf } from './tracking.ts';
import { argument, type CallArguments, type InstanceValue, list, native, NONE, tensorValue, tuple, UNKNOWN, type Value } from './values.ts';

export function trainingAttribute(m: Machine, model: InstanceValue, name: string): Value | null {
  switch (name) {
    case 'compile':
      return native(name, (args) => (compile(m, model, args), NONE));
    case 'optimizer':
    case 'loss':
      return model.native.compiled?.[name] ?? UNKNOWN;
    case 'compute_loss':
      return native(name, (args) =>
        computeLoss(m, model, argument(args, 'y', 1), argument(args, 'y_pred', 2), argument(args, 'sample_weight', 3)),
      );
    case 'compiled_loss':
      return native(name, (args) => {
        const [truths, predictions] = [argument(args, 'y_true', 0), argument(args, 'y_pred', 1)];
        return computeLoss(m, model, truths, predictions, argument(args, 'sample_weight', 2), argument(args, 'regularization_losses', 3));
      });
    case 'metrics':
      return list(null);
    case 'fit':
    case 'train_on_batch':
      return native(name, (args) => run(m, model, 'train_step', args, name === 'fit'));
    case 'evaluate':
    case 'test_on_batch':
      return native(name, (args) => run(m, model, 'test_step', args, name === 'evaluate'));
    case 'predict':
    case 'predict_on_batch':
      return native(name, (args) => predict(m, model, args));
    case 'train_step':
    case 'load_weights':
      return native(name, (args) => {
        forgetWeights(m, model);
        return unknownCall(m, args);
      });
    case 'summary':
    case 'reset_metrics':
    case 'save':
    case 'save_weights':
      return native(name, () => NONE);
    default:
      return null;
  }
}

function compile(m: Machine, model: InstanceValue, args: CallArguments): void {
  const [optimizer, loss] = [args.keywords.get('optimizer') ?? args.positional[0], argument(args, 'loss', 1)];
  m.journal.set(model, 'native', {
    ...model.native,
    compiled: {
      optimizer: optimizer ? optimizerNamed(m, optimizer) : optimizerNamed(m, { kind: 'string', value: 'rmsprop' }),
      loss: loss.kind === 'string' ? lossNamed(m, loss) : loss,
      eagerly: truth(m, argument(args, 'run_eagerly', 5)) === true,
    },
  });
}

/** The compiled loss of one output, and what the regularizers add. Source: Keras, engine/compile_utils.py, LossesContainer. */
function computeLoss(m: Machine, model: InstanceValue, truths: Value, predictions: Value, weight: Value, regularization?: Value): Value {
  const loss = model.native.compiled?.loss ?? UNKNOWN;
  if (truths.kind === 'none' || predictions.kind !== 'tensor' || !isOneLoss(loss)) return unknownTensor(m);
  const given = [truths, predictions];
  const own =
    loss.kind === 'instance'
      ? callValue(m, loss, plainCall(m, weight.kind === 'none' ? given : [...given, weight]))
      : guarded(m, () => {
          const losses = asTensor(m, callValue(m, loss, plainCall(m, given)));
          const weights = weight.kind === 'none' ? null : asTensor(m, weight);
          if (!losses || (weight.kind !== 'none' && !weights)) return unknownTensor(m);
          return tensorValue(reduceLoss(losses, weights, 'sum_over_batch_size', m.operations));
        });
  const range = m.position.site ?? { start: 0, end: 0 };
  const penalties = regularization?.kind === 'none' ? [] : items(m, regularization ?? attribute(m, model, 'losses', range));
  const parts = [own, ...(penalties ?? [UNKNOWN])].map((v) => asTensor(m, v));
  if (!parts.every((t) => t !== null)) return unknownTensor(m);
  return guarded(m, () => tensorValue(parts.reduce((a, b) => m.operations.add(a, b))));
}
const isOneLoss = (loss: Value): boolean =>
  loss.kind === 'function' ||
  loss.kind === 'native' ||
  loss.kind === 'method' ||
  (loss.kind === 'instance' && (findLoss(loss.type.name) !== null || loss.type.bases.some((c) => c.name === 'Loss')));

/** One pass over the data: a step of the program's own is traced once, in a graph, as Keras does it. */
function run(m: Machine, model: InstanceValue, step: 'train_step' | 'test_step', args: CallArguments, inBatches: boolean): Value {
  const own = classAttribute(model.type, step);
  if (own?.kind === 'function') {
    const data = batchOf(m, args, inBatches);
    const once = (given: Value): Value => callValue(m, { kind: 'method', self: model, function: own }, plainCall(m, [given]));
    if (model.native.compiled?.eagerly === true) once(data);
    else
      m.converting(false, () =>
        flatten(data) === null ? oneCall(m, `${step}_function`, tuple([]), () => once(data)) : oneCall(m, `${step}_function`, data, once),
      );
  }
  if (step === 'train_step') {
    forgetWeights(m, model);
    const optimizer = model.native.compiled?.optimizer;
    // The step gives it variables that nobody here sees.
    if (optimizer?.kind === 'instance') m.journal.set(optimizer, 'native', { ...optimizer.native, optimized: 'unknown' });
  }
  return unknownCall(m, args);
}

/** What a step is given: a dataset's elements; the inputs alone, or with what they should give and their weights. */
function batchOf(m: Machine, args: CallArguments, inBatches: boolean): Value {
  const whole = argument(args, 'x', 0);
  if (whole.kind === 'instance' && whole.native.dataset) return batch(m, freshElement(m, whole.native.dataset), inBatches);
  const given = [whole, argument(args, 'y', 1), args.keywords.get('sample_weight') ?? NONE];
  const batches = given.map((v) => (v.kind === 'none' ? v : batch(m, v, inBatches)));
  while (batches.at(-1)?.kind === 'none') batches.pop();
  if (batches.length === 1 && batches[0]?.kind !== 'list') return batches[0] ?? UNKNOWN;
  return batches.some((v) => v.kind === 'unknown') ? UNKNOWN : tuple(batches);
}

/** Some rows of a structure of tensors and arrays. Numbers of arrays get Keras' dtype. */
function batch(m: Machine, value: Value, inBatches: boolean): Value {
  const leaves = flatten(value);
  const tensors = leaves?.map((v) => (v.kind === 'tensor' || v.kind === 'array' || v.kind === 'variable' ? asTensor(m, v) : null));
  if (!leaves || !tensors?.every((t) => t !== null)) return UNKNOWN;
  return pack(
    value,
    tensors.map((t, i) => {
      const dtype = leaves[i]?.kind === 'array' && t.dtype === 'float64' ? m.floatx : t.dtype;
      return tensorValue(m.backend.opaque(t.shape && [inBatches ? null : (t.shape[0] ?? null), ...t.shape.slice(1)], dtype));
    }),
  );
}

/** Whether a tape follows a variable of the model's, or would once it is read; that the model is frozen is nothing to it. */
function followsModel(m: Machine, tape: GradientTape, model: InstanceValue): boolean {
  if (!tape.recording || isOpen(model)) return false;
  const made = variablesOf(m, model, 'all').map(({ variable }) => variable);
  if (made.some(({ handle }) => tape.knows(handle))) return true;
  const coming = layersIn(model).some((layer) => layer.native.built === false && layer.type.native && makesWeights(layer));
  return tape.options.watchAccessedVariables && (coming || made.some(({ trainable }) => trainable));
}

/** A tape that follows the model's variables asks for the gradient of the graph that `predict` makes, where the data come out of an iterator. */
function predict(m: Machine, model: InstanceValue, args: CallArguments): Value {
  m.metUnknown = true;
  const isGraph = m.graphDepth === 0 && model.native.compiled?.eagerly !== true && classAttribute(model.type, 'predict_step') === undefined;
  if (isGraph && m.eager.tapes.some((tape) => followsModel(m, tape, model)))
    m.raise('LookupError', "No gradient defined for operation'IteratorGetNext' (op type: IteratorGetNext).", null);
  const tensor = asTensor(m, args.positional[0] ?? UNKNOWN);
  if (!tensor) return UNKNOWN;
  const sources = [{ tensor, operation: 'model.predict', site: args.site.range }];
  return { kind: 'array', values: null, shape: null, dtype: 'float32', sources };
}
