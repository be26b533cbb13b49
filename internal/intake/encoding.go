package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"laurel/internal/problem"
)

// charset is how a text file is encoded.
type charset string

const (
	utf8Plain charset = "utf-8"
	gb18030   charset = "gb18030"
	utf16le   charset = "utf-16le"
	utf16be   charset = "utf-16be"
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// reader decodes to UTF-8 without a byte order mark.
func (c charset) reader(in io.Reader) io.Reader {
	switch c {
	case gb18030:
		return transform.NewReader(in, simplifiedchinese.GB18030.NewDecoder())
	case utf16le:
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	case utf16be:
		return transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder())
	}
	b := bufio.NewReaderSize(in, 64<<10)
	if head, _ := b.Peek(3); bytes.Equal(head, byteOrderMark) {
		_, _ = b.Discard(3)
	}
	return b
}

// inspectText finds the encoding and the delimiter of a CSV file.
func (f *File) inspectText() error {
	in, err := os.Open(f.path)
	if err != nil {
		return fmt.Errorf("open the file: %w", err)
	}
	defer func() { _ = in.Close() }()
	if f.charset, err = detectCharset(in); err != nil {
		return err
	}
	f.Encoding = string(f.charset)
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	head := make([]byte, sniffBytes)
	n, err := io.ReadFull(f.charset.reader(in), head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the file: %w", err)
	}
	if len(bytes.TrimSpace(head[:n])) == 0 {
		return emptyFile()
	}
	f.delimiter = detectDelimiter(head[:n])
	return nil
}

// detectCharset reads the whole file: valid UTF-8 is UTF-8, else what decodes without a fault as GB18030 is GB18030.
// UTF-16 needs its byte order mark.
func detectCharset(in io.ReadSeeker) (charset, error) {
	var head [2]byte
	n, _ := io.ReadFull(in, head[:])
	switch {
	case n == 2 && head == [2]byte{0xff, 0xfe}:
		return clean(in, utf16le)
	case n == 2 && head == [2]byte{0xfe, 0xff}:
		return clean(in, utf16be)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("read the file: %w", err)
	}
	valid, err := validUTF8(in)
	if err != nil {
		return "", err
	}
	if valid {
		return utf8Plain, nil
	}
	return clean(in, gb18030)
}

// clean decodes the whole file and refuses what leaves a replacement character or a NUL.
func clean(in io.ReadSeeker, c charset) (charset, error) {
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("read the file: %w", err)
	}
	r := bufio.NewReaderSize(c.reader(in), 64<<10)
	for {
		chunk, err := r.Peek(r.Size())
		if err != nil && !errors.Is(err, io.EOF) || bytes.Contains(chunk, []byte("\ufffd")) || bytes.IndexByte(chunk, 0) >= 0 {
			return "", badEncoding()
		}
		if err != nil {
			return c, nil
		}
		_, _ = r.Discard(len(chunk) - 2) // a replacement character has three bytes: look again at the last two
	}
}

// validUTF8 reports whether the rest of a text is UTF-8. A NUL means that it is no text at all.
func validUTF8(in io.Reader) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := in.Read(buf[kept:])
		chunk := buf[:kept+n]
		if bytes.IndexByte(chunk, 0) >= 0 {
			return false, badEncoding()
		}
		for len(chunk) > 0 {
			r, size := utf8.DecodeRune(chunk)
			if r == utf8.RuneError && size == 1 {
				if !utf8.FullRune(chunk) {
					break
				}
				return false, nil
			}
			chunk = chunk[size:]
		}
		kept = copy(buf, chunk)
		switch {
		case errors.Is(err, io.EOF):
			return kept == 0, nil
		case err != nil:
			return false, fmt.Errorf("read the file: %w", err)
		}
	}
}

func badEncoding() *problem.Error {
	return problem.Bad("bad_encoding", "", "这不是 UTF-8 或 GB18030 编码的文本。请在表格软件中另存为“CSV UTF-8”，或直接上传 XLSX。",
		"The file is neither UTF-8 nor GB18030 text. Save it as “CSV UTF-8” or upload the XLSX itself.")
}
