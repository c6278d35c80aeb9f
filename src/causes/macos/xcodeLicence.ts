import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { macTools } from "../../probes/macTools.ts";
import { saidBy } from "../failure.ts";
import { xcodeRefuses } from "../texts.ts";

/** EX_UNAVAILABLE of sysexits.h: what Apple's wrappers answer before the licence is accepted. */
const notAgreed = 69;

/** clang, ld, git and debugserver all come with Xcode or its command line tools, behind one wrapper. */
export const xcodeLicence = cause({
  id: "xcode-licence",
  title: say`Apple's developer tools are missing, or their licence is not accepted`,
  about: {
    what: "cgo needs clang, and Delve needs debugserver; on macOS both come with Xcode or the command line tools. After an update of Xcode the licence must be accepted again, and until then clang answers every call with `You have not agreed to the Xcode license agreements` and exit status 69. An update of macOS can take the command line tools away: `xcrun: error: invalid active developer path`. Go prints either as a build error, and Delve says `debugserver or lldb-server not found`.",
    notThis:
      "A compile error of your own C code comes from a clang that runs. A program without cgo builds all the same, and then only debugserver is missing.",
    sources: [
      "golang/go#13099",
      "nextest-rs/nextest#2794",
      "https://github.com/go-delve/delve/tree/master/Documentation/installation",
    ],
    seen: "recorded",
  },
  needs: { tools: macTools },
  when: (launch) => xcodeRefuses.test(saidBy(launch)),
  find({ tools }, launch) {
    if (tools === undefined || tools.xcrun?.code === 0) return undefined;
    const said = xcodeRefuses.exec(saidBy(launch))?.[0] ?? "";
    const licence = tools.xcrun?.code === notAgreed;
    const { phase = "build" } = launch.timeline.failure ?? {};
    return {
      certainty: "likely",
      because: licence
        ? say`The licence of Xcode is not accepted, so clang does not run.`
        : say`Apple's command line tools are not installed where xcode-select looks for them.`,
      evidence: [
        said,
        tools.directory === undefined
          ? say`xcode-select -p: no directory`
          : `xcode-select -p: ${tools.directory}`,
        ...(tools.xcrun === undefined
          ? []
          : [say`xcrun -f clang: exit code ${tools.xcrun.code}, ${tools.xcrun.words}`]),
      ],
      explains: { phase, ms: spent(launch.timeline, phase) },
      fixes: licence ? [accept, install(false)] : [install(true)],
    };
  },
});

const accept: Fix = {
  id: "xcode-licence/accept",
  title: say`Read and accept the licence of Xcode`,
  preferred: true,
  needsRoot: true,
  scope: "machine",
  action: {
    kind: "advice",
    text: say`Run \`sudo xcodebuild -license\` in a terminal and read it; \`sudo xcodebuild -license accept\` agrees at once.`,
  },
};

/** It opens a dialog of Apple's, which only a person can answer. */
function install(preferred: boolean): Fix {
  return {
    id: "xcode-licence/install",
    title: say`Install the command line tools`,
    preferred,
    needsRoot: false,
    scope: "machine",
    action: {
      kind: "advice",
      text: say`Run \`xcode-select --install\` in a terminal of the Mac itself and follow the dialog. Where Xcode is installed elsewhere, \`sudo xcode-select --switch /Applications/Xcode.app\` names it.`,
    },
  };
}
