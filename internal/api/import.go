package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/intake"
	"laurel/internal/problem"
)

type importUpload struct {
	Object  string `query:"object" doc:"Object to suggest a mapping for; the best fitting one when absent"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true" doc:"CSV or XLSX"`
	}]
}

type importPath struct {
	ID int64 `path:"id"`
}

type importMapping struct {
	ID      int64 `path:"id"`
	RawBody []byte
}

type mappingName struct {
	Name string `path:"name"`
}

// maxUploadBytes bounds the request of an upload: the file and the form around it.
const maxUploadBytes = intake.MaxFileBytes + 1<<20

// bodyLimit is how much a request may send.
func bodyLimit(r *http.Request) int64 {
	if r.Method == http.MethodPost && r.URL.Path == prefix+"/imports" {
		return maxUploadBytes
	}
	return maxBodyBytes
}

// imports serves files on their way into records.
type imports struct {
	*server
	store *intake.Store
}

func (s *server) importRoutes() {
	const tag = "Imports"
	i := &imports{server: s, store: intake.Open(s.db, s.records, s.people)}
	document[importUpload, body[ImportJob]](s, tag, "POST", "/imports", "uploadImport", "上传要导入的文件", "Upload a file to import", status(201))
	s.mux.HandleFunc("POST "+prefix+"/imports", i.upload)
	handle(s, tag, "GET", "/imports", "listImports", "自己没做完的导入", "One's own imports that are not finished", i.unfinished)
	handle(s, tag, "GET", "/imports/{id}", "getImport", "一次导入及其进度", "One import and its progress", i.get)
	handle(s, tag, "PUT", "/imports/{id}/mapping", "setImportMapping", "设定列与字段的对应", "Say how columns become fields", i.setMapping, takes[Mapping]())
	handle(s, tag, "POST", "/imports/{id}/check", "checkImport", "试运行：看看会发生什么", "Dry run: what would happen", i.check)
	handle(s, tag, "POST", "/imports/{id}/run", "runImport", "开始导入", "Start the import", i.run)
	handle(s, tag, "POST", "/imports/{id}/cancel", "cancelImport", "停止导入，已导入的保留", "Stop the import; what is loaded stays", i.cancel)
	document[importPath, csvOutput](s, tag, "GET", "/imports/{id}/report.csv", "getImportReport", "未能导入的行及原因", "The rows that did not load, with reasons")
	s.mux.HandleFunc("GET "+prefix+"/imports/{id}/report.csv", i.report)
	handle(s, tag, "GET", "/import-mappings", "listImportMappings", "已保存的对应关系", "Mappings kept under a name", i.listMappings)
	handle(s, tag, "POST", "/import-mappings", "saveImportMapping", "保存对应关系", "Keep a mapping under a name", i.saveMapping, status(201), takes[SavedMapping]())
	handle(s, tag, "DELETE", "/import-mappings/{name}", "deleteImportMapping", "删除对应关系", "Forget a mapping", i.deleteMapping)
}

type csvOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// upload streams the file to disk, so that its size costs no memory.
func (i *imports) upload(w http.ResponseWriter, r *http.Request) {
	job, err := i.takeUpload(r)
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	writeJSON(w, shapeImport(job))
}

func (i *imports) takeUpload(r *http.Request) (*intake.Job, error) {
	ctx := r.Context()
	if err := allow(ctx, auth.Import); err != nil {
		return nil, err
	}
	form, err := r.MultipartReader()
	if err != nil {
		return nil, noUpload()
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, noUpload()
		}
		if err != nil {
			return nil, readProblem(err)
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		job, err := i.store.Upload(ctx, actor(ctx), part.FileName(), r.URL.Query().Get("object"), part)
		var tooBig *http.MaxBytesError
		if errors.As(err, &tooBig) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, readProblem(err)
		}
		return job, err
	}
}

func noUpload() error {
	return problem.Bad("file_missing", "file", "没有收到文件，请以 multipart/form-data 的 file 字段上传。", "No file arrived. Send it as the field file of multipart/form-data.")
}

// job is a job that the caller may see: one's own, or anybody's for those who manage the organisation.
func (i *imports) job(ctx context.Context, id int64) (*intake.Job, error) {
	if err := allow(ctx, auth.Import); err != nil {
		return nil, err
	}
	job, err := i.store.Job(ctx, id)
	if err != nil {
		return nil, err
	}
	if job.Actor != actor(ctx) && !auth.Can(caller(ctx), auth.ManageOrganisation) {
		return nil, notFound("import_not_found", "没有编号为 %d 的导入，可能已过期。请重新上传。", "There is no import %d; it may have expired. Upload the file again.", id)
	}
	return job, nil
}

