import { asBuildFlags, meantWords } from "../../core/flagQuoting.ts";
import { leftOfGcflags } from "../../core/gcflags.ts";
import { flagName, flagWords } from "../../core/goBuild.ts";
import { type Complaint, rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram } from "../../core/starts.ts";
import { strayToolFlag } from "../../core/toolFlags.ts";
import { isVariable } from "../attributes/adapter.ts";

/** Flags that are followed by a list, of which a part may be torn off. */
const lists = ["ldflags", "gcflags", "asmflags", "gccgoflags", "tags"];

/** Quotes and spaces in buildFlags that reach go otherwise than a shell would hand them over. */
export const tornBuildFlags = rule({
  code: "DLV211",
  id: "torn-build-flags",
  title: say`buildFlags fall into other words than were meant`,
  severity: "error",
  of: "configuration",
  prevents: ["buildflags-quoting"],
  about: {
    what: 'No shell reads `buildFlags`. Delve splits a text at spaces and knows single quotes only: `-ldflags="-X main.v=1"` falls into two words, and go refuses both. A list is not split at all: the item `"-tags dev"` is one flag with a space in its name, and the quotes of `"-ldflags=\'-s\'"` are part of the value, which go refuses. `-tags="dev"` is no error and no tag either. Without any quotes, `-ldflags=-s -w` and `-gcflags=all=-N -l` leave a flag of the linker or compiler on its own: `flag provided but not defined: -w`.',
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-ldflags=\\"-X main.version=1\\"" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-ldflags='-X main.version=1'" }
  ]
}`,
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/pkg/config/split.go",
      "https://github.com/golang/vscode-go/blob/master/docs/debugging.md#specifying-other-build-flags",
    ],
  },
  *check(view) {
    const written = view.config["buildFlags"];
    const flags = leftOfGcflags(written);
    if (!buildsProgram(view) || isVariable(String(flags))) return;
    const fault =
      (Array.isArray(flags) ? faultOfList(flags) : faultOfText(flags)) ?? faultOfTools(flags, view);
    if (fault === undefined) return;
    // What golang.go takes out of a text has left its second half there.
    const meant = meantWords(written).filter((word) => flags === written || flagName(word) !== "gcflags");
    const value = asBuildFlags(meant, Array.isArray(flags) ? "list" : "text");
    const again = Array.isArray(value) ? faultOfList(value) : faultOfText(value);
    const sound = again === undefined && strayToolFlag(flagWords(value)) === undefined;
    const at = ["buildFlags"];
    const [title, edit] =
      meant.length === 0
        ? [say`Remove buildFlags: Delve sets -gcflags itself`, { at }]
        : [say`Write ${JSON.stringify(value)}`, { at, value }];
    yield { at, ...fault, remedies: sound ? [{ title, edits: [edit] }] : [] };
  },
});

type Fault = Pick<Complaint, "message" | "severity">;

/** A flag of the compiler or the linker that has come out of its list; go test hands what it does not know to the test. */
function faultOfTools(flags: unknown, { mode }: View): Fault | undefined {
  const stray = mode === "test" ? undefined : strayToolFlag(flagWords(flags));
  if (stray === undefined) return undefined;
  return {
    message: Array.isArray(flags)
      ? say`Each item of a list is a flag of its own, and go build has no ${stray}: it refuses it.`
      : say`Delve splits this at spaces, so that ${stray} stands on its own: go build has no such flag, and refuses it.`,
    // It depends on the file in the editor whether this is a test.
    ...(mode === "auto" && { severity: "warning" }),
  };
}

function faultOfText(flags: unknown): Fault | undefined {
  const words = flagWords(flags);
  for (const [index, word] of words.entries()) {
    const name = flagName(word) ?? "";
    const value = word.includes("=") ? word.slice(word.indexOf("=") + 1) : words[index + 1];
    const behind = words.slice(index + (word.includes("=") ? 1 : 2));
    const [next] = behind;
    // An odd quote: what closes it stands in another word.
    if (name !== "" && value !== undefined && isOpen(value) && behind.some(isOpen))
      return {
        message: say`Delve splits this at spaces and knows single quotes only: go gets ${value} as the value of -${name} and the rest as words of their own, and refuses them.`,
      };
    const stray = next !== undefined && flagName(next) === undefined && !/^[./]/.test(next);
    if (lists.includes(name) && stray)
      return {
        message: say`Delve splits this at spaces: ${next} is no part of -${name}, and go takes it for a package.`,
      };
    const quoted = quotesOf(name, value);
    if (quoted !== undefined) return quoted;
  }
  return undefined;
}

function faultOfList(items: readonly unknown[]): Fault | undefined {
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    if (typeof item !== "string") continue;
    // The value of a flag may be an item of its own, and look like anything.
    if (typeof before === "string" && takesNext(before)) {
      const quoted = quotesOf(flagName(before) ?? "", item);
      if (quoted !== undefined) return quoted;
      continue;
    }
    const [, name, value = ""] = /^--?([\w-]+)(?:=([\s\S]*))?$/.exec(item) ?? [];
    if (name === undefined && /^--?[\w-]+\s/.test(item))
      return {
        message: say`An item of a list is one flag as it is: go knows none that is called "${item}".`,
      };
    const quoted = quotesOf(name ?? "", value);
    if (quoted !== undefined) return quoted;
  }
  return undefined;
}

function isOpen(word: string): boolean {
  return (word.match(/"/g)?.length ?? 0) % 2 === 1;
}

/** True for a flag without a value that is not known to be a switch. */
function takesNext(item: string): boolean {
  return (
    /^--?[\w-]+$/.test(item) &&
    !/^--?(a|asan|cover|json|linkshared|modcacherw|msan|n|race|trimpath|v|work|x)$/.test(item)
  );
}

/** What go says of a value that still has its quotes. */
function quotesOf(name: string, value = ""): Fault | undefined {
  if (name !== "tags" && lists.includes(name) && /^["']/.test(value))
    return {
      message: say`No shell takes the quotes off: go refuses a value of -${name} that begins with one.`,
    };
  if (name === "tags" && value.includes('"'))
    return {
      message: say`No shell takes the quotes off: go looks for a tag that has them in its name.`,
      severity: "warning",
    };
  return undefined;
}
