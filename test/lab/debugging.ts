import { duplexPair } from "node:stream";
import { causes } from "../../src/causes/index.ts";
import type { Verdicts } from "../../src/core/finding.ts";
import { planned } from "../../src/core/launch.ts";
import { firstUsual } from "../../src/core/usual.ts";
import { localHost } from "../../src/hosts/local.ts";
import { sampleTree } from "../../src/hosts/procfs.ts";
import { openSession, type Session } from "../../src/session/session.ts";
import { type DapClient, dapClient } from "../dap/client.ts";

/** A person who debugs: a client at a stop, and the session between it and dlv. */
export interface Debugging {
  readonly client: DapClient;
  readonly session: Session;
  /** Lets time pass in which the client says nothing; gives the number of messages it got in it. */
  think(ms: number): Promise<number>;
  /** Waits until the session is over, and examines it with every cause. */
  ended(): Promise<Verdicts>;
  /** Ends the session as an editor does, and examines it. */
  leave(): Promise<Verdicts>;
}

/** Attaches through the real proxy to a dlv that the lab started, and waits for the stop at a breakpoint. */
export async function debugging(
  config: Readonly<Record<string, unknown>>,
  folder: string,
  { file, line }: { readonly file: string; readonly line: number },
  keepAliveMs: number,
): Promise<Debugging> {
  const [near, far] = duplexPair();
  const session = openSession(far, {
    planned: planned({ ...config }, folder),
    host: localHost,
    usual: firstUsual,
    sample: sampleTree,
    keepAliveMs,
  });
  const client = dapClient(near);
  try {
    await client.initialize();
    const attached = client.send("attach", { mode: "remote" });
    await client.event("initialized");
    await client.request("setBreakpoints", { source: { path: file }, breakpoints: [{ line }] });
    await client.request("configurationDone");
    await client.response(attached);
    await client.event("stopped");
  } catch (error) {
    client.close();
    await session.done;
    throw error;
  }
  const ended = async () => {
    await session.done;
    return session.diagnose(causes);
  };
  return {
    client,
    session,
    async think(ms) {
      const before = client.received.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
      return client.received.length - before;
    },
    ended,
    async leave() {
      await client.request("disconnect", { terminateDebuggee: false });
      client.close();
      return ended();
    },
  };
}
