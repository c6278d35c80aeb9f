import { cause } from "../../core/cause.ts";
import { isNewerGo } from "../../core/goVersion.ts";
import { buildFlags, builds } from "../../core/launch.ts";
import { findStripping } from "../../core/ldflags.ts";
import { say } from "../../core/say.ts";
import { goVersion } from "../../probes/goVersion.ts";
import { macTools } from "../../probes/macTools.ts";
import { lostLoad, saidBy } from "../failure.ts";
import { either } from "../texts/row.ts";
import { dwarfStrings, dwarfTooShort } from "../texts.ts";

/** Apple clang of Xcode 16: the first that writes DWARF 5 unasked for macOS 15. */
const firstClang = 16;

/** The newest Go that the threads tell of: 1.23.0 and 1.23.1 still fail. */
const lastGo = "1.23.99";

const unread = either(dwarfStrings, dwarfTooShort);

/** What clang compiled for cgo is linked into the program with its debug information. */
export const macosXcode16Dwarf = cause({
  id: "macos-xcode16-dwarf",
  title: say`Xcode 16 compiled the program's C code to debug information that Delve cannot read`,
  about: {
    what: "Where a program uses cgo (many sqlite and GUI packages do), clang compiles a part of it, and that part's debug information is linked into the program. The clang of Xcode 16 and of the command line tools of macOS 15 writes DWARF 5, which Go 1.23 and Delve 1.23 do not read in a macOS program. Delve then ends after the whole build: `decoding dwarf section info at offset 0x…: DW_FORM_strx with no .debug_str_offsets section`, or `…0x0: too short`. A current Go and a Delve built with it read it; `CGO_ENABLED=0` leaves clang out.",
    notThis:
      "A program linked with `-ldflags=-w` or `-s` gives `too short` on any system, and so may a build by Bazel: then there is no debug information at all. A program without cgo is not concerned.",
    sources: [
      "go-delve/delve#3797",
      "go-delve/delve#3811",
      "go-delve/delve#3995",
      "golang/vscode-go#3547",
      "mattn/go-sqlite3#1269",
    ],
    seen: "recorded",
  },
  needs: { tools: macTools, go: goVersion },
  when: (launch) =>
    unread.test(saidBy(launch)) &&
    launch.env["CGO_ENABLED"] !== "0" &&
    findStripping(buildFlags(launch)).found.length === 0,
  find({ tools, go }, launch) {
    const { clang, directory } = tools ?? {};
    if (clang === undefined || Number.parseInt(clang, 10) < firstClang) return undefined;
    const said = unread.exec(saidBy(launch))?.[0] ?? "";
    const old = go !== undefined && !isNewerGo(go, lastGo);
    const edits = [{ at: ["env", "CGO_ENABLED"], value: "0" }];
    const without = {
      id: "macos-xcode16-dwarf/no-cgo",
      title: say`Build without cgo for now (programs that need C code do not build then)`,
      preferred: false,
      needsRoot: false,
      scope: "launch",
      action: { kind: "launch.json", edits },
    } as const;
    return {
      certainty: old && dwarfStrings.test(said) ? "likely" : "possible",
      because: say`The C code in the program was compiled by Apple clang ${clang}, and Delve cannot read its debug information.`,
      evidence: [
        `dlv: ${said}`,
        say`clang --version: ${clang}, in ${directory ?? ""}`,
        ...(go === undefined ? [] : [say`the program is built by ${go}`]),
      ],
      ...lostLoad(launch, unread),
      fixes: [
        {
          id: "macos-xcode16-dwarf/update",
          title: say`Take a current Go, and build Delve with it`,
          preferred: true,
          needsRoot: false,
          scope: "user",
          action: {
            kind: "advice",
            text: say`Install the newest Go, then run \`go install github.com/go-delve/delve/cmd/dlv@latest\` and \`go clean -cache\`, so that nothing of the old linker's is left.`,
          },
        },
        ...(builds(launch) ? [without] : []),
      ],
    };
  },
});
