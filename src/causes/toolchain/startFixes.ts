import type { Fix } from "../../core/fix.ts";
import { flagName } from "../../core/goBuild.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import type { DlvProgram } from "../../probes/dlvProgram.ts";

const id = "dlv-dies-or-missing-at-start";

/** Takes one flag, with a value that stands in a word of its own, out of dlvFlags; nothing where it is not in there. */
export function dropFlag(flag: string, launch: Launch): Fix[] {
  const flags = ownFlags(launch);
  const at = flags.findIndex((word) => flagName(word) === flagName(flag));
  if (at < 0) return [];
  const own = flags[at] ?? "";
  const value = flags[at + 1];
  const takesNext = !own.includes("=") && value !== undefined && !value.startsWith("-");
  const left = [...flags.slice(0, at), ...flags.slice(at + (takesNext ? 2 : 1))];
  return [dlvFlags("drop-flag", say`Remove ${own} from dlvFlags`, left)];
}

/** Delve takes --log-output only together with --log. */
export function withLog(launch: Launch): Fix[] {
  const flags = ownFlags(launch);
  return [
    dlvFlags("add-log", say`Add --log to dlvFlags`, ["--log", ...flags]),
    ...dropFlag("--log-output", launch),
  ];
}

/** An address that is not this machine's cannot be listened at; 127.0.0.1 is what holds without `host`. */
export function dropHost(launch: Launch, address: string): Fix[] {
  if (launch.config["host"] === undefined)
    return [
      startAdvice(
        "address",
        say`Free ${address}`,
        say`dlv cannot listen at ${address}. See what holds it with ss -ltnp.`,
      ),
    ];
  return [edit("drop-host", say`Remove host, so that dlv listens at 127.0.0.1`, ["host"])];
}

/** Another dlv that is there. */
export function otherDlv({ others }: DlvProgram, launch: Launch): Fix[] {
  const [other] = others;
  if (other === undefined || other === launch.dlv) return [];
  return [edit("use-other-dlv", say`Use ${other}`, ["dlvToolPath"], other)];
}

/** Puts a new dlv where the broken one is, or where go installs programs. */
export function reinstall(path: string): Fix {
  const directory = path.startsWith("/") ? path.slice(0, path.lastIndexOf("/")) : undefined;
  const target = directory === undefined ? [] : ["env", `GOBIN=${directory}`];
  return {
    ...base("install", "user"),
    title: say`Install the newest Delve`,
    action: {
      kind: "command",
      argv: [...target, "go", "install", "github.com/go-delve/delve/cmd/dlv@latest"],
    },
  };
}

export function makeExecutable(path: string): Fix {
  return {
    ...base("chmod", "user"),
    title: say`Make ${path} executable`,
    action: { kind: "command", argv: ["chmod", "+x", path], undo: ["chmod", "-x", path] },
  };
}

/** Something only a person can do about the start of dlv. */
export function startAdvice(name: string, title: string, text: string): Fix {
  return { ...base(name, "launch"), title, action: { kind: "advice", text } };
}

function dlvFlags(name: string, title: string, flags: readonly string[]): Fix {
  return edit(name, title, ["dlvFlags"], flags.length > 0 ? flags : undefined);
}

function edit(name: string, title: string, at: readonly string[], value?: unknown): Fix {
  const edits = [{ at, ...(value !== undefined && { value }) }];
  return { ...base(name, "launch"), title, action: { kind: "launch.json", edits } };
}

function base(name: string, scope: Fix["scope"]) {
  return { id: `${id}/${name}`, preferred: false, needsRoot: false, scope };
}

function ownFlags(launch: Launch): string[] {
  const flags = launch.config["dlvFlags"];
  return Array.isArray(flags) ? flags.filter((flag) => typeof flag === "string") : [];
}
