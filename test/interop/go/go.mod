module vouchsafe.example/interop

go 1.24.0

require (
	github.com/go-jose/go-jose/v4 v4.1.8
	golang.org/x/mod v0.30.0
)
