import type { HostName } from "../core/host.ts";
import type { Report, ReportedFinding } from "../report/report.ts";
import { type SelfTest, type Step, type StepId, stepIds } from "./steps.ts";

/** What is known of a step besides its result. */
export type Seen = Pick<Step, "ms" | "detail">;

/** Where the steps are written down, each once and in their order. */
export interface Book {
  /** Tells what is tried next; nothing is written. */
  begins(id: StepId): void;
  works(id: StepId, seen?: Seen): void;
  /** `report`: the examination of the launch that failed; its findings are the causes. */
  fails(id: StepId, because: string, seen?: Seen, report?: Report): void;
  skips(ids: readonly StepId[], because: string): void;
  worked(id: StepId): boolean;
  /** The steps that nothing is written of yet. */
  open(): readonly StepId[];
  close(): SelfTest;
}

/** Who hears of a step when it begins, and when it is written. */
export interface Listener {
  readonly begins?: (id: StepId) => void;
  readonly ends?: (step: Step) => void;
}

/** Opens the book of one self-test. */
export function openBook({ kind, name }: HostName, listener: Listener): Book {
  const since = performance.now();
  const steps = new Map<StepId, Step>();
  let last: StepId | undefined;
  const findings = new Map<string, ReportedFinding>();
  const write = ({ ms, ...step }: Step) => {
    const whole = { ...step, ...(ms !== undefined && { ms: Math.round(ms) }) };
    steps.set(step.id, whole);
    listener.ends?.(whole);
  };
  return {
    begins(id) {
      if (id !== last) listener.begins?.(id);
      last = id;
    },
    works: (id, seen) => write({ id, result: "works", ...seen }),
    fails(id, because, seen, report) {
      const found = report?.findings ?? [];
      for (const one of found) if (!findings.has(one.cause)) findings.set(one.cause, one);
      write({
        id,
        result: "fails",
        ...seen,
        because,
        ...(found.length > 0 && { causes: found.map(({ cause }) => cause) }),
      });
    },
    skips(ids, because) {
      for (const id of ids) write({ id, result: "not-tried", because });
    },
    worked: (id) => steps.get(id)?.result === "works",
    open: () => stepIds.filter((id) => !steps.has(id)),
    close() {
      const all = stepIds.flatMap((id) => steps.get(id) ?? []);
      return {
        version: 1,
        host: { kind, name },
        works: all.length === stepIds.length && all.every(({ result }) => result === "works"),
        ms: Math.round(performance.now() - since),
        steps: all,
        findings: [...findings.values()],
      };
    },
  };
}
