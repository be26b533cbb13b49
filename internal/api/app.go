package api

import (
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"laurel/internal/i18n"
)

// app serves the built web application. A path that is no file belongs to the application's own router and gets
// index.html. files is nil when the application was not built.
func app(files fs.FS) http.Handler {
	if files == nil {
		return readOnly(http.HandlerFunc(unbuiltPage))
	}
	server := http.FileServerFS(files)
	return readOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		info, err := fs.Stat(files, name)
		switch {
		case err == nil && !info.IsDir() && strings.HasPrefix(name, "assets/"):
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable") // its name holds its hash
		case err == nil && !info.IsDir() && name != "index.html":
			w.Header().Set("Cache-Control", "public, max-age=3600")
		case path.Ext(name) != "" && name != "index.html":
			http.NotFound(w, r)
			return
		default:
			w.Header().Set("Cache-Control", "no-cache")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			page, err := fs.ReadFile(files, "index.html")
			if err != nil {
				unbuiltPage(w, r)
				return
			}
			_, _ = w.Write(page)
			return
		}
		server.ServeHTTP(w, r)
	}))
}

// readOnly turns away what pages do not take.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

var unbuilt = template.Must(template.New("unbuilt").Parse(`<!doctype html>
<html lang="{{.Lang}}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Laurel</title>
<style>body{font:16px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;max-width:40rem;margin:12vh auto;padding:0 1.5rem;color:#1d2b25}
h1{color:#1F6F54}code,pre{background:#f2f5f3;border-radius:6px;padding:.15em .4em}pre{padding:1rem}a{color:#1F6F54}</style>
<h1>Laurel</h1><p>{{.Text}}</p><pre>make web</pre><p>{{.More}} <a href="/api/docs">/api/docs</a></p></html>`))

// unbuiltPage says how to build the application.
func unbuiltPage(w http.ResponseWriter, r *http.Request) {
	lang := language(r.Context())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_ = unbuilt.Execute(w, map[string]string{
		"Lang": string(lang),
		"Text": i18n.T("服务器已经在运行，但这个程序里没有网页应用。装好 Node 后构建网页应用，再重新编译即可：",
			"The server is running, but this binary was built without the web application. With Node installed, build it and compile again:").In(lang),
		"More": i18n.T("接口照常可用，说明在", "The API works as usual; its description is at").In(lang),
	})
}
