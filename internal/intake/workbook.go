package intake

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"laurel/internal/problem"
)

// Bounds of the parts of a workbook, unpacked: a small file can unpack to anything.
const (
	maxSheetBytes   = 2 << 30   // read as a stream
	maxStringsBytes = 256 << 20 // kept in memory while the file is open
	maxTokenBytes   = 16 << 20  // one text, tag or comment, which is read into memory as a whole
	maxOtherBytes   = 16 << 20
)

// maxStrings bounds the shared texts, for an empty one takes more memory than it does in the file. A variable for the tests' sake.
var maxStrings = 10 << 20

// workbook is an XLSX file (ECMA-376). Sheets are read as streams, so that a million rows take no memory; only the
// table of shared strings is kept. Types and styles of cells are needed to tell a date from a number, which is why the
// parts are read here and not through a library that gives formatted texts.
type workbook struct {
	zip     *zip.ReadCloser
	sheets  []sheet
	strings []string
	shows   []shown // by cell style
	is1904  bool    // days count from 1904
}

type sheet struct {
	name string
	part string
}

func openWorkbook(file string) (*workbook, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, badWorkbook(err)
	}
	b := &workbook{zip: z}
	if err := b.readContents(); err != nil {
		_ = z.Close()
		return nil, err
	}
	return b, nil
}

func (b *workbook) close() error { return b.zip.Close() }

func (b *workbook) names() []string {
	names := make([]string, len(b.sheets))
	for i := range b.sheets {
		names[i] = b.sheets[i].name
	}
	return names
}

// readContents finds the sheets, the styles and the base of dates.
func (b *workbook) readContents() error {
	main := "xl/workbook.xml"
	links, err := b.links("_rels/.rels", "")
	if err != nil {
		return err
	}
	for _, link := range links {
		if strings.HasSuffix(link.kind, "/officeDocument") {
			main = link.target
		}
	}
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	found, err := b.decode(main, &book)
	if err != nil {
		return err
	}
	if !found {
		return badWorkbook(errors.New("no workbook part"))
	}
	b.is1904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	links, err = b.links(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"), path.Dir(main))
	if err != nil {
		return err
	}
	for _, s := range book.Sheets {
		for _, a := range s.Attrs {
			link, ok := links[a.Value]
			if a.Name.Local == "id" && ok && s.State != "hidden" && s.State != "veryHidden" && strings.HasSuffix(link.kind, "/worksheet") {
				b.sheets = append(b.sheets, sheet{name: s.Name, part: link.target})
			}
		}
	}
	if len(b.sheets) == 0 {
		return emptyFile()
	}
	if len(b.sheets) > maxSheets {
		return problem.New(problem.TooLarge, "too_many_sheets", "", "工作簿最多 %d 个工作表。", "A workbook has at most %d sheets.", maxSheets)
	}
	for _, link := range links {
		if strings.HasSuffix(link.kind, "/styles") {
			if err := b.readStyles(link.target); err != nil {
				return err
			}
		}
	}
	for _, link := range links {
		if strings.HasSuffix(link.kind, "/sharedStrings") {
			return b.readStrings(link.target)
		}
	}
	return nil
}

// link is a relation from one part to another.
type link struct{ kind, target string }

func (b *workbook) links(part, dir string) (map[string]link, error) {
	var list struct {
		Items []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if _, err := b.decode(part, &list); err != nil {
		return nil, err
	}
	out := make(map[string]link, len(list.Items))
	for _, item := range list.Items {
		target := strings.TrimPrefix(item.Target, "/")
		if target == item.Target {
			target = path.Join(dir, target)
		}
		out[item.ID] = link{kind: item.Type, target: target}
	}
	return out, nil
}

// open opens a part as a stream that fails beyond a bound; nil when there is no such part.
func (b *workbook) open(part string, limit int64) (*boundedPart, error) {
	for _, f := range b.zip.File {
		if !strings.EqualFold(f.Name, part) {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil, badWorkbook(err)
		}
		return &boundedPart{in: in, left: limit}, nil
	}
	return nil, nil
}

// decode reads a small part; false when there is none.
func (b *workbook) decode(part string, into any) (bool, error) {
	in, err := b.open(part, maxOtherBytes)
	if in == nil || err != nil {
		return false, err
	}
	defer func() { _ = in.Close() }()
	if err := xml.NewDecoder(in).Decode(into); err != nil {
		return false, badWorkbook(err)
	}
	return true, nil
}

// readStrings reads the table of texts that cells share. Phonetic hints beside them are not part of the text.
func (b *workbook) readStrings(part string) error {
	in, err := b.open(part, maxStringsBytes)
	if in == nil || err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	d := in.tokens()
	for {
		token, err := d.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return badWorkbook(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			if len(b.strings) == maxStrings {
				return tooLargeUnpacked()
			}
			text, err := richText(d, "si")
			if err != nil {
				return err
			}
			b.strings = append(b.strings, text)
		}
	}
}

// richText gathers the text inside an element up to its end.
func richText(d *tokens, until string) (string, error) {
	var b strings.Builder
	inText, phonetic := false, 0
	for {
		token, err := d.next()
		if err != nil {
			return "", badWorkbook(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case until:
				return unescape(b.String()), nil
			}
		case xml.CharData:
			if inText && phonetic == 0 && b.Len() <= MaxCellBytes {
				b.Write(t)
			}
		}
	}
}

// unescape resolves _x000D_, by which workbooks write characters that XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		var code rune
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' && hex4(s[i+2:i+6], &code) {
			if code != '\r' && code != 0 {
				b.WriteRune(code)
			}
			i += 7
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

func hex4(s string, code *rune) bool {
	*code = 0
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			*code = *code<<4 | rune(c-'0')
		case c >= 'A' && c <= 'F':
			*code = *code<<4 | rune(c-'A'+10)
		case c >= 'a' && c <= 'f':
			*code = *code<<4 | rune(c-'a'+10)
		default:
			return false
		}
	}
	return true
}

