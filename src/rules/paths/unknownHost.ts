import { placeAttribute, writtenPlace } from "../../core/placeAttribute.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { nearOf } from "./near.ts";
import { sample } from "./samples.ts";

/** `delveDoctor.on` names nearly an alias of the SSH configuration, or a container that does not run. */
export const unknownHost = rule({
  code: "DLV331",
  id: "unknown-host",
  title: say`The host that delveDoctor names is not known here`,
  severity: "information",
  of: "configuration",
  prevents: [],
  about: {
    what: "ssh takes any word for the name of a host: a misspelt alias of the SSH configuration fails when it connects, and so this speaks only of a name that is nearly one of its aliases. A container must run when the launch begins: the names of those that run now are those of `docker ps` and `podman ps`.",
    wrong: sample({ delveDoctor: { on: "ssh:biuld7" } }),
    right: sample({ delveDoctor: { on: "ssh:build7" } }),
    sources: [
      "https://man.openbsd.org/ssh_config#Host",
      "https://docs.docker.com/reference/cli/docker/container/ls/",
    ],
  },
  *check({ config }, world) {
    const place = writtenPlace(config);
    const on = typeof place === "object" && place !== null && "on" in place ? place.on : undefined;
    const [, kind, name = ""] =
      /^(ssh|docker|podman):([A-Za-z][\w.-]*)$/.exec(typeof on === "string" ? on : "") ?? [];
    if (kind !== "ssh" && kind !== "docker" && kind !== "podman") return;
    const names = world.hosts(kind);
    // What a pattern of the SSH configuration stands for is ssh's to say, and an id is as good as a name.
    if (names === undefined || names.includes(name) || names.some((one) => /[*?]/.test(one))) return;
    if (kind !== "ssh" && /^[0-9a-f]+$/.test(name)) return;
    const near = nearOf(name, names);
    if (kind === "ssh" && near === undefined) return;
    const at = [placeAttribute, "on"];
    yield {
      at,
      message:
        near === undefined
          ? say`No container of ${kind} that is called "${name}" runs now.`
          : kind === "ssh"
            ? say`The SSH configuration names no "${name}", and "${near}" is known: ssh takes it for the name of a host.`
            : say`No container of ${kind} that is called "${name}" runs now, and "${near}" is known.`,
      remedies:
        near === undefined
          ? []
          : [{ title: say`Write "${kind}:${near}"`, edits: [{ at, value: `${kind}:${near}` }] }],
    };
  },
});
