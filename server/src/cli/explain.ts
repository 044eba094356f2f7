// `tape-lens explain`: what TensorFlow returns for every gradient call, foretold; with --run, as it was when the program ran.
import { explainFile, renderExplainJson, renderExplainText, type ExplainedFile } from '../render/explain.ts';
import { createReader } from '../subjects.ts';
import type { ExplainCommand } from './arguments.ts';
import { explainRuns } from './explain-run.ts';
import { readFiles } from './read.ts';
import { exitCode, type Terminal } from './terminal.ts';

export async function explain(command: ExplainCommand, terminal: Terminal): Promise<number> {
  const { files, complete } = readFiles(command.paths, await createReader(), terminal);
  const foretold = files.map(({ file, subject }): ExplainedFile => explainFile(file.path, subject));
  const { explained, code } = command.run
    ? await explainRuns(
        files.map(({ file }) => file),
        foretold,
        command,
        terminal,
      )
    : { explained: foretold, code: exitCode.good };
  await terminal.write(command.format === 'json' ? renderExplainJson(explained) : renderExplainText(explained));
  return complete ? code : exitCode.couldNotRun;
}
