import type { JsonEdit } from "../../core/fix.ts";
import { say } from "../../core/say.ts";

/** What somebody meant who wrote an attribute of another debugger, or one that advice on the web made up. */
export interface Meant {
  /** One sentence: what does it instead. */
  readonly truth: string;
  readonly title: string;
  /** What to write besides removing it, where that is certain. */
  readonly edits?: readonly JsonEdit[];
}

/** Attributes of other debuggers by the one that does the same here with the same value. */
const sameElsewhere: Readonly<Record<string, string>> = {
  environment: "env",
  envs: "env",
  envfiles: "envFile",
  environmentfile: "envFile",
  arguments: "args",
  programargs: "args",
  workingdirectory: "cwd",
  workdir: "cwd",
  wd: "cwd",
  stopatentry: "stopOnEntry",
  pid: "processId",
  hostname: "host",
  address: "host",
  remotehost: "host",
  remoteport: "port",
  buildargs: "buildFlags",
  goflags: "buildFlags",
  delveflags: "dlvFlags",
  dlvargs: "dlvFlags",
  corefile: "coreFilePath",
  coredumppath: "coreFilePath",
  prelaunchtasks: "preLaunchTask",
};

/** What is meant by a name that nobody reads; undefined where nobody can tell. */
export function meantAttribute(name: string, value: unknown): Meant | undefined {
  const low = name.toLowerCase();
  if (low.startsWith("go."))
    return {
      truth: say`It is called like a setting, and those stand in settings.json.`,
      title: say`Remove "${name}"`,
    };
  const same = sameElsewhere[low];
  if (same !== undefined && Object.hasOwn(sameElsewhere, low))
    return {
      truth: say`Here it is called "${same}".`,
      title: say`Call it "${same}"`,
      edits: [{ at: [same], value }],
    };
  if (low === "dlvtrace" || low === "delvetrace")
    return {
      truth: say`dlv logs with "showLog", and what it logs is in "logOutput".`,
      title: say`Write "showLog" and "logOutput" instead`,
      edits: [
        { at: ["showLog"], value: true },
        { at: ["logOutput"], value: "dap" },
      ],
    };
  if (low === "buildtags" || low === "tags") {
    const tags = typeof value === "string" && /^[\w.,]+$/.test(value) ? value : undefined;
    return {
      truth: say`Build tags are a flag in "buildFlags".`,
      title: say`Write "buildFlags": "-tags=${tags ?? "…"}"`,
      ...(tags !== undefined && { edits: [{ at: ["buildFlags"], value: `-tags=${tags}` }] }),
    };
  }
  if (low === "dlvpath" || low === "delvepath")
    return {
      truth: say`golang.go takes the dlv that the setting "go.alternateTools" names.`,
      title: say`Remove "${name}"`,
    };
  if (low === "externalconsole" && value === true)
    return {
      truth: say`A terminal window of its own is "console": "externalTerminal".`,
      title: say`Write "console": "externalTerminal"`,
      edits: [{ at: ["console"], value: "externalTerminal" }],
    };
  return undefined;
}
