import type { Config } from "../../core/config.ts";
import { closest } from "../../core/distance.ts";
import type { JsonEdit } from "../../core/fix.ts";
import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { fits } from "./jsonType.ts";
import { meantAttribute } from "./meantAttribute.ts";
import { notMeant } from "./notMeant.ts";
import { type Attribute, attributeOf, attributes } from "./table.ts";

/** An attribute that neither VS Code nor golang.go nor Delve reads. */
export const unknownAttribute = rule({
  code: "DLV101",
  id: "unknown-attribute",
  title: say`Nobody reads an attribute of this name`,
  severity: "warning",
  of: "configuration",
  prevents: ["wrong-popular-settings"],
  about: {
    what: "VS Code, golang.go and Delve each pick the attributes that they know from a configuration and leave the rest alone, without a word: a misspelt attribute is one that is not there. Delve, as every Go program that reads JSON, does not mind capital letters; VS Code and golang.go do. Another extension may read attributes of its own, so that a name which is like none of the known ones is mentioned as information only.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "stopOnEntri": true }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "stopOnEntry": true }
  ]
}`,
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/types.go",
      "https://github.com/golang/vscode-go/blob/master/extension/package.json",
    ],
  },
  *check({ config, request }) {
    for (const [name, value] of Object.entries(config)) {
      if (attributeOf(name) !== undefined || notMeant.test(name)) continue;
      const usable = attributes.filter((one) => one.requests.includes(request));
      const same = usable.find((one) => one.name.toLowerCase() === name.toLowerCase());
      yield same !== undefined ? otherCase(name, same, config) : unknown(name, value, config, usable);
    }
  },
});

/** encoding/json matches names in any case, so that what only Delve reads does count. */
function otherCase(name: string, same: Attribute, config: Config): Complaint {
  const delveAlone = same.reader === "delve" && same.adapter === "dlv-dap";
  const message = delveAlone
    ? say`"${name}" is "${same.name}" to Delve, and unknown to VS Code and to its help.`
    : same.reader === "delve"
      ? say`"${name}" is unknown to golang.go, which works on "${same.name}" before Delve gets it.`
      : say`"${name}" is unknown: ${same.reader === "vscode" ? "VS Code" : same.reader} reads "${same.name}" in these very letters.`;
  return {
    at: [name],
    mark: "key",
    message,
    ...(delveAlone && { severity: "information" }),
    remedies: [rename(name, same.name, config)].filter((one) => one !== undefined),
  };
}

function unknown(name: string, value: unknown, config: Config, usable: readonly Attribute[]): Complaint {
  const meant = meantAttribute(name, value);
  const free = new Set(usable.map((one) => one.name).filter((one) => !Object.hasOwn(config, one)));
  const near = closeName(name, [...free]);
  const instead = meant?.edits?.every((edit) => free.has(String(edit.at[0])) && isTaken(edit))
    ? [{ title: meant.title, edits: [{ at: [name] }, ...meant.edits] }]
    : near === undefined || meant !== undefined
      ? []
      : [rename(name, near, config)].filter((one) => one !== undefined);
  const truth = meant?.truth ?? (near === undefined ? undefined : say`Is "${near}" meant?`);
  const unread = say`Neither VS Code nor golang.go nor Delve reads an attribute "${name}".`;
  return {
    at: [name],
    mark: "key",
    message: truth === undefined ? unread : `${unread} ${truth}`,
    tag: "unnecessary",
    ...(meant === undefined && near === undefined && { severity: "information" }),
    remedies: [...instead, { title: say`Remove "${name}"`, edits: [{ at: [name] }] }],
  };
}

/** True where the attribute takes the value: that of another debugger may have another form. */
function isTaken(edit: JsonEdit): boolean {
  const [name] = edit.at;
  const types = attributeOf(String(name))?.types ?? [];
  return "value" in edit && fits(types, edit.value, edit.at).length === 0;
}

/** A slip of the pen; a short name that differs in two letters is another word. */
function closeName(name: string, free: readonly string[]): string | undefined {
  const lower = new Map(free.map((one) => [one.toLowerCase(), one]));
  const near = closest(name, [...lower.keys()]);
  if (near === undefined || near.length < 4) return undefined;
  return near.length < 6 && Math.abs(near.length - name.length) > 1 ? undefined : lower.get(near);
}

function rename(from: string, to: string, config: Config) {
  if (Object.hasOwn(config, to)) return undefined;
  const edits: JsonEdit[] = [{ at: [from] }, { at: [to], value: config[from] }];
  return { title: say`Call it "${to}"`, edits };
}
