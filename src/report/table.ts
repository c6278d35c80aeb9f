import { say } from "../core/say.ts";
import { type Paint, paint } from "./paint.ts";
import { printable } from "./printable.ts";
import type { Report } from "./report.ts";
import { roundTrip, sureness } from "./words.ts";

/** One host of several, looked at or not reached. Times in ms. */
export type FleetRow = FleetFacts & ({ readonly report: Report } | { readonly error: string });

interface FleetFacts {
  /** As --on has it. */
  readonly host: string;
  /** From the first attempt to connect to the last answer. */
  readonly ms: number;
  readonly rttMs?: number;
  readonly dlv?: string;
  readonly go?: string;
}

/** Several hosts as one table, a line each, in the order given; the outcome comes last because it may be long. */
export function fleetText(rows: readonly FleetRow[], brush: Paint = paint(false)): string {
  const head = [say`Host`, say`Time`, "RTT", "dlv", "Go", say`Outcome`];
  const cells = rows.map((row) =>
    [
      row.host,
      say`${Math.round(row.ms)} ms`,
      row.rttMs === undefined ? "" : roundTrip(row.rttMs),
      row.dlv ?? "",
      row.go ?? "",
      outcome(row),
    ].map(printable),
  );
  const widths = head.map((title, at) =>
    Math.max(...[head, ...cells].map((one) => (one[at] ?? title).length)),
  );
  const line = (one: readonly string[]) =>
    one
      .map((text, at) => {
        const width = at === one.length - 1 ? 0 : (widths[at] ?? 0);
        return at === 1 || at === 2 ? text.padStart(width) : text.padEnd(width);
      })
      .join("  ");
  return [brush.strong(line(head)), ...cells.map(line)].map((text) => `${text}\n`).join("");
}

/** What came of a host: the best cause, and how many there are besides. */
function outcome(row: FleetRow): string {
  if ("error" in row) return say`not reached: ${row.error}`;
  const { findings, unknown } = row.report;
  const [best, ...others] = findings;
  if (best === undefined)
    return unknown.length === 0 ? say`nothing found` : say`nothing found (${unknown.length} not checked)`;
  const found = `${best.cause}, ${sureness(best)}: ${best.because}`;
  return others.length === 0 ? found : say`${found} And ${others.length} more.`;
}
