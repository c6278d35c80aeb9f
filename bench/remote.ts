import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync } from "node:fs";
import { connect, createServer } from "node:net";
import { dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { causes } from "../src/causes/index.ts";
import type { Host } from "../src/core/host.ts";
import { planned } from "../src/core/launch.ts";
import { noTimeline } from "../src/core/timeline.ts";
import { examine } from "../src/examine/examine.ts";
import { nobody } from "../src/hosts/channel.ts";
import { localHost } from "../src/hosts/local.ts";
import { type Machine, machineOver } from "../src/hosts/machine.ts";
import { openSsh } from "../src/hosts/ssh/open.ts";
import { thisMachine } from "../src/hosts/ssh/thisMachine.ts";
import { labEnv, makeFolder } from "../test/lab/module.ts";
import { freePort } from "../test/lab/server.ts";
import { slowRelay } from "../test/lab/slowRelay.ts";
import { dlv, go } from "../test/lab/tools.ts";
import { withBlocks } from "../test/sshd/channels.ts";
import { noSshd, type Sshd, startSshd } from "../test/sshd/sshd.ts";
import { type Figure, interleave, round, spread } from "./figure.ts";
import type { Bench } from "./sides.ts";

/** What a diagnosis over SSH may cost besides the local one and two round trips, in ms. */
const extraMs = 200;
const distances = [0, 100, 300] as const;
/** How many echoes make one measurement of latency. */
const echoes = 200;

/** A diagnosis on this machine and over SSH with an open connection, and the latency of a channel against `ssh -L`. */
export async function remote(_: Bench, quick: boolean): Promise<Figure[]> {
  const why = noSshd();
  if (why !== undefined) {
    process.stderr.write(`remote: not measured: ${why}\n`);
    return [];
  }
  const sshd = await startSshd({ path: [dirname(await go())] });
  try {
    return [...(await diagnoses(sshd, quick)), await latency(sshd, quick)];
  } finally {
    await sshd.stop();
  }
}

/** Every probe there is a use for: a launch that has not begun has no cause ruled out by what happened. */
async function diagnoses(sshd: Sshd, quick: boolean): Promise<Figure[]> {
  const { folder, remove } = makeFolder();
  // Both sides run the same dlv, from where the account over there can see it.
  mkdirSync(join(sshd.home, "go", "bin"), { recursive: true });
  const tool = join(sshd.home, "go", "bin", "dlv");
  cpSync(await dlv(), tool);
  const env = await labEnv({ GOCACHE: join(folder, "cache") });
  const config = {
    request: "launch",
    mode: "debug",
    program: folder,
    __buildDir: folder,
    dlvToolPath: tool,
    env,
  };
  const launch = { ...planned(config, folder), timeline: noTimeline };
  const once = (host: Host) => async () => {
    const began = performance.now();
    const { unknown } = await examine(host, launch, causes);
    const took = performance.now() - began;
    const lost = unknown.find(({ because }) => because.includes("did not answer"));
    if (lost !== undefined) throw new Error(`${lost.cause}: ${lost.because}`);
    return took;
  };
  const open: (() => Promise<void>)[] = [];
  let channels = 0;
  const far = async (rtt: number): Promise<Machine> => {
    const relay = await slowRelay(sshd.port, { delayMs: rtt / 2 });
    const transport = await openTo(sshd, relay.port);
    const shell = () => {
      channels += 1;
      return transport.shell();
    };
    const machine = await machineOver({ ...transport, shell });
    open.push(machine.close, relay.close);
    return machine;
  };
  try {
    const [near, middle, distant] = [await far(0), await far(100), await far(300)];
    channels = 0;
    const rounds = await interleave(quick ? 3 : 9, {
      local: once(alike(sshd)),
      at0: once(near),
      at100: once(middle),
      at300: once(distant),
    });
    // The first round only warms up, and asks as well.
    const perDiagnosis = round(channels / (distances.length * (rounds.local.length + 1)));
    const trips: Figure = {
      figure: "channels_of_a_diagnosis_over_ssh",
      aim: "channels_per_diagnosis <= 1",
      met: perDiagnosis <= 1,
      rounds: rounds.local.length,
      channels_per_diagnosis: perDiagnosis,
    };
    const times = distances.map((rtt): Figure => {
      const remotely = rounds[`at${rtt}`];
      const added = remotely.map((ms, round) => ms - (rounds.local[round] ?? Number.NaN));
      const limit = 2 * rtt + extraMs;
      return {
        figure: `diagnosis_over_ssh_at_${rtt}_ms`,
        aim: `added_ms <= ${limit}`,
        met: spread(added).median <= limit,
        rounds: added.length,
        local_ms: spread(rounds.local),
        ssh_ms: spread(remotely),
        added_ms: spread(added),
      };
    });
    return [trips, ...times];
  } finally {
    for (const close of open) await close();
    remove();
  }
}

/**
 * This machine without SSH, and otherwise as the account over there sees it: probes look through all processes that
 * they may look at, and root on a busy machine may look at many.
 */
function alike({ uid, home }: Sshd): Host {
  const user = ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];
  return {
    kind: "local",
    name: "here",
    run: ({ argv, ...command }, limits) =>
      localHost.run(
        { ...command, argv: ["unshare", "-mpf", "--mount-proc", ...user, ...argv], env: { HOME: home } },
        limits,
      ),
  };
}

