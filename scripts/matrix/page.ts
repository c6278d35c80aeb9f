import { release } from "node:os";
import { texts } from "../../src/causes/texts/index.ts";
import type { Row, Span } from "../../src/causes/texts/row.ts";
import { fits, type Pair, type Seen } from "../../test/lab/matrix.ts";
import { textFaults } from "../../test/lab/textFaults.ts";

/** What one pair said. */
export interface Run {
  readonly pair: Pair;
  readonly seen: readonly Seen[];
}

/** A pair in words. */
export function nameOf({ delve, builtWith, go }: Pair): string {
  return builtWith === go ? `Delve ${delve}, ${go}` : `Delve ${delve} (built with ${builtWith}), ${go}`;
}

/** docs/delve-texts.md of these runs, which were made on that day (YYYY-MM-DD). */
export function matrixPage(runs: readonly Run[], mistakes: readonly string[], date: string): string {
  const full = runs.filter(({ pair }) => fits(pair));
  const seenRows = new Set(runs.flatMap(({ seen }) => seen.flatMap(({ rows }) => rows)));
  const said = texts.filter(({ text }) => text !== undefined);
  return [
    "# The texts of Delve, go and golang.go",
    "",
    `Made by \`npm run matrix\` on ${date}, on ${process.platform} ${process.arch}, kernel ${release().split("-")[0]}: ${textFaults.length} launches with each of ${full.length} pairs of Delve and Go, through this project's own proxy, and ${runs.length - full.length} pairs that do not fit. The table itself is \`src/causes/texts/\`.`,
    "",
    `Of ${said.length} texts and ${texts.length - said.length} silences, ${seenRows.size} texts were seen here. The others are read in source, or come from faults that other tests make.`,
    "",
    ...(mistakes.length > 0
      ? ["**The table is wrong here:**", "", ...mistakes.map((one) => `- ${one}`), ""]
      : []),
    "## What each Delve said",
    "",
    "The row of the table for each launch; a dash where the launch went well, because this Delve does not know the attribute or takes the value.",
    "",
    table(
      ["", ...full.map(({ pair }) => `${pair.delve} ${pair.go}`)],
      textFaults.map((fault) => [
        fault.name,
        ...full.map(({ seen }) => cell(seen.find((one) => one.fault.name === fault.name))),
      ]),
    ),
    "",
    "## The phases of a healthy launch, in ms",
    "",
    "Mode exec, to the first stop, on a machine that did other work too: the phases count here, not the times.",
    "",
    table(
      ["pair", "phases", "what came of it"],
      runs.map(({ pair, seen: [healthy] }) => [
        nameOf(pair),
        healthy?.phases.map(({ name, ms }) => `${name} ${Math.round(ms)}`).join(", ") ?? "",
        healthy === undefined
          ? ""
          : [healthy.ended, ...healthy.rows.filter(speaks), ...healthy.causes].join(", "),
      ]),
    ),
    "",
    "## Where the faults end",
    "",
    table(
      ["launch", "last phase"],
      textFaults.map((fault) => [fault.name, lastPhases(fault.name, full)]),
    ),
    "",
    "## The table",
    "",
    table(
      ["row", "text", "what it means", "releases", "seen in"],
      texts.map((row) => [row.id, sample(row), meaning(row), releases(row), seenIn(row, runs)]),
    ),
    "",
  ].join("\n");
}

/** A22 is said by every dlv that listens. */
function speaks(id: string): boolean {
  return id !== "A22";
}

function cell(seen: Seen | undefined): string {
  if (seen === undefined) return "";
  const rows = seen.rows.filter(speaks);
  if (seen.unknown.length > 0) return "**no row**";
  return rows.length > 0 ? rows.join(" ") : seen.ended === "failed" ? "**no row**" : "–";
}

function lastPhases(name: string, full: readonly Run[]): string {
  const last = full.flatMap(
    ({ seen }) => seen.find(({ fault }) => fault.name === name)?.phases.at(-1)?.name ?? [],
  );
  return [...new Set(last)]
    .map((phase) => `${phase} (${last.filter((one) => one === phase).length})`)
    .join(", ");
}

function sample({ text, sample: words }: Row): string {
  const line = words.split("\n").find((one) => text?.test(one) ?? true) ?? words.split("\n")[0] ?? "";
  return text === undefined ? `*${line}*` : `\`${line.replaceAll("`", "'")}\``;
}

function meaning({ means }: Row): string {
  const { why, causes, attributes, write, harmless } = means;
  return [
    `${why}${harmless ? " (harmless)" : ""}`,
    ...(causes === undefined ? [] : [`causes: ${causes.map((id) => `[${id}](causes/${id}.md)`).join(", ")}`]),
    ...(attributes === undefined ? [] : [`the user's own \`${attributes.join("`, `")}\`: write ${write}`]),
  ].join("; ");
}

function releases({ delve, go }: Row): string {
  const span = (name: string, one: Span | undefined) =>
    one === undefined ? [] : [`${name} ${one.since ?? "…"} to ${one.until ?? "now"}`];
  return [...span("Delve", delve), ...span("Go", go)].join("; ");
}

function seenIn(row: Row, runs: readonly Run[]): string {
  const found = runs.filter(({ seen }) => seen.some(({ rows }) => rows.includes(row.id)));
  const names = [...new Set(found.map(({ pair }) => pair.delve))];
  return names.length > 0 ? `Delve ${names.join(", ")}` : row.text === undefined ? "" : "read only";
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((one) => one.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
