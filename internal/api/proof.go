package api

import (
	"context"
	"log/slog"
	"time"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/proof"
)

// maxProofs bounds the runs that are listed.
const maxProofs = 30

type proofTimeInput struct{ Body ProofTime }

func (s *server) proofRoutes() {
	const tag = "System"
	handle(s, tag, "GET", "/proofs", "getProofs", "核对：何时重算过，有无差异", "When the figures were last proved, and with what result", s.getProofs)
	handle(s, tag, "POST", "/proofs", "startProof", "现在核对", "Prove now", s.startProof)
	handle(s, tag, "PUT", "/proofs/time", "setProofTime", "每天何时自动核对", "Set when a server proves by itself", s.setProofTime)
}

func (s *server) getProofs(ctx context.Context, _ *none) (*body[Proofs], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	all := allow(ctx, auth.SeeAllAwards) == nil
	out := Proofs{MayStart: all, MaySet: allow(ctx, auth.ManageOrganisation) == nil, Runs: []ProofRun{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		name, err := s.actorNames(tx, language(ctx))
		if err != nil {
			return err
		}
		setting, err := proof.SettingOf(tx)
		if err != nil {
			return err
		}
		now := s.now()
		if out.Time = setting.Time(); !setting.Off() {
			next := setting.Next(now).UTC()
			out.NextAt = &next
		}
		runs, err := proof.List(tx, now, maxProofs)
		if err != nil {
			return err
		}
		for i := range runs {
			out.Running = out.Running || runs[i].State == proof.Running
			out.Runs = append(out.Runs, proofRun(&runs[i], name, all, false))
		}
		last, err := proof.LastDone(tx, now)
		if err != nil || last == nil {
			return err
		}
		shown := proofRun(last, name, all, all)
		out.Last = &shown
		return nil
	})
	return reply(out), err
}

// proofRun shapes a run. What differs names people and amounts, so only those who see all awards are shown it.
func proofRun(r *proof.Run, name func(string) string, failure, lists bool) ProofRun {
	out := ProofRun{ID: r.ID, Cause: string(r.Cause), State: string(r.State), StartedAt: time.UnixMicro(r.StartedAt).UTC()}
	if r.By != "" {
		out.By = name(r.By)
	}
	if r.EndedAt != 0 {
		at := time.UnixMicro(r.EndedAt).UTC()
		out.EndedAt = &at
	}
	if failure {
		out.Failure = r.Failure
	}
	f := r.Report
	if r.State != proof.Done || f == nil {
		return out
	}
	out.Counts = &ProofCounts{
		Records: f.Records, Metrics: f.Metrics, Contributions: f.Contributions, Plans: f.Plans, Periods: f.Periods, Awards: f.Awards,
		Adjustments: f.Adjustments, Statements: f.Statements, NotJudged: f.NotJudgedCount, Behind: f.Behind, Differences: f.Count,
	}
	if lists {
		out.Differences, out.NotJudged = f.Differences, f.NotJudged
	}
	return out
}

// startProof begins a proof and does not wait for it; the run outlives the request and ends with the server.
func (s *server) startProof(ctx context.Context, _ *none) (*body[ProofRun], error) {
	if err := allow(ctx, auth.SeeAllAwards); err != nil {
		return nil, err
	}
	run, err := s.prover.Begin(ctx, proof.Asked, actor(ctx))
	if err != nil {
		return nil, err
	}
	go func() {
		if _, err := s.prover.Finish(s.life, run, nil); err != nil && s.life.Err() == nil {
			slog.Error("a proof failed", "error", err)
		}
	}()
	return reply(ProofRun{ID: run.ID, Cause: string(run.Cause), State: string(run.State), StartedAt: time.UnixMicro(run.StartedAt).UTC()}), nil
}

func (s *server) setProofTime(ctx context.Context, in *proofTimeInput) (*body[ProofTime], error) {
	if err := allow(ctx, auth.ManageOrganisation); err != nil {
		return nil, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error { return proof.SaveTime(tx, in.Body.At) })
	return reply(in.Body), err
}