/** The time of one echo through a channel of ours, and through the tunnel of the system's ssh. */
async function latency(sshd: Sshd, quick: boolean): Promise<Figure> {
  const echo = createServer((socket) => socket.setNoDelay(true).pipe(socket)).listen(0, "127.0.0.1");
  await once(echo, "listening");
  const address = echo.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const machine = await machineOver(await openTo(sshd, sshd.port));
  const local = await freePort();
  const words = ["-F", sshd.configFile, "-N", "-L", `127.0.0.1:${local}:127.0.0.1:${port}`, "lab"];
  const tunnel = spawn("ssh", words, { stdio: "ignore" });
  const [ours, theirs] = [await machine.connect({ host: "127.0.0.1", port }), await reached(local)];
  try {
    const rounds = await interleave(quick ? 5 : 25, {
      tunnel: () => perEcho(theirs),
      channel: () => perEcho(ours),
    });
    const ratio = spread(rounds.channel.map((us, round) => us / (rounds.tunnel[round] ?? Number.NaN)));
    return {
      figure: "echo_through_ssh_channel",
      aim: "no slower than ssh -L",
      met: ratio.median <= 1,
      rounds: rounds.channel.length,
      ssh_L_us: spread(rounds.tunnel),
      channel_us: spread(rounds.channel),
      ratio,
    };
  } finally {
    theirs.destroy();
    tunnel.kill();
    await machine.close();
    echo.close();
  }
}

/** About the size of a small DAP request. */
const ping = Buffer.alloc(120, "x");

async function perEcho(stream: Duplex): Promise<number> {
  const began = performance.now();
  for (let count = 0; count < echoes; count += 1) {
    stream.write(ping);
    for (let left = ping.length; left > 0; ) {
      const [chunk] = (await once(stream, "data")) as [Buffer];
      left -= chunk.length;
    }
  }
  return ((performance.now() - began) * 1000) / echoes;
}

async function openTo(sshd: Sshd, port: number) {
  const configFile = withBlocks(
    sshd,
    `to-${port}`,
    "Host lab",
    `Port ${port}`,
    `HostKeyAlias [127.0.0.1]:${sshd.port}`,
  );
  const surroundings = { ...thisMachine(), configFile };
  const signal = new AbortController().signal;
  return openSsh("lab", { person: nobody, env: process.env, signal, surroundings });
}

async function reached(port: number): Promise<Duplex> {
  for (let tries = 0; ; tries += 1) {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    try {
      await once(socket, "connect");
      return socket;
    } catch (error) {
      if (tries > 100) throw error;
      await sleep(100);
    }
  }
}
