import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { apply } from "../src/cli/applyFix.ts";
import type { Chosen } from "../src/cli/choose.ts";
import { launchUntilDone } from "../src/cli/launch.ts";
import type { Examined } from "../src/cli/run.ts";
import { openScreen } from "../src/cli/screen.ts";
import { changeIn, previewsOf } from "../src/cli/show.ts";
import { here } from "../src/remote/place.ts";
import { diffLines, reportText } from "../src/report/text.ts";
import { warmCache } from "../test/lab/module.ts";
import { dlv, go } from "../test/lab/tools.ts";
import { openSample } from "./sample.ts";
import { needLinux } from "./setup/linux.ts";

/**
 * The main job in one go, on a copy of examples/stalled-launch: a launch stalls because its module proxy never answers;
 * the stall is noticed, explained, fixed in launch.json, and the program is launched again to its breakpoint. Nothing
 * leaves the machine, and nothing stays behind.
 */
needLinux("npm start");
const screen = openScreen({ noColor: false, json: false });
const shown = { color: screen.color, width: screen.width() };
const say = (text: string) => screen.answer(`${text}\n`);
const title = (text: string) => say(`\n${screen.brush.strong(`── ${text}`)}`);

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupt.abort());

const delve = await dlv();
const goFolder = dirname(await go());
const sample = await openSample();
Object.assign(process.env, sample.env, {
  PATH: [goFolder, process.env["PATH"] ?? ""].join(delimiter),
  XDG_STATE_HOME: join(sample.temporary, "state"),
});

try {
  title("Warming the build cache, so that only the fault is slow");
  await warmCache();
  const { folder } = sample;
  const breakpoint = { file: join(folder, "main.go"), line: lineOf(join(folder, "main.go"), "fmt.Println") };

  title(`Launching "Greet" of ${folder}, whose GOPROXY takes connections and never answers`);
  const { ran } = await launchUntilDone(
    { folder, dlv: delve },
    { place: here, breakpoints: [breakpoint], goal: "stop", screen, interrupt: interrupt.signal, decide },
  );

  if (ran.reached) {
    title(`Stopped at main.go:${breakpoint.line}`);
    screen.answer(reportText(ran.report, shown));
    say(
      "What next:\n  in your own project    npx delve-doctor launch\n  in the editor          npm run vscode",
    );
  } else if (!interrupt.signal.aborted) screen.answer(reportText(ran.report, shown));
  process.exitCode = ran.reached ? 0 : 1;
} finally {
  await sample.close();
}

/** What a person would do: read the report, see the diff, say yes. */
async function decide({ report }: Examined, chosen: Chosen): Promise<"relaunch" | "stop"> {
  title("The launch stands still; this is why");
  const previews = await previewsOf(report, chosen);
  screen.answer(reportText(report, { ...shown, previews }));
  const fix = report.findings[0]?.fixes.find((one) => one.preferred);
  if (fix === undefined) return "stop";
  title(`Applying: ${fix.title}`);
  say(diffLines(previews.get(fix.id) ?? "", screen.brush).join("\n"));
  return (await apply(fix, await changeIn(fix, chosen), here, screen)) ? "relaunch" : "stop";
}

function lineOf(file: string, text: string): number {
  return (
    readFileSync(file, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}
