from tests.stories.conftest import collected, short_connections, static_root

__all__ = ["collected", "short_connections", "static_root"]
