"""Where concrete parts are put together: one module a function, and each function loads only its own."""
