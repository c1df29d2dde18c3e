from tests.authorization.conftest import stage

__all__ = ["stage"]
