package intake

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// jobs are the jobs that this process works on.
type jobs struct {
	mu   sync.Mutex
	work map[int64]*working
}

// working is a job under way: a dry run or an import.
type working struct {
	cancel context.CancelFunc
	report Report
	runs   bool // an import, not a dry run
}

// persistEvery is how often the progress of a running job is written down, for other processes to see.
const persistEvery = 2 * time.Second

// Upload takes a file in, looks through it and suggests a mapping, to an object if one is named.
func (s *Store) Upload(ctx context.Context, actor record.Actor, name, object string, content io.Reader) (*Job, error) {
	folder, err := os.MkdirTemp("", folderMark)
	if err != nil {
		return nil, fmt.Errorf("make a folder for the upload: %w", err)
	}
	j := &Job{File: cut(name, 200), Status: Uploaded, Actor: actor, Created: time.Now().UnixMicro(), folder: folder}
	if err := s.upload(ctx, j, object, content); err != nil {
		removeFolder(folder)
		return nil, err
	}
	return j, nil
}

func (s *Store) upload(ctx context.Context, j *Job, object string, content io.Reader) error {
	if err := keep(j.dataFile(), content); err != nil {
		return err
	}
	file, err := j.open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	survey, err := file.Look(ctx, Place{})
	if err != nil {
		return err
	}
	j.File, j.Format, j.Encoding, j.Sheets, j.Survey = file.Name, file.Format, file.Encoding, file.Sheets, *survey
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		j.Mapping, err = s.Suggest(tx, file, &j.Survey, object)
		return err
	})
	if err != nil {
		return err
	}
	var old []string
	err = s.db.Write(ctx, func(tx *db.Tx) (err error) {
		if old, err = purge(tx); err != nil {
			return err
		}
		return insertJob(tx, j)
	})
	for _, folder := range old {
		removeFolder(folder)
	}
	return err
}

func keep(path string, content io.Reader) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("keep the upload: %w", err)
	}
	n, err := io.Copy(out, io.LimitReader(content, MaxFileBytes+1))
	if closed := out.Close(); err == nil {
		err = closed
	}
	switch {
	case err != nil:
		return fmt.Errorf("keep the upload: %w", err)
	case n > MaxFileBytes:
		return problem.New(problem.TooLarge, "file_too_large", "", "文件不能超过 %d MB，请拆分后再导入。", "A file has at most %d MB. Split it and import the parts.", MaxFileBytes>>20)
	}
	return nil
}

// Job is a job as it stands.
func (s *Store) Job(ctx context.Context, id int64) (*Job, error) {
	var j *Job
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		j, err = loadJob(tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	if w := s.jobs.work[id]; w != nil && w.runs {
		report := w.report
		j.Status, j.Report = Running, &report
		return j, nil
	}
	j.lost()
	return j, nil
}

// SetMapping gives a job its mapping. Another sheet or header line has the file looked through again, and a mapping
// without columns is suggested anew, for the object that it names or for people.
func (s *Store) SetMapping(ctx context.Context, id int64, m Mapping) (*Job, error) {
	var out *Job
	err := s.alone(ctx, id, false, func(ctx context.Context, j *Job, _ *working) error {
		sheet, header := m.Sheet, m.HeaderRow
		if sheet == "" {
			sheet = j.Survey.Sheet
		}
		if header == 0 && sheet == j.Survey.Sheet {
			header = j.Survey.HeaderRow
		}
		moved := sheet != j.Survey.Sheet || header != j.Survey.HeaderRow
		if moved || len(m.Columns) == 0 {
			suggested, err := s.lookAgain(ctx, j, Place{Sheet: sheet, HeaderRow: header}, moved, &m)
			if err != nil {
				return err
			}
			if len(m.Columns) == 0 {
				m = suggested
			}
		}
		m.Sheet, m.HeaderRow = j.Survey.Sheet, j.Survey.HeaderRow
		j.Mapping, j.Status, j.Report = m, Uploaded, nil
		out = j
		return s.db.Write(ctx, func(tx *db.Tx) error { return updateJob(tx, j) })
	})
	return out, err
}

// lookAgain suggests a mapping for a job's file, whose table may be at another place now.
func (s *Store) lookAgain(ctx context.Context, j *Job, at Place, moved bool, given *Mapping) (m Mapping, err error) {
	file, err := j.open()
	if err != nil {
		return m, err
	}
	defer func() { _ = file.Close() }()
	if moved {
		survey, err := file.Look(ctx, at)
		if err != nil {
			return m, err
		}
		j.Survey = *survey
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		m, err = s.Suggest(tx, file, &j.Survey, given.Object)
		return err
	})
	if given.Persons {
		m = Mapping{Persons: true, Columns: wholePersons(&j.Survey)}
	}
	return m, err
}

