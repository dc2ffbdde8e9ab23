package lang

func FormatExpr(Expr) string { return "" }
