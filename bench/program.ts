import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "../src/core/config.ts";
import { debugConfig, labEnv } from "../test/lab/module.ts";
import { dlv } from "../test/lab/tools.ts";
import type { Bench } from "./sides.ts";

const files: Readonly<Record<string, string>> = {
  "go.mod": "module example.com/bench\n\ngo 1.25\n",
  "main.go": `package main

import (
	"fmt"
	"net/http"

	"example.com/bench/stock"
)

func main() {
	http.Handle("/stock", stock.Handler())
	fmt.Println(stock.Count(1 << 60))
}
`,
  "stock/stock.go": `package stock

import (
	"encoding/json"
	"net/http"
)

type Item struct {
	Name  string
	Price float64
	Tags  []string
}

func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(Count(10))
	})
}

func Count(rounds int) int {
	items := []Item{{"nut", 0.1, []string{"small"}}, {"bolt", 0.2, nil}, {"beam", 90, []string{"large", "steel"}}}
	left := map[string]int{"nut": 7, "bolt": 5, "beam": 1}
	total := 0
	for round := 0; round < rounds; round++ {
		item := items[round%len(items)]
		total += left[item.Name]
		total -= len(item.Tags)
	}
	return total
}
`,
};

/** A Go program of two packages on top of net/http: a launch of it, and where in it to stop. */
export interface Program {
  readonly config: Config;
  /** The first line of main: the end of a launch. */
  readonly atStart: { readonly path: string; readonly line: number };
  /** In a loop without end over a slice, a map and structs. */
  readonly inLoop: { readonly path: string; readonly line: number };
}

/** Writes the program into the bench's folder, which is removed at the end. */
export async function makeProgram({ folder }: Bench): Promise<Program> {
  const module = join(folder, "program");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(module, path)), { recursive: true });
    writeFileSync(join(module, path), text);
  }
  return {
    config: debugConfig(module, await labEnv(), { dlvToolPath: await dlv() }),
    atStart: { path: join(module, "main.go"), line: 11 },
    inLoop: { path: join(module, "stock", "stock.go"), line: 25 },
  };
}
