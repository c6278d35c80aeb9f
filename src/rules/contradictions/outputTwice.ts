import { allOf, quoted } from "../../core/lists.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { sample } from "../paths/samples.ts";

/** The program's output sent to two places. */
export const outputTwice = rule({
  code: "DLV224",
  id: "output-twice",
  title: say`The program's output goes to two places`,
  severity: "error",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: '`"outputMode": "remote"` sends the program\'s output to the editor, `stdoutTo` and `stderrTo` send it into files. Delve refuses both at once: `output == "remote" can not be used together with stdoutTo or stderrTo`.',
    wrong: sample({ outputMode: "remote", stdoutTo: "/tmp/server.log" }),
    right: sample({ stdoutTo: "/tmp/server.log" }),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go"],
  },
  *check({ config, request, mode }, world) {
    if (request !== "launch" || mode === "remote" || config["outputMode"] !== "remote") return;
    const files = ["stdoutTo", "stderrTo"].filter((name) => config[name]);
    const [, minor = 27] = (world.delve(config) ?? "").split(".").map(Number);
    // Before 1.26 Delve knew no such files.
    if (files.length === 0 || minor < 26) return;
    const names = allOf(files.map(quoted));
    yield {
      at: ["outputMode"],
      message: say`"outputMode": "remote" and ${names} send the output to two places: Delve refuses the launch.`,
      related: files.map((name) => ({ at: [name], message: say`The other place` })),
      remedies: [
        { title: say`Remove "outputMode"`, edits: [{ at: ["outputMode"] }] },
        { title: say`Remove ${names}`, edits: files.map((name) => ({ at: [name] })) },
      ],
    };
  },
});
