import { needDelve } from "../../scripts/setup/delve.ts";
import { needToolchain } from "../../scripts/setup/go.ts";
import { rowOf } from "../../src/causes/texts/index.ts";
import type { Launch } from "../../src/core/launch.ts";
import type { Phase } from "../../src/core/phases.ts";
import { labLaunch } from "./launch.ts";
import { makeTextLab, type TextFault, textFaults } from "./textFaults.ts";
import { dlv as newestDlv, go as ownGo } from "./tools.ts";

/** A Delve, the Go it is built with, and the Go that builds the program. */
export interface Pair {
  readonly delve: string;
  readonly builtWith: string;
  readonly go: string;
}

/** Delve releases from 1.6.1 on, each with a Go of its time; the last are pairs that do not fit. */
export const pairs: readonly Pair[] = [
  ...[
    ["v1.6.1", "go1.16.15"],
    ["v1.7.3", "go1.17.13"],
    ["v1.8.3", "go1.18.10"],
    ["v1.9.1", "go1.19.13"],
    ["v1.20.2", "go1.20.14"],
    ["v1.21.2", "go1.21.13"],
    ["v1.22.1", "go1.22.12"],
    ["v1.23.1", "go1.23.12"],
    ["v1.24.2", "go1.24.13"],
    ["v1.25.2", "go1.25.14"],
    ["v1.26.3", "go1.26.8"],
    ["v1.27.2", "go1.27.4"],
  ].map(([delve = "", go = ""]) => ({ delve, builtWith: go, go })),
  { delve: "v1.6.1", builtWith: "go1.16.15", go: "go1.27.4" },
  { delve: "v1.22.1", builtWith: "go1.22.12", go: "go1.27.4" },
  { delve: "v1.27.2", builtWith: "go1.27.4", go: "go1.16.15" },
  { delve: "v1.26.3", builtWith: "go1.24.13", go: "go1.26.8" },
];

/** True where Delve and the program's Go are of one time: then every fault is tried, else the healthy launch alone. */
export function fits({ builtWith, go }: Pair): boolean {
  return builtWith === go;
}

/** What one launch said. */
export interface Seen {
  readonly fault: TextFault;
  readonly ended: string;
  readonly phases: readonly Phase[];
  /** The rows that its texts belong to, and those texts of Delve's that belong to none. */
  readonly rows: readonly string[];
  readonly unknown: readonly string[];
  /** What the product makes of it. */
  readonly causes: readonly string[];
}

/**
 * Launches every fault that `chosen` takes with one pair, through the product's own proxy; without a pair with the newest
 * Delve and the Go that the other tests use.
 */
export async function runPair(
  pair: Pair | undefined,
  chosen: (fault: TextFault) => boolean,
): Promise<Seen[]> {
  const dlv = await (pair === undefined ? newestDlv() : needDelve(pair.delve, pair.builtWith));
  const lab = makeTextLab(await (pair === undefined ? ownGo() : needToolchain(pair.go)));
  const all: Seen[] = [];
  try {
    for (const fault of textFaults.filter(chosen)) {
      const breakpoints = fault.breakpoints?.(lab) ?? [];
      const { ended, launch, verdicts } = await labLaunch({
        folder: lab.folder,
        dlv,
        config: {
          name: fault.name,
          type: "go",
          request: "launch",
          __buildDir: lab.folder,
          env: lab.env,
          ...fault.config(lab),
        },
        breakpoints,
        // A breakpoint that is refused never stops.
        ...(fault.rows.length > 0 && breakpoints.length > 0 && { goal: "exit" }),
        limitMs: 60_000,
      });
      const causes = verdicts.findings.map(({ cause, certainty }) => `${cause} (${certainty})`);
      all.push({ fault, ended, phases: launch.timeline.phases, ...sort(launch), causes });
    }
  } finally {
    lab.remove();
  }
  return all;
}

function sort({ timeline }: Launch): Pick<Seen, "rows" | "unknown"> {
  const { failure, buildError, said, breakpoints } = timeline;
  // Until dlv listens, the failure is in our own words, and dlv's are on its stderr.
  const answers = failure === undefined || failure.phase === "start" ? [] : [failure.text];
  const hollow = breakpoints.flatMap(({ message }) => (message === undefined ? [] : [message]));
  const texts = [...answers, ...(buildError === undefined ? [] : [buildError]), ...hollow];
  const found = [...texts, ...said.split("\n")].flatMap((text) => rowOf(text)?.id ?? []);
  return { rows: [...new Set(found)].sort(), unknown: texts.filter((text) => rowOf(text) === undefined) };
}

/** What is wrong with the table, in words: a text that it does not know, or takes for another. */
export function wrong({ fault, ended, rows, unknown }: Seen): string | undefined {
  if (unknown.length > 0) return `${fault.name}: no row for ${JSON.stringify(unknown[0])}`;
  const mine = rows.some((id) => fault.rows.includes(id));
  // An older Delve may not know the attribute, or not mind it.
  if (fault.rows.length === 0 || mine || ended === "initialized" || ended === "stopped") return undefined;
  return `${fault.name}: ${ended} with ${rows.join(", ") || "nothing"}, not with ${fault.rows.join(" or ")}`;
}
