import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needVm, type VmImage } from "../../scripts/setup/vm.ts";
import type { Answer } from "../../src/core/host.ts";
import { freePort, until } from "./server.ts";

/** A running virtual machine: a Debian whose kernel has Yama and AppArmor. It starts with ptrace_scope 0. */
export interface Vm {
  /** An OpenSSH configuration that knows the machine as `alias`, with key and known host; the user is `dev`. */
  readonly sshConfig: string;
  readonly alias: string;
  /** The port of its sshd on 127.0.0.1. */
  readonly port: number;
  readonly key: string;
  readonly knownHosts: string;
  /** dev's password, which sudo asks for: dev may do everything with it and nothing without. */
  readonly password: string;
  /** Runs a line of shell through the system's ssh, as `dev` or as root. */
  readonly ssh: (
    line: string,
    more?: { readonly user?: "root"; readonly stdin?: Buffer | string },
  ) => Promise<Answer>;
  /** What its console has printed. */
  readonly console: () => string;
  /** Ends it and removes every file of it. Never rejects. */
  readonly stop: () => Promise<void>;
}

/** Starts a fresh virtual machine in about two seconds: nothing that an earlier one was told is left. */
export async function startVm(): Promise<Vm> {
  const image = await needVm();
  const folder = mkdtempSync(join(tmpdir(), "dd-vm-"));
  try {
    for (let left = 3; ; left -= 1) {
      const vm = await start(image, folder);
      if (typeof vm !== "string") return vm;
      // Another process may take the port between the look for a free one and QEMU.
      if (left === 0 || !vm.includes("host forwarding")) throw new Error(`The virtual machine: ${vm}`);
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

const alias = "delvevm";

/** The machine, or what QEMU said when it ended at once. */
async function start(image: VmImage, folder: string): Promise<Vm | string> {
  const port = await freePort();
  const qemu = image.start(port);
  const gone = once(qemu, "close");
  const stop = async () => {
    qemu.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  let printed = "";
  let ended = false;
  void gone.then(() => {
    ended = true;
  });
  for (const stream of [qemu.stdout, qemu.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  qemu.stdin?.on("error", () => {});
  const says = (word: string) => until(() => ended || printed.includes(word), `the machine's "${word}"`);

  const { key, sshConfig, knownHosts } = access(folder, port, image.hostKey);
  const password = randomBytes(9).toString("hex");
  try {
    await says("vm: waiting");
    const line = [Math.floor(Date.now() / 1000), password, readFileSync(`${key}.pub`, "utf8").trim()];
    qemu.stdin?.write(`${line.join(" ")}\n`);
    await says("vm: ready");
  } catch (error) {
    await stop();
    throw error;
  }
  if (ended) return printed;
  return {
    ...{ sshConfig, alias, port, key, knownHosts, password, stop },
    console: () => printed,
    ssh: (command, more = {}) => {
      const user = more.user === undefined ? [] : ["-l", more.user];
      return ssh(["-F", sshConfig, "-o", "BatchMode=yes", ...user, alias, command], more.stdin ?? "");
    },
  };
}

/** Makes a key and writes what ssh needs to know. */
function access(folder: string, port: number, hostKey: string) {
  const [key, sshConfig, knownHosts] = [
    join(folder, "key"),
    join(folder, "ssh_config"),
    join(folder, "known_hosts"),
  ];
  rmSync(key, { force: true });
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", key]);
  writeFileSync(knownHosts, `[127.0.0.1]:${port} ${hostKey}\n`);
  const lines = [
    `Host ${alias}`,
    "HostName 127.0.0.1",
    `Port ${port}`,
    "User dev",
    `IdentityFile ${key}`,
    "IdentitiesOnly yes",
    `UserKnownHostsFile ${knownHosts}`,
    "GlobalKnownHostsFile none",
    "StrictHostKeyChecking yes",
  ];
  writeFileSync(sshConfig, `${lines.join("\n")}\n`);
  return { key, sshConfig, knownHosts };
}

function ssh(args: readonly string[], stdin: Buffer | string): Promise<Answer> {
  return new Promise((resolve) => {
    const limits = { timeout: 60_000, maxBuffer: 16 * 1024 * 1024 };
    const child = execFile("ssh", args, limits, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ code, stdout, stderr, timedOut: error?.killed === true });
    });
    child.stdin?.on("error", () => {});
    child.stdin?.end(stdin);
  });
}
