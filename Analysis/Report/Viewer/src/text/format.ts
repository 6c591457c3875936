import type { Unit } from "../model/profile.js";

const times: readonly (readonly [number, string])[] = [[1, "s"], [1e-3, "ms"], [1e-6, "µs"], [1e-9, "ns"]];
const sizes: readonly (readonly [number, string])[] = [[2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"], [1, "B"]];

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A number with a separator of thousands. */
export function count(value: number): string {
  return whole.format(value);
}

/** A time or size in the unit that suits it, with three digits at least. */
export function amount(value: number, unit: Unit): string {
  if (!Number.isFinite(value))
    return "–";
  if (value === 0)
    return "0";
  if (unit === "samples")
    return count(value);
  const [size, name] = suitable(Math.abs(value), unit === "bytes" ? sizes : times);
  const scaled = value / size;
  const digits = name === "B" ? 0 : Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return `${Math.abs(scaled) >= 1000 ? count(scaled) : scaled.toFixed(digits)} ${name}`;
}

/** The same as exactly as it is known. */
export function exact(value: number, unit: Unit): string {
  return unit === "seconds" ? `${value} s` : unit === "none" ? `${value}` : `${value} ${unit}`;
}

export function percent(part: number, whole: number): string {
  if (!(whole > 0) || !Number.isFinite(part))
    return "–";
  const share = 100 * part / whole;
  return `${share >= 99.95 || share === 0 ? share.toFixed(0) : share >= 0.05 ? share.toFixed(1) : "<0.1"} %`;
}

/** What the figures of a profile's own and cumulative times are called. */
export function nounOf(unit: Unit): string {
  return unit === "bytes" || unit === "samples" ? unit : "time";
}

export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function suitable(value: number, units: typeof times): readonly [number, string] {
  // What rounds up to the next unit is written in it.
  return units.find(([size]) => value >= size * 0.9995) ?? units[units.length - 1];
}
