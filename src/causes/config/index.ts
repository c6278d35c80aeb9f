import type { Cause } from "../../core/cause.ts";
import { fileVarModeMismatch } from "./fileVarModeMismatch.ts";
import { remoteAttachVsDapServer } from "./remoteAttachVsDapServer.ts";
import { remoteHelperGoList } from "./remoteHelperGoList.ts";
import { silentLegacyAdapter } from "./silentLegacyAdapter.ts";
import { wrongPopularSettings } from "./wrongPopularSettings.ts";

export const configCauses: readonly Cause[] = [
  fileVarModeMismatch,
  remoteAttachVsDapServer,
  remoteHelperGoList,
  silentLegacyAdapter,
  wrongPopularSettings,
];
