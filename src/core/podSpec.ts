import type { JsonPath } from "./fix.ts";

/** Where a pod's spec stands in each kind of object that makes pods; in all others that do, in a template. */
const specs: Readonly<Record<string, JsonPath>> = {
  Pod: ["spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};

/** Where the spec of the pod stands in an object of Kubernetes of some kind. */
export function podSpecIn(kind: unknown): JsonPath {
  return (
    (typeof kind === "string" && Object.hasOwn(specs, kind) && specs[kind]) || ["spec", "template", "spec"]
  );
}
