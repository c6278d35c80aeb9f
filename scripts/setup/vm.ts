import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { arch } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { needDebian } from "./debian.ts";
import { needDelve } from "./delve.ts";
import { part } from "./part.ts";
import { run, step } from "./run.ts";

/** A Debian with Yama, AppArmor, sshd, sudo and dlv, saved at the moment when it has booted. */
export interface VmImage {
  /** Starts it from where it was saved: QEMU with the console on its stdin and stdout, and sshd on this port of 127.0.0.1. */
  start(port: number): ChildProcess;
  /** The public host key of its sshd, as a known_hosts file has it behind the name. */
  readonly hostKey: string;
}

/** Why there can be no virtual machine here, in words; undefined where there can. */
export function noVm(): string | undefined {
  if (arch() !== "x64") return `the virtual machine is an x86-64, and this is ${arch()}`;
  const debian = /^ID=debian$/m.test(readOr("/etc/os-release"));
  if (!debian) return "the virtual machine is made of the packages of a Debian, and this is none";
  return process.getuid?.() === 0 ? undefined : "only root can make the virtual machine's disk";
}

/** Makes the image where it is missing: about a minute, 60 MB of packages, 300 MB on the disk. */
export async function needVm(): Promise<VmImage> {
  await needDebian("qemu-system-x86", "e2fsprogs", "kmod", "openssh-client");
  const delve = await needDelve();
  const built = basename(dirname(dirname(delve)));
  const folder = await part(`vm-${await recipe()}-${built}`, (building) =>
    step("Making the virtual machine", async () => {
      await run(["apt-get", "-qq", "update"]);
      await run(["sh", join(files, "image.sh"), building, delve]);
      await save(building);
    }),
  );
  return {
    hostKey: readFileSync(join(folder, "hostkey.pub"), "utf8").trim(),
    start(port) {
      const saved = ["-serial", "stdio", "-incoming", `exec:cat '${folder}/state'`];
      // What a test writes goes into a file that QEMU has deleted already.
      return start(folder, { disk: "snapshot=on", network: `,hostfwd=tcp:127.0.0.1:${port}-:22` }, saved);
    },
  };
}

const files = join(import.meta.dirname, "vm");

/** What the image depends on besides dlv: its recipe, and the very QEMU that must load the saved state again. */
async function recipe(): Promise<string> {
  const hash = createHash("sha256").update(await run(["qemu-system-x86_64", "--version"]));
  const texts = readdirSync(files, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [import.meta.filename, ...texts.sort()]) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

/**
 * The same hardware for the boot that is saved and for every start from it, or the state does not load. TCG alone: KVM
 * may be there and fail, and a state of the one does not load in the other. A plain CPU without the kernel's mitigations
 * takes a third less of the emulator's time. The guest reaches no network, and the kernel ends QEMU with the process that
 * started it, however that one ends.
 */
function start(
  folder: string,
  { disk, network }: { readonly disk: string; readonly network: string },
  more: readonly string[],
): ChildProcess {
  const argv = [
    ["--pdeathsig", "KILL", "qemu-system-x86_64", "-nodefaults", "-no-user-config", "-no-reboot"],
    ["-machine", "pc", "-accel", "tcg", "-cpu", "Nehalem", "-smp", "2", "-m", "512", "-display", "none"],
    ["-kernel", join(folder, "kernel"), "-initrd", join(folder, "initrd")],
    ["-append", "console=ttyS0 quiet panic=-1 mitigations=off"],
    ["-drive", `file=${folder}/disk,format=raw,if=virtio,cache=unsafe,${disk}`],
    ["-nic", `user,model=virtio-net-pci,restrict=on${network}`],
  ].flat();
  return spawn("setpriv", [...argv, ...more], { stdio: ["pipe", "pipe", "pipe"] });
}

/** How long (ms) a boot may take: 8 s where nothing else runs. */
const bootMs = 240_000;

/** Boots the disk until its root waits for a test, and writes the whole machine's state beside it. */
async function save(folder: string): Promise<void> {
  const log = join(folder, "console");
  // The memory that is saved knows what was written to the disk, so here it is really written.
  const backing = { disk: "snapshot=off", network: "" };
  const qemu = start(folder, backing, ["-serial", `file:${log}`, "-monitor", "stdio"]);
  const gone = once(qemu, "close");
  let said = "";
  for (const stream of [qemu.stdout, qemu.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  try {
    const end = performance.now() + bootMs;
    while (!readOr(log).includes("vm: waiting")) {
      if (performance.now() > end || qemu.exitCode !== null)
        throw new Error(`The virtual machine did not boot:\n${said}\n${readOr(log)}`);
      await wait(100);
    }
    qemu.stdin?.end(
      `migrate_set_parameter max-bandwidth 10G\nmigrate "exec:cat > '${folder}/state'"\nquit\n`,
    );
    await gone;
    if (readOr(join(folder, "state")) === "") throw new Error(`The virtual machine was not saved:\n${said}`);
  } finally {
    qemu.kill("SIGKILL");
    await gone;
  }
}

function readOr(file: string, otherwise = ""): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}
