import type { HostName } from "../core/host.ts";
import { say } from "../core/say.ts";
import type { ReportedFinding } from "../report/report.ts";

/** The parts of the launch path, in the order in which they are tried. */
export const stepIds = [
  "go",
  "dlv",
  "listen",
  "build",
  "start",
  "breakpoint",
  "variable",
  "step",
  "output",
  "exit",
  "cache",
  "attach",
  "test",
  "clean",
] as const;
export type StepId = (typeof stepIds)[number];

/** One part of the launch path, tried or not. */
export interface Step {
  readonly id: StepId;
  readonly result: "works" | "fails" | "not-tried";
  /** How long it took, where that can be said of it alone. */
  readonly ms?: number;
  /** What was seen: a path and a version, a place, a value. */
  readonly detail?: string;
  /** Why it fails, or was not tried. */
  readonly because?: string;
  /** The ids of the causes that were found for its failure, best first. */
  readonly causes?: readonly string[];
}

/**
 * What a self-test came to, version 1 (docs/selftest.md): names and shapes are stable, fields are only ever added. `works`
 * is true where every step does; `ms` is all of it; `findings` are those that the steps name, each once.
 */
export interface SelfTest {
  readonly version: 1;
  readonly host: HostName;
  readonly works: boolean;
  readonly ms: number;
  readonly steps: readonly Step[];
  readonly findings: readonly ReportedFinding[];
}

/** What a step is about, for people. */
export function titleOf(id: StepId): string {
  switch (id) {
    case "go":
      return say`go is found`;
    case "dlv":
      return say`dlv is found`;
    case "listen":
      return say`dlv starts and listens`;
    case "build":
      return say`go build works`;
    case "start":
      return say`The program starts`;
    case "breakpoint":
      return say`A breakpoint is hit`;
    case "variable":
      return say`Stack and variable are read`;
    case "step":
      return say`A step is made`;
    case "output":
      return say`Standard output arrives`;
    case "exit":
      return say`The exit code arrives`;
    case "cache":
      return say`The build cache is used`;
    case "attach":
      return say`dlv attaches to a process`;
    case "test":
      return say`A go test is debugged`;
    case "clean":
      return say`Nothing is left behind`;
  }
}

/** What came of a step, in a word or two. */
export function resultWord(result: Step["result"]): string {
  switch (result) {
    case "works":
      return say`works`;
    case "fails":
      return say`fails`;
    case "not-tried":
      return say`not tried`;
  }
}

/** "12 of 14 work.", "1 fails.", "2 were not tried.": the sum of it, in sentences. */
export function sumOf({ steps }: Pick<SelfTest, "steps">): string {
  const count = (result: Step["result"]) => steps.filter((step) => step.result === result).length;
  const [works, fails, open] = [count("works"), count("fails"), count("not-tried")];
  if (works === steps.length) return say`All ${works} parts of a debug launch work.`;
  const sentences = [say`${works} of ${steps.length} parts of a debug launch work.`];
  if (fails > 0) sentences.push(fails === 1 ? say`1 fails.` : say`${fails} fail.`);
  if (open > 0) sentences.push(open === 1 ? say`1 was not tried.` : say`${open} were not tried.`);
  return sentences.join(" ");
}
