import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { causes } from "../../src/causes/index.ts";
import type { Finding } from "../../src/core/finding.ts";
import type { Host } from "../../src/core/host.ts";
import { planned } from "../../src/core/launch.ts";
import { noTimeline } from "../../src/core/timeline.ts";
import { examine } from "../../src/examine/examine.ts";
import { localHost } from "../../src/hosts/local.ts";
import { labEnv, makeFolder, warmCache } from "./module.ts";
import { freePort, type LabProcess, startProcess, until } from "./server.ts";
import { dlv, go } from "./tools.ts";

/** Runs for ever and passes line 7 several times a second, so that an attach at any time stops there. */
const loop = `package main

import "time"

func main() {
	for i := 0; ; i++ {
		time.Sleep(100 * time.Millisecond)
	}
}
`;

type Config = Readonly<Record<string, unknown>>;

/** A program that runs for ever, servers for it, and clients that hold them. */
export interface ServerLab {
  readonly folder: string;
  /** The built program. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly breakpoints: readonly { readonly file: string; readonly line: number }[];
  /** A dlv that other users may run too. */
  readonly dlv: string;
  /** Builds the program; asks for nothing else. For a before hook. */
  readonly prepare: () => Promise<void>;
  /** Starts any process; `endAll` ends it. */
  readonly start: (argv: readonly string[]) => Promise<LabProcess>;
  /** Starts `dlv exec --headless` on a port, and waits until it says that it listens. `wrap` runs it. */
  readonly headless: (
    port: number,
    more?: readonly string[],
    wrap?: readonly string[],
  ) => Promise<LabProcess>;
  readonly dap: (port: number) => Promise<LabProcess>;
  /** A client of another process that connects to the port, sends nothing and stays. */
  readonly hold: (port: number) => Promise<LabProcess>;
  /** The remote attach to a port. */
  readonly attach: (port: number) => Config;
  /** What every cause says before anything is launched. */
  readonly diagnose: (config: Config, host?: Host) => Promise<readonly Finding[]>;
  readonly endAll: () => Promise<void>;
  readonly remove: () => void;
}

export { freePort, until };

/** The processes that run a program of the lab's own folder. */
function running(path: string): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/exe`) === path;
    } catch {
      return false;
    }
  });
}

/** Makes a lab for one file of tests. */
export function serverLab(): ServerLab {
  const lab = makeFolder({ "go.mod": "module example.com/loop\n\ngo 1.25\n", "main.go": loop });
  const { folder } = lab;
  const program = join(folder, "loop");
  const own = join(folder, "dlv");
  const env: Record<string, string> = {};
  const started: LabProcess[] = [];

  async function start(argv: readonly string[]): Promise<LabProcess> {
    const one = await startProcess(argv, folder, env);
    started.push(one);
    return one;
  }
  async function serve(argv: readonly string[]): Promise<LabProcess> {
    const server = await start(argv);
    await until(() => /server listening at/.test(server.printed()), `${argv.join(" ")} listening`);
    return server;
  }
  /** A killed dlv leaves the program behind that it debugged. */
  const endPrograms = () => {
    for (const pid of [...running(program), ...running(own)]) process.kill(pid, "SIGKILL");
  };
  return {
    folder,
    program,
    env,
    breakpoints: [{ file: join(folder, "main.go"), line: 7 }],
    dlv: own,
    async prepare() {
      await warmCache();
      Object.assign(env, await labEnv());
      execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
        cwd: folder,
        env: { ...process.env, ...env },
      });
      copyFileSync(await dlv(), own);
      for (const path of [folder, program, own]) chmodSync(path, 0o755);
    },
    start,
    headless: (port, more = [], wrap = []) => {
      const listen = more.some((word) => word.startsWith("--listen")) ? [] : [`--listen=127.0.0.1:${port}`];
      return serve([...wrap, own, "exec", program, "--headless", ...listen, ...more]);
    },
    dap: (port) => serve([own, "dap", `--listen=127.0.0.1:${port}`]),
    async hold(port) {
      const script = `require("net").connect(${port}, "127.0.0.1", () => console.log("up")).on("error", () => {})`;
      const client = await start([process.execPath, "-e", `${script}; setInterval(() => {}, 1e6)`]);
      await until(() => client.printed().includes("up"), `a client on port ${port}`);
      return client;
    },
    attach: (port) => ({
      name: "lab",
      type: "go",
      request: "attach",
      mode: "remote",
      port,
      host: "127.0.0.1",
      // Without it every cause would look for golang.go's helper, and find the one of a test beside this one.
      debugAdapter: "dlv-dap",
      env,
    }),
    async diagnose(config, host = localHost) {
      const launch = { ...planned({ dlvToolPath: own, ...config }, folder), timeline: noTimeline };
      return (await examine(host, launch, causes)).findings;
    },
    async endAll() {
      for (const one of started.splice(0)) await one.end();
      endPrograms();
    },
    remove() {
      endPrograms();
      lab.remove();
    },
  };
}
