import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import type { DlvPlace } from "../../probes/dlvPlace.ts";

/**
 * Puts a release of Delve into the place of the dlv that is run, where this user may; else says where it comes to lie.
 * `release` is such as "v1.22.1", or "latest".
 */
export function installDelve(
  cause: string,
  title: string,
  release: string,
  place: DlvPlace | undefined,
): Omit<Fix, "preferred"> {
  const what = `github.com/go-delve/delve/cmd/dlv@${release}`;
  const id = `${cause}/install`;
  if (place?.replaceable === true) {
    const argv = ["env", `GOBIN=${place.dir}`, "go", "install", what];
    return { id, title, needsRoot: false, scope: "dlv", action: { kind: "command", argv } };
  }
  const text =
    place === undefined
      ? say`Run \`go install ${what}\` and let "dlvToolPath" (or the setting go.alternateTools, "dlv") name the dlv it puts into $(go env GOPATH)/bin.`
      : say`Run \`go install ${what}\` and let "dlvToolPath" (or the setting go.alternateTools, "dlv") name the dlv it puts into $(go env GOPATH)/bin. ${place.path} is not this user's to replace, or not dlv itself.`;
  return { id, title, needsRoot: false, scope: "user", action: { kind: "advice", text } };
}
