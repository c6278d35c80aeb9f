import type { Cause } from "../../core/cause.ts";
import { diskFull } from "./diskFull.ts";
import { noexecMount } from "./noexecMount.ts";

export const diskCauses: readonly Cause[] = [diskFull, noexecMount];
