package record

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"laurel/internal/value"
)

// AppendValue appends a value as JSON, the same that value.Value marshals to, without the detour through reflection.
func AppendValue(dst []byte, v value.Value) []byte {
	switch v.Kind() {
	case value.Null:
		return append(dst, "null"...)
	case value.Bool:
		return strconv.AppendBool(dst, v.Bool())
	case value.Ref:
		return strconv.AppendInt(dst, v.Ref(), 10)
	case value.Money:
		a := v.Amount()
		dst = append(dst, `{"amount":"`...)
		dst = append(dst, v.Decimal().String()...)
		dst = append(dst, `","currency":`...)
		return append(appendString(dst, a.Currency), '}')
	case value.List:
		return appendList(dst, v.List())
	case value.Text:
		return appendString(dst, v.Text())
	case value.Time:
		dst = append(dst, '"')
		dst = time.UnixMicro(v.Micros()).UTC().AppendFormat(dst, time.RFC3339Nano)
		return append(dst, '"')
	}
	return appendString(dst, v.String())
}

func appendList(dst []byte, list []string) []byte {
	dst = append(dst, '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(dst, s)
	}
	return append(dst, ']')
}

const hexDigits = "0123456789abcdef"

// appendString appends valid UTF-8 as a JSON string; what is not valid becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				dst = append(append(dst, s[from:i]...), "\ufffd"...)
				from = i + 1
			}
			i += n
			continue
		}
		if c < ' ' || c == '"' || c == '\\' || c == 0x7f {
			dst = append(dst, s[from:i]...)
			if c == '"' || c == '\\' {
				dst = append(dst, '\\', c)
			} else {
				dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			from = i + 1
		}
		i++
	}
	return append(append(dst, s[from:]...), '"')
}

// jsonObject writes {"field":value,…} of some fields, with the external id when it is meant too.
type jsonObject struct{ buf []byte }

func (j *jsonObject) key(key string) {
	if len(j.buf) == 0 {
		j.buf = append(j.buf, '{')
	} else {
		j.buf = append(j.buf, ',')
	}
	j.buf = append(j.buf, '"')
	j.buf = append(j.buf, key...) // checked identifiers
	j.buf = append(j.buf, '"', ':')
}

func (j *jsonObject) value(key string, v value.Value) {
	j.key(key)
	j.buf = AppendValue(j.buf, v)
}

func (j *jsonObject) externalID(id string) {
	j.key("external_id")
	if id == "" {
		j.buf = append(j.buf, "null"...)
		return
	}
	j.buf = appendString(j.buf, id)
}

func (j *jsonObject) done() json.RawMessage {
	if len(j.buf) == 0 {
		return json.RawMessage("{}")
	}
	return append(j.buf, '}')
}

// allValues is the JSON of a record's values that are there.
func allValues(o *Object, externalID string, values []value.Value) json.RawMessage {
	j := jsonObject{buf: make([]byte, 0, 64)}
	if externalID != "" {
		j.externalID(externalID)
	}
	for i, v := range values {
		if !v.IsNull() {
			j.value(o.Fields[i].Key, v)
		}
	}
	return j.done()
}
