import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { sample } from "../paths/samples.ts";

/** stopOnEntry where nothing can stop. */
export const noDebugStop = rule({
  code: "DLV220",
  id: "no-debug-stop",
  title: say`Without a debugger nothing stops`,
  severity: "warning",
  of: "configuration",
  prevents: ["run-without-debugging-confusion"],
  about: {
    what: '`"noDebug": true` makes dlv run the program like Ctrl+F5 does: it builds and starts it, and debugs nothing. Breakpoints are passed by, and `stopOnEntry` does nothing.',
    wrong: sample({ noDebug: true, stopOnEntry: true }),
    right: sample({ stopOnEntry: true }),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go"],
  },
  *check({ config, request }) {
    if (request !== "launch" || config["noDebug"] !== true || config["stopOnEntry"] !== true) return;
    yield {
      at: ["stopOnEntry"],
      message: say`With "noDebug" the program runs without a debugger: "stopOnEntry" does nothing, and breakpoints neither.`,
      related: [{ at: ["noDebug"], message: say`Debugs nothing` }],
      remedies: [
        { title: say`Remove "noDebug", and debug`, edits: [{ at: ["noDebug"] }] },
        { title: say`Remove "stopOnEntry", and run without debugging`, edits: [{ at: ["stopOnEntry"] }] },
      ],
    };
  },
});
