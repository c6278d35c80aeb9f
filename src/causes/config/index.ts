import type { Cause } from "../../core/cause.ts";
import { apiVersion1 } from "./apiVersion1.ts";
import { attributeRefused } from "./attributeRefused.ts";
import { fileVarModeMismatch } from "./fileVarModeMismatch.ts";
import { legacyAdapterRace } from "./legacyAdapterRace.ts";
import { remoteAttachVsDapServer } from "./remoteAttachVsDapServer.ts";
import { remoteHelperGoList } from "./remoteHelperGoList.ts";
import { silentLegacyAdapter } from "./silentLegacyAdapter.ts";
import { wrongPopularSettings } from "./wrongPopularSettings.ts";

export const configCauses: readonly Cause[] = [
  apiVersion1,
  attributeRefused,
  fileVarModeMismatch,
  legacyAdapterRace,
  remoteAttachVsDapServer,
  remoteHelperGoList,
  silentLegacyAdapter,
  wrongPopularSettings,
];
