import { nobody } from "../hosts/channel.ts";
import { jsonText } from "../report/jsonText.ts";
import { type FleetRow, fleetText } from "../report/table.ts";
import { type Choice, choose } from "./choose.ts";
import { interrupted, lookAt, versionsAt } from "./look.ts";
import { reach, specFrom } from "./place.ts";
import type { Screen } from "./screen.ts";
import { type Status, Stop, status } from "./stop.ts";

/** How many hosts are looked at side by side. */
const atOnce = 4;

/**
 * Looks at several hosts and answers with one table, or with `{ version: 1, hosts }`. Nobody is asked anything. Throws
 * wrong usage where there is no configuration to look at, and once interrupted; no connection is left then.
 */
export async function fleet(
  choices: readonly Choice[],
  screen: Screen,
  json: boolean,
  interrupt: AbortSignal,
): Promise<Status> {
  const stop = new AbortController();
  const signal = AbortSignal.any([interrupt, stop.signal]);
  const warned = new Set<string>();
  const warn = (line: string) => {
    if (!warned.has(line)) screen.progress(`${screen.brush.strong("warning:")} ${line}\n`);
    warned.add(line);
  };
  const rows: FleetRow[] = [];
  const left = [...choices.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [at, choice] = next;
      if (signal.aborted) return;
      rows[at] = await rowOf(choice, signal, warn);
      screen.progress(`${rows.filter(Boolean).length} of ${choices.length}: ${choice.on ?? "local"}\n`);
    }
  };
  const workers = Array.from({ length: atOnce }, () =>
    work().catch((error: unknown) => {
      // What is wrong with the configuration is wrong with it on every host.
      stop.abort();
      throw error;
    }),
  );
  const ended = await Promise.allSettled(workers);
  if (interrupt.aborted) throw interrupted();
  const failed = ended.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  screen.answer(json ? `${jsonText({ version: 1, hosts: rows }, 2)}\n` : fleetText(rows, screen.brush));
  return statusOf(rows);
}

/** 1 also where only some were reached: a host that nobody saw is not well. */
function statusOf(rows: readonly FleetRow[]): Status {
  const seen = rows.flatMap((row) => ("report" in row ? [row.report] : []));
  if (seen.length === 0) return status.impossible;
  const fine = seen.length === rows.length && seen.every(({ findings }) => findings.length === 0);
  return fine ? status.fine : status.found;
}

async function rowOf(choice: Choice, signal: AbortSignal, warn: (line: string) => void): Promise<FleetRow> {
  const host = choice.on ?? "local";
  const begun = performance.now();
  const sofar = () => Math.round(performance.now() - begun);
  try {
    const place = await reach(specFrom(host), nobody, signal);
    try {
      const chosen = await choose(choice, place);
      for (const line of chosen.warnings) warn(line);
      const [report, versions] = await Promise.all([
        lookAt(chosen, place, signal),
        versionsAt(chosen, place, signal),
      ]);
      const { rttMs } = report.host;
      return { host, ms: sofar(), ...(rttMs !== undefined && { rttMs }), ...versions, report };
    } finally {
      await place.close();
    }
  } catch (error) {
    if (error instanceof Stop) throw error;
    const line = error instanceof Error ? error.message : String(error);
    return { host, ms: sofar(), error: withoutHost(line, host) };
  }
}

/** The line without the host that the row names already: an SSH failure begins with the alias, a container's with the word. */
function withoutHost(line: string, host: string): string {
  const names = [`${host}: `, `${host.slice(host.indexOf(":") + 1)}: `];
  const name = names.find((one) => line.startsWith(one));
  return name === undefined ? line : line.slice(name.length);
}
