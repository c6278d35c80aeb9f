import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isPrepared, isServed, isTilde, located } from "./located.ts";
import { sample } from "./samples.ts";

/** `cwd` is no directory. */
export const cwdMissing = rule({
  code: "DLV304",
  id: "cwd-missing",
  title: say`The working directory does not exist`,
  severity: "error",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: "The program is started in `cwd`. Where that is no directory the kernel refuses, and Delve's words name the program instead: `fork/exec /w/app: no such file or directory`. A relative path counts from the workspace folder, and `~` is the home directory.",
    wrong: sample({ cwd: "${workspaceFolder}/missing" }),
    right: sample({ cwd: "${workspaceFolder}/testdata" }),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go"],
  },
  *check(view, world) {
    const { config, request, mode } = view;
    if (request !== "launch" || mode === "core" || mode === "replay" || isServed(view)) return;
    const cwd = config["cwd"];
    if (typeof cwd !== "string") return;
    const path = located(isTilde(cwd) ? `\${userHome}${cwd.slice(1)}` : cwd, world);
    if (path === undefined) return;
    const standing = world.look(path, config);
    if (standing === undefined || standing === "directory" || (standing === "nothing" && isPrepared(view)))
      return;
    yield {
      at: ["cwd"],
      message:
        standing === "nothing"
          ? say`There is no ${path}, so no program can be started in it.`
          : say`${path} is a file, and a program is started in a directory.`,
    };
  },
});
