import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { guessHelpers } from "../../probes/guessHelpers.ts";
import { serverFix } from "../network/serverFixes.ts";
import { isRemoteAttach } from "./remoteAdapter.ts";

/** How long (ms) the helper may take: in a module whose packages are all there it takes tenths of a second. */
const usualMs = 2000;

/** golang.go lists every package of the module before it attaches, and waits for the list without a limit. */
export const remoteHelperGoList = cause({
  id: "remote-helper-go-list",
  title: say`The Go extension lists the module's packages before it attaches`,
  about: {
    what: 'For a remote attach that names no `debugAdapter` golang.go first runs `dlv substitute-path-guess-helper` (Delve 1.24 and newer), to find out which paths on this machine stand for those in the program. That runs `go list --json all` in the directory of the extension host, and `all` wants every module there is, downloads included. There is no time limit and no output: the attach spins before a single packet has left for the server. With `"debugAdapter": "dlv-dap"` the helper is not run; `substitutePath` then says what it would have guessed.',
    notThis:
      "A helper that has run for less than two seconds is only at work. A server that does not answer is another matter: here nothing has been sent to it yet. The same `go list` under `dlv dap` or gopls belongs to a build or to the editor.",
    sources: [
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/rpc2/client.go",
    ],
    seen: "real",
  },
  where: "editor",
  needs: { helpers: guessHelpers },
  // golang.go runs the helper only where neither launch.json nor the settings name an adapter, and goes to the server
  // when it is done: an attach that has come there, and failed, did not wait for it.
  when: (launch) =>
    isRemoteAttach(launch) && launch.config["debugAdapter"] === undefined && launch.timeline.totalMs === 0,
  find({ helpers }) {
    const slow = helpers.filter(({ ageMs, go }) => ageMs > usualMs && go !== undefined);
    const helper = slow.find((one) => one.parent.ours) ?? slow[0];
    if (helper?.go === undefined) return undefined;
    const { pid, parent, ageMs, go } = helper;
    const seconds = (ageMs / 1000).toFixed(1);
    return {
      // Another window's helper looks the same, and holds up another launch.
      certainty: parent.ours ? "proven" : "possible",
      because: say`Before the attach \`go list --json all\` (pid ${go.pid}) has been running in ${go.cwd} for ${seconds} s, and the editor waits for it.`,
      evidence: [
        say`pid ${pid}: dlv substitute-path-guess-helper, started ${seconds} s ago by ${parent.name} (pid ${parent.pid})`,
        say`pid ${go.pid}: go list, state ${go.state}, ${go.connections} TCP connections, in ${go.cwd}`,
      ],
      ...(parent.ours && { explains: { phase: "start", ms: ageMs } }),
      fixes: [
        serverFix(
          "remote-helper-go-list/dlv-dap",
          say`Name the adapter, "debugAdapter": "dlv-dap", so that nothing is listed first`,
          { kind: "launch.json", edits: [{ at: ["debugAdapter"], value: "dlv-dap" }] },
        ),
      ],
    };
  },
});
