package api

type objectInput struct {
	Object string `path:"object" example:"deal"`
	Body   ObjectDef
}

func (s *server) objectRoutes() {
	const tag = "Objects"
	handle(s, tag, "GET", "/objects", "listObjects", "所有表及字段", "All objects with their fields", later[none, body[List[Object]]])
	handle(s, tag, "POST", "/objects", "createObject", "新建表", "Make an object", later[struct{ Body ObjectDef }, body[Object]], status(201), parsedByDomain)
	handle(s, tag, "PATCH", "/objects/{object}", "updateObject", "增加或修改表的字段", "Add or change fields of an object", later[objectInput, body[Object]], parsedByDomain)
}