// unfinished lists what the caller began to import and may go on with.
func (i *imports) unfinished(ctx context.Context, _ *none) (*body[List[ImportBegun]], error) {
	if err := allow(ctx, auth.Import); err != nil {
		return nil, err
	}
	items := []ImportBegun{}
	err := i.db.Read(ctx, func(tx *db.Tx) error {
		begun, err := i.store.Unfinished(tx, actor(ctx))
		for _, b := range begun {
			object := b.Mapping.Object
			if b.Mapping.CreateObject != nil {
				object = b.Mapping.CreateObject.Key
			}
			items = append(items, ImportBegun{ID: b.ID, File: b.File, Status: string(b.Status), Object: object, Persons: b.Mapping.Persons, UpdatedAt: time.UnixMicro(b.Updated).UTC()})
		}
		return err
	})
	return reply(whole(items)), err
}

func (i *imports) get(ctx context.Context, in *importPath) (*body[ImportJob], error) {
	job, err := i.job(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return reply(shapeImport(job)), nil
}

func (i *imports) setMapping(ctx context.Context, in *importMapping) (*body[ImportJob], error) {
	if _, err := i.job(ctx, in.ID); err != nil {
		return nil, err
	}
	var m Mapping
	if err := decode(in.RawBody, &m); err != nil {
		return nil, err
	}
	job, err := i.store.SetMapping(ctx, in.ID, readMapping(m))
	if err != nil {
		return nil, err
	}
	return reply(shapeImport(job)), nil
}

// mayLoad asks for the permissions that go beyond importing records: a mapping may create objects, choices and persons.
func (i *imports) mayLoad(ctx context.Context, id int64) error {
	job, err := i.job(ctx, id)
	if err != nil {
		return err
	}
	if err := i.mayBringIn(ctx, job.Mapping.Object); err != nil {
		return err
	}
	definitions, persons, err := i.store.Creates(job.Mapping)
	if err == nil && definitions {
		err = allow(ctx, auth.DesignObjects)
	}
	if err == nil && persons {
		err = allow(ctx, auth.ManagePeople)
	}
	return err
}

func (i *imports) check(ctx context.Context, in *importPath) (*body[ImportReport], error) {
	if err := i.mayLoad(ctx, in.ID); err != nil {
		return nil, err
	}
	report, err := i.store.Check(ctx, actor(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return reply(*shapeReport(report)), nil
}

func (i *imports) run(ctx context.Context, in *importPath) (*body[ImportJob], error) {
	if err := i.mayLoad(ctx, in.ID); err != nil {
		return nil, err
	}
	job, err := i.store.Start(ctx, actor(ctx), in.ID, func(r intake.Report) {
		i.announceImport(ImportEvent{ID: in.ID, Status: string(r.Status), Done: r.Done, Total: r.Total})
	})
	if err != nil {
		return nil, err
	}
	return reply(shapeImport(job)), nil
}

func (i *imports) cancel(ctx context.Context, in *importPath) (*body[ImportJob], error) {
	if _, err := i.job(ctx, in.ID); err != nil {
		return nil, err
	}
	i.store.Cancel(in.ID)
	return i.get(ctx, in)
}

func (i *imports) report(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		writeProblem(w, r, notFound("import_not_found", "没有编号为 %q 的导入。", "There is no import %q.", r.PathValue("id")))
		return
	}
	job, err := i.job(ctx, id)
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(job.File+".problems.csv"))
	_ = i.store.WriteBadRows(job, w, language(ctx)) // the answer has begun: a broken connection is the client's own loss
}

func (i *imports) listMappings(ctx context.Context, _ *none) (*body[List[SavedMapping]], error) {
	if err := allow(ctx, auth.Import); err != nil {
		return nil, err
	}
	items := []SavedMapping{}
	err := i.db.Read(ctx, func(tx *db.Tx) error {
		saved, err := i.store.SavedMappings(tx)
		for _, m := range saved {
			items = append(items, SavedMapping{Name: m.Name, Mapping: shapeMapping(m.Mapping)})
		}
		return err
	})
	return reply(whole(items)), err
}

func (i *imports) saveMapping(ctx context.Context, in *raw) (*body[SavedMapping], error) {
	if err := allow(ctx, auth.Import); err != nil {
		return nil, err
	}
	var given SavedMapping
	if err := decode(in.RawBody, &given); err != nil {
		return nil, err
	}
	var saved intake.SavedMapping
	err := i.db.Write(ctx, func(tx *db.Tx) (err error) {
		saved, err = i.store.SaveMapping(tx, actor(ctx), intake.SavedMapping{Name: given.Name, Mapping: readMapping(given.Mapping)})
		return err
	})
	return reply(SavedMapping{Name: saved.Name, Mapping: shapeMapping(saved.Mapping)}), err
}

func (i *imports) deleteMapping(ctx context.Context, in *mappingName) (*none, error) {
	if err := allow(ctx, auth.Import); err != nil {
		return nil, err
	}
	return nil, i.db.Write(ctx, func(tx *db.Tx) error { return i.store.DeleteMapping(tx, in.Name) })
}
