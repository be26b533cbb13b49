package api

import (
	"context"
	"encoding/json"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/definition"
)

type definitionsInput struct {
	DryRun      bool `query:"dry_run" doc:"Say what would change and keep nothing"`
	Retroactive bool `query:"retroactive" doc:"Periods that were already judged may be judged by something else; without it, or confirmed, such a file is refused with the list of what changes"`
	Confirming
	RawBody []byte `contentType:"application/yaml"`
}

type yamlOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func (s *server) systemRoutes() {
	const tag = "System"
	handle(s, tag, "GET", "/search", "search", "查找记录、人员、方案、表和指标", "Find records, people, plans, objects and metrics", s.search)
	handle(s, tag, "POST", "/definitions", "applyDefinitions", "应用定义，要么全部成功要么不变", "Apply definitions, all or nothing", s.applyDefinitions)
	handle(s, tag, "GET", "/definitions", "exportDefinitions", "以 YAML 导出全部定义", "All definitions as YAML", s.exportDefinitions)
	handle(s, tag, "GET", "/status", "getStatus", "服务器状态", "How the server is", s.getStatus)
}

func (s *server) definitions() *definition.Stores {
	return &definition.Stores{DB: s.db, Records: s.records, People: s.people, Metrics: s.metrics, Plans: s.plans, Engine: s.engine}
}

func (s *server) applyDefinitions(ctx context.Context, in *definitionsInput) (*body[DefinitionsResult], error) {
	if err := allow(ctx, auth.ManageOrganisation); err != nil {
		return nil, err
	}
	if err := validText(in.RawBody); err != nil {
		return nil, err
	}
	done, err := s.definitions().ApplyText(ctx, actor(ctx), in.RawBody, definition.Options{
		DryRun: in.DryRun, Retroactive: in.Retroactive, Confirmed: in.Confirmed, Reviewed: true,
	})
	if err != nil {
		return nil, s.listed(ctx, err)
	}
	out := DefinitionsResult{
		DryRun: in.DryRun, Objects: done.Objects, Units: done.Units, Persons: done.Persons, Metrics: done.Metrics, Targets: done.Targets, Plans: done.Plans,
		Changes: []string{},
	}
	for _, line := range done.Changes {
		out.Changes = append(out.Changes, line.In(language(ctx)))
	}
	return reply(out), nil
}

func (s *server) exportDefinitions(ctx context.Context, _ *none) (*yamlOutput, error) {
	if err := allow(ctx, auth.DesignObjects); err != nil {
		return nil, err
	}
	var text []byte
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		file, err := s.definitions().Export(tx)
		if err == nil {
			text, err = definition.Write(file)
		}
		return err
	})
	return &yamlOutput{ContentType: "application/yaml", Disposition: `attachment; filename="laurel.yaml"`, Body: text}, err
}

func (s *server) getStatus(ctx context.Context, _ *none) (*body[Status], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	out := Status{Version: s.version, Database: string(s.db.Dialect()), Counts: map[string]int64{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := s.engine.Status(tx)
		if err != nil {
			return err
		}
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		out.Engine = EngineStatus{Cursor: st.Cursor, Head: st.Head, Lag: st.Lag(), Holder: st.Holder}
		if st.AsOf > 0 {
			out.Engine.AsOf = &st.AsOf
		}
		schema, err := s.records.Schema(tx)
		if err != nil {
			return err
		}
		out.Counts = map[string]int64{
			"persons": int64(len(v.dir.Persons())), "units": int64(len(v.dir.Units())), "objects": int64(len(schema.Objects)),
			"metrics": int64(len(v.metrics.List())), "plans": int64(len(v.list)), "changes": st.Head,
		}
		return nil
	})
	return reply(out), err
}

// announceImport tells live pages how an import goes.
func (s *server) announceImport(e ImportEvent) {
	data, err := json.Marshal(e)
	if err == nil && s.hub != nil {
		s.hub.announce("import", data)
	}
}
