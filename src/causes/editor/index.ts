import type { Cause } from "../../core/cause.ts";
import { connectionTimeoutOneSecond } from "./connectionTimeoutOneSecond.ts";
import { dlvMissingPrompt } from "./dlvMissingPrompt.ts";
import { dlvOutdatedPrompt } from "./dlvOutdatedPrompt.ts";
import { extensionNotActivated } from "./extensionNotActivated.ts";
import { prelaunchTaskNeverEnds } from "./prelaunchTaskNeverEnds.ts";
import { runWithoutDebuggingConfusion } from "./runWithoutDebuggingConfusion.ts";
import { snapFlatpakVscode } from "./snapFlatpakVscode.ts";

/** What VS Code and the Go extension do. */
export const editorCauses: readonly Cause[] = [
  connectionTimeoutOneSecond,
  dlvMissingPrompt,
  dlvOutdatedPrompt,
  extensionNotActivated,
  prelaunchTaskNeverEnds,
  runWithoutDebuggingConfusion,
  snapFlatpakVscode,
];
