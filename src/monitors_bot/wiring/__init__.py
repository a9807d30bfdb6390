"""The one place where concrete things are built and put together: a module for each kind of function."""
