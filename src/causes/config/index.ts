import type { Cause } from "../../core/cause.ts";
import { apiVersion1 } from "./apiVersion1.ts";
import { asRootFlow } from "./asRootFlow.ts";
import { attributeRefused } from "./attributeRefused.ts";
import { envfileOrEnvSurprise } from "./envfileOrEnvSurprise.ts";
import { fileVarModeMismatch } from "./fileVarModeMismatch.ts";
import { legacyAdapterRace } from "./legacyAdapterRace.ts";
import { remoteAttachVsDapServer } from "./remoteAttachVsDapServer.ts";
import { remoteHelperGoList } from "./remoteHelperGoList.ts";
import { silentLegacyAdapter } from "./silentLegacyAdapter.ts";
import { terminalConsoleNoCallback } from "./terminalConsoleNoCallback.ts";
import { wrongPopularSettings } from "./wrongPopularSettings.ts";

export const configCauses: readonly Cause[] = [
  apiVersion1,
  asRootFlow,
  attributeRefused,
  envfileOrEnvSurprise,
  fileVarModeMismatch,
  legacyAdapterRace,
  remoteAttachVsDapServer,
  remoteHelperGoList,
  silentLegacyAdapter,
  terminalConsoleNoCallback,
  wrongPopularSettings,
];
