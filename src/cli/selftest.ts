import { findDlv } from "../hosts/findDlv.ts";
import { paint } from "../report/paint.ts";
import { selfTest } from "../selftest/selfTest.ts";
import { titleOf } from "../selftest/steps.ts";
import { closingText, stepLine } from "../selftest/text.ts";
import { type Grammar, helpText, parse } from "./args.ts";
import { commonOptions } from "./common.ts";
import { interruptible } from "./interrupt.ts";
import { openPlace } from "./place.ts";
import { openScreen } from "./screen.ts";
import { type Status, Stop, status } from "./stop.ts";

const { "remote-folder": _, ...common } = commonOptions;
const grammar: Grammar = {
  verb: "selftest",
  about:
    "Debugs a small program of its own where dlv runs, and says which parts of a debug launch work there.",
  options: {
    dlv: { value: "PATH", help: "the dlv to run" },
    ...common,
    json: { help: "the result as JSON on stdout, progress on stderr" },
  },
};

/** `delve-doctor selftest`. */
export async function selftest(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  const json = words.on("json");
  const screen = openScreen({ noColor: words.on("no-color"), json });
  if (words.on("help")) {
    screen.answer(helpText(grammar));
    return status.fine;
  }
  return interruptible(async (signal) => {
    const place = await openPlace(words.text("on") ?? "local", screen, signal);
    const { machine } = place;
    const found = machine === undefined ? findDlv(process.env) : (machine.profile.dlv ?? "dlv");
    const brush = paint(screen.color);
    /** The line of what is tried now is written over by what came of it. */
    const clear = () => {
      if (screen.live) screen.progress("\r\u001b[K");
    };
    try {
      const result = await selfTest({
        place,
        signal,
        dlv: words.text("dlv") ?? found,
        begins(id) {
          clear();
          if (screen.live) screen.progress(`  … ${titleOf(id)}`);
        },
        ends(step) {
          clear();
          (json ? screen.progress : screen.answer)(stepLine(step, brush));
        },
      });
      clear();
      const shown = { color: screen.color, width: screen.width() };
      screen.answer(json ? `${JSON.stringify(result, null, 2)}\n` : closingText(result, shown));
      return result.works ? status.fine : status.found;
    } catch (error) {
      clear();
      throw new Stop(status.impossible, error instanceof Error ? error.message : String(error));
    } finally {
      await place.close();
    }
  });
}
