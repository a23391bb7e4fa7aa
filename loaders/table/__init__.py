"""Turn anyone's table, or another tool's graph, into statements: read it, map its columns, say what is wrong row by row."""
