package verify_test

import (
	"fmt"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/plan"
	"laurel/internal/rule"

	"pgregory.net/rapid"
)

// drawAccumulate lets some rules on short periods read a longer one's running total, and takes away what cannot go with it.
func drawAccumulate(t *rapid.T, def *plan.Def) any {
	if def.Metric > "m2" && def.Metric != "s0" || !often(t, "accumulates", 30) {
		return nil
	}
	if def.Period != calendar.Week && def.Period != calendar.Quarter {
		def.Period = calendar.Month
	}
	withoutParts(def)
	if def.Period == calendar.Quarter {
		return pick(t, "accumulate", calendar.Half, calendar.Year)
	}
	return pick(t, "accumulate", calendar.Quarter, calendar.Half, calendar.Year)
}

// withoutParts takes away what divides lines or amounts.
func withoutParts(def *plan.Def) { def.Proration, def.Ramp, def.RampOn = "", nil, "" }

func drawRate(t *rapid.T, def *plan.Def) string {
	if def.Earned != "" && def.Rollup == "" && def.Reward.Kind == rule.Cash && often(t, "multiplies", 50) {
		return drawTimes(t, def)
	}
	ofMoney := def.Metric == "m1" || def.Metric == "m2"
	attains := often(t, "on attainment", 30)
	p := map[string]any{"mode": pick(t, "mode", "", "marginal", "whole")}
	switch {
	case often(t, "by field", 35):
		var rows []any
		if def.Rollup == "" && def.Earned == "" && len(def.Excludes) == 0 {
			def.Metric, ofMoney = "m2", def.Reward.Kind == rule.Cash || often(t, "a share", 50) // whose records have a status to tell them apart
		}
		for _, value := range pick(t, "values", []any{"won", nil}, []any{"won", "new", "lost"}, []any{"", "won", nil}, []any{nil}, []any{"lost"}) {
			row := drawTiers(t, ofMoney, attains)
			row["value"] = value
			rows = append(rows, row)
		}
		p["rows"], p["tiers_read"] = rows, pick(t, "tiers read", "", "all", "row")
	default:
		for key, v := range drawTiers(t, ofMoney, attains) {
			p[key] = v
		}
	}
	if strings.Contains(fmt.Sprint(p), "fixed:") && often(t, "sums of the tier reached", 40) {
		p["fixed_sums"] = pick(t, "which sums", "reached", "reached", "all")
	}
	p["on"], p["below_zero"] = pick(t, "on", "", "value"), pick(t, "below zero", "", "zero")
	if attains {
		p["on"] = "attainment"
		if often(t, "has target", 35) {
			p["target"] = pick(t, "target", "100", "3", "1000.5")
		}
	}
	p["accumulate"] = drawAccumulate(t, def)
	if often(t, "floors", 20) {
		p["floor"] = pick(t, "floor", "1", "5")
	}
	if often(t, "caps", 20) {
		p["cap"] = pick(t, "cap", "20", "50")
	}
	if often(t, "carries below zero", 25) {
		withoutParts(def)
		p["below_zero"] = "carry"
	}
	if def.Reward.Kind == rule.Cash && p["cap"] == nil && often(t, "draws", 30) {
		p["draw"] = pick(t, "draw", "10", "6.66", "50")
		if often(t, "recovers", 70) {
			withoutParts(def)
			p["recoverable"], p["recover_share"] = true, pick(t, "recover share", "", "50%", "0.333")
		}
	}
	var pairs []any
	for key, v := range p {
		pairs = append(pairs, key, v)
	}
	return object(pairs...)
}

// drawTimes draws multipliers of what another plan gives.
func drawTimes(t *rapid.T, def *plan.Def) string {
	bounds := pick(t, "bounds", []string{}, []string{}, []string{"100"}, []string{"50", "350.01"})
	var tiers []any
	for i := range len(bounds) + 1 {
		tier := map[string]any{"times": pick(t, "times", "80%", "0", "0.333", "120%", "1", "50%")}
		if i < len(bounds) {
			tier["up_to"] = bounds[i]
		}
		if often(t, "fixed", 15) {
			tier["fixed"] = "10"
		}
		tiers = append(tiers, tier)
	}
	limit := any(nil)
	if often(t, "caps", 20) {
		limit = pick(t, "cap", "20", "50")
	}
	return object("mode", pick(t, "mode", "", "marginal", "whole"), "tiers", tiers, "cap", limit, "accumulate", drawAccumulate(t, def))
}

// drawTiers draws tiers, or a package alone, under their keys.
func drawTiers(t *rapid.T, ofMoney, attains bool) map[string]any {
	pack := func() any {
		return map[string]any{
			"size": pick(t, "size", "1", "10", "33.3"), "amount": pick(t, "package", "5", "0.25"),
			"round": pick(t, "package round", "up", "down"), "free": pick(t, "free", "0", "0", "1", "50"),
		}
	}
	if often(t, "package alone", 15) {
		return map[string]any{"package": pack()}
	}
	bounds := pick(t, "bounds", []string{}, []string{"100"}, []string{"1", "3"}, []string{"100", "350.01"})
	if attains {
		bounds = pick(t, "attained", []string{}, []string{"100%"}, []string{"0.5", "120%"}, []string{"33.3%", "1"})
	}
	var tiers []any
	for i := range len(bounds) + 1 {
		tier := map[string]any{"up_to": nil}
		if i < len(bounds) {
			tier["up_to"] = bounds[i]
		}
		switch {
		case ofMoney:
			tier["rate"] = pick(t, "rate", "5%", "0.333", "0", "12.5 %", "150%")
		case often(t, "both", 15):
			tier["rate"], tier["per_unit"] = "10%", "2"
		default:
			tier["per_unit"] = pick(t, "per unit", "10", "0.05", "3.335")
		}
		if often(t, "fixed", 25) {
			tier["fixed"] = pick(t, "sum", "10", "0.005", "25.5")
		}
		if often(t, "packs", 15) {
			tier["per_package"] = pack()
		}
		tiers = append(tiers, tier)
	}
	return map[string]any{"tiers": tiers}
}
