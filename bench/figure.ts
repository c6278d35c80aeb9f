/** Several measurements of one thing. How far they lie apart shows how noisy the machine was. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** How a cost goes with a size: what the size counts, and for each size what was measured. */
export interface Curve {
  readonly size: string;
  readonly unit: string;
  readonly points: readonly { readonly size: number; readonly value: number }[];
}

/**
 * One line of the bench: plain values, with their units in their names. `met` says whether the aim was reached. An aim is
 * written `NAME <= LIMIT` or `NAME >= LIMIT`, where NAME is a value of the figure and LIMIT is one or a number.
 */
export interface Figure {
  readonly figure: string;
  readonly aim: string;
  readonly met: boolean;
  readonly rounds: number;
  /** Why the aim may be missed: shown where it is. */
  readonly why?: string;
  readonly curve?: Curve;
  readonly [name: string]: string | number | boolean | Spread | Curve;
}

/** What was measured of each side, round by round; `relayed` and `reframed` only where these baselines say something. */
export interface Rounds {
  readonly direct: readonly number[];
  readonly relayed?: readonly number[];
  readonly reframed?: readonly number[];
  readonly proxied: readonly number[];
}

/** Measures the sides in turn, so that what else the machine does falls on all. The first round only warms up. */
export async function interleave<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const value = await sides[name]();
      if (round > 0) values[name].push(value);
    }
  }
  return values;
}

/** The figures of all sides, and their ratios to the direct one, round by round. `unit` goes into the names. */
export function compare(rounds: Rounds, unit: string) {
  const { direct, relayed, reframed, proxied } = rounds;
  const ratio = (side: readonly number[], to = direct) => spread(each(side, to, (one, base) => one / base));
  return {
    rounds: direct.length,
    [`direct_${unit}`]: spread(direct),
    ...(relayed && { [`bare_relay_${unit}`]: spread(relayed) }),
    ...(reframed && { [`golang_go_way_${unit}`]: spread(reframed) }),
    [`proxied_${unit}`]: spread(proxied),
    ...(relayed && { bare_relay_ratio: ratio(relayed) }),
    ...(reframed && { golang_go_way_ratio: ratio(reframed) }),
    ratio: ratio(proxied),
    ...(relayed && { ratio_to_bare_relay: ratio(proxied, relayed) }),
  };
}

/** Joins the rounds of two sides. */
export function each(
  values: readonly number[],
  base: readonly number[],
  combine: (value: number, base: number) => number,
): number[] {
  return values.map((value, round) => combine(value, base[round] ?? Number.NaN));
}

/** Smallest, middle and largest; of an even number of values the middle is the mean of the two in the middle. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  const median = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
  return { min: round(at(0)), median: round(median), max: round(at(sorted.length - 1)) };
}

/** The value that this part (0 to 1) of all values does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN);
}

/**
 * A figure whose aim is that a cost does not grow: `growth` is what it is at the largest size by what it is at the
 * smallest, and `growth` up to `most` is noise.
 */
export function flat(figure: string, curve: Curve, rounds: number, most: number): Figure {
  const [first, last] = [curve.points[0], curve.points.at(-1)];
  const growth = round((last?.value ?? Number.NaN) / (first?.value ?? Number.NaN));
  return { figure, aim: `growth <= ${most}`, met: growth <= most, rounds, growth, curve };
}

/** To four digits: no measurement of ours is good for more. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}
