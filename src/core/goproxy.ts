import type { Fix } from "./fix.ts";
import type { Launch } from "./launch.ts";
import { say } from "./say.ts";

/** A module source that does not answer, and who chose it. */
export interface DeadProxy {
  /** The id of the cause that offers the fixes. */
  readonly cause: string;
  /** GOPROXY as it holds for the launch. */
  readonly value: string;
  readonly setBy: "launch" | "process" | "file" | "default";
  /** GOPROXY as it would be without the launch's own entry. */
  readonly rest?: string;
  /** What this Go uses where nobody sets GOPROXY (go.env of its GOROOT). */
  readonly standard?: string;
  /** The source did answer (an HTTP status, git's refusal, a bad version): its address is not what is wrong. */
  readonly answered?: boolean;
  /** The variable that leads there, when it is not GOPROXY itself: HTTPS_PROXY and its like. */
  readonly via?: string;
}

/**
 * The remedies for a GOPROXY that does not answer, the one that surely takes the dead address out of this launch first.
 * Module paths may be private: unless this configuration itself chose the proxy, sending them to Go's public one is left
 * for a person to decide, and it is not offered at all where "off" was chosen.
 */
export function goproxyFixes(dead: DeadProxy, launch: Launch): readonly Fix[] {
  return choose(dead, launch).map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function choose(dead: DeadProxy, launch: Launch): Fix[] {
  const { cause, value, setBy, rest, via, answered = false, standard } = dead;
  if (via !== undefined)
    return [
      ...(launch.env[via] ? [remove(cause, via)] : []),
      advice(
        cause,
        "http-proxy",
        say`Correct ${via}`,
        say`${via} names a web proxy that does not answer. Correct it where it is set, or add the host of GOPROXY to NO_PROXY.`,
      ),
    ];
  const own = setBy === "launch" && rest !== undefined && rest !== value && rest !== "off";
  const first = own ? [remove(cause, "GOPROXY")] : [];
  if (answered) return [...first, moduleItself(cause)];
  const off = setBy === "launch" ? rest === "off" : value === "off";
  const usual = off || standard === undefined || value === standard ? [] : [setDefault(cause, standard)];
  if (setBy === "launch" && rest !== value) return [...first, ...usual, mirror(cause)];
  return [mirror(cause), ...usual, ...(setBy === "file" && !off ? unset(cause, value) : [])];
}

/** A value with credentials is left where it is: the command that takes it back would show them. */
function unset(cause: string, value: string): Fix[] {
  if (value.includes("@")) return [];
  return [
    command(cause, "unset-goproxy", say`Take GOPROXY out of Go's own settings`, "user", {
      argv: ["go", "env", "-u", "GOPROXY"],
      undo: ["go", "env", "-w", `GOPROXY=${value}`],
    }),
  ];
}

/** A text with the user and password of its URLs left out, https://TOKEN@host included. */
export function withoutUserinfo(text: string): string {
  return text.replace(/(?<=:\/\/)[^\s/"]*@/g, "");
}

function remove(cause: string, variable: string): Fix {
  return {
    ...base(cause, `remove-${variable.toLowerCase().replace("_", "-")}`, "launch"),
    title: say`Remove ${variable} from this configuration, so that the environment's own holds`,
    action: { kind: "launch.json", edits: [{ at: ["env", variable] }] },
  };
}

function setDefault(cause: string, standard: string): Fix {
  return {
    ...base(cause, "set-goproxy", "launch"),
    title: say`Fetch modules from Go's default proxy in this configuration`,
    action: { kind: "launch.json", edits: [{ at: ["env", "GOPROXY"], value: standard }] },
  };
}

function mirror(cause: string): Fix {
  return advice(
    cause,
    "reach-a-proxy",
    say`Set a module proxy or a web proxy that this machine reaches`,
    say`Where the network lets nothing through, set GOPROXY to a mirror that it does reach, or HTTPS_PROXY to its web proxy: in this configuration's env, or for all in the setting go.toolsEnvVars. A vendor directory (go mod vendor, made where there is a network) needs neither.`,
  );
}

function moduleItself(cause: string): Fix {
  return advice(
    cause,
    "check-module",
    say`Check the module's path and version, and whether it is private`,
    say`Its source answered, so another address alone does not help. Check the path and the version in go.mod. Name a private module's prefix in GOPRIVATE, so that go fetches it from its repository, and give git the credentials for it.`,
  );
}

function command(
  cause: string,
  name: string,
  title: string,
  scope: Fix["scope"],
  action: { argv: readonly string[]; undo: readonly string[] },
): Fix {
  return { ...base(cause, name, scope), title, action: { kind: "command", ...action } };
}

function advice(cause: string, name: string, title: string, text: string): Fix {
  return { ...base(cause, name, "machine"), title, action: { kind: "advice", text } };
}

function base(cause: string, name: string, scope: Fix["scope"]) {
  return { id: `${cause}/${name}`, preferred: false, needsRoot: false, scope };
}
