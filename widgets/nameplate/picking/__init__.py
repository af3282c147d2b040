"""Which of these models: `pick` in `picker`, and the rooms on the way from a request to an answer.

`wishes` and `tasks` find out what is asked for, in people's words, which `wording` cuts into stems; `candidates` finds out
what each name says and what is known of it. `suitability`, `deployment` and `preference` apply the rules, each of which
leaves `findings`; `ranking` puts the candidates in order by them. `choice` is the answer, `choosing` the question as the
page asks it; `text` and `render` show the answer, in a terminal and as HTML.
"""
