package definition

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"laurel/internal/problem"
)

// Located gives each problem of a file the line of its place, as far as the place is in the file: "metrics[2].date" is where
// that key stands, or else the metric. Problems that have a line keep it.
func Located(text []byte, err error) error {
	p, ok := problem.As(err)
	if !ok {
		return err
	}
	var root yaml.Node
	if yaml.Unmarshal(text, &root) != nil || len(root.Content) == 0 {
		return err
	}
	out := *p
	out.Details = nil
	out.Row = lineOf(&out, root.Content[0])
	for _, d := range p.Details {
		part := *d
		part.Row = lineOf(&part, root.Content[0])
		out.Details = append(out.Details, &part)
	}
	return &out
}

// lineOf follows a path as far as it goes; 0 is nowhere.
func lineOf(p *problem.Error, n *yaml.Node) int {
	if p.Row != 0 || p.Field == "" {
		return p.Row
	}
	line := 0
	for part := range strings.SplitSeq(strings.ReplaceAll(p.Field, "[", ".["), ".") {
		if n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		next, at := child(n, part)
		if next == nil {
			break
		}
		n, line = next, at
	}
	return line
}

// child is a part of a node and the line on which it begins: "key" of a mapping, "[2]" of a list.
func child(n *yaml.Node, part string) (*yaml.Node, int) {
	if n.Kind == yaml.SequenceNode {
		i, err := strconv.Atoi(strings.Trim(part, "[]"))
		if err != nil || i < 0 || i >= len(n.Content) {
			return nil, 0
		}
		return n.Content[i], n.Content[i].Line
	}
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == part {
			return n.Content[i+1], n.Content[i].Line
		}
	}
	return nil, 0
}
