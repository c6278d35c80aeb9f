import { closest } from "../../core/distance.ts";
import { buildFlagWords } from "../../core/goBuild.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { kindOf } from "../../core/retyped.ts";
import { say } from "../../core/say.ts";
import { absent, type Refusal, redirection, remove, write, wrongType } from "./refusal.ts";

/** `match` is what the row's own pattern found. Undefined: what was refused is no attribute of this configuration. */
type Judge = (launch: Launch, match: RegExpExecArray) => Refusal | undefined;

const modes = ["debug", "test", "exec", "replay", "core"];

/** What each row of the table of texts says about the configuration, by the row's id. */
export const refusals: Readonly<Record<string, Judge>> = {
  A5: (launch, [, word = ""]) => {
    const words = (textOf(launch, "logOutput") ?? "").split(",");
    const left = words.filter((one) => one !== word);
    const components = [
      "debugger",
      "gdbwire",
      "lldbout",
      "debuglineerr",
      "rpc",
      "dap",
      "fncall",
      "minidump",
      "stack",
    ];
    const meant = closest(word, components);
    const value =
      meant === undefined ? left.join(",") : words.map((one) => (one === word ? meant : one)).join(",");
    return {
      attribute: "logOutput",
      holds: left.length < words.length,
      because: say`dlv has no log component "${word}".`,
      seen: say`"logOutput" in the configuration: ${words.join(",")}`,
      right:
        value === "" ? remove("logOutput", say`dlv logs its debugger component`) : write("logOutput", value),
    };
  },
  // A panic of any other origin is no attribute's fault.
  B12: (launch) => (Number(launch.config["processId"]) < 0 ? negativeId(launch) : undefined),
  C3: (launch, [, kind = "", field = "", type = ""]) =>
    wrongType(launch, field, kind.split(" ")[0] ?? kind, type),
  C4: (launch) => {
    const entries = launch.config["substitutePath"];
    const bad = Array.isArray(entries) ? entries.flatMap((one, index) => (isPair(one) ? [] : [index])) : [];
    const places = bad.map((index) => `substitutePath[${index}]`);
    return {
      attribute: places[0] ?? "substitutePath",
      holds: bad.length > 0,
      because: say`${places.join(", ") || '"substitutePath"'} is no pair of "from" and "to".`,
      seen: say`${places.join(", ") || '"substitutePath"'} in the configuration lacks a text "from" or "to"`,
      ...(bad.length > 0 && {
        right: {
          title: say`Remove ${places.join(", ")}, which maps nothing as it is`,
          // From the last to the first, because each removal moves those behind it.
          edits: bad.toReversed().map((index) => ({ at: ["substitutePath", index] })),
        },
      }),
    };
  },
  C21: (launch, [, attribute = "", type = ""]) => ({
    ...wrongType(launch, attribute, kindOf(launch.config[attribute]), type === "array" ? "[]string" : type),
    holds: kindOf(launch.config[attribute]) !== type,
  }),
  C5: (launch, [, kind = "", type = ""]) => {
    const words = buildFlagWords(launch);
    const quoted = words.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(" ");
    return {
      attribute: "buildFlags",
      holds: kindOf(launch.config["buildFlags"]) === kind,
      because: say`This dlv reads "buildFlags" as ${type}, and it is a JSON ${kind}.`,
      seen: say`"buildFlags" in the configuration: a JSON ${kindOf(launch.config["buildFlags"])}`,
      right:
        quoted === ""
          ? remove("buildFlags", say`go builds without flags of yours`)
          : write("buildFlags", quoted),
    };
  },
  C6: (launch, [, mode = ""]) => {
    // The modes of an attach are another cause's: wrong-popular-settings.
    if (launch.request === "attach") return undefined;
    const meant = modes.includes(mode) ? undefined : closest(mode, modes);
    return {
      attribute: "mode",
      holds: textOf(launch, "mode") === mode,
      because: modes.includes(mode)
        ? say`This dlv is too old for the mode "${mode}".`
        : say`A launch has no mode "${mode}": there are ${modes.join(", ")}.`,
      seen: say`"mode" in the configuration: ${JSON.stringify(launch.config["mode"])}`,
      ...(meant !== undefined && { right: write("mode", meant) }),
    };
  },
  C7: (launch) => absent(launch, ["program"]),
  C8: (launch, [, name = ""]) => absent(launch, [name]),
  C9: (launch) => absent(launch, ["processId", "waitFor"]),
  C10: (launch) => ({
    attribute: "processId",
    holds: Boolean(launch.config["processId"]) && Boolean(launch.config["waitFor"]),
    because: say`"processId" and "waitFor" name two processes; an attach takes one.`,
    seen: say`"processId" and "waitFor" are both in the configuration`,
    right: remove("processId", say`dlv waits for the process that waitFor names`),
  }),
  C12: negativeId,
  C13: (launch, [, path = ""]) => ({
    attribute: "dlvCwd",
    holds: textOf(launch, "dlvCwd") === path,
    because: say`dlv cannot change to "dlvCwd": ${path}`,
    seen: say`"dlvCwd" in the configuration: ${path}`,
    right: remove("dlvCwd", say`dlv runs in ${launch.cwd}`),
  }),
  C14: (launch) => {
    const bad = Object.keys(launch.env).filter((name) => name === "" || /[=\0]/.test(name));
    // What stands behind a = may be a secret.
    const shown = bad.map((name) => `"${name.split(/[=\0]/)[0]}…"`).join(", ");
    return {
      attribute: "env",
      holds: bad.length > 0,
      because:
        shown === ""
          ? say`"env" has a name that no environment variable can have: empty, or with = or NUL in it.`
          : say`"env" has a name that no environment variable can have: ${shown}.`,
      seen: say`names in "env" of the configuration with =, NUL or nothing in them: ${bad.length}`,
      ...(bad.length > 0 && {
        right: { title: say`Remove ${shown} from env`, edits: bad.map((name) => ({ at: ["env", name] })) },
      }),
    };
  },
  C15: (launch, [, mode]) => ({
    attribute: "outputMode",
    holds:
      mode === undefined ? launch.config["outputMode"] === "remote" : launch.config["outputMode"] === mode,
    because:
      mode === undefined
        ? say`"outputMode": "remote" sends the program's output here, and stdoutTo or stderrTo sends it elsewhere.`
        : say`There is no output mode "${mode}": there are local and remote.`,
    seen: say`"outputMode" in the configuration: ${JSON.stringify(launch.config["outputMode"])}`,
    right: remove("outputMode", say`the program prints where dlv prints`),
  }),
  C16: (launch, [, backend = ""]) => ({
    attribute: "backend",
    holds: textOf(launch, "backend") === backend,
    because: say`Delve has no backend "${backend}": there are default, native, lldb and rr.`,
    seen: say`"backend" in the configuration: ${backend}`,
    right: remove("backend", say`Delve takes the one of this system`),
  }),
  C17: (launch) => ({
    attribute: "followExec",
    holds: launch.config["followExec"] === true,
    because: say`Delve cannot follow the children of this program: it does so for a launch, on Linux and Windows.`,
    seen: say`"followExec" in the configuration: true`,
    right: remove("followExec", say`only the program itself is debugged`),
  }),
  C18: (launch, [, stream = ""]) => redirection(launch, `${stream}${stream === "stdin" ? "From" : "To"}`),
  D11: (launch, [, flag = ""]) => {
    const words = launch.config["buildFlags"];
    const parts = Array.isArray(words) ? words : String(words ?? "").split(/\s+/);
    const at = parts.findIndex(
      (word) => typeof word === "string" && word.replace(/^--/, "-").split("=")[0] === flag,
    );
    const next: unknown = parts[at + 1];
    // A word behind it could be its value, or a flag's that go did not get to.
    const alone =
      at >= 0 && (next === undefined || String(next).startsWith("-")) && !String(words).includes("'");
    const left = parts.filter((_, index) => index !== at);
    // A flag that is none of its words was meant as another one: buildflags-quoting.
    if (at < 0) return undefined;
    return {
      attribute: "buildFlags",
      holds: true,
      because: say`go build has no flag ${flag}.`,
      seen: say`"buildFlags" in the configuration has ${flag}`,
      ...(alone && {
        right: {
          title: say`Remove ${flag} from buildFlags`,
          edits: [
            left.length === 0
              ? { at: ["buildFlags"] }
              : { at: ["buildFlags"], value: Array.isArray(words) ? left : left.join(" ") },
          ],
        },
      }),
    };
  },
  E1: (launch, [, path = ""]) => {
    const stream = ["stdinFrom", "stdoutTo", "stderrTo"].find((name) => textOf(launch, name) === path);
    if (stream !== undefined) return redirection(launch, stream);
    if (launch.mode !== "exec" || !isPath(path, launch, "program")) return undefined;
    return {
      attribute: "program",
      holds: true,
      because: say`The binary that "program" names is not there: ${path}`,
      seen: say`"program" in the configuration: ${textOf(launch, "program") ?? ""}`,
    };
  },
  E3: (launch) => {
    const cwd = textOf(launch, "cwd");
    return cwd
      ? {
          attribute: "cwd",
          holds: true,
          because: say`The directory that the program is to run in is not there: ${cwd}`,
          seen: say`"cwd" in the configuration: ${cwd}`,
          right: remove("cwd", say`the program runs in ${textOf(launch, "dlvCwd") || launch.cwd}`),
        }
      : undefined;
  },
};

function negativeId({ config }: Launch): Refusal {
  return {
    attribute: "processId",
    holds: Number(config["processId"]) < 0,
    because: say`No process has the id ${String(config["processId"])}.`,
    seen: say`"processId" in the configuration: ${String(config["processId"])}`,
  };
}

function isPair(one: unknown): boolean {
  if (typeof one !== "object" || one === null) return false;
  // Go's decoder takes names in any case.
  const names = Object.entries(one).flatMap(([name, value]) =>
    typeof value === "string" ? [name.toLowerCase()] : [],
  );
  return names.includes("from") && names.includes("to");
}

/** True where the attribute names this path, as such or from dlv's directory. */
function isPath(path: string, launch: Launch, attribute: string): boolean {
  const written = textOf(launch, attribute) ?? "";
  const base = textOf(launch, "dlvCwd") || launch.cwd;
  return path === written || path === `${base}/${written.replace(/^\.\//, "")}`;
}
