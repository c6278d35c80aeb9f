import { isOlderDelve } from "../../core/delveReleases.ts";
import { asBuildFlags } from "../../core/flagQuoting.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { adapterOf, isEmpty } from "./adapter.ts";
import { attributeOf } from "./table.ts";

/** golang.go joins a list of build flags with spaces, without quotes, for a dlv before this one (maybeJoinFlags). */
const takesLists = "1.22.2";

/** An attribute that the dlv of this configuration does not know yet. */
export const newerThanDelve = rule({
  code: "DLV107",
  id: "newer-than-delve",
  title: say`The dlv that is installed does not know the attribute yet`,
  severity: "warning",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: "Delve ignores what it does not know, so that an attribute of a later release does nothing. An attach with `waitFor` to a Delve before 1.22.1 fails, because it misses the `processId`. A list of `buildFlags` is joined by golang.go for a Delve before 1.22.2, and falls apart at the spaces inside its entries. This is said only where the dlv is known that the configuration gets.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "exec", "program": "/bin/app", "dlvToolPath": "/opt/delve-1.20.2/dlv", "stdoutTo": "/tmp/out.txt" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "exec", "program": "/bin/app", "dlvToolPath": "/opt/delve-1.27.1/dlv", "stdoutTo": "/tmp/out.txt" }
  ]
}`,
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/CHANGELOG.md",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
    ],
  },
  *check(view, world) {
    const { config, request } = view;
    const version = world.delve(config);
    // The dlv at a port is another one, of which nothing is known.
    if (version === undefined || config["port"] || config["debugServer"]) return;
    if (view.mode === "remote" || adapterOf(view, world) !== "dlv-dap") return;
    for (const [name, value] of Object.entries(config)) {
      const attribute = attributeOf(name);
      const { since, requests } = attribute ?? {};
      if (since === undefined || isEmpty(value) || !isOlderDelve(version, since)) continue;
      if (requests?.includes(request))
        yield {
          at: [name],
          mark: "key",
          message:
            name === "waitFor"
              ? say`"${name}" came with Delve ${since}; this is ${version}, which misses a "processId" and refuses the attach.`
              : say`"${name}" came with Delve ${since}; this is ${version}, which ignores it.`,
          ...(name === "waitFor" && !config["processId"] && { severity: "error" }),
        };
    }
    const flags = config["buildFlags"];
    if (request !== "launch" || !Array.isArray(flags) || !isOlderDelve(version, takesLists)) return;
    const words = flags.filter((flag) => typeof flag === "string");
    if (words.length < flags.length || !words.some((flag) => /\s/.test(flag))) return;
    const text = asBuildFlags(words, "text");
    yield {
      at: ["buildFlags"],
      message: say`golang.go joins this list with spaces for Delve ${version}, so that the entries with spaces fall apart: write one text with quotes.`,
      remedies:
        typeof text === "string"
          ? [{ title: say`Write ${JSON.stringify(text)}`, edits: [{ at: ["buildFlags"], value: text }] }]
          : [],
    };
  },
});
