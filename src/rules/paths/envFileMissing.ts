import type { JsonPath } from "../../core/fix.ts";
import { type Complaint, rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isAbsolute } from "../../core/substitutePath.ts";
import type { World } from "../../core/world.ts";
import { isPrepared, located } from "./located.ts";
import { sample } from "./samples.ts";

/** An envFile that golang.go cannot read. */
export const envFileMissing = rule({
  code: "DLV305",
  id: "env-file-missing",
  title: say`The envFile cannot be read`,
  severity: "error",
  of: "configuration",
  prevents: ["envfile-or-env-surprise"],
  about: {
    what: "golang.go reads `envFile` on the editor's machine before dlv is started, and gives the launch up where it does not exist or is a directory. A relative path counts there from the directory that the editor was started in, and not from the workspace folder.",
    wrong: sample({ envFile: "${workspaceFolder}/missing.env" }),
    right: sample({ envFile: "${workspaceFolder}/dev.env" }),
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/utils/envUtils.ts"],
  },
  *check(view, world) {
    for (const { at, value } of envFiles(view)) yield* complaints(at, value, isPrepared(view), world);
  },
});

function* complaints(at: JsonPath, value: string, prepared: boolean, world: World): Iterable<Complaint> {
  const path = located(value, world);
  if (path === undefined) return;
  const standing = world.lookHere(path);
  if (!isAbsolute(world.expand(value) ?? "")) {
    yield relative(at, value, standing === "nothing" && !prepared);
    return;
  }
  if (standing === "directory")
    yield { at, message: say`${path} is a directory, and the Go extension gives the launch up.` };
  if (standing === "nothing" && !prepared)
    yield { at, message: say`There is no ${path}, and the Go extension gives the launch up without it.` };
}

function relative(at: JsonPath, value: string, missing: boolean): Complaint {
  const full = `\${workspaceFolder}/${value.replace(/^(?:\.[/\\])+/, "")}`;
  return {
    at,
    severity: "warning",
    message: missing
      ? say`The Go extension takes "${value}" from the directory that the editor was started in, and not from the workspace folder, where it is not either.`
      : say`The Go extension takes "${value}" from the directory that the editor was started in, and not from the workspace folder.`,
    remedies: [{ title: say`Write "${full}"`, edits: [{ at, value: full }] }],
  };
}

function envFiles({ config }: View): { readonly at: JsonPath; readonly value: string }[] {
  const written = config["envFile"];
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  return list.flatMap((value, index) =>
    typeof value === "string" && value !== ""
      ? [{ at: Array.isArray(written) ? ["envFile", index] : ["envFile"], value }]
      : [],
  );
}
