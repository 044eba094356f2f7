# Nothing to differentiate.
print(1 + 1)
