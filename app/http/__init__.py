"""HTTP: authenticate, translate, call one function, translate back. One file per noun."""