// boundedPart is a part of the archive that fails when it, or one token of it, unpacks to more than it may.
type boundedPart struct {
	in    io.ReadCloser
	left  int64
	token int64 // bytes since the last token began; counted only where tokens are read one by one
}

func (p *boundedPart) Read(buf []byte) (int, error) {
	n, err := p.in.Read(buf)
	if p.left -= int64(n); p.left < 0 {
		return 0, tooLargeUnpacked()
	}
	if p.token += int64(n); p.token > maxTokenBytes {
		return 0, cellTooLarge()
	}
	return n, err
}

func (p *boundedPart) Close() error { return p.in.Close() }

// tokens reads a part token by token, each of which is bounded: a small file can unpack to a text of gigabytes.
type tokens struct {
	part *boundedPart
	xml  *xml.Decoder
}

func (p *boundedPart) tokens() *tokens { return &tokens{p, xml.NewDecoder(p)} }

func (t *tokens) next() (xml.Token, error) {
	t.part.token = 0
	return t.xml.RawToken()
}

func tooLargeUnpacked() error {
	return problem.New(problem.TooLarge, "file_too_large", "", "工作簿解开后太大，请拆分后再导入。", "The workbook unpacks to too much data. Split it and import the parts.")
}

func cellTooLarge() *problem.Error {
	return problem.New(problem.TooLarge, "cell_too_large", "", "单元格超过 %d MB，请缩短。", "A cell is larger than %d MB. Make it shorter.", MaxCellBytes>>20)
}

func badWorkbook(err error) error {
	if p, ok := problem.As(err); ok {
		return p
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // readers of rows take EOF for the end
	}
	return problem.Bad("bad_workbook", "", "这个 XLSX 文件已损坏或不完整，请在表格软件中打开并重新保存。",
		"This XLSX file is damaged or incomplete. Open it in a spreadsheet and save it again.").Because(fmt.Errorf("read the workbook: %w", err))
}
