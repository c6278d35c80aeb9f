/** The first and last minor of Go 1 that a Delve release takes: MinSupportedVersionOfGoMinor and Max… of pkg/goversion. */
export interface GoWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Delve releases and their Go windows, oldest first, read off the release tags of go-delve/delve. Only releases that
 * changed the window are listed: those between are like the one before them.
 */
const releases: readonly (readonly [delve: string, from: number, to: number])[] = [
  ["1.6.0", 13, 16],
  ["1.6.1", 14, 16],
  ["1.7.0", 15, 17],
  ["1.8.0", 16, 18],
  ["1.9.0", 16, 19],
  ["1.9.1", 17, 19],
  ["1.20.0", 18, 20],
  ["1.21.0", 18, 21],
  ["1.21.1", 19, 21],
  ["1.22.0", 19, 22],
  ["1.23.0", 21, 23],
  ["1.24.0", 21, 24],
  ["1.25.1", 22, 25],
  ["1.26.0", 24, 26],
  ["1.27.0", 25, 27],
];

/** The newest release of each window: the one to install. */
const newest: readonly (readonly [delve: string, like: string])[] = [
  ["1.27.1", "1.27.0"],
  ["1.26.3", "1.26.0"],
  ["1.25.2", "1.25.1"],
  ["1.25.0", "1.24.0"],
  ["1.23.1", "1.23.0"],
  ["1.22.1", "1.22.0"],
  ["1.21.2", "1.21.1"],
  ["1.20.2", "1.20.0"],
  ["1.9.1", "1.9.1"],
  ["1.8.3", "1.8.0"],
  ["1.7.3", "1.7.0"],
  ["1.6.1", "1.6.1"],
  ["1.6.0", "1.6.0"],
];

/** The newest release known here: what a later one supports is not known. */
const last = "1.27";

/** The window of a Delve version, or undefined for one that is older or newer than the releases known here. */
export function goWindow(delve: string): GoWindow | undefined {
  if (minorOf(delve) > minorOf(last)) return undefined;
  const [, from, to] = releases.findLast(([version]) => compare(version, delve) <= 0) ?? [];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The newest known Delve for a Go minor ("v1.22.1"); "latest" for a Go that is newer than all of them. */
export function delveFor(goMinor: number): string | undefined {
  const fits = newest.find(([, like]) => {
    const window = goWindow(like);
    return window !== undefined && window.from <= goMinor && goMinor <= window.to;
  });
  if (fits !== undefined) return `v${fits[0]}`;
  return goMinor > (releases.at(-1)?.[2] ?? 0) ? "latest" : undefined;
}

/** 26 of "go1.26.8", "go1.26rc1" or "devel go1.26-abcdef"; undefined for another text. */
export function goMinor(version: string): number | undefined {
  const minor = /\bgo1\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** True when the Delve version `one` ("1.22.0") came before `other`. */
export function isOlderDelve(one: string, other: string): boolean {
  return compare(one, other) < 0;
}

function minorOf(delve: string): number {
  return Number(delve.split(".")[1] ?? 0);
}

function compare(one: string, other: string): number {
  const numbers = (version: string) => version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [numbers(one), numbers(other)];
  for (const index of [0, 1, 2]) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
