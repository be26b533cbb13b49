package target_test

import (
	"testing"

	"laurel/internal/target"
)

func TestFiguresAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"1,200.50": "1200.50", " 95% ": "0.95", "¥1,200": "1200", "￥１，２００": "1200", "９５％": "0.95", "12.5 %": "0.125",
	} {
		if got, err := target.ParseFigure(text); err != nil || got.String() != want {
			t.Errorf("%q: %v %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "much", "1e3", "$5", "¥"} {
		if got, err := target.ParseFigure(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}
