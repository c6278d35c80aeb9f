import { join } from "node:path";
import { type Adapter, connectClient } from "./adapter.ts";
import { type Lair, loopLine } from "./lair.ts";

/** Launches the source to its breakpoint, and gives what came of it in words. */
export async function debugs(lair: Lair, adapter: Adapter): Promise<string> {
  const client = connectClient(adapter);
  const { dap } = client;
  try {
    await dap.initialize();
    const config = { request: "launch", mode: "debug", program: lair.source };
    const launched = dap.send("launch", config);
    const answered = dap.response(launched);
    // A failed launch has no such event.
    const begun = await Promise.race([dap.event("initialized"), answered]);
    if (begun.success === false) {
      const why = /no space left on device|read-only file system/.exec(dap.printed())?.[0];
      return `${begun.message ?? "the launch fails"}${why === undefined ? "" : ` (${why})`}`;
    }
    const source = { path: join(lair.source, "main.go") };
    await dap.request("setBreakpoints", { source, breakpoints: [{ line: loopLine }] });
    await dap.request("configurationDone");
    await dap.event("stopped");
    return "it comes to its breakpoint";
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  } finally {
    const left = dap.send("disconnect", { terminateDebuggee: true });
    await dap.response(left).catch(() => {});
    client.hangUp();
    await dap.closed;
    await client.end();
  }
}
