import type { Cause } from "../../core/cause.ts";
import { macosDebugserverRefused } from "./macosDebugserverRefused.ts";
import { macosXcode16Dwarf } from "./macosXcode16Dwarf.ts";
import { rosettaWrongArchGo } from "./rosettaWrongArchGo.ts";
import { xcodeLicence } from "./xcodeLicence.ts";

export const macosCauses: readonly Cause[] = [
  macosDebugserverRefused,
  macosXcode16Dwarf,
  rosettaWrongArchGo,
  xcodeLicence,
];
