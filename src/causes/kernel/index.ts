import type { Cause } from "../../core/cause.ts";
import { apparmorPtrace } from "./apparmorPtrace.ts";
import { yamaScope1Attach } from "./yamaScope1Attach.ts";
import { yamaScope23 } from "./yamaScope23.ts";

export const kernelCauses: readonly Cause[] = [apparmorPtrace, yamaScope1Attach, yamaScope23];
