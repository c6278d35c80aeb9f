import type { Endured, Slope } from "./endurance.ts";
import { phases } from "./phases.ts";
import type { Part, Saved } from "./saved.ts";
import type { Result } from "./trial.ts";

/** The page docs/robustness.md, made of what was run and nothing else. */
export function robustnessPage(saved: Saved): string {
  const { machine, faults, surroundings, endurance, fuzz, memory } = saved;
  return `${[
    "# Robustness",
    "",
    "Made by `npm run docs` from [`test/chaos/figures.json`](../test/chaos/figures.json), which `npm run chaos` writes: the real",
    "`delve-doctor dap`, the real dlv and the real go, hit in each phase of a launch. What is still there afterwards is looked for by a",
    "variable in every process's environment and in every folder that a launch may write to.",
    "",
    `The machine: ${machine.cpus} × ${machine.cpu}, ${machine.memory_gb} GB, Linux ${machine.kernel}; Node ${machine.node}, Go ${machine.go}, Delve ${machine.dlv}.`,
    ...(faults ? faultTable(faults) : []),
    ...(surroundings
      ? [
          ...chapter("A bad place", surroundings),
          "A launch that builds, from its begin to its end.",
          "",
          "| what is wrong | what comes of it | left |",
          "| --- | --- | --- |",
          ...surroundings.results.map(
            ({ name, outcome, left }) => `| ${name} | ${cell(outcome)} | ${leftOf(left)} |`,
          ),
        ]
      : []),
    ...(endurance
      ? [
          ...chapter("Again and again", endurance),
          "Launches of a compiled program to a breakpoint, in one process: through `openSession`, where memory is looked at after the",
          "garbage collector ran, and through `delve-doctor dap --listen`. The slope is that of the straight line nearest to the values, by",
          "launch, with its standard error; the first fifth only warms up. The heap holds compiled code as well, of which V8 makes more the",
          "longer it watches what runs often: what is kept of a launch shows in the number of objects.",
          "",
          "| | launches | failed | objects | heap | resident memory | descriptors | timers, sockets, children | left |",
          "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
          ...endurance.results.map(endured),
        ]
      : []),
    ...(fuzz
      ? [
          ...chapter("Odd bytes", fuzz),
          "Torn, changed and invented DAP from the client and from Delve, while a launch goes on and after it. In every case: nothing is thrown",
          "past us, what comes out went in (or is a whole message of ours), a stream whose messages all end is passed byte for byte, one that",
          "cannot be read ends with one line that says why.",
          "",
          "| cases | seed | went on | refused in one line | with something not looked at, as the log says |",
          "| --- | --- | --- | --- | --- |",
          ...fuzz.results.map(
            ({ cases, seed, passed, refused, bypassed }) =>
              `| ${cases.toLocaleString("en")} | ${seed} | ${passed} | ${refused} | ${bypassed} |`,
          ),
        ]
      : []),
    ...(memory
      ? [
          ...chapter("Bytes without end", memory),
          "| from | what | sent | taken | memory grew by at most |",
          "| --- | --- | --- | --- | --- |",
          ...memory.results.map(
            ({ side, what, bytes, taken, grown }) =>
              `| ${side} | ${what} | ${mega(bytes)} | ${mega(Math.min(taken, bytes))} | ${mega(grown)} |`,
          ),
        ]
      : []),
  ].join("\n")}\n`;
}

function faultTable(part: Part<Result>): string[] {
  const { results } = part;
  const names = [...new Set(results.map(({ fault }) => fault))];
  const bad = results.filter(({ left, next }) => left.length > 0 || !next);
  const worst = Math.max(...results.map(({ goneMs }) => goneMs));
  return [
    ...chapter("Something is hit", part),
    `${results.length} combinations of a phase and a fault. After ${results.length - bad.length} of them nothing was left, and the next launch came to its breakpoint; it took ${worst.toLocaleString("en")} ms at worst until`,
    "nothing was left, a diagnosis of the failed launch included. In a cell: how long (ms).",
    "",
    `| | ${phases.join(" | ")} |`,
    `| --- |${" --- |".repeat(phases.length)}`,
    ...names.map((name) => {
      const cells = phases.map((phase) => {
        const one = results.find((result) => result.fault === name && result.phase === phase);
        if (one === undefined) return "";
        return one.left.length > 0 || !one.next ? `**${one.goneMs}**` : String(one.goneMs);
      });
      return `| ${name} | ${cells.join(" | ")} |`;
    }),
    "",
    "What the client got:",
    "",
    ...names.flatMap((name) =>
      outcomes(results.filter(({ fault }) => fault === name)).map((line) => `- ${name}: ${line}`),
    ),
    ...(bad.length > 0
      ? [
          "",
          "Not well:",
          "",
          ...bad.map(
            ({ phase, fault, left, next }) =>
              `- ${fault}, in ${phase}: ${left.length > 0 ? `left ${leftOf(left)}` : ""}${next ? "" : " the next launch failed"}`,
          ),
        ]
      : []),
  ];
}

/** What came of one fault, the phases with the same outcome together. */
function outcomes(results: readonly Result[]): string[] {
  const by = new Map<string, string[]>();
  for (const { outcome, phase } of results) by.set(outcome, [...(by.get(outcome) ?? []), phase]);
  return [...by].map(([outcome, where]) => `${cell(outcome)} (${where.join(", ")})`);
}

function chapter(title: string, { date, load }: Part<unknown>): string[] {
  return ["", `## ${title}`, "", `Run on ${date.slice(0, 10)}, at a load average of ${load}.`, ""];
}

function endured({ where, launches, failed, held, left }: Endured): string {
  const { objects, heap, rss, descriptors, resources } = held;
  const kilo = (one: Slope | undefined) => slopeText(one, 1024, "kB");
  const count = (one: Slope | undefined) => slopeText(one, 1, "");
  return `| ${where} | ${launches.toLocaleString("en")} | ${failed} | ${count(objects)} | ${kilo(heap)} | ${kilo(rss)} | ${count(descriptors)} | ${count(resources)} | ${leftOf(left)} |`;
}

function slopeText(one: Slope | undefined, unit: number, name: string): string {
  if (one === undefined) return "not asked";
  const text = (value: number) => (value / unit).toFixed(unit === 1 ? 3 : 1);
  const whole = (value: number) => Math.round(value / unit).toLocaleString("en");
  return `${whole(one.first)} → ${whole(one.last)} ${name} (${text(one.slope)} ± ${text(one.error)} a launch)`.replace(
    "  ",
    " ",
  );
}

function leftOf(left: readonly string[]): string {
  return left.length === 0 ? "nothing" : left.map((one) => `\`${one}\``).join(", ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
