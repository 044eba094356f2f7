// `tape-lens check`: the problems of files and folders.
import { version } from '../../../package.json';
import { countProblems, type CheckedFile } from '../render/checked.ts';
import { renderGithub } from '../render/github.ts';
import { renderJson } from '../render/json.ts';
import { rulePage } from '../render/pages.ts';
import { renderSarif } from '../render/sarif.ts';
import { renderText } from '../render/text.ts';
import { problems } from '../rules/problems.ts';
import { createReader } from '../subjects.ts';
import type { CheckCommand, CheckFormat } from './arguments.ts';
import { readFiles } from './read.ts';
import { exitCode, type Terminal } from './terminal.ts';

export async function check(command: CheckCommand, terminal: Terminal): Promise<number> {
  const { files, complete } = readFiles(command.paths, await createReader(), terminal);
  const checked = files.map(({ file, subject }): CheckedFile => {
    const found = problems(subject, (code, error) =>
      terminal.say(`${file.path}: ${code} was left out, it failed (${String(error)}). That is a mistake in Tape Lens; please report it.`),
    );
    return { path: file.path, text: file.text, problems: found };
  });
  if (command.format !== 'text' || checked.length > 0) await terminal.write(render(command.format, checked, terminal));
  if (!complete) return exitCode.couldNotRun;
  return countProblems(checked) > 0 ? exitCode.found : exitCode.good;
}

function render(format: CheckFormat, files: readonly CheckedFile[], terminal: Terminal): string {
  switch (format) {
    case 'text':
      return renderText(files, { colour: terminal.colour });
    case 'json':
      return renderJson(files);
    case 'sarif':
      return renderSarif(files, { version, page: rulePage });
    case 'github':
      return renderGithub(files);
  }
}
