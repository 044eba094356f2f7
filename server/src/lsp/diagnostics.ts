// textDocument/publishDiagnostics and textDocument/diagnostic: problems as the editor shows them.
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { Problem, Severity } from '../rules/rule.ts';
import { isHere, isShown, toLocation, toLsp, type RequestContext } from './context.ts';

/** Those of the document that the context is for. */
export function diagnostics(context: RequestContext): Diagnostic[] {
  if (!context.settings.enable) return [];
  const { problems } = context.analysis;
  const own = problems.filter(({ range }) => isHere(context, range));
  return [...own.map((problem) => toDiagnostic(problem, context)), ...problems.flatMap((problem) => echoes(problem, context))];
}

export function toDiagnostic(problem: Problem, context: RequestContext): Diagnostic {
  const { client } = context;
  const related = problem.related.filter((step) => isShown(step.range));
  return {
    ...identity(problem, context),
    range: toLsp(context, problem.range),
    severity: severities[problem.severity],
    message: problem.message,
    ...(client.relatedInformation && related.length > 0
      ? {
          relatedInformation: related.map((step) => ({
            location: toLocation(context, step.range),
            message: step.message,
          })),
        }
      : {}),
  };
}

/**
 * A hint where the cause is: editors mark it faintly, offer the same fixes there, and do not list it among the problems, so that nothing is
 * counted twice. Without related information it could not say what it belongs to, so it is left out.
 */
function echoes(problem: Problem, context: RequestContext): Diagnostic[] {
  const { client } = context;
  if (problem.echo === null || !isShown(problem.echo) || !isHere(context, problem.echo) || !client.relatedInformation) return [];
  const location = toLocation(context, problem.range);
  const step = problem.related.find(({ range }) => range.start === problem.echo?.start && range.end === problem.echo.end);
  return [
    {
      ...identity(problem, context),
      range: toLsp(context, problem.echo),
      severity: DiagnosticSeverity.Hint,
      message: step?.message ?? problem.message,
      relatedInformation: [{ location, message: problem.message }],
    },
  ];
}

function identity(problem: Problem, context: RequestContext): Pick<Diagnostic, 'code' | 'codeDescription' | 'source'> {
  const href = context.client.codeDescription ? context.link(problem.code) : null;
  return { code: problem.code, source: 'Tape Lens', ...(href === null ? {} : { codeDescription: { href } }) };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
