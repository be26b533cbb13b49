package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// schemaName names a type in the contract. Definitions are the domain's own types: plan.Def is PlanDef.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[plan.Def]():
		return "PlanDef"
	case reflect.TypeFor[metric.Def]():
		return "MetricDef"
	case reflect.TypeFor[record.Choice]():
		return "ChoiceDef"
	case reflect.TypeFor[rule.Param]():
		return "ShapeParam"
	case reflect.TypeFor[rule.Choice]():
		return "ShapeParamChoice"
	}
	return huma.DefaultSchemaNamer(t, strings.TrimSpace(hint))
}

// registerNames says how types with a JSON form of their own look in the contract.
func registerNames(r huma.Registry) {
	r.RegisterTypeAlias(reflect.TypeFor[i18n.Text](), reflect.TypeFor[Text]())
	r.RegisterTypeAlias(reflect.TypeFor[money.Decimal](), reflect.TypeFor[string]())
}

func init() { huma.DefaultArrayNullable = false } // a list without items is [], never null
