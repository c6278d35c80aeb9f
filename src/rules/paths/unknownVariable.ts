import { distance } from "../../core/distance.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { sample } from "./samples.ts";
import { isVariable, plainVariables, type Use, usesIn, variableKinds, withVariable } from "./variables.ts";

/** Attributes in which `${…}` can be meant for nobody but the editor; in others a program may want it. */
const editorsOwn: readonly unknown[] = [
  "program",
  "cwd",
  "envFile",
  "output",
  "coreFilePath",
  "traceDirPath",
  "substitutePath",
];

/** How long a name must be at least for another that differs a little to be meant. */
const longEnough = 8;

/** `${…}` with a name that VS Code does not know. */
export const unknownVariable = rule({
  code: "DLV340",
  id: "unknown-variable",
  title: say`VS Code knows no such variable`,
  severity: "warning",
  of: "configuration",
  prevents: ["wrong-module-dir", "attribute-refused"],
  about: {
    what: "VS Code leaves `${…}` with a name that it does not know as it is, and a path with it leads nowhere. Case counts. A variable of the environment is `${env:NAME}`. In `args`, `env` and the like, where a program may want such a text, only what is nearly one of VS Code's names is told.",
    wrong: sample({ program: "${workspacefolder}/cmd/server" }),
    right: sample({}),
    sources: ["https://code.visualstudio.com/docs/reference/variables-reference"],
  },
  *check({ config }) {
    for (const use of usesIn(config)) {
      const { at, variable } = use;
      if (isVariable(variable)) continue;
      const other = meant(use, editorsOwn.includes(at[0]));
      if (other === undefined && !editorsOwn.includes(at[0])) continue;
      const value = other === undefined ? undefined : withVariable(use, other);
      yield {
        at,
        message:
          other === undefined
            ? say`VS Code knows no \${${variable}}, and leaves it as it is.`
            : say`VS Code knows no \${${variable}}, and leaves it as it is; it knows \${${other}}.`,
        ...(other !== undefined &&
          value !== undefined && {
            remedies: [{ title: say`Write \${${other}}`, edits: [{ at, value }] }],
          }),
      };
    }
  },
});

function meant({ variable }: Use, editors: boolean): string | undefined {
  const colon = variable.indexOf(":");
  const [name, rest] = colon < 0 ? [variable, ""] : [variable.slice(0, colon), variable.slice(colon)];
  const low = name.toLowerCase();
  const names = colon < 0 ? plainVariables : [...plainVariables, ...variableKinds];
  const same = names.find((one) => one.toLowerCase() === low);
  if (same !== undefined && (editors || low.length >= longEnough || colon > 0)) return `${same}${rest}`;
  const most = editors ? 3 : 2;
  const near = names
    .filter((one) => low.length >= longEnough && distance(one.toLowerCase(), low) <= most)
    .sort((a, b) => distance(a.toLowerCase(), low) - distance(b.toLowerCase(), low))[0];
  if (near !== undefined) return `${near}${rest}`;
  const ofEnvironment = /^(?:env\.)?([A-Z_][A-Z0-9_]*)$/.exec(variable)?.[1];
  return editors && ofEnvironment !== undefined ? `env:${ofEnvironment}` : undefined;
}
