// Command pocketbase serves PocketBase with one public collection, as the peer that Laurel's single creates are
// measured against: the same seven fields, no rule and no reward plan.
package main

import (
	"log"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

func main() {
	app := pocketbase.New()
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := collection(e.App); err != nil {
			return err
		}
		return e.Next()
	})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}

// collection makes the collection that everybody may create records in, if it is not there yet.
func collection(app core.App) error {
	if _, err := app.FindCollectionByNameOrId("deal"); err == nil {
		return nil
	}
	c := core.NewBaseCollection("deal")
	c.CreateRule = types.Pointer("")
	c.Fields.Add(
		&core.TextField{Name: "external_id"},
		&core.TextField{Name: "name"},
		&core.NumberField{Name: "owner"},
		&core.TextField{Name: "stage"},
		&core.NumberField{Name: "amount"},
		&core.DateField{Name: "closed"},
		&core.NumberField{Name: "visits"},
	)
	c.AddIndex("idx_deal_external_id", true, "external_id", "")
	return app.Save(c)
}
