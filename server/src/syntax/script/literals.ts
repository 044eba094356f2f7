// What JavaScript's numbers and strings mean.

export function parseNumber(text: string): { value: number; integer: boolean } {
  const digits = text.replaceAll('_', '');
  if (digits.endsWith('n')) return { value: Number(digits.slice(0, -1)), integer: true };
  if (/^0[0-7]+$/.test(digits)) return { value: parseInt(digits, 8), integer: false };
  return { value: Number(digits), integer: false };
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\n\r\u2028\u2029])|([\s\S]))/g,
    (whole, point?: string, short?: string, hex?: string, newline?: string, simple?: string) => {
      if (newline !== undefined) return '';
      if (simple !== undefined) return simpleEscapes[simple] ?? simple;
      const code = parseInt(point ?? short ?? hex ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
