// Shapes of the program, compared as far as they are known.
import { isKnown } from '../../../../core/shape.ts';
import type { Shape } from '../../../../core/tensor.ts';

/** Whether both are known and not equal. */
export const surelyDifferent = (a: Shape, b: Shape): boolean => isKnown(a) && isKnown(b) && a.join() !== b.join();
