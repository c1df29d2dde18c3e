"""The proof that planning holds under fire: many writers over HTTP, kill -9 all the while, and then the questions.

Writers keep a journal of their own of whatever they asked and were told; what the database holds afterwards is read by
plain SQL and compared with it. ``python -m bench.fight --help``.
"""
