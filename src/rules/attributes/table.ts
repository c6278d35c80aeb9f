import type { Attribute } from "./attribute.ts";
import { editorAttributes } from "./editorAttributes.ts";
import { extensionAttributes } from "./extensionAttributes.ts";
import { launchAttributes } from "./launchAttributes.ts";
import { sessionAttributes } from "./sessionAttributes.ts";

export type { Attribute, AttributeType } from "./attribute.ts";

/**
 * Every attribute that a Go configuration can have: those of every configuration in VS Code, those of golang.go 0.58 and
 * those of service/dap/types.go of Delve 1.27.1, in the order in which a person may want them.
 */
export const attributes: readonly Attribute[] = [
  ...editorAttributes,
  ...launchAttributes,
  ...sessionAttributes,
  ...extensionAttributes,
];

const byName: ReadonlyMap<string, Attribute> = new Map(attributes.map((one) => [one.name, one]));

/** The attribute of this name; undefined for one that nobody reads. */
export function attributeOf(name: string): Attribute | undefined {
  return byName.get(name);
}
