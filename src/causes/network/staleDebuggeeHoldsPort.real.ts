import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { freePort, type LabProcess, startProcess, until } from "../../../test/lab/server.ts";
import { establishedOn, listenersOn } from "../../../test/lab/sockets.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import type { Finding } from "../../core/finding.ts";
import { drive } from "../../session/drive.ts";

/** Listens on the port in PORT, and says so; line 15 is reached only when it got it. */
const server = `package main

import (
	"fmt"
	"log"
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening", listener.Addr())
	select {}
}
`;

describe("a port that an earlier debug session still has", function () {
  this.timeout(240_000);
  const lab = makeFolder({ "go.mod": "module example.com/server\n\ngo 1.25\n", "main.go": server });
  const { folder } = lab;
  const program = join(folder, "__debug_bin");
  const breakpoints = [{ file: join(folder, "main.go"), line: 15 }];
  const started: LabProcess[] = [];
  const left: number[] = [];
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
    for (const pid of left.splice(0)) if (existsSync(`/proc/${pid}`)) process.kill(pid, "SIGKILL");
  });
  after(() => lab.remove());

  const configFor = (port: number) =>
    debugConfig(folder, { ...env, PORT: String(port) }, { mode: "exec", program });

  async function listener(port: number): Promise<number> {
    await until(() => listenersOn(port).length > 0, `the program listening on ${port}`);
    const pid = listenersOn(port)[0] ?? 0;
    left.push(pid);
    return pid;
  }

  async function afterFix(port: number, finding: Finding, argv: readonly string[]): Promise<void> {
    const [file = "", ...args] = argv;
    execFileSync(file, args);
    await until(() => listenersOn(port).length === 0, `port ${port} free`);
    const again = await labLaunch({ config: configFor(port), folder, breakpoints });
    cured(finding, again);
  }

  /** The same command for a process that started at another time, as if the pid had been given away: it ends nothing. */
  function refuses(argv: readonly string[], pid: number): void {
    const at = argv.indexOf(String(pid)) + 1;
    const [file = "", ...args] = argv.map((word, index) => (index === at ? `${word}1` : word));
    const { status, stderr } = spawnSync(file, args, { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^pid ${pid} is no longer \\S+: nothing was ended$`, "m"));
    assert.ok(existsSync(`/proc/${pid}`));
  }

  it("by a program whose dlv was killed is found, and ended by its pid", async () => {
    const port = await freePort();
    const args = [
      "exec",
      program,
      "--headless",
      "--accept-multiclient",
      "--continue",
      "--listen=127.0.0.1:0",
    ];
    const old = await startProcess([await dlv(), ...args], folder, { ...env, PORT: String(port) });
    started.push(old);
    const pid = await listener(port);
    process.kill(old.pid, "SIGKILL");
    await until(() => !existsSync(`/proc/${old.pid}/fd/0`), "dlv gone");
    assert.deepEqual(listenersOn(port), [pid]);

    const refused = await labLaunch({ config: configFor(port), folder, breakpoints });
    assert.notEqual(refused.ended, "stopped");
    const finding = named(refused, "stale-debuggee-holds-port", "proven");
    assert.match(finding.because, new RegExp(`Port ${port} belongs to __debug_bin \\(pid ${pid}\\)`));
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    refuses(action.argv, pid);
    await afterFix(port, finding, action.argv);
  });

  it("by a program under a dlv without a client is found, and both are ended", async () => {
    const port = await freePort();
    const old = await startProcess([await dlv(), "dap", "--listen=127.0.0.1:0"], folder, {
      ...env,
      PORT: String(port),
    });
    started.push(old);
    await until(() => /listening at: \S+:\d+/.test(old.printed()), "dlv dap listening");
    const dapPort = Number(/listening at: \S+:(\d+)/.exec(old.printed())?.[1]);
    const socket = connect(dapPort, "127.0.0.1");
    const session = drive(socket, {
      request: "launch",
      config: configFor(port),
      breakpoints: [],
      goal: "initialized",
    });
    assert.equal(await session.reached, "initialized");
    const pid = await listener(port);
    // A stopped dlv does not see that its client has gone.
    process.kill(old.pid, "SIGSTOP");
    socket.destroy();
    await until(() => socket.destroyed && !establishedOn(dapPort), "the client gone");

    const refused = await labLaunch({ config: configFor(port), folder, breakpoints });
    const finding = named(refused, "stale-debuggee-holds-port", "proven");
    assert.match(finding.because, new RegExp(`under dlv \\(pid ${old.pid}\\)`));
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    assert.deepEqual([action.argv[5], action.argv[8]], [String(pid), String(old.pid)]);
    refuses(action.argv, old.pid);
    await afterFix(port, finding, action.argv);
  });

  it("by a session that is really going on is no finding", async () => {
    const port = await freePort();
    const other = await startProcess([await dlv(), "dap", "--listen=127.0.0.1:0"], folder, {
      ...env,
      PORT: String(port),
    });
    started.push(other);
    await until(() => /listening at: \S+:\d+/.test(other.printed()), "dlv dap listening");
    const socket = connect(Number(/listening at: \S+:(\d+)/.exec(other.printed())?.[1]), "127.0.0.1");
    const session = drive(socket, {
      request: "launch",
      config: configFor(port),
      breakpoints: [],
      goal: "initialized",
    });
    assert.equal(await session.reached, "initialized");
    await listener(port);
    const refused = await labLaunch({ config: configFor(port), folder, breakpoints });
    assert.notEqual(refused.ended, "stopped");
    assert.ok(refused.verdicts.clear.includes("stale-debuggee-holds-port"));
    await session.disconnect();
  });

  it("by any other program is no finding", async () => {
    const port = await freePort();
    const other = await startProcess(
      [process.execPath, "-e", `require("net").createServer().listen(${port}, "127.0.0.1")`],
      folder,
    );
    started.push(other);
    await listener(port);
    const refused = await labLaunch({ config: configFor(port), folder, breakpoints });
    assert.notEqual(refused.ended, "stopped");
    assert.ok(refused.verdicts.clear.includes("stale-debuggee-holds-port"));
  });
});
