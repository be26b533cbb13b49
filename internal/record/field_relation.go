package record

import (
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var wantRelation = i18n.T(`记录的编号（如 12）或外部编号（如 "A-1"）`, `a record by id such as 12 or by external id such as "A-1"`)

// relationType is stored as the id of a record of the object Target. Input gives a number, which is the id, or a
// text, which is the external id; also {"id": 12} and {"external_id": "A-1"}. The record must be there and not deleted
// when the relation is set; deleting it later leaves the relation as it is.
type relationType struct{ traits }

func (relationType) check(f *Field) *problem.Error {
	if f.Target == "" {
		return problem.Bad("required", "target", "关联字段需要指明关联的对象（target）。", "A relation needs its target, the key of an object.")
	}
	return nil
}

func (relationType) parse(f *Field, in any) (parsed, *problem.Error) {
	return parseRef(f, in, "external_id", wantRelation)
}

func (relationType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	return acceptRef(f, v, wantRelation)
}

func (relationType) bind(v value.Value) any             { return v.Ref() }
func (relationType) load(_ *Field, c *cell) value.Value { return value.OfRef(c.n.Int64) }
