import { cause } from "../../core/cause.ts";
import type { Fix, JsonEdit } from "../../core/fix.ts";
import { withoutMmap } from "../../core/godebug.ts";
import { ignoredFlags } from "../../core/ignoredDlvFlags.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";

/** A setting that does not do what it is set for. `edits` take it away or put what works in its place. */
interface Wrong {
  /** The setting, as a person finds it in launch.json. */
  readonly setting: string;
  /** What is the matter with it, in a sentence without its full stop. */
  readonly truth: string;
  /** proven: read in the source of Delve, golang.go or Go that it does nothing or fails. */
  readonly certainty: "proven" | "possible";
  readonly edits: readonly JsonEdit[];
  /** A fix that does what the setting was set for, where there is one. */
  readonly instead?: { readonly name: string; readonly title: string; readonly edits: readonly JsonEdit[] };
}

const id = "wrong-popular-settings";

/** Settings that advice on the web hands around and that do nothing, or fail, with `dlv dap`. */
export const wrongPopularSettings = cause({
  id,
  title: say`The configuration has settings that do not do what they are set for`,
  about: {
    what: "Advice for older debuggers lives on in launch.json files: attributes of the `legacy` adapter, flags of `dlv --headless`, modes that an attach does not have, variables that Go never read. `dlv dap` ignores most of them in silence, and refuses an attach mode it does not know. They cost no time, but they mislead whoever looks for the reason of a slow or failing launch.",
    notThis:
      'A configuration with `"debugAdapter": "legacy"` does use `apiVersion` and `dlvLoadConfig`. `dlvFlags` such as `--log`, `--check-go-version=false` or `--only-same-user=false` do work.',
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/cmds/commands.go",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
    ],
    seen: "real",
  },
  needs: {},
  when: (launch) => wrongs(launch).length > 0,
  find(_, launch) {
    const found = wrongs(launch);
    const [first] = found;
    if (first === undefined) return undefined;
    return {
      certainty: first.certainty,
      because: say`${first.truth}.`,
      evidence: found.map(({ truth }) => truth),
      fixes: fixesOf(found),
    };
  },
});

/** The settings in question, the surest first. */
function wrongs(launch: Launch): Wrong[] {
  const dap = usesDlvDap(launch);
  const all = [
    attachMode(launch),
    attribute(launch, "dlvTrace", say`"dlvTrace" is no attribute of golang.go or Delve; both ignore it`, {
      name: "show-log",
      title: say`Log what dlv says and hears: "showLog" and "logOutput" instead of "dlvTrace"`,
      edits: [
        { at: ["showLog"], value: true },
        { at: ["logOutput"], value: "dap" },
      ],
    }),
    ...(dap
      ? [
          attribute(
            launch,
            "dlvLoadConfig",
            say`"dlvLoadConfig" counts only for the legacy adapter; dlv dap loads values on demand`,
          ),
          attribute(
            launch,
            "apiVersion",
            say`"apiVersion" counts only for the legacy adapter; dlv dap speaks DAP, not JSON-RPC`,
          ),
          attribute(
            launch,
            "useApiV1",
            say`"useApiV1" counts only for the legacy adapter; dlv dap speaks DAP, not JSON-RPC`,
          ),
          dlvFlags(launch),
        ]
      : []),
    godebug(launch),
    preload(launch),
  ];
  return all.filter((one) => one !== undefined);
}

/** golang.go falls back to the legacy adapter for a remote attach that does not name its adapter (dlv < 1.24). */
function usesDlvDap({ config, mode }: Launch): boolean {
  const adapter = config["debugAdapter"];
  return adapter === "dlv-dap" || (adapter === undefined && mode !== "remote");
}

