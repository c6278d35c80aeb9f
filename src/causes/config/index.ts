import type { Cause } from "../../core/cause.ts";
import { remoteAttachVsDapServer } from "./remoteAttachVsDapServer.ts";
import { remoteHelperGoList } from "./remoteHelperGoList.ts";
import { silentLegacyAdapter } from "./silentLegacyAdapter.ts";
import { wrongPopularSettings } from "./wrongPopularSettings.ts";

export const configCauses: readonly Cause[] = [
  remoteAttachVsDapServer,
  remoteHelperGoList,
  silentLegacyAdapter,
  wrongPopularSettings,
];
