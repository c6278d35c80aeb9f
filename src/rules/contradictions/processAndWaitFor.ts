import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";

/** Two ways to say what to attach to: Delve refuses both at once. */
export const processAndWaitFor = rule({
  code: "DLV205",
  id: "process-and-wait-for",
  title: say`An attach has both processId and waitFor`,
  severity: "error",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: "`processId` names a process that runs, `waitFor` the beginning of the name of one that does not run yet. With both Delve refuses the attach: `'processId' and 'waitFor' are mutually exclusive, and can't be specified at the same time`.",
    wrong: `{
  "configurations": [
    { "name": "Attach", "type": "go", "request": "attach", "mode": "local", "processId": 4711, "waitFor": "/usr/local/bin/shop" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Attach", "type": "go", "request": "attach", "mode": "local", "processId": 4711 }
  ]
}`,
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go"],
  },
  *check({ config, request, mode }) {
    if (request !== "attach" || mode !== "local" || !config["processId"] || !config["waitFor"]) return;
    yield {
      at: ["waitFor"],
      mark: "key",
      message: say`"processId" and "waitFor" exclude each other: Delve refuses an attach that has both.`,
      related: [{ at: ["processId"], message: say`The process that is named already` }],
      remedies: [
        { title: say`Remove "waitFor", and attach to the process`, edits: [{ at: ["waitFor"] }] },
        { title: say`Remove "processId", and wait for the next process`, edits: [{ at: ["processId"] }] },
      ],
    };
  },
});
