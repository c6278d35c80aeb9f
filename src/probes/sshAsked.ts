import { type SshLogin, sshLogin } from "../core/forwarder.ts";
import type { Launch } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** Nothing of a debugger listens on the port of the discard service, so asking for a stream to it disturbs nobody. */
const discard = "127.0.0.1:9";

/** Where the ssh goes that the DAP stream came through; that ssh runs where the editor does. */
export function tunnelOf({ timeline }: Launch): SshLogin | undefined {
  const through = timeline.link?.stream?.through;
  return through === undefined ? undefined : sshLogin(through);
}

/** A folder of another host need not exist here, so this is no program to be run in it. */
const run = '[ $# -gt 0 ] || exit 0\nexec "$@"';

/** Options in front of the person's own win. No question, no shared connection, nothing written to known_hosts. */
const quietly = ["BatchMode=yes", "ConnectTimeout=5", "StrictHostKeyChecking=yes", "UpdateHostKeys=no"]
  .concat(["ControlMaster=no", "ControlPath=none", "ForwardAgent=no", "PermitLocalCommand=no"])
  .flatMap((option) => ["-o", option]);

/**
 * Whether the host at the other end of a tunnel gives streams at all, by the way that the tunnel went: its ssh is run
 * once more, without a question to anybody, and asks for a stream to a port that is not the debugger's. Undefined where
 * there is no such tunnel; unknown where ssh cannot log in so.
 */
export const sshStreams = probe({
  id: "ssh-streams",
  near: true,
  limitMs: 10_000,
  sh: run,
  args(launch) {
    const login = tunnelOf(launch);
    if (login === undefined) return [];
    return ["ssh", ...quietly, ...login.options, "-W", discard, "--", login.destination];
  },
  read({ code, stderr, timedOut }, launch): "prohibited" | "given" | undefined {
    if (tunnelOf(launch) === undefined) return undefined;
    if (/open failed: administratively prohibited/.test(stderr)) return "prohibited";
    if (code === 0 || /open failed: connect failed/.test(stderr)) return "given";
    const last = stderr
      .trim()
      .split(/[\r\n]+/)
      .at(-1);
    throw new Error(
      timedOut
        ? say`ssh did not answer in 10 s`
        : say`ssh could not ask: ${last || say`status ${String(code)}`}`,
    );
  },
});

/** The ServerAliveInterval (ms) that ssh would use for the tunnel's host; 0 is none, undefined where there is no tunnel. */
export const sshAliveMs = probe({
  id: "ssh-alive",
  near: true,
  sh: run,
  args(launch) {
    const login = tunnelOf(launch);
    return login === undefined ? [] : ["ssh", "-G", ...login.options, "--", login.destination];
  },
  read({ code, stdout, stderr }, launch): number | undefined {
    if (tunnelOf(launch) === undefined) return undefined;
    const seconds = /^serveraliveinterval (\d+)$/m.exec(stdout)?.[1];
    if (code !== 0 || seconds === undefined) throw new Error(`ssh -G: ${stderr.trim().split("\n").at(-1)}`);
    return Number(seconds) * 1000;
  },
});
