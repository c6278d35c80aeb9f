import type { Fix } from "./fix.ts";
import type { Launch } from "./launch.ts";

/** What Go uses where nobody sets GOPROXY (go help environment). */
const defaultGoproxy = "https://proxy.golang.org,direct";

/** A module source that does not answer, and who chose it. */
export interface DeadProxy {
  /** The id of the cause that offers the fixes. */
  readonly cause: string;
  /** GOPROXY as it holds for the launch. */
  readonly value: string;
  readonly setBy: "launch" | "process" | "file" | "default";
  /** GOPROXY as it would be without the launch's own entry. */
  readonly rest?: string;
  /** The variable that leads there, when it is not GOPROXY itself: HTTPS_PROXY and its like. */
  readonly via?: string;
}

/**
 * The remedies for a GOPROXY that does not answer, the one that surely takes the dead address out of this launch first.
 * Where GOPROXY is what it is by default, the network itself is closed, and only a person knows the way out.
 */
export function goproxyFixes(dead: DeadProxy, launch: Launch): readonly Fix[] {
  return choose(dead, launch).map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function choose(dead: DeadProxy, launch: Launch): Fix[] {
  const { cause, value, setBy, rest, via } = dead;
  if (via !== undefined)
    return [
      ...(launch.env[via] ? [remove(cause, via)] : []),
      advice(
        cause,
        "http-proxy",
        `Correct ${via}`,
        `${via} names a web proxy that does not answer. Correct it where it is set, or add the host of GOPROXY to NO_PROXY.`,
      ),
    ];
  const fixes: Fix[] = [];
  if (setBy === "launch" && rest !== undefined && rest !== value && rest !== "off")
    fixes.push(remove(cause, "GOPROXY"));
  if (value !== defaultGoproxy) fixes.push(setDefault(cause));
  if (setBy === "file" && !value.includes("@"))
    fixes.push(
      command(cause, "unset-goproxy", "Take GOPROXY out of Go's own settings", "user", {
        argv: ["go", "env", "-u", "GOPROXY"],
        undo: ["go", "env", "-w", `GOPROXY=${value}`],
      }),
    );
  return [...fixes, mirror(cause)];
}

function remove(cause: string, variable: string): Fix {
  return {
    ...base(cause, `remove-${variable.toLowerCase().replace("_", "-")}`, "launch"),
    title: `Remove ${variable} from this configuration, so that the environment's own holds`,
    action: { kind: "launch.json", edits: [{ at: ["env", variable] }] },
  };
}

function setDefault(cause: string): Fix {
  return {
    ...base(cause, "set-goproxy", "launch"),
    title: `Fetch modules from Go's default proxy in this configuration`,
    action: { kind: "launch.json", edits: [{ at: ["env", "GOPROXY"], value: defaultGoproxy }] },
  };
}

function mirror(cause: string): Fix {
  return advice(
    cause,
    "reach-a-proxy",
    "Set a module proxy or a web proxy that this machine reaches",
    "Where the network lets nothing through, set GOPROXY to a mirror that it does reach, or HTTPS_PROXY to its web proxy: in this configuration's env, or for all in the setting go.toolsEnvVars. A vendor directory (go mod vendor, made where there is a network) needs neither.",
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
