import { cause, type Found } from "../../core/cause.ts";
import { goproxyFixes, withoutUserinfo } from "../../core/goproxy.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent, type Timeline } from "../../core/timeline.ts";
import { seconds, waitingOnNetwork } from "../../core/waiting.ts";
import { cachedModules } from "../../probes/cachedModules.ts";
import { downloads } from "../../probes/downloads.ts";
import { type GoProxy, goProxy } from "../../probes/goProxy.ts";
import { socketBytes } from "../../probes/socketBytes.ts";
import { downloading, lookupDisabled, moduleFailed, sourceAnswered } from "../texts.ts";
import { connectionOf, describeConnection, downloadFixes, layer } from "./download.ts";

const id = "module-download-blocked";

/** Modules that are not in the module cache come from a proxy, and go waits for it without a limit of its own. */
export const moduleDownloadBlocked = cause({
  id,
  title: say`go waits for a module that it cannot download`,
  about: {
    what: "A module that the program needs is not in the module cache, so `go build` fetches it. A proxy, or a firewall before it, that takes the connection and sends nothing holds the build up without a word: go has no time limit for an answer, and Delve shows nothing while it builds. Where the connection is refused, or the proxy answers with an error, the build fails at once with go's own words.",
    notThis:
      "A slow download moves bytes and is left alone. A connection that fetches a Go toolchain is gotoolchain-download. An environment variable that is set in the shell only does not count: what dlv's own environment says counts.",
    sources: [
      "golang/vscode-go#1031",
      "golang/vscode-go#1682",
      "goproxy/goproxy.cn#212",
      "microsoft/vscode-go#2138",
      "go-delve/delve#2240",
    ],
    seen: "real",
  },
  needs: { downloads, goProxy, socketBytes, cachedModules },
  when: (launch) =>
    builds(launch) &&
    (waitingOnNetwork(launch.timeline) !== undefined || failedModules(launch.timeline).length > 0),
  find(facts, launch) {
    const waiting = waitingOnNetwork(launch.timeline);
    if (waiting === undefined) return failed(facts.goProxy, facts.cachedModules, launch);
    if (facts.downloads.some((one) => one.toolchain !== undefined)) return undefined;
    const { downloads: open, goProxy: proxy, socketBytes: bytes } = facts;
    const connection = connectionOf(waiting, proxy);
    const modules = open.flatMap(({ module }) => module ?? []);
    const what = modules.length > 0 ? modules.join(", ") : say`a module`;
    const { remote, state } = connection.socket;
    const waited = seconds(waiting.idleMs);
    return {
      certainty: modules.length > 0 && connection.to !== undefined ? "proven" : "likely",
      because:
        state === "SYN_SENT"
          ? say`${waiting.name} has waited ${waited} for ${what} on a connection to ${remote} that is not answered.`
          : say`${waiting.name} has waited ${waited} for ${what} on a connection to ${remote} that sends nothing.`,
      evidence: [
        describeConnection(waiting, connection, bytes),
        ...open.map(
          ({ pid, path, module }) =>
            say`pid ${pid} go holds the download lock of ${module ?? ""} open: ${path}`,
        ),
        layer(proxy),
      ],
      explains: { phase: "build", ms: waiting.idleMs },
      fixes: downloadFixes(id, proxy, connection.to?.variable, launch),
    };
  },
});

/** The fast variants: go says itself which module and why; that the cache lacks it is looked at again. */
function failed(proxy: GoProxy, cached: ReadonlySet<string>, launch: Launch): Found | undefined {
  const missing = failedModules(launch.timeline).filter(({ module }) => !cached.has(module));
  const [first] = missing;
  if (first === undefined) return undefined;
  return {
    certainty: "proven",
    because: say`go could not download ${first.module}: ${first.reason}`,
    evidence: [
      ...missing.map(({ module, reason }) => say`${module} is not in the module cache; go said: ${reason}`),
      layer(proxy),
    ],
    explains: { phase: "build", ms: spent(launch.timeline, "build") },
    fixes: goproxyFixes({ cause: id, ...proxy, answered: sourceAnswered.test(first.reason) }, launch),
  };
}

/** The modules that go gave up, each once, with go's own reason. GOPROXY=off is refused without their names. */
function failedModules({ buildError }: Timeline): { readonly module: string; readonly reason: string }[] {
  const failed = new Map<string, string>();
  const lines = (buildError ?? "").split("\n").map((line) => line.replace(/ \(exit status \d+\)$/, ""));
  for (const line of lines) {
    const [, module, reason] = moduleFailed.exec(line) ?? [];
    if (module !== undefined && reason !== undefined && !failed.has(module))
      failed.set(module, withoutUserinfo(reason));
  }
  const off = lookupDisabled.exec(buildError ?? "")?.[0];
  if (off !== undefined && failed.size === 0)
    for (const [, path, version] of (buildError ?? "").matchAll(downloading))
      failed.set(`${path}@${version}`, off);
  return Array.from(failed, ([module, reason]) => ({ module, reason }));
}
