import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { hasFlag, serversOnPort } from "../../probes/dlvServerFacts.ts";
import { dlvServers } from "../../probes/dlvServers.ts";
import { configuredPort } from "../../probes/serverPort.ts";
import { described, serverFix, startedAs, waitedFor } from "./serverFixes.ts";

/** Two clients share one program: while one of them lets it run, what the other asks for waits. */
export const twoClientsFight = cause({
  id: "two-clients-fight",
  title: say`Two clients debug the same program, and one keeps the other waiting`,
  about: {
    what: "A server with `--accept-multiclient` takes several clients at once, and they share one program. Delve stops it for a remote attach, so that breakpoints can be set; when another client lets it run again in that moment, the requests of the attach wait until the program stops next, which may be never. The editor looks frozen, and nothing is wrong with dlv or the connection.",
    notThis:
      "Two connections alone are no fight: the second may attach without any trouble. A server that has not answered the first request yet is not ready, and one without `--accept-multiclient` takes no second client at all. Once breakpoints are set and the program runs, waiting is what it shall do.",
    sources: ["go-delve/delve#2322", "go-delve/delve#2323"],
    seen: "real",
  },
  needs: { servers: dlvServers },
  when: ({ timeline, ...launch }) =>
    configuredPort({ timeline, ...launch }) !== undefined &&
    (timeline.current === "load" || timeline.current === "configure"),
  find({ servers }, launch) {
    const on = servers === undefined ? [] : serversOnPort(servers);
    const server = on.find((one) => one.kind === "headless" && hasFlag(one, "--accept-multiclient"));
    const connected = server?.clients.filter(({ open }) => open) ?? [];
    const others = connected.filter(({ ours }) => !ours);
    const [other] = others;
    if (server === undefined || connected.length < 2 || other === undefined) return undefined;
    const program = server.under.find(({ traced }) => traced);
    const runs = program !== undefined && !/[tTZ]/.test(program.state);
    const names = others.map(described).join(", ");
    return {
      // Delve keeps the program stopped for the whole of an attach: if it runs, another client has let it.
      certainty: runs ? "proven" : "possible",
      because: runs
        ? say`Another client of dlv (pid ${server.pid}), ${names}, lets the program run while this attach is being set up.`
        : say`dlv (pid ${server.pid}) has another client, ${names}, while this attach waits.`,
      evidence: [
        say`/proc/net/tcp: ${connected.length} clients of pid ${server.pid} are ESTABLISHED on port ${server.port}: ${connected.map(({ from }) => from).join(", ")}`,
        `pid ${server.pid}: ${startedAs(server)}`,
        ...(program === undefined
          ? []
          : [say`/proc/${program.pid}/status: ${program.name}, state ${program.state}, under dlv`]),
      ],
      ...waitedFor(launch),
      fixes: [
        serverFix("two-clients-fight/disconnect", say`Disconnect the other client`, {
          kind: "advice",
          text: say`End the debug session of ${names}, without ending the program. This attach then goes on; if the editor has given up, attach again.`,
        }),
      ],
    };
  },
});
