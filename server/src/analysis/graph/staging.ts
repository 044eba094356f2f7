// What becomes of an exception that leaves a function that AutoGraph has converted: only kinds that it can make anew keep theirs.
// TensorFlow: python/autograph/impl/api.py, _ErrorMetadata.create_exception, of what Python itself raises.
import { OpError } from '../../../../core/shape.ts';
import { ProgramRaise } from '../machine.ts';

const STAGING_ERROR = 'StagingError';

const isStaged = (type: string): boolean => /^(Lookup|Index|ZeroDivision|Overflow|FloatingPoint|Arithmetic|OS|Import)Error$/.test(type);

/** The exception outside, for the one inside; what is none of TensorFlow's or the program's stays. */
export function leftConverted(error: unknown): unknown {
  if (error instanceof OpError && isStaged(error.type)) return new OpError(STAGING_ERROR, error.message);
  if (!(error instanceof ProgramRaise) || !isStaged(error.exception.type)) return error;
  const { exception } = error;
  return new ProgramRaise({ ...exception, type: STAGING_ERROR, message: `${exception.type}: ${exception.message}` });
}
