def one(event, context): return 1


def two(event, context): return 2
