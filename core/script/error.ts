// What TensorFlow.js throws: all by type Error.
import { OpError } from '../shape.ts';

export const scriptError = (message: string): OpError => new OpError('Error', message);
