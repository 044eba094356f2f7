// `check` for programs: every problem with its place, its path and the edits that fix it.
import type { Fix } from '../rules/rule.ts';
import type { CheckedFile } from './checked.ts';
import { Lines } from './positions.ts';

export function renderJson(files: readonly CheckedFile[]): string {
  return JSON.stringify({ version: 1, files: files.map(toJson) }, null, 2) + '\n';
}

function toJson(file: CheckedFile): object {
  const lines = new Lines(file.text);
  const problems = file.problems.map((problem) => ({
    ...lines.span(problem.range),
    code: problem.code,
    rule: problem.rule,
    severity: problem.severity,
    message: problem.message,
    related: problem.related.map((step) => ({ ...lines.span(step.range), message: step.message })),
    fixes: problem.fixes().map((fix) => fixJson(fix, lines)),
  }));
  return { path: file.path, problems };
}

function fixJson(fix: Fix, lines: Lines): object {
  return { title: fix.title, safe: fix.safe, edits: fix.edits.map((edit) => ({ ...lines.span(edit.range), newText: edit.newText })) };
}
