import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { needDebian } from "../../scripts/setup/debian.ts";
import { freePort } from "../lab/server.ts";
import { type Accounts, writeAccounts } from "./accounts.ts";
import { type Keys, makeKey, writeClient, writeKeys } from "./clientFiles.ts";
import { childOf, processesIn, type Running, signal } from "./processes.ts";

/** How a private sshd differs from a plain one that lets keys in. */
export interface SshdOptions {
  /** Lines of sshd_config, such as "AllowTcpForwarding no". They come first, so they win. */
  readonly config?: readonly string[];
  /** The login shell's path; /bin/bash where absent. bash reads .bashrc under sshd, fish its config.fish, tcsh .tcshrc. */
  readonly shell?: string;
  /** Files in the user's home, by relative path: `{ ".bashrc": "sleep 8\n" }` is a slow shell, "echo hello" a noisy one. */
  readonly home?: Readonly<Record<string, string>>;
  /** Folders in front of sshd's own PATH (/usr/local/bin:/usr/bin:/bin), such as those of go and dlv. */
  readonly path?: readonly string[];
  /** Ways in besides keys. keyboard-interactive goes through PAM, which asks "Password: ". */
  readonly passwords?: "password" | "keyboard-interactive";
  /** A network namespace (`ip netns`) to run in, and sshd's address there. */
  readonly network?: { readonly namespace: string; readonly address: string };
}

/** A real sshd with accounts, keys and configuration of its own, in its own mount and PID namespaces. */
export interface Sshd {
  readonly host: string;
  readonly port: number;
  /** An unprivileged account that exists only in there. */
  readonly user: string;
  readonly uid: number;
  /** The user's home: the same folder here and there. */
  readonly home: string;
  /** Let the user and this process's user in by password; see `passwords`. */
  readonly password: string;
  readonly keys: Keys;
  /**
   * An ssh_config. Aliases: `lab` (key), `locked` (key with passphrase), `password` (no key), `stranger` (a key that the
   * server does not know), `root` (root's account), `unknown` (known_hosts without this server).
   */
  readonly configFile: string;
  readonly knownHosts: string;
  /** A known_hosts file in which the server's key is revoked. */
  readonly revokedHosts: string;
  /** What runs there, sshd's own processes left out. */
  processes(): Running[];
  /** Stops the processes of every connection: silence, while TCP stays ESTABLISHED. */
  stopConnections(): void;
  continueConnections(): void;
  /** Kills the processes of every connection. What they had started may live on, as on a real machine. */
  cutConnections(): void;
  /** Starts anew on the same port with another host key: what a client has written down is wrong now. */
  changeHostKey(): Promise<void>;
  /** What sshd wrote to its log. */
  log(): string;
  /** Ends everything that runs there and removes every file. */
  stop(): Promise<void>;
}

/** Why this machine can have no private sshd, in words; undefined where it can. */
export function noSshd(): string | undefined {
  if (process.platform !== "linux") return "a private sshd is made with Linux namespaces";
  if (process.getuid?.() !== 0) return "only root can give a private sshd an account of its own";
  try {
    execFileSync(
      "unshare",
      ["-m", "-p", "-f", "--mount-proc", "mount", "--bind", "/etc/passwd", "/etc/passwd"],
      {
        stdio: "ignore",
      },
    );
    return undefined;
  } catch {
    return "this root may not make mount and PID namespaces";
  }
}

/** Starts an sshd on a free port of 127.0.0.1, or of a network namespace. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  await needDebian("openssh-server", "openssh-client");
  const folder = mkdtempSync(join(tmpdir(), "delve-doctor-sshd-"));
  try {
    return await startIn(folder, options);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, options: SshdOptions): Promise<Sshd> {
  // The user must reach its home; what is secret in the folder has modes of its own.
  chmodSync(folder, 0o755);
  const host = options.network?.address ?? "127.0.0.1";
  const accounts = writeAccounts(folder, options.shell ?? "/bin/bash", options.home ?? {});
  const keys = writeKeys(folder, accounts.authorizedKeys);
  const start = (port: number, hostKey: string): Promise<Server | undefined> => {
    const config = join(folder, "sshd_config");
    writeFileSync(config, configOf(accounts, host, port, hostKey, options).join("\n"));
    return startServer(folder, config, accounts, options.network?.namespace);
  };

  const hostKey = makeKey(join(folder, "host_key"));
  let port = 0;
  let server: Server | undefined;
  for (let tries = 0; tries < 5 && server === undefined; tries++) {
    port = await freePort();
    server = await start(port, hostKey);
  }
  if (server === undefined) throw new Error("sshd found no free port");
  let running = server;

  const connections = () => processesIn(running.pid).filter((one) => one.sshd && one.pid !== running.pid);
  return {
    host,
    port,
    user: accounts.user,
    uid: accounts.uid,
    home: accounts.home,
    password: accounts.password,
    keys,
    ...writeClient(folder, { host, port, user: accounts.user, hostKey, keys }),
    processes: () => processesIn(running.pid).filter((one) => !one.sshd),
    stopConnections: () => signal(connections(), "SIGSTOP"),
    continueConnections: () => signal(connections(), "SIGCONT"),
    cutConnections() {
      // While it lets somebody in, sshd starts another process: one look may miss it.
      for (let looks = 0; looks < 3; looks++) signal(connections(), "SIGKILL");
    },
    async changeHostKey() {
      await running.end();
      const again = await start(port, makeKey(join(folder, "other_host_key")));
      if (again === undefined) throw new Error(`port ${port} was taken while sshd was down`);
      running = again;
    },
    log: () => running.log(),
    async stop() {
      await running.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** sshd takes the first value of each setting. */
