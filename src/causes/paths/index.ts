import type { Cause } from "../../core/cause.ts";
import { bazelPaths } from "./bazelPaths.ts";
import { pathCaseOrDriveLetter } from "./pathCaseOrDriveLetter.ts";
import { substitutePathMissing } from "./substitutePathMissing.ts";
import { symlinkedWorkspace } from "./symlinkedWorkspace.ts";
import { trimpath } from "./trimpath.ts";

export const pathsCauses: readonly Cause[] = [
  bazelPaths,
  pathCaseOrDriveLetter,
  substitutePathMissing,
  symlinkedWorkspace,
  trimpath,
];
