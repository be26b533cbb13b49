package api

import (
	"context"
	"fmt"
	"os"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/intake"
	"laurel/internal/metric"
	"laurel/internal/problem"
)

type ratePath struct {
	ID int64 `path:"id"`
}

type rateFile struct {
	DryRun    bool   `query:"dry_run" doc:"Find every problem and keep nothing"`
	DateOrder string `query:"date_order" enum:"ymd,mdy,dmy" doc:"Of dates such as 3/5/2026, where the file does not settle it"`

	RawBody []byte `contentType:"application/octet-stream"`
}

func (s *server) rateRoutes() {
	const tag = "Exchange rates"
	handle(s, tag, "GET", "/exchange-rates", "listExchangeRates", "汇率，以及缺少汇率的记录", "Exchange rates, and where one is missing", s.listRates)
	handle(s, tag, "PUT", "/exchange-rates", "setExchangeRates", "设定汇率，要么全部成功要么不变", "Set exchange rates, all or nothing", s.setRates, takes[ExchangeRatesInput]())
	handle(s, tag, "DELETE", "/exchange-rates/{id}", "deleteExchangeRate", "删除一条汇率，之前的一条继续有效", "Take a rate away; the one before it holds on", s.deleteRate)
	handle(s, tag, "POST", "/exchange-rates/import", "importExchangeRates", "从 CSV 或 XLSX 导入汇率，要么全部成功要么不变", "Import exchange rates from CSV or XLSX, all or nothing", s.importRates,
		describe("Columns: currency, from and rate (and per: 100, where rates are for 100 units); or from and a column for each currency, headed by its code. What is wrong is told by line."))
}

func (s *server) listRates(ctx context.Context, _ *none) (*body[ExchangeRates], error) {
	if err := allow(ctx, auth.ReadRecords); err != nil {
		return nil, err
	}
	var out ExchangeRates
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		out = ExchangeRates{Currency: v.dir.Organisation.Currency, Today: v.today, Items: []ExchangeRate{}, Missing: []MissingRate{}, Editable: auth.Can(v.actor, auth.SetRates)}
		rates, err := s.metrics.Rates(tx)
		if err != nil {
			return err
		}
		out.Items = shapeRates(rates)
		missing, err := v.metrics.MissingRates(tx)
		if err != nil {
			return err
		}
		for _, m := range missing {
			if of := v.metrics.ID(m.MetricID); of != nil {
				out.Missing = append(out.Missing, MissingRate{Currency: m.Currency, Metric: KeyName{Key: of.Def.Key, Name: of.Def.Name}, First: m.First, Last: m.Last, Records: m.Records})
			}
		}
		return nil
	})
	return reply(out), err
}

// shapeRates lists rates by currency, the newest of each first.
func shapeRates(rates *metric.Rates) []ExchangeRate {
	list := rates.List()
	out := make([]ExchangeRate, 0, len(list))
	for first := 0; first < len(list); {
		end := first
		for end < len(list) && list[end].Currency == list[first].Currency {
			end++
		}
		for i := end - 1; i >= first; i-- {
			shown := ExchangeRate{ID: list[i].ID, Rate: list[i]}
			if until := rates.Holds(list[i].Currency, list[i].From).To; until < calendar.MaxDay {
				shown.Until = &until
			}
			out = append(out, shown)
		}
		first = end
	}
	return out
}

func (s *server) setRates(ctx context.Context, in *raw) (*body[ExchangeRatesResult], error) {
	if err := allow(ctx, auth.SetRates); err != nil {
		return nil, err
	}
	var wanted ExchangeRatesInput
	if err := decode(in.RawBody, &wanted); err != nil {
		return nil, err
	}
	switch n := len(wanted.Items); {
	case n == 0:
		return nil, problem.Bad("required", "items", "请至少给出一条汇率", "give at least one rate")
	case n > intake.MaxRates:
		return nil, problem.New(problem.TooLarge, "too_many_rates", "items", "一次最多 %d 条汇率", "at most %d rates at once", intake.MaxRates)
	}
	out := ExchangeRatesResult{Ignored: []string{}}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		out.Created, out.Updated, out.Unchanged = 0, 0, 0
		known, err := s.metrics.Rates(tx)
		if err != nil {
			return err
		}
		had := map[string]bool{}
		for _, r := range known.List() {
			had[r.Currency+r.From.String()] = true
		}
		var found []*problem.Error
		for i, r := range wanted.Items {
			saved, changed, err := s.metrics.SaveRate(tx, actor(ctx), r)
			if p, ok := problem.As(err); ok {
				found = append(found, p.In(fmt.Sprintf("items[%d]", i)))
				continue
			}
			if err != nil {
				return err
			}
			switch {
			case !changed:
				out.Unchanged++
			case had[saved.Currency+saved.From.String()]:
				out.Updated++
			default:
				out.Created++
			}
		}
		return problem.Join(found)
	})
	return reply(out), err
}

func (s *server) deleteRate(ctx context.Context, in *ratePath) (*none, error) {
	if err := allow(ctx, auth.SetRates); err != nil {
		return nil, err
	}
	return nil, s.db.Write(ctx, func(tx *db.Tx) error { return s.metrics.RemoveRate(tx, actor(ctx), in.ID) })
}

func (s *server) importRates(ctx context.Context, in *rateFile) (*body[ExchangeRatesResult], error) {
	if err := allow(ctx, auth.SetRates); err != nil {
		return nil, err
	}
	file, forget, err := openBody(in.RawBody)
	if err != nil {
		return nil, err
	}
	defer forget()
	survey, err := file.Look(ctx, intake.Place{})
	if err != nil {
		return nil, err
	}
	store := intake.Open(s.db, s.records, s.people)
	done, err := store.RunRates(ctx, s.metrics, file, survey, intake.Order(in.DateOrder), intake.Options{Actor: actor(ctx), DryRun: in.DryRun})
	if err != nil {
		return nil, err
	}
	if len(done.Problems) > 0 {
		return nil, onTheirLines(done.Problems)
	}
	return reply(ExchangeRatesResult{DryRun: in.DryRun, Created: done.Created, Updated: done.Updated, Unchanged: done.Unchanged, Ignored: done.Ignored}), nil
}

// onTheirLines makes one problem of those of a file's rows.
func onTheirLines(list []intake.Problem) error {
	var found []*problem.Error
	for _, p := range list {
		found = append(found, &problem.Error{Kind: problem.Invalid, Code: p.Code, Field: p.Column, Row: p.Line, Message: p.Reason})
	}
	return problem.Join(found)
}

// openBody is a request's body as a file that can be read.
func openBody(content []byte) (file *intake.File, forget func(), err error) {
	temp, err := os.CreateTemp("", "laurel-rates-*")
	if err != nil {
		return nil, nil, fmt.Errorf("keep the file: %w", err)
	}
	remove := func() { _ = os.Remove(temp.Name()) }
	_, err = temp.Write(content)
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		file, err = intake.OpenFile(temp.Name(), "rates")
	}
	if err != nil {
		remove()
		return nil, nil, err
	}
	return file, func() { _ = file.Close(); remove() }, nil
}
