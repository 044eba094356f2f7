// A program that was run, and what is asked about it afterwards, whatever its language.
import { OpError } from '../../core/shape.ts';
import { UnsupportedOp } from './engine/backend.ts';
import { isOutOfMemory, RAN_OUT } from './engine/memory.ts';
import { predictedOutcome } from './hessian/outcome.ts';
import { respectedOn } from './hessian/respected.ts';
import { NoDerivative } from './hessian/trace.ts';
import type { Failure, HessianResult } from './host/protocol.ts';
import type { GradientCall, Session } from './session.ts';

type TensorFlow = HessianResult['tensorflow'];

export interface RanProgram {
  /** How it ended, when it did not come to its end. */
  readonly ended: Failure | null;
  /** What TensorFlow itself gives for a call; `outcome` is what was seen, null where the call was not carried out. */
  readonly tensorflow: (call: GradientCall, outcome: TensorFlow | null) => TensorFlow;
  /** What is worth knowing of the way to a call's target. */
  readonly notes: (call: GradientCall) => readonly string[];
  /** What an error on our side means; null where it is a mistake of ours. */
  readonly failureOf: (error: unknown) => Failure | null;
}

/** Of a program whose own tapes are the session's. `failureOf`: what an error of its own functions means. */
export const ranOnTapes = (
  session: Session,
  ended: Failure | null,
  failureOf: (error: unknown) => Failure | null = () => null,
): RanProgram => ({
  ended,
  tensorflow: (call, outcome) => outcome ?? predictedOutcome(session, call),
  notes: (call) => respectedOn(session, call),
  failureOf: (error) => failureOf(error) ?? unsupported(error) ?? refused(error),
});

export function unsupported(error: unknown): Failure | null {
  if (isOutOfMemory(error)) return { kind: 'memory', message: RAN_OUT };
  return error instanceof NoDerivative || error instanceof UnsupportedOp ? { kind: 'unsupported', message: error.message } : null;
}

/** What TensorFlow itself raises. */
const refused = (error: unknown): Failure | null =>
  error instanceof OpError ? { kind: 'snippet', type: error.type, message: error.message } : null;
