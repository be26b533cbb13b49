package plan

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/problem"
)

// maxExcludes bounds how many other plans one plan looks at.
const maxExcludes = 20

// excluders are the shapes whose value may leave records out: those that read nothing but the plan's own metric.
var excluders = []string{"every", "reach", "rate", "rank", "race"}

// Excludes reports whether records that other plans reward are left out of the plan's value.
func (r *Ready) Excludes() bool { return len(r.Def.Excludes) > 0 }

// checkExcludes finds what cannot be left out, as far as the definition and its metric say.
func (r *Ready) checkExcludes() (bad []*problem.Error) {
	if !r.Excludes() {
		return nil
	}
	add := func(code, field, zh, en string, args ...any) {
		bad = append(bad, problem.Bad(code, field, zh, en, args...))
	}
	switch {
	case len(r.Def.Excludes) > maxExcludes:
		add("too_many", "excludes", "最多排除 %d 个方案", "at most %d plans can be excluded", maxExcludes)
	case r.Rolled():
		add("excludes_rolled", "excludes", "按下属或按另一方案奖金计算的方案没有自己的记录可排除：请去掉 excludes", "a plan judged by what reports bring or another plan gives has no records of its own: leave excludes out")
	case r.Def.Shape != "" && !slices.Contains(excluders, r.Def.Shape):
		add("excludes_shape", "excludes", "这类规则不能排除已奖励的记录：excludes 可用于 %s", "this shape cannot leave out records already rewarded: excludes goes with %s", i18n.Same(strings.Join(excluders, ", ")))
	case r.Metric != nil && r.Metric.Broken == nil && r.Metric.Def.Measure.Kind.Derived():
		add("excludes_derived", "excludes", "由其他指标算出的指标不能逐条排除记录：请改用直接按记录计算的指标", "a metric computed from others cannot leave single records out: choose one that is counted from records")
	}
	for i, key := range r.Def.Excludes {
		at := fmt.Sprintf("excludes[%d]", i)
		switch {
		case strings.TrimSpace(key) == "":
			add("required", at, "请填写方案标识", "give the key of a plan")
		case key == r.Def.Key:
			add("excludes_itself", at, "方案不能排除自己", "a plan cannot exclude itself")
		case slices.Index(r.Def.Excludes, key) < i:
			add("duplicate", at, "方案 %q 写了两次", "the plan %q is written twice", key)
		}
	}
	return bad
}

// BasedOn lists the plans whose results a definition reads.
func (d *Def) BasedOn() []string {
	if d.Earned == "" {
		return d.Excludes
	}
	return append([]string{d.Earned}, d.Excludes...)
}

// checkExcluded holds the plans that a definition excludes against those that there are: each is judged first, so none may
// depend on this one, and counts records of the same object, or nothing could ever be left out.
func checkExcluded(def Def, plans []*Plan, metrics *metric.Set) (bad []*problem.Error) {
	byKey := keyed(plans)
	own := metrics.Key(def.Metric)
	for i, key := range def.Excludes {
		if key == def.Key || strings.TrimSpace(key) == "" {
			continue // said already
		}
		at := fmt.Sprintf("excludes[%d]", i)
		q := byKey[key]
		if q == nil {
			bad = append(bad, problem.Bad("unknown_plan", at, "没有标识为 %q 的方案", "there is no plan %q", key))
			continue
		}
		if !reachesNot(def.Key, key, byKey) {
			bad = append(bad, problem.Bad("depends_on_itself", at, "方案 %q 要先评判，但它直接或间接依赖本方案", "the plan %q is judged first, but it depends on this one, if only through others", key))
			continue
		}
		last := q.Versions[len(q.Versions)-1].Def
		if last.Earned != "" || last.Rollup == Reports || last.Rollup == Tree {
			bad = append(bad, problem.Bad("excluded_without_records", at, "方案 %q 按下属或另一方案的奖金计算，没有自己的记录", "the plan %q is judged by what reports bring or another plan gives, and has no records of its own", key))
			continue
		}
		other := metrics.Key(last.Metric)
		if own == nil || own.Object() == nil || other == nil || other.Broken != nil {
			continue
		}
		if other.Object() == nil || other.Object().Key != own.Object().Key {
			bad = append(bad, problem.Bad("excluded_other_object", at, "方案 %q 不是按同一对象的记录计算的，没有可排除的记录", "the plan %q does not count records of the same object, so there would be nothing to leave out", key))
		}
	}
	return bad
}

func keyed(plans []*Plan) map[string]*Plan {
	byKey := make(map[string]*Plan, len(plans))
	for _, p := range plans {
		byKey[p.Key] = p
	}
	return byKey
}

// reachesNot follows what plans are based on from one plan on, over all of their versions: true if it never comes to the goal,
// nor farther than plans may build on each other.
func reachesNot(goal, from string, byKey map[string]*Plan) bool {
	depth := map[string]int{} // at which each plan was last followed
	var walk func(key string, at int) bool
	walk = func(key string, at int) bool {
		if key == goal || at > maxDepth {
			return false
		}
		if known, seen := depth[key]; byKey[key] == nil || seen && known >= at {
			return true
		}
		depth[key] = at
		for _, v := range byKey[key].Versions {
			for _, next := range v.Def.BasedOn() {
				if !walk(next, at+1) {
					return false
				}
			}
		}
		return true
	}
	return walk(from, 1)
}

// nameExcluded puts the names of the excluded plans in place of their keys.
func (r *Ready) nameExcluded(plans []*Plan) *Ready {
	if !r.Excludes() {
		return r
	}
	byKey := keyed(plans)
	out := *r
	out.Context.Excludes = nil
	for _, key := range r.Def.Excludes {
		name := i18n.Same(key)
		if p := byKey[key]; p != nil && len(p.Versions) > 0 {
			name = p.Versions[len(p.Versions)-1].Def.Name
		}
		out.Context.Excludes = append(out.Context.Excludes, name)
	}
	return &out
}
