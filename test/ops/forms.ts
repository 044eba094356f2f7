// The forms of the recorded op table that our rows and public functions can express: written down, or by the name of a function that takes them as they are.
import { findFunction } from '../../core/api/function.ts';
import { parametersOf } from '../../core/api/signature.ts';
import { BINARY } from './forms/binary.ts';
import { IMAGES, IMAGES_OF_TWO } from './forms/images.ts';
import { LINEAR, LINEAR_OF_TWO } from './forms/linear.ts';
import { LAYERS, MOVES, MOVES_OF_TWO } from './forms/moves.ts';
import { type BinaryForm, both, type UnaryForm, vector } from './forms/tensorflow.ts';
import { UNARY } from './forms/unary.ts';
import type { Domain } from './generic.ts';

export { Tensorflow } from './forms/tensorflow.ts';

const WRITTEN_UNARY: Readonly<Record<string, UnaryForm>> = { ...UNARY, ...LINEAR, ...IMAGES, ...MOVES, ...LAYERS };
const WRITTEN_BINARY: Readonly<Record<string, BinaryForm>> = { ...BINARY, ...LINEAR_OF_TWO, ...IMAGES_OF_TWO, ...MOVES_OF_TWO };

/** Functions of one tensor that are only defined, or only of interest, on part of the line. */
const NAMED_DOMAINS: Readonly<Record<string, Domain>> = {
  'tf.sqrt': 'positive',
  'tf.math.log': 'positive',
  'tf.math.log1p': 'positive',
  'tf.math.rsqrt': 'positive',
  'tf.acosh': 'above one',
  'tf.math.ndtri': 'positive',
};

export function unaryForm(key: string): UnaryForm | null {
  const written = WRITTEN_UNARY[key];
  if (written) return written;
  // The table shortens some names.
  const name = findFunction(key) ? key : key.replace(/^tf\./, 'tf.math.');
  const definition = findFunction(name);
  if (
    !definition ||
    parametersOf(definition.signature)
      .slice(1)
      .some((p) => p.value === undefined)
  )
    return null;
  return vector((x, tf) => tf.call(name, x), NAMED_DOMAINS[key]);
}

export function binaryForm(key: string): BinaryForm | null {
  const written = WRITTEN_BINARY[key];
  if (written) return written;
  const definition = findFunction(key);
  if (
    !definition ||
    parametersOf(definition.signature)
      .slice(2)
      .some((p) => p.value === undefined)
  )
    return null;
  return both((a, b, tf) => tf.call(key, a, b));
}
