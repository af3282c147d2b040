"""Look up what words mean in a name: the compiled data files."""
