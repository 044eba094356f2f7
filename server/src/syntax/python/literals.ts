// What Python's numbers and strings mean: `0x_ff`, `1_000`, `2j`, `10L`, escapes, prefixes.

export function parseNumber(text: string): { value: number; integer: boolean; imaginary: boolean } {
  const digits = text.replaceAll('_', '');
  const prefix = /^0([xXoObB])/.exec(digits);
  if (prefix) return { value: Number(digits.replace(/[lL]$/, '').toLowerCase()), integer: true, imaginary: false };
  const imaginary = /[jJ]$/.test(digits);
  const plain = digits.replace(/[jJlL]$/, '');
  if (/^0[0-7]+$/.test(plain) && !imaginary) return { value: parseInt(plain, 8), integer: true, imaginary: false };
  return { value: Number(plain), integer: /^[0-9]+$/.test(plain) && !imaginary, imaginary };
}

export interface StringPrefix {
  readonly raw: boolean;
  readonly bytes: boolean;
  readonly formatted: boolean;
  /** `t'…'` and Python 2's backquotes: not a string. */
  readonly template: boolean;
}

/** `opening` is what stands before the content: `rb"""`. */
export function parsePrefix(opening: string): StringPrefix {
  const letters = opening.toLowerCase();
  return {
    raw: letters.includes('r'),
    bytes: letters.includes('b'),
    formatted: letters.includes('f'),
    template: letters.includes('t') || letters.includes('`'),
  };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** An escape that Python does not know stays as it is written; `\N{…}` too, as the table of names is not at hand. */
export function decodeEscapes(text: string, bytes: boolean): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:(\r\n|[\r\n])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\\'"abfnrtv]))/g,
    (whole, newline?: string, octal?: string, hex?: string, short?: string, long?: string, simple?: string) => {
      if (newline !== undefined) return '';
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (simple !== undefined) return simpleEscapes[simple] ?? whole;
      if (bytes) return whole;
      const point = parseInt(short ?? long ?? '', 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
