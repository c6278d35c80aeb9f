import { cause } from "../../core/cause.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { programPackage } from "../../probes/programPackage.ts";
import { notExecutable } from "../texts.ts";
import { otherProgram } from "./programFixes.ts";

const id = "not-executable-nonmain";

/** go build -o writes an archive for a library, and Delve tries to run it. */
export const notExecutableNonmain = cause({
  id,
  title: say`The program is a library and not a main package`,
  about: {
    what: "`program` names a package whose name is not `main`. `go build -o` compiles it without complaint and writes an archive of object files, which nothing can run: Delve then says `could not launch process: not an executable file`. A library has nothing to start; its tests do (`mode: test`), and so does the main package that uses it.",
    notThis:
      "The same words come for a program that was built for another system, for a file that lost its execute bit and for a test binary without tests. So go is asked for the package's name.",
    sources: [
      "microsoft/vscode#53411",
      "go-delve/delve#4229",
      "MasahiroSakoda/dotfiles#65",
      "microsoft/vscode-go#842",
    ],
    seen: "real",
  },
  needs: { program: programPackage },
  when: (launch) =>
    builds(launch) &&
    launch.mode === "debug" &&
    (launch.timeline.totalMs === 0 || notExecutable.test(launch.timeline.failure?.text ?? "")),
  find({ program }, launch) {
    if (program.name === "" || program.name === "main" || program.files.length === 0) return undefined;
    // A file that `//go:build ignore` keeps out of the library is built when it is named, and may be a program.
    if (program.kind === "file" && program.ignored.some((file) => program.path.endsWith(`/${file}`)))
      return undefined;
    const said = launch.timeline.failure?.text;
    return {
      certainty: "proven",
      because: say`${program.dir} is package ${program.name}, a library: there is nothing to start.`,
      evidence: [
        say`go list: package ${program.name} in ${program.dir} (${program.files.join(", ")})`,
        ...(said === undefined ? [] : [said]),
      ],
      ...(said !== undefined && { explains: { phase: "build", ms: spent(launch.timeline, "build") } }),
      fixes: [otherProgram(id, program, launch)],
    };
  },
});
