"""Choose among models: `pick` in `picker`, and the steps from a request to an answer.

`requirements` and `tasks` work out what is asked for in people's words, which `wording` cuts into stems; `candidates`
collects what each name says and what is known about it. `suitability`, `deployment` and `preference` apply the rules, each
of which leaves `evidence`; `ranking` orders the candidates by it. `choice` is the answer, `form` the question as the page
asks it.
"""
