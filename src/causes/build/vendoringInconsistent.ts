import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { buildFlagWords, flagName, withBuildFlag } from "../../core/goBuild.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type Vendoring, vendoring } from "../../probes/vendoring.ts";
import { vendorLacks, vendorStale } from "../texts.ts";

const id = "vendoring-inconsistent";

/** With a vendor directory go builds from that alone, and checks it against go.mod first. */
export const vendoringInconsistent = cause({
  id,
  title: say`The vendor directory does not fit go.mod`,
  about: {
    what: "Where a module (or, from Go 1.22 on, a workspace) has a `vendor` directory, go builds from it and not from the module cache, and compares `vendor/modules.txt` with go.mod first. After a change of go.mod without `go mod vendor`, after a merge, or with `-mod=vendor` in GOFLAGS and nothing vendored, go refuses at once: `inconsistent vendoring`, or `import lookup disabled by -mod=vendor`. `-mod=readonly` builds this launch from the module cache.",
    notThis:
      "gopls says the same of modules that it makes for itself: what counts is what go says in the directory that dlv builds in, with dlv's environment. A package that go.mod does not require at all is missing with `-mod=readonly` as well.",
    sources: ["golang/vscode-go#1595", "golang/vscode-go#2112", "golang/vscode-go#1064"],
    seen: "real",
  },
  needs: { vendor: vendoring },
  when: (launch) => builds(launch) && refuses(launch.timeline.buildError ?? ""),
  find({ vendor }, launch) {
    if (!vendor.refusal.some(refuses)) return undefined;
    const stale = vendor.refusal.some((line) => vendorStale.test(line));
    const kind = vendor.work ? "go.work" : "go.mod";
    return {
      certainty: "proven",
      because: stale
        ? say`${vendor.root}/vendor/modules.txt does not say what ${kind} in ${vendor.root} says.`
        : say`go may take packages from ${vendor.root}/vendor alone, and one that the program imports is not there.`,
      evidence: [
        ...vendor.refusal.slice(0, 4).map((line) => say`go list, with dlv's environment: ${line}`),
        whoAsks(vendor, launch),
      ],
      explains: { phase: "build", ms: spent(launch.timeline, "build") },
      fixes: fixes(vendor, launch),
    };
  },
});

function refuses(text: string): boolean {
  return vendorStale.test(text) || vendorLacks.test(text);
}

function whoAsks({ goflags, from, root }: Vendoring, launch: Launch): string {
  const own = buildFlagWords(launch).find((word) => flagName(word) === "mod");
  if (own !== undefined) return say`${own} is in this configuration's buildFlags`;
  const flag = goflags.split(/\s+/).find((word) => flagName(word) === "mod");
  if (flag === undefined) return say`no -mod is set: go vendors because ${root}/vendor is there`;
  const layer =
    launch.env["GOFLAGS"] === undefined
      ? say`the environment that dlv inherits`
      : say`this configuration's env`;
  return say`${flag} is in GOFLAGS, from ${from === "file" ? say`what \`go env -w\` wrote` : layer}`;
}

function fixes({ root, work, cached }: Vendoring, launch: Launch): Fix[] {
  return [
    {
      id: `${id}/readonly`,
      title: say`Build this launch from the module cache instead`,
      preferred: cached,
      needsRoot: false,
      scope: "launch",
      action: {
        kind: "launch.json",
        edits: [{ at: ["buildFlags"], value: withBuildFlag(launch, "-mod=readonly") }],
      },
    },
    {
      id: `${id}/vendor`,
      title: cached
        ? say`Vendor again in ${root}`
        : say`Vendor again in ${root} (go may have to download modules)`,
      preferred: !cached,
      needsRoot: false,
      scope: "folder",
      action: { kind: "command", argv: ["go", work ? "work" : "mod", "vendor"], cwd: root },
    },
  ];
}
