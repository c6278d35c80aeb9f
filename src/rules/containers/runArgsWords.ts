import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { listOf, objectOf } from "./described.ts";

/** An option and its value in one entry of runArgs: no shell parts them. */
export const runArgsWords = rule({
  code: "DLV502",
  id: "run-args-words",
  title: say`An item of runArgs holds two words`,
  severity: "error",
  of: "devcontainer",
  prevents: ["container-ptrace-eperm"],
  about: {
    what: 'Each entry of `runArgs` reaches `docker run` as one word, whatever blanks are in it, because no shell reads it. `"--cap-add SYS_PTRACE"` is then an option of that whole name, which docker and podman refuse: `unknown flag`. An option and its value are two entries, or one with `=`.',
    wrong: `{
  "image": "golang:1.26",
  "runArgs": ["--cap-add SYS_PTRACE"]
}`,
    right: `{
  "image": "golang:1.26",
  "runArgs": ["--cap-add=SYS_PTRACE"]
}`,
    sources: ["https://containers.dev/implementors/json_reference/"],
  },
  *check(file) {
    const value = objectOf(file);
    const runArgs = value?.["runArgs"];
    if (value === undefined || value["dockerComposeFile"] !== undefined) return;
    if (typeof runArgs === "string") {
      const words = runArgs.split(/\s+/).filter((word) => word !== "");
      const plain = !/["'$\\]/.test(runArgs);
      yield {
        at: ["runArgs"],
        message: say`runArgs is a list of texts, one for each word.`,
        ...(plain && {
          remedies: [{ title: say`Write a list of its words`, edits: [{ at: ["runArgs"], value: words }] }],
        }),
      };
    }
    for (const [index, word] of listOf(runArgs).entries()) {
      const [, option, rest = ""] = /^(--[a-z][a-z-]*)[ \t]+(.+)$/.exec(String(word)) ?? [];
      // Behind an option without its value this may be that value.
      const before = String(listOf(runArgs)[index - 1] ?? "");
      if (option === undefined || (before.startsWith("-") && !/[=\s]/.test(before) && !alone.has(before)))
        continue;
      const at = ["runArgs", index];
      yield {
        at,
        message: say`docker gets this as one word and knows no option "${String(word)}"; an option and its value are joined by = or are two entries.`,
        // Several options in one entry are a person's to part.
        remedies: /(^|\s)-/.test(rest)
          ? []
          : [
              {
                title: say`Write "${option}=${rest}"`,
                edits: [{ at, value: `${option}=${rest}` }],
                safe: true,
              },
            ],
      };
    }
  },
});

/** Options of docker run that take no value. */
const alone = new Set([
  "--init",
  "--privileged",
  "--rm",
  "--read-only",
  "-t",
  "-i",
  "-it",
  "-d",
  "-P",
  "--publish-all",
]);
