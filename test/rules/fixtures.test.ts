// The literate fixtures: what is reported is what is marked, and every fix of every fixture does what it says.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Lines } from '../../server/src/render/positions.ts';
import { applyEdits } from '../../server/src/rules/edits.ts';
import type { Problem } from '../../server/src/rules/rule.ts';
import { check, readFixture, waiting, type Mark, type Scenario } from './harness.ts';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));

describe.each(files)('%s', (file) => {
  describe.each(readFixture(new URL(file, folder)).map((scenario) => [scenario.title, scenario] as const))('%s', (_title, scenario) => {
    const reported = scenario.marks.some((mark) => waiting.includes(mark.code)) ? it.fails : it;
    reported('reports what is marked, and nothing else', () => {
      const { problems } = check(scenario.text, scenario.language);
      const lines = new Lines(scenario.text);
      const seen = problems.map((problem) => shown(problem, lines)).sort();
      expect(seen.map(withoutMessage)).toEqual(scenario.marks.map(expected).sort());
      for (const mark of scenario.marks) {
        const messages = problems
          .filter((problem) => withoutMessage(shown(problem, lines)) === expected(mark))
          .map((problem) => problem.message);
        expect(
          messages.some((message) => message.includes(mark.message)),
          `${messages.join('\n')} does not contain ${mark.message}`,
        ).toBe(true);
      }
    });

    if (scenario.fixed !== null) {
      it('is fixed as shown', () => {
        const fix = check(scenario.text, scenario.language).problems.flatMap((problem) => problem.fixes())[0];
        expect(applyEdits(scenario.text, fix?.edits ?? [])).toBe(scenario.fixed);
      });
    }

    it('has fixes that keep the program parsing and remove their own problem', () => everyFixWorks(scenario));
  });
});

function everyFixWorks(scenario: Scenario): void {
  const before = check(scenario.text, scenario.language).problems;
  for (const problem of before) {
    for (const fix of problem.fixes()) {
      const text = applyEdits(scenario.text, fix.edits);
      const after = check(text, scenario.language);
      expect(after.subject.program.errors, `${fix.title}:\n${text}`).toEqual([]);
      const same = after.problems.filter((other) => other.code === problem.code);
      expect(same.length, `${fix.title} leaves ${problem.code}:\n${text}`).toBe(
        before.filter((other) => other.code === problem.code).length - 1,
      );
    }
  }
}

/** Of a range over several lines, the part on its first one. */
function shown(problem: Problem, lines: Lines): string {
  const span = lines.span(problem.range);
  const end = span.endLine === span.line ? span.endColumn - 1 : lines.line(span.line).length;
  return `${span.line}:${span.column - 1}-${end} ${problem.code} ${problem.message}`;
}

function withoutMessage(text: string): string {
  return text.split(' ').slice(0, 2).join(' ');
}

function expected(mark: Mark): string {
  return `${mark.line}:${mark.start}-${mark.end} ${mark.code}`;
}
