package record

import (
	"strconv"
	"strings"
	"sync"

	"laurel/internal/db"
	"laurel/internal/expr"
)

// systemColumns are the columns that every object's table begins with.
var systemColumns = []string{"id", "external_id", "version", "created_at", "updated_at", "deleted_at"}

// statements are the SQL texts of an object, made once with its snapshot.
type statements struct {
	table      string   // without quotes
	columns    []string // systemColumns and those of Fields, without quotes
	selectFrom string   // SELECT of all columns, up to the table's name
}

func tableOf(objectKey string) string { return "o_" + objectKey }
func columnOf(fieldKey string) string { return "f_" + fieldKey }

// prepare completes a snapshot whose definition is filled in.
func (o *Object) prepare() {
	o.env = sync.OnceValues(func() (*expr.Env, error) { return expr.NewEnv(o.Vars()) })
	o.index = make(map[string]int, len(o.Fields))
	o.sql.table = tableOf(o.Key)
	o.sql.columns = append(o.sql.columns, systemColumns...)
	for i := range o.Fields {
		o.index[o.Fields[i].Key] = i
		o.sql.columns = append(o.sql.columns, columnOf(o.Fields[i].Key))
	}
	quoted := make([]string, len(o.sql.columns))
	for i, c := range o.sql.columns {
		quoted[i] = db.Quote(c)
	}
	o.sql.selectFrom = "SELECT " + strings.Join(quoted, ", ") + " FROM " + db.Quote(o.sql.table) + " "
}

// inSizes are the numbers of placeholders of an IN list, so that few different statements are prepared.
var inSizes = []int{1, 8, 64, 512}

// inChunks runs a query once or more for all keys. The text has IN (…) for the list; a list shorter than its size is
// filled up with its last key.
func inChunks[K any](keys []K, before, after string, run func(query string, args []any) error) error {
	for len(keys) > 0 {
		size := inSizes[len(inSizes)-1]
		for _, s := range inSizes {
			if len(keys) <= s {
				size = s
				break
			}
		}
		n := min(size, len(keys))
		args := make([]any, size)
		for i := range args {
			args[i] = keys[min(i, n-1)]
		}
		if err := run(before+inList(size)+after, args); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

func inList(size int) string {
	var b strings.Builder
	b.WriteString(" IN (")
	for i := range size {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	b.WriteString(") ")
	return b.String()
}
