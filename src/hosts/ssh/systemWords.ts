import { say } from "../../core/say.ts";
import { type SshFailure, type Stage, sshFailure } from "./stage.ts";

/** What OpenSSH's client says, in the stage it says it in (seen in 9.2). The first row that matches a line counts. */
const words: readonly (readonly [RegExp, Stage])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY/, "host key"],
  [/^No .* host key is known|^Host key verification failed|^.* host key .* has been revoked/i, "host key"],
  [/^ssh: Could not resolve hostname/, "resolve"],
  [
    /Bad configuration option|^Bad owner or permissions|^Can't open user config file|terminating, \d+ bad/,
    "resolve",
  ],
  [/^ssh: connect to host|^ssh_dispatch_run_fatal|^Unable to negotiate/, "connect"],
  [/Permission denied \(|Too many authentication failures|^sign_and_send_pubkey/, "authentication"],
  [/administratively prohibited|Session open refused|open failed|^Stdio forwarding/, "channel"],
  [/^kex_exchange_identification|banner|^Connection (closed|reset|timed out)|^Timeout/, "connect"],
];

/** The failure of an ssh program, from all it wrote to stderr. `stage` is where it was, if its words do not say. */
export function systemFailure(host: string, stderr: string, stage: Stage): SshFailure {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  for (const [pattern, at] of words) {
    const line = lines.find((one) => pattern.test(one));
    if (line !== undefined) return sshFailure(host, at, at === "host key" ? aboutKey(lines, line) : line);
  }
  return sshFailure(host, stage, lines.at(-1) ?? say`ssh ended and said nothing`);
}

/** OpenSSH spreads this over a dozen lines with a frame of @. */
function aboutKey(lines: readonly string[], line: string): string {
  const shown = lines.map((one) => /\b(SHA256:[\w+/]+)/.exec(one)?.[1]).find((one) => one !== undefined);
  const place = lines.map((one) => /^Offending .*key in (\S+):(\d+)/.exec(one)).find((one) => one !== null);
  if (/CHANGED/.test(line)) {
    const key = shown ?? say`another key`;
    if (!place) return say`changed: it shows ${key}, another is known`;
    const [, file = "", number = ""] = place;
    return say`changed: it shows ${key}, another is known (${say`${file} line ${number}`})`;
  }
  return line.replace(/^[@\s]+|[@\s]+$/g, "");
}
