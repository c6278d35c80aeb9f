import { causes } from "../../src/causes/index.ts";
import type { Verdicts } from "../../src/core/finding.ts";
import { type Launch, planned } from "../../src/core/launch.ts";
import { noTimeline } from "../../src/core/timeline.ts";
import { examine } from "../../src/examine/examine.ts";
import { localHost } from "../../src/hosts/local.ts";
import type { Machine } from "../../src/hosts/machine.ts";
import { createFramer, parseFrame } from "../../src/proxy/frames.ts";
import { type Driven, drive } from "../../src/session/drive.ts";
import { failed, underWay } from "./judge.ts";
import { until } from "./server.ts";

/** What came of a launch on another machine. */
export interface MachineResult {
  readonly ended: Driven;
  readonly launch: Launch;
  readonly verdicts: Verdicts;
}

/** A launch for another machine: a configuration as golang.go resolves it, with its paths there. */
export interface MachineOptions {
  readonly config: Readonly<Record<string, unknown>>;
  readonly folder: string;
  readonly breakpoints?: readonly { readonly file: string; readonly line: number }[];
}

/**
 * Launches with the dlv of another machine over a stream to it, until the stop, the `initialized` of an attach or the
 * failure; examines it there with every cause, and ends it. The timeline holds Delve's own refusal and nothing measured.
 */
export async function machineLaunch(machine: Machine, options: MachineOptions): Promise<MachineResult> {
  const { config, folder, breakpoints = [] } = options;
  const plan = planned(config, folder);
  const server = await machine.start({
    ...{ argv: [plan.dlv, "dap", "--listen=127.0.0.1:0"], cwd: plan.cwd, env: {}, graceMs: 1000 },
  });
  try {
    let said = "";
    server.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await until(() => said.includes("listening at: "), "dlv's port");
    const port = Number(/listening at: \S*:(\d+)/.exec(said)?.[1]);
    const stream = await machine.connect({ host: "127.0.0.1", port });
    const framer = createFramer();
    let refusal = "";
    stream.on("data", (chunk: Buffer) => {
      for (const frame of framer.push(chunk)) refusal ||= refusalIn(parseFrame(frame));
    });
    const goal = breakpoints.length > 0 ? "stop" : "initialized";
    const driven = drive(stream, { request: plan.request, config, breakpoints, goal });
    const ended = await driven.reached;
    const timeline = ended === "failed" ? failed(refusal) : underWay;
    const launch = { ...plan, timeline: { ...noTimeline, ...timeline } };
    const verdicts = await examine(machine, launch, causes, localHost);
    await driven.disconnect();
    return { ended, launch, verdicts };
  } finally {
    server.interrupt();
    await server.ended;
  }
}

/** Delve's words in the response that refuses a launch or an attach; empty for any other message. */
function refusalIn(message: Readonly<Record<string, unknown>> | undefined): string {
  const body = message?.["body"] as { readonly error?: { readonly format?: string } } | undefined;
  const refused = message?.["success"] === false && /^(launch|attach)$/.test(String(message["command"]));
  return refused ? (body?.error?.format ?? "") : "";
}
