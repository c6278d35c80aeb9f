import { chapters } from "./chapters.ts";
import type { Curve, Figure, Spread } from "./figure.ts";
import type { Measured, Saved } from "./saved.ts";

/** The page docs/performance.md, made of what was measured and nothing else. */
export function performancePage({ machine, parts }: Saved): string {
  const all = Object.values(parts).flatMap(({ figures }) => figures);
  const missed = all.filter(({ met }) => !met);
  const shown = new Set(chapters.flatMap((chapter) => chapter.parts));
  const rest = Object.keys(parts).filter((name) => !shown.has(name));
  const more = rest.length > 0 ? [{ title: "Other figures", about: "", parts: rest }] : [];
  return `${[
    "# Performance",
    "",
    "Made by `npm run docs` from [`bench/figures.json`](../bench/figures.json), which `npm run bench` writes. Both sides of a comparison",
    "are measured in turn in one run, so that what else the machine does falls on both; a value is the median of its rounds, with the",
    "smallest and the largest in brackets, and a ratio is taken round by round. The unit is in a value's name.",
    "",
    `The machine: ${machine.cpus} × ${machine.cpu}, ${machine.memory_gb} GB, Linux ${machine.kernel}; Node ${machine.node}, Go ${machine.go}, Delve ${machine.dlv}.`,
    "",
    `**${all.length - missed.length} of ${all.length} aims are met.**${missed.length > 0 ? " These are not:" : ""}`,
    ...(missed.length > 0 ? ["", ...missed.map(excuse)] : []),
    ...[...chapters, ...more].flatMap(({ title, about, parts: names }) => {
      const known = names.flatMap((name) => parts[name] ?? []);
      return known.length > 0 ? chapter(title, about, known) : [];
    }),
    "",
    "## How quiet the machine was",
    "",
    "The load average over a minute before and after each part, and how long one and the same computation took, forty times around it:",
    "where its extremes lie apart, so do the figures.",
    "",
    "| part | measured at | load before | load after | the same work, ms |",
    "| --- | --- | --- | --- | --- |",
    ...Object.entries(parts).map(
      ([name, { date, load_before, load_after, same_work_ms }]) =>
        `| ${name} | ${date.slice(0, 16).replace("T", " ")} | ${load_before} | ${load_after} | ${brackets(same_work_ms)} |`,
    ),
  ].join("\n")}\n`;
}

function chapter(title: string, about: string, parts: readonly Measured[]): string[] {
  const figures = parts.flatMap((one) => one.figures);
  return [
    "",
    `## ${title}`,
    ...(about === "" ? [] : ["", about]),
    "",
    "| figure | aim | | measured |",
    "| --- | --- | --- | --- |",
    ...figures.map(
      (one) => `| ${spaced(one.figure)} | ${code(one.aim)} | ${verdict(one)} | ${values(one).join("<br>")} |`,
    ),
    ...figures.flatMap(({ figure, curve }) => (curve === undefined ? [] : plot(spaced(figure), curve))),
  ];
}

function excuse(one: Figure): string {
  return `- ${spaced(one.figure)}: ${code(one.aim)} ${verdict(one)}. ${one.why ?? "Nobody has found out why yet."}`;
}

/** Whether the aim is met; where not, by how much of its limit. */
function verdict(figure: Figure): string {
  if (figure.met) return "met";
  const by = missedBy(figure);
  return by === undefined ? "**missed**" : `**missed by ${by}**`;
}

/** By what part of its limit a figure misses its aim; undefined for an aim that cannot be read, or one that is met. */
export function missedBy(figure: Figure): string | undefined {
  const [, name = "", sign, limit = ""] = /^(\w+) ([<>]=) ([\w.]+)$/.exec(figure.aim) ?? [];
  const value = numberOf(figure[name]);
  const wanted = numberOf(figure[limit]) ?? Number(limit);
  if (value === undefined || Number.isNaN(wanted) || wanted === 0) return undefined;
  const part = sign === "<=" ? value / wanted - 1 : 1 - value / wanted;
  return part > 0 ? `${Number((part * 100).toPrecision(2))} %` : undefined;
}

function numberOf(value: Figure[string] | undefined): number | undefined {
  if (typeof value === "number") return value;
  return isSpread(value) ? value.median : undefined;
}

/** Every value that was measured, with its name. */
export function values(figure: Figure): string[] {
  return Object.entries(figure).flatMap(([name, value]) => {
    if (isSpread(value)) return [`${spaced(name)} ${brackets(value)}`];
    return typeof value === "number" ? [`${spaced(name)} ${value}`] : [];
  });
}

function isSpread(value: Figure[string] | undefined): value is Spread {
  return typeof value === "object" && "median" in value;
}

function brackets({ min, median, max }: Spread): string {
  return `${median} [${min}–${max}]`;
}

/** A bar for each size, as long as its value is by the largest. */
function plot(title: string, { size, unit, points }: Curve): string[] {
  const largest = Math.max(...points.map(({ value }) => value));
  const sizes = points.map((one) => one.size.toLocaleString("en"));
  const width = Math.max(size.length, ...sizes.map(({ length }) => length));
  const numbers = points.map(({ value }) => String(value));
  const column = Math.max(...numbers.map(({ length }) => length));
  return [
    "",
    `${title}, in ${unit}:`,
    "",
    "```text",
    size.padStart(width),
    ...points.map(({ value }, at) =>
      `${(sizes[at] ?? "").padStart(width)}  ${(numbers[at] ?? "").padStart(column)}  ${"█".repeat(Math.max(1, Math.round((value / largest) * 40)))}`.trimEnd(),
    ),
    "```",
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}

function spaced(name: string): string {
  return name.replaceAll("_", " ");
}
