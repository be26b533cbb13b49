// Package web embeds the built web application into the binary. The application itself is TypeScript; this file is all
// the Go there is. Without a build, web/dist holds only a placeholder and Built is false.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files is the built application: index.html, and hashed files under assets/.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant and embedded above
	}
	return files
}

// Built reports whether the application was there when the binary was compiled.
func Built() bool {
	_, err := fs.Stat(dist, "dist/index.html")
	return err == nil
}
