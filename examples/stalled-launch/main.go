// A program that needs one module, and so a module proxy that answers.
package main

import (
	"fmt"
	"os"

	"example.com/greeting"
)

func main() {
	words := greet(os.Args[1:])
	fmt.Println(words)
}

// greet says hello to everyone who is named, or to the world.
func greet(names []string) string {
	if len(names) == 0 {
		names = []string{"world"}
	}
	words := greeting.Hello()
	for _, name := range names {
		words += ", " + name
	}
	return words
}
