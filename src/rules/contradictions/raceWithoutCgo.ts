import { leftOfGcflags } from "../../core/gcflags.ts";
import { flagName, flagWords } from "../../core/goBuild.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram, envText } from "../../core/starts.ts";
import { isVariable } from "../attributes/adapter.ts";
import { sample } from "../paths/samples.ts";
import { keptFlags } from "./keptFlags.ts";

/** The race detector with cgo switched off. */
export const raceWithoutCgo = rule({
  code: "DLV225",
  id: "race-without-cgo",
  title: say`The race detector is on and cgo is off`,
  severity: "warning",
  of: "configuration",
  prevents: ["build-error"],
  about: {
    what: "With `CGO_ENABLED=0` go refuses to build with the race detector: `-race requires cgo`. On macOS it does without cgo since Go 1.20, so this is a warning, and says nothing there.",
    wrong: sample({ buildFlags: "-race", env: { CGO_ENABLED: "0" } }),
    right: sample({ buildFlags: "-race" }),
    sources: ["https://go.dev/doc/go1.20#cgo"],
  },
  *check(view, { platform }) {
    const flags = leftOfGcflags(view.config["buildFlags"]);
    if (!buildsProgram(view) || platform === "osx" || isVariable(String(flags))) return;
    const words = flagWords(flags);
    if (!words.some((word) => /^--?race(=true|=1)?$/.test(word)) || envText(view, "CGO_ENABLED") !== "0")
      return;
    const kept = words.filter((word) => flagName(word) !== "race");
    yield {
      at: ["env", "CGO_ENABLED"],
      message: say`go refuses -race with CGO_ENABLED=0.`,
      related: [{ at: ["buildFlags"], message: say`Has -race` }],
      remedies: [
        { title: say`Remove CGO_ENABLED`, edits: [{ at: ["env", "CGO_ENABLED"] }] },
        {
          title: say`Take -race out of buildFlags`,
          edits: [{ at: ["buildFlags"], ...keptFlags(kept, flags) }],
        },
      ],
    };
  },
});
