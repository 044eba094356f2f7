// Which gradient call of a run a Hessian is asked for: the one at a line, or the last one that differentiates a derivative.
import type { Tensor } from '../../core/tensor.ts';
import type { NumericBackend } from './engine/backend.ts';
import { outcomeOf } from './hessian/outcome.ts';
import type { Failure, HessianRequest, HessianResult } from './host/protocol.ts';
import type { GradientCall, SessionObserver } from './session.ts';

/** Ends the program at the call that a line names; without a line, lets it run to its end and keeps the last call worth having. */
export class CallPicker implements SessionObserver {
  picked: GradientCall | null = null;
  /** What the program's own tape gave there; null where the program was ended before. */
  outcome: HessianResult['tensorflow'] | null = null;
  /** What it gave, where it was carried out. */
  results: readonly (Tensor | null)[] | null = null;
  private readonly seenLines = new Set<number>();
  /** How often the calls at the chosen line were reached. */
  private reachedThere = 0;

  constructor(private readonly request: Pick<HessianRequest, 'line' | 'column' | 'occurrence' | 'path'>) {}

  reached(call: GradientCall): 'continue' | 'stop' {
    const { line, column, occurrence = 1 } = this.request;
    const { position } = call;
    this.seenLines.add(position.line);
    if (line === undefined) {
      if (this.request.occurrence !== undefined && call.occurrence !== occurrence) return 'continue';
      if (call.secondOrder || !this.picked?.secondOrder) {
        this.picked = call;
        this.outcome = null;
        this.results = null;
      }
      return 'continue';
    }
    if (line < position.line || line > position.endLine) return 'continue';
    if (column !== undefined && position.line === line && column < position.column) return 'continue';
    if (column !== undefined && position.endLine === line && column > position.endColumn) return 'continue';
    this.reachedThere++;
    if (call.occurrence !== occurrence) return 'continue';
    this.picked = call;
    return 'stop';
  }

  returned(call: GradientCall, results: readonly (Tensor | null)[], backend: NumericBackend): void {
    if (call !== this.picked) return;
    this.outcome = outcomeOf(backend, results);
    this.results = results;
  }

  raised(call: GradientCall, error: { readonly type: string; readonly message: string }): void {
    if (call === this.picked) this.outcome = { outcome: 'raises', rule: null, reason: `${error.type}: ${error.message}` };
  }

  /** Why nothing was picked. */
  unreached(): Failure {
    const { line, occurrence, path } = this.request;
    const lines = [...this.seenLines].sort((a, b) => a - b);
    const others =
      lines.length === 0 ? '' : ` Gradient calls were reached at ${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, 8).join(', ')}.`;
    const found =
      line === undefined
        ? lines.length > 0
          ? `No gradient call was reached ${occurrence} times.`
          : 'The program ended without asking for a gradient.'
        : this.reachedThere > 0
          ? `The gradient call at line ${line} was reached ${this.reachedThere} times, fewer than ${occurrence}.`
          : `The program ended without reaching a gradient call at line ${line}.`;
    return { kind: 'unreached', message: found + others, file: path, ...(line !== undefined && { line }) };
  }
}
