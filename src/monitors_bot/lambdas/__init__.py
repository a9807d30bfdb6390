"""The doors: one module, one function in the template."""
