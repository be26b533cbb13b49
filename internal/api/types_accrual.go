package api

import "laurel/internal/calendar"

// Accrual is what was earned and is not paid yet, as of now.
type Accrual struct {
	AsOf   calendar.Day   `json:"as_of" format:"date"`
	Since  *calendar.Day  `json:"since,omitempty" format:"date" doc:"What ended before this day was paid; absent when nothing was marked as paid"`
	Totals []AccrualTotal `json:"totals" doc:"By currency"`
	Cost   *Amount        `json:"cost,omitempty" doc:"What rewards that are not cash cost, as far as their plans say"`
	Lines  []AccrualLine  `json:"lines" doc:"By plan and period"`

	Departments []AccrualUnit `json:"departments" doc:"The cash by department; the lines add up to the totals"`
	Teams       []AccrualUnit `json:"teams" doc:"The cash by team; the lines add up to the totals"`
}

// AccrualUnit is the cash of those of a department or team: granted + provisional - taken = payable.
type AccrualUnit struct {
	Unit        *KeyName `json:"unit,omitempty" doc:"Where they belonged last, up to the last day of the period in which it was earned; of several the first by key. Absent for those in none"`
	Currency    string   `json:"currency"`
	Granted     string   `json:"granted"`
	Provisional string   `json:"provisional"`
	Taken       string   `json:"taken"`
	Payable     string   `json:"payable"`
}

// AccrualTotal is the cash of one currency: granted + provisional - taken = payable.
type AccrualTotal struct {
	Currency    string `json:"currency" example:"CNY"`
	Granted     string `json:"granted" example:"1500.00"`
	Provisional string `json:"provisional" doc:"May still fall back"`
	Taken       string `json:"taken" doc:"Taken back by periods that are closed and not paid"`
	Payable     string `json:"payable"`
	Owed        string `json:"owed" doc:"Paid too much, still to be taken back from later periods; not in payable"`
}

// AccrualLine is one period of a plan.
type AccrualLine struct {
	Plan        KeyName `json:"plan"`
	Period      string  `json:"period" example:"2026-Q1"`
	Kind        string  `json:"kind" enum:"cash,gift,title,badge,training,growth,points,leave"`
	Adjustment  bool    `json:"adjustment"`
	Provisional bool    `json:"provisional"`
	Closed      bool    `json:"closed" doc:"Its statement is closed: the figure is final"`
	Awards      int64   `json:"awards"`
	Quantity    int64   `json:"quantity"`
	Figure      string  `json:"figure,omitempty" example:"60" doc:"Of points and leave: how many points or days in all"`
	Amount      *Amount `json:"amount,omitempty"`
	Cost        *Amount `json:"cost,omitempty"`
}

// Forecast is the cash that plans will come to whose periods end within the running month, quarter, half or year.
type Forecast struct {
	Period  PeriodInfo      `json:"period"`
	Elapsed int64           `json:"elapsed" doc:"Working days of the period so far, today included"`
	Total   int64           `json:"total" doc:"Working days of the period"`
	Totals  []ForecastTotal `json:"totals" doc:"By currency"`
	Lines   []ForecastLine  `json:"lines"`
}

// ForecastTotal is the forecast in one currency: from what stands now to the figure.
type ForecastTotal struct {
	Currency string `json:"currency"`
	Stands   string `json:"stands" doc:"Granted and provisional now: the least"`
	Figure   string `json:"figure"`
}

// ForecastLine is one plan's forecast.
type ForecastLine struct {
	Plan    KeyName      `json:"plan"`
	From    calendar.Day `json:"from" format:"date" doc:"First day that the method looks at"`
	To      calendar.Day `json:"to" format:"date"`
	Method  string       `json:"method" enum:"run_rate,per_period,earlier,as_it_stands,nothing_yet" doc:"run_rate: stands per working day so far, times the working days in all. per_period: mean of the plan's ended periods, times all of them. earlier: nothing to carry on from yet, so the mean of the plan's up to four periods before, times those to come; of a plan that grants as things happen the part of the working days that is left. as_it_stands: nothing more to come. nothing_yet: runs, has given nothing and had no period before"`
	Elapsed int64        `json:"elapsed" doc:"Working days, or periods of the plan, so far; of earlier, the periods before"`
	Total   int64        `json:"total"`
	Stands  Amount       `json:"stands"`
	Before  Amount       `json:"before" doc:"What stands without the adjustments: what the method carries on"`
	Adjust  *Amount      `json:"adjustments,omitempty" doc:"Adjustments that go into the period: added as they are; absent when there are none"`
	Figure  Amount       `json:"figure"`
}
