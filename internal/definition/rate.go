package definition

import (
	"laurel/internal/i18n"
	"laurel/internal/problem"
)

func (a *applying) rates(f *File) error {
	var found []*problem.Error
	for i, r := range f.Rates {
		saved, changed, err := a.Metrics.SaveRate(a.tx, a.actor, r)
		if err != nil {
			if p, ok := problem.As(err); ok && mendable(p) {
				found = append(found, flat(at(err, "exchange_rates", i))...)
				continue
			}
			return err
		}
		a.note(changed, i18n.T("汇率", "exchange rate"), saved.Currency+" "+saved.From.String())
	}
	return problem.Join(found)
}
