package demo

import (
	"context"
	"fmt"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/record"
	"laurel/internal/value"
)

// actor is who the change log says made the demo company.
const actor = "demo"

// writeBatch is how many records are written in one transaction.
const writeBatch = 2000

// book collects the records of one object and writes them in order.
type book struct {
	ctx     context.Context
	records *record.Store
	object  *record.Object
	prefix  string
	ops     []record.Op
	written int
	ids     []int64 // of the written records, in order
}

// row is one record's values by field key.
type row map[string]value.Value

// add keeps a record to be written and returns its place, by which id finds it once written.
func (b *book) add(r row) int {
	values := make([]value.Value, len(b.object.Fields))
	for key, v := range r {
		i, ok := b.object.Index(key)
		if !ok {
			panic("demo: object " + b.object.Key + " has no field " + key)
		}
		values[i] = v
	}
	n := b.written + len(b.ops) + 1
	b.ops = append(b.ops, record.Op{Kind: record.Upsert, ExternalID: fmt.Sprintf("%s-%06d", b.prefix, n), Values: values})
	return n - 1
}

// number is the external id of the next record, which is also its number where the object has one.
func (b *book) number() value.Value {
	return value.OfText(fmt.Sprintf("%s-%06d", b.prefix, b.written+len(b.ops)+1))
}

// write writes what was added since.
func (b *book) write(d *db.DB) error {
	for len(b.ops) > 0 {
		part := b.ops[:min(writeBatch, len(b.ops))]
		err := d.Write(b.ctx, func(tx *db.Tx) error {
			out, err := b.records.Apply(tx, actor, b.object, part)
			if err != nil {
				return err
			}
			for _, o := range out {
				if o.Problem != nil {
					return o.Problem
				}
			}
			for _, o := range out {
				b.ids = append(b.ids, o.ID)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("write %s: %w", b.object.Key, err)
		}
		b.written += len(part)
		b.ops = b.ops[len(part):]
	}
	return nil
}

// ref points at a written record by its place.
func (b *book) ref(place int) value.Value { return value.OfRef(b.ids[place]) }

func yuan(n int64) value.Value { return value.OfMoney(money.Amount{Minor: n * 100, Currency: "CNY"}) }

func text(s string) value.Value { return value.OfText(s) }

func date(d calendar.Day) value.Value { return value.OfDate(d) }

func count(n int) value.Value { return value.OfNumber(money.Decimal{Coef: int64(n)}) }

func percent(hundredths int) value.Value {
	return value.OfNumber(money.Decimal{Coef: int64(hundredths), Scale: 2})
}

// moment is an instant in office hours of a day.
func (c *company) moment(d dice, day calendar.Day) value.Value {
	at := day.Start(c.zone).Add(time.Duration(d.between(9*60, 18*60)) * time.Minute)
	return value.OfTime(at.UnixMicro())
}
