package intake

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"laurel/internal/problem"
)

// Bounds of a file.
const (
	MaxFileBytes = 100 << 20
	MaxRows      = 1_000_000
	MaxColumns   = 300
	MaxCellBytes = 1 << 20
	maxSheets    = 200
)

// Format is a kind of file.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// File is a file that can be read, any number of times. Close it when done.
type File struct {
	Name     string // as the person called it
	Format   Format
	Encoding string   // of a CSV: utf-8, gb18030, utf-16le, utf-16be
	Sheets   []string // of a workbook, hidden ones left out

	path      string
	charset   charset
	delimiter byte
	book      *workbook
}

// CellKind says what a cell is by itself, before anybody says what its column holds.
type CellKind uint8

// The kinds of cell. All but Typed come from workbooks only.
const (
	Typed   CellKind = iota // text as somebody typed it
	Number                  // a number in full precision: 1234.5600000000001, 1.2E-3
	Percent                 // a number shown as a percentage; 0.125 is 12.5 %
	Moment                  // a number of days since 1900 shown as date or time
	Truth                   // TRUE or FALSE
	Fault                   // what a formula left when it failed: #N/A
)

// Cell is one cell of a row.
type Cell struct {
	Text string
	Kind CellKind
}

// Row is one row of a file. It is reused for the next one.
type Row struct {
	Line  int // 1-based: line of the text, row of the sheet
	Cells []Cell
	Bad   *problem.Error // the row as a whole cannot be read
}

// rowReader hands out the rows of a CSV or of a sheet; io.EOF ends them.
type rowReader interface {
	Next() (*Row, error)
	Close() error
}

// OpenFile finds out what a file is. Its name only serves for messages and the choice of an object's name.
func OpenFile(path, name string) (*File, error) {
	in, err := os.Open(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, problem.New(problem.NotFound, "file_not_found", "", "文件 %s 不存在。", "The file %s does not exist.", name)
		}
		return nil, fmt.Errorf("open the file: %w", err)
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil {
		return nil, fmt.Errorf("open the file: %w", err)
	}
	switch {
	case info.IsDir():
		return nil, problem.Bad("not_a_file", "", "%s 是文件夹，请选择一个 CSV 或 XLSX 文件。", "%s is a folder. Choose a CSV or XLSX file.", name)
	case info.Size() == 0:
		return nil, emptyFile()
	case info.Size() > MaxFileBytes:
		return nil, problem.New(problem.TooLarge, "file_too_large", "", "文件不能超过 %d MB，请拆分后再导入。", "A file has at most %d MB. Split it and import the parts.", MaxFileBytes>>20)
	}
	f := &File{Name: filepath.Base(name), path: path}
	head := make([]byte, 8)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	switch {
	case string(head[:min(n, 4)]) == "PK\x03\x04":
		f.Format = XLSX
		f.book, err = openWorkbook(path)
		if err == nil {
			f.Sheets = f.book.names()
		}
	case n == 8 && string(head) == "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
		return nil, problem.Bad("old_workbook", "", "这是旧式 .xls 或加密的工作簿，请在表格软件中去掉密码并另存为 .xlsx。",
			"This is an old .xls or an encrypted workbook. Save it as .xlsx without a password.")
	default:
		f.Format = CSV
		err = f.inspectText()
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Close lets the file go.
func (f *File) Close() error {
	if f.book != nil {
		return f.book.close()
	}
	return nil
}

// rows begins reading. The sheet is looked at in workbooks only; empty is the first one.
func (f *File) rows(sheet string) (rowReader, error) {
	if f.Format == XLSX {
		return f.book.rows(sheet)
	}
	in, err := os.Open(f.path)
	if err != nil {
		return nil, fmt.Errorf("open the file again: %w", err)
	}
	return newCSVReader(f.charset.reader(in), f.delimiter, in.Close), nil
}

func emptyFile() *problem.Error {
	return problem.Bad("empty_file", "", "文件里没有数据。", "There is nothing in the file.")
}
