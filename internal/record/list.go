package record

import (
	"strconv"
	"strings"

	"laurel/internal/db"
	"laurel/internal/expr"
	"laurel/internal/problem"
)

// List is a page of the records that a query asks for. Records without a sort field's value come last, records alike
// in all sort fields in the order of ids, so that pages neither repeat nor skip a record that stays as it is.
func (s *Store) List(tx *db.Tx, o *Object, q Query) (Page, error) {
	limit, p := q.limit()
	if p != nil {
		return Page{}, p
	}
	order, p := o.order(q.Sort)
	if p != nil {
		return Page{}, p
	}
	w := &where{tx: tx, object: o}
	if err := w.query(&q); err != nil {
		return Page{}, err
	}
	filter, err := o.filter(q.Filter)
	if err != nil {
		return Page{}, err
	}
	page := Page{Total: -1}
	if filter == nil {
		if page.Total, err = w.count(); err != nil {
			return Page{}, err
		}
	}
	if q.Cursor != "" {
		if p := w.after(order, q.Cursor); p != nil {
			return Page{}, p
		}
	}
	reads := limit + 1
	if filter != nil {
		reads = MaxScan + 1
	}
	scanned := 0
	err = each(tx, o, o.sql.selectFrom+w.String()+orderBy(order)+" LIMIT "+w.arg(int64(reads)), w.args, func(r *Record) (bool, error) {
		if filter != nil {
			if scanned++; scanned > MaxScan {
				return false, filterTooBroad()
			}
			if yes, err := filter.Test(r); err != nil || !yes {
				return true, err
			}
		}
		page.Records = append(page.Records, *r)
		r.Values = nil // the page has them now
		return len(page.Records) <= limit, nil
	})
	if err != nil {
		return Page{}, err
	}
	if len(page.Records) > limit {
		page.Records = page.Records[:limit]
		page.Next = order.cursor(&page.Records[limit-1])
	} else if filter != nil && q.Cursor == "" {
		page.Total = int64(len(page.Records))
	}
	return page, nil
}

func (q *Query) limit() (int, *problem.Error) {
	switch {
	case q.Limit == 0:
		return DefaultLimit, nil
	case q.Limit < 0 || q.Limit > MaxLimit:
		return 0, problem.Bad("out_of_range", "limit", "每页 1 至 %d 条。", "A page has 1 to %d records.", MaxLimit)
	}
	return q.Limit, nil
}

// filter compiles a condition; nil when there is none.
func (o *Object) filter(text string) (*expr.Program, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	env, err := o.Env()
	if err != nil {
		return nil, err
	}
	program, err := env.Compile(text, expr.Condition)
	if p, ok := problem.As(err); ok {
		return nil, p.In("filter")
	}
	return program, err
}

func filterTooBroad() *problem.Error {
	return problem.New(problem.TooLarge, "filter_too_broad", "filter", "公式筛选最多读取 %d 条记录，请再加上字段条件以缩小范围。",
		"A formula filter reads at most %d records. Add conditions on fields to narrow it down.", MaxScan)
}

// where is the WHERE clause of a query with its parameters.
type where struct {
	tx     *db.Tx
	object *Object
	parts  []string
	args   []any
}

func (w *where) String() string { return "WHERE " + strings.Join(w.parts, " AND ") }

// arg adds a parameter and returns its placeholder.
func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *where) and(part string) { w.parts = append(w.parts, part) }

// query adds what a query asks for, but for its filter, order and cursor.
func (w *where) query(q *Query) error {
	if q.Deleted {
		w.and("deleted_at IS NOT NULL")
	} else {
		w.and("deleted_at IS NULL")
	}
	if len(q.Conditions) > MaxConditions {
		return problem.Bad("out_of_range", "conditions", "最多 %d 个条件。", "There can be at most %d conditions.", MaxConditions)
	}
	for i := range q.Conditions {
		if err := w.condition(&q.Conditions[i]); err != nil {
			return err
		}
	}
	if p := w.search(q.Search); p != nil {
		return p
	}
	return nil
}

// count is how many records match; -1 beyond MaxTotal.
func (w *where) count() (int64, error) {
	args := append(append([]any(nil), w.args...), int64(MaxTotal+1))
	var n int64
	err := w.tx.QueryRow("SELECT COUNT(*) FROM (SELECT 1 FROM "+db.Quote(w.object.sql.table)+" "+w.String()+
		" LIMIT $"+strconv.Itoa(len(args))+") AS found", args...).Scan(&n)
	if n > MaxTotal {
		n = -1
	}
	return n, err
}
