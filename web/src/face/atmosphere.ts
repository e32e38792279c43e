/** The colours around one character, as `#rrggbb`. */
export interface Atmosphere {
  /** The wall: its upper and its lower end; captions stand on the lower one. */
  readonly top: string;
  readonly low: string;
  /** The rings behind the head, that move with the voice. */
  readonly glow: string;
  /** Buttons and marks, and what is written on them. */
  readonly accent: string;
  readonly onAccent: string;
}

const NEUTRAL_HUE = 235;

/** Colours of a character's own hue, at the lightness of the page's scheme. */
export function atmosphere(background: string, dark: boolean): Atmosphere {
  const hue = hueOf(background);
  return dark
    ? {
        top: oklch(0.3, 0.045, hue), low: oklch(0.19, 0.028, hue), glow: oklch(0.47, 0.07, hue),
        accent: oklch(0.82, 0.09, hue), onAccent: oklch(0.22, 0.05, hue),
      }
    : {
        top: oklch(0.86, 0.045, hue), low: oklch(0.955, 0.016, hue), glow: oklch(0.965, 0.026, hue),
        accent: oklch(0.44, 0.085, hue), onAccent: '#ffffff',
      };
}

/** Three numbers from 0 to 1. */
export function channels(hex: string): [number, number, number] {
  const part = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

function hueOf(hex: string): number {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return NEUTRAL_HUE;
  const [l, m, s] = toCones(channels(hex).map(toLinear) as [number, number, number]).map(Math.cbrt) as [number, number, number];
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return Math.hypot(a, b) < 0.004 ? NEUTRAL_HUE : (Math.atan2(b, a) * 180) / Math.PI;
}

/** Lightness, chroma and hue in degrees; matrices of Björn Ottosson's Oklab (2020). */
function oklch(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${rgb.map((v) => Math.round(fromLinear(v) * 255).toString(16).padStart(2, '0')).join('')}`;
}

function toCones([r, g, b]: [number, number, number]): [number, number, number] {
  return [
    0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
    0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
    0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
  ];
}

function toLinear(v: number): number {
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function fromLinear(v: number): number {
  const c = Math.min(1, Math.max(0, v));
  return c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
}
