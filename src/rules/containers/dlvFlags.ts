import { closest } from "../../core/distance.ts";
import { type DlvCommand, isOn, withFlags, withWord } from "../../core/dlvCommand.ts";
import type { JsonEdit } from "../../core/fix.ts";
import { allOf } from "../../core/lists.ts";
import type { Complaint, Remedy } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import type { Described } from "./described.ts";

/** Flags that a slip of the pen is looked for in; of others nobody knows in which release of Delve they are. */
const known =
  "listen headless accept-multiclient api-version continue log log-output log-dest only-same-user check-go-version build-flags backend".split(
    " ",
  );

/** The commands that hold a program for a client, and of those the ones that know --continue. */
const serving = new Set(["debug", "exec", "test", "attach"]);
const continuing = new Set(["debug", "exec", "attach"]);

/** Flags of other commands, which `dlv dap` refuses as unknown, as Delve 1.20.2 and 1.27.1 do. */
const notOfDap = ["continue", "output", "tty"];

/** What dlv refuses of its own flags, and why: it ends at once, with its usage. */
export function refusedFlags({ dlv }: Described): readonly Complaint[] {
  if (dlv === undefined || dlv.opaque) return [];
  const { verb = "" } = dlv;
  const at = dlv.written.at;
  return [
    ...dlv.words.flatMap((word) => misspelt(dlv, word)),
    ...(verb === "dap" ? notOfDap : verb === "test" ? ["continue"] : [])
      .filter((flag) => dlv.flags.has(flag))
      .map((flag) => ({
        at,
        message: say`dlv ${verb} has no flag --${flag}: it ends at once with its usage.`,
      })),
    ...lonelyContinue(dlv),
  ];
}

/** A flag of Delve with one dash (then it is a row of one-letter flags), or with a letter too many. */
function misspelt(dlv: DlvCommand, word: string): Complaint[] {
  const [, dashes = "", name = "", value = ""] = /^(--?)([A-Za-z][\w-]+)(=.*)?$/.exec(word) ?? [];
  if (name === "" || (dashes === "--" && known.includes(name))) return [];
  const meant = known.includes(name) ? name : dashes === "--" ? closest(name, known) : undefined;
  if (meant === undefined || others.has(name)) return [];
  const now = `--${meant}${value}`;
  const message =
    dashes === "--"
      ? say`dlv has no flag --${name}; --${meant} is one: as it stands, dlv ends at once with its usage.`
      : say`dlv's long flags take two dashes, ${now}: ${word} is read as one-letter flags and refused.`;
  return [{ at: placeOf(dlv, word), message, remedies: remedy(say`Write ${now}`, withWord(dlv, word, now)) }];
}

/** Delve's other flags, which may be near to one that is looked for. */
const others = new Set([
  "init",
  "wd",
  "output",
  "tty",
  "redirect",
  "onprocess",
  "version",
  "help",
  "core",
  "test",
]);

function lonelyContinue(dlv: DlvCommand): Complaint[] {
  if (!continuing.has(dlv.verb ?? "") || !isOn(dlv, "continue")) return [];
  const lacking = ["headless", "accept-multiclient"].filter(
    (flag) => !isOn(dlv, flag) && !dlv.flags.has(flag),
  );
  const flags = lacking.map((flag) => `--${flag}`);
  if (flags.length === 0) return [];
  return [
    {
      at: placeOf(dlv, "--continue"),
      message: say`--continue takes ${allOf(flags)} beside it: without, dlv says so and ends.`,
      remedies: remedy(say`Add ${flags.join(" ")}`, withFlags(dlv, flags)),
    },
  ];
}

/** What holds the program back until a client comes. Nothing is wrong with it where one is meant to come first. */
export function waitsForClient({ dlv }: Described): readonly Complaint[] {
  if (dlv === undefined || dlv.opaque || !serving.has(dlv.verb ?? "") || !isOn(dlv, "headless")) return [];
  if (dlv.flags.has("continue") || !continuing.has(dlv.verb ?? "")) return [];
  const flags = ["--continue", ...(dlv.flags.has("accept-multiclient") ? [] : ["--accept-multiclient"])];
  return [
    {
      at: placeOf(dlv, "--headless"),
      message: say`dlv holds the program until a client has connected and continued; with ${flags.join(" ")} it runs at once.`,
      remedies: remedy(say`Add ${flags.join(" ")}`, withFlags(dlv, flags)),
    },
  ];
}

/** The word in a list, or the whole text. */
export function placeOf({ written: { at, value } }: DlvCommand, word: string): Complaint["at"] {
  const index =
    typeof value === "string" ? -1 : value.findIndex((one) => one === word || one === `${word}=true`);
  return index < 0 ? at : [...at, index];
}

/** A remedy, where the text can be edited for it. */
export function remedy(title: string, edits: readonly JsonEdit[]): readonly Remedy[] {
  return edits.length === 0 ? [] : [{ title, edits }];
}
