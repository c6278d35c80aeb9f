import type { Rule } from "../../core/rule.ts";
import { composeDlvFlags } from "./composeDlvFlags.ts";
import { composeDlvInit } from "./composeDlvInit.ts";
import { composeIgnoresRunArgs } from "./composeIgnoresRunArgs.ts";
import { composeListensInside } from "./composeListensInside.ts";
import { composeRightsList } from "./composeRightsList.ts";
import { composeWaitsForClient } from "./composeWaitsForClient.ts";
import { podDlvFlags } from "./podDlvFlags.ts";
import { podMayNotTrace } from "./podMayNotTrace.ts";
import { podProbes } from "./podProbes.ts";
import { podWaitsForClient } from "./podWaitsForClient.ts";
import { runArgsWords } from "./runArgsWords.ts";

/** What describes the container in which dlv runs: devcontainer.json, compose files, manifests of pods. */
export const containers: readonly Rule[] = [
  composeIgnoresRunArgs,
  runArgsWords,
  composeRightsList,
  composeListensInside,
  composeWaitsForClient,
  composeDlvInit,
  composeDlvFlags,
  podDlvFlags,
  podWaitsForClient,
  podProbes,
  podMayNotTrace,
];
