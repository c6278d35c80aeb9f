import { leftOfGcflags } from "../../core/gcflags.ts";
import { flagName, flagWords } from "../../core/goBuild.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram } from "../../core/starts.ts";
import { isVariable } from "../attributes/adapter.ts";
import { sample } from "../paths/samples.ts";
import { keptFlags } from "./keptFlags.ts";

/** -a, which makes every launch as slow as the first. */
export const rebuildAll = rule({
  code: "DLV227",
  id: "rebuild-all",
  title: say`Every launch compiles everything anew`,
  severity: "warning",
  of: "configuration",
  prevents: ["first-debug-build-slow"],
  about: {
    what: "With `-a` go compiles every package of the program at every launch, those of the standard library too, as if there were no build cache. go knows by itself what has changed.",
    wrong: sample({ buildFlags: "-a -race" }),
    right: sample({ buildFlags: "-race" }),
    sources: ["https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies"],
  },
  *check(view) {
    const flags = leftOfGcflags(view.config["buildFlags"]);
    if (!buildsProgram(view) || isVariable(String(flags))) return;
    const words = flagWords(flags);
    // Behind -ldflags it is the linker's.
    const isOwn = (word: string, index: number) =>
      flagName(word) === "a" &&
      !/^--?(ldflags|gcflags|asmflags|gccgoflags|tags)$/.test(words[index - 1] ?? "");
    if (!words.some((word, index) => isOwn(word, index) && /^--?a(=true|=1)?$/.test(word))) return;
    const kept = words.filter((word, index) => !isOwn(word, index));
    yield {
      at: ["buildFlags"],
      message: say`-a compiles every package anew at each launch, those of the standard library too.`,
      remedies: [
        { title: say`Take -a out of buildFlags`, edits: [{ at: ["buildFlags"], ...keptFlags(kept, flags) }] },
      ],
    };
  },
});
