package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/auth"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// This file is the one place where errors become HTTP answers.

// httpStatus maps each kind of problem to its status.
var httpStatus = map[problem.Kind]int{
	problem.Internal:     http.StatusInternalServerError,
	problem.Invalid:      http.StatusUnprocessableEntity,
	methodNotAllowed:     http.StatusMethodNotAllowed,
	problem.NotFound:     http.StatusNotFound,
	problem.Conflict:     http.StatusConflict,
	problem.Forbidden:    http.StatusForbidden,
	problem.Unauthorized: http.StatusUnauthorized,
	problem.TooLarge:     http.StatusRequestEntityTooLarge,
	problem.TooMany:      http.StatusTooManyRequests,
	problem.Unavailable:  http.StatusServiceUnavailable,
}

var titles = map[problem.Kind]i18n.Text{
	problem.Internal:     i18n.T("服务器内部错误", "Internal error"),
	problem.Invalid:      i18n.T("输入有误", "Invalid input"),
	methodNotAllowed:     i18n.T("不支持的方法", "Method not allowed"),
	problem.NotFound:     i18n.T("未找到", "Not found"),
	problem.Conflict:     i18n.T("与现状冲突", "Conflict"),
	problem.Forbidden:    i18n.T("没有权限", "Not allowed"),
	problem.Unauthorized: i18n.T("请先登录", "Sign in first"),
	problem.TooLarge:     i18n.T("超出大小限制", "Too large"),
	problem.TooMany:      i18n.T("尝试过于频繁", "Too many attempts"),
	problem.Unavailable:  i18n.T("暂时不可用", "Unavailable for now"),
}

// maxProblemParts bounds the list of problems of one answer.
const maxProblemParts = 200

// newProblem shapes an error for the caller. What is not a problem is internal: logged, never shown.
func newProblem(ctx context.Context, lang i18n.Lang, err error) *Problem {
	p, ok := problem.As(err)
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		p = bodyTooLarge(tooBig.Limit)
	case errors.Is(err, context.DeadlineExceeded):
		p = problem.New(problem.Unavailable, "timeout", "", "处理超时，请稍后再试。", "This took too long. Try again later.")
	case !ok && errors.Is(err, money.ErrOverflow):
		p = problem.Bad("overflow", "", "数值过大，无法精确计算；请检查记录中的数值和方案的规则。",
			"A figure is too large to be computed exactly. Check the values of the records and the plan's rule.")
	case !ok:
		if !errors.Is(err, context.Canceled) {
			slog.ErrorContext(ctx, "request failed", "request", requestID(ctx), "error", err)
		}
		p = internalProblem(ctx)
	case p.Kind == problem.Internal || p.Kind == problem.Unavailable:
		slog.ErrorContext(ctx, "request failed", "request", requestID(ctx), "code", p.Code, "error", p.Error(), "cause", p.Err)
	}
	out := &Problem{
		Type: prefix + "/docs#problems", Title: titles[p.Kind].In(lang), Status: httpStatus[p.Kind],
		Detail: p.Message.In(lang), Code: p.Code, Field: p.Field, Row: p.Row,
	}
	var refused *unconfirmed
	if errors.As(err, &refused) {
		out.Changes = &refused.list
	}
	if len(p.Details) > 0 {
		first := *p
		first.Details = nil
		for _, part := range append([]*problem.Error{&first}, p.Details...) {
			if len(out.Errors) == maxProblemParts {
				break
			}
			out.Errors = append(out.Errors, problemPart(lang, part))
		}
	}
	return out
}

func problemPart(lang i18n.Lang, p *problem.Error) ProblemPart {
	return ProblemPart{Code: p.Code, Field: p.Field, Detail: p.Message.In(lang), Row: p.Row}
}

func internalProblem(ctx context.Context) *problem.Error {
	id := requestID(ctx)
	return problem.New(problem.Internal, "internal", "",
		"服务器出现内部错误，数据没有改变。请重试；若仍然出现，请把编号 %s 告诉管理员。",
		"Something went wrong on the server; nothing was changed. Try again, and if it stays, tell your administrator the number %s.", id)
}

func bodyTooLarge(limit int64) *problem.Error {
	return problem.New(problem.TooLarge, "body_too_large", "",
		"请求内容超过 %d MB 的上限，请拆分后分批发送。", "The request is over the limit of %d MB. Send it in smaller parts.", limit>>20)
}

// writeProblem answers a raw handler's request with a problem.
func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := newProblem(r.Context(), language(r.Context()), err)
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Del("ETag")
	if wait := retryAfter(p, err); wait != "" {
		h.Set("Retry-After", wait)
	}
	w.WriteHeader(p.Status)
	writeJSON(w, p)
}

// retryAfter tells programs how long to wait, in seconds; empty when waiting does not help.
func retryAfter(p *Problem, err error) string {
	var wait auth.RetryAfter
	switch {
	case p.Status == http.StatusTooManyRequests && errors.As(err, &wait):
		return strconv.Itoa(wait.Seconds())
	case p.Status == http.StatusTooManyRequests:
		return "60"
	case p.Status == http.StatusServiceUnavailable:
		return "5"
	}
	return ""
}

