package rule

import "laurel/internal/problem"

// parter is a shape of which not every part can be told: of amounts that other periods settle with, of lines that more
// than the period's value is held against.
type parter interface {
	parts() (amounts, lines bool)
}

// CheckShape finds what cannot stand around a shape.
func (a *Around) CheckShape(s Shape) (bad []*problem.Error) {
	p, ok := s.(parter)
	if !ok || !a.Scaled() {
		return nil
	}
	field := "proration"
	if a.Proration == "" || a.Proration == ProrateOff {
		field = "ramp"
	}
	amounts, lines := p.parts()
	switch ofLines := a.Proration == ProrateThresholds || len(a.Ramp) > 0 && a.RampOn == RampTargets; {
	case !amounts:
		bad = append(bad, problem.Bad("parts_of_ledger", field, "规则要与其他各期结算（预支扣回或负数结转），不能再按天折算或爬坡；请二选一。",
			"The rule settles with other periods (a draw to recover, an amount carried), so its amounts cannot be prorated or ramped: choose one of the two."))
	case !lines && ofLines:
		bad = append(bad, problem.Bad("parts_of_lines", field, "累计或结转的规则，门槛不能按天折算或爬坡；请改为只折算金额。",
			"Where a rule accumulates or carries over, its lines cannot be prorated or ramped: reduce the amounts only."))
	}
	return bad
}
