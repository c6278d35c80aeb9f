import type { Launch } from "../../core/launch.ts";

/** True for an attach to a server, the one request for which golang.go chooses between its two debug adapters. */
export function isRemoteAttach({ request, mode }: Launch): boolean {
  return request === "attach" && mode === "remote";
}
