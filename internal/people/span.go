package people

import "laurel/internal/calendar"

// Span says that a person belongs to a unit for a window of days. An open end is calendar.MaxDay.
type Span struct {
	ID       int64           `json:"id"` // of the stored row; 0 where the span was put together from several
	PersonID int64           `json:"person_id"`
	UnitID   int64           `json:"unit_id"`
	Window   calendar.Window `json:"window"`
	Lead     bool            `json:"lead"` // the person leads the unit
}

// ManagerSpan says who manages a person for a window of days. A person has at most one manager on any day.
type ManagerSpan struct {
	ID        int64           `json:"id"`
	PersonID  int64           `json:"person_id"`
	ManagerID int64           `json:"manager_id"`
	Window    calendar.Window `json:"window"`
}
