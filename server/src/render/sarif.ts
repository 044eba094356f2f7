// `check` as SARIF 2.1.0, for code-scanning services. Columns there count UTF-16 code units as ours do, and an end column is exclusive too.
import { ruleTable } from '../rules/registry.ts';
import type { Fix, Problem, Severity } from '../rules/rule.ts';
import type { CheckedFile } from './checked.ts';
import { Lines, type Span } from './positions.ts';

export interface SarifOptions {
  readonly version: string;
  /** A rule's page as Markdown, for viewers that show it beside the problem. */
  readonly page?: (code: string) => string | null;
}

export function renderSarif(files: readonly CheckedFile[], options: SarifOptions): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Tape Lens', semanticVersion: options.version, rules: ruleTable.map((rule) => descriptor(rule, options)) },
        },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(results),
      },
    ],
  };
  return JSON.stringify(log, null, 2) + '\n';
}

function descriptor(rule: (typeof ruleTable)[number], options: SarifOptions): object {
  const page = options.page?.(rule.code) ?? null;
  return {
    id: rule.code,
    name: rule.name,
    shortDescription: { text: sentenceOf(rule.summary) },
    defaultConfiguration: { level: level(rule.severity) },
    ...(page === null ? {} : { help: { text: page, markdown: page } }),
  };
}

function results(file: CheckedFile): readonly object[] {
  const lines = new Lines(file.text);
  const uri = uriOf(file.path);
  return file.problems.map((problem) => result(problem, lines, uri));
}

function result(problem: Problem, lines: Lines, uri: string): object {
  return {
    ruleId: problem.code,
    ruleIndex: ruleTable.findIndex((rule) => rule.code === problem.code),
    level: level(problem.severity),
    message: { text: problem.message },
    locations: [{ physicalLocation: location(lines.span(problem.range), uri) }],
    relatedLocations: problem.related.map((step, id) => ({
      id,
      physicalLocation: location(lines.span(step.range), uri),
      message: { text: step.message },
    })),
    fixes: problem.fixes().map((fix) => fixObject(fix, lines, uri)),
  };
}

function fixObject(fix: Fix, lines: Lines, uri: string): object {
  const replacements = fix.edits.map((edit) => ({
    deletedRegion: region(lines.span(edit.range)),
    insertedContent: { text: edit.newText },
  }));
  return { description: { text: fix.title }, artifactChanges: [{ artifactLocation: { uri }, replacements }] };
}

function location(span: Span, uri: string): object {
  return { artifactLocation: { uri }, region: region(span) };
}

function region(span: Span): object {
  return { startLine: span.line, startColumn: span.column, endLine: span.endLine, endColumn: span.endColumn };
}

function level(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}

/** A relative path as a relative URI; an absolute one as `file:`. */
function uriOf(path: string): string {
  const slashes = path.replaceAll('\\', '/');
  const encoded = slashes.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(slashes)) return `file:///${encoded.replace('%3A', ':')}`;
  return slashes.startsWith('/') ? `file://${encoded}` : encoded;
}

function sentenceOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + '.';
}
