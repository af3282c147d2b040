"""Choose among models: `pick` in `picker`, and the steps from a request to an answer.

`requirements` collects what is asked for. `tasks` finds the task in people's words with what was learnt from examples
(`understanding/`), and circumstances and denials with `wording` and `phrases`; `usual_task` and `several` say what to ask
and when it takes two models. `candidates` collects what each name says and what is known about it; without names, `search`
takes all known models. `suitability`, `deployment` and `preference` apply the rules (`knowledge`), each of which leaves
`evidence`; `ranking` orders the candidates by it. `choice` is the answer, `request` reads a question in JSON, `form` the
question as the page asks it.
"""