function attachMode({ request, mode, config }: Launch): Wrong | undefined {
  if (request !== "attach" || mode === "local" || mode === "remote") return undefined;
  const hasProcess = Boolean(config["processId"] || config["waitFor"]);
  const edits: JsonEdit[] = config["port"]
    ? [{ at: ["mode"], value: "remote" }]
    : config["program"] && !hasProcess
      ? [{ at: ["request"], value: "launch" }]
      : [{ at: ["mode"], value: "local" }];
  const setting = say`"mode": ${JSON.stringify(mode)} with "request": "attach"`;
  return {
    setting,
    truth: say`${setting} fails: an attach has the modes local and remote only`,
    certainty: "proven",
    edits,
  };
}

function attribute(
  launch: Launch,
  name: string,
  truth: string,
  instead?: Wrong["instead"],
): Wrong | undefined {
  if (!Object.hasOwn(launch.config, name)) return undefined;
  const edits = [{ at: [name] }];
  return {
    setting: `"${name}"`,
    truth,
    certainty: "proven",
    edits,
    ...(instead !== undefined && { instead }),
  };
}

function dlvFlags({ config }: Launch): Wrong | undefined {
  const flags = config["dlvFlags"];
  if (!Array.isArray(flags)) return undefined;
  const { names, indices } = ignoredFlags(flags);
  if (names.length === 0) return undefined;
  const all = indices.length === flags.length;
  // From the last to the first, because each removal moves those behind it.
  const edits = all
    ? [{ at: ["dlvFlags"] }]
    : indices.toReversed().map((index) => ({ at: ["dlvFlags", index] }));
  const setting = say`${names.join(", ")} in "dlvFlags"`;
  const truth =
    names.length === 1
      ? say`${setting} is a flag that dlv dap accepts and ignores`
      : say`${setting} are flags that dlv dap accepts and ignores`;
  return { setting, truth, certainty: "proven", edits };
}

function godebug({ config }: Launch): Wrong | undefined {
  const value = envEntry(config, "GODEBUG");
  const kept = value === undefined ? undefined : withoutMmap(value);
  if (kept === undefined) return undefined;
  const at = ["env", "GODEBUG"];
  const setting = say`GODEBUG=mmap=… in "env"`;
  return {
    setting,
    truth: say`${setting} does nothing: Go knows no GODEBUG setting of that name`,
    certainty: "proven",
    edits: [kept === "" ? { at } : { at, value: kept }],
  };
}

function preload({ config }: Launch): Wrong | undefined {
  if (!envEntry(config, "LD_PRELOAD")) return undefined;
  const setting = say`LD_PRELOAD in "env"`;
  return {
    setting,
    truth: say`${setting} helps Delve with nothing, and is loaded into dlv, git and the C compiler as well; a statically linked Go program ignores it`,
    certainty: "possible",
    edits: [{ at: ["env", "LD_PRELOAD"] }],
  };
}

function envEntry({ env }: Launch["config"], name: string): string | undefined {
  if (typeof env !== "object" || env === null || !Object.hasOwn(env, name)) return undefined;
  const value = (env as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : undefined;
}

/** One fix for all; one that leaves alone what the program may need; and what works instead, where something does. */
function fixesOf(found: readonly Wrong[]): Fix[] {
  const fix = (name: string, title: string, edits: readonly JsonEdit[], preferred = false): Fix => ({
    id: `${id}/${name}`,
    title,
    preferred,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits },
  });
  const edits = found.flatMap((one) => one.edits);
  const sure = found.filter((one) => one.certainty === "proven");
  const fixes = [fix("correct", say`Correct ${found.map((one) => one.setting).join(", ")}`, edits, true)];
  if (sure.length > 0 && sure.length < found.length) {
    const title = say`Correct ${sure.map((one) => one.setting).join(", ")}, and leave the rest`;
    fixes.push(
      fix(
        "correct-sure",
        title,
        sure.flatMap((one) => one.edits),
      ),
    );
  }
  for (const { instead } of found)
    if (instead !== undefined) fixes.push(fix(instead.name, instead.title, [...edits, ...instead.edits]));
  return fixes;
}
