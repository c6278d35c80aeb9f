import type { Cause } from "../../core/cause.ts";
import { stdinInDebugConsole } from "./stdinInDebugConsole.ts";

export const programCauses: readonly Cause[] = [stdinInDebugConsole];
