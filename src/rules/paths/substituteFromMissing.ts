import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isAbsolute, pathRules } from "../../core/substitutePath.ts";
import { located } from "./located.ts";
import { sample } from "./samples.ts";

/** No entry of `substitutePath` is about a path of the editor's machine. */
export const substituteFromMissing = rule({
  code: "DLV309",
  id: "substitute-from-missing",
  title: say`substitutePath maps from a path that the editor does not have`,
  severity: "information",
  of: "configuration",
  prevents: ["substitute-path-missing"],
  about: {
    what: "`from` is where the sources lie for the editor, `to` where the program was built. An entry whose `from` does not exist on the editor's machine maps no breakpoint. Nothing is said where another entry does: a file that is shared may have one for each machine.",
    wrong: sample({ substitutePath: [{ from: "/src/missing", to: "/build" }] }),
    right: sample({ substitutePath: [{ from: "${workspaceFolder}", to: "/build" }] }),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/pkg/locspec/locations.go"],
  },
  *check({ config }, world) {
    const list = config["substitutePath"];
    const rules = pathRules(config);
    if (!Array.isArray(list) || rules.length !== list.length) return;
    // Those stand the wrong way round, which substitute-from tells.
    if (rules.some(({ to }) => to.startsWith("${workspace"))) return;
    const missing = rules.flatMap(({ from }) => {
      const path = isAbsolute(world.expand(from) ?? "") ? located(from, world) : undefined;
      return path !== undefined && world.lookHere(path) === "nothing" ? [path] : [];
    });
    if (missing.length < rules.length) return;
    for (const [index, path] of missing.entries())
      yield {
        at: ["substitutePath", index, "from"],
        message: say`There is no ${path} on this machine, and "from" is where the editor has the sources: this maps no breakpoint.`,
      };
  },
});
