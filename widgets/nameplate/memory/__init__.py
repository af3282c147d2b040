"""How much memory a model needs: `estimate` in `estimator`, and the rooms on the way to its figures.

`known_models` holds the facts, `parameters` finds how many a model has, `storage_label` how each is stored; from both
`weights` works out the size of the file. `kv_cache` adds what the context takes, `doubts` tells why a figure may be wrong.
`machine` lists what people have at home. `text` and `render` show an estimate, in a terminal and as HTML. Picking builds
on all this; reading a name does without, and loads none of it.
"""
