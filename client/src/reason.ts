// Why TensorFlow gives what it gives: the runtime knows what, the language server why.
import type { HessianResult } from '../../runtime/src/host/protocol.ts';
import type { ExplainResult } from '../../server/src/lsp/protocol.ts';

type ExplainedCall = ExplainResult['calls'][number];
type Explained = Pick<ExplainResult, 'calls' | 'reasons'>;

/** A rule, and why in words: names in backticks. */
export type Reasons = ExplainResult['reasons'][number][number];

/** All reasons that the server knows for what the result says, where both tell the same outcome. */
export function reasonsOf(result: HessianResult, { calls, reasons }: Explained, line: number): Reasons {
  const call = callAt(result, calls, line);
  if (!call || withReason(result, calls, line) === result) return [];
  const all = reasons[calls.indexOf(call)] ?? [];
  if (call.outcome === 'raises') return all[0] ?? [];
  return (
    all[
      Math.max(
        0,
        call.sources.findIndex(({ name }) => name === result.columns[0]?.name),
      )
    ] ?? []
  );
}

function callAt(result: HessianResult, calls: readonly ExplainedCall[], line: number): ExplainedCall | undefined {
  const here = calls.filter((call) => line >= call.line && line <= call.endLine);
  return here.find((candidate) => candidate.column === result.call.column) ?? here[0];
}

/** The result with the rule and the reason of the call at `line` (from 1, as `calls` counts), where both tell the same outcome. */
export function withReason(result: HessianResult, calls: readonly ExplainedCall[], line: number): HessianResult {
  const { library, outcome, rule, reason: shown } = result.tensorflow;
  // What a run has shown, it tells itself.
  if (rule !== null || (library !== undefined && shown !== null)) return result;
  const call = callAt(result, calls, line);
  if (!call) return result;
  if (call.outcome === 'raises') {
    if (outcome !== 'raises' && outcome !== 'unknown') return result;
    const reason = call.error ? `${call.error.type}: ${call.error.message}` : null;
    return { ...result, tensorflow: { ...result.tensorflow, outcome: 'raises', rule: call.rule ?? null, reason } };
  }
  const source = call.sources.find(({ name }) => name === result.columns[0]?.name) ?? call.sources[0];
  if (!source || (outcome !== 'unknown' && outcome !== source.outcome)) return result;
  return {
    ...result,
    tensorflow: { ...result.tensorflow, outcome: source.outcome, rule: source.rule, reason: source.reason ?? result.tensorflow.reason },
  };
}
