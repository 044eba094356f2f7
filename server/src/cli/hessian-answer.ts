// What `tape-lens hessian` says of a Hessian, in every format: what TensorFlow gives there and why, the numbers, the files that are written.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toCsv, toJson, toNpy } from '../../../client/webview/exports.ts';
import { assemble, type Matrix } from '../../../client/webview/matrix.ts';
import { renderPage } from '../../../client/webview/page.ts';
import type { HessianReply, HessianResult } from '../../../runtime/src/host/protocol.ts';
import type { SourceFile } from '../files.ts';
import { explainCalls, type ExplainedCall } from '../render/explain.ts';
import { foretoldAt } from '../render/foretold.ts';
import { createReader } from '../subjects.ts';
import type { HessianCommand, HessianFormat } from './arguments.ts';
import { hessianText } from './hessian-text.ts';
import { subjectOf } from './read.ts';
import { bundleFolder } from './runtime.ts';
import { exitCode, type Terminal } from './terminal.ts';

type Answer = Extract<HessianReply, { ok: true }>;

/** What the analyzer says of the file. */
export async function foretell(file: SourceFile, terminal: Terminal): Promise<readonly ExplainedCall[]> {
  const subject = subjectOf(file, await createReader(), terminal);
  return subject === null ? [] : explainCalls(subject);
}

/** Writes the answer; gives the exit code. */
export async function give(
  file: SourceFile,
  computed: Answer,
  foretold: readonly ExplainedCall[],
  command: HessianCommand,
  terminal: Terminal,
): Promise<number> {
  const result = withReason(computed.result, foretold, command.wrt);
  const matrix = computed.packed && assemble(result, computed.packed);
  const summary = hessianText(file.path, result, matrix, computed.newtonStep ?? null);
  if (command.format === 'text' && command.output === null) {
    await terminal.write(summary);
    return exitCode.good;
  }
  const content = render(command.format, file, result, computed, matrix);
  if (content instanceof Refusal) {
    terminal.say(`${file.path}: ${content.sentence}`);
    return exitCode.couldNotRun;
  }
  if (command.output === null) {
    await terminal.write(content);
    return exitCode.good;
  }
  try {
    await writeFile(command.output, content);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    terminal.say(`${command.output}: this cannot be written (${why}). Name a file in a folder that exists and may be written to.`);
    return exitCode.couldNotRun;
  }
  await terminal.write(`${summary}\nWrote ${command.output}\n`);
  return exitCode.good;
}

/** Why TensorFlow gives what it gives here: the runtime knows what, the analyzer why. What a run has shown, it tells itself. */
function withReason(result: HessianResult, calls: readonly ExplainedCall[], wrt: string | null): HessianResult {
  const { library, outcome, rule, reason } = result.tensorflow;
  const call = foretoldAt(result.call, calls);
  if (rule !== null || call === undefined || (library !== undefined && reason !== null)) return result;
  if (outcome === 'raises') {
    const told = call.error === undefined ? null : `${call.error.type}: ${call.error.message}`;
    return call.outcome === 'raises' ? { ...result, tensorflow: { ...result.tensorflow, rule: call.rule ?? null, reason: told } } : result;
  }
  const name = wrt ?? result.columns[0]?.name;
  const source = call.sources.find((candidate) => candidate.name === name) ?? call.sources[0];
  if (source === undefined || (outcome !== source.outcome && outcome !== 'unknown')) return result;
  return {
    ...result,
    tensorflow: { ...result.tensorflow, outcome: source.outcome, rule: source.rule, reason: source.reason ?? result.tensorflow.reason },
  };
}

/** Why a Hessian cannot be given in a format. */
class Refusal {
  constructor(readonly sentence: string) {}
}

function render(
  format: HessianFormat,
  file: SourceFile,
  result: HessianResult,
  { packed, sparse = null, newtonStep = null }: Answer,
  matrix: Matrix | null,
): string | Uint8Array | Refusal {
  try {
    switch (format) {
      case 'text':
        return hessianText(file.path, result, matrix, newtonStep);
      case 'json':
        return `${toJson(result, matrix, sparse, newtonStep)}\n`;
      case 'html':
        return renderPage(result, packed, webviewFile('panel.js'), webviewFile('panel.css'));
      case 'npy':
        return matrix === null ? tooLargeToHold : toNpy(result, matrix);
      case 'csv':
        return matrix === null ? tooLargeToHold : toCsv(matrix);
    }
  } catch (error) {
    // A text longer than JavaScript can hold.
    if (error instanceof RangeError) return new Refusal(`this Hessian is too large for ${format}. Use --format npy.`);
    throw error;
  }
}

const tooLargeToHold = new Refusal(
  'this Hessian is too large to hold, so there are no numbers to write. Use --format text or json for its spectrum.',
);

function webviewFile(name: string): string {
  return readFileSync(join(bundleFolder, 'webview', name), 'utf8');
}
