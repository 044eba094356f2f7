// `check` as workflow commands, which GitHub shows as annotations on the changed lines.
import type { Severity } from '../rules/rule.ts';
import type { CheckedFile } from './checked.ts';
import { Lines } from './positions.ts';

export function renderGithub(files: readonly CheckedFile[]): string {
  return files
    .flatMap((file) => {
      const lines = new Lines(file.text);
      return file.problems.map((problem) => {
        const { line, column, endLine, endColumn } = lines.span(problem.range);
        const properties = Object.entries({
          file: file.path.replaceAll('\\', '/'),
          line,
          endLine,
          ...(endLine === line ? { col: column, endColumn } : {}), // GitHub refuses columns over several lines
          title: `${problem.code} ${problem.rule}`,
        });
        const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
        return `::${command(problem.severity)} ${list}::${escapeData(problem.message)}\n`;
      });
    })
    .join('');
}

function command(severity: Severity): string {
  return severity === 'error' || severity === 'warning' ? severity : 'notice';
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
