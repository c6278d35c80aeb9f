import type { Verdicts } from "../core/finding.ts";
import type { Launch } from "../core/launch.ts";
import { say } from "../core/say.ts";

/** Whether a fix worked, told by asking its cause again. */
export type Verified =
  | { readonly kind: "clear" }
  | { readonly kind: "still-there"; readonly because: string }
  | { readonly kind: "unknown"; readonly because: string };

/** Examines a launch anew and says whether a cause is gone from it. */
export async function verify(
  cause: string,
  launch: Launch,
  examine: (launch: Launch) => Promise<Verdicts>,
): Promise<Verified> {
  let verdicts: Verdicts;
  try {
    verdicts = await examine(launch);
  } catch (error) {
    return { kind: "unknown", because: error instanceof Error ? error.message : String(error) };
  }
  const found = verdicts.findings.find((finding) => finding.cause === cause);
  if (found !== undefined) return { kind: "still-there", because: found.because };
  if (verdicts.clear.includes(cause)) return { kind: "clear" };
  const unknown = verdicts.unknown.find((one) => one.cause === cause);
  return { kind: "unknown", because: unknown?.because ?? say`no cause is called ${cause}` };
}
