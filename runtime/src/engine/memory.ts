// Running out of memory inside the process: what it looks like, and what is said of it.

/** As JavaScript itself raises it where an array is too large. */
export class OutOfMemory extends RangeError {
  override readonly name = 'RangeError';

  constructor() {
    super('the engine is out of memory');
  }
}

const WORDS = /Array buffer allocation failed|Invalid (?:typed )?array (?:buffer )?length|Invalid string length|out of memory/i;

/** Whether an exception of this type, with this message, says so. */
export const saysOutOfMemory = (type: string, message: string): boolean => type === 'RangeError' && WORDS.test(message);

export const isOutOfMemory = (error: unknown): boolean => error instanceof RangeError && saysOutOfMemory('RangeError', error.message);

export const RAN_OUT = 'The snippet ran out of memory. Use smaller tensors, or fewer of them at once.';
