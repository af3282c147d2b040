"""Estimate how much memory a model needs: `estimate` in `estimator`, and the steps to its figures.

`known_models` holds the facts, `parameters` finds how many a model has, `storage_label` how each is stored; from both
`weights` works out the size of the file. `kv_cache` adds what the context takes, `warnings` says why a figure may be
wrong. `machine` lists what people have at home. The picker builds on all this; reading a name loads none of it.
"""
