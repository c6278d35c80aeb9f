import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Happening } from "../core/event.ts";
import { recordOf } from "../core/json.ts";
import { say } from "../core/say.ts";
import type { Reach } from "./contract.ts";
import { deferred } from "./deferred.ts";
import { type Death, graceMs } from "./dlv.ts";
import { noTraces, removeLeftovers, thisMoment, trace, traceBuild, traceSample } from "./leftovers.ts";
import type { TerminalPlan } from "./plan.ts";
import { isOurs, peerOf, socketInodes } from "./sockets.ts";
import { findProgram } from "./startError.ts";
import { allPids, endTree, isAlive, pidsOf } from "./tree.ts";

/** How long (ms) dlv may take to dial back; longer only while the terminal's process is there to be seen. */
const callbackLimitMs = 30_000;

/** Sends a reverse request to the client; resolves with its response, or undefined when the client is gone. */
export type Ask = (command: string, args: object) => Promise<DebugProtocol.Response | undefined>;

/**
 * Has the client run dlv in a terminal and waits for it to dial back (--client-addr). dlv is then no child of ours: it
 * is ended by its own tree, never by the terminal's process group.
 */
export async function runInTerminal(
  plan: TerminalPlan,
  ask: Ask,
  record: (happening: Happening) => void,
): Promise<Reach> {
  if (plan.asRoot && findProgram("sudo", process.env["PATH"] ?? "", plan.cwd) === undefined)
    throw new Error(say`asRoot needs sudo, which is not on the PATH`);
  const since = thisMoment();
  const socket = deferred<Socket>();
  const died = deferred<Death>();
  let dlv: number | undefined;
  let joined: Socket | undefined;
  const server = createServer({ noDelay: true }, (peer) => {
    if (!isOurs(peer, plan.asRoot)) {
      peer.destroy();
      return;
    }
    server.close();
    joined = peer;
    const inode = peerOf(peer)?.inode;
    dlv = inode === undefined ? undefined : allPids().find((pid) => socketInodes(pid).has(inode));
    if (dlv !== undefined) record({ kind: "spawned", pid: dlv, argv: plan.argv, cwd: plan.cwd });
    record({ kind: "connected", address: `${peer.remoteAddress}:${peer.remotePort}` });
    peer.once("close", () => died.resolve({ text: say`dlv closed the connection`, normal: true }));
    socket.resolve(peer);
  });
  const port = await listening(server);
  const address = `127.0.0.1:${port}`;
  record({ kind: "awaiting", address });
  const argv = [...plan.argv, `--client-addr=${address}`];
  void open(plan, argv, ask, server, socket.reject);

  const traces = noTraces();
  const kill = async () => {
    server.close();
    socket.reject(new Error("the launch was cancelled"));
    if (dlv !== undefined) {
      const tree = { root: dlv, ownsSession: false };
      await traceBuild(() => pidsOf(tree), traces);
      await endTree(tree, "SIGINT", plan.attaches ? graceMs.attached : graceMs.build, (pid) =>
        trace(pid, traces),
      );
    }
    await removeLeftovers(plan.built, since(), traces);
    // A dlv whose pid is not ours to see (root's, or where there is no /proc) ends itself when its client is gone.
    joined?.destroy();
  };
  return {
    socket: socket.promise,
    ours: true,
    died: died.promise,
    pid: () => dlv,
    sampled(sample) {
      if (plan.built !== undefined) traceSample(sample, traces);
    },
    kill,
    async finish(ms) {
      server.close();
      const end = performance.now() + ms;
      while (dlv !== undefined && isAlive(dlv) && performance.now() < end) await sleep(20);
      if (dlv !== undefined && isAlive(dlv)) await kill();
      else await removeLeftovers(undefined, since(), traces);
    },
  };
}

async function open(
  plan: TerminalPlan,
  argv: readonly string[],
  ask: Ask,
  server: Server,
  fail: (error: Error) => void,
): Promise<void> {
  const { console: kind, title, cwd, env } = plan;
  const answer = await ask("runInTerminal", { kind, title, cwd, args: argv, env });
  if (answer?.success !== true) {
    server.close();
    const why = answer?.message ?? say`the client closed the connection`;
    fail(new Error(say`the client could not run dlv in its terminal: ${why}`));
    return;
  }
  const { processId, shellProcessId } = recordOf(answer.body);
  const shown = [processId, shellProcessId].filter(
    (pid): pid is number => typeof pid === "number" && pid > 0,
  );
  const begun = performance.now();
  while (server.listening) {
    await sleep(200, undefined, { ref: false });
    const late = performance.now() - begun > callbackLimitMs;
    // A sudo prompt may wait for its password as long as the terminal is there.
    if (!late || shown.some(isAlive)) continue;
    server.close();
    fail(
      new Error(
        say`dlv in the terminal did not connect back in ${callbackLimitMs / 1000} s: ${argv.join(" ")}`,
      ),
    );
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const at = server.address();
      resolve(typeof at === "object" && at !== null ? at.port : 0);
    });
  });
}
