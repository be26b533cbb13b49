package plan

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/internal/db"
	"laurel/internal/problem"
)

// maxNote bounds the note of a submission and the reason of a return, in characters.
const maxNote = 2000

// Act is what was last done about a version's review.
type Act string

// The acts; the zero one is that nothing was done yet.
const (
	Submitted Act = "submitted" // the version is in review
	SentBack  Act = "sent_back" // it is a draft again, for the reason noted
	Edited    Act = "edited"    // it was changed while in review, and is a draft again
)

// Review is the last word on a version: who did what, when, and with which note or reason.
type Review struct {
	Act  Act
	At   int64 // µs UTC, 0 for none
	By   string
	Note string
}

// Submit puts a plan's draft in review. It must be sound, so that whoever looks at it sees what could be published.
func (s *Store) Submit(tx *db.Tx, actor, key, note string) (*Plan, error) {
	p, err := s.fresh(tx, key)
	if err != nil {
		return nil, err
	}
	draft := p.Draft()
	note = strings.TrimSpace(note)
	switch {
	case draft == nil:
		return nil, noDraft()
	case draft.Status == InReview:
		return nil, problem.New(problem.Conflict, "already_in_review", "",
			"这一版已在评审中，不用再提交；要修改请直接改，它会回到草稿。",
			"This version is in review already. To change something, just change it: it becomes a draft again.")
	case utf8.RuneCountInString(note) > maxNote:
		return nil, tooLong("note")
	}
	_, bad, err := s.Check(tx, draft.Def)
	if err != nil {
		return nil, err
	}
	if err := problem.Join(bad); err != nil {
		return nil, err
	}
	return p, s.review(tx, p, draft, Review{Act: Submitted, By: actor, Note: note})
}

// SendBack makes a version in review a draft again, and says why.
func (s *Store) SendBack(tx *db.Tx, actor, key, reason string) (*Plan, error) {
	p, err := s.fresh(tx, key)
	if err != nil {
		return nil, err
	}
	draft := p.Draft()
	reason = strings.TrimSpace(reason)
	switch {
	case draft == nil || draft.Status != InReview:
		return nil, problem.New(problem.Conflict, "not_in_review", "",
			"这个方案没有评审中的版本，可能已被退回、修改或发布；请刷新后再看。",
			"No version of this plan is in review: it may have been sent back, changed or published. Reload to see.")
	case reason == "":
		return nil, problem.Bad("required", "reason", "请写明退回的原因，让作者知道要改什么。", "Say why it is sent back, so that its author knows what to change.")
	case utf8.RuneCountInString(reason) > maxNote:
		return nil, tooLong("reason")
	}
	return p, s.review(tx, p, draft, Review{Act: SentBack, By: actor, Note: reason})
}

// CheckReviewed is nil when somebody may publish a draft: anybody, unless the organisation asks for a second pair of eyes.
// Then it must be in review, and neither written nor submitted by whoever publishes it.
func (s *Store) CheckReviewed(tx *db.Tx, draft *Version, publisher string) error {
	dir, err := s.people.Directory(tx)
	switch {
	case err != nil:
		return err
	case !dir.Organisation.FourEyes:
		return nil
	case draft.PublishedBy == publisher && draft.Status == InReview:
		return problem.New(problem.Conflict, "four_eyes", "",
			"这一版是你写的；本组织要求由另一人发布。请另一位激励设计者或管理员查看后发布。",
			"You wrote this version, and your organisation asks that somebody else publishes it: ask another designer or an administrator.")
	case draft.PublishedBy == publisher:
		return problem.New(problem.Conflict, "four_eyes", "",
			"这份草稿是你写的；本组织要求由另一人发布。草稿已保存，请提交评审，由另一位激励设计者或管理员发布。",
			"You wrote this draft, and your organisation asks that somebody else publishes it. It is saved: submit it for review, and another designer or an administrator publishes it.")
	case draft.Status != InReview:
		return problem.New(problem.Conflict, "review_required", "",
			"本组织要求先评审再发布：请先提交评审，由没有参与编写和提交的人发布。",
			"Your organisation asks for a review before publishing: submit the draft, and somebody who neither wrote nor submitted it publishes it.")
	case draft.Review.By == publisher:
		return problem.New(problem.Conflict, "four_eyes", "",
			"这一版是你提交评审的；本组织要求由另一人发布。请另一位激励设计者或管理员查看后发布。",
			"You submitted this version, and your organisation asks that somebody else publishes it: ask another designer or an administrator.")
	}
	return nil
}

// review writes the last word on a draft, and the act into the change log, where all of them stay.
func (s *Store) review(tx *db.Tx, p *Plan, draft *Version, r Review) error {
	r.At = time.Now().UnixMicro()
	_, err := tx.Exec(`UPDATE plan_version SET review = $1, review_at = $2, review_by = $3, review_note = $4 WHERE plan_id = $5 AND no = $6`,
		string(r.Act), r.At, r.By, r.Note, p.ID, draft.No)
	if err != nil {
		return fmt.Errorf("write review: %w", err)
	}
	draft.setReview(r)
	if r.Act == Edited {
		return nil // the change itself is logged
	}
	text, err := json.Marshal(map[string]any{"did": r.Act, "version": draft.No, "note": r.Note})
	if err != nil {
		return fmt.Errorf("write review: %w", err)
	}
	return s.logText(tx, r.By, p.ID, text)
}

// submissionOf is the submission of the version in review if a definition says the same, from whichever day on and however it begins; else
// the zero one.
func (p *Plan) submissionOf(def Def) (Review, error) {
	draft := p.Draft()
	if draft == nil || draft.Status != InReview {
		return Review{}, nil
	}
	seen := draft.Def
	seen.Begins, def.Begins = "", ""
	if same, err := sameButDay(seen, def); err != nil || !same {
		return Review{}, err
	}
	return draft.Review, nil
}

// setReview notes the last word and what follows from it: a version that is submitted and not published is in review.
func (v *Version) setReview(r Review) {
	v.Review = r
	switch {
	case v.Status == Published:
	case r.Act == Submitted:
		v.Status = InReview
	default:
		v.Status = Draft
	}
}

// fresh reads a plan straight from the tables; the problem is not_found.
func (s *Store) fresh(tx *db.Tx, key string) (*Plan, error) {
	plans, err := readPlans(tx, `WHERE p.key = $1`, key)
	if err != nil {
		return nil, err
	}
	if len(plans) == 0 {
		return nil, unknown(key)
	}
	return plans[0], nil
}

func unknown(key string) *problem.Error {
	return problem.New(problem.NotFound, "unknown_plan", "plan", "没有标识为 %q 的奖励方案", "there is no plan %q", key)
}

func noDraft() *problem.Error {
	return problem.New(problem.Conflict, "no_draft", "", "没有草稿可以提交，请先修改方案。", "There is no draft to submit; change the plan first.")
}

func tooLong(field string) *problem.Error {
	return problem.New(problem.TooLarge, "too_long", field, "不能超过 %d 个字，请缩短。", "At most %d characters: shorten it.", maxNote)
}
