package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"laurel/internal/problem"
)

// Settings of every SQLite connection. The page caches fill only as they are used, so that an idle server stays small.
// There is no memory map: it made scans no faster, and a failing disk would end the process instead of the statement.
var (
	sqliteWriterPragmas = []string{
		"busy_timeout(10000)", // ms to wait for another process, such as a command beside the server
		"journal_mode(WAL)",
		"synchronous(FULL)", // every commit is on the disk before it is answered
		"foreign_keys(ON)",
		"temp_store(MEMORY)",
		"cache_size(-16384)",           // KiB
		"wal_autocheckpoint(4000)",     // pages of 4 KiB: the log is folded in every 16 MB
		"journal_size_limit(67108864)", // bytes the log keeps after a long reader let it grow
	}
	sqliteReaderPragmas = []string{
		"busy_timeout(10000)",
		"query_only(ON)",
		"temp_store(MEMORY)",
		"cache_size(-2048)",
	}
)

func (d *DB) openSQLite(ctx context.Context, path, org string) error {
	file, err := sqliteFile(path, org, d.mustExist)
	if err != nil {
		return err
	}
	// Linux builds of SQLite's own sync with fdatasync; where there is none, fsync stays, equally durable.
	_, _ = sqlite.Fdatasync(true)

	if d.writePool, err = sql.Open("sqlite", sqliteDSN(file, sqliteWriterPragmas)); err != nil {
		return err
	}
	if err := d.migrate(ctx, goose.DialectSQLite3, d.writePool); err != nil {
		return err
	}
	d.writePool.SetMaxOpenConns(1)
	if d.readPool, err = sql.Open("sqlite", sqliteDSN(file, sqliteReaderPragmas)); err != nil {
		return err
	}
	d.readPool.SetMaxOpenConns(maxReaders)
	return nil
}

// sqliteFile finds the file of an organisation. It creates what is missing, readable by its owner only, or refuses to.
func sqliteFile(path, org string, mustExist bool) (string, error) {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return "", problem.Bad("storage_url", "database",
			"请在 sqlite: 后写明文件路径，例如 sqlite:data/laurel.db。",
			"Write the path of a file after sqlite:, such as sqlite:data/laurel.db.")
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir(), strings.HasSuffix(path, "/"), strings.HasSuffix(path, string(filepath.Separator)):
		path = filepath.Join(path, org+".db")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	case org != defaultOrg:
		return "", problem.Bad("storage_url", "database",
			"一个 SQLite 文件只存一个组织：有多个组织时，请在 sqlite: 后写文件夹（以 / 结尾）。",
			"One SQLite file holds one organisation: for several, write a folder after sqlite:, ending in a slash.")
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	if info, err := os.Stat(path); mustExist && (errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0) {
		return "", missing(path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	handle, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", fmt.Errorf("open the database file: %w", err)
	}
	return path, handle.Close()
}

func sqliteDSN(file string, pragmas []string) string {
	slashed := filepath.ToSlash(file)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	query := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}).String()
}
