import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { needDebian } from "../../scripts/setup/debian.ts";
import { helloFiles, labEnv, makeFolder } from "./module.ts";
import { until } from "./server.ts";
import { dlv, go } from "./tools.ts";

const runFile = promisify(execFile);

/** A podman of our own: its store is in a temporary directory, and the machine's own is not touched. */
export interface Podman {
  /** The environment that makes podman this one: for podman itself, and for whoever runs it. */
  readonly env: NodeJS.ProcessEnv;
  /** The temporary directory, for files of the test. */
  readonly folder: string;
  /** The program's source as its debug information names it; line 6 prints. */
  readonly source: string;
  /** Runs podman to its end and gives its stdout; rejects where it fails. */
  run(...args: readonly string[]): Promise<string>;
  /** Starts a container that sleeps, with more of `podman run`'s options. Resolves with its name. */
  start(...options: readonly string[]): Promise<string>;
  /** Removes all containers, mounts and files. */
  remove(): Promise<void>;
}

/** The image's name: busybox as sh and every tool, /bin/dlv, and the Go program /work/hello. */
export const labImage = "localhost/lab:latest";

/** A seccomp profile that answers ptrace(2) with EPERM and lets everything else through. */
export const noPtraceProfile = JSON.stringify({
  defaultAction: "SCMP_ACT_ALLOW",
  syscalls: [{ names: ["ptrace"], action: "SCMP_ACT_ERRNO", errnoRet: 1 }],
});

/** The same, but for whoever was given CAP_SYS_PTRACE: Docker's own profile on kernels before 4.8. */
export const noPtraceUnlessCapable = JSON.stringify({
  defaultAction: "SCMP_ACT_ALLOW",
  syscalls: [
    { names: ["ptrace"], action: "SCMP_ACT_ERRNO", errnoRet: 1, excludes: { caps: ["CAP_SYS_PTRACE"] } },
  ],
});

/**
 * Sets a podman up with its image, or gives the reason, in words, why no container can run here. Fetches what it needs
 * from Debian. Other limits than podman's own, because the machine may have lower ones; runc, because crun does not run on
 * hybrid cgroups.
 */
export async function openPodman(): Promise<Podman | string> {
  if (process.platform !== "linux") return "podman runs on Linux";
  if (process.getuid?.() !== 0) return "only root has a podman that needs no account of its own";
  await needDebian("podman", "runc", "busybox-static");
  const lab = makeFolder({
    "containers.conf": "",
    ...Object.fromEntries(Object.entries(helloFiles).map(([file, text]) => [join("src", file), text])),
  });
  const { folder } = lab;
  lab.write(
    "containers.conf",
    `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
netns = "none"
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
infra_image = "${labImage}"
tmp_dir = "${join(folder, "tmp")}"
`,
  );
  lab.write(
    "storage.conf",
    `[storage]
driver = "vfs"
graphroot = "${join(folder, "graph")}"
runroot = "${join(folder, "run")}"
`,
  );
  const env = {
    ...process.env,
    CONTAINERS_CONF: join(folder, "containers.conf"),
    CONTAINERS_STORAGE_CONF: join(folder, "storage.conf"),
    TMPDIR: folder,
  };
  const run = async (...args: readonly string[]) => (await runFile("podman", args, { env })).stdout;
  const podman: Podman = {
    env,
    folder,
    run,
    source: join(folder, "src", "main.go"),
    async start(...options) {
      return (await run("run", "-d", ...options, labImage)).trim();
    },
    async remove() {
      await run("pod", "rm", "-fa", "-t", "0");
      await run("rm", "-fa", "-t", "0");
      // conmon starts one more podman to clean up, which writes into the store.
      await until(() => !isInUse(folder), `a process of ${folder} does not end`);
      lab.remove();
    },
  };
  try {
    await makeImage(folder);
    await run(
      "import",
      ...["--change", 'CMD ["/bin/sleep","100000"]', "--change", "ENV PATH=/usr/local/bin:/bin"],
      join(folder, "image.tar"),
      "lab",
    );
    await run("run", "--rm", labImage, "true");
    return podman;
  } catch (error) {
    await podman.remove();
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    return `podman cannot run a container here: ${said.split("\n").at(-1)}`;
  }
}

function isInUse(folder: string): boolean {
  return readdirSync("/proc").some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${folder}/graph`);
    } catch {
      return false;
    }
  });
}

async function makeImage(folder: string): Promise<void> {
  const image = join(folder, "image");
  for (const part of ["bin", "etc", "root", "work", "proc", "sys", "dev"])
    mkdirSync(join(image, part), { recursive: true });
  mkdirSync(join(image, "tmp"), { mode: 0o1777 });
  writeFileSync(join(image, "etc", "passwd"), "root:x:0:0::/root:/bin/sh\nlab:x:1000:1000::/work:/bin/sh\n");
  await copyFile("/bin/busybox", join(image, "bin", "busybox"));
  const { stdout } = await runFile("/bin/busybox", ["--list"]);
  for (const applet of stdout.trim().split("\n"))
    if (applet !== "busybox") symlinkSync("busybox", join(image, "bin", applet));
  await copyFile(await dlv(), join(image, "bin", "dlv"));
  await runFile(
    await go(),
    ["build", "-gcflags=all=-N -l", "-o", join(image, "work", "hello"), "."],
    // Without cgo the program needs nothing of the image.
    { cwd: join(folder, "src"), env: { ...process.env, ...(await labEnv()), CGO_ENABLED: "0" } },
  );
  await runFile("tar", ["-C", image, "-cf", join(folder, "image.tar"), "."]);
}
