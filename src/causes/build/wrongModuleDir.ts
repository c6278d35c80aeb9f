import { cause } from "../../core/cause.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type GoModule, goModule } from "../../probes/goModule.ts";
import { gopathMode, outsideModule } from "../texts.ts";
import { moduleFixes } from "./moduleFixes.ts";

/** go finds the module from the directory it runs in, and the program must be in that module or workspace. */
export const wrongModuleDir = cause({
  id: "wrong-module-dir",
  title: say`go builds outside the program's module`,
  about: {
    what: "go looks for go.mod (and go.work) from the directory it runs in upwards, and builds only packages of that module or workspace. Delve runs it in the program's directory, or in `dlvCwd` where that is set. A folder without go.mod, a go.work that leaves the module out, a `dlvCwd` in another module, or `GO111MODULE=off` from the days of GOPATH make go refuse at once.",
    notThis:
      "A single .go file that imports only the standard library builds outside every module: GOMOD=/dev/null alone is no fault. A workspace that is reached through a symbolic link is worded alike and has another remedy. `GOWORK=off` mends some projects and breaks others.",
    sources: [
      "golang/vscode-go#1677",
      "golang/vscode-go#226",
      "fatih/vim-go#3374",
      "leoluz/nvim-dap-go#85",
      "microsoft/vscode-go#2841",
      "golang/go#31997",
    ],
    seen: "real",
  },
  needs: { module: goModule },
  when: (launch) =>
    builds(launch) && (launch.timeline.totalMs === 0 || refuses(launch.timeline.buildError ?? "")),
  find({ module }, launch) {
    if (!refuses(module.refusal) || isSymlinked(module)) return undefined;
    const failed = refuses(launch.timeline.buildError ?? "");
    return {
      certainty: "proven",
      because: reason(module),
      evidence: [
        say`in ${module.directory}, go list: ${module.refusal}`,
        `go env: GOMOD=${module.mod || say`(empty)`} GOWORK=${module.work || say`(empty)`} GO111MODULE=${module.modules || say`(not set)`}`,
        ...(module.nearest === undefined ? [] : [say`nearest to the program: ${module.nearest}`]),
      ],
      ...(failed && { explains: { phase: "build", ms: spent(launch.timeline, "build") } }),
      fixes: moduleFixes(module, launch),
    };
  },
});

function refuses(text: string): boolean {
  return outsideModule.test(text) || gopathMode.test(text);
}

/** go sees the program's own module and refuses all the same: the path leads through a symbolic link. */
function isSymlinked({ mod, nearest, work, refusal }: GoModule): boolean {
  return nearest !== undefined && mod === nearest && !work.startsWith("/") && /outside/.test(refusal);
}

function reason({ modules, work, mod, nearest, directory, packageDirectory }: GoModule): string {
  if (modules === "off")
    return say`GO111MODULE=off makes go look under GOPATH, where the program's packages are not.`;
  if (work.startsWith("/") && (nearest !== undefined || mod === ""))
    return nearest === undefined
      ? say`${work} cannot be read.`
      : say`${work} leaves out the module of ${nearest}.`;
  if (nearest !== undefined && nearest !== mod)
    return say`go runs in ${directory}, outside the program's module (${nearest}).`;
  return say`There is no go.mod in ${packageDirectory ?? directory} or above it.`;
}
