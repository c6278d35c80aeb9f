import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { labEnv, type makeFolder } from "./module.ts";
import { freePort, type LabProcess, startProcess, until } from "./server.ts";
import { dlv, go } from "./tools.ts";

/** A program under `dlv --headless`, which somebody else started and a remote attach debugs. */
export interface Headless extends LabProcess {
  readonly port: number;
  /** A configuration that attaches at this port, or at the near end of a tunnel to it. */
  config(port?: number): Readonly<Record<string, unknown>>;
}

/** Builds the program of a lab folder once, for any number of servers. */
export async function buildProgram({ folder }: ReturnType<typeof makeFolder>): Promise<string> {
  const program = join(folder, "program");
  execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
    cwd: folder,
    env: { ...process.env, ...(await labEnv()) },
  });
  return program;
}

/** Starts dlv on a port of 127.0.0.1, with the program stopped at its entry. */
export async function startHeadless(program: string, folder: string): Promise<Headless> {
  const port = await freePort();
  const args = ["exec", program, "--headless", "--accept-multiclient", `--listen=127.0.0.1:${port}`];
  const server = await startProcess([await dlv(), ...args], folder, await labEnv());
  await until(() => /API server listening at/.test(server.printed()), "dlv --headless");
  const config = (at = port) => ({
    name: "lab",
    type: "go",
    request: "attach",
    mode: "remote",
    host: "127.0.0.1",
    port: at,
  });
  return { ...server, port, config };
}
