// A program's text made into something that runs: types and module syntax are taken out, and every position is still known in the text as it was written.
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { transform } from 'sucrase';
import { parse } from 'sucrase/dist/esm/parser/index.js';
import type { Token } from 'sucrase/dist/types/parser/tokenizer/index';
import { TokenType as tt } from 'sucrase/dist/esm/parser/tokenizer/types.js';
import type { SnippetLanguage } from '../host/protocol.ts';

/** Lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text does not parse. */
export class SourceError extends Error {
  constructor(
    readonly file: string,
    readonly line: number,
    message: string,
  ) {
    super(message);
    this.name = 'SyntaxError';
  }
}

export class Source {
  /** What runs: a script, the body of one function. */
  readonly code: string;
  /** Specifiers of what it imports, as they stand, in order. */
  readonly imports: readonly string[];
  readonly tokens: readonly Token[];
  private readonly map: TraceMap | null;
  private readonly lineStarts: readonly number[];

  constructor(
    readonly file: string,
    readonly text: string,
    language: SnippetLanguage,
  ) {
    const isTypeScript = /\.[mc]?tsx?$/.test(file) || (language === 'typescript' && !/\.[mc]?jsx?$/.test(file));
    // JavaScript has no other use for `<` where an expression begins.
    const hasElements = !isTypeScript || file.endsWith('x');
    this.lineStarts = startsOf(text);
    const prepared = text.replace(/^#!/, '//');
    this.tokens = guarded(file, () => parse(prepared, hasElements, isTypeScript, false).tokens);
    const readable = withoutMeta(prepared, this.tokens);
    this.imports = importedBy(text, this.tokens);
    const isModule = /\.m[jt]s$/.test(file) || this.tokens.some((_, i) => isModuleSyntax(text, this.tokens, i));
    const transforms = [
      ...(isTypeScript ? (['typescript'] as const) : []),
      ...(hasElements ? (['jsx'] as const) : []),
      ...(isModule ? (['imports'] as const) : []),
    ];
    const made = guarded(file, () =>
      transform(readable, {
        transforms,
        filePath: file,
        production: true,
        disableESTransforms: true,
        sourceMapOptions: { compiledFilename: file },
      }),
    );
    this.code = made.code;
    this.map = made.sourceMap ? new TraceMap({ ...made.sourceMap, version: 3 }) : null;
  }

  /** Where a place of `code` is in the text. */
  original({ line, column }: Place): Place {
    const found = this.map && originalPositionFor(this.map, { line, column: Math.max(0, column - 1) });
    if (!found || found.line === null) return { line, column };
    // Types that were taken out leave their place to what comes after them.
    const at = this.offset({ line: found.line, column: found.column + 1 });
    const index = this.tokenAt(at);
    let token = this.tokens[index];
    for (let i = index; token && isGone(token) && i < this.tokens.length; i++) token = this.tokens[i + 1];
    return token && token.start >= at && token.type !== tt.eof ? this.place(token.start) : { line: found.line, column: found.column + 1 };
  }

  /** The first token that does not end before an offset. */
  tokenAt(offset: number): number {
    let [low, high] = [0, this.tokens.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tokens[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  offset({ line, column }: Place): number {
    return (this.lineStarts[line - 1] ?? this.text.length) + column - 1;
  }

  place(offset: number): Place {
    let [low, high] = [0, this.lineStarts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 };
  }
}

/** Of TypeScript alone: nothing of it is left in what runs. */
export const isGone = ({ isType, type }: Token): boolean => isType || type === tt.nonNullAssertion;

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function guarded<T>(file: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    const [, what = message] = /^(?:Error transforming .*?: )?(.*?)(?: \(\d+:\d+\))?$/s.exec(message) ?? [];
    throw new SourceError(file, loc?.line ?? 1, loc ? `${what} at column ${loc.column}` : what);
  }
}

/** `import.meta`, which sucrase takes for a name. */
const isMeta = (text: string, tokens: readonly Token[], index: number): boolean => {
  const [token, dot] = [tokens[index], tokens[index + 1]];
  return (
    token !== undefined && dot?.type === tt.dot && text.slice(token.start, token.end) === 'import' && tokens[index - 1]?.type !== tt.dot
  );
};

const isModuleSyntax = (text: string, tokens: readonly Token[], index: number): boolean => {
  const token = tokens[index];
  if (!token || token.isType || tokens[index - 1]?.type === tt.dot) return false;
  return token.type === tt._export || token.type === tt._import || isMeta(text, tokens, index);
};

/** `import.meta` becomes a name of the same length, which the function around the program has. */
function withoutMeta(text: string, tokens: readonly Token[]): string {
  let out = text;
  tokens.forEach((token, i) => {
    const meta = tokens[i + 2];
    if (!meta || !isMeta(text, tokens, i)) return;
    out = out.slice(0, token.start) + IMPORT_META.padEnd(meta.end - token.start) + out.slice(meta.end);
  });
  return out;
}
export const IMPORT_META = 'importMeta$';

/** Specifiers of `import` and `export … from`; those of types alone go with the types, and do no harm here. */
function importedBy(text: string, tokens: readonly Token[]): string[] {
  const found: string[] = [];
  tokens.forEach((token, i) => {
    if (!isModuleSyntax(text, tokens, i) || isMeta(text, tokens, i)) return;
    const next = tokens[i + 1];
    if (token.type === tt._import && next?.type === tt.parenL) return;
    for (let at = i + 1; at < tokens.length; at++) {
      const candidate = tokens[at];
      if (!candidate || ENDS_IMPORT.has(candidate.type) || (candidate.type === tt._default && token.type === tt._export)) return;
      if (candidate.type === tt.string && !candidate.isType) {
        found.push(text.slice(candidate.start + 1, candidate.end - 1));
        return;
      }
    }
  });
  return found;
}
const ENDS_IMPORT: ReadonlySet<number> = new Set([tt.semi, tt.eof, tt.parenL, tt.eq, tt.arrow, tt._function, tt._class, tt._const]);