// alone works on a job that nobody else in this process works on.
func (s *Store) alone(ctx context.Context, id int64, runs bool, fn func(context.Context, *Job, *working) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w := &working{cancel: cancel, runs: runs}
	if err := s.begin(id, w); err != nil {
		return err
	}
	defer s.finish(id, w)
	var j *Job
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		j, err = loadJob(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	if j.lost(); j.Status == Running {
		return busyJob() // in another process
	}
	return fn(ctx, j, w)
}

func (s *Store) begin(id int64, w *working) error {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	if s.jobs.work == nil {
		s.jobs.work = map[int64]*working{}
	}
	if s.jobs.work[id] != nil {
		return busyJob()
	}
	if len(s.jobs.work) >= maxRunning {
		return problem.New(problem.TooMany, "too_many_imports", "", "同时进行的导入太多，请稍后再试。", "Too many imports are under way. Try again in a moment.")
	}
	s.jobs.work[id] = w
	return nil
}

func (s *Store) finish(id int64, w *working) {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	if s.jobs.work[id] == w {
		delete(s.jobs.work, id)
	}
}

func busyJob() *problem.Error {
	return problem.New(problem.Conflict, "import_busy", "", "这次导入正在进行，请等它结束或先停止它。", "This import is under way. Wait for it or stop it first.")
}

// Check is a dry run of a job.
func (s *Store) Check(ctx context.Context, actor record.Actor, id int64) (*Report, error) {
	var report *Report
	err := s.alone(ctx, id, false, func(ctx context.Context, j *Job, _ *working) (err error) {
		if report, err = s.execute(ctx, j, Options{Actor: actor, DryRun: true}); err != nil {
			return err
		}
		if report.Status == Cancelled {
			return context.Canceled
		}
		j.Status, j.Report = Checked, report
		return s.db.Write(ctx, func(tx *db.Tx) error { return updateJob(tx, j) })
	})
	return report, err
}

// Start begins to load a job in the background and returns it as it is then. changed is called with every progress, from
// the background.
func (s *Store) Start(ctx context.Context, actor record.Actor, id int64, changed func(Report)) (*Job, error) {
	started := make(chan *Job)
	failed := make(chan error, 1)
	go func() {
		background := context.WithoutCancel(ctx)
		failed <- s.alone(background, id, true, func(ctx context.Context, j *Job, w *working) error {
			j.Status, j.Report = Running, &Report{Status: Running, Total: j.Survey.Rows, Problems: []Problem{}, Mends: []Mend{}}
			w.report = *j.Report
			if err := s.db.Write(ctx, func(tx *db.Tx) error { return updateJob(tx, j) }); err != nil {
				return err
			}
			snapshot := *j
			started <- &snapshot
			s.carryOut(ctx, background, j, w, actor, changed)
			return nil
		})
	}()
	select {
	case j := <-started:
		return j, nil
	case err := <-failed:
		return nil, err
	}
}

// carryOut runs a job to its end, whatever that is, and writes it down.
func (s *Store) carryOut(ctx, background context.Context, j *Job, w *working, actor record.Actor, changed func(Report)) {
	persisted := time.Now()
	report, err := s.execute(ctx, j, Options{Actor: actor, Progress: func(r Report) {
		s.jobs.mu.Lock()
		w.report = r
		s.jobs.mu.Unlock()
		changed(r)
		if time.Since(persisted) > persistEvery {
			persisted = time.Now()
			j.Report = &r
			_ = s.db.Write(ctx, func(tx *db.Tx) error { return updateJob(tx, j) }) // the next one may succeed
		}
	}})
	if report == nil {
		report = &Report{Status: Failed, Problems: []Problem{}, Mends: []Mend{}, Total: j.Survey.Rows}
	}
	switch {
	case err == nil:
	case ctx.Err() != nil:
		report.Status = Cancelled
	default:
		report.Status = Failed
		report.Fault = i18n.T("导入没有完成，已导入的保留。请再次导入。", "The import did not finish. What was loaded stays; run it again.")
		if p, ok := problem.As(err); ok {
			report.Fault = p.Message
		} else {
			slog.Error("an import failed", "import", j.ID, "error", err)
		}
	}
	j.Status, j.Report = report.Status, report
	if err := s.db.Write(background, func(tx *db.Tx) error { return updateJob(tx, j) }); err != nil {
		slog.Error("the end of an import could not be written down", "import", j.ID, "error", err)
	}
	s.finish(j.ID, w)
	changed(*report)
}

// execute loads a job's file and keeps every problem in a file beside it.
func (s *Store) execute(ctx context.Context, j *Job, opts Options) (*Report, error) {
	file, err := j.open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	out, err := os.OpenFile(j.badFile(), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keep the problems: %w", err)
	}
	buffer := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffer)
	opts.Bad = func(p Problem) error { return encoder.Encode(p) }
	report, err := s.Run(ctx, file, &j.Survey, j.Mapping, opts)
	if flushed := errors.Join(buffer.Flush(), out.Close()); flushed != nil && err == nil {
		err = fmt.Errorf("keep the problems: %w", flushed)
	}
	return report, err
}

// Cancel stops a job after the batch at hand; what was loaded stays. A job that does not run stays as it is.
func (s *Store) Cancel(id int64) {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	if w := s.jobs.work[id]; w != nil {
		w.cancel()
	}
}

// WriteBadRows writes every problem of a job's last run as CSV.
func (s *Store) WriteBadRows(j *Job, w io.Writer, lang i18n.Lang) error {
	rows, err := NewBadRows(w, lang)
	if err != nil {
		return err
	}
	in, err := os.Open(j.badFile())
	if errors.Is(err, os.ErrNotExist) {
		return rows.Close()
	}
	if err != nil {
		return fmt.Errorf("read the problems: %w", err)
	}
	defer func() { _ = in.Close() }()
	d := json.NewDecoder(bufio.NewReader(in))
	for d.More() {
		var p Problem
		if err := d.Decode(&p); err != nil {
			break // an import is still writing
		}
		if err := rows.Add(p); err != nil {
			return err
		}
	}
	return rows.Close()
}
