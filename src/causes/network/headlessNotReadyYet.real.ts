import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, serverLab, until } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { listenersOn } from "../../../test/lab/sockets.ts";
import type { Host } from "../../core/host.ts";
import { localHost } from "../../hosts/local.ts";
import { sampleTree } from "../../hosts/procfs.ts";

describe("a headless server that takes no connection yet", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  before(() => lab.prepare());
  afterEach(() => lab.endAll());
  after(() => lab.remove());

  const stall = (port: number) =>
    labLaunch({ config: lab.attach(port), folder, breakpoints, stallAfter: 1500 });

  async function attaches(port: number): Promise<void> {
    const attached = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    assert.equal(attached.ended, "stopped");
    assert.deepEqual(attached.verdicts.findings, []);
  }

  it("because it waits for its program is found, and answers once that is there", async () => {
    const port = await freePort();
    const awaited = join(folder, "awaited");
    copyFileSync(lab.program, awaited);
    const server = await lab.start([
      lab.dlv,
      "attach",
      `--waitfor=${awaited}`,
      "--waitfor-interval=100",
      "--headless",
      "--accept-multiclient",
      `--listen=127.0.0.1:${port}`,
    ]);
    await until(() => listenersOn(port).length > 0, "dlv listening");
    const stalled = await stall(port);
    assert.equal(stalled.ended, "stalled");
    const finding = named(stalled, "headless-not-ready-yet", "proven");
    assert.equal(finding.explains?.phase, "handshake");
    assert.match(finding.because, new RegExp(`pid ${server.pid}\\).* waits for a process .*awaited`));

    // dlv looks at each pid once: one that it sees between fork and exec it never takes for the program.
    const traced = (pid: number) => !/^TracerPid:\t0$/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    let found = false;
    for (let tries = 0; tries < 10 && !found; tries++) {
      const { pid } = await lab.start([awaited]);
      found = await until(() => traced(pid), "dlv attached", 1000).then(
        () => true,
        () => false,
      );
    }
    assert.ok(found);
    await attaches(port);
  });

  it("because it loads a big program with little CPU is found, and answers once that is loaded", async () => {
    const port = await freePort();
    const [cpu = "0"] =
      /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.slice(1) ?? [];
    const pinned = ["taskset", "-c", cpu];
    const burners = [];
    // Twelve others want the same processor, so that dlv gets a twelfth of it: priorities count only inside a session.
    while (burners.length < 12) burners.push(await lab.start([...pinned, "sh", "-c", "while :; do :; done"]));
    const listen = `--listen=127.0.0.1:${port}`;
    const dlv = [lab.dlv, "exec", lab.dlv, "--headless", "--accept-multiclient", listen];
    const server = await lab.start([...pinned, ...dlv]);
    await until(() => server.printed().includes("listening"), "dlv listening");
    const stopOnEntry = { config: { ...lab.attach(port), stopOnEntry: true }, folder, goal: "stop" } as const;
    const stalled = await labLaunch({ ...stopOnEntry, stallAfter: 1500 });
    assert.equal(stalled.ended, "stalled");
    const finding = named(stalled, "headless-not-ready-yet", "proven");
    assert.match(finding.because, new RegExp(`dlv \\(pid ${server.pid}\\).* still loads its program`));

    for (const one of burners) await one.end();
    const attached = await labLaunch(stopOnEntry);
    cured(finding, attached);
  });

  it("because a signal has stopped it is told apart, and answers once it runs on", async () => {
    const port = await freePort();
    const server = await lab.headless(port, ["--accept-multiclient"]);
    process.kill(server.pid, "SIGSTOP");
    const stalled = await stall(port);
    assert.equal(stalled.ended, "stalled");
    const finding = named(stalled, "headless-not-ready-yet", "proven");
    assert.match(finding.because, /is stopped by a signal/);
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    const [file = "", ...args] = action.argv;
    // The same command for a process that started at another time changes nothing.
    assert.throws(() => execFileSync(file, args.with(-1, "1"), { stdio: "ignore" }));
    execFileSync(file, args);
    await attaches(port);
  });

  it("because it still builds is found after the refusal, and takes the attach when it has built", async () => {
    const port = await freePort();
    const go = join(folder, "build-now");
    const slow = join(folder, "slow");
    writeFileSync(
      slow,
      `#!/bin/sh\ncase $* in *-V=full*) ;; *) while [ ! -e ${go} ]; do sleep 0.1; done ;; esac\nexec "$@"\n`,
      {
        mode: 0o755,
      },
    );
    const server = await lab.start([
      lab.dlv,
      "debug",
      "--headless",
      "--accept-multiclient",
      `--listen=127.0.0.1:${port}`,
      `--output=${join(folder, "built")}`,
      `--build-flags=-toolexec=${slow}`,
    ]);
    const building = () => sampleTree(server.pid).processes.some(({ name }) => name === "go");
    await until(building, "go building");
    const refused = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    assert.equal(refused.ended, "failed");
    const finding = named(refused, "headless-not-ready-yet", "proven");
    assert.equal(finding.explains?.phase, "start");
    assert.match(finding.because, /still builds its program/);

    writeFileSync(go, "");
    await until(() => server.printed().includes("listening"), "dlv listening");
    await attaches(port);
  });

  it("because it still builds is found where dlv is process 1, as in a container", async function () {
    if (process.getuid?.() !== 0) skip(this, "only root can make a pid namespace");
    const port = await freePort();
    const held = join(folder, "held");
    writeFileSync(held, "#!/bin/sh\nsleep 600\n", { mode: 0o755 });
    const dlv = [
      lab.dlv,
      "debug",
      "--headless",
      `--listen=127.0.0.1:${port}`,
      `--build-flags=-toolexec=${held}`,
    ];
    const unshare = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
    const outer = await lab.start([...unshare, ...dlv]);
    const inside = () => sampleTree(outer.pid).processes;
    await until(() => inside().some(({ name }) => name === "go"), "go building");
    const first = inside().find(({ name }) => name === "dlv");
    const enter = ["nsenter", `--target=${first?.pid}`, "--pid", "--mount", "--"];
    const within: Host = {
      ...localHost,
      run: ({ argv, ...command }, limits) => localHost.run({ ...command, argv: [...enter, ...argv] }, limits),
    };
    const [finding] = await lab.diagnose(lab.attach(port), within);
    await outer.end();
    await until(() => !existsSync(`/proc/${first?.pid}`), "the end of the namespace");
    assert.equal(finding?.cause, "headless-not-ready-yet");
    assert.match(finding.because, /^dlv \(pid 1\).* still builds its program/);
  });
});
