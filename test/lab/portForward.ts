import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { ServerLab } from "./dlvServer.ts";
import { makeFolder } from "./module.ts";
import { freePort, until } from "./server.ts";
import { listenersOn } from "./sockets.ts";
import { go } from "./tools.ts";

/**
 * Takes the place of `kubectl port-forward` and of all that lies behind it: relays LOCAL to REMOTE of this machine, ends a
 * stream in which nothing went through for IDLE_MS, and ends itself with it, as kubectl does ("lost connection to pod").
 * It proves nothing of Kubernetes.
 */
const source = `package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

func main() {
	local, remote, _ := strings.Cut(os.Args[len(os.Args)-1], ":")
	ms, _ := strconv.Atoi(os.Getenv("IDLE_MS"))
	idle := time.Duration(ms) * time.Millisecond
	listener, err := net.Listen("tcp", "127.0.0.1:"+local)
	if err != nil {
		panic(err)
	}
	near, err := listener.Accept()
	if err != nil {
		panic(err)
	}
	far, err := net.Dial("tcp", "127.0.0.1:"+remote)
	if err != nil {
		panic(err)
	}
	used := make(chan bool)
	carry := func(from, to net.Conn) {
		buffer := make([]byte, 65536)
		for {
			n, err := from.Read(buffer)
			if err != nil {
				os.Exit(0)
			}
			used <- true
			if _, err := io.WriteString(to, string(buffer[:n])); err != nil {
				os.Exit(0)
			}
		}
	}
	go carry(near, far)
	go carry(far, near)
	for {
		select {
		case <-used:
		case <-time.After(idle):
			fmt.Println("error: lost connection to pod")
			os.Exit(1)
		}
	}
}
`;

/** Starts stand-ins for kubectl that forward a free port to one of the lab's. */
export interface PortForwards {
  /** Builds the stand-in. For a before hook. */
  prepare(): Promise<void>;
  /** Forwards to a port; gives the near one. `lab.endAll` ends it. */
  forward(to: number, idleMs: number): Promise<number>;
  remove(): void;
}

export function portForwards(lab: ServerLab): PortForwards {
  const made = makeFolder({ "go.mod": "module example.com/kubectl\n\ngo 1.25\n", "main.go": source });
  const kubectl = join(made.folder, "kubectl");
  return {
    async prepare() {
      execFileSync(await go(), ["build", "-o", kubectl, "."], {
        cwd: made.folder,
        env: { ...process.env, ...lab.env },
      });
    },
    async forward(to, idleMs) {
      const port = await freePort();
      const idle = `IDLE_MS=${idleMs}`;
      await lab.start(["env", idle, kubectl, "-n", "shop", "port-forward", "pod/api", `${port}:${to}`]);
      await until(() => listenersOn(port).length > 0, "the port-forward");
      return port;
    },
    remove: () => made.remove(),
  };
}