// Error makes a Problem an error, as huma wants it.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status of the answer.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is the media type of problem documents.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func init() {
	// huma builds every error answer through these two.
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return humaProblem(context.Background(), status, msg, errs)
	}
	huma.NewErrorWithContext = func(c huma.Context, status int, msg string, errs ...error) huma.StatusError {
		p := humaProblem(c.Context(), status, msg, errs)
		if wait := retryAfter(p, errors.Join(errs...)); wait != "" {
			c.SetHeader("Retry-After", wait)
		}
		return p
	}
}

// humaProblem turns what huma found wrong with a request, or what a handler returned, into a problem.
func humaProblem(ctx context.Context, status int, msg string, errs []error) *Problem {
	lang := language(ctx)
	var found []*problem.Error
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if _, ok := problem.As(err); !ok && errors.As(err, &detail) {
			found = append(found, validationProblem(detail))
			continue
		}
		return newProblem(ctx, lang, err)
	}
	switch {
	case len(found) > 0:
		return newProblem(ctx, lang, problem.Join(found))
	case status == http.StatusRequestEntityTooLarge:
		return newProblem(ctx, lang, bodyTooLarge(maxDefinitionBytes))
	case status == http.StatusRequestTimeout:
		return newProblem(ctx, lang, problem.New(problem.Unavailable, "timeout", "", "接收请求超时，请重试。", "The request took too long to arrive. Try again."))
	case status < 500:
		return newProblem(ctx, lang, badBody(msg))
	}
	return newProblem(ctx, lang, errors.New(msg))
}

func badBody(msg string) *problem.Error {
	return problem.Bad("bad_request", "", "请求不完整：需要 JSON 内容。", "The request is incomplete: it needs a JSON body.").Because(errors.New(msg))
}

var quotedWord = regexp.MustCompile(`property (\S+) to be`)

// validationProblem says in both languages what huma says in English.
func validationProblem(d *huma.ErrorDetail) *problem.Error {
	field := strings.TrimPrefix(strings.TrimPrefix(d.Location, "body."), "body")
	for _, place := range []string{"query.", "path.", "header."} {
		field = strings.TrimPrefix(field, place)
	}
	msg := d.Message
	last := func(mark string) string { return strings.Trim(msg[strings.LastIndex(msg, mark)+len(mark):], ` "`) }
	switch {
	case msg == errUTF8.Error():
		return badUTF8()
	case msg == "unexpected property":
		return problem.Bad("unknown_field", field, "没有这个字段，请检查拼写。", "There is no such field. Check its spelling.")
	case strings.HasPrefix(msg, "expected required property"):
		if m := quotedWord.FindStringSubmatch(msg); m != nil {
			field = strings.TrimPrefix(field+"."+m[1], ".")
		}
		return problem.Bad("required", field, "缺少这一项，请填写。", "This is missing. Fill it in.")
	case strings.HasPrefix(msg, "required "):
		return problem.Bad("required", field, "缺少这一项，请填写。", "This is missing. Fill it in.")
	case strings.HasPrefix(msg, "expected value to be one of"):
		return problem.Bad("unknown_choice", field, "只能是其中之一：%s。", "It must be one of: %s.", strings.ReplaceAll(last("one of"), `"`, ""))
	case strings.HasPrefix(msg, "expected length <="), strings.HasPrefix(msg, "expected array length <="):
		return problem.Bad("too_long", field, "太长了，最多 %s。", "It is too long: at most %s.", last("<="))
	case strings.HasPrefix(msg, "expected length >="), strings.HasPrefix(msg, "expected array length >="):
		return problem.Bad("too_short", field, "太短了，至少 %s。", "It is too short: at least %s.", last(">="))
	case strings.HasPrefix(msg, "expected number <="):
		return problem.Bad("out_of_range", field, "太大了，最大 %s。", "It is too large: at most %s.", last("<="))
	case strings.HasPrefix(msg, "expected number >="):
		return problem.Bad("out_of_range", field, "太小了，最小 %s。", "It is too small: at least %s.", last(">="))
	case strings.Contains(msg, "date"):
		return problem.Bad("bad_date", field, "需要形如 2026-03-31 的日期。", "A date of the form 2026-03-31 is needed.")
	case strings.HasPrefix(msg, "expected "):
		want := strings.TrimPrefix(msg, "expected ")
		return problem.Bad("wrong_type", field, "类型不对，需要 %s。", "Wrong type: expected %s.", typeWord(want))
	case strings.HasPrefix(msg, "invalid "):
		return problem.Bad("wrong_type", field, "值的格式不对。", "The value has the wrong form.")
	case field == "" || d.Location == "body":
		return problem.Bad("bad_json", "", "内容不是有效的 JSON：%s", "The body is not valid JSON: %s", clean(msg))
	}
	return problem.Bad("invalid", field, "值无效：%s", "The value is not valid: %s", clean(msg))
}

var typeWords = map[string]i18n.Text{
	"boolean": i18n.T("是/否（true 或 false）", "true or false"),
	"number":  i18n.T("数字", "a number"),
	"integer": i18n.T("整数", "a whole number"),
	"string":  i18n.T("文本", "text"),
	"array":   i18n.T("列表", "a list"),
	"object":  i18n.T("对象（{…}）", "an object ({…})"),
}

func typeWord(name string) i18n.Text {
	if t, ok := typeWords[name]; ok {
		return t
	}
	return i18n.Same(name)
}

// clean keeps a decoder's message short and printable.
func clean(msg string) string {
	msg = strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, msg), "�")
	if runes := []rune(msg); len(runes) > 200 {
		msg = string(runes[:200]) + "…"
	}
	return msg
}
