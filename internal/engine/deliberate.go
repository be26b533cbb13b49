package engine

import (
	"laurel/internal/db"
	"laurel/internal/problem"
)

// Rewrites is the problem of an act that would change awards of periods already judged, and that nobody has confirmed. It has the list.
type Rewrites struct {
	Problem *problem.Error
	Changes Changes
}

func (r *Rewrites) Error() string { return r.Problem.Error() }

func (r *Rewrites) Unwrap() error { return r.Problem }

// Deliberate does an act that may change what periods were already judged by: at once where it changes no award, else only where
// confirmed is the token of the very list of changes. Without one, or once the data has moved, it is refused with the list as a
// *Rewrites, and nothing is done. what says which act it is.
func (e *Engine) Deliberate(tx *db.Tx, what any, confirmed string, act func() error) error {
	changes, err := e.Changes(tx, what, act)
	if err != nil {
		return err
	}
	if err := changes.unless(confirmed); err != nil {
		return err
	}
	return act()
}

// unless refuses the changes that somebody has not confirmed.
func (c *Changes) unless(confirmed string) error {
	switch {
	case len(c.List) == 0 || confirmed == c.Token:
		return nil
	case confirmed == "":
		return &Rewrites{Changes: *c, Problem: problem.New(problem.Conflict, "changes_not_confirmed", "confirmed",
			"这会改动已经评判过的 %d 项奖励，涉及 %d 个人员或团队。请先看清单（changes），再带上其确认码（confirmed）保存。",
			"This changes %d rewards of periods that were already judged, of %d people or teams. Look at the list (changes), then save with its token (confirmed).",
			len(c.List), c.Subjects())}
	}
	return &Rewrites{Changes: *c, Problem: problem.New(problem.Conflict, "changes_moved", "confirmed",
		"你查看之后，数据又变了，会改动的内容已不同。请重新查看后再确认。",
		"The data has moved since you looked, and what would change is different now. Look again, then confirm.")}
}
