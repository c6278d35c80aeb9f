import { spawn } from "node:child_process";
import { createConnection, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { causes } from "../../src/causes/index.ts";
import type { Verdicts } from "../../src/core/finding.ts";
import { type Launch, planned } from "../../src/core/launch.ts";
import { firstUsual } from "../../src/core/usual.ts";
import { localHost } from "../../src/hosts/local.ts";
import { sampleTree } from "../../src/hosts/procfs.ts";
import { track } from "../../src/session/track.ts";
import { freePort } from "./server.ts";

/** What happens to golang.go's start of dlv, besides what dlv does. */
export interface GolangOptions {
  /** How long it waits for dlv's line, in ms: 30,000 in golang.go. */
  readonly waitMs?: number;
  /** How long the extension host does something else right after it begins to connect, in ms. */
  readonly busyMs?: number;
  /** Runs between the choice of the port and dlv's start. */
  readonly chosen?: (port: number) => Promise<void>;
}

/** What golang.go's start came to: its words, the diagnosis of it in observe mode. */
export interface GolangResult {
  readonly ended: "connected" | "failed";
  readonly launch: Launch;
  readonly verdicts: Verdicts;
}

/**
 * Starts dlv as golang.go does where no proxy stands in between (extension/src/goDebugFactory.ts): a port that was free a
 * moment ago, the line looked for at the beginning of each piece of stdout and of file descriptor 3, one second to connect.
 * Delve Doctor observes it, as its observe mode does, and examines what it comes to. dlv is ended.
 */
export async function golangStarts(
  config: Readonly<Record<string, unknown>>,
  folder: string,
  options: GolangOptions = {},
): Promise<GolangResult> {
  const plan = planned(config, folder);
  const recording = track({ planned: plan, host: localHost, usual: firstUsual, sample: sampleTree });
  const port = await freePort();
  await options.chosen?.(port);
  const flags = Array.isArray(config["dlvFlags"]) ? config["dlvFlags"] : [];
  const argv = ["dap", ...flags, `--listen=127.0.0.1:${port}`, "--log-dest=3"];
  const child = spawn(plan.dlv, argv, {
    cwd: plan.cwd,
    env: { ...process.env, ...plan.env },
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    detached: true,
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  recording.record({ kind: "request", command: "initialize", seq: 1 });
  recording.record({ kind: "spawned", pid: child.pid ?? 0, argv: [plan.dlv, ...argv], cwd: plan.cwd });
  let socket: Socket | undefined;
  try {
    const listened = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(resolve, options.waitMs ?? 30_000, false);
      const hear = (stream: Readable | null, category: "stdout" | "stderr" | "console") =>
        stream?.on("data", (chunk: Buffer) => {
          const text = chunk.toString();
          recording.record({ kind: "output", category, text });
          if (category === "stderr" || !text.startsWith("DAP server listening at:")) return;
          clearTimeout(timer);
          resolve(true);
        });
      hear(child.stdout, "stdout");
      hear(child.stderr, "stderr");
      hear(child.stdio[3] as Readable, "console");
    });
    const connected =
      listened &&
      (await new Promise<boolean>((resolve) => {
        socket = createConnection(port, "127.0.0.1", () => {
          clearTimeout(timer);
          resolve(true);
        });
        socket.on("error", () => {});
        const timer = setTimeout(() => {
          resolve(false);
          socket?.destroy();
        }, 1000);
        block(options.busyMs ?? 0);
      }));
    const why = listened ? "connection timeout" : "Error: timed out while waiting for DAP server to start";
    if (!connected)
      recording.record({
        kind: "response",
        command: "initialize",
        seq: 1,
        success: false,
        error: { text: `Couldn't start dlv dap:\n${why}` },
      });
    const verdicts = await recording.diagnose(causes);
    return { ended: connected ? "connected" : "failed", launch: recording.launch(), verdicts };
  } finally {
    recording.close();
    socket?.destroy();
    // The whole group: a script may have started dlv as a child.
    if (child.pid !== undefined) end(child.pid);
    await gone;
  }
}

/** Keeps the event loop from turning, as an extension does that works for long at a stretch. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

function end(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
