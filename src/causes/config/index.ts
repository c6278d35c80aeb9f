import type { Cause } from "../../core/cause.ts";
import { attributeRefused } from "./attributeRefused.ts";
import { fileVarModeMismatch } from "./fileVarModeMismatch.ts";
import { remoteAttachVsDapServer } from "./remoteAttachVsDapServer.ts";
import { remoteHelperGoList } from "./remoteHelperGoList.ts";
import { silentLegacyAdapter } from "./silentLegacyAdapter.ts";
import { wrongPopularSettings } from "./wrongPopularSettings.ts";

export const configCauses: readonly Cause[] = [
  attributeRefused,
  fileVarModeMismatch,
  remoteAttachVsDapServer,
  remoteHelperGoList,
  silentLegacyAdapter,
  wrongPopularSettings,
];
