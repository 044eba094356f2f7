// A diverging scale centred at zero, blue against orange: told apart with every common colour blindness, and by lightness from zero.

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';
/** How a number's distance from zero becomes a depth of colour. */
export type ScaleKind = 'linear' | 'logarithmic';

type Rgb = readonly [number, number, number];

export interface Palette {
  /** From the most negative over zero to the most positive. */
  readonly stops: readonly Rgb[];
  readonly notFinite: readonly [Rgb, Rgb];
}

export const STEPS = 255;
/** The faintest tint of a number that is not zero, in steps. */
const FAINTEST = 28;
/** On the logarithmic scale, this share of the largest number is where zero begins. */
const LOGARITHMIC_FLOOR = 1e-5;

const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    stops: [
      rgb(0x053061),
      rgb(0x2166ac),
      rgb(0x6baed6),
      rgb(0xd1e5f0),
      rgb(0xffffff),
      rgb(0xfee0c4),
      rgb(0xf4a259),
      rgb(0xc7511f),
      rgb(0x67210a),
    ],
    notFinite: [rgb(0x222222), rgb(0xb8b8b8)],
  },
  dark: {
    stops: [
      rgb(0xb9dcff),
      rgb(0x6db3f2),
      rgb(0x2f7fc4),
      rgb(0x1d4466),
      rgb(0x16181c),
      rgb(0x63361c),
      rgb(0xc0682b),
      rgb(0xf29b52),
      rgb(0xffd9b0),
    ],
    notFinite: [rgb(0xe8e8e8), rgb(0x555555)],
  },
  'high-contrast': {
    stops: [
      rgb(0xe6f3ff),
      rgb(0x8cc8ff),
      rgb(0x3399ff),
      rgb(0x1a5fa8),
      rgb(0x000000),
      rgb(0x9c4a00),
      rgb(0xff8c1a),
      rgb(0xffbe73),
      rgb(0xfff0db),
    ],
    notFinite: [rgb(0xffffff), rgb(0x000000)],
  },
  'high-contrast-light': {
    stops: [
      rgb(0x02183a),
      rgb(0x0b4a94),
      rgb(0x3b86d1),
      rgb(0x9cc8f0),
      rgb(0xffffff),
      rgb(0xffc894),
      rgb(0xdb6a14),
      rgb(0x9a3b00),
      rgb(0x431600),
    ],
    notFinite: [rgb(0x000000), rgb(0xffffff)],
  },
};

export function paletteOf(theme: Theme): Palette {
  return palettes[theme];
}

/** The colour at `position` from -1 to 1. */
export function colourAt(palette: Palette, position: number): Rgb {
  const last = palette.stops.length - 1;
  const place = ((Math.max(-1, Math.min(1, position)) + 1) / 2) * last;
  const index = Math.min(last - 1, Math.floor(place));
  const from = palette.stops[index] ?? [0, 0, 0];
  const to = palette.stops[index + 1] ?? from;
  const share = place - index;
  const mix = (channel: 0 | 1 | 2): number => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [mix(0), mix(1), mix(2)];
}

/** Colours of the steps from -STEPS to STEPS, as the pixels of an ImageData. */
export function pixelColours(palette: Palette): Uint32Array {
  return Uint32Array.from({ length: 2 * STEPS + 1 }, (_, index) => pixel(colourAt(palette, index / STEPS - 1)));
}

export function pixel([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

export function css([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** A function from a finite number to its step, -STEPS to STEPS; zero alone is at 0. */
export function stepper(largest: number, kind: ScaleKind): (value: number) => number {
  if (!(largest > 0)) return () => 0;
  const span = Math.log1p(1 / LOGARITHMIC_FLOOR);
  const depth = kind === 'linear' ? (size: number) => size : (size: number) => Math.log1p(size / LOGARITHMIC_FLOOR) / span;
  return (value) => {
    if (value === 0) return 0;
    const size = Math.min(1, Math.abs(value) / largest);
    const step = FAINTEST + Math.round(depth(size) * (STEPS - FAINTEST));
    return value < 0 ? -step : step;
  };
}

/** Black or white, whichever can be read on the colour. */
export function inkOn([red, green, blue]: Rgb): string {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? '#000000' : '#ffffff';
}

function rgb(hex: number): Rgb {
  return [(hex >> 16) & 255, (hex >> 8) & 255, hex & 255];
}
