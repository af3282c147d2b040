"""Find the best joint reading of a name: chunks, lexer, costs and a shortest-path search."""
