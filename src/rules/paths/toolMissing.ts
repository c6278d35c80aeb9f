import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isAbsolute } from "../../core/substitutePath.ts";
import type { Standing } from "../../core/world.ts";
import { located } from "./located.ts";
import { sample } from "./samples.ts";

function told(path: string, standing: Standing | undefined): string | undefined {
  if (standing === "nothing")
    return say`${path} does not exist: the Go extension looks for a dlv of its own, and any other launcher fails.`;
  if (standing === "directory")
    return say`${path} is a directory: the Go extension looks for a dlv of its own, and any other launcher fails.`;
  if (standing === "file")
    return say`${path} must not be executed: the Go extension looks for a dlv of its own, and any other launcher fails.`;
  return undefined;
}

/** `dlvToolPath` is no program. */
export const toolMissing = rule({
  code: "DLV308",
  id: "tool-missing",
  title: say`dlvToolPath names no program`,
  severity: "warning",
  of: "configuration",
  prevents: ["dlv-dies-or-missing-at-start"],
  about: {
    what: "golang.go puts the dlv that it finds itself (`go.alternateTools`, GOBIN, GOPATH/bin, PATH) in the place of `dlvToolPath`, whatever that says. Other launchers, such as `delve-doctor launch`, run the program that is named there.",
    wrong: sample({ dlvToolPath: "/opt/missing/dlv" }),
    right: sample({ dlvToolPath: "/opt/bin/dlv" }),
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts"],
  },
  *check({ config }, world) {
    const tool = config["dlvToolPath"];
    // Beside a place of its own the editor's dlv does not count.
    if (config["delveDoctor"] !== undefined || typeof tool !== "string") return;
    if (!isAbsolute(world.expand(tool) ?? "")) return;
    const path = located(tool, world);
    const message = path === undefined ? undefined : told(path, world.lookHere(path));
    if (message === undefined) return;
    yield {
      at: ["dlvToolPath"],
      message,
      remedies: [{ title: say`Remove "dlvToolPath"`, edits: [{ at: ["dlvToolPath"] }] }],
    };
  },
});
