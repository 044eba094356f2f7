// Which Hessian a gradient call asks for: of what, in which rows and columns (DESIGN section 7).
import type { Tensor } from '../../../core/tensor.ts';
import type { GradientCall, Source } from '../session.ts';

/** ∂²(Σ targets) / ∂rows ∂columns. */
export interface Question {
  readonly targets: readonly Tensor[];
  readonly targetName: string;
  readonly rows: readonly Source[];
  readonly columns: readonly Source[];
}

/** Where the target is itself a derivative, ∂g/∂x; at any other call the second derivative of the target in its sources. A sentence where there is none. */
export function questionOf(call: GradientCall, wrt: string | undefined): Question | string {
  const chosen = wrt === undefined ? call.sources : call.sources.filter((s) => s.name === wrt);
  if (chosen.length === 0)
    return wrt === undefined
      ? 'The call has no sources.'
      : `The call has no source named ${wrt}. Its sources are ${call.sources.map((s) => s.name).join(', ')}.`;
  const inner = call.derivativeOf;
  const row = inner?.call.sources[inner.source];
  const asked = inner && row ? inner.call : call;
  const targets = asked.targets.filter((t) => t !== null);
  if (targets.length === 0)
    return `The target ${call.targetName} is None here, so there is nothing to differentiate. Ask for the Hessian at the gradient call that gave it.`;
  return { targets, targetName: asked.targetName, rows: inner && row ? [row] : chosen, columns: chosen };
}

export const valueOf = ({ tensor, variable }: Source): Tensor => variable?.value ?? tensor;
export const shapeOf = (source: Source): readonly number[] => (valueOf(source).shape ?? []).map((d) => d ?? 0);
export const sizeOf = (source: Source): number => shapeOf(source).reduce((a, b) => a * b, 1);
