import { spawn } from "node:child_process";
import { connect } from "node:net";
import { causes } from "../../src/causes/index.ts";
import type { Verdicts } from "../../src/core/finding.ts";
import { planned } from "../../src/core/launch.ts";
import { noTimeline } from "../../src/core/timeline.ts";
import { examine } from "../../src/examine/examine.ts";
import { localHost } from "../../src/hosts/local.ts";
import { freePort } from "./server.ts";

/** What came of golang.go's legacy adapter: dlv answered it, its connection was refused or closed, or dlv printed nothing. */
export interface LegacyResult {
  readonly ended: "answered" | "refused" | "closed" | "silent";
  readonly verdicts: Verdicts;
}

/**
 * Starts dlv as golang.go's legacy adapter does (extension/src/debugAdapter/goDebug.ts): `dlv debug --headless`, and a
 * connection 200 ms after the first thing that comes on its stdout, whatever that is. The configuration is diagnosed
 * before, because Delve Doctor sees nothing of such a session. dlv is ended.
 */
export async function legacyStarts(
  config: Readonly<Record<string, unknown>>,
  folder: string,
): Promise<LegacyResult> {
  const plan = planned(config, folder);
  const verdicts = await examine(localHost, { ...plan, timeline: noTimeline }, causes);
  const port = await freePort();
  const flags = Array.isArray(config["dlvFlags"]) ? config["dlvFlags"].map(String) : [];
  const program = plan.mode === "exec" ? [String(config["program"])] : [];
  const version = config["apiVersion"] === 1 ? [] : ["--api-version=2"];
  const build = typeof config["buildFlags"] === "string" ? [`--build-flags=${config["buildFlags"]}`] : [];
  const listen = ["--headless=true", `--listen=127.0.0.1:${port}`];
  const child = spawn(plan.dlv, [plan.mode, ...program, ...flags, ...listen, ...version, ...build], {
    cwd: plan.cwd,
    env: { ...process.env, ...plan.env },
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    const printed = await Promise.race([
      new Promise<true>((resolve) => child.stdout.once("data", () => resolve(true))),
      gone,
    ]);
    if (printed === undefined) return { ended: "silent", verdicts };
    child.stdout.resume();
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { ended: await answerOf(port), verdicts };
  } finally {
    if (child.pid !== undefined) end(child.pid);
    await gone;
  }
}

/** Asks for dlv's version over JSON-RPC, as one client that then goes. */
function answerOf(port: number): Promise<LegacyResult["ended"]> {
  return new Promise<LegacyResult["ended"]>((resolve) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write('{"method":"RPCServer.GetVersion","params":[{}],"id":1}'),
    );
    socket.once("data", () => {
      resolve("answered");
      socket.destroy();
    });
    socket.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "ECONNREFUSED" ? "refused" : "closed"),
    );
    socket.once("close", () => resolve("closed"));
  });
}

function end(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
