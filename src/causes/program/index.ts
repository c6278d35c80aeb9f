import type { Cause } from "../../core/cause.ts";
import { debuggeeKilled } from "./debuggeeKilled.ts";
import { goroutineFlood } from "./goroutineFlood.ts";
import { stdinInDebugConsole } from "./stdinInDebugConsole.ts";
import { testmainWaits } from "./testmainWaits.ts";

export const programCauses: readonly Cause[] = [
  debuggeeKilled,
  goroutineFlood,
  stdinInDebugConsole,
  testmainWaits,
];
