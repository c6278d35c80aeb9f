import assert from "node:assert/strict";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { helloFiles, type LabFolder, labEnv, makeFolder, warmCache } from "../lab/module.ts";
import { dlv } from "../lab/tools.ts";
import { delveDoctor, leftIn } from "./delveDoctor.ts";

/**
 * `delve-doctor dap` with a client that is not ours: Microsoft's own DAP client for debug adapters' tests
 * (@vscode/debugadapter-testsupport, the one that the adapters in microsoft/vscode-* are tested with). It starts the
 * adapter itself, speaks over stdio with its own framing, and fails on whatever it does not expect.
 *
 * nvim-dap would be nearer to a person, and is in neither Debian nor npm.
 */
describe("delve-doctor dap with Microsoft's DAP client", () => {
  let hello: LabFolder;
  let client: DebugClient;
  before(() => warmCache());
  beforeEach(async () => {
    hello = makeFolder(helloFiles);
    // It hands an adapter one argument, so the adapter is found by name and dlv on the PATH.
    const env = await labEnv({ XDG_STATE_HOME: join(hello.folder, "state") });
    const path = [dirname(await dlv()), env["PATH"] ?? ""].join(delimiter);
    client = new DebugClient(await delveDoctor(), "dap", "go", {
      cwd: hello.folder,
      env: { ...process.env, ...env, PATH: path },
    });
    client.defaultTimeout = 120_000;
    await client.start();
  });
  afterEach(async () => {
    await client.stop();
    for (let tries = 0; leftIn(hello.folder).length > 0 && tries < 100; tries += 1) await sleep(100);
    assert.deepEqual(leftIn(hello.folder), []);
    hello.remove();
  });

  it("stops at a breakpoint, reads the stack, and runs to the end", async () => {
    const program = hello.folder;
    const file = join(hello.folder, "main.go");
    await client.hitBreakpoint({ request: "launch", mode: "debug", program }, { path: file, line: 6 });
    const threads = await client.threadsRequest();
    const [thread] = threads.body.threads;
    assert.ok(thread);
    const stack: DebugProtocol.StackTraceResponse = await client.stackTraceRequest({ threadId: thread.id });
    assert.equal(stack.body.stackFrames[0]?.name, "main.main");
    await Promise.all([client.waitForEvent("terminated"), client.continueRequest({ threadId: thread.id })]);
  });
});
