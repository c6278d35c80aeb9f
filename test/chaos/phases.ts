import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChaosClient } from "./adapter.ts";
import { type Lair, loopLine, type Marked } from "./lair.ts";

/** Where a launch is when something happens to it; "stopped" is behind the launch, at its breakpoint. */
export const phases = ["start", "handshake", "build", "load", "configure", "run", "stopped"] as const;
export type Phase = (typeof phases)[number];

/** How long (ms) a launch may take to come to a phase on a busy machine. */
const patienceMs = 60_000;

/** A launch that is in a phase, and how to have it go on. */
export interface Held {
  readonly phase: Phase;
  /** Goes on to the breakpoint, whatever the phase is; rejects where that is not reached. */
  goOn(): Promise<void>;
}

/** Brings a launch of a client's to a phase. Rejects where it went past before it could be seen there. */
export async function hold(phase: Phase, lair: Lair, client: ChaosClient): Promise<Held> {
  const { dap } = client;
  const config = { name: "chaos", type: "go", request: "launch", mode: "debug", program: lair.source };
  const at = phases.indexOf(phase);
  const launch = () => dap.send("launch", config);
  const stop = async () => {
    const source = { path: join(lair.source, "main.go") };
    await dap.request("setBreakpoints", { source, breakpoints: [{ line: loopLine }] });
  };
  const past = (event: string) => dap.received.some((message) => message.event === event);

  let initialized: Promise<unknown> | undefined;
  const goOn = async () => {
    if (phase === "start") openGate(lair);
    if (at < 1) await initialized;
    if (at < 2) launch();
    if (at < 4) await dap.event("initialized");
    if (at < 6) await stop();
    if (at < 5) await dap.request("configurationDone");
    if (at < 6) await dap.event("stopped");
  };

  if (phase === "start") {
    execFileSync("mkfifo", [lair.gate]);
    initialized = dap.initialize();
    initialized.catch(() => {});
    await seen("dlv's start", () => lair.processes().some((one) => isDlv(one, lair)));
    return { phase, goOn };
  }
  await dap.initialize();
  if (phase === "handshake") return { phase, goOn };
  if (phase === "build") lair.change();
  launch();
  if (phase === "build") await seen("the compiler", () => namesOf(lair).includes("compile"));
  if (phase === "load") await seen("the program", () => namesOf(lair).some(isProgram));
  if (at < 4) {
    if (past("initialized")) throw new Error(`the launch went past ${phase}`);
    return { phase, goOn };
  }
  await dap.event("initialized", undefined, patienceMs);
  if (phase === "configure") return { phase, goOn };
  if (phase === "stopped") await stop();
  await dap.request("configurationDone");
  if (phase === "stopped") await dap.event("stopped");
  else await dap.event("output", ({ output }) => String(output).startsWith("up"));
  return { phase, goOn };
}

/** Lets a dlv that waits for its gate run, and every later one at once. */
function openGate({ gate }: Lair): void {
  try {
    // For writing and reading, so that nobody need wait there.
    execFileSync("sh", ["-c", 'exec 3<>"$1"; echo >&3; sleep 0.2', "sh", gate]);
  } finally {
    rmSync(gate, { force: true });
  }
}

/** The pid of the process that plays a part in a launch; undefined where none does now. */
export function pidOf(part: "dlv" | "go" | "program", lair: Lair): number | undefined {
  const is = {
    dlv: (one: Marked) => isDlv(one, lair),
    go: ({ name }: Marked) => name === "go",
    program: ({ name }: Marked) => isProgram(name),
  }[part];
  return lair.processes().find(is)?.pid;
}

/** True for a dlv that serves a launch. The gate is a shell until it becomes dlv. */
function isDlv({ name, line }: Marked, { dlv }: Lair): boolean {
  return !name.startsWith("node") && (name.startsWith("dlv") || line.includes(`${dlv} dap`));
}

function isProgram(name: string): boolean {
  return name.startsWith("__debug_bin");
}

function namesOf(lair: Lair): string[] {
  return lair.processes().map(({ name }) => name);
}

/** Waits until something holds, looking often: some phases last a few ms. */
export async function seen(what: string, holds: () => boolean, ms = patienceMs): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what} was not seen in ${ms} ms`);
    await sleep(3);
  }
}
