import { cause } from "../../core/cause.ts";
import type { Fix, JsonEdit } from "../../core/fix.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type GoCache, goCache } from "../../probes/goCache.ts";
import { cacheRefused } from "../texts.ts";

const id = "no-home-no-gocache";

/** go refuses to build without a build cache, and derives its place from HOME. */
export const noHomeNoGocache = cause({
  id,
  title: say`go has no place for its build cache`,
  about: {
    what: "go builds nothing without a build cache. Its place is GOCACHE, else `go-build` in XDG_CACHE_HOME, else `.cache/go-build` in HOME. A service, a container or a task that starts dlv without HOME, a user whose home is `/` or read-only (readOnlyRootFilesystem), a cache that `sudo go` left to root, or GOCACHE=off end the build before it began. GOCACHE in the configuration's `env` is enough.",
    notThis:
      "A cache on a full disk is another cause, and so is a first build that fills an empty cache: those go on, slowly. Whether the directory can be made is asked with dlv's own user and environment.",
    sources: ["https://pkg.go.dev/cmd/go#hdr-Build_and_test_caching"],
    seen: "real",
  },
  needs: { cache: goCache },
  when: (launch) => builds(launch) && cacheRefused.test(launch.timeline.buildError ?? ""),
  find({ cache }, launch) {
    if (cache.writable) return undefined;
    const said = (launch.timeline.buildError ?? "").split("\n").filter((line) => cacheRefused.test(line));
    return {
      certainty: "proven",
      because: reason(cache),
      evidence: [
        say`go env with dlv's environment: GOCACHE=${cache.dir || say`(empty)`}`,
        say`set in dlv's environment: ${["HOME", "XDG_CACHE_HOME"].map((name) => `${name} ${cache.set.includes(name) ? say`yes` : say`no`}`).join(", ")}`,
        ...(cache.asked === "" ? [] : [say`access ${cache.asked} for writing: refused`]),
        ...said,
      ],
      explains: { phase: "build", ms: spent(launch.timeline, "build") },
      fixes: [cache.elsewhere === undefined ? makeRoom(cache) : useCache(cache.elsewhere, cache)],
    };
  },
});

function reason({ dir, set }: GoCache): string {
  if (dir === "off") return say`GOCACHE=off turns the build cache off, and go builds nothing without one.`;
  if (dir !== "" && set.length > 0) return say`The build cache ${dir} cannot be written by dlv's user.`;
  if (dir === "") return say`dlv's environment has neither HOME nor XDG_CACHE_HOME nor GOCACHE.`;
  return say`The build cache ${dir} cannot be written by dlv's user, and HOME is not set.`;
}

function useCache(dir: string, { modules }: GoCache): Fix {
  const edits: JsonEdit[] = [{ at: ["env", "GOCACHE"], value: dir }];
  // Without HOME go has no place for modules either.
  if (!modules)
    edits.push({ at: ["env", "GOMODCACHE"], value: `${dir.slice(0, dir.lastIndexOf("/"))}/go-mod` });
  return {
    id: `${id}/set-gocache`,
    title: say`Keep the build cache in ${dir}`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits },
  };
}

function makeRoom({ dir }: GoCache): Fix {
  return {
    id: `${id}/writable`,
    title: say`Give go a directory that it may write`,
    preferred: true,
    needsRoot: false,
    scope: "machine",
    action: {
      kind: "advice",
      text:
        dir === ""
          ? say`No directory here can be written. Give the container a volume (an emptyDir will do), and let GOCACHE name a directory on it.`
          : say`No directory here can be written, ${dir} neither. Give the container a volume (an emptyDir will do), and let GOCACHE name a directory on it.`,
    },
  };
}
