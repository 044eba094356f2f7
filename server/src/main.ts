// Starts the language server: `--stdio` for any editor, `--node-ipc` for VS Code, `--socket=PORT`, `--pipe=NAME`.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { analyze } from './analysis/analyze.ts';
import { startServer } from './lsp/server.ts';
import { practiseInIdleTime } from './lsp/practice.ts';
import { pageUrl } from './render/pages.ts';
import { problems } from './rules/problems.ts';
import { grammarFiles } from './syntax/grammars.ts';
import { createParser, type DocumentLanguage } from './syntax/parser.ts';

const transports = ['--stdio', '--node-ipc', '--socket', '--pipe'];
if (!process.argv.some((argument) => transports.some((name) => argument.startsWith(name)))) process.argv.push('--stdio');

const connection = createConnection(ProposedFeatures.all);
process.on('uncaughtException', (error) => connection.console.error(`uncaught: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => connection.console.error(`unhandled rejection: ${String(reason)}`));

const languages: readonly DocumentLanguage[] = ['python', 'notebook', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact'];
const languageOf = (languageId: string): DocumentLanguage => languages.find((language) => language === languageId) ?? 'python';

const analyzer = createParser(grammarFiles()).then((parser) => {
  const practice = practiseInIdleTime(({ text, language }) => {
    const program = parser.parse(text, language);
    problems({ program, text, facts: analyze(program, text) });
  });
  return {
    parse: (text: string, languageId: string) => {
      practice.postpone();
      return parser.parse(text, languageOf(languageId));
    },
    analyze,
  };
});

startServer(connection, { analyzer, pageUrl: (code) => pageUrl(code)?.href ?? null, version });
