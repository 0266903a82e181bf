/** The page of the demo sale where the built pages are not there. No script, no request to anybody. */
export function plainPage({ origin, issuer }: { readonly origin: string; readonly issuer: string }): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Utopia Token Sale (demo)</title>
<h1>Utopia Token Sale</h1>
<p>A demo: nothing is sold here. Only people whom <a href="${issuer}" rel="noreferrer">${issuer}</a> has identified may take part, and this site does not learn who they are.</p>
<p>From a terminal: <code>vouchsafe as holder --profile NAME present --to ${origin}</code></p>
</html>
`
}