function configOf(
  accounts: Accounts,
  host: string,
  port: number,
  hostKey: string,
  { config = [], path = [], passwords }: SshdOptions,
): string[] {
  return [
    ...config,
    `ListenAddress ${host}:${port}`,
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${accounts.authorizedKeys}`,
    `PasswordAuthentication ${passwords === "password" ? "yes" : "no"}`,
    `KbdInteractiveAuthentication ${passwords === "keyboard-interactive" ? "yes" : "no"}`,
    `UsePAM ${passwords === "keyboard-interactive" ? "yes" : "no"}`,
    `SetEnv PATH=${[...path, "/usr/local/bin:/usr/bin:/bin"].join(":")}`,
    // The folder lies under /tmp, which anybody may write to.
    "StrictModes no",
    "PermitRootLogin prohibit-password",
    "PidFile none",
    "PrintMotd no",
    "PrintLastLog no",
    "UseDNS no",
    "MaxStartups 100",
    "LogLevel VERBOSE",
  ];
}

interface Server {
  /** sshd's own process: 1 in its namespace, so that its end is the end of all that runs there. */
  readonly pid: number;
  log(): string;
  end(): Promise<void>;
}

/** Undefined where the port is in use. */
async function startServer(
  folder: string,
  config: string,
  accounts: Accounts,
  namespace: string | undefined,
): Promise<Server | undefined> {
  const own = ["unshare", "-m", "-p", "-f", "--kill-child", "--mount-proc"];
  const network = namespace === undefined ? [] : ["ip", "netns", "exec", namespace];
  // Dies with this process, so that an interrupted test leaves no server.
  const argv = [...network, "setpriv", "--pdeathsig", "KILL", ...own, "sh", "-c", mountsOf(folder, accounts)];
  const [file = "", ...args] = [...argv, "sshd", "-D", "-e", "-f", config];
  const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"] });
  const gone = once(child, "exit");
  let log = "";
  const listens = new Promise<boolean>((resolve, reject) => {
    createInterface(child.stderr).on("line", (line) => {
      log += `${line}\n`;
      if (line.startsWith("Server listening on")) resolve(true);
      if (/^Bind to port .* failed/.test(line)) resolve(false);
    });
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`sshd ended at once:\n${log}`)));
  });
  if (!(await listens)) {
    child.kill("SIGKILL");
    await gone;
    return undefined;
  }
  const pid = childOf(child.pid ?? 0);
  return {
    pid,
    log: () => log,
    async end() {
      if (child.exitCode === null && child.signalCode === null) process.kill(pid, "SIGKILL");
      await gone;
    },
  };
}

/** A line of sh that gives sshd its own accounts, and the /run/sshd it insists on, without a trace outside. */
function mountsOf(folder: string, { binds }: Accounts): string {
  const run = join(folder, "run");
  return `set -e
    ${binds.map(({ from, to }) => `mount --bind ${from} ${to}`).join("\n")}
    # Log-ins on a terminal are written into wtmp and lastlog.
    mount -t tmpfs -o size=1m delve-doctor-lab /var/log
    if [ ! -d /run/sshd ]; then
      mkdir -p ${run}/sshd
      for one in /run/*; do
        here=${run}/"\${one##*/}"
        if [ -d "$one" ]; then mkdir -p "$here"; elif [ -e "$one" ]; then : > "$here"; else continue; fi
        mount --rbind "$one" "$here"
      done
      mount --rbind ${run} /run
    fi
    exec /usr/sbin/"$0" "$@"`;
}
