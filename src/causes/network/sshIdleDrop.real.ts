import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Debugging, debugging } from "../../../test/lab/debugging.ts";
import { freePort, serverLab, until } from "../../../test/lab/dlvServer.ts";
import { type Forgetful, forgetful } from "../../../test/lab/forgetful.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { listenersOn } from "../../../test/lab/sockets.ts";
import { noSshd, type Sshd, startSshd } from "../../../test/sshd/sshd.ts";
import type { LaunchEvent } from "../../core/event.ts";
import { planned } from "../../core/launch.ts";
import type { LinkHappening } from "../../core/link.ts";
import { replay } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { applyChange } from "../../fixes/apply.ts";
import { changeOf } from "../../fixes/change.ts";
import { nobody, type Transport } from "../../hosts/channel.ts";
import { localHost } from "../../hosts/local.ts";
import { machineOver } from "../../hosts/machine.ts";
import { withSshOption } from "../../hosts/ssh/editConfig.ts";
import { openSsh } from "../../hosts/ssh/open.ts";
import { thisMachine } from "../../hosts/ssh/thisMachine.ts";
import { causes } from "../index.ts";

/** After how long (ms) the router between us and the host forgets a connection in which nothing goes through. */
const forgetMs = 3000;
/** A keep-alive (s) that comes too late for it. */
const late = 5;

describe("an SSH connection that is forgotten on its way", function () {
  this.timeout(180_000);
  const lab = serverLab();
  const [stop = { file: "", line: 0 }] = lab.breakpoints;
  const transports: Transport[] = [];
  const open: Debugging[] = [];
  let sshd: Sshd | undefined;
  let router: Forgetful | undefined;

  before(async function () {
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    await lab.prepare();
    sshd = await startSshd({ config: ["PermitRootLogin yes", `SetEnv SHLVL=2 HOME=${lab.folder}`] });
    router = await forgetful(sshd.port, forgetMs);
  });
  afterEach(async () => {
    for (const { client } of open.splice(0)) client.close();
    for (const one of transports.splice(0)) await one.close();
    await lab.endAll();
  });
  after(async () => {
    await router?.close();
    await sshd?.stop();
    lab.remove();
  });

  /** An ssh_config whose hosts are behind the router, with a keep-alive (s) for root. */
  function configure(seconds: number): string {
    const { configFile = "", port = 0 } = sshd ?? {};
    const through = [`HostKeyAlias [127.0.0.1]:${port}`, "ServerAliveCountMax 1"];
    const behind = readFileSync(configFile, "utf8").replaceAll(
      `Port ${port}`,
      [`Port ${router?.port}`, ...through].join("\n  "),
    );
    const file = join(lab.folder, "ssh_config");
    const edit = withSshOption(behind, "root", "ServerAliveInterval", String(seconds));
    writeFileSync(file, "text" in edit ? edit.text : assert.fail(edit.refused));
    return file;
  }

  async function connect(configFile: string): Promise<Transport> {
    const transport = await openSsh("root", {
      person: nobody,
      env: process.env,
      signal: AbortSignal.timeout(60_000),
      surroundings: { ...thisMachine(), configFile },
    });
    transports.push(transport);
    return transport;
  }

  /** Stands in for the session's own recording: what the transport tells, as happenings of a launch. */
  async function losing(configFile: string, seconds: number) {
    const opened = (): LinkHappening => ({
      kind: "link",
      what: "opened",
      host: { kind: "ssh", name: "root" },
      via: "ssh2",
      keepAliveMs: seconds * 1000,
    });
    const events: LaunchEvent[] = [{ t: 0, ...opened() }];
    const transport = await connect(configFile);
    const since = performance.now();
    const because = await transport.lost;
    const silentMs = performance.now() - since;
    const lost = { because, silentMs, keepAliveMs: seconds * 1000, how: "silence" } as const;
    events.push({ t: 1, kind: "link", what: "lost", ...lost });
    const again = await machineOver(await connect(configFile));
    events.push({ t: 2, ...opened() });
    const launch = { ...planned({}, "/"), timeline: replay(events) };
    return (await examine(again, launch, causes, localHost)).findings;
  }

  it("is found for the doctor's own connection, and the edit of ssh_config keeps the next one", async () => {
    const sshConfig = configure(late);
    const [finding, ...others] = await losing(sshConfig, late);
    assert.equal(finding?.cause, "ssh-idle-drop");
    assert.deepEqual([finding.certainty, others], ["possible", []]);
    assert.match(finding.evidence.join("\n"), /two keep-alives had no answer/);

    const fix = preferredFix(finding);
    const before = readFileSync(sshConfig, "utf8");
    const change = await changeOf(fix, { folder: lab.folder, platform: "linux", config: {}, sshConfig });
    assert.equal((await applyChange(change, localHost)).kind, "applied");
    const value = fix.action.kind === "ssh-config" ? fix.action.value : "";
    assert.ok(Number(value) * 2 <= late, value);
    assert.equal(
      readFileSync(sshConfig, "utf8"),
      before.replace(`ServerAliveInterval ${late}`, `ServerAliveInterval ${value}`),
    );

    const transport = await connect(sshConfig);
    const quiet = new Promise((resolve) => setTimeout(resolve, 2 * forgetMs, "still there"));
    assert.equal(await Promise.race([transport.lost, quiet]), "still there");
    const { code } = await (await machineOver(transport)).run(
      { argv: ["true"] },
      { ms: 30_000, bytes: 1024 },
    );
    assert.equal(code, 0);
  });

  async function tunnel(seconds: number): Promise<Debugging> {
    const [port, near] = [await freePort(), await freePort()];
    await lab.headless(port, ["--accept-multiclient"]);
    await lab.start(["ssh", "-F", configure(seconds), "-N", "-L", `${near}:127.0.0.1:${port}`, "root"]);
    await until(() => listenersOn(near).length > 0, "the tunnel");
    const one = await debugging(lab.attach(near), lab.folder, stop, 0);
    open.push(one);
    return one;
  }

  it("is found for a tunnel that no longer answers after a thought; with the keep-alive it does", async () => {
    const forgotten = router?.forgotten() ?? 0;
    const lost = await tunnel(late);
    await until(() => (router?.forgotten() ?? 0) > forgotten, "the router to forget");
    lost.client.send("threads");
    const finding = named({ verdicts: await lost.ended() }, "ssh-idle-drop", "possible");
    assert.match(finding.evidence.join("\n"), /ssh -G root: serveraliveinterval 5/);
    const { action } = preferredFix(finding);
    assert.match(action.kind === "advice" ? action.text : "", /ServerAliveInterval 1 for root/);

    const kept = await tunnel(1);
    assert.equal(await kept.think(2 * forgetMs), 0);
    const { body } = await kept.client.request("threads");
    assert.ok(Array.isArray(body?.["threads"]), "the session still answers");
    cured(finding, { verdicts: await kept.leave() });
  });
});
