package api

import (
	"time"

	"laurel/internal/verify"
)

// Proofs says when Laurel's figures were last recomputed independently, and with what result.
type Proofs struct {
	Time     string     `json:"time" example:"03:00" doc:"When a server proves by itself, in the organisation's zone; empty for never"`
	NextAt   *time.Time `json:"next_at,omitempty"`
	Last     *ProofRun  `json:"last,omitempty" doc:"The last one that came to its end; absent when none did"`
	Running  bool       `json:"running"`
	MayStart bool       `json:"may_start"`
	MaySet   bool       `json:"may_set" doc:"May change the time"`
	Runs     []ProofRun `json:"runs" doc:"The last 30, the newest first"`
}

// ProofRun is one recomputation. Its counts are absent unless it is done.
type ProofRun struct {
	ID        int64        `json:"id"`
	Cause     string       `json:"cause" enum:"nightly,asked,command"`
	By        string       `json:"by,omitempty" doc:"Who asked for it"`
	State     string       `json:"state" enum:"running,done,failed,interrupted"`
	StartedAt time.Time    `json:"started_at"`
	EndedAt   *time.Time   `json:"ended_at,omitempty"`
	Failure   string       `json:"failure,omitempty" doc:"For those who see all awards"`
	Counts    *ProofCounts `json:"counts,omitempty"`

	Differences []verify.Difference `json:"differences,omitempty" doc:"The first 50, for those who see all awards; only of the last run that is done"`
	NotJudged   []verify.NotJudged  `json:"not_judged,omitempty" doc:"Likewise: periods of plans that cannot be judged, and so were not compared"`
}

// ProofCounts is what a run compared.
type ProofCounts struct {
	Records       int64 `json:"records"`
	Metrics       int   `json:"metrics"`
	Contributions int64 `json:"contributions"`
	Plans         int   `json:"plans"`
	Periods       int   `json:"periods"`
	Awards        int64 `json:"awards"`
	Adjustments   int64 `json:"adjustments"`
	Statements    int64 `json:"statements"`
	NotJudged     int64 `json:"not_judged"`
	Behind        int64 `json:"behind" doc:"Changes that the engine had not taken up; differences may be only these"`
	Differences   int64 `json:"differences"`
}

// ProofTime sets when a server proves by itself.
type ProofTime struct {
	At string `json:"at" maxLength:"5" example:"03:00" doc:"Empty for never"`
}
