// `tape-lens explain --run`: the same answer as `explain`, from really running each program on the runtime's own tape.
import type { RunCall, RunSource } from '../../../runtime/src/host/protocol.ts';
import type { Method } from '../analysis/facts.ts';
import type { SourceFile } from '../files.ts';
import type { ExplainedCall, ExplainedFile, ExplainedSource } from '../render/explain.ts';
import type { ExplainCommand } from './arguments.ts';
import { foretoldAt } from '../render/foretold.ts';
import { failureCode, openRuntime, sayFailure, snippetOf } from './runtime.ts';
import { exitCode, type Terminal } from './terminal.ts';

export interface ExplainedRuns {
  /** Without the programs that could not be run: why is said on standard error. */
  readonly explained: readonly ExplainedFile[];
  /** The worst that came of a program. */
  readonly code: number;
}

export async function explainRuns(
  files: readonly SourceFile[],
  foretold: readonly ExplainedFile[],
  command: ExplainCommand,
  terminal: Terminal,
): Promise<ExplainedRuns> {
  const runtime = openRuntime(terminal);
  let code: number = exitCode.good;
  try {
    const explained: ExplainedFile[] = [];
    for (const [index, file] of files.entries()) {
      const known = foretold[index];
      if (known === undefined) continue;
      const timeout = command.timeoutSeconds === null ? {} : { timeoutSeconds: command.timeoutSeconds };
      const reply = await runtime.explain({ ...snippetOf(file), engine: command.engine, ...timeout });
      for (const warning of reply.warnings) terminal.say(`${file.path}: ${warning}`);
      const failure = reply.ok ? reply.ended : reply.error;
      if (failure !== null) sayFailure(file, failure, terminal);
      if (reply.ok) explained.push({ ...known, calls: reply.calls.flatMap((call) => withReasons(call, known)) });
      else code = Math.max(code, failureCode(reply.error.kind));
    }
    return { explained, code };
  } finally {
    await runtime.close();
  }
}

/** What happened at a call; why, where the analyzer foretold the same. */
function withReasons(call: RunCall, { calls, language }: ExplainedFile): ExplainedCall[] {
  if (!isMethod(call.method)) return [];
  const known = foretoldAt(call, calls);
  const { line, column, endLine, endColumn, target, outcome } = call;
  const rule = known?.outcome === outcome ? known.rule : undefined;
  return [
    {
      ...{ line, column, endLine, endColumn, method: call.method, target, outcome },
      ...(rule === undefined ? {} : { rule }),
      ...(call.error === undefined ? {} : { error: call.error }),
      sources: call.sources.map((source, index) => explainSource(source, known?.sources[index], language)),
    },
  ];
}

function explainSource(source: RunSource, foretold: ExplainedSource | undefined, language: ExplainedFile['language']): ExplainedSource {
  const { name, outcome, reason, shape, dtype, values } = source;
  const agrees = foretold?.outcome === outcome;
  return {
    ...{ name, outcome, shape, dtype },
    rule: agrees ? foretold.rule : null,
    reason: (agrees ? foretold.reason : null) ?? reason,
    formula: agrees ? foretold.formula : null,
    ...(values === undefined ? {} : { values: values.map(language === 'python' ? pythonNumber : scriptNumber) }),
  };
}

const methods: Readonly<Record<Method, true>> = {
  gradient: true,
  jacobian: true,
  batch_jacobian: true,
  gradients: true,
  hessians: true,
  jvp: true,
  grad: true,
  grads: true,
  valueAndGrad: true,
  valueAndGrads: true,
  variableGrads: true,
  minimize: true,
};

function isMethod(name: string): name is Method {
  return Object.hasOwn(methods, name);
}

const scriptNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** As Python writes it, and as recorded answers have it: `inf`, `-inf`, `nan`. */
const pythonNumber = (value: number): number | string =>
  Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
