"""``lw run``, as it is; only that a death is forgotten sooner, for here nobody dies through a fault of their own, and
that every line of the logs is kept until the verdict."""

from leihwerk.embedded import children, postgres, running

children.HEALTHY = 1.0  # else the pause before a restart grows to half a minute, and there is nobody to fight with
children.LARGEST_LOG = postgres.LARGEST_LOG = 2**40

if __name__ == "__main__":
    running.run()
