package api

import (
	"context"
	"slices"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/statement"
)

type forecastQuery struct {
	Kind string `query:"kind" enum:"month,quarter,half,year" default:"month"`
}

func (s *server) accrualRoutes() {
	const tag = "Finance"
	handle(s, tag, "GET", "/accrual", "getAccrual", "计提：已得未发", "What was earned and is not paid yet", s.getAccrual)
	handle(s, tag, "GET", "/accrual/csv", "exportAccrual", "计提表（CSV）", "The accrual as CSV", s.accrualCSV, describe("By plan and period, by department or by team, with control totals below."))
	handle(s, tag, "GET", "/forecast", "getForecast", "到周期末的支出预测", "What the running period will come to", s.getForecast)
}

func (s *server) getAccrual(ctx context.Context, _ *none) (*body[Accrual], error) {
	if err := allow(ctx, auth.SeeAllAwards); err != nil {
		return nil, err
	}
	out, err := s.accrualOf(ctx)
	return reply(out), err
}

func (s *server) accrualOf(ctx context.Context) (Accrual, error) {
	out := Accrual{Totals: []AccrualTotal{}, Lines: []AccrualLine{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		b, err := statement.Open(tx, v.dir.Organisation, v.today)
		if err != nil {
			return err
		}
		accrual, err := b.Accrual()
		if err != nil {
			return err
		}
		out.AsOf, out.Since = v.today, openStart(accrual.Since)
		if err := v.accrual(accrual, &out); err != nil {
			return err
		}
		list, err := b.BySubject()
		if err != nil {
			return err
		}
		if out.Departments, err = v.accrualOfUnits(list, people.Department); err != nil {
			return err
		}
		out.Teams, err = v.accrualOfUnits(list, people.Team)
		return err
	})
	return out, err
}

func (v *viewer) accrual(a *statement.Accrual, out *Accrual) error {
	type sums struct{ granted, provisional int64 }
	cash := map[string]*sums{}
	of := func(currency string) *sums {
		if cash[currency] == nil {
			cash[currency] = &sums{}
		}
		return cash[currency]
	}
	base := v.dir.Organisation.Currency
	var costs int64
	for _, l := range a.Lines {
		shown := AccrualLine{
			Plan: v.planName(l.PlanID), Period: l.Period.Label, Kind: string(l.Kind), Adjustment: l.Adjustment, Provisional: l.State == award.Provisional,
			Closed: l.Closed, Awards: l.Awards, Quantity: l.Quantity, Figure: figureText(l.Kind, l.Figure),
		}
		if l.Currency != "" {
			shown.Amount = shapeAmount(money.Amount{Minor: l.Minor, Currency: l.Currency})
			to := &of(l.Currency).granted
			if shown.Provisional {
				to = &of(l.Currency).provisional
			}
			sum, err := money.AddInt(*to, l.Minor)
			if err != nil {
				return err
			}
			*to = sum
		} else if !l.Cost.IsZero() {
			cost, err := money.RoundAmount(l.Cost, base, money.HalfEven)
			if err != nil {
				return err
			}
			shown.Cost = shapeAmount(cost)
			if costs, err = money.AddInt(costs, cost.Minor); err != nil {
				return err
			}
		}
		out.Lines = append(out.Lines, shown)
	}
	if costs != 0 {
		out.Cost = shapeAmount(money.Amount{Minor: costs, Currency: base})
	}
	for currency, n := range a.Owed {
		if n != 0 {
			of(currency)
		}
	}
	for currency, c := range cash {
		text := func(minor int64) string { return money.Amount{Minor: minor, Currency: currency}.Decimal().String() }
		out.Totals = append(out.Totals, AccrualTotal{
			Currency: currency, Granted: text(c.granted), Provisional: text(c.provisional), Taken: text(a.Taken[currency]),
			Payable: text(c.granted + c.provisional - a.Taken[currency]), Owed: text(a.Owed[currency]),
		})
	}
	slices.SortFunc(out.Totals, func(x, y AccrualTotal) int { return strings.Compare(x.Currency, y.Currency) })
	return nil
}

func (s *server) getForecast(ctx context.Context, in *forecastQuery) (*body[Forecast], error) {
	if err := allow(ctx, auth.SeeAllAwards); err != nil {
		return nil, err
	}
	out := Forecast{Totals: []ForecastTotal{}, Lines: []ForecastLine{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		f, err := s.engine.Forecast(tx, calendar.Kind(in.Kind))
		if err != nil {
			return err
		}
		out.Period, out.Elapsed, out.Total = v.period(f.Period), f.Elapsed, f.Total
		stands, figures := map[string]int64{}, map[string]int64{}
		for _, l := range f.Lines {
			if stands[l.Currency], err = money.AddInt(stands[l.Currency], l.Stands); err != nil {
				return err
			}
			if figures[l.Currency], err = money.AddInt(figures[l.Currency], l.Figure); err != nil {
				return err
			}
			line := ForecastLine{
				Plan: v.planName(l.PlanID), From: l.Span.From, To: l.Span.To, Method: string(l.Method), Elapsed: l.Elapsed, Total: l.Total,
				Stands: *shapeAmount(money.Amount{Minor: l.Stands, Currency: l.Currency}),
				Before: *shapeAmount(money.Amount{Minor: l.Stands - l.Adjusted, Currency: l.Currency}),
				Figure: *shapeAmount(money.Amount{Minor: l.Figure, Currency: l.Currency}),
			}
			if l.Adjusted != 0 {
				line.Adjust = shapeAmount(money.Amount{Minor: l.Adjusted, Currency: l.Currency})
			}
			out.Lines = append(out.Lines, line)
		}
		for _, a := range amountsOf(stands) {
			out.Totals = append(out.Totals, ForecastTotal{
				Currency: a.Currency, Stands: a.Amount, Figure: money.Amount{Minor: figures[a.Currency], Currency: a.Currency}.Decimal().String(),
			})
		}
		return nil
	})
	return reply(out), err
}
