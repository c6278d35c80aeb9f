import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { containersOf } from "./described.ts";
import { waitsForClient } from "./dlvFlags.ts";
import { podSample } from "./samples.ts";

/** A dlv that serves holds its program before its first instruction. */
export const podWaitsForClient = rule({
  code: "DLV511",
  id: "pod-waits-for-client",
  title: say`The program of a pod waits for a client of dlv`,
  severity: "information",
  of: "pod",
  prevents: ["headless-waits-for-client"],
  about: {
    what: "`dlv exec --headless` (and `debug`, `attach`) holds the program until a client has connected and continued. The pod looks ready or fails its probes, and does not answer until then. With `--continue --accept-multiclient` it runs at once and takes clients later.",
    wrong: podSample("exec --headless --listen=:40000 /app"),
    right: podSample("exec --headless --continue --accept-multiclient --listen=:40000 /app"),
    sources: ["ko-build/ko#1560", "https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/cmds/commands.go"],
  },
  check: (file) => containersOf(file).flatMap(waitsForClient),
});
