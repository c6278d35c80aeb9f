import { causes } from "../../src/causes/index.ts";
import type { ScoreRow } from "../../test/lab/score.ts";

type Fault = Extract<ScoreRow, { kind: "fault" }>;
type Fix = Extract<ScoreRow, { kind: "fix" }>;
type Healthy = Extract<ScoreRow, { kind: "healthy" }>;

/** What the lab's rows add up to: for one cause, or for all. Rates are fractions, times ms; undefined where nothing was tried. */
export interface Score {
  readonly faults: number;
  readonly top1: number | undefined;
  readonly top3: number | undefined;
  /** How often something was called proven, and how often that was so. */
  readonly proven: number;
  readonly provenRight: number;
  readonly namedMs: { readonly median: number; readonly p95: number; readonly max: number } | undefined;
  readonly fixes: number;
  readonly fixed: number;
}

/** Adds rows up. What is called proven counts as right when the fault really has that cause. */
export function scoreOf(rows: readonly ScoreRow[]): Score {
  const faults = rows.filter((row): row is Fault => row.kind === "fault");
  const fixes = rows.filter((row): row is Fix => row.kind === "fix");
  const among = (most: number) =>
    faults.filter(({ cause, named }) => named.slice(0, most).some((one) => one.cause === cause)).length;
  const proven = faults.flatMap(({ named, right }) =>
    named.filter(({ certainty }) => certainty === "proven").map(({ cause }) => right.includes(cause)),
  );
  const times = faults.flatMap(({ namedMs }) => namedMs ?? []).sort((a, b) => a - b);
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return {
    faults: faults.length,
    top1: faults.length === 0 ? undefined : among(1) / faults.length,
    top3: faults.length === 0 ? undefined : among(3) / faults.length,
    proven: proven.length,
    provenRight: proven.filter((right) => right).length,
    namedMs: times.length === 0 ? undefined : { median: at(0.5), p95: at(0.95), max: at(1) },
    fixes: fixes.length,
    fixed: fixes.filter(({ worked }) => worked).length,
  };
}

/** Launches without a fault: how many there were, which did not reach their goal, and which had a finding. */
export function healthyOf(rows: readonly ScoreRow[]) {
  const all = rows.filter((row): row is Healthy => row.kind === "healthy");
  return {
    launches: all.length,
    short: all.filter(({ ended, goal }) => ended !== goal),
    withFinding: all.filter(({ named }) => named.length > 0),
  };
}

/** The page of the score, Markdown. `versions` is a line a part; `lab` says how the lab's own tests ended. */
export function scorePage(
  { lab, healthy }: { readonly lab: readonly ScoreRow[]; readonly healthy: readonly ScoreRow[] },
  about: { readonly versions: readonly string[]; readonly labEnded: string },
): string {
  const total = scoreOf(lab);
  const battery = healthyOf(healthy);
  const twins = healthyOf(lab);
  const lines = causes.map(({ id, about: { seen } }) => {
    const own = lab.filter((row) => row.kind !== "healthy" && row.cause === id);
    return `| [${id}](causes/${id}.md) | ${own.length > 0 ? cells(scoreOf(own)) : nothing(seen)} |`;
  });
  return [
    "# The score",
    "",
    "Made by `npm run bench:causes -- --write`, whatever it says. Every fault is made on purpose, with real parts; what is named is compared",
    "with what was made. A launch without a fault is examined with every cause as well.",
    "",
    ...about.versions.map((one) => `- ${one}`),
    "",
    "| | aim | measured |",
    "| --- | --- | --- |",
    `| the cause is named first | ≥ 0.95 | ${rate(total.top1)} of ${total.faults} faults |`,
    `| it is among the first three | | ${rate(total.top3)} |`,
    `| called proven and wrong | never | ${total.proven - total.provenRight} of ${total.proven} |`,
    `| from the stall or the failure to the ranked diagnosis | | ${times(total)} |`,
    `| the preferred fix works | ≥ 0.95 | ${ratio(total.fixed, total.fixes)} of ${total.fixes} |`,
    `| healthy launches with a finding | none | ${battery.withFinding.length} of ${battery.launches} |`,
    `| healthy twins of the faults with a finding | none | ${twins.withFinding.length} of ${twins.launches} |`,
    "",
    `The lab's own tests: ${about.labEnded}. A fault that is not named fails its test as well.`,
    "",
    ...complaints("Healthy launches with a finding", [...battery.withFinding, ...twins.withFinding]),
    ...failedFixes(lab),
    ...complaints("Healthy launches that did not reach their goal", [...battery.short, ...twins.short]),
    "## A line a cause",
    "",
    "| cause | faults | first | in three | proven, right | named in (median, max) | fixes that worked |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

function cells({ faults, top1, top3, proven, provenRight, namedMs, fixes, fixed }: Score): string {
  const ms = namedMs === undefined ? "" : `${seconds(namedMs.median)}, ${seconds(namedMs.max)}`;
  return [faults, rate(top1), rate(top3), `${provenRight} of ${proven}`, ms, `${fixed} of ${fixes}`].join(
    " | ",
  );
}

function nothing(seen: "real" | "recorded"): string {
  const why = seen === "real" ? "not made in this run" : "recorded or documented output only";
  return `${why} | | | | | `;
}

function complaints(title: string, rows: readonly Healthy[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map(({ what, ended, named }) => {
    const found = named.map(({ cause, certainty }) => `${cause} (${certainty})`).join(", ");
    return `- ${what}: ${[ended ?? "", found].filter(Boolean).join("; ")}`;
  });
  return [`${title}:`, "", ...lines, ""];
}

function failedFixes(rows: readonly ScoreRow[]): string[] {
  const failed = rows.filter((row): row is Fix => row.kind === "fix" && !row.worked);
  if (failed.length === 0) return [];
  return ["Preferred fixes that did not work:", "", ...failed.map(({ fix }) => `- ${fix}`), ""];
}

function times({ namedMs }: Score): string {
  if (namedMs === undefined) return "not measured";
  const { median, p95, max } = namedMs;
  return `median ${seconds(median)}, 95th percentile ${seconds(p95)}, at most ${seconds(max)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function ratio(part: number, whole: number): string {
  return rate(whole === 0 ? undefined : part / whole);
}

function rate(value: number | undefined): string {
  return value === undefined ? "–" : value.toFixed(2);
}
