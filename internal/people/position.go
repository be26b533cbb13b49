package people

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/problem"
)

// maxPositions bounds the positions that one person has held.
const maxPositions = 100

// Held is a position that somebody held for a time.
type Held struct {
	Position string        `json:"position"`
	From     *calendar.Day `json:"from,omitempty"` // the first day; nil = since ever
	To       *calendar.Day `json:"to,omitempty"`   // the first day that no longer counts; nil = it lasts
}

// Window is the days on which the position is held.
func (h Held) Window() calendar.Window {
	w := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
	if h.From != nil {
		w.From = *h.From
	}
	if h.To != nil {
		w.To = *h.To
	}
	return w
}

// Held is when the person holds a position, compared without regard to case. Without dates it is held always. The days
// before joining and after leaving are not taken out.
func (p *Person) Held(position string) []calendar.Window {
	if len(p.Positions) == 0 {
		if p.Position == "" || !strings.EqualFold(p.Position, tidy(position)) {
			return nil
		}
		return []calendar.Window{{From: calendar.MinDay, To: calendar.MaxDay}}
	}
	var out []calendar.Window
	for _, h := range p.Positions {
		if strings.EqualFold(h.Position, tidy(position)) {
			out = append(out, h.Window())
		}
	}
	return out
}

// settlePositions puts positions with dates into order and keeps Position as the last of them. One that has no dates at all
// is a plain position.
func (p *Person) settlePositions() error {
	p.Position = tidy(p.Position)
	if len(p.Positions) == 0 {
		p.Positions = nil
		return nil
	}
	if len(p.Positions) > maxPositions {
		return problem.New(problem.TooLarge, "too_many", "positions", "职位经历最多 %d 条", "at most %d positions", maxPositions)
	}
	held := slices.Clone(p.Positions)
	for i := range held {
		held[i].Position = tidy(held[i].Position)
		field := fmt.Sprintf("positions[%d]", i)
		if e := checkName(field+".position", held[i].Position, maxName); e != nil {
			return e
		}
		for _, day := range []struct {
			field string
			day   *calendar.Day
		}{{".from", held[i].From}, {".to", held[i].To}} {
			if day.day == nil {
				continue
			}
			if e := checkDay(field+day.field, *day.day); e != nil {
				return e
			}
		}
		if held[i].Window().Empty() {
			return problem.Bad("window_empty", field+".to", "结束日期须晚于开始日期", "The end must lie after the beginning")
		}
	}
	slices.SortStableFunc(held, func(a, b Held) int { return cmp.Compare(a.Window().From, b.Window().From) })
	for i := 1; i < len(held); i++ {
		if held[i].Window().From < held[i-1].Window().To {
			return problem.Bad("positions_overlap", "positions", "“%s”和“%s”的日期重叠：前一个职位的结束日期应不晚于后一个的开始日期",
				"The days of “%s” and “%s” overlap: the earlier one must end by the day on which the later one begins", held[i-1].Position, held[i].Position)
		}
	}
	last := held[len(held)-1]
	p.Position, p.Positions = last.Position, held
	if len(held) == 1 && last.From == nil && last.To == nil {
		p.Positions = nil
	}
	return nil
}

func positionsText(held []Held) (string, error) {
	if len(held) == 0 {
		return "", nil
	}
	text, err := json.Marshal(held)
	return string(text), err
}

func readPositions(text string) (held []Held, err error) {
	if text == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(text), &held)
	return held, err
}

func equalPositions(a, b []Held) bool {
	return slices.EqualFunc(a, b, func(x, y Held) bool { return x.Position == y.Position && x.Window() == y.Window() })
}

// TakePosition gives the person a position from a day on, as an import or a colleague's form says it: a first position has always been
// held, a different one ends the one before.
func (p *Person) TakePosition(position string, from calendar.Day) {
	position = tidy(position)
	held := p.Positions
	if len(held) == 0 && p.Position != "" {
		held = []Held{{Position: p.Position}}
	}
	if len(held) == 0 {
		p.Position = position
		return
	}
	var out []Held
	for _, h := range held {
		w := h.Window()
		if w.Contains(from) && h.Position == position {
			return
		}
		if w.From >= from {
			continue
		}
		if w.To > from {
			h.To = &from
		}
		out = append(out, h)
	}
	if last := len(out) - 1; last >= 0 && out[last].Position == position && out[last].Window().To == from {
		out[last].To = nil
		p.Positions = out
		return
	}
	out = append(out, Held{Position: position, From: &from})
	p.Positions = out
}
