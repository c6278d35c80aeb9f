import type { JsonEdit } from "../../core/fix.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { listOf, objectOf } from "./described.ts";

/** runArgs beside a compose file: the dev container CLI makes an override of the service from other attributes only. */
export const composeIgnoresRunArgs = rule({
  code: "DLV501",
  id: "compose-ignores-run-args",
  title: say`With a compose file runArgs does nothing`,
  severity: "information",
  of: "devcontainer",
  prevents: ["compose-ignores-runargs", "container-ptrace-eperm"],
  about: {
    what: "`runArgs` are options of `docker run`. A dev container with `dockerComposeFile` is made by compose, which reads the service and none of them: `--cap-add=SYS_PTRACE` stands there and dlv may not trace all the same. `capAdd`, `securityOpt`, `privileged` and `init` of devcontainer.json count for both; what else is meant belongs into the service.",
    wrong: `{
  "dockerComposeFile": "../compose.yaml",
  "service": "api",
  "runArgs": ["--cap-add=SYS_PTRACE", "--security-opt", "seccomp=unconfined"]
}`,
    right: `{
  "dockerComposeFile": "../compose.yaml",
  "service": "api",
  "capAdd": ["SYS_PTRACE"],
  "securityOpt": ["seccomp=unconfined"]
}`,
    sources: ["https://containers.dev/implementors/json_reference/", "microsoft/vscode-dev-containers#36"],
  },
  *check(file) {
    const value = objectOf(file);
    const composed = value?.["dockerComposeFile"];
    const runArgs = listOf(value?.["runArgs"]);
    if (value === undefined || (typeof composed !== "string" && !Array.isArray(composed))) return;
    // One with an image or a Dockerfile beside it is made by docker run.
    if (["image", "dockerFile", "build"].some((key) => value[key] !== undefined) || runArgs.length === 0)
      return;
    const words = runArgs.map(String);
    const { moved, left } = split(words);
    const compose = String(Array.isArray(composed) ? composed.at(-1) : composed);
    const edits = [...moves(value, moved), { at: ["runArgs"] }];
    const adds = edits.length > 1;
    yield {
      at: ["runArgs"],
      mark: "key",
      // The rights that dlv needs are missing then; all else is missed by somebody else.
      severity: moved.length > 0 && adds ? "warning" : "information",
      message: told(left.join(" "), adds, value["service"], compose),
      tag: "unnecessary",
      ...(left.length === 0 && {
        remedies: [
          adds
            ? { title: say`Ask for it by attributes that count with compose`, edits }
            : { title: say`Remove runArgs, which says nothing new`, edits, safe: true },
        ],
      }),
    };
  },
});

/** `left` are the words that no attribute says; "" where there is one for each. */
function told(left: string, adds: boolean, service: unknown, compose: string): string {
  if (left !== "")
    return typeof service === "string"
      ? say`With dockerComposeFile nobody reads runArgs: write what ${left} means into the service ${service} in ${compose}.`
      : say`With dockerComposeFile nobody reads runArgs: write what ${left} means into the service in ${compose}.`;
  return adds
    ? say`With dockerComposeFile nobody reads runArgs: write capAdd, securityOpt, privileged and init instead.`
    : say`With dockerComposeFile nobody reads runArgs: other attributes say the same.`;
}

interface Move {
  readonly key: "capAdd" | "securityOpt" | "privileged" | "init";
  readonly value: string | true;
}

/** The options that devcontainer.json has attributes for, and the words of all others. */
function split(words: readonly string[]): {
  readonly moved: readonly Move[];
  readonly left: readonly string[];
} {
  const moved: Move[] = [];
  const left: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const [, name = "", sign, written = ""] =
      /^--(cap-add|security-opt|privileged|init)(?:([= ])([\s\S]*))?$/.exec(word) ?? [];
    if (name === "cap-add" || name === "security-opt") {
      if (sign === undefined) index += 1;
      const value = sign === undefined ? words[index] : written;
      moved.push({ key: name === "cap-add" ? "capAdd" : "securityOpt", value: (value ?? "").trim() });
    } else if ((name === "privileged" || name === "init") && (sign === undefined || written === "true"))
      moved.push({ key: name, value: true });
    else left.push(word);
  }
  return { moved, left };
}

/** What has to be added to the attributes, each to the end of its list. */
function moves(value: Readonly<Record<string, unknown>>, moved: readonly Move[]): JsonEdit[] {
  const edits: JsonEdit[] = [];
  const counts = { capAdd: listOf(value["capAdd"]).length, securityOpt: listOf(value["securityOpt"]).length };
  for (const { key, value: wanted } of moved) {
    if (key === "privileged" || key === "init") {
      if (value[key] !== true) edits.push({ at: [key], value: true });
    } else if (!listOf(value[key]).includes(wanted)) {
      edits.push({ at: [key, counts[key]], value: wanted });
      counts[key] += 1;
    }
  }
  return edits;
}
