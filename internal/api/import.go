package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/problem"
)

type importUpload struct {
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true" doc:"CSV or XLSX"`
	}]
}

type importPath struct {
	ID int64 `path:"id"`
}

type importMapping struct {
	ID   int64 `path:"id"`
	Body Mapping
}

type csvOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

type mappingName struct {
	Name string `path:"name"`
}

func (s *server) importRoutes() {
	const tag = "Imports"
	handle(s, tag, "POST", "/imports", "uploadImport", "上传要导入的文件", "Upload a file to import", later[importUpload, body[ImportJob]], status(201))
	handle(s, tag, "GET", "/imports/{id}", "getImport", "一次导入及其进度", "One import and its progress", later[importPath, body[ImportJob]])
	handle(s, tag, "PUT", "/imports/{id}/mapping", "setImportMapping", "设定列与字段的对应", "Say how columns become fields", later[importMapping, body[ImportJob]])
	handle(s, tag, "POST", "/imports/{id}/check", "checkImport", "试运行：看看会发生什么", "Dry run: what would happen", later[importPath, body[ImportReport]])
	handle(s, tag, "POST", "/imports/{id}/run", "runImport", "开始导入", "Start the import", later[importPath, body[ImportJob]])
	handle(s, tag, "POST", "/imports/{id}/cancel", "cancelImport", "停止导入，已导入的保留", "Stop the import; what is loaded stays", later[importPath, body[ImportJob]])
	handle(s, tag, "GET", "/imports/{id}/report.csv", "getImportReport", "未能导入的行及原因", "The rows that did not load, with reasons", later[importPath, csvOutput])
	handle(s, tag, "GET", "/import-mappings", "listImportMappings", "已保存的对应关系", "Mappings kept under a name", later[none, body[List[SavedMapping]]])
	handle(s, tag, "POST", "/import-mappings", "saveImportMapping", "保存对应关系", "Keep a mapping under a name", later[struct{ Body SavedMapping }, body[SavedMapping]], status(201))
	handle(s, tag, "DELETE", "/import-mappings/{name}", "deleteImportMapping", "删除对应关系", "Forget a mapping", later[mappingName, none])
}

// later stands in for what is not there yet.
func later[I, O any](context.Context, *I) (*O, error) {
	return nil, problem.New(problem.Unavailable, "not_ready", "", "该功能尚未就绪。", "This operation is not ready yet.")
}
