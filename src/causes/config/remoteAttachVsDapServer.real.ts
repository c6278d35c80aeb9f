import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { freePort, type LabProcess, startProcess, until } from "../../../test/lab/server.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import { planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { remoteAttachVsDapServer } from "./remoteAttachVsDapServer.ts";

describe("a configuration and a server that do not fit", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const program = join(folder, "hello");
  const started: LabProcess[] = [];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
  });
  afterEach(async () => {
    for (const one of started.splice(0)) await one.end();
  });
  after(() => lab.remove());

  async function serve(args: readonly string[], listening: RegExp): Promise<LabProcess> {
    const server = await startProcess([await dlv(), ...args], folder, env);
    started.push(server);
    await until(() => listening.test(server.printed()), `dlv ${args[0]} listening`);
    return server;
  }

  const headless = (port: number, ...more: string[]) =>
    serve(["exec", program, "--headless", `--listen=127.0.0.1:${port}`, ...more], /API server listening at/);
  const dap = (port: number) => serve(["dap", `--listen=127.0.0.1:${port}`], /DAP server listening at/);

  async function diagnose(config: Readonly<Record<string, unknown>>) {
    const launch = { ...planned(config, folder), timeline: noTimeline };
    return (await examine(localHost, launch, [remoteAttachVsDapServer])).findings;
  }

  it("a launch at a headless server is found before it is made, and the fix attaches to the stop", async () => {
    const port = await freePort();
    const server = await headless(port);
    const config = debugConfig(folder, env, { port, host: "127.0.0.1" });
    const [finding] = await diagnose(config);
    assert.equal(finding?.cause, "remote-attach-vs-dap-server");
    assert.equal(finding.certainty, "proven");
    assert.match(finding.evidence.join("\n"), new RegExp(`pid ${server.pid}, .*dlv exec`));

    // The server still has its only client slot: nothing has connected to it.
    const attached = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
    silent(
      attached,
      "a launch at a headless server is found before it is made, and the fix attaches to the stop",
    );
  });

  it("a launch that reached a headless server is found after it failed", async () => {
    const port = await freePort();
    await headless(port, "--accept-multiclient");
    const failed = await labLaunch({ config: debugConfig(folder, env, { port }), folder, breakpoints });
    assert.equal(failed.ended, "failed");
    assert.match(String(failed.launch.timeline.failure?.text), /debug session already in progress/);
    named(failed, "remote-attach-vs-dap-server", "proven");
  });

  it("a remote attach at `dlv dap` is found, and the fix launches through that server to the stop", async () => {
    const port = await freePort();
    await dap(port);
    const config = {
      name: "lab",
      type: "go",
      request: "attach",
      mode: "remote",
      port,
      program: folder,
      env,
      debugAdapter: "dlv-dap",
    };
    const [finding] = await diagnose(config);
    assert.equal(finding?.certainty, "proven");
    const fixed = { ...fixedConfig(config, finding), __buildDir: folder };
    const launched = await labLaunch({ config: fixed, folder, breakpoints });
    silent(launched, "a remote attach at dlv dap, launched through it");
  });

  it("a remote attach that reached `dlv dap` is found after it failed; advice where no program is named", async () => {
    const port = await freePort();
    await dap(port);
    const config = { name: "lab", type: "go", request: "attach", mode: "remote", port };
    const failed = await labLaunch({ config, folder });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "remote-attach-vs-dap-server", "proven");
    assert.equal(preferredFix(finding).action.kind, "advice");

    // What the advice says, done: the check turns clear, and the attach works.
    for (const one of started.splice(0)) await one.end();
    await headless(port, "--accept-multiclient");
    const attached = await labLaunch({ config, folder, breakpoints });
    cured(finding, attached);
  });

  it("a port with nobody on it, left in a launch, is found, and the fix launches without it to the stop", async () => {
    const port = await freePort();
    const config = debugConfig(folder, env, { port, host: "127.0.0.1" });
    const [finding] = await diagnose(config);
    assert.equal(finding?.certainty, "possible");

    const refused = await labLaunch({ config, folder, breakpoints });
    assert.equal(refused.ended, "failed");
    const proof = named(refused, "remote-attach-vs-dap-server", "proven");
    assert.match(proof.evidence.join("\n"), /nothing listens there/);
    const launched = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
    silent(
      launched,
      "a port with nobody on it, left in a launch, is found, and the fix launches without it to the stop",
    );
  });

  it("a server that fits is no finding", async () => {
    const port = await freePort();
    await dap(port);
    assert.deepEqual(await diagnose(debugConfig(folder, env, { port })), []);
  });
});
