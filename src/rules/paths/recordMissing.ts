import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isPrepared, isServed, located } from "./located.ts";
import { sample } from "./samples.ts";

/** What each of the modes that look at a past run reads it from. */
const attributes = { core: "coreFilePath", replay: "traceDirPath" } as const;

/** The core file, or the recording, is not there. */
export const recordMissing = rule({
  code: "DLV307",
  id: "record-missing",
  title: say`The core file or the recording does not exist`,
  severity: "warning",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: "Mode core reads the file that `coreFilePath` names, mode replay the directory that `traceDirPath` names. Delve opens them as they are: without them there is nothing to debug.",
    wrong: sample({ mode: "core", program: "${workspaceFolder}/bin/server", coreFilePath: "/tmp/missing" }),
    right: sample({ mode: "core", program: "${workspaceFolder}/bin/server", coreFilePath: "/tmp/core.1" }),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go"],
  },
  *check(view, world) {
    const { config, request, mode } = view;
    if (request !== "launch" || (mode !== "core" && mode !== "replay") || isServed(view)) return;
    const attribute = attributes[mode];
    const path = located(config[attribute], world);
    if (path === undefined) return;
    const standing = world.look(path, config);
    if (standing === "directory" && mode === "core")
      yield {
        at: [attribute],
        severity: "error",
        message: say`${path} is a directory, and a core is one file.`,
      };
    if (standing === "nothing" && !isPrepared(view))
      yield { at: [attribute], message: say`There is no ${path}, so there is nothing to look at yet.` };
  },
});
