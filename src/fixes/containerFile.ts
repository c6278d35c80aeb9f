import { basename } from "node:path";
import { getNodeValue } from "jsonc-parser";
import { parseJsonc } from "../config/jsonc.ts";
import { splitBom } from "../config/text.ts";
import type { ContainerChange, JsonEdit, JsonPath } from "../core/fix.ts";
import { podSpecIn } from "../core/podSpec.ts";
import { say } from "../core/say.ts";
import { type Edited, editJsonc } from "./edit.ts";
import { editYaml, readYaml } from "./editYaml.ts";

/** What is known of the container that the change is for. */
export interface Made {
  /** The service of its compose file, from the container's label; "" where it has no such label. */
  readonly service?: string;
  /** Its name as docker, podman or kubectl knows it, namespace and container included. */
  readonly name?: string;
  /** The command that made it, as podman remembers it. */
  readonly command?: readonly string[];
}

/** Changes one description of a container. The refusal's reason names what to write where. */
export function editContainerFile(path: string, text: string, change: ContainerChange, made: Made): Edited {
  if (/devcontainer\.json$/.test(path)) return editDevcontainer(text, change);
  const read = readYaml(text);
  if ("refused" in read) return read;
  const found = /compose[^/]*\.ya?ml$/.test(basename(path))
    ? service(read.values, made)
    : pod(read.values, made);
  if ("refused" in found) return found;
  const edits = found.pod ? podEdits(found, change) : serviceEdits(found, change);
  return editYaml(text, found.document, edits);
}

/** One container in a file: where it stands, and what is written of it. */
interface Place {
  readonly document: number;
  readonly at: JsonPath;
  readonly value: unknown;
  readonly pod: boolean;
}

type Found = Place | { readonly refused: string };

function editDevcontainer(text: string, change: ContainerChange): Edited {
  const { root } = parseJsonc(splitBom(text).body);
  const value: unknown = root && getNodeValue(root);
  if (typeof value !== "object" || value === null) return { refused: say`it holds no object` };
  const edits = {
    "sys-ptrace": () => [append(value, ["capAdd"], "SYS_PTRACE")],
    "no-seccomp": () => [seccomp(value, ["securityOpt"], "=")],
    init: () => [{ at: ["init"], value: true }],
    "no-probes": () => [],
  }[change]();
  return editJsonc(text, edits);
}

function serviceEdits({ at, value }: Place, change: ContainerChange): JsonEdit[] {
  const edits = {
    "sys-ptrace": () => append(value, ["cap_add"], "SYS_PTRACE"),
    "no-seccomp": () => seccomp(value, ["security_opt"], ":"),
    init: () => ({ at: ["init"], value: true }),
    "no-probes": () => ({ at: ["healthcheck"] }),
  }[change]();
  return [{ ...edits, at: [...at, ...edits.at] }];
}

function podEdits({ at, value }: Place, change: ContainerChange): JsonEdit[] {
  const inside = (edit: JsonEdit) => ({ ...edit, at: [...at, ...edit.at] });
  switch (change) {
    case "sys-ptrace":
      return [inside(append(value, ["securityContext", "capabilities", "add"], "SYS_PTRACE"))];
    case "no-seccomp":
      return [inside({ at: ["securityContext", "seccompProfile", "type"], value: "Unconfined" })];
    case "no-probes":
      return ["livenessProbe", "readinessProbe", "startupProbe"]
        .filter((name) => field(value, name) !== undefined)
        .map((name) => inside({ at: [name] }));
    case "init":
      // Process 1 is then the pod's pause process, which reaps.
      return [{ at: [...at.slice(0, -2), "shareProcessNamespace"], value: true }];
  }
}

/** Adds a word to the end of a list that may not be there yet; one that has it stays as it is. */
function append(value: unknown, at: JsonPath, word: string): JsonEdit {
  const list = at.reduce<unknown>((one, key) => field(one, String(key)), value);
  const words = Array.isArray(list) ? list : [];
  const index = words.indexOf(word);
  return { at: [...at, index < 0 ? words.length : index], value: word };
}

/** A profile of one's own is replaced: of two, Docker takes the last and Podman none. */
function seccomp(value: unknown, at: readonly [string], sign: "=" | ":"): JsonEdit {
  const list = field(value, at[0]);
  const options = Array.isArray(list) ? list : [];
  const own = options.findIndex((one) => /^seccomp[=:]/.test(String(one)));
  return { at: [...at, own < 0 ? options.length : own], value: `seccomp${sign}unconfined` };
}

function service([file]: readonly unknown[], { service: label }: Made): Found {
  if (label === "") return { refused: say`the container was not made from a compose file` };
  const services = entries(field(file, "services"));
  const built = services.filter(([, value]) => field(value, "build") !== undefined);
  const named = services.filter(([name]) => name === label);
  const [one, second] = label !== undefined ? named : services.length === 1 ? services : built;
  if (one === undefined || second !== undefined) {
    const names = services.map(([name]) => name).join(", ");
    if (label !== undefined) return { refused: say`it has no service ${label}; it has ${names}` };
    return {
      refused: say`it has several services and none is surely the one (${names}); edit the right one by hand`,
    };
  }
  return { document: 0, at: ["services", one[0]], value: one[1], pod: false };
}

function pod(documents: readonly unknown[], { name = "" }: Made): Found {
  const all = documents.flatMap((value, document) => {
    const kind = field(value, "kind");
    const at = [...podSpecIn(kind), "containers"];
    const list = at.reduce<unknown>((one, key) => field(one, String(key)), value);
    const owner = String(field(field(value, "metadata"), "name"));
    return (Array.isArray(list) ? list : []).map((container: unknown, index) => ({
      place: { document, at: [...at, index], value: container, pod: true },
      label: `${owner}/${field(container, "name")}`,
      fits: fits(name, owner, String(field(container, "name"))),
    }));
  });
  const fitting = all.filter((one) => name === "" || one.fits);
  const [one, second] = fitting;
  if (one !== undefined && second === undefined) return one.place;
  const names = all.map(({ label }) => label).join(", ");
  return {
    refused:
      names === ""
        ? say`it describes no container`
        : one === undefined
          ? say`none of its containers (${names}) is surely ${name}; edit the right one by hand`
          : say`it describes several containers and none is surely the one (${names}); edit the right one by hand`,
  };
}

/** podman play kube calls it POD-CONTAINER; kubectl is asked for [NAMESPACE/]POD[/CONTAINER], and a deployment's pod adds to its name. */
function fits(name: string, owner: string, container: string): boolean {
  const parts = name.split("/");
  if (parts.length === 1 && name === `${owner}-${container}`) return true;
  const [podName = "", its] = parts.length === 3 ? parts.slice(1) : [parts.at(-1), undefined];
  return (podName === owner || podName.startsWith(`${owner}-`)) && (its === undefined || its === container);
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
