package people

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
)

// The oracle of these tests counts days one by one.
const horizon = 40

func drawWindows(t *rapid.T, label string) []calendar.Window {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) calendar.Window {
		return calendar.Window{
			From: calendar.Day(rapid.IntRange(0, horizon).Draw(t, "from")),
			To:   calendar.Day(rapid.IntRange(0, horizon).Draw(t, "to")),
		}
	}), 0, 8).Draw(t, label)
}

func covers(windows []calendar.Window, d calendar.Day) bool {
	return slices.ContainsFunc(windows, func(w calendar.Window) bool { return w.Contains(d) })
}

func disjointInOrder(windows []calendar.Window) bool {
	for i, w := range windows {
		if w.Empty() || i > 0 && w.From < windows[i-1].To {
			return false
		}
	}
	return true
}

func TestWindowsMergeAndSubtractDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawWindows(t, "a"), drawWindows(t, "b")
		union, holes := mergeWindows(a), mergeWindows(b)
		rest := subtractWindows(union, holes)
		if !disjointInOrder(union) || !disjointInOrder(rest) {
			t.Fatalf("not disjoint and in order: %v, %v", union, rest)
		}
		for i := 1; i < len(union); i++ {
			if union[i].From == union[i-1].To {
				t.Fatalf("windows that touch were left apart: %v", union)
			}
		}
		for d := calendar.Day(0); d <= horizon; d++ {
			if covers(union, d) != covers(a, d) {
				t.Fatalf("day %d of %v in the union %v", d, a, union)
			}
			if covers(rest, d) != (covers(a, d) && !covers(b, d)) {
				t.Fatalf("day %d of %v without %v in %v", d, a, b, rest)
			}
		}
	})
}

func TestNormalisedMembershipsSayTheSameOfEachDay(t *testing.T) {
	says := func(spans []Span, unit int64, d calendar.Day) (member, lead bool, times int) {
		for _, s := range spans {
			if s.UnitID == unit && s.Window.Contains(d) {
				member, lead, times = true, lead || s.Lead, times+1
			}
		}
		return member, lead, times
	}
	rapid.Check(t, func(t *rapid.T) {
		var spans []Span
		for _, w := range drawWindows(t, "windows") {
			spans = append(spans, Span{
				ID:     rapid.Int64().Draw(t, "id"),
				UnitID: int64(rapid.IntRange(1, 3).Draw(t, "unit")), Window: w, Lead: rapid.Bool().Draw(t, "lead"),
			})
		}
		out := normaliseSpans(7, spans)
		for unit := int64(1); unit <= 3; unit++ {
			for d := calendar.Day(0); d <= horizon; d++ {
				member, lead, _ := says(spans, unit, d)
				gotMember, gotLead, times := says(out, unit, d)
				if gotMember != member || gotLead != lead || times > 1 {
					t.Fatalf("unit %d day %d: %v became %v", unit, d, spans, out)
				}
			}
		}
		if again := normaliseSpans(7, out); !slices.Equal(again, out) {
			t.Fatalf("twice is not once: %v, %v", out, again)
		}
	})
}

// Managers are set one after another at random; whatever the ladder lets through, no day ever has a circle, and
// whatever it refuses would have made one.
func TestNoCircleOfManagersOnAnyDay(t *testing.T) {
	const people = 5
	type chart = map[int64][]ManagerSpan
	managerOn := func(c chart, person int64, d calendar.Day) int64 {
		for _, s := range c[person] {
			if s.Window.Contains(d) {
				return s.ManagerID
			}
		}
		return 0
	}
	hasCircle := func(c chart) bool {
		for d := calendar.Day(0); d <= horizon; d++ {
			for start := int64(1); start <= people; start++ {
				steps := 0
				for at := start; at != 0 && steps <= people; steps++ {
					at = managerOn(c, at, d)
				}
				if steps > people {
					return true
				}
			}
		}
		return false
	}
	rapid.Check(t, func(t *rapid.T) {
		c := chart{}
		for range rapid.IntRange(1, 15).Draw(t, "writes") {
			person := int64(rapid.IntRange(1, people).Draw(t, "person"))
			var wanted []ManagerSpan
			for _, w := range mergeWindows(drawWindows(t, "windows")) {
				manager := int64(rapid.IntRange(1, people).Draw(t, "manager"))
				if manager != person {
					wanted = append(wanted, ManagerSpan{PersonID: person, ManagerID: manager, Window: w})
				}
			}
			up := ladder{load: func(id int64) ([]ManagerSpan, error) { return c[id], nil }, read: chart{}}
			_, refused, err := up.circle(person, wanted)
			if err != nil {
				t.Fatal(err)
			}
			was := c[person]
			c[person] = wanted
			if hasCircle(c) != refused {
				t.Fatalf("refused: %v, managers of %d: %v, all: %v", refused, person, wanted, c)
			}
			if refused {
				c[person] = was
			}
		}
	})
}
