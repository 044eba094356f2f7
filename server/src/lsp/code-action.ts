// textDocument/codeAction: the fixes of the problems under the cursor, and `source.fixAll.tapeLens`, which applies every safe one.
import { CodeActionKind, type CodeAction, type CodeActionParams, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { independent } from '../rules/edits.ts';
import type { Edit } from '../rules/rule.ts';
import { toOffsets, touches, type RequestContext } from './context.ts';
import { toDiagnostic } from './diagnostics.ts';
import { fixAllKind } from './protocol.ts';
import { locate } from './source.ts';

export function codeActions(context: RequestContext, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  const actions: CodeAction[] = [];
  if (only === undefined || only.some((kind) => includes(kind, CodeActionKind.QuickFix))) actions.push(...quickFixes(context, params));
  if (only?.some((kind) => includes(kind, fixAllKind)) === true) actions.push(...fixAll(context));
  return actions;
}

function quickFixes(context: RequestContext, params: CodeActionParams): CodeAction[] {
  const { analysis } = context;
  const asked = toOffsets(context, params.range);
  return analysis.problems
    .filter((problem) => touches(problem.range, asked) || (problem.echo !== null && touches(problem.echo, asked)))
    .flatMap((problem) =>
      problem.fixes().map((fix, index) => ({
        title: fix.title.replaceAll('`', ''),
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(problem, context)],
        isPreferred: index === 0 && fix.safe,
        edit: toEdit(context, fix.edits),
      })),
    );
}

function fixAll(context: RequestContext): CodeAction[] {
  const safe = context.analysis.problems.flatMap((problem) => problem.fixes().find((fix) => fix.safe)?.edits ?? []);
  if (safe.length === 0) return [];
  return [{ title: 'Apply all safe Tape Lens fixes', kind: fixAllKind, edit: toEdit(context, independent(safe)) }];
}

function toEdit(context: RequestContext, edits: readonly Edit[]): WorkspaceEdit {
  // A fix of one cell may be an edit of another.
  const byDocument = new Map<TextDocument, TextEdit[]>();
  for (const edit of edits) {
    const { document, range } = locate(context.source, edit.range);
    byDocument.set(document, [...(byDocument.get(document) ?? []), { range, newText: edit.newText }]);
  }
  const all = [...byDocument];
  if (!context.client.versionedEdits) return { changes: Object.fromEntries(all.map(([{ uri }, textEdits]) => [uri, textEdits])) };
  return { documentChanges: all.map(([{ uri, version }, textEdits]) => ({ textDocument: { uri, version }, edits: textEdits })) };
}

/** Kinds form a tree by their dots: asking for `source` asks for `source.fixAll.tapeLens` too. */
function includes(asked: string, kind: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}
